import { Lazy } from 'aws-cdk-lib';
import { IRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { AccessGrant, AccessList } from './access-list';
import { DECLARED_ACCESS, DeclaredAccess, DeclaredBucket } from '../private/declared-access';
import { managerOf } from '../private/managed';

/** Writes what an access list grants a role into the cloud assembly, as metadata of a construct: grants that are still to come included. */
export function declareAccess(construct: Construct, accessList: AccessList, role: IRole): void {
  construct.node.addMetadata(DECLARED_ACCESS, Lazy.any({ produce: () => declaredAccess(accessList, role) }));
}

function declaredAccess({ grants, awsOwnedBuckets }: AccessList, role: IRole): DeclaredAccess {
  return {
    buckets: grants.filter(grant => grant.role === role).map(declaredBucket),
    awsOwned: awsOwnedBuckets.flatMap(({ objectArns, signedByRole }) => objectArns.map(objects => ({ objects, signedByRole }))),
  };
}

function declaredBucket({ bucket, access }: AccessGrant): DeclaredBucket {
  return {
    arn: bucket.bucketArn,
    hasPerimeter: managerOf(bucket) !== undefined,
    grants: access.map(({ bucketActions, objectActions, prefix }) => ({ actions: [...bucketActions, ...objectActions], prefix })),
  };
}
