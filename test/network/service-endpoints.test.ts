import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { InterfaceVpcEndpoint, InterfaceVpcEndpointAwsService, PrefixList, Vpc } from 'aws-cdk-lib/aws-ec2';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { EndpointService, PrivateEc2S3Access, PrivateEc2S3AccessProps, RemoteAccess } from '../../src';
import { IRELAND, isolatedVpc } from '../support/resources';
import { quickStart } from '../support/scenarios';
import { validated } from '../support/validated';

interface Endpoint {
  readonly Properties: {
    readonly ServiceName: unknown;
    readonly VpcEndpointType: string;
    readonly PolicyDocument: { readonly Statement: readonly object[] };
  };
}

const stackOf = (app = new App()) => new Stack(app, 'Training', { env: IRELAND });

/** A workload that sends to a queue, and reads the endpoints of other services. */
function sending(
  act: (app: PrivateEc2S3Access, stack: Stack) => void,
  props: (stack: Stack) => Partial<PrivateEc2S3AccessProps> = () => ({}),
): { stack: Stack; template: Template; endpoints: Endpoint[] } {
  const stack = stackOf();
  const app = quickStart(stack, { ...props(stack), proveAtSynthesis: false });
  act(app, stack);
  const template = Template.fromStack(stack);
  const endpoints = Object.values(template.findResources('AWS::EC2::VPCEndpoint')) as Endpoint[];
  return { stack, template, endpoints };
}

const serving = (endpoints: readonly Endpoint[], service: string): Endpoint[] =>
  endpoints.filter(({ Properties }) => new RegExp(`\\.${service}"?\\W*$`).test(JSON.stringify(Properties.ServiceName)));

describe('the endpoint of a service', () => {
  test('lets through what the role is granted, before and after, in this account', () => {
    const { endpoints, template } = sending((app, stack) => {
      new Queue(stack, 'Before').grantConsumeMessages(app.role);
      app.addServiceEndpoint(EndpointService.SQS);
      new Queue(stack, 'After').grantSendMessages(app.role);
    });
    const role = { 'Fn::GetAtt': [Object.keys(template.findResources('AWS::IAM::Role'))[0], 'Arn'] };
    const [{ Properties }] = serving(endpoints, 'sqs');
    const conditions = {
      ArnEquals: { 'aws:PrincipalArn': role },
      StringEquals: { 'aws:ResourceAccount': IRELAND.account },
    };

    expect(Properties.VpcEndpointType).toBe('Interface');
    expect(Properties.PolicyDocument.Statement).toEqual([
      expect.objectContaining({ Sid: 'Use', Effect: 'Allow', Principal: '*', Condition: conditions }),
      expect.objectContaining({
        Sid: 'Use2',
        Action: ['sqs:SendMessage', 'sqs:GetQueueAttributes', 'sqs:GetQueueUrl'],
        Resource: { 'Fn::GetAtt': [expect.stringMatching(/^After/), 'Arn'] },
        Condition: conditions,
      }),
    ]);
  });

  test('of an adopted role of this account lets through what the CDK granted it', () => {
    const { endpoints } = sending(
      (app, stack) => {
        app.addServiceEndpoint(EndpointService.SQS);
        new Queue(stack, 'Jobs').grantSendMessages(app.role);
      },
      stack => ({ role: Role.fromRoleArn(stack, 'Theirs', `arn:aws:iam::${IRELAND.account}:role/Theirs`) }),
    );

    expect(serving(endpoints, 'sqs')[0].Properties.PolicyDocument.Statement).toEqual([
      expect.objectContaining({ Action: ['sqs:SendMessage', 'sqs:GetQueueAttributes', 'sqs:GetQueueUrl'] }),
    ]);
  });

  test('keeps the conditions of the grant', () => {
    const { endpoints } = sending(app => {
      app.addServiceEndpoint(EndpointService.CLOUDWATCH);
      app.role.addToPrincipalPolicy(
        new PolicyStatement({
          actions: ['cloudwatch:PutMetricData', 'xray:PutTraceSegments'],
          resources: ['*'],
          conditions: { StringEquals: { 'cloudwatch:namespace': 'App' } },
        }),
      );
    });

    expect(serving(endpoints, 'monitoring')[0].Properties.PolicyDocument.Statement).toEqual([
      expect.objectContaining({
        Action: 'cloudwatch:PutMetricData',
        Condition: expect.objectContaining({
          StringEquals: { 'cloudwatch:namespace': 'App', 'aws:ResourceAccount': IRELAND.account },
        }),
      }),
    ]);
  });

  test('is a gateway endpoint for DynamoDB, and egress is narrowed to its prefix list', () => {
    const { endpoints, template } = sending((app, stack) => {
      app.addServiceEndpoint(EndpointService.DYNAMODB, {
        prefixList: PrefixList.fromPrefixListId(stack, 'DynamoDb', 'pl-6fa54006'),
      });
      app.role.addToPrincipalPolicy(
        new PolicyStatement({
          actions: ['dynamodb:GetItem'],
          resources: ['arn:aws:dynamodb:eu-west-1:111122223333:table/t'],
        }),
      );
    });

    expect(serving(endpoints, 'dynamodb')[0].Properties.VpcEndpointType).toBe('Gateway');
    template.hasResourceProperties('AWS::EC2::SecurityGroup', {
      SecurityGroupEgress: Match.arrayWith([
        Match.objectLike({ DestinationPrefixListId: 'pl-6fa54006', FromPort: 443 }),
      ]),
    });
  });

  test('shares one security group with the others, which takes HTTPS from the workload only', () => {
    const { template } = sending(app => {
      [EndpointService.SQS, EndpointService.SNS].forEach(service => app.addServiceEndpoint(service));
      app.role.addToPrincipalPolicy(
        new PolicyStatement({ actions: ['sqs:SendMessage', 'sns:Publish'], resources: ['*'] }),
      );
    });
    const groups = template.findResources('AWS::EC2::SecurityGroup', {
      Properties: { GroupDescription: Match.stringLikeRegexp('other services') },
    });
    const [GroupId] = Object.keys(groups).map(id => ({ 'Fn::GetAtt': [id, 'GroupId'] }));
    const rules = Object.values(template.findResources('AWS::EC2::SecurityGroupIngress')).filter(
      ({ Properties }) => JSON.stringify(Properties.GroupId) === JSON.stringify(GroupId),
    );

    expect(Object.keys(groups)).toHaveLength(1);
    expect(rules.map(({ Properties }) => Properties)).toEqual([
      expect.objectContaining({ FromPort: 443, ToPort: 443, SourceSecurityGroupId: expect.anything() }),
    ]);
  });

  test('is that of Session Manager where it has one, under the same logical id', () => {
    const withSessions = (stack: Stack) => ({
      remoteAccess: RemoteAccess.sessionManager({ logGroup: new LogGroup(stack, 'Sessions') }),
    });
    const idsOf = (template: Template) => Object.keys(template.findResources('AWS::EC2::VPCEndpoint')).sort();
    const alone = sending(() => undefined, withSessions);
    const both = sending((app, stack) => {
      app.addServiceEndpoint(EndpointService.CLOUDWATCH_LOGS);
      new LogGroup(stack, 'Logs').grantWrite(app.role);
    }, withSessions);

    expect(idsOf(both.template)).toEqual(idsOf(alone.template));
    const statements = (each: typeof alone) => serving(each.endpoints, 'logs')[0].Properties.PolicyDocument.Statement;
    expect(statements(both).slice(0, statements(alone).length)).toEqual(statements(alone));
    expect(statements(both)).toHaveLength(statements(alone).length + 1);
  });

  test('in the VPC of others comes with a warning', () => {
    const { stack } = sending(
      app => {
        app.addServiceEndpoint(EndpointService.SQS);
        app.role.addToPrincipalPolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: ['*'] }));
      },
      stack_ => ({ vpc: isolatedVpc(stack_) }),
    );

    Annotations.fromStack(stack).hasWarning(
      '/Training/App/ServiceEndpoints',
      Match.stringLikeRegexp('endpoints made here let this workload through and nobody else.*app.connections.allowTo'),
    );
  });
});

describe('the proof', () => {
  const proven = (act: (app: PrivateEc2S3Access, stack: Stack) => void, env = IRELAND) =>
    validated(app => {
      const stack = new Stack(app, 'Training', { env });
      act(quickStart(stack), stack);
    });

  test('holds with endpoints of other services, and grants of the CDK', () => {
    const { error, violations } = proven((app, stack) => {
      [EndpointService.SQS, EndpointService.DYNAMODB, EndpointService.CLOUDWATCH].forEach(each =>
        app.addServiceEndpoint(each),
      );
      new Queue(stack, 'Jobs').grantSendMessages(app.role);
      app.role.addToPrincipalPolicy(new PolicyStatement({ actions: ['cloudwatch:PutMetricData'], resources: ['*'] }));
      app.role.addToPrincipalPolicy(
        new PolicyStatement({
          actions: ['dynamodb:GetItem'],
          resources: ['arn:aws:dynamodb:eu-west-1:111122223333:table/t'],
        }),
      );
    });

    expect(violations).toEqual([]);
    expect(error).toBeUndefined();
  });

  test('holds with every service, an adopted role and sessions, wherever it is deployed', () => {
    const actions = [
      ...[
        'cloudwatch:PutMetricData',
        'dynamodb:GetItem',
        'events:PutEvents',
        'kinesis:PutRecord',
        'lambda:InvokeFunction',
      ],
      ...['logs:PutLogEvents', 'secretsmanager:GetSecretValue', 'sns:Publish', 'sqs:SendMessage', 'ssm:GetParameter'],
      'states:StartExecution',
    ];
    const { error, violations } = validated(app => {
      const stack = new Stack(app, 'Training');
      const workload = quickStart(stack, {
        role: new Role(stack, 'Role', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') }),
        remoteAccess: RemoteAccess.sessionManager(),
      });
      Object.values(EndpointService).forEach(each => workload.addServiceEndpoint(each));
      workload.role.addToPrincipalPolicy(new PolicyStatement({ actions, resources: ['*'] }));
    });

    expect(violations).toEqual([]);
    expect(error).toBeUndefined();
  });

  test('sees an endpoint that lets others through', () => {
    const { violations } = proven((app, stack) => {
      const endpoint = app.addServiceEndpoint(EndpointService.SQS);
      new Queue(stack, 'Jobs').grantSendMessages(app.role);
      const cfn = endpoint.node.defaultChild as unknown as { addPropertyOverride(path: string, value: unknown): void };
      cfn.addPropertyOverride('PolicyDocument', {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
      });
    });

    expect(violations.map(({ ruleName }) => ruleName)).toContain('no-way-out[other-services]');
  });
});

describe('refused is', () => {
  const refusing = (act: (app: PrivateEc2S3Access, stack: Stack) => void, props?: Partial<PrivateEc2S3AccessProps>) => {
    const stack = stackOf();
    return () => act(quickStart(stack, { ...props, proveAtSynthesis: false }), stack);
  };

  test('a service twice', () => {
    expect(refusing(app => [1, 2].forEach(() => app.addServiceEndpoint(EndpointService.SQS)))).toThrow(
      /^Training\/App\/ServiceEndpoints: service: got "sqs", allowed: each service once, fix: /,
    );
  });

  test('a second endpoint of a service in the VPC', () => {
    const stack = stackOf();
    const vpc = isolatedVpc(stack);
    new InterfaceVpcEndpoint(stack, 'Theirs', { vpc, service: InterfaceVpcEndpointAwsService.SQS });
    const app = quickStart(stack, { vpc, proveAtSynthesis: false });

    expect(() => app.addServiceEndpoint(EndpointService.SQS)).toThrow(
      /: service: got "sqs", allowed: one endpoint of a service in a VPC, and Training\/Theirs\/Resource is in this one.*, fix: .*app\.connections\.allowTo/,
    );
  });

  test('one in a VPC that another account shares', () => {
    const stack = stackOf();
    const vpc = Vpc.fromVpcAttributes(stack, 'Shared', {
      vpcId: 'vpc-shared',
      availabilityZones: ['eu-west-1a'],
      isolatedSubnetIds: ['subnet-1'],
      isolatedSubnetRouteTableIds: ['rtb-1'],
    });
    Object.defineProperty(vpc, 'env', { value: { account: '999988887777', region: 'eu-west-1' } });
    const app = refusing(each => each.addServiceEndpoint(EndpointService.SQS), { vpc });

    expect(app).toThrow(/only its owner|only the owner 999988887777/);
  });

  test('one that the role is granted nothing of', () => {
    const stack = stackOf();
    quickStart(stack, { proveAtSynthesis: false }).addServiceEndpoint(EndpointService.SNS);

    expect(() => Template.fromStack(stack)).toThrow(
      /service: got "sns", allowed: a service that the role is granted something of: .*, fix: grant it in this stack, as in topic\.grantPublish\(app\.role\)/,
    );
  });

  test.each<[string, unknown, RegExp]>([
    [
      'a name of the CDK',
      InterfaceVpcEndpointAwsService.SQS,
      /allowed: EndpointService\.CLOUDWATCH, .*fix: write EndpointService\.CLOUDWATCH/,
    ],
    ['the name of the service', 'sqs', /got "sqs", allowed: EndpointService\./],
    ['nothing', undefined, /service: got nothing, allowed: EndpointService\./],
  ])('%s', (_, service, message) => {
    expect(refusing(app => app.addServiceEndpoint(service as EndpointService))).toThrow(message);
  });

  test('a prefix list for an interface endpoint', () => {
    expect(
      refusing((app, stack) =>
        app.addServiceEndpoint(EndpointService.SQS, { prefixList: PrefixList.fromPrefixListId(stack, 'P', 'pl-1') }),
      ),
    ).toThrow(/options\.prefixList: got .*, allowed: none: interface endpoints/);
  });

  test('one whose endpoint remote access names', () => {
    const stack = stackOf();
    const endpoint = (id: string) =>
      InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(stack, id, { vpcEndpointId: `vpce-${id}`, port: 443 });
    const app = quickStart(stack, {
      proveAtSynthesis: false,
      remoteAccess: RemoteAccess.sessionManager({ endpoints: { ssm: endpoint('ssm') } }),
    });

    expect(() => app.addServiceEndpoint(EndpointService.SYSTEMS_MANAGER)).toThrow(
      /service: got "ssm", allowed: a service whose endpoint is made here, and remoteAccess names one that exists, fix: let its owner/,
    );
  });
});
