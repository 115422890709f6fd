import { BadInput, line } from './bad-input';
import { Guardrail, WorkloadsOuGuardrails, WorkloadsOuGuardrailsProps } from '../../src';
import { newStack } from '../support/resources';

const ROLE = [
  'the exact ARN of a role, with its account and path and without wildcards',
  'name the role, not a session of it, as in arn:aws:iam::111122223333:role/path/Name',
] as const;
const TARGET = [
  'the ids of organizational units, such as ou-ab12-11111111, or of accounts',
  'copy the id of the Workloads OU from the Organizations console; the root would bind every account',
] as const;
const DEPLOYER = [
  'names of roles, or at least 6 characters of a name with a wildcard at the end',
  'name the roles that CloudFormation deploys with, such as cdk-hnb659fds-cfn-exec-role-*',
] as const;
const WORKLOAD = [
  'ARNs of roles, in which * stands for an account or a part of the name',
  'write the path of the roles, as in arn:aws:iam::*:role/workloads/*, or leave it out for every role',
] as const;
const ACCOUNTS = ['account ids of 12 digits', 'copy the ids from the Organizations console, as texts'] as const;

type Fault = readonly [prop: string, got: string, allowed: string, fix: string];

function guardrails(name: string, props: Partial<WorkloadsOuGuardrailsProps>, ...problems: readonly Fault[]): BadInput {
  return {
    name: `guardrails ${name}`,
    act: () =>
      new WorkloadsOuGuardrails(newStack(), 'Guardrails', {
        organizationId: 'o-a1b2c3d4e5',
        targetIds: ['ou-ab12-11111111'],
        ...props,
      }),
    error: problems.map(problem => line('Training/Guardrails', ...problem)),
  };
}

const target = (name: string, value: string) =>
  guardrails(`for ${name}`, { targetIds: [value] }, ['targetIds', JSON.stringify(value), ...TARGET]);

const exempt = (name: string, value: string): BadInput => ({
  name: `a guardrail that spares ${name}`,
  act: () => Guardrail.exempting([value]),
  error: [line('Guardrail.exempting', 'roleArns', JSON.stringify(value), ...ROLE)],
});

const many = Array.from({ length: 300 }, (_, at) => `arn:aws:iam::111122223333:role/${'x'.repeat(40)}${at}`);

/** Guardrails that would not hold, or that Organizations would refuse. */
export const GUARDRAILS: readonly BadInput[] = [
  guardrails('of no organization', { organizationId: 'mine' }, [
    'organizationId',
    '"mine"',
    'o- and 10 to 32 lower-case letters or digits',
    'copy the id from the Organizations console',
  ]),
  guardrails('for nobody', { targetIds: [] }, ['targetIds', 'an empty list', ...TARGET]),
  target('the root of the organization', 'r-ab12'),
  target('a path of units', 'o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/'),
  target('a name', 'Workloads'),
  guardrails('that spare a role with a wildcard', { exemptRoleArns: ['arn:aws:iam::111122223333:role/*'] }, [
    'exemptRoleArns',
    '"arn:aws:iam::111122223333:role/*"',
    ...ROLE,
  ]),
  guardrails('with a deployment role of everything', { deploymentRoleNames: ['*'] }, [
    'deploymentRoleNames',
    '"*"',
    ...DEPLOYER,
  ]),
  guardrails('with a deployment role of a short stem', { deploymentRoleNames: ['cdk-*'] }, [
    'deploymentRoleNames',
    '"cdk-*"',
    ...DEPLOYER,
  ]),
  guardrails('with the ARN of a deployment role', { deploymentRoleNames: ['arn:aws:iam::111122223333:role/Deploy'] }, [
    'deploymentRoleNames',
    '"arn:aws:iam::111122223333:role/Deploy"',
    ...DEPLOYER,
  ]),
  guardrails('without deployment roles', { deploymentRoleNames: [] }, [
    'deploymentRoleNames',
    'an empty list',
    ...DEPLOYER,
  ]),
  guardrails('with workload roles by their names', { workloadRoleArns: ['Training-*'] }, [
    'workloadRoleArns',
    '"Training-*"',
    ...WORKLOAD,
  ]),
  guardrails('without workload roles', { workloadRoleArns: [] }, ['workloadRoleArns', 'an empty list', ...WORKLOAD]),
  guardrails('that trust something that is no account', { resourceControl: { trustedAccounts: ['1111'] } }, [
    'resourceControl.trustedAccounts',
    '"1111"',
    ...ACCOUNTS,
  ]),
  guardrails(
    'that spare a role where services act',
    { resourceControl: { denyConfusedDeputies: Guardrail.exempting(['arn:aws:iam::111122223333:role/A']) } },
    [
      'resourceControl.denyConfusedDeputies',
      '"arn:aws:iam::111122223333:role/A"',
      'Guardrail.on() or Guardrail.off()',
      'name the account on whose behalf the service acts in trustedAccounts',
    ],
  ),
  guardrails('with a hop limit of 0', { declarativeEc2: { instanceMetadataHopLimit: 0 } }, [
    'declarativeEc2.instanceMetadataHopLimit',
    '0',
    'a whole number from 1 to 64',
    'use 1, or 2 where containers need credentials',
  ]),
  guardrails('with an empty message', { declarativeEc2: { exceptionMessage: '' } }, [
    'declarativeEc2.exceptionMessage',
    '"a text of 0 characters"',
    '1 to 1000 characters',
    'write one sentence and an address',
  ]),
  guardrails(
    'with several faults, all in one error',
    { organizationId: 'o-1', targetIds: ['r-ab12'] },
    [
      'organizationId',
      '"o-1"',
      'o- and 10 to 32 lower-case letters or digits',
      'copy the id from the Organizations console',
    ],
    ['targetIds', '"r-ab12"', ...TARGET],
  ),
  {
    name: 'guardrails with exemptions past the quotas of Organizations',
    act: () =>
      new WorkloadsOuGuardrails(newStack(), 'Guardrails', {
        organizationId: 'o-a1b2c3d4e5',
        targetIds: ['ou-ab12-11111111'],
        exemptRoleArns: many,
      }),
    error: [
      /^Training\/Guardrails: serviceControl: got "a policy of \d+ characters", allowed: 10240 characters, fix: /,
      /^Training\/Guardrails: serviceControl: got "\d+ policies", allowed: 9 policies for one target, beside those of AWS, fix: /,
    ],
  },
  exempt('every role', 'arn:aws:iam::111122223333:role/*'),
  exempt('a role of every account', 'arn:aws:iam::*:role/BreakGlass'),
  exempt('a session', 'arn:aws:sts::111122223333:assumed-role/BreakGlass/me'),
  exempt('the root user', 'arn:aws:iam::111122223333:root'),
  {
    name: 'a guardrail that spares nobody by exemption',
    act: () => Guardrail.exempting([]),
    error: [
      line('Guardrail.exempting', 'roleArns', 'an empty list', 'one ARN or more', 'use Guardrail.on() to spare nobody'),
    ],
  },
];
