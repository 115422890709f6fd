import { Template } from 'aws-cdk-lib/assertions';
import { SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { PolicyStatement, StarPrincipal } from 'aws-cdk-lib/aws-iam';
import { BucketAccess, DataBucketSource, PerimeterExemption, S3EndpointMode } from '../../src';
import { required } from '../support/required';
import {
  ResourceJson,
  TYPE,
  annotationsWith,
  bySid,
  errorOf,
  idsOf,
  listOf,
  newStack,
  only,
  resources,
  sids,
  statements,
  statementsOf,
  synthesize,
  workload,
} from '../support/resources';

/** The endpoint of a kind: `Gateway` or `Interface`. */
function endpoint(template: Template, kind: string): ResourceJson {
  const found = Object.values(resources(template, TYPE.endpoint)).filter(
    ({ Properties }) => Properties.VpcEndpointType === kind,
  );
  expect(found).toHaveLength(1);
  return found[0];
}

const isolatedTwice = {
  subnetConfiguration: ['A', 'B'].map(name => ({ name, subnetType: SubnetType.PRIVATE_ISOLATED })),
};

describe('a gateway endpoint', () => {
  test('is for S3, in the VPC of the workload, in each route table once', () => {
    const { template } = synthesize();
    const { Properties } = endpoint(template, 'Gateway');
    expect(JSON.stringify(Properties.ServiceName)).toMatch(/com\.amazonaws\..*\.s3"/);
    expect(Properties.VpcId).toEqual({ Ref: idsOf(template, TYPE.vpc)[0] });
    expect(Properties.RouteTableIds).toEqual(idsOf(template, TYPE.routeTable).map(Ref => ({ Ref })));
  });

  test('is in the route tables of the workload and in no other', () => {
    const stack = newStack();
    const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 0, ...isolatedTwice });
    workload(stack, { vpc, vpcSubnets: { subnetGroupName: 'B' } });
    const expected = vpc
      .selectSubnets({ subnetGroupName: 'B' })
      .subnets.map(({ routeTable }) => stack.resolve(routeTable.routeTableId) as unknown);
    expect(endpoint(Template.fromStack(stack), 'Gateway').Properties.RouteTableIds).toEqual(expected);
  });

  test('is what the construct offers', () => {
    const { app, stack, template } = synthesize();
    expect(app.s3Endpoint.vpcEndpointIds.map(id => stack.resolve(id) as unknown)).toEqual([
      { Ref: idsOf(template, TYPE.endpoint)[0] },
    ]);
    expect(app.s3Endpoint.interfaceEndpoint).toBeUndefined();
    expect(app.s3Endpoint.ownInterfaceSecurityGroup).toBeUndefined();
  });
});

describe('an interface endpoint', () => {
  const interfaceOnly = () => synthesize({ s3Endpoint: S3EndpointMode.interfaceEndpoint() });

  test('answers to the names of S3 in the whole VPC', () => {
    expect(endpoint(interfaceOnly().template, 'Interface').Properties).toMatchObject({
      PrivateDnsEnabled: true,
      DnsOptions: { PrivateDnsOnlyForInboundResolverEndpoint: 'AllResolvers' },
    });
  });

  test('has an address in each subnet, and no route', () => {
    const { template } = interfaceOnly();
    const { Properties } = endpoint(template, 'Interface');
    expect(Properties.SubnetIds).toEqual(idsOf(template, TYPE.subnet).map(Ref => ({ Ref })));
    expect(Properties.RouteTableIds).toBeUndefined();
    expect(idsOf(template, TYPE.endpoint)).toHaveLength(1);
  });

  test('has one address for each Availability Zone, as EC2 demands', () => {
    const stack = newStack();
    const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 0, ...isolatedTwice });
    workload(stack, { vpc, s3Endpoint: S3EndpointMode.interfaceEndpoint() });
    expect(endpoint(Template.fromStack(stack), 'Interface').Properties.SubnetIds).toHaveLength(2);
  });

  test('is in a security group of its own', () => {
    const { app, stack, template } = interfaceOnly();
    expect(endpoint(template, 'Interface').Properties.SecurityGroupIds).toEqual([
      stack.resolve(app.s3Endpoint.ownInterfaceSecurityGroup?.securityGroupId),
    ]);
  });

  test('may be in subnets whose route table is not known', () => {
    const stack = newStack();
    const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', {
      vpcId: 'vpc-0123456789abcdef0',
      vpcCidrBlock: '10.0.0.0/16',
      availabilityZones: ['a', 'b'],
      isolatedSubnetIds: ['subnet-0123456789abcdef1', 'subnet-0123456789abcdef2'],
    });
    workload(stack, { vpc, s3Endpoint: S3EndpointMode.interfaceEndpoint() });
    expect(endpoint(Template.fromStack(stack), 'Interface').Properties.SubnetIds).toEqual([
      'subnet-0123456789abcdef1',
      'subnet-0123456789abcdef2',
    ]);
  });
});

describe('a gateway and an interface endpoint', () => {
  const both = () => synthesize({ s3Endpoint: S3EndpointMode.gatewayAndInterface() });

  test('leave the VPC on the free one: the names lead to the interface for inbound resolvers only', () => {
    expect(endpoint(both().template, 'Interface').Properties).toMatchObject({
      PrivateDnsEnabled: true,
      DnsOptions: { PrivateDnsOnlyForInboundResolverEndpoint: 'OnlyInboundResolver' },
    });
  });

  test('are made in the order that EC2 demands', () => {
    const { template } = both();
    const gateways = idsOf(template, TYPE.endpoint).filter(
      id => resources(template, TYPE.endpoint)[id].Properties.VpcEndpointType === 'Gateway',
    );
    expect(endpoint(template, 'Interface').DependsOn).toEqual(gateways);
  });

  test('have the same policy', () => {
    const { template } = both();
    expect(statementsOf(endpoint(template, 'Interface'))).toEqual(statementsOf(endpoint(template, 'Gateway')));
  });

  test('are both a way to the bucket', () => {
    const { template } = both();
    const pins = idsOf(template, TYPE.endpoint).map(Ref => ({ Ref }));
    expect(
      bySid(statements(template, TYPE.managedPolicy), 'ReadWriteObjects').Condition?.StringEquals['aws:SourceVpce'],
    ).toEqual(pins);
    expect(
      bySid(statements(template, TYPE.bucketPolicy), 'DenyObjectsOutsideEndpoint').Condition?.StringNotEquals,
    ).toEqual({ 'aws:SourceVpce': pins });
  });
});

describe('the policy of an endpoint', () => {
  test('allows the role, its actions, its bucket, and nothing else', () => {
    const { app, stack, template } = synthesize();
    const policy = statements(template, TYPE.endpoint);
    expect(sids(policy)).toEqual(['ListDataBuckets', 'ReadWriteObjects']);
    policy.forEach(statement =>
      expect(statement).toMatchObject({
        Effect: 'Allow',
        Principal: '*',
        Condition: {
          ArnEquals: { 'aws:PrincipalArn': [stack.resolve(app.role.roleArn)] },
          StringEquals: { 'aws:ResourceAccount': { Ref: 'AWS::AccountId' } },
        },
      }),
    );
  });

  test('has the same actions on the same ARNs as the role', () => {
    const access = [
      BucketAccess.readOnly('in/'),
      BucketAccess.writeOnly('out/'),
      BucketAccess.of(['s3:GetObjectVersion'], 'in/'),
    ];
    const two = DataBucketSource.create({ access: [BucketAccess.readWrite()] });
    const { template } = synthesize({ dataBuckets: { One: DataBucketSource.create({ access }), Two: two } });
    const pairs = (type: string) =>
      statements(template, type)
        .filter(({ Effect, Action }) => Effect === 'Allow' && listOf(Action)[0].startsWith('s3:'))
        .flatMap(({ Action, Resource }) =>
          listOf(Action).flatMap(action => listOf(Resource).map(resource => `${action} ${JSON.stringify(resource)}`)),
        );
    expect(pairs(TYPE.endpoint).sort()).toEqual(pairs(TYPE.managedPolicy).sort());
  });

  test('has no condition on the prefix of a list, which the role has', () => {
    const { template } = synthesize({
      dataBuckets: { One: DataBucketSource.create({ access: [BucketAccess.readOnly('in/')] }) },
    });
    expect(bySid(statements(template, TYPE.managedPolicy), 'ListDataBuckets').Condition).toHaveProperty('StringLike');
    expect(bySid(statements(template, TYPE.endpoint), 'ListDataBuckets').Condition).not.toHaveProperty('StringLike');
  });

  test('takes further statements behind those of the access list', () => {
    const stack = newStack();
    workload(stack, { proveAtSynthesis: false }).s3Endpoint.addToPolicy(
      new PolicyStatement({
        sid: 'Mine',
        principals: [new StarPrincipal()],
        actions: ['s3:GetObject'],
        resources: ['arn:aws:s3:::theirs/*'],
      }),
    );
    const policy = statements(Template.fromStack(stack), TYPE.endpoint);
    expect(sids(policy)).toEqual(['ListDataBuckets', 'ReadWriteObjects', 'Mine']);
    expect(bySid(policy, 'Mine').Principal).toBe('*');
  });

  test('is not opened by an exemption, which is about other ways in', () => {
    const { template } = synthesize({ perimeterExemptions: [PerimeterExemption.permissionSet('BreakGlass')] });
    expect(JSON.stringify(statements(template, TYPE.endpoint))).not.toContain('BreakGlass');
  });

  test('is refused past its limit, with what to do about it', () => {
    const access = Array.from({ length: 200 }, (_, index) =>
      BucketAccess.readOnly(`a-prefix-of-some-length/number-${index}/`),
    );
    expect(errorOf(() => synthesize({ dataBuckets: { Data: DataBucketSource.create({ access }) } }))).toMatch(
      /Training\/App\/S3Endpoint: accessList: got "\S+ \w* ?policy of \d+ characters", allowed: 20480 characters, fix: .*split the workload/,
    );
  });

  test('counts what is added to it', () => {
    const stack = newStack();
    const resourcesOf = Array.from(
      { length: 300 },
      (_, index) => `arn:aws:s3:::somebody-elses-bucket-that-is-number-${index}-of-the-list/*`,
    );
    workload(stack).s3Endpoint.addToPolicy(
      new PolicyStatement({ principals: [new StarPrincipal()], actions: ['s3:GetObject'], resources: resourcesOf }),
    );
    expect(errorOf(() => Template.fromStack(stack))).toMatch(/allowed: 20480 characters/);
  });
});

test('an endpoint that is made here leaves nothing to others', () => {
  const { app, stack, template } = synthesize();
  expect(required(app, 'VPC_ENDPOINT')).toEqual([]);
  expect(annotationsWith(stack, 'is not touched')).toEqual([]);
  expect(only(template, TYPE.endpoint).Properties.PolicyDocument).toHaveProperty('Statement');
});
