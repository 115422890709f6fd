import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Guardrail, type PrivateEc2S3Access, WorkloadsOuGuardrails } from '../../src';
import { decide, PolicyJson, StatementJson, withSource } from '../../src/iam';
import { prove } from '../../src/proof';
import { quickStartInput } from '../proof/inputs';
import { onlyFlow, synthesizedStack } from '../request-flow/support';
import { agreementIn } from '../support/agreement';
import { quickStart } from '../support/scenarios';
import { validatedStack } from '../support/validated';

const ACCOUNT = '111122223333';

test('the report decides as the proof does, where a guardrail asks for networks of the organization', () => {
  const outdir = mkdtempSync(join(tmpdir(), 'agreement-'));
  const app = new App({ outdir });
  new WorkloadsOuGuardrails(new Stack(app, 'Management'), 'Guardrails', {
    organizationId: 'o-a1b2c3d4e5',
    targetIds: ['ou-ab12-11111111'],
    resourceControl: { requireOrganizationNetworks: Guardrail.on() },
  });
  quickStart(new Stack(app, 'Training', { env: { account: ACCOUNT, region: 'eu-west-1' } }));
  try {
    const { compared, differences } = agreementIn(app.synth().directory);
    expect(compared).toBeGreaterThan(0);
    expect(differences).toEqual([]);
  } finally {
    rmSync(outdir, { recursive: true });
  }
});

test('a request of the workload that is refused, because the bucket delegates to access points, is a finding', () => {
  const { violations } = validatedStack(stack => {
    const bucket = quickStart(stack).dataBucket('UserData');
    const statement = new PolicyStatement({
      sid: 'Delegated',
      effect: Effect.DENY,
      principals: [new AnyPrincipal()],
      actions: ['s3:GetObject'],
      resources: [bucket.arnForObjects('*')],
      conditions: { StringNotEquals: { 's3:DataAccessPointAccount': ACCOUNT } },
    });
    bucket.addToResourcePolicy(statement);
  });
  expect(violations.map(({ ruleName }) => ruleName)).toContain('request-path');
});

describe('flow and proof know what the session of an instance has', () => {
  const denied = (stack: Stack, conditions: Record<string, Record<string, unknown>>) => {
    const access: PrivateEc2S3Access = quickStart(stack);
    const statement = new PolicyStatement({
      sid: 'Extra',
      effect: Effect.DENY,
      actions: ['s3:*'],
      resources: ['*'],
      conditions: { ...conditions, Bool: { 'aws:ViaAWSService': 'false' } },
    });
    new ManagedPolicy(stack, 'More', { roles: [access.role], statements: [statement] });
  };

  test.each<[string, Record<string, Record<string, unknown>>]>([
    ['its VPC by ARN', { ArnNotLike: { 'aws:SourceVpcArn': 'arn:*:ec2:*:*:vpc/*' } }],
    ['when its token was issued', { DateLessThanIfExists: { 'aws:TokenIssueTime': '2024-01-01T00:00:00Z' } }],
    ['how its credentials came', { NumericNotEquals: { 'ec2:RoleDelivery': '2.0' } }],
    ['that its id ends in that of an instance', { StringNotLike: { 'aws:userid': '*:i-*' } }],
  ])('%s', (_, conditions) => {
    const flow = onlyFlow(synthesizedStack(stack => denied(stack, conditions)));
    expect(flow.requests.filter(({ decision }) => decision.verdict !== 'Allowed')).toEqual([]);
    const { violations } = validatedStack(stack => denied(stack, conditions));
    expect(violations.filter(({ ruleName }) => !ruleName.endsWith('no-dead-statement'))).toEqual([]);
  });
});

describe('the proof', () => {
  const input = quickStartInput();
  const failing = (policies: Partial<typeof input>) =>
    prove({ ...input, ...policies })
      .properties.filter(({ outcome }) => outcome === 'violated')
      .map(({ id }) => id);
  const renamed = (policy: PolicyJson) =>
    JSON.parse(JSON.stringify(policy).replaceAll('aws:ResourceAccount', 's3:ResourceAccount')) as PolicyJson;
  const deny = (Condition: StatementJson['Condition']): StatementJson => ({
    Sid: 'Extra',
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: `${input.buckets[0].arn}/*`,
    Condition,
  });

  test('finds no request whose s3:ResourceAccount is not the owner of its bucket', () => {
    const endpoints = input.endpoints.map(each => ({ ...each, policy: renamed(each.policy as PolicyJson) }));
    expect(failing({ endpoints })).toEqual([]);
  });

  test.each<[string, StatementJson['Condition']]>([
    ['a date', { DateGreaterThan: { 'aws:CurrentTime': '2999-01-01T00:00:00Z' } }],
    ['a range of addresses', { IpAddress: { 'aws:VpcSourceIp': '192.0.2.0/24' } }],
    ['an impossible Bool', { Bool: { 'aws:SecureTransport': 'neither' } }],
  ])('decides a Deny whose condition hardly anything fulfils: %s', (_, condition) => {
    const [first, ...others] = input.buckets;
    const policy = first.policy as PolicyJson;
    const statements = [...(policy.Statement as StatementJson[]), deny(condition)];
    const buckets = [{ ...first, policy: { ...policy, Statement: statements } }, ...others];
    expect(() => failing({ buckets })).not.toThrow();
  });
});

describe('the evaluator', () => {
  const request = {
    action: 's3:GetObject',
    resource: 'arn:aws:s3:::data/key',
    resourceAccount: ACCOUNT,
    principal: `arn:aws:sts::${ACCOUNT}:assumed-role/app/session`,
    context: {},
  };
  const refusal = (change: object): string => {
    const statement = { Sid: 'Odd', Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: '*', ...change };
    try {
      return decide(request, { resourcePolicy: { Statement: [statement as StatementJson] } }).reason;
    } catch (error) {
      return String(error);
    }
  };

  test.each<[string, object]>([
    ['a number as Resource', { Resource: 5 }],
    ['null as Resource', { Resource: null }],
    ['a list in a list as Resource', { Resource: [['*']] }],
    ['a number as Principal', { Principal: 111122223333 }],
    ['null as Principal', { Principal: null }],
    ['a list in a list as Principal', { Principal: { AWS: [['*']] } }],
  ])('says where the fault is: %s', (_, change) => {
    expect(refusal(change)).toMatch(/^Error: malformed policy document: statement Odd: (Resource|Principal)/);
  });

  test('says in which policy a statement is, where the document says where it comes from', () => {
    const document: PolicyJson = {
      Statement: [{ Sid: 'Out', Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*' }],
    };
    const resourcePolicy = withSource(document, 'access point policy', 'Team/AccessPoint');
    const { reason, decidedBy } = decide(request, { resourcePolicy });
    expect(reason).toBe('denied by statement Out of the access point policy Team/AccessPoint');
    expect(decidedBy[0].source).toMatchObject({ kind: 'access point policy', place: 'Team/AccessPoint' });
  });
});
