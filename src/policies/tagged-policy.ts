import { Aws } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { USES_THROUGH_S3 } from './key-policy';
import { Actions, actionsOnBucket, actionsOnObjects, withOneAcl } from './permissions';
import { allowAccounts, sidOf, viaService, withUniqueSids, withinOrganization } from './statements';
import { BucketAccess, OrganizationBoundary } from '../access';
import { DeclaredVisitor } from '../base';
import { bucketArnOf } from '../private';

/** Workloads of other accounts that a tag of their roles tells apart. */
export interface TaggedGrant {
  readonly access: readonly BucketAccess[];
  readonly accounts: readonly string[];
  readonly organization: OrganizationBoundary;
  readonly tagKey: string;
  readonly rolePath: string;
  readonly vpcEndpointIds: readonly string[];
}

type Conditions = Record<string, Record<string, unknown> | undefined>;

/**
 * The Allows that let each tagged role into the prefix of its tag's value, in the policy of a bucket. The credentials
 * have to be those of an instance: the session of an instance has the tags of its role, and nobody can pass it
 * others.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function taggedAllowStatements(grant: TaggedGrant, bucket: IBucket): PolicyStatement[] {
  const { access, tagKey, vpcEndpointIds } = grant;
  const common = ofTaggedRole(grant);
  const throughEndpoint =
    vpcEndpointIds.length > 0 ? { 'aws:SourceVpce': vpcEndpointIds } : { 'aws:VpceAccount': '${aws:PrincipalAccount}' };
  const ownKeys = ({ keys = [] }: Actions) => keys.map(key => `${key.slice(0, -1)}\${aws:PrincipalTag/${tagKey}}/*`);
  const allowed = (actions: readonly string[], resources: string[], conditions: Conditions) =>
    allowAccounts(grant.accounts, {
      sid: sidOf(actions),
      actions,
      resources,
      conditions: {
        ...common,
        ...conditions,
        Null: { ...common.Null, 'aws:Ec2InstanceSourceVpc': 'false' },
        StringEquals: { ...common.StringEquals, ...throughEndpoint, ...conditions.StringEquals },
      },
    });
  return withUniqueSids([
    ...actionsOnBucket(access).map(each =>
      allowed(each.actions, [bucketArnOf(bucket)], { StringLike: each.keys && { 's3:prefix': ownKeys(each) } }),
    ),
    ...actionsOnObjects(access).map(each =>
      allowed(
        each.actions,
        ownKeys(each).map(key => `${bucketArnOf(bucket)}/${key}`),
        { StringEquals: withOneAcl(each) },
      ),
    ),
  ]);
}

/**
 * The Allows that the tagged roles need in the policy of the bucket's key, through S3 only. A key knows no prefix:
 * whose object it is, the policy of the bucket decides.
 *
 * @param region the Region of the key
 */
export function taggedUseStatements(grant: TaggedGrant, region: string): PolicyStatement[] {
  const common = ofTaggedRole(grant);
  const used = new Set(grant.access.flatMap(({ keyActions }) => keyActions));
  return USES_THROUGH_S3.filter(([, action]) => used.has(action)).map(([sid, action]) =>
    allowAccounts(grant.accounts, {
      sid,
      actions: [action],
      resources: ['*'],
      conditions: { ...common, StringEquals: { ...common.StringEquals, 'kms:ViaService': viaService('s3', region) } },
    }),
  );
}

/** The tagged roles, as they are declared. */
export function taggedRoles({ accounts, rolePath, tagKey }: TaggedGrant): DeclaredVisitor[] {
  return accounts.map(account => ({ roleArn: `arn:${Aws.PARTITION}:iam::${account}:role${rolePath}*`, tagKey }));
}

/** A role of the organization under the path, whose tag has a value that is one part of a key. */
function ofTaggedRole({ organization, rolePath, tagKey }: TaggedGrant): Conditions {
  const tag = `aws:PrincipalTag/${tagKey}`;
  return {
    ...withinOrganization({ organization }),
    ArnLike: { 'aws:PrincipalArn': `arn:${Aws.PARTITION}:iam::*:role${rolePath}*` },
    Null: { [tag]: 'false' },
    StringNotLike: { [tag]: ['', '*/*'] },
  };
}
