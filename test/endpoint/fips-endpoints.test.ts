import { App, Environment, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { VpcEndpointDnsRecordIpType } from 'aws-cdk-lib/aws-ec2';
import { PrivateEc2S3AccessProps, S3EndpointMode } from '../../src';
import { TYPE, resources, workload } from '../support/resources';
import { validated } from '../support/validated';

const CLEAN = { error: undefined, violations: [], suppressed: [] };
const VIRGINIA = { account: '111122223333', region: 'us-east-1' };

function endpoints(props: Partial<PrivateEc2S3AccessProps>, env: Environment | undefined = VIRGINIA) {
  const stack = new Stack(new App(), 'Training', { env });
  const app = workload(stack, { ...props, proveAtSynthesis: false });
  const template = Template.fromStack(stack);
  const made = Object.values(resources(template, TYPE.endpoint)).map(({ Properties }) => Properties);
  const groups = Object.values(resources(template, TYPE.securityGroup)).map(({ Properties }) => Properties);
  return { stack, app, template, made, groups };
}

const only = { s3Endpoint: S3EndpointMode.interfaceEndpoint({ fips: true }) };
const both = { s3Endpoint: S3EndpointMode.gatewayAndInterface({ fips: true }) };

const PROVEN: ReadonlyArray<readonly [string, Partial<PrivateEc2S3AccessProps>, Environment | undefined]> = [
  ['alone', only, VIRGINIA],
  ['alone, in AWS GovCloud', only, { ...VIRGINIA, region: 'us-gov-east-1' }],
  ['beside a gateway', both, VIRGINIA],
  ['beside a gateway, where nothing tells the Region', both, undefined],
];

describe('a FIPS endpoint', () => {
  test('has the service of FIPS and private DNS for its own names, which have no other resolvers', () => {
    const [endpoint, ...others] = endpoints(only).made;
    expect(others).toEqual([]);
    expect(endpoint).toMatchObject({
      VpcEndpointType: 'Interface',
      ServiceName: 'com.amazonaws.us-east-1.s3-fips',
      PrivateDnsEnabled: true,
    });
    expect(endpoint.DnsOptions).toBeUndefined();
    expect(JSON.stringify(endpoint.PolicyDocument)).toContain('s3:GetObject');
  });

  test('has the records that are asked for', () => {
    const dnsRecordIpType = VpcEndpointDnsRecordIpType.IPV4;
    const s3Endpoint = S3EndpointMode.interfaceEndpoint({ fips: true, dnsRecordIpType });
    expect(endpoints({ s3Endpoint }).made[0].DnsOptions).toEqual({ DnsRecordIpType: 'ipv4' });
  });

  test('names the Region of the deployment where the stack has none', () => {
    const { stack } = endpoints(only, undefined);
    const template = JSON.stringify(Template.fromStack(stack).toJSON());
    expect(template).toContain('.s3-fips');
  });

  test('is another service than without the option, which says what it said before', () => {
    const plain = endpoints({ s3Endpoint: S3EndpointMode.interfaceEndpoint() });
    const off = endpoints({ s3Endpoint: S3EndpointMode.interfaceEndpoint({ fips: false }) });
    expect(plain.made[0]).toMatchObject({
      ServiceName: 'com.amazonaws.us-east-1.s3',
      DnsOptions: { PrivateDnsOnlyForInboundResolverEndpoint: 'AllResolvers' },
    });
    expect(off.template.toJSON()).toEqual(plain.template.toJSON());
  });

  test('beside a gateway serves the VPC: the groups of both sides let HTTPS pass', () => {
    const { made, groups } = endpoints(both);
    const [one] = made.filter(({ VpcEndpointType }) => VpcEndpointType === 'Interface');
    expect(made.map(({ ServiceName }) => JSON.stringify(ServiceName)).sort()).toEqual([
      '"com.amazonaws.us-east-1.s3-fips"',
      expect.stringContaining('.s3"'),
    ]);
    expect(one.DnsOptions).toBeUndefined();
    const egress = groups.flatMap(({ SecurityGroupEgress }) => SecurityGroupEgress as object[]);
    expect(egress).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ FromPort: 443, DestinationPrefixListId: 'pl-63a5400a' }),
        expect.objectContaining({ FromPort: 443, DestinationSecurityGroupId: expect.anything() as unknown }),
      ]),
    );
  });

  test.each(PROVEN)('is proven: %s', (_, props, env) => {
    expect(validated(app => workload(new Stack(app, 'Training', { env }), props))).toEqual(CLEAN);
  });
});
