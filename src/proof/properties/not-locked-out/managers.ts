import { isProtected } from './protected';
import type { PolicyJson } from '../../../iam';
import { Dimension, narrowed, narrowedToUsual, NETWORK, PRINCIPAL, RequestPrincipal } from '../../candidate-request';
import { candidatesOf, RequestSlice } from '../../counterexample-search';
import { CREDENTIALS } from '../../dimensions';
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

/** What those who manage a resource do not choose. */
const GIVEN: readonly string[] = [PRINCIPAL, NETWORK, CREDENTIALS, 'transport'];

/**
 * The dimensions of requests of CloudFormation, an administrator and the root user. They are of the workload's
 * organization, and choose the rest as it suits: they ask in the Region of the resource, and set no header that somebody
 * denies.
 *
 * @param account whose they are, where only those of the owner manage
 */
export function managers(dimensions: readonly Dimension[], account?: string): readonly Dimension[] {
  const manages = ({ principal }: { readonly principal?: RequestPrincipal }) =>
    principal?.manages !== undefined && (account === undefined || principal.account === account);
  return narrowedToUsual(narrowed(dimensions, PRINCIPAL, manages), ({ name }) => GIVEN.includes(name));
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
  return first(candidatesOf(slice, authorizer.documents, [PRINCIPAL]), candidate => {
    const ruling = { candidate, decision: check.search.decide(candidate, authorizer) };
    return ruling.decision.verdict === 'ExplicitlyDenied' && !isProtected(check, space, ruling, authorizer)
      ? counterexample(check, ruling, 'not denied')
      : undefined;
  });
}
