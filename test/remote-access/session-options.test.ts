import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { InterfaceVpcEndpoint, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Key } from 'aws-cdk-lib/aws-kms';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { PrivateEc2S3Access, RemoteAccess, RequiredPolicyKind, SessionManagerOptions } from '../../src';
import { decide, PolicyJson } from '../../src/iam';
import { ACCOUNT, DeployedStack, REGION } from '../support/deployed';
import {
  ResourceJson,
  TYPE,
  annotationsWith,
  bySid,
  newStack,
  resources,
  sids,
  statements,
  statementsOf,
  workload,
} from '../support/resources';
import { validatedStack } from '../support/validated';

const GROUP = `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:sessions:*`;
const KEY = `arn:aws:kms:${REGION}:${ACCOUNT}:key/sessions`;

function withSessions(stack: Stack, options: SessionManagerOptions, proveAtSynthesis = false): PrivateEc2S3Access {
  return workload(stack, { remoteAccess: RemoteAccess.sessionManager(options), proveAtSynthesis });
}

/** Sessions that are logged and encrypted, with a group and a key that exist. */
function logged(stack: Stack, proveAtSynthesis = false): PrivateEc2S3Access {
  return withSessions(
    stack,
    {
      encryptionKey: Key.fromKeyArn(stack, 'SessionKey', KEY),
      logGroup: LogGroup.fromLogGroupArn(stack, 'Sessions', GROUP),
    },
    proveAtSynthesis,
  );
}

function endpoints(template: Template): Record<string, ResourceJson> {
  return Object.fromEntries(
    Object.values(resources(template, TYPE.endpoint)).map((each): [string, ResourceJson] => [
      /\.(\w+)"?\W*$/.exec(JSON.stringify(each.Properties.ServiceName))?.[1] ?? 'none',
      each,
    ]),
  );
}

describe('sessions that are logged', () => {
  const made = () => {
    const stack = newStack();
    const logGroup = new LogGroup(stack, 'Sessions', {
      retention: RetentionDays.ONE_YEAR,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const app = withSessions(stack, { logGroup });
    return { stack, app, logGroup, template: Template.fromStack(stack) };
  };

  test('need the endpoint of CloudWatch Logs, and none of AWS KMS', () => {
    expect(Object.keys(endpoints(made().template)).sort()).toEqual(['logs', 's3', 'ssm', 'ssmmessages']);
  });

  test('are started with a document that streams them to the group', () => {
    const { stack, app, logGroup, template } = made();
    const [[id, { Properties }]] = Object.entries(resources(template, 'AWS::SSM::Document'));
    expect(stack.resolve(app.remoteAccess.sessionDocumentName)).toEqual({ Ref: id });
    expect(Properties).toMatchObject({
      DocumentType: 'Session',
      UpdateMethod: 'NewVersion',
      Content: {
        sessionType: 'Standard_Stream',
        inputs: {
          cloudWatchLogGroupName: stack.resolve(logGroup.logGroupName) as unknown,
          cloudWatchStreamingEnabled: true,
          cloudWatchEncryptionEnabled: false,
        },
      },
    });
  });

  test('ask for an encrypted group where it is one', () => {
    const stack = newStack();
    withSessions(stack, { logGroup: new LogGroup(stack, 'Sessions', { encryptionKey: new Key(stack, 'LogKey') }) });
    expect(Object.values(resources(Template.fromStack(stack), 'AWS::SSM::Document'))[0].Properties).toMatchObject({
      Content: { inputs: { cloudWatchEncryptionEnabled: true } },
    });
  });

  test('write to their group only, through the endpoint only', () => {
    const { stack, logGroup, template } = made();
    const role = bySid(statements(template, TYPE.managedPolicy), 'WriteSessionLogs');
    expect(role).toMatchObject({
      Action: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
      Resource: stack.resolve(logGroup.logGroupArn) as unknown,
    });
    expect(Object.keys(role.Condition?.StringEquals ?? {})).toEqual(['aws:SourceVpce']);
    expect(sids(statements(template, TYPE.managedPolicy))).not.toContain('DecryptSessions');
  });
});

describe('sessions that are encrypted', () => {
  const made = () => {
    const stack = newStack();
    const encryptionKey = new Key(stack, 'SessionKey');
    const app = withSessions(stack, { encryptionKey });
    return { stack, app, encryptionKey, template: Template.fromStack(stack) };
  };

  test('need the endpoint of AWS KMS, and none of CloudWatch Logs', () => {
    expect(Object.keys(endpoints(made().template)).sort()).toEqual(['kms', 's3', 'ssm', 'ssmmessages']);
  });

  test('are started with a document that names the key', () => {
    const { stack, encryptionKey, template } = made();
    expect(Object.values(resources(template, 'AWS::SSM::Document'))[0].Properties).toMatchObject({
      Content: { inputs: { kmsKeyId: stack.resolve(encryptionKey.keyArn) as unknown } },
    });
  });

  test('leave the policy of the key as it is', () => {
    const plain = newStack();
    new Key(plain, 'SessionKey');
    const keyPolicy = (template: Template) =>
      Object.entries(resources(template, TYPE.key)).find(([id]) => id.startsWith('SessionKey'))?.[1].Properties
        .KeyPolicy;
    expect(keyPolicy(made().template)).toEqual(keyPolicy(Template.fromStack(plain)));
  });
});

test('sessions that are neither have no document', () => {
  const stack = newStack();
  expect(withSessions(stack, {}).remoteAccess).toEqual({ sessionDocumentName: undefined });
  Template.fromStack(stack).resourceCountIs('AWS::SSM::Document', 0);
});

describe('what the endpoints of logged and encrypted sessions let through', () => {
  const stack = new DeployedStack(each => logged(each));
  const workloadRole = stack.arn(stack.id('AWS::IAM::Role', 'AppRole'));
  const policyOf = (id: string) =>
    stack.property<PolicyJson>(
      stack
        .ids('AWS::EC2::VPCEndpoint', `SessionManager${id}`)
        .filter(each => id !== 'Ssm' || !each.includes('SsmMessages'))[0],
      'PolicyDocument',
    );
  const vpceOf = (id: string) =>
    stack.ref(
      stack
        .ids('AWS::EC2::VPCEndpoint', `SessionManager${id}`)
        .filter(each => id !== 'Ssm' || !each.includes('SsmMessages'))[0],
    );
  const OTHER = `arn:aws:iam::${ACCOUNT}:role/Other`;
  const ALL: PolicyJson = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
  const stream = GROUP.replace('*', 'log-stream:i-1');
  const groups = `arn:aws:logs:${REGION}:${ACCOUNT}:log-group::log-stream:`;

  /** The role, or another one that may do everything, through an endpoint or around it. */
  const verdict = (endpoint: string, action: string, resource: string, role = workloadRole, around = false) =>
    decide(
      {
        action,
        resource,
        resourceAccount: ACCOUNT,
        principal: `arn:aws:sts::${ACCOUNT}:assumed-role/${role.split('/')[1]}/i-1`,
        context: {
          'aws:PrincipalArn': role,
          'aws:PrincipalAccount': ACCOUNT,
          'aws:SecureTransport': 'true',
          ...(around ? {} : { 'aws:SourceVpce': vpceOf(endpoint) }),
        },
      },
      {
        identityPolicies: role === workloadRole ? stack.rolePolicies() : [ALL],
        ...(around ? {} : { endpointPolicy: policyOf(endpoint), endpointKind: 'interface' as const }),
        ...(action.startsWith('kms:') ? { resourcePolicy: ALL_OF_ACCOUNT, resourcePolicyKind: 'key' as const } : {}),
      },
    ).verdict;

  test.each([
    ['Logs', 'logs:CreateLogStream', GROUP],
    ['Logs', 'logs:DescribeLogStreams', GROUP],
    ['Logs', 'logs:PutLogEvents', stream],
    ['Logs', 'logs:DescribeLogGroups', groups],
    ['Kms', 'kms:Decrypt', KEY],
    ['Ssm', 'ssm:UpdateInstanceInformation', '*'],
    ['SsmMessages', 'ssmmessages:OpenDataChannel', '*'],
  ])('the role, through %s: %s on %s', (endpoint, action, resource) => {
    expect(verdict(endpoint, action, resource)).toBe('Allowed');
  });

  test.each([
    ['Logs', 'logs:PutLogEvents', stream.replace('sessions', 'others')],
    ['Logs', 'logs:CreateLogGroup', GROUP],
    ['Logs', 'logs:GetLogEvents', stream],
    ['Logs', 'logs:DeleteLogStream', stream],
    ['Logs', 'logs:PutRetentionPolicy', GROUP],
    ['Logs', 'logs:CreateLogStream', GROUP.replace(ACCOUNT, '444455556666')],
    ['Kms', 'kms:Decrypt', KEY.replace('sessions', 'other')],
    ['Kms', 'kms:GenerateDataKey', KEY],
    ['Kms', 'kms:Encrypt', KEY],
    ['Kms', 'kms:CreateGrant', KEY],
    ['Ssm', 'ssm:GetParameter', '*'],
    ['Ssm', 'ssm:SendCommand', '*'],
    ['SsmMessages', 'ssm:UpdateInstanceInformation', '*'],
  ])('not the role, through %s: %s on %s', (endpoint, action, resource) => {
    expect(verdict(endpoint, action, resource)).not.toBe('Allowed');
  });

  test.each([
    ['Logs', 'logs:PutLogEvents', stream],
    ['Logs', 'logs:DescribeLogGroups', groups],
    ['Kms', 'kms:Decrypt', KEY],
    ['Ssm', 'ssm:UpdateInstanceInformation', '*'],
  ])('nobody else, through %s: %s on %s', (endpoint, action, resource) => {
    expect(verdict(endpoint, action, resource, OTHER)).not.toBe('Allowed');
  });

  test.each([
    ['Logs', 'logs:PutLogEvents', stream],
    ['Logs', 'logs:DescribeLogGroups', groups],
    ['Kms', 'kms:Decrypt', KEY],
  ])('not the role around %s: %s on %s', (endpoint, action, resource) => {
    expect(verdict(endpoint, action, resource, workloadRole, true)).not.toBe('Allowed');
  });
});

/** The default policy of a key. */
const ALL_OF_ACCOUNT: PolicyJson = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: 'kms:*', Resource: '*' }],
};

const GROUP_IDS: Readonly<Record<string, string>> = { Ssm: 'sg-01234567', Messages: 'sg-12345678', Kms: 'sg-23456789' };

describe('endpoints that the VPC has already', () => {
  const theirs = (stack: Stack, id: string) =>
    InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(stack, id, {
      vpcEndpointId: `vpce-${id.toLowerCase()}`,
      port: 443,
      securityGroups: [SecurityGroup.fromSecurityGroupId(stack, `${id}Group`, GROUP_IDS[id])],
    });

  test('are not made again, and the others are', () => {
    const stack = newStack();
    withSessions(stack, { endpoints: { ssm: theirs(stack, 'Ssm') } });
    expect(Object.keys(endpoints(Template.fromStack(stack))).sort()).toEqual(['s3', 'ssmmessages']);
  });

  test('are reached through their security groups, which stay as they are', () => {
    const stack = newStack();
    const app = withSessions(stack, {
      endpoints: { ssm: theirs(stack, 'Ssm'), ssmMessages: theirs(stack, 'Messages') },
    });
    const template = Template.fromStack(stack);
    const own = resources(template, TYPE.securityGroup);
    expect(Object.keys(own)).toHaveLength(1);
    expect(Object.values(own)[0].Properties.SecurityGroupEgress).toEqual(
      expect.arrayContaining(
        ['Ssm', 'Messages']
          .map(id => GROUP_IDS[id])
          .map(
            id => expect.objectContaining({ DestinationSecurityGroupId: id, FromPort: 443, ToPort: 443 }) as unknown,
          ),
      ),
    );
    template.resourceCountIs('AWS::EC2::SecurityGroupIngress', 0);
    expect(app.connections.securityGroups).toHaveLength(1);
  });

  test('pin the role as those that are made here', () => {
    const stack = newStack();
    withSessions(stack, {
      encryptionKey: Key.fromKeyArn(stack, 'SessionKey', KEY),
      endpoints: { kms: theirs(stack, 'Kms') },
    });
    expect(bySid(statements(Template.fromStack(stack), TYPE.managedPolicy), 'DecryptSessions').Condition).toEqual({
      StringEquals: { 'aws:SourceVpce': 'vpce-kms' },
    });
  });

  test('are announced with what their owner must allow', () => {
    const stack = newStack();
    withSessions(stack, { endpoints: { ssm: theirs(stack, 'Ssm') } });
    expect(annotationsWith(stack, 'the existing endpoint of ssm')).toEqual([
      expect.stringMatching(
        /security groups, which must let HTTPS in.*"Action":"ssm:UpdateInstanceInformation".*Training\/App\/Role/,
      ),
    ]);
  });

  test('have statements for their owners, and those that are made here have none', () => {
    const stack = newStack();
    const { requiredPolicies } = withSessions(stack, { endpoints: { ssm: theirs(stack, 'Ssm') } });
    expect(requiredPolicies).toMatchObject([{ kind: RequiredPolicyKind.VPC_ENDPOINT, resource: 'vpce-ssm' }]);
    expect(requiredPolicies[0].statements.map(statement => statement.toStatementJson() as unknown)).toMatchObject([
      { Effect: 'Allow', Action: 'ssm:UpdateInstanceInformation' },
    ]);
  });
});

test('the proof holds for sessions that are logged and encrypted', () => {
  expect(validatedStack(stack => logged(stack, true)).violations).toEqual([]);
});

test('the policies of the endpoints name nobody but the role', () => {
  const stack = newStack();
  const app = logged(stack);
  const { s3: _s3, ...others } = endpoints(Template.fromStack(stack));
  Object.values(others)
    .flatMap(statementsOf)
    .forEach(({ Condition }) =>
      expect(Condition).toEqual({ ArnEquals: { 'aws:PrincipalArn': stack.resolve(app.role.roleArn) as unknown } }),
    );
});
