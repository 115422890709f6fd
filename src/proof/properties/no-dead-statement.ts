import {
  asList,
  attributeOf,
  attributesOf,
  conditionsHold,
  keysIn,
  matchStatement,
  nameOfPolicy,
  PolicyJson,
  PolicyReference,
  PrincipalMatch,
  StatementJson,
} from '../../iam';
import { OPEN_BUCKET } from '../authorizers';
import {
  PRINCIPAL,
  Dimension,
  RequestClass,
  Exception,
  only,
  partsOf,
  requestOf,
  CandidateRequest,
  Target,
  valueSaid,
} from '../candidate-request';
import { keysOf } from '../constants';
import { CounterexampleSearch, RequestSlice } from '../counterexample-search';
import { Document, documentsOf } from '../documents';
import { isOwnDeny } from '../own-denies';
import { Partition } from '../partition';
import { about, Counterexample, Finding, inPolicies, isEmpty, Property, PropertyCheck } from '../property-check';
import { conditionsOf, isAbout, isOn, statementsAbout } from '../statements';

/** So many candidates are tried for one action on one target. */
const MOST_SCENES = 4000;

/**
 * Of statements that can be decided whole: Allows of the services that are looked at, which let a request through that
 * is tried, and the library's own Denies. Where there are too many requests to try them all, that is assumed.
 */
export const noDeadStatement: Property = {
  id: 'no-dead-statement',
  decide: check => documentsOf(check.space).flatMap(document => deadIn(check, document)),
};

function deadIn(check: PropertyCheck, document: Document): readonly Counterexample[] {
  const statements = asList(document.policy.Statement);
  return statements.flatMap((_, index) => about(document.subject, alive(check, document, index)));
}

function alive({ assume, search, fix }: PropertyCheck, whole: Document, index: number): Finding {
  const statement = asList(whole.policy.Statement)[index];
  const document = byItself(whole, statement);
  const beside = asList(document.policy.Statement).filter(each => each !== statement);
  const without = { ...document.policy, Statement: beside };
  const tried = new Tried();
  if (isBeside(statement, whole) || isOfOldTls(statement) || matters(search, document, statement, without, tried)) {
    return undefined;
  }
  if (statement.Effect === 'Allow' && tried.met === undefined) {
    return undefined;
  }
  const name = `statement ${statement.Sid ?? `#${index + 1}`} of the ${document.name}`;
  if (tried.isCut) {
    return assume(
      `${name} changes a decision: ${MOST_SCENES} requests for one action on one target showed none, and there are more`,
    );
  }
  if (comparesInOrder(statement)) {
    return assume(`${name} changes a decision: of dates, numbers and addresses not all are tried`);
  }
  const request = `any request that ${name} is about`;
  const decidedBy = decidedWithout(search, document, index, without, tried);
  return { request, decision: 'the same with the statement and without it', expected: 'a difference', fix, decidedBy };
}

/** What allows without an Allow what it allows: there the statements after it are one further up. */
function decidedWithout(
  search: CounterexampleSearch,
  { authorizer, policy }: Document,
  index: number,
  without: PolicyJson,
  { met, allowed = met }: Tried,
): readonly PolicyReference[] | undefined {
  if (allowed === undefined) {
    return undefined;
  }
  const own = nameOfPolicy(policy);
  const isMoved = ({ source, statementIndex = -1 }: PolicyReference) =>
    source !== undefined && `${source.kind} ${source.place}` === own && statementIndex >= index;
  return inPolicies(search.decide(allowed, authorizer(without, allowed.target))).map(each =>
    isMoved(each) ? { ...each, statementIndex: (each.statementIndex ?? 0) + 1 } : each,
  );
}

/**
 * The policy in which a Deny has to matter. Its conditions on the principal's name - account, ARN, kind - are tied to
 * those of other Denies and to what a policy allows other accounts. Each of these holds by itself, whatever becomes of
 * the others, so that one is not dead because another keeps out the same principals.
 */
function byItself(document: Document, statement: StatementJson): Document {
  const names = namesIn(statement);
  if (statement.Effect !== 'Deny' || names.length === 0 || document.grants) {
    return document;
  }
  const inOtherWords = (each: StatementJson) =>
    each !== statement && each.Effect === 'Deny' && namesIn(each).some(key => !names.includes(key));
  const others = asList(document.policy.Statement).filter(each => !inOtherWords(each));
  return { ...document, policy: { ...document.policy, Statement: [...others, ...asList(OPEN_BUCKET.Statement)] } };
}

function namesIn(statement: StatementJson): readonly string[] {
  return [...keysOf(statement)].filter(key => NAMES.includes(attributeOf(key)));
}

/** The attributes that say who the principal is. */
const NAMES: readonly string[] = ['principal.identity', 'principal.organizationId', 'principal.organizationPaths'];

/** Whether something else than what is known here may need a statement: another service, another key, another tool. */
function isBeside(statement: StatementJson, { policy, targets }: Document): boolean {
  const { Effect, Action, NotAction, Resource } = statement;
  const resources = asList(Resource);
  const isOtherKey = (arn: string) => OTHER_KEY.test(arn) && targets.every(target => target.arn !== arn);
  const isOther = (action: string) => !OURS.includes(action.split(':')[0].toLowerCase());
  return (
    (Effect === 'Deny' && !isOwnDeny(statement, asList(policy.Statement))) ||
    NotAction !== undefined ||
    asList(Action).some(isOther) ||
    (resources.length > 0 && resources.every(isOtherKey))
  );
}

/** A key by its ARN: not a pattern, which can cover those of the data buckets. */
const OTHER_KEY = /^arn:[^:]*:kms:[^*?]+$/;

const OURS: readonly string[] = ['s3', 'kms', 'sts', 'iam'];

/** AWS does not speak what such a statement forbids; scanners ask for it all the same. */
function isOfOldTls({ Effect, Condition = {} }: StatementJson): boolean {
  const keys = Object.values(Condition).flatMap(each => Object.keys(each));
  return Effect === 'Deny' && keys.length > 0 && keys.every(key => key.toLowerCase() === 's3:tlsversion');
}

/** Whether a condition is about what lies before, after or between values, of which few are tried. */
function comparesInOrder({ Condition = {} }: StatementJson): boolean {
  return Object.keys(Condition).some(operator => /(Date|Numeric|IpAddress)/i.test(operator));
}

/** Whether requests were left out because there were too many. */
class Tried {
  public isCut = false;
  /** One of them that the statement is about. */
  public met?: CandidateRequest;
  /** One of these that is allowed: what allows it is what makes the statement dead. */
  public allowed?: CandidateRequest;
}

/**
 * Most statements show where only what they look at themselves varies; the others, where what those vary that are
 * about the same.
 */
function matters(
  search: CounterexampleSearch,
  document: Document,
  statement: StatementJson,
  without: PolicyJson,
  tried: Tried,
): boolean {
  const targets = document.targets.filter(({ arn }) => isOn(statement, arn));
  const slices = targets.flatMap(target =>
    document
      .actionsOn(target, statement)
      .filter(action => isAbout(statement, action, target.arn) && isGrantable(document, action, target))
      .map((action): RequestSlice => ({ action, target, dimensions: document.dimensionsOf(target) })),
  );
  const alone = new Partition([statement]);
  const few = new Tried();
  if (slices.some(slice => differs(search, document, statement, without, seenBy(alone, statement, slice), few))) {
    return true;
  }
  tried.met = few.met;
  tried.allowed = few.allowed;
  if (statement.Effect === 'Deny') {
    return slices.some(slice => isNeeded(search, document, statement, without, slice));
  }
  return slices.some(slice =>
    differs(search, document, statement, without, seenBy(sightOn(document.policy, slice), statement, slice), tried),
  );
}

function seenBy(
  requestPartition: Partition,
  statement: StatementJson,
  { action, target, dimensions }: RequestSlice,
): RequestSlice {
  return { action, target, dimensions: whereItHolds(statement, requestPartition.classes(dimensions), target) };
}

function sightOn(policy: PolicyJson, { action, target }: RequestSlice): Partition {
  return new Partition(statementsAbout(policy, action, target.arn));
}

/** Whether the policy without a Deny allows something that the statement denies. */
function isNeeded(
  search: CounterexampleSearch,
  document: Document,
  statement: StatementJson,
  without: PolicyJson,
  { action, target, dimensions }: RequestSlice,
): boolean {
  const keys = keysOf(statement);
  const seen = dimensions.filter(each => each.name === PRINCIPAL || [...each.keys].some(key => keys.has(key)));
  const except: Exception = {
    dimensions: Object.fromEntries(seen.map(({ name }) => [name, 'everything'])),
    holds: candidate => !matches(document, statement, candidate),
  };
  const slice = { action, target, dimensions: whereItHolds(statement, dimensions, target) };
  return !isEmpty(slice) && search.firstAllowed(slice, document.authorizer(without, target), [except]) !== undefined;
}

function matches({ principals }: Document, statement: StatementJson, candidate: CandidateRequest): boolean {
  return (
    matchStatement(statement, requestOf(candidate), { principals, withVariables: true, hasBoundary: false }) !==
    PrincipalMatch.NONE
  );
}

/**
 * The dimensions without the classes that a condition of the statement rules out by themselves: there it says
 * nothing.
 */
function whereItHolds(
  statement: StatementJson,
  dimensions: readonly Dimension[],
  target: Target,
): readonly Dimension[] {
  const parts = conditionsOf(statement).map(part => ({ ...part, keys: [...keysOf(part)] }));
  const fixed = new Set(keysIn(attributesOf(partsOf(target))));
  return dimensions.map(dimension => {
    const others = new Set(dimensions.filter(each => each !== dimension).flatMap(({ keys }) => [...keys]));
    const isDecided = (key: string) => dimension.keys.has(key) && !others.has(key) && !fixed.has(key);
    const own = parts.filter(({ keys }) => keys.every(isDecided));
    const valueOf = (requestClass: RequestClass) => (key: string) => valueSaid(requestClass, key);
    return own.length === 0
      ? dimension
      : only(dimension, requestClass =>
          own.every(({ Condition }) => conditionsHold(Condition, valueOf(requestClass), true)),
        );
  });
}

function isGrantable({ grants, policy, others = [] }: Document, action: string, { arn }: Target): boolean {
  const mayAllow = (each: PolicyJson) => statementsAbout(each, action, arn).some(({ Effect }) => Effect === 'Allow');
  return !grants || [policy, ...others].some(mayAllow);
}

function differs(
  search: CounterexampleSearch,
  document: Document,
  statement: StatementJson,
  without: PolicyJson,
  slice: RequestSlice,
  tried: Tried,
): boolean {
  const isAllow = statement.Effect === 'Allow';
  const [needed, other] = isAllow ? [document.policy, without] : [without, document.policy];
  const ways = [document.authorizer, ...(isAllow ? [document.alone ?? []].flat() : [])].map(
    way => [way(needed, slice.target), way(other, slice.target)] as const,
  );
  for (const candidate of candidates(slice, tried)) {
    if (!matches(document, statement, candidate)) {
      continue;
    }
    tried.met ??= candidate;
    const allowing = ways.filter(([one]) => search.allows(candidate, one));
    if (allowing.some(([, two]) => !search.allows(candidate, two))) {
      return true;
    }
    tried.allowed ??= allowing.length > 0 ? candidate : undefined;
  }
  return false;
}

function* candidates({ action, target, dimensions }: RequestSlice, tried: Tried): Generator<CandidateRequest> {
  let left = MOST_SCENES;
  for (const classes of product(dimensions)) {
    if (left-- === 0) {
      tried.isCut = true;
      return;
    }
    yield { action, target, classes };
  }
}

/** Every combination; the last dimension varies fastest. */
function* product(dimensions: readonly Dimension[]): Generator<readonly RequestClass[]> {
  if (dimensions.some(({ classes }) => classes.length === 0)) {
    return;
  }
  const positions = dimensions.map(() => 0);
  for (let last = 0; last >= 0;) {
    yield dimensions.map(({ classes }, index) => classes[positions[index]]);
    last = dimensions.length - 1;
    while (last >= 0 && ++positions[last] === dimensions[last].classes.length) {
      positions[last--] = 0;
    }
  }
}
