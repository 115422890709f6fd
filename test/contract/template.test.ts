import { Socket } from 'net';
import { oneBucket, quickStart } from '../support/scenarios';
import { ENVIRONMENTS, Synthesized, TemplateResource, synthesize } from '../support/synthesized';

const APPS = { 'one bucket': oneBucket, 'the quick start': quickStart };

describe.each(Object.entries(APPS))('the default template of %s', (_, define) => {
  describe.each(ENVIRONMENTS)('with %s', (__, env) => {
    let synthesized: Synthesized;
    let connections: number;

    beforeAll(() => {
      const connect = jest.spyOn(Socket.prototype, 'connect');
      synthesized = synthesize(stack => define(stack), { env });
      connections = connect.mock.calls.length;
      connect.mockRestore();
    });

    test('has no function, no custom resource and no log group', () => {
      const types = Object.values(synthesized.resources).map(({ Type }) => Type);

      expect(types.filter(type => /^AWS::(Lambda|Logs)::|^AWS::CloudFormation::|^Custom::/.test(type))).toEqual([]);
    });

    test('has no asset but the template itself', () => {
      const { files, dockerImages } = synthesized.assets;

      expect(Object.values(files).map(({ displayName }) => displayName)).toEqual(['Training Template']);
      expect(dockerImages).toEqual({});
      expect(synthesized.files.filter(name => name.startsWith('asset.'))).toEqual([]);
    });

    test('has no way to the internet', () => {
      const gateways = [
        'InternetGateway',
        'VPCGatewayAttachment',
        'NatGateway',
        'EgressOnlyInternetGateway',
        'EIP',
        'Route',
        'VPCPeeringConnection',
      ].map(name => `AWS::EC2::${name}`);

      expect(Object.values(synthesized.resources).filter(({ Type }) => gateways.includes(Type))).toEqual([]);
    });

    test('gives no public address', () => {
      expect(
        propertiesOf(synthesized, 'AWS::EC2::Subnet').map(({ MapPublicIpOnLaunch }) => MapPublicIpOnLaunch),
      ).toEqual([false, false]);
      expect(synthesized.text).not.toMatch(/"AssociatePublicIpAddress": true|"NetworkInterfaces"|"Ipv6/);
    });

    test('gives the role customer-managed policies only', () => {
      const [role, ...others] = propertiesOf(synthesized, 'AWS::IAM::Role');

      expect(others).toEqual([]);
      expect(role.Policies).toBeUndefined();
      expect(role.ManagedPolicyArns).toBeUndefined();
      expect(
        Object.values(synthesized.resources).filter(({ Type }) =>
          ['AWS::IAM::Policy', 'AWS::IAM::RolePolicy', 'AWS::IAM::AccessKey'].includes(Type),
        ),
      ).toEqual([]);
    });

    test('allows the role exact actions', () => {
      const allowed = roleStatements(synthesized).filter(({ Effect }) => Effect === 'Allow');

      expect(allowed.length).toBeGreaterThan(0);
      expect(allowed.flatMap(({ Action }) => Action).filter(action => String(action).includes('*'))).toEqual([]);
      expect(allowed.filter(statement => 'NotAction' in statement || 'NotResource' in statement)).toEqual([]);
    });

    test('names no partition in a literal', () => {
      expect(partitionLiterals(synthesized)).toEqual([]);
    });

    test('needs no AWS to be synthesized', () => {
      expect(synthesized.missingContext).toBeUndefined();
      expect(connections).toBe(0);
    });
  });
});

test('a literal partition would be found', () => {
  const planted = {
    Type: 'AWS::S3::Bucket',
    Properties: { Arn: 'arn:aws-cn:s3:::bucket', Principal: 'arn:aws:iam::aws:policy/P' },
  };

  expect(partitionLiterals({ resources: { Planted: planted } })).toEqual(['arn:aws-cn:', 'arn:aws:']);
});

interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
}

function propertiesOf({ resources }: Synthesized, type: string): Array<Record<string, unknown>> {
  return Object.values(resources)
    .filter(({ Type }) => Type === type)
    .map(({ Properties }) => Properties ?? {});
}

function roleStatements(synthesized: Synthesized): Statement[] {
  return propertiesOf(synthesized, 'AWS::IAM::ManagedPolicy').flatMap(
    ({ PolicyDocument }) => (PolicyDocument as { Statement: Statement[] }).Statement,
  );
}

function partitionLiterals({ resources }: { resources: Record<string, TemplateResource> }): string[] {
  return JSON.stringify(resources).match(/arn:aws[\w-]*:/g) ?? [];
}
