import { KEY_USES, keyActionsFor, OBJECT_ACTIONS } from '../../iam';
import {
  PRINCIPAL,
  Dimension,
  narrowed,
  narrowedToUsual,
  NETWORK,
  networkOf,
  CandidateRequest,
  usualCandidate,
} from '../candidate-request';
import { actionClasses } from '../classes';
import { candidatesOf } from '../counterexample-search';
import { isSpecific } from '../grants';
import { isS3OfKey } from '../networks';
import { EXTERNAL_ACCOUNT } from '../principals';
import { KeyInput } from '../proof-input';
import { allDenied, Property, counterexample, Finding, first, PropertyCheck } from '../property-check';
import type { RequestSpace } from '../request-space';

const GRANT_FIX =
  "allow it through S3 (kms:ViaService) in the role's policy and in the key policy, for the workload's role; or take it out of both";
const EXCESS_FIX = "name the keys of the data buckets as the resources of the role's kms actions";

/** The role can use the keys of its buckets as far as its access to the objects needs it, and no other keys. */
export const keysWork: Property = check =>
  first(check.space.input.keys, key => {
    const { space } = check;
    const needed = neededActions(check, key);
    const usual = narrowedToUsual(
      workloadAxes(space, key),
      ({ name }) => name === NETWORK || !space.affiliations.some(each => each.name === name),
    );
    const policies = [...space.rolePolicies(), ...(key.policy === 'unknown' ? [] : [key.policy])];
    if (key.policy === 'unknown') {
      check.assume(`the policy of ${key.arn} lets the workload use the key through S3`);
    }
    return first(actionClasses(KEY_USES, policies, [[...needed]]), action => {
      const candidates = candidatesOf({ action, target: space.key(key), dimensions: usual }, policies, [NETWORK]);
      return first(candidates, candidate => agreedOn(check, candidate, key, needed));
    });
  }) ?? otherKeys(check);

function agreedOn(
  { space, search }: PropertyCheck,
  candidate: CandidateRequest,
  key: KeyInput,
  needed: ReadonlySet<string>,
): Finding {
  const authorizer =
    key.policy === 'unknown' ? space.authorizers.role(key.account, 'key') : space.authorizers.roleAndKey(key.policy);
  const decision = search.decide(candidate, authorizer);
  const isGranted = decision.verdict === 'Allowed';
  const isNeeded = needed.has(candidate.action) && isS3OfKey(networkOf(candidate).viaService, key, space.input);
  const isNamed =
    isNeeded ||
    search.allows(candidate, space.authorizers.role(key.account, 'key')) ||
    (key.policy !== 'unknown' && isSpecific(search, space, candidate, space.authorizers.resource(key.policy, 'key')));
  return isNamed && !isGranted ? counterexample({ candidate, decision }, 'allowed', GRANT_FIX) : undefined;
}

/** The role's own policies name their keys. */
const otherKeys: Property = ({ space, search }) => {
  const { partition, region, account } = space.input;
  const keys = [account, EXTERNAL_ACCOUNT].map((owner): KeyInput => ({
    arn: `arn:${partition}:kms:${region}:${owner}:key/another`,
    account: owner,
    policy: 'unknown',
    exclusive: false,
  }));
  return first(keys, key =>
    first(actionClasses(KEY_USES, space.rolePolicies()), action =>
      allDenied(
        search,
        { action, target: space.key(key), dimensions: workloadAxes(space, key) },
        space.authorizers.role(key.account, 'key'),
        EXCESS_FIX,
      ),
    ),
  );
};

/** What S3 does with the key when the role does what it may do with the objects. */
function neededActions({ space, search }: PropertyCheck, key: KeyInput): ReadonlySet<string> {
  const buckets = space.input.buckets.filter(({ encryption }) => encryption?.keyArn === key.arn);
  const dimensions = narrowed(space.dimensions(), PRINCIPAL, ({ principal }) => principal?.kind === 'workload');
  const actions = OBJECT_ACTIONS.filter(action => keyActionsFor(action).length > 0);
  return new Set(
    buckets.flatMap(bucket =>
      actions
        .filter(action =>
          space
            .objects(bucket)
            .some(target =>
              search.allows(usualCandidate(action, target, dimensions), space.authorizers.role(bucket.account)),
            ),
        )
        .flatMap(keyActionsFor),
    ),
  );
}

function workloadAxes(space: RequestSpace, key: KeyInput): readonly Dimension[] {
  return narrowed(space.keyDimensions(key), PRINCIPAL, ({ principal }) => principal?.kind === 'workload');
}
