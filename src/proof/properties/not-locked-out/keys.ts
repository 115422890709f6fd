import { inEachState } from './managers';
import { isProtected } from './protected';
import type { PolicyJson } from '../../../iam';
import { CandidateRequest, narrowedToUsual, PRINCIPAL, RequestClass } from '../../candidate-request';
import { candidatesOf, RequestSlice } from '../../counterexample-search';
import { KeyInput } from '../../proof-input';
import { arnOf, counterexample, Counterexample, eachOf, Finding, first, PropertyCheck } from '../../property-check';
import type { RequestSpace } from '../../request-space';

/** A key in a state of a deployment. */
export interface KeyState {
  readonly space: RequestSpace;
  readonly key: KeyInput;
  readonly policy: PolicyJson;
}

/** A finding for each key whose policy is known, in whatever state. */
export function eachKey(check: PropertyCheck, find: (state: KeyState) => Finding): readonly Counterexample[] {
  return inEachState(check, space =>
    eachOf(space.input.keys, arnOf, key => {
      const { policy } = key;
      return policy === 'unknown' ? undefined : find({ space, key, policy });
    }),
  );
}

/** The first request of a slice that a key policy does not allow: a key always has a policy, so it has to. */
export function allowed(
  check: PropertyCheck,
  space: RequestSpace,
  { action, target, dimensions }: RequestSlice,
  policy: PolicyJson,
  more: readonly RequestClass[] = [],
): Finding {
  const authorizer = space.authorizers.unguarded(policy, 'key');
  const usual = narrowedToUsual(dimensions, ({ name }) => name === PRINCIPAL);
  return first(
    candidatesOf({ action, target, dimensions: usual }, authorizer.documents, [PRINCIPAL]),
    ({ classes }) => {
      const candidate: CandidateRequest = { action, target, classes: [...classes, ...more] };
      const ruling = { candidate, decision: check.search.decide(candidate, authorizer) };
      const { verdict } = ruling.decision;
      return verdict === 'Allowed' || (verdict === 'ExplicitlyDenied' && isProtected(check, space, ruling, authorizer))
        ? undefined
        : counterexample(check, ruling, 'allowed');
    },
  );
}

/** Why nothing is to be decided about keys. */
export function withoutKeys({ input: { keys } }: RequestSpace): string | undefined {
  return keys.length === 0 ? 'no data bucket has a customer-managed key' : undefined;
}
