import { Template } from 'aws-cdk-lib/assertions';
import { InterfaceVpcEndpoint, PrefixList, SecurityGroup, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { PrivateEc2S3AccessProps, S3EndpointMode } from '../../src';
import {
  IRELAND,
  annotationsWith,
  errorOf,
  importedVpc,
  logicalId,
  newStack,
  referred,
  synthesize,
  workload,
} from '../support/resources';

interface Rule {
  readonly CidrIp?: unknown;
  readonly DestinationPrefixListId?: string;
  readonly DestinationSecurityGroupId?: unknown;
  readonly FromPort: number;
  readonly ToPort: number;
  readonly IpProtocol: string;
}

const NOT_KNOWN = 'the id of the S3 prefix list is not known';

function synthesized(props: Partial<PrivateEc2S3AccessProps> = {}, stack = newStack()) {
  const app = workload(stack, props);
  const template = Template.fromStack(stack);
  const [securityGroup] = app.connections.securityGroups;
  const { Properties } = referred(stack, template, securityGroup.securityGroupId);
  return {
    stack,
    app,
    template,
    egress: Properties.SecurityGroupEgress as Rule[],
    ingress: Properties.SecurityGroupIngress,
  };
}

describe('the security group of a workload', () => {
  test.each([undefined, IRELAND])('has no ingress and a single way out, HTTPS, in the environment %j', env => {
    const { egress, ingress, template } = synthesized({}, newStack(env));
    expect(ingress).toBeUndefined();
    expect(egress).toHaveLength(1);
    expect(egress[0]).toMatchObject({ FromPort: 443, ToPort: 443, IpProtocol: 'tcp' });
    template.resourceCountIs('AWS::EC2::SecurityGroupIngress', 0);
  });

  test('leads anywhere where the Region is not known, and says so', () => {
    const { egress, stack } = synthesized();
    expect(egress[0].CidrIp).toBe('0.0.0.0/0');
    expect(annotationsWith(stack, NOT_KNOWN)).toHaveLength(1);
  });

  test('leads to S3 only where the Region is known', () => {
    const { egress, stack } = synthesized({}, newStack(IRELAND));
    expect(egress[0]).toMatchObject({ DestinationPrefixListId: 'pl-6da54004' });
    expect(egress[0].CidrIp).toBeUndefined();
    expect(annotationsWith(stack, NOT_KNOWN)).toEqual([]);
  });

  test('leads anywhere in a Region whose prefix list is not known, and says so', () => {
    const { egress, stack } = synthesized({}, newStack({ ...IRELAND, region: 'us-gov-west-1' }));
    expect(egress[0].CidrIp).toBe('0.0.0.0/0');
    expect(annotationsWith(stack, NOT_KNOWN)).toHaveLength(1);
  });

  test('leads to the prefix list that is named', () => {
    const stack = newStack(IRELAND);
    const { egress } = synthesized({ s3PrefixList: PrefixList.fromPrefixListId(stack, 'S3', 'pl-0123') }, stack);
    expect(egress[0]).toMatchObject({ DestinationPrefixListId: 'pl-0123' });
    expect(annotationsWith(stack, NOT_KNOWN)).toEqual([]);
  });

  test.each<[string, Partial<PrivateEc2S3AccessProps>]>([
    ['a gateway endpoint', {}],
    ['an interface endpoint', { s3Endpoint: S3EndpointMode.interfaceEndpoint() }],
    ['both', { s3Endpoint: S3EndpointMode.gatewayAndInterface() }],
  ])('has its rules inside of it with %s, so that EC2 never opens everything in between', (_, props) => {
    const { egress, template } = synthesized(props);
    expect(egress).toHaveLength(1);
    template.resourceCountIs('AWS::EC2::SecurityGroupEgress', 0);
  });
});

describe('the security group of a workload with an interface endpoint', () => {
  test('leads to the security group of the endpoint, which lets the workload in', () => {
    const { app, stack, template, egress } = synthesized({ s3Endpoint: S3EndpointMode.interfaceEndpoint() });
    const endpointGroup = app.s3Endpoint.ownInterfaceSecurityGroup?.securityGroupId ?? '';
    const workloadGroup = app.connections.securityGroups[0].securityGroupId;
    expect(egress).toMatchObject([{ DestinationSecurityGroupId: stack.resolve(endpointGroup), FromPort: 443 }]);
    template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
      GroupId: stack.resolve(endpointGroup),
      SourceSecurityGroupId: stack.resolve(workloadGroup),
      FromPort: 443,
      ToPort: 443,
    });
  });

  test('does not lead to it where the gateway endpoint is the path', () => {
    const { egress, template } = synthesized({ s3Endpoint: S3EndpointMode.gatewayAndInterface() }, newStack(IRELAND));
    expect(egress).toMatchObject([{ DestinationPrefixListId: 'pl-6da54004' }]);
    template.resourceCountIs('AWS::EC2::SecurityGroupIngress', 0);
  });

  test('leads to the security groups of an existing endpoint', () => {
    const stack = newStack();
    const theirs = SecurityGroup.fromSecurityGroupId(stack, 'Theirs', 'sg-0123456789abcdef0');
    const endpoint = InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(stack, 'Endpoint', {
      vpcEndpointId: 'vpce-0123',
      port: 443,
      securityGroups: [theirs],
    });
    const { egress } = synthesized(
      { vpc: importedVpc(stack), s3Endpoint: S3EndpointMode.fromInterfaceEndpoint(endpoint) },
      stack,
    );
    expect(egress).toMatchObject([{ DestinationSecurityGroupId: 'sg-0123456789abcdef0' }]);
  });

  test('leads into the VPC only where the security groups of the endpoint are not known', () => {
    const stack = newStack();
    const endpoint = InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(stack, 'Endpoint', {
      vpcEndpointId: 'vpce-0123',
      port: 443,
    });
    const { egress, app } = synthesized(
      { vpc: importedVpc(stack), s3Endpoint: S3EndpointMode.fromInterfaceEndpoint(endpoint) },
      stack,
    );
    expect(egress).toMatchObject([{ CidrIp: stack.resolve(app.vpc.vpcCidrBlock) }]);
  });
});

describe('the security group of a workload whose subnets have other routes out', () => {
  const egressSubnets = (env?: typeof IRELAND) => {
    const stack = newStack(env);
    return {
      stack,
      vpc: new Vpc(stack, 'Vpc', { maxAzs: 2 }),
      vpcSubnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS },
    };
  };

  test('is refused where the prefix list of S3 is not known', () => {
    const { stack, ...place } = egressSubnets();
    expect(errorOf(() => workload(stack, place))).toMatch(
      /^Training\/App.*: s3PrefixList: got nothing, allowed: .*other routes out, fix: .*PrefixList\.fromPrefixListId/,
    );
  });

  test('leads to S3 only where it is known', () => {
    const { stack, ...place } = egressSubnets(IRELAND);
    expect(synthesized(place, stack).egress).toMatchObject([{ DestinationPrefixListId: 'pl-6da54004' }]);
  });

  test('leads to S3 only where it is named', () => {
    const { stack, ...place } = egressSubnets();
    const s3PrefixList = PrefixList.fromPrefixListId(stack, 'S3', 'pl-0123');
    expect(synthesized({ ...place, s3PrefixList }, stack).egress).toMatchObject([
      { DestinationPrefixListId: 'pl-0123' },
    ]);
  });

  test('leads to the interface endpoint only', () => {
    const { stack, ...place } = egressSubnets();
    const { egress, app } = synthesized({ ...place, s3Endpoint: S3EndpointMode.interfaceEndpoint() }, stack);
    expect(egress.map(({ DestinationSecurityGroupId }) => DestinationSecurityGroupId)).toEqual([
      stack.resolve(app.s3Endpoint.ownInterfaceSecurityGroup?.securityGroupId),
    ]);
  });
});

test('the workload is connectable: others can be let in by name', () => {
  const { stack, app } = synthesize();
  expect(logicalId(stack, app.connections.securityGroups[0].securityGroupId)).toBeTruthy();
  expect(app.connections.securityGroups).toHaveLength(1);
});
