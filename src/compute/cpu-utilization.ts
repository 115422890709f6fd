import { Duration } from 'aws-cdk-lib';
import { Metric, MetricOptions, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { IConstruct } from 'constructs';
import { ComputeResources } from './compute';
import { refuse } from '../private';

/** The CPU utilization of what a workload runs on. */
export function cpuUtilization(
  workload: IConstruct,
  { autoScalingGroup, instance }: ComputeResources,
  props?: MetricOptions,
): Metric {
  const dimensionsMap: Record<string, string> =
    instance !== undefined
      ? { InstanceId: instance.instanceId }
      : autoScalingGroup !== undefined
        ? { AutoScalingGroupName: autoScalingGroup.autoScalingGroupName }
        : refuse(workload, [
            {
              prop: 'compute',
              got: 'instances that are made elsewhere',
              allowed: 'an instance or a fleet of this construct',
              fix: 'take the metric of the instances where they are made',
            },
          ]);
  return new Metric({
    namespace: 'AWS/EC2',
    metricName: 'CPUUtilization',
    dimensionsMap,
    period: Duration.minutes(1),
    statistic: Stats.AVERAGE,
    ...props,
  });
}
