import { BucketPolicy, IBucket } from 'aws-cdk-lib/aws-s3';
import { AccessGrant, AccessList } from '../access';
import { managerOf } from '../private';

/** The part of this library that renders the policy of a bucket. */
export interface BucketManager {
  readonly accessList: AccessList;
  readonly policy?: BucketPolicy;
}

/**
 * A data bucket of another workload on the same endpoint: that workload renders its policy and that of its key, and
 * takes this one's grants into them.
 */
export class SharedBucket {
  constructor(
    /** The bucket. */
    public readonly bucket: IBucket,
    private readonly manager: BucketManager,
  ) {}

  /** The policy of the bucket: whatever uses the bucket must wait for it. */
  public get policy(): BucketPolicy | undefined {
    return this.manager.policy;
  }

  /** Takes a grant of this workload into the policies of the other one. */
  public admit(grant: AccessGrant): void {
    this.manager.accessList._guestGrants.push(grant);
  }
}

/** The part that renders the policy of a bucket for one of some workloads; absent: none of them does. */
export function managerAmong(lists: readonly AccessList[], bucket: IBucket): BucketManager | undefined {
  const manager = managerOf(bucket) as unknown as BucketManager | undefined;
  return manager !== undefined && lists.includes(manager.accessList) ? manager : undefined;
}
