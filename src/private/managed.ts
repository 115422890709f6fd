import { IConstruct } from 'constructs';

/** A role with one task in a bucket, which it does from outside the endpoint, and nothing else there. */
export interface TaskRole {
  /** The name of the task, for the Sid of the statement that keeps the role to it. */
  readonly task: 'Emptying';
  readonly roleArn: string;
  /** What the task needs of the bucket and its objects, as patterns of actions. */
  readonly actions: readonly string[];
}

const TASKS = Symbol.for('cdk-private-ec2-s3-access.tasks');

/** Records that the policy of a bucket lets a role do one task. */
export function addTask(bucket: IConstruct, task: TaskRole): void {
  Object.defineProperty(bucket, TASKS, { value: [...tasksOf(bucket), task], configurable: true });
}

/** The roles with one task in a bucket. */
export function tasksOf(bucket: IConstruct): readonly TaskRole[] {
  return (bucket as { [TASKS]?: readonly TaskRole[] })[TASKS] ?? [];
}

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
