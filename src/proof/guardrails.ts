import { documentOf } from './policy-sources';
import type { ProofInput } from './proof-input';
import { DeclarationModel, Environment, GuardrailModel, isSymbolic } from '../cloudformation';
import { asList, PolicyJson } from '../iam';

/** The guardrails of a workload, and what is assumed about where its account is. */
export interface WorkloadGuardrails extends Pick<ProofInput, 'serviceControlPolicies' | 'resourceControlPolicies'> {
  readonly assumptions: readonly string[];
}

/** What AWS attaches everywhere, and leaves to the organization to detach. */
const FULL_ACCESS: PolicyJson = {
  Version: '2012-10-17',
  Statement: [{ Sid: 'FullAWSAccess', Effect: 'Allow', Action: '*', Resource: '*' }],
};

const ACCOUNT = /^\d{12}$/;

/**
 * The guardrails of the assembly that restrict a workload. Which unit its account is in is not in the assembly: where
 * the workload names units, the policies that are attached to one of these count, and otherwise all do.
 */
export function guardrailsFor(
  all: readonly GuardrailModel[],
  { account, partition }: Environment,
  declaration: DeclarationModel | undefined,
): WorkloadGuardrails {
  const guardrails = all.flatMap(each => inPartition(each, partition));
  const targets = targetsOf(guardrails, account, declaration?.organizationalUnitPaths ?? []);
  const attached = (kind: GuardrailModel['kind'], target: string) =>
    guardrails
      .filter(each => each.kind === kind && each.targets.includes(target))
      .map(({ policy }) => documentOf(policy, kind));
  const levels = targets.map(target => attached('service control policy', target)).filter(({ length }) => length > 0);
  const ofResources = [...new Set(targets.flatMap(target => attached('resource control policy', target)))];
  return {
    ...(levels.length === 0 ? {} : { serviceControlPolicies: levels.map(withFullAccess) }),
    ...(ofResources.length === 0 ? {} : { resourceControlPolicies: ofResources }),
    assumptions: targets.filter(target => target !== account).map(target => `account ${account} under ${target}`),
  };
}

/** An organization is in one partition: where one of the two is not known, it is that of the other. */
function inPartition(guardrail: GuardrailModel, partition: string): readonly GuardrailModel[] {
  if (guardrail.partition === partition) {
    return [guardrail];
  }
  if (!isSymbolic(guardrail.partition) && !isSymbolic(partition)) {
    return [];
  }
  const document = JSON.parse(
    JSON.stringify(guardrail.policy.document).replaceAll(`"arn:${guardrail.partition}:`, `"arn:${partition}:`),
  ) as PolicyJson;
  return [{ ...guardrail, policy: { ...guardrail.policy, document } }];
}

function targetsOf(
  guardrails: readonly GuardrailModel[],
  account: string,
  paths: readonly string[],
): readonly string[] {
  const isElsewhere = (target: string) => ACCOUNT.test(account) && ACCOUNT.test(target) && target !== account;
  const all = [...new Set(guardrails.flatMap(({ targets }) => targets))].filter(target => !isElsewhere(target));
  const named = all.filter(target => target === account || paths.some(path => path.split('/').includes(target)));
  return named.length > 0 ? named : all;
}

/** A level without an Allow of its own has the one of AWS: its Denies are a list of exceptions. */
function withFullAccess(policies: readonly PolicyJson[]): readonly PolicyJson[] {
  const allows = policies.flatMap(({ Statement }) => asList(Statement)).some(({ Effect }) => Effect === 'Allow');
  return allows ? policies : [FULL_ACCESS, ...policies];
}
