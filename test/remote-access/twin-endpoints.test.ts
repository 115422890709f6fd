import { InterfaceVpcEndpoint, InterfaceVpcEndpointAwsService } from 'aws-cdk-lib/aws-ec2';
import {
  BucketAccess,
  DataBucketSource,
  PrivateEc2S3Access,
  RemoteAccess,
  S3EndpointMode,
  SessionManagerOptions,
} from '../../src';
import { annotationsWith, isolatedVpc, newStack, oneBucket, workload } from '../support/resources';

const CONFLICT = 'the names of a service lead to one endpoint only, so the deployment fails';
const dataBuckets = { More: DataBucketSource.create({ access: [BucketAccess.readOnly()] }) };

/** Two workloads in one VPC, both with sessions. */
function neighbours(options?: SessionManagerOptions): string[] {
  const stack = newStack();
  const first = workload(stack, { remoteAccess: RemoteAccess.sessionManager() });
  new PrivateEc2S3Access(stack, 'Second', {
    dataBuckets,
    vpc: first.vpc,
    s3Endpoint: S3EndpointMode.shared(first),
    remoteAccess: RemoteAccess.sessionManager(options),
    proveAtSynthesis: false,
  });
  return annotationsWith(stack, CONFLICT);
}

/** A workload with sessions in a VPC that has an endpoint of a service. */
function beside(service: InterfaceVpcEndpointAwsService, privateDnsEnabled = true): string[] {
  const stack = newStack();
  const vpc = isolatedVpc(stack);
  new InterfaceVpcEndpoint(stack, 'Theirs', { vpc, service, privateDnsEnabled });
  workload(stack, { vpc, remoteAccess: RemoteAccess.sessionManager(), proveAtSynthesis: false });
  return annotationsWith(stack, CONFLICT);
}

test('two workloads that both make endpoints of Session Manager in one VPC are told of it once, with the fix', () => {
  const [warning, ...others] = neighbours();
  expect(others).toEqual([]);
  expect(warning).toMatch(
    /^Training\/Second\/\S*: Training\/App\/\S*Ssm\/Resource \(ssm\), Training\/App\/\S*SsmMessages\/Resource \(ssmmessages\): .*RemoteAccess\.sessionManager\(\{ endpoints \}\)/,
  );
});

test('a workload that names the endpoints of the other is not told of it', () => {
  const theirs = (id: string) =>
    InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(newStack(), id, { vpcEndpointId: `vpce-${id}`, port: 443 });
  expect(neighbours({ endpoints: { ssm: theirs('1'), ssmMessages: theirs('2') } })).toEqual([]);
});

test('workloads in a VPC each are not told of it', () => {
  const stack = newStack();
  const remoteAccess = RemoteAccess.sessionManager();
  workload(stack, { remoteAccess });
  new PrivateEc2S3Access(stack, 'Second', { dataBuckets: oneBucket(), remoteAccess });
  expect(annotationsWith(stack, CONFLICT)).toEqual([]);
});

test.each([
  ['of the service', InterfaceVpcEndpointAwsService.SSM, true, 1],
  ['of the service, without private names', InterfaceVpcEndpointAwsService.SSM, false, 0],
  ['of another service', InterfaceVpcEndpointAwsService.SQS, true, 0],
])('an endpoint %s that the app makes in the VPC', (_, service, privateDnsEnabled, warnings) => {
  expect(beside(service, privateDnsEnabled)).toHaveLength(warnings);
});
