import { Stack } from 'aws-cdk-lib';
import { IRole } from 'aws-cdk-lib/aws-iam';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { RemoteWorkload } from './remote-workload';
import { TaggedGrant } from '../policies';
import {
  Problem,
  isConcrete,
  isNamedEverywhere,
  isOwnedBy,
  managerOf,
  otherPartitionProblems,
  sharerOf,
} from '../private';

/** A bucket, and the workloads of other stacks that use it. */
interface PolicyOfBucket {
  readonly bucket: IBucket;
  readonly workloads: readonly RemoteWorkload[];
}

/** What is wrong with workloads of another partition, which no policy of this one lets in. */
export function partitionsOf({ workloads }: Pick<PolicyOfBucket, 'workloads'>, region: string): Problem[] {
  return otherPartitionProblems(
    'workloads',
    workloads.flatMap(({ _roleArn }) => _roleArn ?? []),
    region,
  );
}

/** The grants of the workloads that are known by a tag. */
export function taggedOf(workloads: readonly RemoteWorkload[]): TaggedGrant[] {
  return workloads.flatMap(({ _tagged }) => _tagged ?? []);
}

/** What is wrong with a bucket that somebody else looks after. */
export function bucketProblems({ bucket }: Pick<PolicyOfBucket, 'bucket'>, stack: Stack): Problem[] {
  const problem = (allowed: string, fix: string) => [{ prop: 'bucket', got: bucket, allowed, fix }];
  if (!isOwnedBy(stack, bucket)) {
    return problem('a bucket made in the same stack', 'make the DataBucketPolicy in the stack of the bucket');
  }
  const manager = managerOf(bucket);
  const sharer = sharerOf(bucket);
  if (sharer !== undefined) {
    return problem(
      `a bucket without another DataBucketPolicy, and ${sharer.node.path} is on this one`,
      'name all workloads in one DataBucketPolicy',
    );
  }
  return manager === undefined
    ? []
    : problem(
        `a bucket that no workload made or adopted, and ${manager.node.path} has this one`,
        'share the endpoint of that workload (S3EndpointMode.shared), or make the bucket beside them',
      );
}

/** In the account of the bucket the policies of roles decide, whatever the bucket's policy allows beside them. */
export function ownAccountProblems({ bucket, workloads }: PolicyOfBucket): Problem[] {
  return taggedOf(workloads)
    .filter(({ accounts }) => accounts.includes(bucket.env.account))
    .map(({ accounts }) => ({
      prop: 'workloads',
      got: accounts,
      allowed:
        'tagged roles of other accounts: in the account of the bucket the policy of a role is enough to reach other prefixes',
      fix: 'leave the account of the bucket out, and give its workloads their prefixes by a PrivateEc2S3Access each',
    }));
}

/** A reference to a role leads into its stack, which refers here already, or is of another account or Region. */
export function unnamedRoleProblems({ bucket, workloads }: PolicyOfBucket): Problem[] {
  const named = workloads.filter(({ _bucket }) => _bucket !== undefined);
  return named
    .flatMap(workload =>
      workload
        ._grantsIn(bucket.stack, bucket)
        .grants.filter(({ role }) => workload._bucket === bucket || isElsewhere(role, bucket)),
    )
    .filter(({ role }) => !isNamedEverywhere(role))
    .map(({ role }) => ({
      prop: 'workloads',
      got: role,
      allowed: isElsewhere(role, bucket)
        ? 'a role with a name, because its stack is of another account or Region'
        : 'a role with a name, because its stack refers to this bucket already',
      fix: "give the workload a role with a name: role: new Role(this, 'Role', { roleName: '...', ... })",
    }));
}

/** Whether a role is known to be of another account or Region, where CloudFormation refers to names only. */
function isElsewhere({ env }: IRole, bucket: IBucket): boolean {
  const differs = (one: string, other: string) => isConcrete(one) && isConcrete(other) && one !== other;
  return differs(env.account, bucket.env.account) || differs(env.region, bucket.env.region);
}
