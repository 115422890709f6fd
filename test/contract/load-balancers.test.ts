import { join } from 'path';
import { typeErrors } from './type-check';
import { ROOT } from '../support/packed';

/** What stands behind a load balancer: what the construct hands out goes where the CDK wants its classes. */
const PROGRAM = `
import { ApplicationListener } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { InstanceTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';
import { PrivateEc2S3Access } from 'cdk-private-ec2-s3-access';

export function behind(listener: ApplicationListener, x: PrivateEc2S3Access): void {
  listener.addTargets('Fleet', { port: 80, targets: [x.compute.autoScalingGroup!] });
  x.compute.autoScalingGroup!.scaleOnRequestCount('Load', { targetRequestsPerMinute: 600 });
  listener.addTargets('One', { port: 80, targets: [new InstanceTarget(x.compute.instance!)] });
}
`;

function complaints(program: string): string[] {
  const files = new Map([[join(__dirname, 'behind.ts'), program]]);
  return typeErrors(files, { paths: { 'cdk-private-ec2-s3-access': [join(ROOT, 'src', 'index.ts')] } });
}

test('a fleet and an instance are targets of a load balancer', () => {
  expect(complaints(PROGRAM)).toEqual([]);
});

test('the compiler looks', () => {
  expect(complaints(PROGRAM.replace('compute.instance!', 'compute.instanceProfile!'))).toHaveLength(1);
});
