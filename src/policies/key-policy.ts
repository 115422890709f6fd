import { Aws } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { keyPermissions } from './permissions';
import { allowAccounts, denyEveryone, viaService, withinOrganization } from './statements';
import { AccessList } from '../access';
import { roleArnOf } from '../private';

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
  'CancelKeyDeletion',
  'CreateAlias',
  'DeleteAlias',
  'DescribeKey',
  'DisableKey',
  'DisableKeyRotation',
  'EnableKey',
  'EnableKeyRotation',
  'GetKeyLastUsage',
  'GetKeyPolicy',
  'GetKeyRotationStatus',
  'ListGrants',
  'ListKeyPolicies',
  'ListKeyRotations',
  'ListResourceTags',
  'PutKeyPolicy',
  'RetireGrant',
  'RevokeGrant',
  'RotateKeyOnDemand',
  'ScheduleKeyDeletion',
  'TagResource',
  'UntagResource',
  'UpdateAlias',
  'UpdateKeyDescription',
].map(action => `kms:${action}`);

const VOLUMES = [
  'CreateGrant',
  'Decrypt',
  'DescribeKey',
  'GenerateDataKeyWithoutPlaintext',
  'ReEncryptFrom',
  'ReEncryptTo',
].map(action => `kms:${action}`);

/** What S3 does with a key on behalf of a role, each in a statement of its own. */
export const USES_THROUGH_S3: ReadonlyArray<readonly [sid: string, action: string]> = [
  ['DecryptThroughS3', 'kms:Decrypt'],
  ['EncryptThroughS3', 'kms:GenerateDataKey'],
];

/**
 * The policy of the data key: the account administers it without reading with it, the workload's roles use it through
 * S3 only, EBS uses it for the volumes of the account, and grants are for AWS resources only.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
export function keyStatements(perimeter: KeyPerimeter): PolicyStatement[] {
  return [administer(perimeter), ...useStatements(perimeter), encryptVolumes(perimeter), denyGrants()];
}

/** The Allows that the roles of the access list need in the policy of a key. */
export function useStatements(perimeter: KeyPerimeter): PolicyStatement[] {
  return USES_THROUGH_S3.flatMap(([sid, action]) => useThroughS3(perimeter, sid, action));
}

/**
 * The account, and through it whoever its IAM policies name, including CloudFormation: the key cannot become
 * unmanageable.
 */
function administer({ account }: KeyPerimeter): PolicyStatement {
  return allowAccounts([account], { sid: 'AccountAdministersKey', actions: ADMINISTRATION, resources: ['*'] });
}

/** An account as principal with the role in a condition: a role as principal goes stale when the role is re-created. */
function useThroughS3(
  { accessList, keyPath, account, region }: KeyPerimeter,
  sid: string,
  action: string,
): PolicyStatement[] {
  const roles = keyPermissions(accessList._allGrants)
    .filter(({ key, actions }) => key.node.path === keyPath && actions.includes(action))
    .map(({ role }) => role);
  const exempt = accessList.perimeterExemptions;
  const arns = [...new Set([...roles.map(roleArnOf), ...exempt.map(({ principalArnPattern }) => principalArnPattern)])];
  const accounts = [...roles.map(({ env }) => env.account), ...exempt.map(each => each.account)].filter(
    each => each !== account && each !== Aws.ACCOUNT_ID,
  );
  const within = withinOrganization(accessList);
  return arns.length === 0
    ? []
    : [
        allowAccounts([account, ...new Set(accounts)], {
          sid,
          actions: [action],
          resources: ['*'],
          conditions: {
            ...within,
            ArnLike: { 'aws:PrincipalArn': arns },
            StringEquals: { ...within.StringEquals, 'kms:ViaService': viaService('s3', region) },
          },
        }),
      ];
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
