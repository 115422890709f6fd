import { isPlanned } from './planned';
import { Decision, KEY_USES, keyActionsFor, OBJECT_ACTIONS } from '../../../iam';
import type { Authorizer } from '../../authorizers';
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
import { candidatesOf, Ruling } from '../../counterexample-search';
import { isSpecific } from '../../grants';
import { isS3OfKey } from '../../networks';
import { KeyInput, policiesIn } from '../../proof-input';
import {
  arnOf,
  counterexample,
  eachOf,
  Finding,
  first,
  inPolicies,
  Property,
  PropertyCheck,
} from '../../property-check';
import type { RequestSpace } from '../../request-space';
import { isTime } from '../../times';

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
        return first(candidates, candidate => agreedOn(check, { candidate, candidates, dimensions }, key, needed));
      });
    }),
};

/**
 * S3 speaks TLS with KMS, as everybody has to.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/infrastructure-security.html
 */
function usualDimensions(space: RequestSpace, key: KeyInput): readonly Dimension[] {
  const usual = new Set([...space.affiliations, space.transports].map(({ name }) => name));
  const ofWorkload = narrowed(space.keyDimensions(key), PRINCIPAL, ({ principal }) => principal?.kind === 'workload');
  return narrowedToUsual(ofWorkload, ({ name }) => name === NETWORK || !usual.has(name));
}

/** A request on a key, among those that differ from it. */
interface AskedOfKey {
  readonly candidate: CandidateRequest;
  readonly candidates: readonly CandidateRequest[];
  readonly dimensions: readonly Dimension[];
}

function agreedOn(check: PropertyCheck, asked: AskedOfKey, key: KeyInput, needed: ReadonlySet<string>): Finding {
  const { space, search } = check;
  const { candidate } = asked;
  const byRole = space.authorizers.role(key.account, 'key');
  const authorizer = authorizerOf(key, byRole, space);
  const decision = search.decide(candidate, authorizer);
  const isNeeded = needed.has(candidate.action) && isS3OfKey(networkOf(candidate).viaService, key, space.input);
  const ofRole = search.decide(candidate, byRole);
  const isNamed =
    isNeeded ||
    ofRole.verdict === 'Allowed' ||
    (key.policy !== 'unknown' && isSpecific(search, space, candidate, space.authorizers.resource(key.policy, 'key')));
  return isNamed && decision.verdict !== 'Allowed' && !(isNeeded && isAllowedOtherwise(check, asked, authorizer))
    ? beside(unlessPlanned(check, { candidate, decision }, asked, authorizer), isNeeded ? undefined : ofRole)
    : undefined;
}

function authorizerOf({ policy }: KeyInput, byRole: Authorizer, { authorizers }: RequestSpace): Authorizer {
  return policy === 'unknown' ? byRole : authorizers.roleAndKey(policy);
}

/** What the workload does not need, its role allows too much. */
function beside(found: Finding, ofRole: Decision | undefined): Finding {
  const allowing = ofRole?.verdict === 'Allowed' ? inPolicies(ofRole) : [];
  return found && { ...found, decidedBy: [...allowing, ...(found.decidedBy ?? [])] };
}

function unlessPlanned(check: PropertyCheck, ruling: Ruling, asked: AskedOfKey, authorizer: Authorizer): Finding {
  const isAllowed = (each: CandidateRequest) => check.search.allows(each, authorizer);
  return isPlanned(check, ruling, asked.candidates, isAllowed) ? undefined : counterexample(check, ruling, 'allowed');
}

/**
 * Whether the workload may use the key the same way and at the same time with other things that it says of itself, such
 * as those that the credentials of its instance have.
 */
function isAllowedOtherwise(
  { search }: PropertyCheck,
  { candidate, candidates, dimensions }: AskedOfKey,
  authorizer: Authorizer,
): boolean {
  const isFixed = dimensions.map(({ name }) => name === NETWORK || name.startsWith('kms:') || isTime(name));
  const isSame = ({ classes }: CandidateRequest) =>
    classes.every((each, at) => !isFixed[at] || each === candidate.classes[at]);
  return candidates.some(other => other !== candidate && isSame(other) && search.allows(other, authorizer));
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
