import { exampleOf, isCreatable, ofIdentities, ofResources, Spared, sparedBy, withoutGuardrails } from './guardrails';
import { anyOf, asList } from '../../../iam';
import { PRINCIPAL, usualCandidate } from '../../candidate-request';
import { identity } from '../../principals';
import { about, counterexample, Finding, first, Property, PropertyCheck } from '../../property-check';

const NO_INSTANCE = {
  words: '',
  parts: { credentials: { instance: undefined } },
};

export const exemptions: Property = {
  id: 'guarded[exemptions]',
  inapplicable: withoutGuardrails,
  decide: check => {
    const { space } = check;
    const spared = sparedBy([...ofIdentities(space), ...ofResources(space)]);
    const open = spared.filter(({ pattern }) => isCreatable(pattern));
    if (!saysWhoMakesRoles(check)) {
      const names = new Set(open.map(({ pattern }) => pattern));
      names.forEach(name => check.assume(`nobody but who deploys makes a role called ${name}, which guardrails spare`));
      return [];
    }
    return about(
      space.input.name,
      first(open, each => creatable(check, each)),
    );
  },
};

/** Whether a guardrail says who makes roles: that there is none is a choice, that it has a gap is a hole. */
function saysWhoMakesRoles({ space }: PropertyCheck): boolean {
  return ofIdentities(space)
    .flatMap(({ Statement }) => asList(Statement))
    .some(({ Effect, Action }) => Effect === 'Deny' && anyOf(Action, each => /^iam:(\*|CreateRole)$/i.test(each)));
}

function creatable(check: PropertyCheck, { pattern, sid }: Spared): Finding {
  const { space, search } = check;
  const { partition, account } = space.input;
  const admin = identity('role Admin of the account', `arn:${partition}:iam::${account}:role/Admin`);
  const arn = exampleOf(pattern, partition, account);
  const words = `${arn}, which statement ${sid} spares`;
  const target = { words, arn, account, ...space.organizationOf(account) };
  const usual = usualCandidate('iam:CreateRole', target, space.dimensions(), { [PRINCIPAL]: admin });
  const candidate = { ...usual, classes: [...usual.classes, NO_INSTANCE] };
  const decision = search.decide(candidate, space.authorizers.guardrails());
  return decision.verdict === 'Allowed' ? counterexample(check, { candidate, decision }, 'denied') : undefined;
}
