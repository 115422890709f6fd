import { attachedGuardrails } from './attached-guardrails';
import { awsManagedPolicies } from './aws-managed-policies';
import { broadPrincipals } from './broad-principals';
import { conditionKeys } from './condition-keys';
import { credentialBinding } from './credential-binding';
import { defaultProtections } from './default-protections';
import { endpointPolicyGrammar } from './endpoint-policy-grammar';
import { furtherReaders } from './further-readers';
import { guardrailGrammar } from './guardrail-grammar';
import { instanceMetadata } from './instance-metadata';
import { isolatedSubnets } from './isolated-subnets';
import { launchTemplateVersions } from './launch-template-versions';
import { onlyOne } from './only-one';
import { policySizes } from './policy-sizes';
import { refusedGrants } from './refused-grants';
import { requestPath } from './request-path';
import type { Evidence, Finding, Rule } from './rule';
import type { RuleId } from './rule-metadata';
import { serviceDeliveries } from './service-deliveries';
import { setOperators } from './set-operators';
import { temporaryCredentials } from './temporary-credentials';
import { unreadParts } from './unread-parts';
import { usableKeys } from './usable-keys';

export { placedPolicies } from './placed-policies';
export type * from './rule';

/** The steps of the request flow. */
const STEP_RULES: readonly Rule[] = [instanceMetadata, temporaryCredentials, requestPath];

/** What neither the flow nor the properties look at. */
const LINT_RULES: readonly Rule[] = [
  isolatedSubnets,
  attachedGuardrails,
  awsManagedPolicies,
  broadPrincipals,
  conditionKeys,
  credentialBinding,
  defaultProtections,
  endpointPolicyGrammar,
  furtherReaders,
  guardrailGrammar,
  launchTemplateVersions,
  onlyOne,
  policySizes,
  refusedGrants,
  serviceDeliveries,
  setOperators,
  unreadParts,
  usableKeys,
];

/** The rules beside the properties, in the order in which they are reported. */
export const RULES: readonly Rule[] = [...STEP_RULES, ...LINT_RULES];

/** What breaks a rule. */
export interface RuleFinding extends Finding {
  readonly rule: RuleId;
}

/** What breaks the rules, in their order. */
export function findingsOf(evidence: Evidence): RuleFinding[] {
  return RULES.flatMap(({ id, check }) => check(evidence).map(finding => ({ rule: id, ...finding })));
}
