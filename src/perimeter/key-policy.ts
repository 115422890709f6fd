import { Token } from 'aws-cdk-lib';
import { IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { keyPermissions } from './permissions';
import { allowAccounts, denyEveryone, viaService } from './statements';
import { AccessList } from '../identity/access-list';

/** What the statements of a key policy are about. */
export interface KeyPerimeter {
  readonly accessList: AccessList;
  /** The account of the key. */
  readonly account: string;
  /** The Region of the key. */
  readonly region: string;
  /** The construct path of the key: the access list names keys by their buckets. */
  readonly keyPath: string;
}

/** What administers a key and cannot read anything with it. No wildcard: `kms:Create*` would include grants. */
const ADMINISTRATION = [
  'CancelKeyDeletion', 'CreateAlias', 'DeleteAlias', 'DescribeKey', 'DisableKey', 'DisableKeyRotation', 'EnableKey', 'EnableKeyRotation',
  'GetKeyPolicy', 'GetKeyRotationStatus', 'ListGrants', 'ListKeyPolicies', 'ListKeyRotations', 'ListResourceTags',
  'PutKeyPolicy', 'RetireGrant', 'RevokeGrant', 'RotateKeyOnDemand', 'ScheduleKeyDeletion', 'TagResource', 'UntagResource',
  'UpdateAlias', 'UpdateKeyDescription',
].map(action => `kms:${action}`);

const VOLUMES = ['CreateGrant', 'Decrypt', 'DescribeKey', 'GenerateDataKeyWithoutPlaintext', 'ReEncryptFrom', 'ReEncryptTo'].map(action => `kms:${action}`);

/**
 * The policy of the data key: the account administers it without reading with it, the workload's roles use it through S3
 * only, EBS uses it for the volumes of the account, and grants are for AWS resources only.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
export function keyStatements(perimeter: KeyPerimeter): PolicyStatement[] {
  return [
    administer(perimeter),
    ...useThroughS3(perimeter, 'DecryptThroughS3', 'kms:Decrypt'),
    ...useThroughS3(perimeter, 'EncryptThroughS3', 'kms:GenerateDataKey'),
    encryptVolumes(perimeter),
    denyGrants(),
  ];
}

/** The account, and through it whoever its IAM policies name, including CloudFormation: the key cannot become unmanageable. */
function administer({ account }: KeyPerimeter): PolicyStatement {
  return allowAccounts([account], { sid: 'AccountAdministersKey', actions: ADMINISTRATION, resources: ['*'] });
}

/** An account as principal with the role in a condition: a role as principal goes stale when the role is re-created. */
function useThroughS3({ accessList, keyPath, account, region }: KeyPerimeter, sid: string, action: string): PolicyStatement[] {
  const roles = keyPermissions(accessList.grants)
    .filter(({ key, actions }) => key.node.path === keyPath && actions.includes(action))
    .map(({ role }) => role);
  const exempt = accessList.perimeterExemptions.map(({ principalArnPattern }) => principalArnPattern);
  const arns = [...new Set([...roles.map(({ roleArn }) => roleArn), ...exempt])];
  return arns.length === 0 ? [] : [allowAccounts(accountsOf(roles, exempt, account), {
    sid,
    actions: [action],
    resources: ['*'],
    conditions: { ArnLike: { 'aws:PrincipalArn': arns }, StringEquals: { 'kms:ViaService': viaService('s3', region) } },
  })];
}

function accountsOf(roles: readonly IRole[], exemptArns: readonly string[], account: string): string[] {
  const exemptAccounts = exemptArns.filter(arn => !Token.isUnresolved(arn)).map(arn => arn.split(':')[4]);
  return [...new Set([account, ...roles.map(({ env }) => env.account), ...exemptAccounts])];
}

function encryptVolumes({ account, region }: KeyPerimeter): PolicyStatement {
  return allowAccounts([account], {
    sid: 'EncryptVolumesThroughEc2',
    actions: VOLUMES,
    resources: ['*'],
    conditions: { StringEquals: { 'kms:CallerAccount': account, 'kms:ViaService': viaService('ec2', region) } },
  });
}

function denyGrants(): PolicyStatement {
  return denyEveryone({
    sid: 'DenyGrantsExceptForAwsResources',
    actions: ['kms:CreateGrant'],
    resources: ['*'],
    conditions: { BoolIfExists: { 'aws:PrincipalIsAWSService': 'false', 'kms:GrantIsForAWSResource': 'false' } },
  });
}

