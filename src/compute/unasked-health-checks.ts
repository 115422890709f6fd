import { Stack } from 'aws-cdk-lib';
import { AutoScalingGroup, CfnAutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { IConstruct } from 'constructs';
import { warnWhenComplete } from '../private';

/** The checks that somebody else makes, and the properties of a group that say who. */
const CHECKS: ReadonlyArray<readonly [type: string, attached: ReadonlyArray<keyof CfnAutoScalingGroup>, who: string]> =
  [
    ['ELB', ['targetGroupArns', 'loadBalancerNames', 'trafficSources'], 'load balancer'],
    ['VPC_LATTICE', ['trafficSources'], 'target group of VPC Lattice'],
  ];

/**
 * Warns of health checks that nobody makes, because nothing that makes them is attached to the fleet.
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-health-checks.html
 */
export function warnOfHealthChecks(fleet: IConstruct, group: AutoScalingGroup): void {
  warnWhenComplete(fleet, 'healthChecksWithoutLoadBalancer', () => {
    const resource = group.node.defaultChild as CfnAutoScalingGroup;
    const types = resource.healthCheckType?.split(',') ?? [];
    const isEmpty = (value: unknown) => [Stack.of(fleet).resolve(value) ?? []].flat().length === 0;
    const [found] = CHECKS.filter(
      ([type, attached]) => types.includes(type) && attached.every(property => isEmpty(resource[property])),
    );
    return (
      found &&
      `healthChecks names ${found[0]}, and no ${found[2]} is attached to the fleet, so nothing asks the instances: ` +
        'add compute.autoScalingGroup to its targets, or leave the check out'
    );
  });
}
