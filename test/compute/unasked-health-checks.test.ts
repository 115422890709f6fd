import { AdditionalHealthCheckType, CfnAutoScalingGroup, HealthChecks } from 'aws-cdk-lib/aws-autoscaling';
import { NetworkLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Compute, PrivateEc2S3Access } from '../../src';
import { annotationsWith, newStack, workload } from '../support/resources';

const { EBS, ELB, VPC_LATTICE } = AdditionalHealthCheckType;

/** What is said of a fleet with health checks, and of what is done with it. */
function said(additionalTypes: AdditionalHealthCheckType[], change?: (access: PrivateEc2S3Access) => void): string[] {
  const stack = newStack();
  const healthChecks = HealthChecks.withAdditionalChecks({ additionalTypes });
  const compute = Compute.fleet({ minCapacity: 1, maxCapacity: 2, healthChecks });
  const access = workload(stack, { compute, proveAtSynthesis: false });
  change?.(access);
  return annotationsWith(stack, 'so nothing asks the instances');
}

function balance({ compute, node, vpc }: PrivateEc2S3Access): void {
  const balancer = new NetworkLoadBalancer(node.scope!, 'Balancer', {
    vpc,
    vpcSubnets: { subnets: vpc.isolatedSubnets },
  });
  balancer.addListener('Tcp', { port: 443 }).addTargets('Servers', { port: 443, targets: [compute.autoScalingGroup!] });
}

const attachTraffic = ({ compute }: PrivateEc2S3Access) =>
  ((compute.autoScalingGroup!.node.defaultChild as CfnAutoScalingGroup).trafficSources = [
    { identifier: 'arn:aws:vpc-lattice:eu-west-1:111122223333:targetgroup/tg-0123456789abcdef0', type: 'vpc-lattice' },
  ]);

test.each([
  [
    'a load balancer',
    ELB,
    /names ELB, and no load balancer is attached .*add compute\.autoScalingGroup to its targets/,
  ],
  ['VPC Lattice', VPC_LATTICE, /names VPC_LATTICE, and no target group of VPC Lattice is attached/],
])('a fleet that is judged by %s, and is not attached to one, is told so', (_, type, text) => {
  expect(said([type])).toEqual([expect.stringMatching(text)]);
  expect(said([EBS, type])).toHaveLength(1);
});

test('a fleet that is attached later is not told so', () => {
  expect(said([ELB], balance)).toEqual([]);
  expect(said([VPC_LATTICE], attachTraffic)).toEqual([]);
});

test('a load balancer is not VPC Lattice', () => {
  expect(said([VPC_LATTICE], balance)).toHaveLength(1);
});

test('checks that EC2 makes itself need nothing', () => {
  expect(said([EBS])).toEqual([]);
});
