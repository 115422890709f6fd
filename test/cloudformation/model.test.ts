import { Stack } from 'aws-cdk-lib';
import { model, modelOf, of, synthesizedStack } from './support';
import type { Json, JsonObject } from '../../src/cloudformation/json';
import { everyOption, quickStart, s3ManagedThroughInterface } from '../support/scenarios';

const DOCUMENT = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] };

const PROFILE = of('AWS::IAM::InstanceProfile', { Roles: [{ Ref: 'Role' }] });
const INSTANCE = of('AWS::EC2::Instance', { IamInstanceProfile: { Ref: 'Profile' } });
const SEND = { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: '*' };
const ANYTHING = { Effect: 'Allow', Action: '*', Resource: '*' };

describe('the scenarios', () => {
  test.each<[string, (stack: Stack) => unknown]>([
    ['quick start', quickStart],
    ['every option', everyOption],
    ['interface', s3ManagedThroughInterface],
  ])('%s is read without a rest', (_, scenario) => {
    const { unresolved, workloads } = modelOf(synthesizedStack(scenario));
    expect(unresolved).toEqual([]);
    expect(workloads).toHaveLength(1);
    expect(workloads[0].role?.policies).toHaveLength(1);
  });

  test('the quick start: what leads where', () => {
    const {
      workloads: [workload],
      endpoints,
      buckets,
      keys,
    } = modelOf(synthesizedStack(quickStart));
    expect(workload).toMatchObject({
      kind: 'instance',
      where: { constructPath: 'Training/App/Compute/Instance/Resource' },
      metadataOptions: { httpTokens: 'required', hopLimit: '1' },
      role: { where: { constructPath: 'Training/App/Role/Resource' }, unknownPolicies: [] },
      publicIp: false,
    });
    expect(endpoints).toEqual([
      expect.objectContaining({
        kind: 'gateway',
        isS3: true,
        vpcId: workload.vpcId,
        service: 'com.amazonaws.<region>.s3',
      }),
    ]);
    expect(endpoints[0].routeTableIds).toContain(workload.subnets[0].routeTable?.id);
    expect(workload.securityGroups[0].egress).toEqual([
      expect.objectContaining({ protocol: 'tcp', fromPort: 443, peer: 'addresses', peerId: '0.0.0.0/0' }),
    ]);
    expect(keys).toEqual([expect.objectContaining({ rotated: true, policy: expect.anything() })]);
    expect(
      buckets.map(({ encryption, versioned, blocksPublicAccess }) => [
        encryption?.key?.arn,
        encryption?.blockedTypes,
        versioned,
        blocksPublicAccess,
      ]),
    ).toEqual([
      [undefined, [], true, true],
      [keys[0].arn, ['SSE-C'], true, true],
      [keys[0].arn, ['SSE-C'], true, true],
    ]);
  });

  test('the fleet is described by its group and its launch template', () => {
    const {
      workloads: [workload],
    } = modelOf(synthesizedStack(everyOption));
    expect(workload.kind).toBe('fleet');
    expect(workload.describedBy.map(({ type }) => type)).toEqual([
      'AWS::AutoScaling::AutoScalingGroup',
      'AWS::EC2::LaunchTemplate',
    ]);
    expect(workload.subnets).toHaveLength(2);
  });

  test('the interface endpoint answers in the VPC, to the workload only', () => {
    const {
      endpoints: [endpoint],
      workloads: [workload],
    } = modelOf(synthesizedStack(s3ManagedThroughInterface));
    expect(endpoint).toMatchObject({ kind: 'interface', privateDns: 'the VPC' });
    expect(endpoint.securityGroups[0].ingress).toEqual([
      expect.objectContaining({ peer: 'security group', peerId: workload.securityGroups[0].id }),
    ]);
  });
});

describe('the policies of a role', () => {
  test('are found from either side, in every form', () => {
    const Resources = {
      Instance: INSTANCE,
      Profile: PROFILE,
      Role: of('AWS::IAM::Role', {
        Policies: [{ PolicyName: 'Own', PolicyDocument: DOCUMENT }],
        ManagedPolicyArns: [
          { Ref: 'Named' },
          'arn:aws:iam::aws:policy/AmazonS3FullAccess',
          'arn:aws:iam::aws:policy/Unheard',
        ],
        PermissionsBoundary: { Ref: 'Boundary' },
        Tags: [{ Key: 'team', Value: 'data' }],
      }),
      Named: of('AWS::IAM::ManagedPolicy', { PolicyDocument: DOCUMENT }),
      Boundary: of('AWS::IAM::ManagedPolicy', { PolicyDocument: DOCUMENT }),
      Naming: of('AWS::IAM::ManagedPolicy', { PolicyDocument: DOCUMENT, Roles: [{ Ref: 'Role' }] }),
      Inline: of('AWS::IAM::Policy', { PolicyDocument: DOCUMENT, Roles: [{ Ref: 'Role' }] }),
      Single: of('AWS::IAM::RolePolicy', { PolicyDocument: DOCUMENT, RoleName: { Ref: 'Role' } }),
      Foreign: of('AWS::IAM::Policy', { PolicyDocument: DOCUMENT, Roles: ['Other'] }),
    };
    const {
      workloads: [{ role }],
      assumptions,
    } = model(Resources);
    expect(role?.policies.map(({ name }) => name)).toEqual([
      'inline policy Own of Role of Training',
      'policy Inline of Training',
      'policy Single of Training',
      'policy Named of Training',
      'AWS-managed policy AmazonS3FullAccess',
      'policy Naming of Training',
    ]);
    expect(role).toMatchObject({
      permissionsBoundary: { where: { logicalId: 'Boundary' } },
      unknownPolicies: ['arn:aws:iam::aws:policy/Unheard'],
      tags: { team: 'data' },
    });
    expect(assumptions).toContainEqual({ kind: 'managed policy', name: 'arn:aws:iam::aws:policy/Unheard' });
  });

  test('of a role that is not in the assembly are those that the assembly attaches, and the ARN is the one that is used', () => {
    const Resources = {
      Instance: INSTANCE,
      Profile: of('AWS::IAM::InstanceProfile', { Roles: ['App'] }),
      Inline: of('AWS::IAM::Policy', { PolicyDocument: DOCUMENT, Roles: ['App'] }),
      Data: of('AWS::S3::Bucket', {
        Tags: ['arn:aws:iam::111122223333:role/Any*', 'team/App', 'arn:aws:iam::111122223333:role/team/App'],
      }),
    };
    const {
      workloads: [{ role }],
      assumptions,
    } = model(Resources);
    expect(role).toMatchObject({
      name: 'App',
      arn: 'arn:aws:iam::111122223333:role/team/App',
      where: undefined,
      trustPolicy: undefined,
    });
    expect(role?.policies).toHaveLength(1);
    expect(assumptions).toEqual([{ kind: 'role', name: 'arn:aws:iam::111122223333:role/team/App' }]);
  });

  test('an unknown boundary is named', () => {
    const Role = of('AWS::IAM::Role', { PermissionsBoundary: 'arn:aws:iam::111122223333:policy/Limit' });
    expect(model({ Instance: INSTANCE, Profile: PROFILE, Role }).workloads[0].role).toMatchObject({
      unknownBoundary: 'arn:aws:iam::111122223333:policy/Limit',
    });
  });

  test.each<[Json, string]>([
    [['x'], 'the policy is not an object'],
    [{ Statement: [] }, 'the policy has no statement'],
    [
      { Statement: [{ Effect: 'Allow', Action: '*' }, { Effect: 'Allow' }] },
      'statement #2 of the policy has no Effect or no Action',
    ],
    [{ Statement: { Effect: 'Maybe', Action: '*' } }, 'statement #1 of the policy has no Effect or no Action'],
  ])('%j is reported', (document, why) => {
    const { unresolved } = model({
      Instance: INSTANCE,
      Profile: PROFILE,
      Role: of('AWS::IAM::Role', { AssumeRolePolicyDocument: document }),
    });
    expect(unresolved).toEqual([
      { stack: 'Training', logicalId: 'Role', path: 'Properties.AssumeRolePolicyDocument', function: 'value', why },
    ]);
  });

  test.each<[Json, Json[]]>([
    [{ Ref: 'Unknown' }, [ANYTHING]],
    [{ Statement: { Effect: 'Maybe', Action: 's3:GetObject', Resource: '*' } }, [ANYTHING]],
    [{ Statement: [SEND, { Effect: 'Allow' }] }, [SEND, ANYTHING]],
    [{ Statement: [] }, []],
  ])('what cannot be read of a policy of a role may be anything: %j', (PolicyDocument, statements) => {
    const Role = of('AWS::IAM::Role', { Policies: [{ PolicyName: 'Own', PolicyDocument }] });
    const [{ role }] = model({ Instance: INSTANCE, Profile: PROFILE, Role }).workloads;
    expect(role?.policies.flatMap(({ document }) => document.Statement)).toEqual(statements);
  });

  test('a statement may have NotAction', () => {
    const Role = of('AWS::IAM::Role', {
      AssumeRolePolicyDocument: { Statement: { Effect: 'Deny', NotAction: 's3:*' } },
    });
    expect(model({ Instance: INSTANCE, Profile: PROFILE, Role }).unresolved).toEqual([]);
  });

  test('a document may be a text', () => {
    const Role = of('AWS::IAM::Role', { AssumeRolePolicyDocument: JSON.stringify(DOCUMENT) });
    expect(model({ Instance: INSTANCE, Profile: PROFILE, Role }).workloads[0].role?.trustPolicy?.document).toEqual(
      DOCUMENT,
    );
  });
});

describe('how instances are launched', () => {
  const DATA = {
    IamInstanceProfile: { Name: { Ref: 'Profile' } },
    MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 2 },
    NetworkInterfaces: [{ SubnetId: 'subnet-1', Groups: ['sg-1'], AssociatePublicIpAddress: true }],
  };
  const Template = of('AWS::EC2::LaunchTemplate', { LaunchTemplateName: 'app', LaunchTemplateData: DATA });
  const Role = of('AWS::IAM::Role', {});
  const described = (more: JsonObject) => model({ Template, Role, Profile: PROFILE, ...more }).workloads;

  test('an instance overrides its launch template', () => {
    const Instance = of('AWS::EC2::Instance', {
      LaunchTemplate: { LaunchTemplateName: 'app' },
      MetadataOptions: { HttpPutResponseHopLimit: 1 },
      SubnetId: 'subnet-2',
    });
    expect(described({ Instance })).toEqual([
      expect.objectContaining({
        kind: 'instance',
        metadataOptions: { httpTokens: 'required', hopLimit: '1', httpEndpoint: undefined },
        publicIp: true,
        subnets: [expect.objectContaining({ id: 'subnet-2' })],
        securityGroups: [expect.objectContaining({ id: 'sg-1', where: undefined })],
        role: expect.objectContaining({ name: '<Training.Role>' }),
      }),
    ]);
  });

  test('a group with mixed instances is a workload for each launch template', () => {
    const specification = (id: Json) => ({ LaunchTemplateSpecification: { LaunchTemplateId: id } });
    const Group = of('AWS::AutoScaling::AutoScalingGroup', {
      VPCZoneIdentifier: ['subnet-3'],
      MixedInstancesPolicy: {
        LaunchTemplate: { ...specification({ Ref: 'Template' }), Overrides: [specification({ Ref: 'Other' })] },
      },
    });
    const Other = of('AWS::EC2::LaunchTemplate', { LaunchTemplateData: {} });
    const found = described({ Group, Other });
    expect(
      found.map(({ kind, describedBy, subnets, role }) => [kind, describedBy[1].logicalId, subnets[0].id, role?.name]),
    ).toEqual([
      ['fleet', 'Template', 'subnet-3', '<Training.Role>'],
      ['fleet', 'Other', 'subnet-3', undefined],
    ]);
  });

  test('a launch configuration', () => {
    const Configuration = of('AWS::AutoScaling::LaunchConfiguration', {
      IamInstanceProfile: { Ref: 'Profile' },
      SecurityGroups: ['sg-2'],
      MetadataOptions: { HttpTokens: 'optional' },
    });
    const Group = of('AWS::AutoScaling::AutoScalingGroup', { LaunchConfigurationName: { Ref: 'Configuration' } });
    const {
      workloads: [workload],
    } = model({ Configuration, Group, Role, Profile: PROFILE });
    expect(workload).toMatchObject({
      metadataOptions: { httpTokens: 'optional' },
      role: { name: '<Training.Role>' },
      securityGroups: [{ id: 'sg-2' }],
    });
  });

  test('a launch template that nothing uses is a workload, one that is not in the assembly an assumption', () => {
    expect(described({})).toEqual([expect.objectContaining({ kind: 'launch template', role: expect.anything() })]);
    const { assumptions } = model({
      Instance: of('AWS::EC2::Instance', { LaunchTemplate: { LaunchTemplateId: 'lt-0abc' } }),
    });
    expect(assumptions).toEqual([{ kind: 'launch template', name: 'lt-0abc' }]);
  });

  test('a network interface of its own has the subnet', () => {
    const Interface = of('AWS::EC2::NetworkInterface', { SubnetId: 'subnet-9', GroupSet: ['sg-9'] });
    const Instance = of('AWS::EC2::Instance', { NetworkInterfaces: [{ NetworkInterfaceId: { Ref: 'Interface' } }] });
    expect(model({ Interface, Instance }).workloads[0]).toMatchObject({
      subnets: [{ id: 'subnet-9' }],
      securityGroups: [{ id: 'sg-9' }],
    });
  });
});

describe('the network', () => {
  test.each<[JsonObject, string, string]>([
    [{ GatewayId: { Ref: 'Internet' } }, 'internet gateway', 'igw-<Training.Internet>'],
    [{ GatewayId: 'vgw-1' }, 'virtual private gateway', 'vgw-1'],
    [{ NatGatewayId: 'nat-1' }, 'NAT gateway', 'nat-1'],
    [{ TransitGatewayId: 'tgw-1' }, 'transit gateway', 'tgw-1'],
    [{ VpcPeeringConnectionId: 'pcx-1' }, 'peering connection', 'pcx-1'],
    [{ EgressOnlyInternetGatewayId: 'eigw-1' }, 'egress-only internet gateway', 'eigw-1'],
    [{ SomethingElse: 'x' }, 'unknown', ''],
  ])('a route by %j leads to a %s', (target, kind, targetId) => {
    const {
      workloads: [
        {
          subnets: [subnet],
        },
      ],
    } = model({
      Instance: of('AWS::EC2::Instance', { SubnetId: { Ref: 'Subnet' } }),
      Subnet: of('AWS::EC2::Subnet', { VpcId: 'vpc-1', CidrBlock: '10.0.0.0/24', MapPublicIpOnLaunch: true }),
      Table: of('AWS::EC2::RouteTable', {}),
      Internet: of('AWS::EC2::InternetGateway', {}),
      Association: of('AWS::EC2::SubnetRouteTableAssociation', {
        SubnetId: { Ref: 'Subnet' },
        RouteTableId: { Ref: 'Table' },
      }),
      Route: of('AWS::EC2::Route', { RouteTableId: { Ref: 'Table' }, DestinationCidrBlock: '0.0.0.0/0', ...target }),
    });
    expect(subnet).toMatchObject({ vpcId: 'vpc-1', cidr: '10.0.0.0/24', publicIps: true });
    expect(subnet.routeTable?.routes).toEqual([
      expect.objectContaining({ destination: '0.0.0.0/0', target: kind, targetId }),
    ]);
  });

  test('a security group lets everything out unless it has a rule, inline or alone', () => {
    const Instance = of('AWS::EC2::Instance', { SecurityGroupIds: [{ 'Fn::GetAtt': ['Group', 'GroupId'] }] });
    const Group = of('AWS::EC2::SecurityGroup', { VpcId: 'vpc-7' });
    const Rule = of('AWS::EC2::SecurityGroupEgress', {
      GroupId: { Ref: 'Group' },
      IpProtocol: 'tcp',
      FromPort: 443,
      ToPort: 443,
      DestinationPrefixListId: 'pl-1',
    });
    const [open, closed] = [model({ Instance, Group }), model({ Instance, Group, Rule })].map(
      ({ workloads }) => workloads[0],
    );
    expect(open.vpcId).toBe('vpc-7');
    expect(open.securityGroups[0].egress).toEqual([
      expect.objectContaining({ protocol: '-1', peer: 'addresses', peerId: '0.0.0.0/0' }),
      expect.objectContaining({ protocol: '-1', peer: 'addresses', peerId: '::/0' }),
    ]);
    expect(closed.securityGroups[0].egress).toEqual([
      expect.objectContaining({ protocol: 'tcp', peer: 'prefix list', peerId: 'pl-1' }),
    ]);
  });

  test('the peer of a rule is what it names', () => {
    const rules: JsonObject[] = [
      { CidrIp: '10.0.0.0/8' },
      { CidrIpv6: '::/0' },
      { SourcePrefixListId: 'pl-1' },
      { SourceSecurityGroupId: 'sg-1' },
      { Other: 'x' },
    ];
    const Group = of('AWS::EC2::SecurityGroup', {
      SecurityGroupIngress: rules.map(each => ({ ...each, IpProtocol: 6, FromPort: '443' })),
    });
    const { ingress } = model({ Group, Instance: of('AWS::EC2::Instance', { SecurityGroupIds: [{ Ref: 'Group' }] }) })
      .workloads[0].securityGroups[0];
    expect(
      ingress.map(({ peer, peerId, protocol, fromPort, toPort }) => [peer, peerId, protocol, fromPort, toPort]),
    ).toEqual(
      [
        ['addresses', '10.0.0.0/8'],
        ['addresses', '::/0'],
        ['prefix list', 'pl-1'],
        ['security group', 'sg-1'],
        ['unknown', ''],
      ].map(each => [...each, '6', 443, undefined]),
    );
    const Open = of('AWS::EC2::SecurityGroup', { SecurityGroupIngress: [{ CidrIp: '10.0.0.0/8' }] });
    expect(
      model({ Open, Instance: of('AWS::EC2::Instance', { SecurityGroupIds: [{ Ref: 'Open' }] }) }).workloads[0]
        .securityGroups[0].ingress[0].protocol,
    ).toBe('-1');
  });

  test.each<[JsonObject, string]>([
    [{}, 'nobody'],
    [{ PrivateDnsEnabled: 'true' }, 'the VPC'],
    [{ PrivateDnsEnabled: 'false' }, 'nobody'],
    [{ PrivateDnsEnabled: true }, 'the VPC'],
    [
      { PrivateDnsEnabled: true, DnsOptions: { PrivateDnsOnlyForInboundResolverEndpoint: 'OnlyInboundResolver' } },
      'other networks only',
    ],
  ])('an interface endpoint with %j answers to %s', (properties, expected) => {
    const { endpoints } = model({
      Endpoint: of('AWS::EC2::VPCEndpoint', {
        VpcEndpointType: 'Interface',
        ServiceName: 'com.amazonaws.eu-west-1.s3',
        ...properties,
      }),
    });
    expect(endpoints).toEqual([
      expect.objectContaining({ kind: 'interface', isS3: true, privateDns: expected, policy: undefined }),
    ]);
  });

  test('endpoints of other services are not for S3', () => {
    const endpoint = (ServiceName: string) => of('AWS::EC2::VPCEndpoint', { ServiceName });
    const names = ['dynamodb', 's3', 's3express', 's3-global.accesspoint'];
    expect(
      model(
        Object.fromEntries(names.map((name, index) => [`E${index}`, endpoint(`com.amazonaws.eu-west-1.${name}`)])),
      ).endpoints.map(({ isS3 }) => isS3),
    ).toEqual([false, true, false, false]);
  });
});
