import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ISecurityGroup, SecurityGroup, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { RemoteAccess, S3EndpointMode } from '../../src';
import {
  IRELAND,
  TYPE,
  annotationsWith,
  errorOf,
  idsOf,
  importedVpc,
  logicalId,
  newStack,
  only,
  resources,
  workload,
} from '../support/resources';
import { validated } from '../support/validated';

const NOT_TOUCHED = 'the rules of the security group';
const EGRESS = 'AWS::EC2::SecurityGroupEgress';
const ISOLATED = {
  maxAzs: 2,
  natGateways: 0,
  subnetConfiguration: [{ name: 'Isolated', subnetType: SubnetType.PRIVATE_ISOLATED }],
};
const TO_S3 = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, DestinationPrefixListId: 'pl-6da54004' };

function adopt(groupOf: (stack: Stack) => ISecurityGroup, props: Parameters<typeof workload>[1] = {}) {
  const stack = newStack(IRELAND);
  const securityGroup = groupOf(stack);
  const vpc = stack.node.tryFindChild('Vpc') as Vpc | undefined;
  const app = workload(stack, { vpc: vpc ?? importedVpc(stack), ...props, securityGroup });
  return { stack, securityGroup, app, template: Template.fromStack(stack) };
}

describe('a security group of the same stack', () => {
  const own = () =>
    adopt(
      stack =>
        new SecurityGroup(stack, 'Theirs', {
          vpc: new Vpc(stack, 'Vpc', ISOLATED),
          allowAllOutbound: false,
          disableInlineRules: false,
        }),
    );

  test('is the group of the instance, and the only one', () => {
    const { stack, securityGroup, template } = own();
    expect(only(template, TYPE.instance).Properties.SecurityGroupIds).toEqual([
      stack.resolve(securityGroup.securityGroupId),
    ]);
    expect(
      resources(template, TYPE.securityGroup)[logicalId(stack, securityGroup.securityGroupId)].Properties,
    ).toMatchObject({ SecurityGroupEgress: [TO_S3] });
  });

  test('gets no ingress and no warning', () => {
    const { stack, template } = own();
    expect(JSON.stringify(template.toJSON())).not.toContain('SecurityGroupIngress');
    expect(annotationsWith(stack, NOT_TOUCHED)).toEqual([]);
  });

  test('is refused where it lets everything out: the CDK would ignore the rule', () => {
    expect(
      errorOf(() => adopt(stack => new SecurityGroup(stack, 'Theirs', { vpc: new Vpc(stack, 'Vpc', ISOLATED) }))),
    ).toMatch(
      /^Training\/App: securityGroup: got Training\/Theirs, allowed: .*let everything out, fix: make it with allowAllOutbound: false/,
    );
  });
});

describe('a security group of another stack', () => {
  const define = (app: App) => {
    const network = new Stack(app, 'Network', { env: IRELAND });
    const stack = new Stack(app, 'Training', { env: IRELAND });
    const vpc = new Vpc(network, 'Vpc', ISOLATED);
    const securityGroup = new SecurityGroup(network, 'Theirs', { vpc, allowAllOutbound: false });
    workload(stack, { vpc, securityGroup, s3Endpoint: S3EndpointMode.interfaceEndpoint() });
    return { network, stack };
  };

  test('gets its rule in the stack of the workload, so that neither stack needs the other in both directions', () => {
    const { network, stack } = define(new App());
    expect(
      Object.values(resources(Template.fromStack(stack), EGRESS)).map(({ Properties }) => Properties),
    ).toMatchObject([{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443 }]);
    expect(idsOf(Template.fromStack(network), EGRESS)).toEqual([]);
  });

  test('passes the proof', () => {
    expect(validated(define)).toMatchObject({ error: undefined, violations: [] });
  });

  test('keeps the instance waiting for the rule', () => {
    const { stack } = define(new App());
    const template = Template.fromStack(stack);
    expect(only(template, TYPE.instance).DependsOn).toEqual(expect.arrayContaining(idsOf(template, EGRESS)));
  });
});

describe('an imported security group', () => {
  test('gets its rule beside it where it is known not to let everything out', () => {
    const { stack, template } = adopt(scope =>
      SecurityGroup.fromSecurityGroupId(scope, 'Theirs', 'sg-0123456789abcdef0', { allowAllOutbound: false }),
    );
    expect(Object.values(resources(template, EGRESS)).map(({ Properties }) => Properties)).toMatchObject([
      { ...TO_S3, GroupId: 'sg-0123456789abcdef0' },
    ]);
    expect(annotationsWith(stack, NOT_TOUCHED)).toEqual([]);
  });

  test.each([
    ['immutable', { mutable: false, allowAllOutbound: false }],
    ['as one that lets everything out', {}],
  ])('is left alone where it is imported %s, and its owner is told', (_, options) => {
    const { stack, template } = adopt(scope =>
      SecurityGroup.fromSecurityGroupId(scope, 'Theirs', 'sg-0123456789abcdef0', options),
    );
    expect(idsOf(template, EGRESS)).toEqual([]);
    expect(annotationsWith(stack, NOT_TOUCHED)).toEqual([
      expect.stringMatching(
        /^Training\/App\/AdoptedSecurityGroup: the rules of the security group Training\/Theirs are not touched; its owner must allow nothing but: out 443 to pl-6da54004 \(HTTPS to S3\)/,
      ),
    ]);
  });

  test('has what remote access needs in the same warning', () => {
    const { stack } = adopt(scope => SecurityGroup.fromSecurityGroupId(scope, 'Theirs', 'sg-0123456789abcdef0'), {
      remoteAccess: RemoteAccess.sessionManager(),
    });
    expect(annotationsWith(stack, NOT_TOUCHED)).toEqual([
      expect.stringContaining('out 443 to the security group of the endpoint (HTTPS to the Session Manager endpoints)'),
    ]);
  });

  test('lets EC2 Instance Connect in by a rule beside it', () => {
    const { stack, template } = adopt(
      scope => SecurityGroup.fromSecurityGroupId(scope, 'Theirs', 'sg-0123456789abcdef0', { allowAllOutbound: false }),
      { remoteAccess: RemoteAccess.ec2InstanceConnectEndpoint() },
    );
    expect(
      Object.values(resources(template, 'AWS::EC2::SecurityGroupIngress')).map(({ Properties }) => Properties),
    ).toMatchObject([{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, GroupId: 'sg-0123456789abcdef0' }]);
    expect(annotationsWith(stack, NOT_TOUCHED)).toEqual([]);
  });

  test('that is immutable has the way in for EC2 Instance Connect in the same warning', () => {
    const { stack, template } = adopt(
      scope => SecurityGroup.fromSecurityGroupId(scope, 'Theirs', 'sg-0123456789abcdef0', { mutable: false }),
      { remoteAccess: RemoteAccess.ec2InstanceConnectEndpoint() },
    );
    expect(idsOf(template, 'AWS::EC2::SecurityGroupIngress')).toEqual([]);
    expect(annotationsWith(stack, NOT_TOUCHED)).toEqual([
      expect.stringContaining(
        'in 22 from the security group of the endpoint (SSH from the EC2 Instance Connect Endpoint)',
      ),
    ]);
  });
});
