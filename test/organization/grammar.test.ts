import { Stack } from 'aws-cdk-lib';
import { guardrails, OrganizationsPolicy, policiesOf } from './documents';
import { Guardrail, WorkloadsOuGuardrailsProps } from '../../src';
import {
  ORGANIZATIONS_QUOTAS,
  OrganizationsPolicyType,
  QUOTAS_READ_ON,
} from '../../src/iam/facts/organizations-quotas';

interface Statement {
  readonly Sid: string;
  readonly Effect: string;
  readonly Action?: string | string[];
  readonly NotAction?: string | string[];
  readonly Resource?: string | string[];
  readonly Principal?: unknown;
  readonly [element: string]: unknown;
}

/** The services whose resources RCPs restrict; those that the guardrails use must be among them. */
const RCP_SERVICES = [
  's3',
  'sts',
  'kms',
  'sqs',
  'secretsmanager',
  'ecr',
  'aoss',
  'logs',
  'dynamodb',
  'cognito-identity',
  'cognito-idp',
];

const roleArns = (count: number, length = 40) =>
  Array.from({ length: count }, (_, at) => `arn:aws:iam::111122223333:role/${'x'.repeat(length)}${at}`);

const VARIANTS: Array<[string, Partial<WorkloadsOuGuardrailsProps>]> = [
  ['by default', {}],
  [
    'with everything on',
    { resourceControl: { requireOrganizationNetworks: Guardrail.on(), trustedAccounts: ['555566667777'] } },
  ],
  [
    'with exemptions',
    { exemptRoleArns: roleArns(3), serviceControl: { denyPublicIps: Guardrail.exempting(roleArns(2)) } },
  ],
  ['split into several', { exemptRoleArns: roleArns(12) }],
  ['with a message', { declarativeEc2: { exceptionMessage: 'ask security@example.com', instanceMetadataHopLimit: 2 } }],
];

const listOf = <T>(value: T | readonly T[] | undefined): readonly T[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value as T];

describe.each(VARIANTS)('the policies %s', (_, props) => {
  const policies = policiesOf(props);
  const statementsOf = (type: OrganizationsPolicyType) =>
    policies
      .filter(({ Type }) => Type === type)
      .flatMap(({ Content }) => (Content as { Statement: Statement[] }).Statement);
  const scp = statementsOf('SERVICE_CONTROL_POLICY');
  const rcp = statementsOf('RESOURCE_CONTROL_POLICY');

  test('are within the quotas of Organizations, the policies of AWS included', () => {
    for (const [type, { characters, perTarget, takenByAws }] of Object.entries(ORGANIZATIONS_QUOTAS)) {
      const ofType = policies.filter(each => each.Type === type);
      expect(ofType.length).toBeGreaterThan(0);
      expect(ofType.length).toBeLessThanOrEqual(perTarget - takenByAws);
      ofType.forEach(({ Content }) => expect(JSON.stringify(Content).length).toBeLessThanOrEqual(characters));
    }
  });

  test('have names of their own, short enough, and descriptions', () => {
    expect(new Set(policies.map(({ Name }) => Name)).size).toBe(policies.length);
    policies.forEach(({ Name, Description }) => {
      expect(Name).toMatch(/^[\w-]{1,128}$/);
      expect(Description.length).toBeLessThanOrEqual(512);
    });
  });

  test('have statements of SCPs: Deny without Principal, NotPrincipal or NotResource, each with its name', () => {
    expect(new Set(scp.map(({ Sid }) => Sid)).size).toBe(scp.length);
    scp.forEach(statement => {
      expect(statement.Sid).toMatch(/^[A-Za-z0-9]+$/);
      expect(statement.Effect).toBe('Deny');
      expect(Object.keys(statement).filter(each => /Principal|NotResource/.test(each))).toEqual([]);
      expect(listOf(statement.Resource)).not.toEqual([]);
      expect([...listOf(statement.Action), ...listOf(statement.NotAction)].length).toBeGreaterThan(0);
    });
  });

  test('have wildcards in actions at the end only', () => {
    [...scp, ...rcp]
      .flatMap(({ Action, NotAction }) => [...listOf(Action), ...listOf(NotAction)])
      .forEach(action => expect(action).toMatch(/^(\*|[a-z0-9-]+:[A-Za-z0-9]*\*?)$/));
  });

  test('have statements of RCPs: Deny for everybody, actions of allowed services, no NotAction', () => {
    rcp.forEach(statement => {
      expect(statement).toMatchObject({ Effect: 'Deny', Principal: '*' });
      expect(Object.keys(statement).sort()).toEqual(['Action', 'Condition', 'Effect', 'Principal', 'Resource', 'Sid']);
      listOf(statement.Action).forEach(action => expect(RCP_SERVICES).toContain(action.split(':')[0]));
    });
  });
});

describe('the documents', () => {
  const contentOf = (policies: readonly OrganizationsPolicy[], type: OrganizationsPolicyType) =>
    policies.find(({ Type }) => Type === type)?.Content;

  test('of EC2 set what its declarative policies know', () => {
    const policies = policiesOf({ declarativeEc2: { exceptionMessage: 'ask us' } });
    expect(contentOf(policies, 'DECLARATIVE_POLICY_EC2')).toEqual({
      ec2_attributes: {
        exception_message: { '@@assign': 'ask us' },
        image_block_public_access: { state: { '@@assign': 'block_new_sharing' } },
        instance_metadata_defaults: {
          http_endpoint: { '@@assign': 'enabled' },
          http_put_response_hop_limit: { '@@assign': '1' },
          http_tokens: { '@@assign': 'required' },
        },
        snapshot_block_public_access: { state: { '@@assign': 'block_all_sharing' } },
        vpc_block_public_access: {
          internet_gateway_block: {
            exclusions_allowed: { '@@assign': 'disabled' },
            mode: { '@@assign': 'block_bidirectional' },
          },
        },
      },
    });
  });

  test('of S3 block public access in all four ways', () => {
    expect(contentOf(policiesOf(), 'S3_POLICY')).toEqual({
      s3_attributes: { public_access_block_configuration: { '@@assign': 'all' } },
    });
  });

  test('of RCPs use the forms that also hold for anonymous requests', () => {
    const [outside, deputies, networks] = (
      contentOf(
        policiesOf({ resourceControl: { requireOrganizationNetworks: Guardrail.on() } }),
        'RESOURCE_CONTROL_POLICY',
      ) as { Statement: Statement[] }
    ).Statement;
    expect(outside.Condition).toEqual({
      BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
      StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' },
    });
    expect(deputies.Condition).toEqual({
      Bool: { 'aws:PrincipalIsAWSService': 'true' },
      Null: { 'aws:SourceAccount': 'false' },
      StringNotEqualsIfExists: { 'aws:SourceOrgID': 'o-a1b2c3d4e5' },
    });
    expect(networks).toMatchObject({
      Resource: 'arn:aws:s3:::*/*',
      Condition: {
        BoolIfExists: { 'aws:PrincipalIsAWSService': 'false', 'aws:ViaAWSService': 'false' },
        StringNotEqualsIfExists: { 'aws:VpceOrgID': 'o-a1b2c3d4e5' },
      },
    });
  });

  test('of every partition name no partition', () => {
    const template = JSON.stringify(
      Stack.of(guardrails().construct).resolve(guardrails().construct.policies.map(({ content }) => content)),
    );
    expect(template).not.toMatch(/arn:aws/);
  });

  test('are counted against quotas with a date', () => {
    expect(QUOTAS_READ_ON).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  });
});
