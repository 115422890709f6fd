import type { PolicyJson } from '../../../iam';
import { Dimension, narrowed, narrowedToUsual, PRINCIPAL, RequestPrincipal } from '../../candidate-request';
import { candidatesOf, RequestSlice } from '../../counterexample-search';
import { counterexample, Counterexample, Finding, first, PropertyCheck } from '../../property-check';
import type { RequestSpace } from '../../request-space';

/**
 * What holds in every state that a deployment can pass or leave behind. Each resource has its own policy, and no other
 * policy counts for those who manage it: they have unlimited identity policies and come from outside the endpoint. So
 * the subsets of the template that are closed under its dependencies come down to: each policy on its own, absent or
 * present; and, on an update, also the previous one.
 */
export function inEachState(
  { space, previous }: PropertyCheck,
  find: (space: RequestSpace) => readonly Counterexample[],
): readonly Counterexample[] {
  const found = [space, ...(previous === undefined ? [] : [previous])].flatMap(find);
  return [...new Map([...found].reverse().map(each => [each.subject, each])).values()].reverse();
}

/** The dimensions of requests of CloudFormation, an administrator and the root user. */
export function managers(dimensions: readonly Dimension[]): readonly Dimension[] {
  const manages = ({ principal }: { readonly principal?: RequestPrincipal }) => principal?.manages !== undefined;
  return ofOwnOrganization(narrowed(dimensions, PRINCIPAL, manages));
}

/** The organization follows from the account, and those who manage are of the workload's. */
function ofOwnOrganization(dimensions: readonly Dimension[]): readonly Dimension[] {
  return narrowedToUsual(dimensions, ({ name }) => name !== 'organization' && name !== 'unit');
}

/** The first request of a slice that a policy denies. */
export function notDenied(
  check: PropertyCheck,
  space: RequestSpace,
  slice: RequestSlice,
  policy: PolicyJson | undefined,
  kind: 'bucket' | 'key' = 'bucket',
): Finding {
  const authorizer = space.authorizers.unguarded(policy, kind);
  return first(candidatesOf(slice, authorizer.documents), candidate => {
    const decision = check.search.decide(candidate, authorizer);
    return decision.verdict === 'ExplicitlyDenied'
      ? counterexample(check, { candidate, decision }, 'not denied')
      : undefined;
  });
}
