import { Template } from 'aws-cdk-lib/assertions';
import { PrivateEc2S3AccessProps, RemoteAccess, S3EndpointMode } from '../../src';
import {
  ResourceJson,
  TYPE,
  bySid,
  idsOf,
  only,
  resources,
  sids,
  statements,
  statementsOf,
  synthesize,
} from '../support/resources';

const MESSAGES = [
  'ssmmessages:CreateControlChannel',
  'ssmmessages:CreateDataChannel',
  'ssmmessages:OpenControlChannel',
  'ssmmessages:OpenDataChannel',
];
const withSessions = (props: Partial<PrivateEc2S3AccessProps> = {}) =>
  synthesize({ remoteAccess: RemoteAccess.sessionManager(), ...props });

/** The interface endpoints by the last part of their service name. */
function endpoints(template: Template): Record<string, ResourceJson> {
  return Object.fromEntries(
    Object.values(resources(template, TYPE.endpoint)).map((each): [string, ResourceJson] => [
      /\.(\w+)"?\W*$/.exec(JSON.stringify(each.Properties.ServiceName))?.[1] ?? 'none',
      each,
    ]),
  );
}

describe('Session Manager', () => {
  test('has endpoints for its two services, and needs no others', () => {
    expect(Object.keys(endpoints(withSessions().template)).sort()).toEqual(['s3', 'ssm', 'ssmmessages']);
  });

  test.each(['ssm', 'ssmmessages'])(
    'has the endpoint of %s in the subnets of the workload, under the names of the service',
    service => {
      const { template } = withSessions();
      expect(endpoints(template)[service].Properties).toMatchObject({
        VpcEndpointType: 'Interface',
        PrivateDnsEnabled: true,
        SubnetIds: idsOf(template, TYPE.subnet).map(Ref => ({ Ref })),
      });
    },
  );

  test.each<[string, string | string[]]>([
    ['ssm', 'ssm:UpdateInstanceInformation'],
    ['ssmmessages', MESSAGES],
  ])('has a policy on the endpoint of %s: the role and its actions', (service, actions) => {
    const { app, stack, template } = withSessions();
    expect(statementsOf(endpoints(template)[service])).toEqual([
      {
        Sid: 'UseSessionManager',
        Effect: 'Allow',
        Principal: '*',
        Action: actions,
        Resource: '*',
        Condition: { ArnEquals: { 'aws:PrincipalArn': stack.resolve(app.role.roleArn) as unknown } },
      },
    ]);
  });

  test('asks on its endpoints that the role is in the organization, where that is named', () => {
    const { app, stack, template } = withSessions({ organization: { organizationId: 'o-a1b2c3d4e5' } });
    const { ssm, ssmmessages } = endpoints(template);
    [ssm, ssmmessages].flatMap(statementsOf).forEach(({ Condition }) =>
      expect(Condition).toEqual({
        ArnEquals: { 'aws:PrincipalArn': stack.resolve(app.role.roleArn) as unknown },
        StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' },
      }),
    );
  });

  test('gives the role the actions of the agent, and no policy of AWS', () => {
    const { template } = withSessions();
    expect(bySid(statements(template, TYPE.managedPolicy), 'UseSessionManager')).toMatchObject({
      Effect: 'Allow',
      Action: ['ssm:UpdateInstanceInformation', ...MESSAGES],
    });
    expect(only(template, TYPE.role).Properties).not.toHaveProperty('ManagedPolicyArns');
    expect(JSON.stringify(template.toJSON())).not.toContain('AmazonSSM');
  });

  test('lets the workload in by HTTPS, and nobody else', () => {
    const { app, stack, template } = withSessions();
    const [workloadGroup] = app.connections.securityGroups;
    const groups = endpoints(template).ssm.Properties.SecurityGroupIds as unknown[];
    expect(groups).toEqual(endpoints(template).ssmmessages.Properties.SecurityGroupIds);
    const ingress = Object.values(resources(template, 'AWS::EC2::SecurityGroupIngress')).map(
      ({ Properties }) => Properties,
    );
    expect(ingress).toHaveLength(1);
    const from = stack.resolve(workloadGroup.securityGroupId) as unknown;
    expect(ingress[0]).toMatchObject({ GroupId: groups[0], SourceSecurityGroupId: from, FromPort: 443, ToPort: 443 });
  });

  test('opens the way out to its endpoints inside of the security group of the workload', () => {
    const { template } = withSessions({ s3Endpoint: S3EndpointMode.interfaceEndpoint() });
    template.resourceCountIs('AWS::EC2::SecurityGroupEgress', 0);
    const targets = Object.values(endpoints(template)).flatMap(
      ({ Properties }) => Properties.SecurityGroupIds as unknown[],
    );
    const egress = Object.values(resources(template, TYPE.securityGroup))
      .flatMap(({ Properties }) => Properties.SecurityGroupEgress as Record<string, unknown>[])
      .map(({ DestinationSecurityGroupId }) => DestinationSecurityGroupId)
      .filter(each => each !== undefined);
    expect(new Set(egress.map(each => JSON.stringify(each)))).toEqual(
      new Set(targets.map(each => JSON.stringify(each))),
    );
  });

  test('opens no port to the workload', () => {
    const { app, stack, template } = withSessions();
    const own = stack.resolve(app.connections.securityGroups[0].securityGroupId) as unknown;
    Object.values(resources(template, 'AWS::EC2::SecurityGroupIngress')).forEach(({ Properties }) =>
      expect(Properties.GroupId).not.toEqual(own),
    );
  });
});

describe('no remote access', () => {
  test('is the default', () => {
    expect(synthesize({ remoteAccess: RemoteAccess.none() }).template.toJSON()).toEqual(synthesize().template.toJSON());
  });

  test('has no endpoint and no permission', () => {
    const { template } = synthesize();
    expect(Object.keys(endpoints(template))).toEqual(['s3']);
    expect(sids(statements(template, TYPE.managedPolicy))).not.toContain('UseSessionManager');
  });
});
