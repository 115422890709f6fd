import { Aws, Lazy, Stack } from 'aws-cdk-lib';
import { IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { AccessGrant, AssetGrant } from './access-grant';
import { AccessList } from './access-list';
import { AwsOwnedBucket } from './aws-owned-bucket';
import { deploymentRoleArns } from './deployment-roles';
import { BUCKET_OWNER_ACL, BUCKET_OWNER_ACTION } from './s3-actions';
import { DECLARED_ACCESS, DeclaredAccess, DeclaredAwsOwned, DeclaredBucket } from '../base';
import { accessPointArnOf, bucketArnOf, managerOf, roleArnOf, tasksOf } from '../private';

/** A workload whose access is written into the cloud assembly. */
export interface DeclaredWorkload {
  readonly accessList: AccessList;
  readonly role: IRole;
  /** What the owner of an adopted role must attach to it. */
  readonly requiredStatements?: () => PolicyStatement[];
  /** The buckets for logs that exist. */
  readonly existingLogBuckets?: () => IBucket[];
}

/**
 * Writes what the access list of a workload grants its role into the cloud assembly, as metadata: grants that are
 * still to come included.
 *
 * @param scope the construct that it is written on
 * @param compute what is meant about its instances
 */
export function declareAccess(
  scope: Construct,
  workload: DeclaredWorkload,
  compute: Pick<DeclaredAccess, 'hopLimit' | 'elsewhere' | 'isOfParts' | 'isRemoved'>,
): void {
  const stack = Stack.of(scope);
  scope.node.addMetadata(
    DECLARED_ACCESS,
    Lazy.any({ produce: () => stack.resolve({ ...declaredAccess(workload, stack), ...compute }) }),
  );
}

function declaredAccess(workload: DeclaredWorkload, stack: Stack): DeclaredAccess {
  const { accessList, role, requiredStatements = () => [], existingLogBuckets = () => [] } = workload;
  const {
    grants,
    assetGrants,
    awsOwnedBuckets,
    credentialBinding,
    organization,
    perimeterExemptions,
    vpcEndpointIds,
    _onPremisesGrants,
  } = accessList;
  return {
    roleArn: roleArnOf(role),
    accounts: organization?.accounts ?? [],
    organizationId: organization?.organizationId,
    organizationalUnitPaths: organization?.organizationalUnitPaths ?? [],
    credentialBinding,
    deploymentRoleArns: deploymentRoleArns(stack),
    exemptPrincipalArns: perimeterExemptions.map(({ principalArnPattern }) => principalArnPattern),
    endpointIds: vpcEndpointIds,
    buckets: [
      ...grants
        .filter(grant => grant.role === role)
        .flatMap(grant => [declaredBucket(grant), ...declaredAccessPoint(grant)]),
      ...assetGrants.filter(grant => grant.role === role).map(declaredAsset),
    ],
    awsOwned: awsOwnedBuckets.flatMap(bucket => declaredAwsOwned(bucket, stack.region)),
    onPremisesRoles:
      _onPremisesGrants.length === 0
        ? undefined
        : _onPremisesGrants.map(grant => ({ ...declaredBucket(grant), roleArn: roleArnOf(grant.role) })),
    logBuckets: existingLogBuckets().map(({ bucketName }) => bucketName),
    roleStatements: requiredStatements().map(statement => statement.toStatementJson()),
  };
}

function declaredAwsOwned(bucket: AwsOwnedBucket, region: string): DeclaredAwsOwned[] {
  return bucket._accessIn(region).flatMap(({ action, objectArns, ofOwnAccount }) =>
    objectArns.map(objects => ({
      objects,
      action,
      signedByRole: bucket.signedByRole,
      account: ofOwnAccount ? Aws.ACCOUNT_ID : undefined,
    })),
  );
}

function declaredBucket({ accessPointName, bucket, access }: AccessGrant): DeclaredBucket {
  const accessPointArn = accessPointName === undefined ? undefined : accessPointArnOf(bucket, accessPointName);
  return {
    arn: bucketArnOf(bucket),
    hasPerimeter: managerOf(bucket) !== undefined,
    ...declaredTasks(bucket),
    grants: access
      .flatMap(({ _lines }) => _lines)
      .map(({ bucketActions, objectActions, prefix, key }) => ({
        actions: [...bucketActions, ...objectActions],
        prefix,
        key,
        accessPointArn,
        acl: objectActions.includes(BUCKET_OWNER_ACTION) ? BUCKET_OWNER_ACL : undefined,
      })),
  };
}

function declaredTasks(bucket: IBucket): Pick<DeclaredBucket, 'taskRoles'> {
  const tasks = tasksOf(bucket);
  return tasks.length === 0 ? {} : { taskRoles: tasks.map(({ roleArn, actions }) => ({ roleArn, actions })) };
}

/** Through an access point, S3 asks for the same twice: on the access point and on the bucket. */
function declaredAccessPoint(grant: AccessGrant): DeclaredBucket[] {
  return grant.accessPointName === undefined
    ? []
    : [{ ...declaredBucket(grant), arn: accessPointArnOf(grant.bucket, grant.accessPointName), hasPerimeter: true }];
}

/** The bucket of an asset belongs to the bootstrapped account, which keeps its policy. */
function declaredAsset({ asset }: AssetGrant): DeclaredBucket {
  return {
    arn: asset.bucket.bucketArn,
    hasPerimeter: false,
    grants: [{ actions: ['s3:GetObject'], key: asset.s3ObjectKey }],
  };
}
