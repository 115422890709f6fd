import { Duration } from 'aws-cdk-lib';
import { HealthChecks, InstancesDistribution, UpdatePolicy } from 'aws-cdk-lib/aws-autoscaling';
import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import { InstanceOptions } from './instance-options';

/** Several types of instances in one fleet, on demand and on Spot capacity. */
export interface MixedInstances {
  /**
   * The types, 2 to 40, in the order of their priority, all for the processor of the image. They count the same, so let
   * them be of like size. Burstable types have standard credits only where all types are burstable.
   */
  readonly instanceTypes: InstanceType[];

  /**
   * How many instances are On-Demand and how many Spot ones, and how EC2 chooses among the types.
   *
   * @default - On-Demand only, by the order of the types; where there are Spot instances, they are chosen by price
   * and capacity
   * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/allocation-strategies.html
   */
  readonly instancesDistribution?: InstancesDistribution;
}

/** What a fleet of the workload is like. */
export interface FleetOptions extends InstanceOptions {
  /**
   * Whether Auto Scaling replaces a Spot instance as soon as EC2 says that it may be interrupted.
   *
   * @default - true where mixedInstances has Spot instances
   * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-capacity-rebalancing.html
   */
  readonly capacityRebalance?: boolean;

  /**
   * How long an instance takes from running to working. Until then its metrics do not count for scaling. Neither the
   * default rolling update nor an instance refresh goes on to the next one. Whole seconds, one hour at the most.
   *
   * The path to S3 is open before the first instance is launched; this is the time of its boot and its user data.
   *
   * @default Duration.minutes(2)
   * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-default-instance-warmup.html
   */
  readonly defaultInstanceWarmup?: Duration;

  /**
   * What makes Auto Scaling replace an instance: `HealthChecks.ec2()`, or with `HealthChecks.withAdditionalChecks` what
   * a load balancer, EBS or VPC Lattice sees too. The grace period is how long a new instance is not judged by it: let
   * it cover boot and user data, as `defaultInstanceWarmup` does. Application status checks of EC2 count without it.
   *
   * @default - the status checks of EC2, without a grace period
   * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-health-checks.html
   */
  readonly healthChecks?: HealthChecks;

  /** The number of instances at the most: not below `minCapacity`, and known at synthesis. */
  readonly maxCapacity: number;

  /** The number of instances that are always there: 1 or more, and known at synthesis. */
  readonly minCapacity: number;

  /**
   * Several types of instances, and Spot capacity. Instead of `instanceType`.
   *
   * @default - one type, On-Demand
   */
  readonly mixedInstances?: MixedInstances;

  /**
   * How a deployment replaces the instances when their image, type or user data changed: `UpdatePolicy.rollingUpdate`,
   * `UpdatePolicy.instanceRefresh` (with checkpoints, alarms and a bake time) or `UpdatePolicy.replacingUpdate`. It
   * must not wait for signals: the instances have no way to CloudFormation.
   *
   * @default - a rolling update, one by one, with minCapacity instances in service where maxCapacity leaves room, and
   * a pause of defaultInstanceWarmup
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-updatepolicy.html
   */
  readonly updatePolicy?: UpdatePolicy;
}
