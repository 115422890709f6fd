import { Aws, CfnResource, Lazy, Resource, Stack } from 'aws-cdk-lib';
import { CfnRole, IRole } from 'aws-cdk-lib/aws-iam';
import { CfnBucket, IBucket } from 'aws-cdk-lib/aws-s3';
import { IConstruct } from 'constructs';
import { isConcrete } from './tokens';
import { memoize } from '../base';

/**
 * The ARN of a role for a policy that may stand in another stack: there it is made of the role's name, where that is
 * known, so that the policy's stack needs no reference to the role's; a reference in each direction would be a cycle.
 */
export function roleArnOf(role: IRole): string {
  const { roleName: name, path = '/' } = resourceOf<CfnRole>(role, CfnRole.CFN_RESOURCE_TYPE_NAME) ?? {};
  return isConcrete(name) && isConcrete(path) ? portableRoleArn(role)(`${path}${name}`) : role.roleArn;
}

/** Whether an ARN certainly is that of a role, which is known by its name. */
export function isArnOf(role: IRole, arn: string): boolean {
  const { roleName: name, path = '/' } = resourceOf<CfnRole>(role, CfnRole.CFN_RESOURCE_TYPE_NAME) ?? {};
  const { account } = role.env;
  const isNamed = [name, path, account, arn].every(isConcrete);
  return arn === role.roleArn || (isNamed && arn.endsWith(`:iam::${account}:role${path}${name}`));
}

/** The ARN of a bucket for a policy that may stand in another stack, as with roles. */
export function bucketArnOf(bucket: IBucket): string {
  const name = resourceOf<CfnBucket>(bucket, CfnBucket.CFN_RESOURCE_TYPE_NAME)?.bucketName;
  return isConcrete(name) ? portableBucketArn(bucket)(name) : bucket.bucketArn;
}

/** The ARN of an access point of a bucket's account, by its name: nothing refers to the access point itself. */
export function accessPointArnOf(bucket: IBucket, name: string): string {
  const { account, region } = bucket.env;
  return `arn:${Aws.PARTITION}:s3:${region}:${account}:accesspoint/${name}`;
}

/** Whether policies of other stacks can name a role without a reference to its stack. */
export function isNamedEverywhere(role: IRole): boolean {
  return !Resource.isOwnedResource(role) || roleArnOf(role) !== role.roleArn || hasNameWhenNeeded(role);
}

/** Whether the CDK makes a name as soon as another account or Region needs one (`PhysicalName.GENERATE_IF_NEEDED`). */
function hasNameWhenNeeded(role: object): boolean {
  return '_allowCrossEnvironment' in role && role._allowCrossEnvironment === true;
}

// one text for each resource, so that statements about the same resource are recognized

const portableRoleArn = memoize((role: IRole) =>
  memoize((pathAndName: string) =>
    portable(role, role.roleArn, `arn:${Aws.PARTITION}:iam::${role.env.account}:role${pathAndName}`),
  ),
);

const portableBucketArn = memoize((bucket: IBucket) =>
  memoize((name: string) => portable(bucket, bucket.bucketArn, `arn:${Aws.PARTITION}:s3:::${name}`)),
);

function portable(resource: IConstruct, reference: string, byName: string): string {
  return Lazy.uncachedString({
    produce: ({ scope }) => (Stack.of(scope) === Stack.of(resource) ? reference : byName),
  });
}

function resourceOf<T extends CfnResource>(construct: IConstruct, type: string): T | undefined {
  const child = construct.node.defaultChild;
  return child !== undefined && CfnResource.isCfnResource(child) && child.cfnResourceType === type
    ? (child as T)
    : undefined;
}
