import type { Evidence, Finding, Rule } from './rule';
import { nameOf } from '../cloudformation';

/**
 * A guardrail that is attached to nothing is not in force, and is proven by nothing.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_policies_attach.html
 */
export const attachedGuardrails: Rule = { id: 'attached-guardrails', check: findings };

function findings({ model }: Evidence): Finding[] {
  return model.unattachedGuardrails.map(where => ({
    where,
    description: `${nameOf(where)} is attached to nothing: it is not in force, and nothing here relies on it`,
    fix: 'name the root, the units or the accounts in its TargetIds',
    isDoubt: true,
  }));
}
