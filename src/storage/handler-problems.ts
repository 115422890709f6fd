import { CfnResource, Reference, Stack, Token, Tokenization } from 'aws-cdk-lib';
import { IRole } from 'aws-cdk-lib/aws-iam';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { IConstruct } from 'constructs';
import { AccessList } from '../access';
import { Problem, tasksOf } from '../private';

/**
 * What is wrong with the functions of the CDK that work on the objects of a data bucket, from outside the endpoint:
 * what deploys files has to be exempt, what empties the bucket is let
 * in by `autoDeleteObjects` of the workload only. What sets up notifications changes the
 * configuration only, and works.
 */
export function handlerProblems(bucket: IBucket, accessList: AccessList): Problem[] {
  const concerns = (resource: CfnResource, property: string) => isNameOf(bucket, propertyOf(resource, property));
  const isEmptied = tasksOf(bucket).some(({ task }) => task === 'Emptying');
  return bucket.node.root.node
    .findAll()
    .filter(CfnResource.isCfnResource)
    .flatMap(resource => {
      if (resource.cfnResourceType === 'Custom::S3AutoDeleteObjects' && concerns(resource, 'BucketName')) {
        return isEmptied ? [] : [emptying(resource)];
      }
      const deploys =
        resource.cfnResourceType === 'Custom::CDKBucketDeployment' && concerns(resource, 'DestinationBucketName');
      return deploys && !isExempt(handlerRoleOf(resource), accessList, bucket) ? [deploying(resource)] : [];
    });
}

/** Resources of two stacks can have the same logical id: what is referred to has to be the same one. */
function isNameOf(bucket: IBucket, value: unknown): boolean {
  const [own, given] = [bucket.bucketName, value].map(referenceIn);
  if (own !== undefined && given !== undefined) {
    return own.target === given.target;
  }
  const name = (text: unknown) => JSON.stringify(Stack.of(bucket).resolve(text));
  return name(value) === name(bucket.bucketName);
}

function referenceIn(value: unknown): Reference | undefined {
  const token = Token.isUnresolved(value) ? Tokenization.reverse(value, { failConcat: false }) : undefined;
  return Reference.isReference(token) ? token : undefined;
}

function isExempt(role: IRole | undefined, { perimeterExemptions }: AccessList, bucket: IBucket): boolean {
  const arn = (value: unknown) => JSON.stringify(Stack.of(bucket).resolve(value));
  return (
    role !== undefined &&
    perimeterExemptions.some(({ principalArnPattern }) => arn(principalArnPattern) === arn(role.roleArn))
  );
}

/** The role of a BucketDeployment, which is above its resource. */
function handlerRoleOf(resource: IConstruct): IRole | undefined {
  const above = resource.node.scopes.find(
    (each): each is IConstruct & { readonly handlerRole: IRole } => 'handlerRole' in each,
  );
  return above?.handlerRole;
}

/** The properties of a custom resource are what its construct was made with. */
function propertyOf(resource: CfnResource, property: string): unknown {
  return (resource as unknown as { readonly cfnProperties: Readonly<Record<string, unknown>> }).cfnProperties[property];
}

function deploying(resource: CfnResource): Problem {
  return {
    prop: 'perimeterExemptions',
    got: resource,
    allowed:
      'files from outside the endpoint by exempt roles only, and the role of this BucketDeployment is not exempt',
    fix: 'make a role for it, pass it as the role of the BucketDeployment, and exempt it by PerimeterExemption.role(role)',
  };
}

function emptying(resource: CfnResource): Problem {
  return {
    prop: 'bucket',
    got: resource,
    allowed:
      'a bucket that nothing empties with the stack: the perimeter keeps the function out, and the stack could not be deleted',
    fix: 'leave autoDeleteObjects out; buckets that PrivateEc2S3Access makes are emptied by its own autoDeleteObjects',
  };
}
