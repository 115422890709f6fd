import { QUICK_START_ACCESS, quickStartInput, withAccessList } from './inputs';
import { brokenIn } from './results';
import { adding, changing, Edit, withBucket } from './sabotage';
import { Guardrail, WorkloadsOuGuardrailsProps } from '../../src';
import type { PolicyJson, StatementJson } from '../../src/iam';
import { asList } from '../../src/iam/document';
import { claimOf, prove, ProofInput } from '../../src/proof';
import { documentsOf } from '../organization/documents';

const quickStart = withAccessList(quickStartInput(), QUICK_START_ACCESS);
const FULL_ACCESS: PolicyJson = {
  Version: '2012-10-17',
  Statement: { Sid: 'FullAWSAccess', Effect: 'Allow', Action: '*', Resource: '*' },
};
const EVERYTHING: Partial<WorkloadsOuGuardrailsProps> = {
  resourceControl: { requireOrganizationNetworks: Guardrail.on() },
};
const SCPS = documentsOf('SERVICE_CONTROL_POLICY', EVERYTHING);
const RCPS = documentsOf('RESOURCE_CONTROL_POLICY', EVERYTHING);

interface Changes {
  readonly scps?: readonly Edit[];
  readonly rcps?: readonly Edit[];
  readonly input?: ProofInput;
}

/** The workload under guardrails, perhaps after a change of their statements. */
function guarded({ scps = [], rcps = [], input = quickStart }: Changes = {}): ProofInput {
  const edited = (documents: readonly PolicyJson[], edits: readonly Edit[]) =>
    documents.map(document => ({
      ...document,
      Statement: edits.reduce((statements, edit) => edit(statements), asList(document.Statement)),
    }));
  return {
    ...input,
    serviceControlPolicies: [[FULL_ACCESS, ...edited(SCPS, scps)]],
    resourceControlPolicies: edited(RCPS, rcps),
  };
}

const failures = (input: ProofInput) =>
  brokenIn(prove(input)).flatMap(({ id, counterexamples }) =>
    counterexamples.map(
      ({ request, decision, expected }) => `${claimOf(id)}: ${request}: ${decision}, expected: ${expected}`,
    ),
  );

const condition = (
  sid: string,
  change: (Condition: Record<string, Record<string, string | string[]>>) => object,
): Edit => changing(sid, ({ Condition }) => ({ Condition: change(Condition as never) as never }));

test('the workload works under all guardrails, which leave no hole and lock nobody out', () => {
  const proof = prove(guarded());
  const ofGuardrails = proof.properties.filter(({ id }) => claimOf(id) === 'guarded');
  expect(brokenIn(proof)).toEqual([]);
  expect(ofGuardrails.reduce((sum, { decisions }) => sum + decisions, 0)).toBeGreaterThan(100);
});

test('without a role for CloudFormation, whoever deploys is assumed to be spared', () => {
  const assumptions = (input: ProofInput) =>
    prove(guarded({ input })).properties.find(({ id }) => id === 'guarded[deployment]')?.assumptions;

  expect(assumptions({ ...quickStart, deploymentRoleArns: [] })).toContain(
    'the guardrails spare whoever deploys with credentials of their own',
  );
  expect(assumptions(quickStart)).toEqual([]);
});

test('without guardrails there is nothing to decide', () => {
  const ofGuardrails = prove(quickStart).properties.filter(({ id }) => claimOf(id) === 'guarded');
  expect(new Set(ofGuardrails.map(({ outcome }) => outcome))).toEqual(new Set(['does not apply']));
});

describe('a workload that the guardrails break is reported with the statement', () => {
  test.each<[string, Changes, RegExp]>([
    [
      'its requests',
      { scps: [adding({ Sid: 'NoUploads', Effect: 'Deny', Action: 's3:PutObject', Resource: '*' })] },
      /^works: the role of the workload, .* s3:PutObject on .*: denied by statement NoUploads of the service control policy/,
    ],
    [
      'the use of its key',
      { rcps: [adding({ Sid: 'NoKeys', Effect: 'Deny', Principal: '*', Action: 'kms:Decrypt', Resource: '*' })] },
      /^works: .*kms:Decrypt on .*: denied by statement NoKeys of the resource control policy/,
    ],
    [
      'its endpoint, of another network',
      {
        rcps: [condition('DenyObjectsOutsideNetworks', () => ({ StringNotEquals: { 'aws:SourceVpce': 'vpce-hub' } }))],
      },
      /^works: .*: denied by statement DenyObjectsOutsideNetworks of the resource control policy/,
    ],
    [
      'the delivery of its logs',
      { rcps: [condition('DenyOutsideOrganization', ({ StringNotEqualsIfExists }) => ({ StringNotEqualsIfExists }))] },
      /^works: the service (logging\.s3|delivery\.logs|ec2)\.amazonaws\.com.*: denied by statement DenyOutsideOrganization/,
    ],
    [
      'its deployment',
      { scps: [condition('ProtectVpcEndpoints', () => ({}))] },
      /^guarded: CloudFormation as cdk-.*: ec2:ModifyVpcEndpoint on .*: denied by statement ProtectVpcEndpoints/,
    ],
    [
      'its deployment with other roles',
      { input: { ...quickStart, deploymentRoleArns: ['arn:aws:iam::111122223333:role/cdk-own-cfn-exec-role-1'] } },
      /^guarded: CloudFormation as cdk-own-cfn-exec-role-1, .*: s3:PutBucketPolicy on .*: denied by statement ProtectBucketPolicies/,
    ],
    [
      'instances with IMDSv1',
      { input: { ...quickStart, launch: { httpTokens: 'optional', publicIp: false } } },
      /^guarded: CloudFormation as .*: ec2:RunInstances on .*: denied by statement DenyLaunchWithImdsV1/,
    ],
    [
      'instances with public addresses',
      { input: { ...quickStart, launch: { httpTokens: 'required', publicIp: true } } },
      /^guarded: CloudFormation as .*: ec2:RunInstances on .*: denied by statement DenyPublicIps/,
    ],
  ])('%s', (_, change, expected) => {
    expect(failures(guarded(change))).toContainEqual(expect.stringMatching(expected));
  });
});

describe('guardrails that leave a hole are reported with the counterexample', () => {
  test.each<[string, Changes, RegExp]>([
    [
      'anonymous requests',
      {
        rcps: [condition('DenyOutsideOrganization', ({ BoolIfExists, ...rest }) => ({ ...rest, Bool: BoolIfExists }))],
      },
      /^guarded: anybody, unsigned, .*: s3:\w+ on .*: .*expected: denied/,
    ],
    [
      'principals of no organization',
      {
        rcps: [
          condition('DenyOutsideOrganization', ({ StringNotEqualsIfExists, ...rest }) => ({
            ...rest,
            'ForAnyValue:StringNotEquals': StringNotEqualsIfExists,
          })),
        ],
      },
      /^guarded: anybody, unsigned, .*expected: denied/,
    ],
    [
      'namesakes of a partner',
      {
        rcps: [
          condition('DenyOutsideOrganization', rest => ({
            ...rest,
            ArnNotLikeIfExists: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/Partner' },
          })),
        ],
      },
      /^guarded: arn:aws:iam::\d{12}:role\/Partner, .*expected: denied/,
    ],
    [
      'one action',
      { rcps: [changing('DenyOutsideOrganization', () => ({ Action: ['kms:*', 's3:Get*'] }))] },
      /^guarded: .*expected: denied/,
    ],
    [
      'deputies of no organization',
      {
        rcps: [
          condition('DenyConfusedDeputies', ({ StringNotEqualsIfExists, ...rest }) => ({
            ...rest,
            Null: { 'aws:SourceOrgID': 'false' },
            StringNotEquals: StringNotEqualsIfExists,
          })),
        ],
      },
      /^guarded: the service .*on behalf of account 999900001111: .*expected: denied/,
    ],
    [
      'the internet',
      {
        rcps: [
          condition('DenyObjectsOutsideNetworks', ({ StringNotEqualsIfExists, ...rest }) => ({
            ...rest,
            Null: { 'aws:VpceOrgID': 'false' },
            StringNotEquals: StringNotEqualsIfExists,
          })),
        ],
      },
      /^guarded: .*from the internet.*expected: denied/,
    ],
    [
      'stolen credentials',
      {
        scps: [
          condition('DenyEc2CredentialsOutsideVpc', ({ StringNotEquals, ...rest }) => ({
            ...rest,
            'ForAnyValue:StringNotEquals': StringNotEquals,
          })),
        ],
      },
      /^guarded: the role of the workload, from the internet.*: ec2:DescribeInstances on the account: .*expected: denied/,
    ],
    [
      'roles that anybody can make',
      { scps: [condition('ProtectDeploymentRoles', () => ({ StringEquals: { 'aws:PrincipalTag/team': 'never' } }))] },
      /^guarded: role Admin of the account, .*: iam:CreateRole on .*, which statement \w+ spares: .*expected: denied/,
    ],
    [
      'a pattern for exemptions',
      {
        scps: [
          condition('DenyNatGateways', () => ({ ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/Network*' } })),
        ],
      },
      /^guarded: role Admin of the account, .*: iam:CreateRole on arn:aws:iam::111122223333:role\/Networkw, which statement DenyNatGateways spares/,
    ],
  ])('%s', (_, change, expected) => {
    expect(failures(guarded(change))).toContainEqual(expect.stringMatching(expected));
  });
});

const NO_ROOT: StatementJson = {
  Sid: 'NoRoot',
  Effect: 'Deny',
  Action: '*',
  Resource: '*',
  Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:root' } },
};

test('that a service control policy denies everything to root users is named', () => {
  const proof = prove(guarded({ scps: [adding(NO_ROOT)] }));
  expect(brokenIn(proof)).toEqual([]);
  expect(proof.properties.find(({ id }) => id === 'guarded[administrators]')?.assumptions).toEqual([
    expect.stringMatching(/^the organization takes statement NoRoot off an account/),
  ]);
});

describe('guardrails that lock administrators out are reported with the statement', () => {
  test.each<[string, Changes, RegExp]>([
    [
      'the delegated administrator',
      { scps: [adding({ Sid: 'NoOrganizations', Effect: 'Deny', Action: 'organizations:*', Resource: '*' })] },
      /^guarded: role Admin of account 111122223333, .*: organizations:DetachPolicy on the organization: denied by statement NoOrganizations/,
    ],
    [
      'the root user that repairs a bucket policy, in a policy of the resources',
      {
        rcps: [adding({ ...NO_ROOT, Principal: '*', Action: 's3:*' })],
      },
      /^guarded: the root user of the account, .*: s3:GetBucketPolicy on .*: denied by statement NoRoot/,
    ],
    [
      'the access role of the organization',
      { rcps: [adding({ Sid: 'NoRoles', Effect: 'Deny', Principal: '*', Action: 'sts:AssumeRole', Resource: '*' })] },
      /^guarded: role Admin of account 000011112222, .*: sts:AssumeRole on .*: denied by statement NoRoles of the resource control policy/,
    ],
    [
      'the configuration of buckets',
      { rcps: [changing('DenyObjectsOutsideNetworks', () => ({ Resource: '*' }))] },
      /^guarded: .*: s3:\w+ on arn:aws:s3:::[^/]+: denied by statement DenyObjectsOutsideNetworks/,
    ],
  ])('%s', (_, change, expected) => {
    expect(failures(guarded(change))).toContainEqual(expect.stringMatching(expected));
  });
});

test('account administrators may be held by service control policies, not by policies of the resources', () => {
  const deny = {
    Sid: 'Extra',
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:PutBucketPolicy',
    Resource: '*',
    Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/Admin' } },
  } as const;
  expect(failures(withBucket(guarded(), adding(deny)))).toContainEqual(
    expect.stringMatching(/^not-locked-out: role Admin of the account/),
  );
});
