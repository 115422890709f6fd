import { IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { denyEveryone, unlessExempt } from './statements';
import { AccessList } from '../access';
import { TaskRole, roleArnOf } from '../private';

/** The S3 endpoints that lead to a bucket or an access point. */
export interface EndpointsOfPerimeter {
  /** Those that can be named. */
  readonly vpcEndpointIds: string[];
  /** The accounts of those that cannot be named; absent: none. */
  readonly vpcEndpointAccounts?: readonly string[];
}

/** What the statements of one bucket's policy are about. */
export interface BucketPerimeter extends EndpointsOfPerimeter {
  readonly accessList: AccessList;
  readonly bucketArn: string;
  /** The key that objects must be encrypted with; absent: S3's own (SSE-S3). */
  readonly keyArn?: string;
  /** The roles that CloudFormation works with in this account. */
  readonly deploymentRoleArns: readonly string[];
  /** Roles with one task in the bucket, which the perimeter lets do that task. */
  readonly taskRoles?: readonly TaskRole[];
}

/**
 * The policy of a data bucket (rule 4 of `docs/policy-rules.md`): only Denies, because the role's own policy allows.
 * None of them hits the configuration of the bucket, so nobody is locked out of it: bucket-level actions have no
 * object ARN.
 *
 * @param roles the roles that the access list grants something in the bucket
 */
export function bucketStatements(perimeter: BucketPerimeter, roles: readonly IRole[]): PolicyStatement[] {
  return [
    ...transportStatements(perimeter.bucketArn),
    ...networkStatements(perimeter),
    denyObjectsToOthers(perimeter, roles),
    ...denyOtherTasks(perimeter),
    ...denyOutsideOrganization(perimeter),
    ...encryptionStatements(perimeter),
  ];
}

/** Rule 4a: nothing without TLS, nothing below TLS 1.2. */
export function transportStatements(bucketArn: string): PolicyStatement[] {
  const everything = { actions: ['s3:*'], resources: [bucketArn, `${bucketArn}/*`] };
  return [
    denyEveryone({ ...everything, sid: 'DenyWithoutTls', conditions: { Bool: { 'aws:SecureTransport': 'false' } } }),
    denyEveryone({ ...everything, sid: 'DenyOldTls', conditions: { NumericLessThan: { 's3:TlsVersion': '1.2' } } }),
  ];
}

/** Rules 4b and 4c: objects, and lists of them, only through the endpoint. */
export function networkStatements(perimeter: BucketPerimeter): PolicyStatement[] {
  return [
    denyObjectsOutsideEndpoint(perimeter),
    denyVersionListsOutsideEndpoint(perimeter),
    denyListsOutsideEndpoint(perimeter),
  ];
}

/**
 * `s3:*`, because any list of object actions leaks; on the objects only, because the bucket's configuration must stay
 * open to its owner.
 */
function denyObjectsOutsideEndpoint(perimeter: BucketPerimeter): PolicyStatement {
  const { accessList, bucketArn } = perimeter;
  return denyEveryone({
    sid: 'DenyObjectsOutsideEndpoint',
    actions: ['s3:*'],
    resources: [`${bucketArn}/*`],
    conditions: { ...unlessExempt(accessList, ...withTasks(perimeter)), StringNotEquals: endpointsOf(perimeter) },
  });
}

function denyVersionListsOutsideEndpoint(perimeter: BucketPerimeter): PolicyStatement {
  const { accessList, bucketArn } = perimeter;
  const actions = ['s3:ListBucketMultipartUploads', 's3:ListBucketVersions'];
  return denyEveryone({
    sid: 'DenyVersionListsOutsideEndpoint',
    actions,
    resources: [bucketArn],
    conditions: {
      ...unlessExempt(accessList, ...withTasks(perimeter, actions)),
      StringNotEquals: endpointsOf(perimeter),
    },
  });
}

/**
 * CloudFormation lists a bucket when it creates, updates and deletes it: with its execution role, or on the caller's
 * behalf.
 */
function denyListsOutsideEndpoint(perimeter: BucketPerimeter): PolicyStatement {
  const { accessList, bucketArn, deploymentRoleArns } = perimeter;
  return denyEveryone({
    sid: 'DenyListsOutsideEndpoint',
    actions: ['s3:ListBucket'],
    resources: [bucketArn],
    conditions: {
      ...unlessExempt(accessList, ...deploymentRoleArns, ...withTasks(perimeter, ['s3:ListBucket'])),
      StringNotEquals: { 'aws:CalledViaFirst': 'cloudformation.amazonaws.com', ...endpointsOf(perimeter) },
    },
  });
}

/** What a request through an endpoint carries: its id, or, where that cannot be named, the account that it is in. */
export function endpointsOf({
  vpcEndpointIds,
  vpcEndpointAccounts = [],
}: EndpointsOfPerimeter): Record<string, readonly string[]> {
  return {
    ...(vpcEndpointIds.length > 0 && { 'aws:SourceVpce': vpcEndpointIds }),
    ...(vpcEndpointAccounts.length > 0 && { 'aws:VpceAccount': vpcEndpointAccounts }),
  };
}

/** Rule 4d: whatever an identity or endpoint policy allows, objects are for the workload's roles. */
function denyObjectsToOthers(perimeter: BucketPerimeter, roles: readonly IRole[]): PolicyStatement {
  const { accessList, bucketArn } = perimeter;
  return denyEveryone({
    sid: 'DenyObjectsToOthers',
    actions: ['s3:*'],
    resources: [`${bucketArn}/*`],
    conditions: unlessExempt(accessList, ...new Set(roles.map(roleArnOf)), ...withTasks(perimeter)),
  });
}

/** The roles whose task needs one of some actions; of objects, each has one that needs something. */
function withTasks({ taskRoles = [] }: BucketPerimeter, actions?: readonly string[]): readonly string[] {
  const needs = ({ actions: patterns }: TaskRole) =>
    actions?.some(action => patterns.some(pattern => isCovered(action, pattern))) ?? true;
  return taskRoles.filter(needs).map(({ roleArn }) => roleArn);
}

function isCovered(action: string, pattern: string): boolean {
  return pattern.endsWith('*') ? action.startsWith(pattern.slice(0, -1)) : action === pattern;
}

/** Whom the perimeter spares for one task may do nothing else with the objects, whatever other policies allow. */
function denyOtherTasks({ bucketArn, taskRoles = [] }: BucketPerimeter): PolicyStatement[] {
  return taskRoles.map(({ task, roleArn, actions }) =>
    denyEveryone({
      sid: `DenyAllBut${task}`,
      actions: [],
      notActions: actions,
      resources: [`${bucketArn}/*`],
      conditions: { ArnEquals: { 'aws:PrincipalArn': roleArn } },
    }),
  );
}

/** Rule 6: `ForAllValues` also denies a principal of no organization, which has no paths at all. */
export function denyOutsideOrganization({ accessList, bucketArn }: BucketPerimeter): PolicyStatement[] {
  const { accounts, organizationId, organizationalUnitPaths } = accessList.organization ?? {};
  const objects = { actions: ['s3:*'], resources: [`${bucketArn}/*`] };
  const unlessService = { BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } };
  return [
    ...(organizationId === undefined
      ? []
      : [
          denyEveryone({
            ...objects,
            sid: 'DenyOutsideOrganization',
            conditions: { ...unlessService, StringNotEquals: { 'aws:PrincipalOrgID': organizationId } },
          }),
        ]),
    ...(organizationalUnitPaths === undefined
      ? []
      : [
          denyEveryone({
            ...objects,
            sid: 'DenyOutsideOrganizationalUnits',
            conditions: {
              ...unlessService,
              'ForAllValues:StringNotLike': {
                'aws:PrincipalOrgPaths': organizationalUnitPaths.map(path => `${path}*`),
              },
            },
          }),
        ]),
    ...(accounts === undefined
      ? []
      : [
          denyEveryone({
            ...objects,
            sid: 'DenyOutsideAccounts',
            conditions: { ...unlessService, StringNotEquals: { 'aws:PrincipalAccount': accounts } },
          }),
        ]),
  ];
}

const ALGORITHM = 's3:x-amz-server-side-encryption';
const KEY_ID = 's3:x-amz-server-side-encryption-aws-kms-key-id';
const CUSTOMER_ALGORITHM = 's3:x-amz-server-side-encryption-customer-algorithm';

/**
 * Rule 4e: a request without encryption headers passes, and the bucket's default encryption applies; any other key is
 * refused.
 */
export function encryptionStatements({ bucketArn, keyArn }: BucketPerimeter): PolicyStatement[] {
  const writes = { actions: ['s3:PutObject', 's3:UpdateObjectEncryption'], resources: [`${bucketArn}/*`] };
  return [
    denyEveryone({
      ...writes,
      sid: 'DenyOtherEncryption',
      conditions: {
        Null: { [ALGORITHM]: 'false' },
        StringNotEquals: { [ALGORITHM]: keyArn === undefined ? 'AES256' : 'aws:kms' },
      },
    }),
    denyEveryone({
      ...writes,
      sid: 'DenyOtherKeys',
      conditions: {
        Null: { [KEY_ID]: 'false' },
        StringNotEquals: keyArn === undefined ? undefined : { [KEY_ID]: keyArn },
      },
    }),
    ...(keyArn === undefined
      ? []
      : [
          denyEveryone({
            ...writes,
            sid: 'DenyKmsWithoutKeyId',
            conditions: { Null: { [KEY_ID]: 'true' }, StringEquals: { [ALGORITHM]: 'aws:kms' } },
          }),
        ]),
    denyEveryone({
      sid: 'DenyCustomerProvidedKeys',
      actions: ['s3:PutObject'],
      resources: [`${bucketArn}/*`],
      conditions: { Null: { [CUSTOMER_ALGORITHM]: 'false' } },
    }),
  ];
}
