import { KEY_USES, keyActionsFor, OBJECT_ACTIONS } from '../../../iam';
import {
  CandidateRequest,
  Dimension,
  narrowed,
  narrowedToUsual,
  NETWORK,
  networkOf,
  PRINCIPAL,
  usualCandidate,
} from '../../candidate-request';
import { actionClasses } from '../../classes';
import { candidatesOf } from '../../counterexample-search';
import { isSpecific } from '../../grants';
import { isS3OfKey } from '../../networks';
import { KeyInput, policiesIn } from '../../proof-input';
import { arnOf, counterexample, eachOf, Finding, first, Property, PropertyCheck } from '../../property-check';
import type { RequestSpace } from '../../request-space';

/** As far as the role's access to the objects needs it. */
export const keys: Property = {
  id: 'works[keys]',
  inapplicable: ({ input }) => (input.keys.length === 0 ? 'no data bucket has a customer-managed key' : undefined),
  decide: check =>
    eachOf(check.space.input.keys, arnOf, key => {
      const { space, assume } = check;
      const needed = neededActions(check, key);
      const dimensions = usualDimensions(space, key);
      const policies = [...space.rolePolicies(), ...policiesIn([key.policy])];
      if (key.policy === 'unknown') {
        assume(`the policy of ${key.arn} lets the workload use the key through S3`);
      }
      return first(actionClasses(KEY_USES, policies, [[...needed]]), action => {
        const candidates = candidatesOf({ action, target: space.key(key), dimensions }, policies, [NETWORK]);
        return first(candidates, candidate => agreedOn(check, candidate, key, needed));
      });
    }),
};

function usualDimensions(space: RequestSpace, key: KeyInput): readonly Dimension[] {
  const affiliations = new Set(space.affiliations.map(({ name }) => name));
  const ofWorkload = narrowed(space.keyDimensions(key), PRINCIPAL, ({ principal }) => principal?.kind === 'workload');
  return narrowedToUsual(ofWorkload, ({ name }) => name === NETWORK || !affiliations.has(name));
}

function agreedOn(
  check: PropertyCheck,
  candidate: CandidateRequest,
  key: KeyInput,
  needed: ReadonlySet<string>,
): Finding {
  const { space, search } = check;
  const byRole = space.authorizers.role(key.account, 'key');
  const decision = search.decide(
    candidate,
    key.policy === 'unknown' ? byRole : space.authorizers.roleAndKey(key.policy),
  );
  const isNeeded = needed.has(candidate.action) && isS3OfKey(networkOf(candidate).viaService, key, space.input);
  const isNamed =
    isNeeded ||
    search.allows(candidate, byRole) ||
    (key.policy !== 'unknown' && isSpecific(search, space, candidate, space.authorizers.resource(key.policy, 'key')));
  return isNamed && decision.verdict !== 'Allowed'
    ? counterexample(check, { candidate, decision }, 'allowed')
    : undefined;
}

/** What S3 does with the key when the role does what it may do with the objects. */
function neededActions({ space, search }: PropertyCheck, key: KeyInput): ReadonlySet<string> {
  const buckets = space.input.buckets.filter(({ encryption }) => encryption?.keyArn === key.arn);
  const dimensions = narrowed(space.dimensions(), PRINCIPAL, ({ principal }) => principal?.kind === 'workload');
  const actions = OBJECT_ACTIONS.filter(action => keyActionsFor(action).length > 0);
  const isUsed = (action: string) =>
    buckets.some(bucket =>
      space
        .objects(bucket)
        .some(target =>
          search.allows(usualCandidate(action, target, dimensions), space.authorizers.role(bucket.account)),
        ),
    );
  return new Set(actions.filter(isUsed).flatMap(keyActionsFor));
}
