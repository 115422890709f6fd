import { IConstruct } from 'constructs';

const MANAGED = Symbol.for('cdk-private-ec2-s3-access.managed');

/** Records that a part of this library renders the policies of a bucket or role, so that no second one does. */
export function markManaged(construct: IConstruct, by: IConstruct): void {
  Object.defineProperty(construct, MANAGED, { value: by, configurable: true });
}

const SHARED = Symbol.for('cdk-private-ec2-s3-access.shared');

/** Records that a policy for workloads of other stacks is in the policy of a bucket. */
export function markShared(bucket: IConstruct, by: IConstruct): void {
  Object.defineProperty(bucket, SHARED, { value: by, configurable: true });
}

/** The policy for workloads of other stacks that is in the policy of a bucket. */
export function sharerOf(bucket: IConstruct): IConstruct | undefined {
  return (bucket as { [SHARED]?: IConstruct })[SHARED];
}

/** The part that renders the policies of a bucket or role. */
export function managerOf(construct: IConstruct): IConstruct | undefined {
  return (construct as { [MANAGED]?: IConstruct })[MANAGED];
}
