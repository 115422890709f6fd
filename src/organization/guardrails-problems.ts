import { Guardrail, exactRoleProblems } from './guardrail';
import type { WorkloadsOuGuardrailsProps } from './workloads-ou-guardrails-props';
import { accountProblems, organizationIdProblems } from '../access';
import { isConcrete, Problem } from '../private';

const TARGET_ID = /^(ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}|\d{12})$/;
const ROLE_NAME = /^[\w+=,.@-]{1,64}$|^[\w+=,.@-]{6,63}\*$/;
const ROLE_ARN_PATTERN = /^arn:[a-z-]+:iam::(\d{12}|\*):role\/[\w+=,.@/*-]+$/;
const MOST_MESSAGE = 1_000;

/** What is wrong with the props of the guardrails, all of it, before anything is made. */
export function guardrailsProblems(props: WorkloadsOuGuardrailsProps): Problem[] {
  return [
    ...organizationIdProblems('organizationId', props.organizationId),
    ...targetProblems(props.targetIds),
    ...exactRoleProblems('exemptRoleArns', props.exemptRoleArns),
    ...deploymentRoleProblems(props.deploymentRoleNames),
    ...workloadRoleProblems(props.workloadRoleArns),
    ...accountProblems('resourceControl.trustedAccounts', props.resourceControl?.trustedAccounts),
    ...deputyProblems(props.resourceControl?.denyConfusedDeputies),
    ...declarativeProblems(props.declarativeEc2 ?? {}),
  ];
}

function targetProblems(targetIds: readonly string[]): Problem[] {
  const allowed = 'the ids of organizational units, such as ou-ab12-11111111, or of accounts';
  const fix = 'copy the id of the Workloads OU from the Organizations console; the root would bind every account';
  return [
    ...(targetIds.length === 0 ? [{ prop: 'targetIds', got: targetIds, allowed, fix }] : []),
    ...targetIds
      .filter(each => isConcrete(each) && !TARGET_ID.test(each))
      .map(got => ({ prop: 'targetIds', got, allowed, fix })),
  ];
}

function deploymentRoleProblems(names: readonly string[] | undefined): Problem[] {
  const allowed = 'names of roles, or at least 6 characters of a name with a wildcard at the end';
  const fix = 'name the roles that CloudFormation deploys with, such as cdk-hnb659fds-cfn-exec-role-*';
  const bad = (names ?? []).filter(each => isConcrete(each) && !ROLE_NAME.test(each));
  return [
    ...(names?.length === 0 ? [{ prop: 'deploymentRoleNames', got: names, allowed, fix }] : []),
    ...bad.map(got => ({ prop: 'deploymentRoleNames', got, allowed, fix })),
  ];
}

function workloadRoleProblems(arns: readonly string[] | undefined): Problem[] {
  const allowed = 'ARNs of roles, in which * stands for an account or a part of the name';
  const fix = 'write the path of the roles, as in arn:aws:iam::*:role/workloads/*, or leave it out for every role';
  const bad = (arns ?? []).filter(each => isConcrete(each) && !ROLE_ARN_PATTERN.test(each));
  return [
    ...(arns?.length === 0 ? [{ prop: 'workloadRoleArns', got: arns, allowed, fix }] : []),
    ...bad.map(got => ({ prop: 'workloadRoleArns', got, allowed, fix })),
  ];
}

/** Services that act in their own name have no role that could be spared. */
function deputyProblems(guardrail: Guardrail | undefined): Problem[] {
  return guardrail === undefined || guardrail.exemptRoleArns.length === 0
    ? []
    : [
        {
          prop: 'resourceControl.denyConfusedDeputies',
          got: guardrail.exemptRoleArns,
          allowed: 'Guardrail.on() or Guardrail.off()',
          fix: 'name the account on whose behalf the service acts in trustedAccounts',
        },
      ];
}

function declarativeProblems({
  exceptionMessage,
  instanceMetadataHopLimit: hops,
}: NonNullable<WorkloadsOuGuardrailsProps['declarativeEc2']>): Problem[] {
  return [
    ...(hops !== undefined && (!Number.isInteger(hops) || hops < 1 || hops > 64)
      ? [
          {
            prop: 'declarativeEc2.instanceMetadataHopLimit',
            got: hops,
            allowed: 'a whole number from 1 to 64',
            fix: 'use 1, or 2 where containers need credentials',
          },
        ]
      : []),
    ...(isConcrete(exceptionMessage) && (exceptionMessage === '' || exceptionMessage.length > MOST_MESSAGE)
      ? [
          {
            prop: 'declarativeEc2.exceptionMessage',
            got: `a text of ${exceptionMessage.length} characters`,
            allowed: `1 to ${MOST_MESSAGE} characters`,
            fix: 'write one sentence and an address',
          },
        ]
      : []),
  ];
}
