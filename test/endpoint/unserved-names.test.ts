import { App, Stack } from 'aws-cdk-lib';
import { IpProtocol, SubnetType, Vpc, VpcEndpointIpAddressType } from 'aws-cdk-lib/aws-ec2';
import { AwsOwnedBucket, PrivateEc2S3AccessProps, S3EndpointMode } from '../../src';
import { annotationsWith, workload } from '../support/resources';

const ID = 'namesBesideInterfaceEndpoint';

function warnings(region: string, props: Partial<PrivateEc2S3AccessProps>): string[] {
  const stack = new Stack(new App(), 'Training', { env: { account: '111122223333', region } });
  workload(stack, { ...props, proveAtSynthesis: false });
  return annotationsWith(stack, ID);
}

const DNF = [AwsOwnedBucket.amazonLinux2023Repositories()];
const AGENT = [AwsOwnedBucket.ssmAgent()];

const dualStack = () => {
  const stack = new Stack(new App(), 'Training', { env: { account: '111122223333', region: 'eu-west-1' } });
  workload(stack, {
    vpc: new Vpc(stack, 'Vpc', {
      ipProtocol: IpProtocol.DUAL_STACK,
      subnetConfiguration: [{ name: 'Isolated', subnetType: SubnetType.PRIVATE_ISOLATED }],
    }),
    credentialBinding: false,
    awsOwnedBuckets: DNF,
    s3Endpoint: S3EndpointMode.interfaceEndpoint({ ipAddressType: VpcEndpointIpAddressType.DUALSTACK }),
    proveAtSynthesis: false,
  });
  return annotationsWith(stack, ID);
};

const { gatewayAndInterface, interfaceEndpoint } = S3EndpointMode;

test.each<[string, string, Partial<PrivateEc2S3AccessProps>, RegExp]>([
  [
    'repositories with dual-stack names',
    'eu-west-1',
    { s3Endpoint: interfaceEndpoint(), awsOwnedBuckets: DNF },
    /AmazonLinux2023Repositories/,
  ],
  [
    'the global name in us-east-1',
    'us-east-1',
    { s3Endpoint: interfaceEndpoint() },
    /the global name s3\.amazonaws\.com/,
  ],
  [
    'agents, where only FIPS names are served',
    'us-west-2',
    { s3Endpoint: interfaceEndpoint({ fips: true }), awsOwnedBuckets: AGENT },
    /SsmAgent/,
  ],
  [
    'agents, where no name is served',
    'eu-west-1',
    { s3Endpoint: interfaceEndpoint({ privateDnsEnabled: false }), awsOwnedBuckets: AGENT },
    /SsmAgent/,
  ],
])('an interface endpoint alone: %s', (_, region, props, name) => {
  const [warning, ...others] = warnings(region, props);
  expect(others).toEqual([]);
  expect(warning).toMatch(name);
  expect(warning).toMatch(/use S3EndpointMode\.gatewayAndInterface\(\)/);
});

test.each<[string, string, Partial<PrivateEc2S3AccessProps>]>([
  ['no buckets of AWS', 'eu-west-1', { s3Endpoint: interfaceEndpoint() }],
  ['buckets with names of the Region', 'eu-west-1', { s3Endpoint: interfaceEndpoint(), awsOwnedBuckets: AGENT }],
  ['a gateway beside it', 'us-east-1', { s3Endpoint: gatewayAndInterface(), awsOwnedBuckets: DNF }],
  ['a gateway alone', 'us-east-1', { awsOwnedBuckets: DNF }],
  ['FIPS names in us-east-1', 'us-east-1', { s3Endpoint: interfaceEndpoint({ fips: true }) }],
])('nothing is said: %s', (_, region, props) => {
  expect(warnings(region, props)).toEqual([]);
});

test('nothing is said of an endpoint with dual-stack names', () => {
  expect(dualStack()).toEqual([]);
});
