import { Template } from 'aws-cdk-lib/assertions';
import { GatewayVpcEndpointAwsService, InterfaceVpcEndpoint, SubnetType, Vpc, VpcProps } from 'aws-cdk-lib/aws-ec2';
import { PrivateEc2S3Access, RemoteAccess, S3EndpointMode, SessionManagerOptions } from '../../src';
import { TYPE, annotationsWith, errorOf, idsOf, newStack, oneBucket, synthesize, workload } from '../support/resources';

const SHARED = 'the endpoints made here let this workload through and nobody else';
const ISOLATED: VpcProps = {
  maxAzs: 2,
  natGateways: 0,
  subnetConfiguration: [{ name: 'Isolated', subnetType: SubnetType.PRIVATE_ISOLATED }],
};

function sharedVpc(props: VpcProps = {}) {
  const stack = newStack();
  return { stack, vpc: new Vpc(stack, 'Vpc', { ...ISOLATED, ...props }) };
}

describe('an endpoint in a VPC that others use', () => {
  test('is announced: it lets nobody else through', () => {
    const { stack, vpc } = sharedVpc();
    workload(stack, { vpc });
    expect(annotationsWith(stack, SHARED)).toHaveLength(1);
  });

  test('is not announced where the VPC is made for the workload', () => {
    expect(annotationsWith(synthesize().stack, SHARED)).toEqual([]);
  });

  test('is not announced where it exists already', () => {
    const { stack, vpc } = sharedVpc();
    const s3Endpoint = S3EndpointMode.fromGatewayEndpoint(
      vpc.addGatewayEndpoint('S3', { service: GatewayVpcEndpointAwsService.S3 }),
    );
    workload(stack, { vpc, s3Endpoint, proveAtSynthesis: false });
    expect(annotationsWith(stack, SHARED)).toEqual([]);
  });
});

describe('endpoints of Session Manager in a VPC that others use, beside an S3 endpoint that exists', () => {
  const withSessions = (options: SessionManagerOptions) => {
    const { stack, vpc } = sharedVpc();
    const s3Endpoint = S3EndpointMode.fromGatewayEndpoint(
      vpc.addGatewayEndpoint('S3', { service: GatewayVpcEndpointAwsService.S3 }),
    );
    workload(stack, { vpc, s3Endpoint, remoteAccess: RemoteAccess.sessionManager(options), proveAtSynthesis: false });
    return annotationsWith(stack, SHARED);
  };
  const theirs = (id: string) =>
    InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(newStack(), id, { vpcEndpointId: `vpce-${id}`, port: 443 });

  test('are announced: their names lead nobody else to the services', () =>
    expect(withSessions({})).toEqual([
      expect.stringMatching(/^Training\/App\/SessionManager: .*name the endpoints that exist/),
    ]));

  test('are not announced where they exist, too', () =>
    expect(withSessions({ endpoints: { ssm: theirs('ssm'), ssmMessages: theirs('messages') } })).toEqual([]));
});

describe('a second gateway endpoint in one route table', () => {
  test('is refused where the VPC has one', () => {
    const { stack, vpc } = sharedVpc({ gatewayEndpoints: { S3: { service: GatewayVpcEndpointAwsService.S3 } } });
    workload(stack, { vpc });
    expect(errorOf(() => Template.fromStack(stack))).toMatch(
      /Training\/App\/S3Endpoint: .*, allowed: one S3 gateway endpoint for each route table.*, fix: .*S3EndpointMode\.fromGatewayEndpoint/,
    );
  });

  test('is refused where another workload has one', () => {
    const stack = newStack();
    new PrivateEc2S3Access(stack, 'Other', { dataBuckets: oneBucket(), vpc: workload(stack).vpc });
    expect(errorOf(() => Template.fromStack(stack))).toMatch(/allowed: one S3 gateway endpoint for each route table/);
  });

  test('is not refused in route tables of its own', () => {
    const { stack, vpc } = sharedVpc({
      subnetConfiguration: ['One', 'Two'].map(name => ({ name, subnetType: SubnetType.PRIVATE_ISOLATED })),
    });
    workload(stack, { vpc, vpcSubnets: { subnetGroupName: 'One' } });
    new PrivateEc2S3Access(stack, 'Other', { dataBuckets: oneBucket(), vpc, vpcSubnets: { subnetGroupName: 'Two' } });
    expect(idsOf(Template.fromStack(stack), TYPE.endpoint)).toHaveLength(2);
  });
});
