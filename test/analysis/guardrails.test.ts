import { App, Stack, Stage } from 'aws-cdk-lib';
import { CfnPolicy } from 'aws-cdk-lib/aws-organizations';
import { Guardrail, WorkloadsOuGuardrails, WorkloadsOuGuardrailsProps } from '../../src';
import { quickStart } from '../support/scenarios';
import { validated } from '../support/validated';

const ORGANIZATION = 'o-a1b2c3d4e5';
const OU = 'ou-ab12-11111111';
const PATH = `${ORGANIZATION}/r-ab12/${OU}/`;
const MANAGEMENT = { account: '000011112222', region: 'us-east-1' };
const WORKLOAD = { account: '111122223333', region: 'eu-west-1' };

function guard(app: App, props: Partial<WorkloadsOuGuardrailsProps> = {}): void {
  new WorkloadsOuGuardrails(new Stack(app, 'Management', { env: MANAGEMENT }), 'Guardrails', {
    organizationId: ORGANIZATION,
    targetIds: [OU],
    ...props,
  });
}

function deny(app: App, targetIds: string[]): void {
  const content = {
    Version: '2012-10-17',
    Statement: [{ Sid: 'NoUploads', Effect: 'Deny', Action: 's3:PutObject', Resource: '*' }],
  };
  new CfnPolicy(new Stack(app, 'Management'), 'Policy', {
    name: 'Policy',
    type: 'SERVICE_CONTROL_POLICY',
    targetIds,
    content,
  });
}

/** A policy that Organizations would refuse when it is deployed. */
function refused(app: App, type: string, content: object): void {
  new CfnPolicy(new Stack(app, 'Management', { env: MANAGEMENT }), 'Policy', {
    name: 'Policy',
    type,
    targetIds: [OU],
    content,
  });
}

const said = ({ violations }: ReturnType<typeof validated>) =>
  violations.map(({ ruleName, description }) => `${ruleName}: ${description}`);

describe('guardrails in the assembly of a workload', () => {
  test('let it work, leave no hole and lock nobody out', () => {
    const result = validated(app => {
      guard(app, { resourceControl: { requireOrganizationNetworks: Guardrail.on() } });
      quickStart(new Stack(app, 'Training', { env: WORKLOAD }), {
        organization: { organizationId: ORGANIZATION, organizationalUnitPaths: [PATH] },
      });
    });
    expect(result).toMatchObject({ violations: [], error: undefined });
  });

  test('are looked at across stages, with accounts that are not known', () => {
    const result = validated(app => {
      guard(app);
      quickStart(new Stack(new Stage(app, 'Prod'), 'Training'));
    });
    expect(said(result)).toEqual([]);
  });

  test('break it where they do not spare the role that deploys it', () => {
    const result = validated(app => {
      guard(app, { deploymentRoleNames: ['DeployEverything'] });
      quickStart(new Stack(app, 'Training', { env: WORKLOAD }));
    });
    expect(said(result)).toEqual([
      expect.stringMatching(
        /^guarded\[deployment\]: .*CloudFormation as cdk-hnb659fds-cfn-exec-role-111122223333-eu-west-1, .* denied by statement ProtectBucketPolicies of the service control policy/,
      ),
    ]);
    expect(result.violations[0].constructPaths).toEqual(['Training/App']);
  });

  test('that are written by hand break it, too', () => {
    const result = validated(app => {
      deny(app, [OU]);
      quickStart(new Stack(app, 'Training'));
    });
    expect(said(result)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^works\[grants\]: .* denied by statement NoUploads of the service control policy/),
      ]),
    );
  });

  test.each<[string, string[]]>([
    ['of another account', ['444455556666']],
    ['of a unit beside the one that the workload names', ['ou-ab12-99999999', OU]],
  ])('%s do not count', (_, targetIds) => {
    const result = validated(app => {
      deny(app, targetIds.slice(0, 1));
      if (targetIds.includes(OU)) {
        new WorkloadsOuGuardrails(new Stack(app, 'Other'), 'Guardrails', {
          organizationId: ORGANIZATION,
          targetIds: [OU],
        });
      }
      quickStart(new Stack(app, 'Training', { env: WORKLOAD }), {
        organization: { organizationId: ORGANIZATION, organizationalUnitPaths: [PATH] },
      });
    });
    expect(said(result)).toEqual([]);
  });
});

describe('the accounts that a workload names', () => {
  const organization = {
    organizationId: ORGANIZATION,
    organizationalUnitPaths: [PATH],
    accounts: [WORKLOAD.account, '444455556666'],
  };

  test.each<[string, object]>([
    ['known', WORKLOAD],
    ['not known', {}],
  ])('are proven where the account of the stack is %s', (_, env) => {
    expect(validated(app => quickStart(new Stack(app, 'Training', { env }), { organization }))).toMatchObject({
      violations: [],
      error: undefined,
    });
  });
});

describe('guardrails by hand that Organizations would refuse', () => {
  test('are too long', () => {
    const result = validated(app => {
      const resources = Array.from(
        { length: 200 },
        (_, at) => `arn:aws:s3:::no-such-bucket-of-ours-${String(at).padStart(20, '0')}`,
      );
      refused(app, 'SERVICE_CONTROL_POLICY', {
        Version: '2012-10-17',
        Statement: [{ Sid: 'NoSuchBuckets', Effect: 'Deny', Action: 's3:DeleteBucket', Resource: resources }],
      });
      quickStart(new Stack(app, 'Training', { env: WORKLOAD }));
    });
    expect(said(result)).toContainEqual(
      expect.stringMatching(
        /^policy-sizes: the service control policy Management\/Policy is up to \d+ characters long when its names are filled in, allowed: 10240/,
      ),
    );
  });

  test('are not in the grammar of their type', () => {
    const result = validated(app => {
      refused(app, 'RESOURCE_CONTROL_POLICY', {
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'NoStrangers',
            Effect: 'Deny',
            Principal: '*',
            NotAction: 'sts:*',
            Resource: '*',
            Condition: {
              StringNotEqualsIfExists: { 'aws:PrincipalOrgID': ORGANIZATION },
              BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
            },
          },
        ],
      });
      quickStart(new Stack(app, 'Training', { env: WORKLOAD }), { organization: { organizationId: ORGANIZATION } });
    });
    expect(said(result)).toContainEqual(
      expect.stringMatching(
        /^guardrail-grammar: statement NoStrangers of the resource control policy Management\/Policy: a resource control policy names actions by their services/,
      ),
    );
  });
});
