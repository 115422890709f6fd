import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { GatewayVpcEndpoint, IVpc, InterfaceVpcEndpoint, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { S3EndpointMode } from '../../src';
import { required } from '../support/required';
import {
  IRELAND,
  OTHER_ACCOUNT,
  TYPE,
  annotationsWith,
  errorOf,
  idsOf,
  importedVpc,
  only,
  workload,
} from '../support/resources';
import { validated } from '../support/validated';

/** The stack of the account that shares its VPC, and the VPC as that stack knows it. */
function network(app: App): { owner: Stack; vpc: IVpc } {
  const owner = new Stack(app, 'Network', { env: { ...IRELAND, account: OTHER_ACCOUNT } });
  return { owner, vpc: importedVpc(owner) };
}

const gatewayOf = (owner: Stack) =>
  S3EndpointMode.fromGatewayEndpoint(
    GatewayVpcEndpoint.fromGatewayVpcEndpointId(owner, 'S3', 'vpce-0123456789abcdef0'),
  );

const interfaceOf = (owner: Stack) =>
  S3EndpointMode.fromInterfaceEndpoint(
    InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(owner, 'S3', {
      vpcEndpointId: 'vpce-0123456789abcdef0',
      port: 443,
      securityGroups: [SecurityGroup.fromSecurityGroupId(owner, 'Group', 'sg-0123456789abcdef0', { mutable: false })],
    }),
  );

describe('a VPC that another account shares', () => {
  test.each<[string, (owner: Stack) => S3EndpointMode]>([
    ['gateway', gatewayOf],
    ['interface', interfaceOf],
  ])(
    'takes a workload with the %s endpoint of its owner, makes none, and says what the owner must allow',
    (_, modeOf) => {
      const app = new App();
      const { owner, vpc } = network(app);
      const stack = new Stack(app, 'Training', { env: IRELAND });
      const access = workload(stack, { vpc, s3Endpoint: modeOf(owner), proveAtSynthesis: false });
      const template = Template.fromStack(stack);
      expect(idsOf(template, TYPE.endpoint)).toEqual([]);
      expect(Object.keys(Template.fromStack(owner).toJSON().Resources ?? {})).toEqual([]);
      expect(only(template, TYPE.instance).Properties.SubnetId).toMatch(/^subnet-/);
      expect(access.s3Endpoint.vpcEndpointIds).toEqual(['vpce-0123456789abcdef0']);
      expect(required(access, 'VPC_ENDPOINT').length).toBeGreaterThan(0);
      expect(annotationsWith(stack, 'the policy of the existing S3 endpoint is not touched')).toHaveLength(1);
    },
  );

  test('is proven with the endpoint of its owner', () => {
    const { error, violations } = validated(app => {
      const { owner, vpc } = network(app);
      workload(new Stack(app, 'Training', { env: IRELAND }), { vpc, s3Endpoint: gatewayOf(owner) });
    });
    expect({ error, violations }).toEqual({ error: undefined, violations: [] });
  });

  test.each<[string, S3EndpointMode | undefined, string]>([
    ['nothing said of the endpoint', undefined, 'got nothing'],
    ['a gateway endpoint to make', S3EndpointMode.gateway(), 'got "an endpoint to make"'],
    ['an interface endpoint to make', S3EndpointMode.interfaceEndpoint(), 'got "an endpoint to make"'],
  ])('is refused with %s', (_, s3Endpoint, got) => {
    const app = new App();
    const { vpc } = network(app);
    const stack = new Stack(app, 'Training', { env: IRELAND });
    expect(errorOf(() => workload(stack, { vpc, s3Endpoint }))).toMatch(
      new RegExp(
        `^Training/App: s3Endpoint: ${got}, allowed: an endpoint that exists, in a VPC that the account ${OTHER_ACCOUNT} shares: .*, fix: let the owner make it`,
        'm',
      ),
    );
    expect(stack.node.findAll().map(({ node }) => node.path)).toEqual(['Training']);
  });
});
