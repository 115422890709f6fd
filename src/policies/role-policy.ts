import { IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { readAssets } from './asset-policy';
import { awsOwnedRoleStatements } from './aws-owned-policy';
import {
  KeyPermission,
  Permission,
  bucketArns,
  bucketPermissions,
  groupBy,
  keyPermissions,
  objectArns,
  objectPermissions,
  throughAccessPoint,
  withOneAcl,
} from './permissions';
import { allow, denyCaller, sidOf, viaService, withUniqueSids } from './statements';
import { AccessList } from '../access';

/**
 * The Allows of a workload role (rule 1 of `docs/policy-rules.md`): exact actions on its buckets and their keys,
 * pinned to the buckets' accounts and to the S3 endpoints.
 *
 * @param region the Region of the workload
 */
export function roleStatements(list: AccessList, role: IRole, region: string): PolicyStatement[] {
  const grants = list.grants.filter(grant => grant.role.node.path === role.node.path);
  return withUniqueSids([
    ...groupBy(bucketPermissions(grants), samePermission).map(group => useBuckets(group, list)),
    ...groupBy(objectPermissions(grants), sameActions).map(group => useObjects(group, list)),
    ...groupBy(keyPermissions(grants), each => [each.region, ...each.actions].join()).map(useKeys),
    ...readAssets(list, role),
    ...awsOwnedRoleStatements(list, region),
  ]);
}

/**
 * The Denies that make the role's credentials useless outside the VPC and the instance that they were issued to (rule
 * 2 there). They stand at the end of a policy: some scanners take a Deny of `s3:*` before an Allow for full
 * access.
 *
 * @see
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-ec2instancesourcevpc
 */
export function credentialBindingStatements(list: AccessList): PolicyStatement[] {
  return list.credentialBinding ? [denyOutsideVpc(), denyOutsideInstance()] : [];
}

function sameActions({ accessPointArn, bucket, actions }: Permission): string {
  return [bucket.env.account, accessPointArn, ...actions].join();
}

function samePermission({ accessPointArn, bucket, actions, keys }: Permission): string {
  return JSON.stringify([bucket.env.account, accessPointArn, actions, keys ?? null]);
}

function useBuckets(group: readonly Permission[], list: AccessList): PolicyStatement {
  const [{ actions, keys, bucket }] = group;
  return allow({
    sid: sidOf(actions),
    actions,
    resources: [...new Set(group.flatMap(bucketArns))],
    conditions: {
      ArnEquals: throughAccessPoint(group[0]),
      StringEquals: pinnedTo(list, bucket.env.account),
      StringLike: keys && { 's3:prefix': keys },
    },
  });
}

function useObjects(group: readonly Permission[], list: AccessList): PolicyStatement {
  const [{ actions, bucket }] = group;
  return allow({
    sid: sidOf(actions),
    actions,
    resources: [...new Set(group.flatMap(objectArns))],
    conditions: {
      ArnEquals: throughAccessPoint(group[0]),
      StringEquals: { ...pinnedTo(list, bucket.env.account), ...withOneAcl(group[0]) },
    },
  });
}

/** A bucket that somebody else re-creates under the same name, and a path around the endpoint, are not covered. */
function pinnedTo(list: AccessList, account: string): Record<string, unknown> {
  const organizationId = list.organization?.organizationId;
  return {
    'aws:ResourceAccount': account,
    ...(organizationId === undefined ? {} : { 'aws:ResourceOrgID': organizationId }),
    'aws:SourceVpce': list.vpcEndpointIds,
  };
}

/**
 * S3 calls KMS itself, with the role's credentials: nobody needs an endpoint for KMS, nor the key for anything else.
 */
function useKeys(group: readonly KeyPermission[]): PolicyStatement {
  const [{ actions, region }] = group;
  return allow({
    sid: 'UseKeysOfDataBuckets',
    actions,
    resources: [...new Set(group.map(({ key }) => key.keyArn))],
    conditions: { StringEquals: { 'kms:ViaService': viaService('s3', region) } },
  });
}

/**
 * A negated operator also matches an absent key and a variable without a value: sessions made any other way are
 * refused.
 */
function denyOutsideVpc(): PolicyStatement {
  return denyCaller({
    sid: 'DenyCredentialsOutsideVpc',
    actions: ['s3:*'],
    resources: ['*'],
    conditions: {
      BoolIfExists: { 'aws:ViaAWSService': 'false' },
      StringNotEquals: { 'aws:SourceVpc': '${aws:Ec2InstanceSourceVpc}' },
    },
  });
}

function denyOutsideInstance(): PolicyStatement {
  return denyCaller({
    sid: 'DenyCredentialsOutsideInstance',
    actions: ['s3:*'],
    resources: ['*'],
    conditions: {
      BoolIfExists: { 'aws:ViaAWSService': 'false' },
      StringNotEquals: { 'aws:VpcSourceIp': '${aws:Ec2InstanceSourcePrivateIPv4}' },
    },
  });
}
