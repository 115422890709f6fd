import { memoize } from '../base';
import {
  asList,
  BUCKET_POLICY_ACTIONS,
  conditionsHold,
  decideView,
  Decision,
  matchPrincipal,
  OneOrMany,
  PolicyJson,
  PolicyKind,
  PolicyReference,
  PolicySet,
  PrincipalMatch,
  RequestView,
  StatementJson,
  supportsVariables,
} from '../iam';
import type { Authorizer } from './authorizers';
import {
  PRINCIPAL,
  Dimension,
  RequestClass,
  Exception,
  NETWORK,
  requestOf,
  CandidateRequest,
  Target,
} from './candidate-request';
import { keysOf } from './constants';
import { impossibleAmong } from './impossible';
import { Partition } from './partition';
import { conditionsOf, statementsAbout } from './statements';

/** A candidate, and how it was decided. */
export interface Ruling {
  readonly candidate: CandidateRequest;
  readonly decision: Decision;
}

/** Requests of one action on one target that differ in the classes of the dimensions. */
export interface RequestSlice {
  readonly action: string;
  readonly target: Target;
  readonly dimensions: readonly Dimension[];
}

/** Choices that are left of each dimension. */
type Box = ReadonlyArray<readonly RequestClass[]>;

/** What is searched for in a slice. */
interface Search extends RequestSlice {
  readonly authorizer: Authorizer;
  /** Requests that the claim says nothing about, and those that nobody can make. */
  readonly exceptions: readonly Exception[];
}

/** What a decision depends on. */
interface DecisionSupport {
  readonly keys: ReadonlySet<string>;
  readonly dimensions: ReadonlySet<string>;
}

/** Policies that a direct grant of the resource's policy makes up for. */
const OF_PRINCIPAL: ReadonlySet<PolicyKind> = new Set<PolicyKind>([
  'identity policy',
  'permissions boundary',
  'session policy',
]);

/** So few combinations are decided faster than the decision is explained in another way. */
const FEW = 12;

const NO_EXCEPTIONS: readonly Exception[] = [];

/** The same list for the same exceptions, so that what they tell apart is found once. */
const together = memoize((excepted: readonly Exception[]) =>
  memoize((impossible: readonly Exception[]) => [...excepted, ...impossible]),
);

/** Decides candidates, and counts. */
export class CounterexampleSearch {
  /** How many requests were decided. */
  public decisions = 0;
  /** How many combinations of classes that proves something about. */
  public combinations = 0;

  /** Decides one candidate. */
  public decide(candidate: CandidateRequest, authorizer: Authorizer): Decision {
    this.decisions++;
    return decideView(requestOf(candidate), authorizer.policies(candidate));
  }

  /** Whether a candidate is allowed. */
  public allows(candidate: CandidateRequest, authorizer: Authorizer): boolean {
    return this.decide(candidate, authorizer).verdict === 'Allowed';
  }

  /**
   * The first request of a slice that is not denied and should be.
   *
   * One decision covers many combinations. A statement that denies does so whatever the keys are that it does not
   * look at; and where no statement allows, only the keys of the statements that could allow matter. So the slice is
   * split along those dimensions alone that the support of a decision depend on, and what is left needs no decision:
   * a key that no statement in question mentions cannot change the outcome. Along a dimension, one class
   * stands for all that the policies cannot tell apart. A dimension without classes leaves no requests.
   */
  public firstAllowed(
    slice: RequestSlice,
    authorizer: Authorizer,
    excepted: readonly Exception[] = NO_EXCEPTIONS,
  ): Ruling | undefined {
    const exceptions = together(excepted)(impossibleAmong(slice.dimensions, slice.action));
    const dimensions = authorizer.requestPartition.classes(slice.dimensions, exceptions);
    if (dimensions.some(({ classes }) => classes.length === 0)) {
      return undefined;
    }
    return this.search(
      { ...slice, dimensions, authorizer, exceptions },
      dimensions.map(({ classes }) => classes),
    );
  }

  private search(search: Search, box: Box): Ruling | undefined {
    const { action, target, dimensions, authorizer, exceptions } = search;
    const candidate: CandidateRequest = { action, target, classes: box.map(([first]) => first) };
    const request = requestOf(candidate);
    const policies = authorizer.policies(candidate);
    const decision = decideView(request, policies);
    this.decisions++;
    const exception = decision.verdict === 'Allowed' ? exceptions.find(({ holds }) => holds(candidate)) : undefined;
    if (decision.verdict === 'Allowed' && exception === undefined) {
      return { candidate, decision };
    }
    const splits =
      exception === undefined
        ? this.splitsOf(decision, policies, request, search, box)
        : dimensions.map(({ name, classes }) => classes.length > 1 && name in exception.dimensions);
    this.combinations += covered(box, splits);
    let rest = box;
    for (let index = 0; index < dimensions.length; index++) {
      if (!splits[index]) {
        continue;
      }
      const others = rest[index].slice(1);
      if (others.length > 0) {
        const found = this.search(
          search,
          rest.map((classes, at) => (at === index ? others : classes)),
        );
        if (found !== undefined) {
          return found;
        }
      }
      rest = rest.map((classes, at) => (at === index ? classes.slice(0, 1) : classes));
    }
    return undefined;
  }

  /** Along which dimensions the rest of a box has to be looked at, after the decision about its first candidate. */
  private splitsOf(
    decision: Decision,
    policies: PolicySet,
    request: RequestView,
    { dimensions, action }: Search,
    box: Box,
  ): readonly boolean[] {
    const splits = splitsBy(supportOf(decision, policies, request, action), dimensions);
    const {
      verdict,
      decidedBy: [by],
    } = decision;
    if (verdict !== 'ExplicitlyDenied' || by.policyKind !== 'identity policy' || volume(box, splits) <= FEW) {
      return splits;
    }
    const others = this.splitsWithoutDenies(policies, request, dimensions);
    return others !== undefined && volume(box, others) < volume(box, splits) ? others : splits;
  }

  /** What a statement of the role denies may not be allowed in the first place: that can hold for more requests. */
  private splitsWithoutDenies(
    policies: PolicySet,
    request: RequestView,
    dimensions: readonly Dimension[],
  ): readonly boolean[] | undefined {
    const allowing = allowsOf(policies);
    const decision = decideView(request, allowing);
    this.decisions++;
    return decision.verdict === 'ImplicitlyDenied'
      ? splitsBy(supportOfAbsence(decision.decidedBy, allowing, request), dimensions)
      : undefined;
  }
}

/** The policies, with the Allows only of the identity policies. */
function allowsOf(policies: PolicySet): PolicySet {
  const known = ALLOWS.get(policies) ?? {
    ...policies,
    identityPolicies: policies.identityPolicies?.map(policy => ({
      ...policy,
      Statement: asList(policy.Statement).filter(({ Effect }) => Effect === 'Allow'),
    })),
  };
  ALLOWS.set(policies, known);
  return known;
}

/** Policies never change. */
const ALLOWS = new WeakMap<PolicySet, PolicySet>();

/** Which dimensions a decision with these support depends on. */
function splitsBy(support: DecisionSupport, dimensions: readonly Dimension[]): readonly boolean[] {
  return dimensions.map(
    ({ name, keys, gates, classes }) =>
      classes.length > 1 &&
      (support.dimensions.has(name) || overlap(keys, support.keys) || overlap(gates, support.keys)),
  );
}

/** How many combinations of classes the dimensions have that are split. */
function volume(box: Box, splits: readonly boolean[]): number {
  return box.reduce((product, classes, index) => (splits[index] ? product * classes.length : product), 1);
}

/**
 * The candidates of a slice that the policies could decide differently: every combination of the classes that the
 * statements on this action and target can tell apart.
 *
 * @param always the dimensions of which every class is looked at
 */
export function candidatesOf(
  { action, target, dimensions }: RequestSlice,
  documents: readonly PolicyJson[],
  always: readonly string[] = [],
): readonly CandidateRequest[] {
  const statements = documents.flatMap(document => statementsAbout(document, action, target.arn));
  const impossible = impossibleAmong(dimensions, action);
  const everything: Exception = {
    dimensions: Object.fromEntries(always.map(name => [name, 'everything'] as const)),
    holds: () => false,
  };
  const partitioned = new Partition(statements).classes(dimensions, [everything, ...impossible]);
  let combinations: RequestClass[][] = [[]];
  for (const { classes } of partitioned) {
    combinations = combinations.flatMap(chosen => classes.map(requestClass => [...chosen, requestClass]));
  }
  return combinations
    .map(classes => ({ action, target, classes }))
    .filter(candidate => !impossible.some(({ holds }) => holds(candidate)));
}

/** Where the documents of a kind of policy are in a set. */
const DOCUMENTS: Readonly<
  Record<PolicyKind, (policies: PolicySet, level: number) => OneOrMany<PolicyJson> | undefined>
> = {
  'resource control policy': policies => policies.resourceControlPolicies,
  'service control policy': (policies, level) => policies.serviceControlPolicies?.[level],
  'endpoint policy': policies => policies.endpointPolicy,
  'bucket policy': policies => policies.resourcePolicy,
  'key policy': policies => policies.resourcePolicy,
  'identity policy': policies => policies.identityPolicies,
  'permissions boundary': policies => policies.permissionsBoundary,
  'session policy': policies => policies.sessionPolicies,
  'root user': () => undefined,
};

/** The documents of a kind of policy in a set. */
export function documentsOf({ policyKind, level = 0 }: PolicyReference, policies: PolicySet): readonly PolicyJson[] {
  return asList(DOCUMENTS[policyKind](policies, level));
}

function supportOf(
  { verdict, decidedBy }: Decision,
  policies: PolicySet,
  request: RequestView,
  action: string,
): DecisionSupport {
  if (verdict === 'ImplicitlyDenied') {
    return supportOfAbsence(decidedBy, policies, request);
  }
  const [by] = decidedBy;
  const statement = asList(documentsOf(by, policies)[by.policyIndex ?? 0]?.Statement)[by.statementIndex ?? 0];
  const everybody =
    statement.Principal === '*' &&
    !BUCKET_POLICY_ACTIONS.includes(action) &&
    by.policyKind !== 'resource control policy';
  return { keys: keysOf(statement), dimensions: dimensionsOf(!everybody, by.policyKind === 'endpoint policy') };
}

/**
 * No statement allows. One that could does not because of its principals, or because of one of its conditions: as
 * long as the principal and the keys of that condition stay the same, nothing else can make it allow. Whether a
 * principal has policies of its own depends on the principal; where those lack an Allow, the resource's policy can
 * still grant the access directly. Nobody gets past an endpoint's or a key's policy without an Allow.
 */
function supportOfAbsence(
  lacking: readonly PolicyReference[],
  policies: PolicySet,
  request: RequestView,
): DecisionSupport {
  const keys = new Set<string>();
  const decisive = lacking.filter(({ policyKind }) => policyKind === 'endpoint policy' || policyKind === 'key policy');
  let byPrincipal = decisive.length === 0;
  const directly: readonly PolicyReference[] = lacking.some(({ policyKind }) => OF_PRINCIPAL.has(policyKind))
    ? [{ policyKind: 'bucket policy' }]
    : [];
  for (const kind of decisive.length > 0 ? decisive : [...lacking, ...directly]) {
    for (const document of documentsOf(kind, policies)) {
      for (const statement of statementsAbout(document, request.action, request.resource)) {
        if (statement.Effect !== 'Allow') {
          continue;
        }
        if (namesSomebody(statement)) {
          byPrincipal = true;
        }
        if (isMeant(statement, request)) {
          failingKeys(statement, request, supportsVariables(document)).forEach(key => keys.add(key));
        }
      }
    }
  }
  return {
    keys,
    dimensions: dimensionsOf(
      byPrincipal,
      lacking.some(({ policyKind }) => policyKind === 'endpoint policy'),
    ),
  };
}

/** Whether a statement is about some principals only. */
function namesSomebody({ Principal }: StatementJson): boolean {
  return Principal !== '*' && Principal !== undefined;
}

/** Whether a statement is about the principal of the request. */
function isMeant({ Principal }: StatementJson, { principal }: RequestView): boolean {
  return Principal === undefined || matchPrincipal(Principal, principal) !== PrincipalMatch.NONE;
}

/** The keys of the first condition that does not hold; all, if that is not what the statement fails by. */
function failingKeys(statement: StatementJson, { lookup }: RequestView, withVariables: boolean): ReadonlySet<string> {
  const failing = conditionsOf(statement).find(({ Condition }) => !conditionsHold(Condition, lookup, withVariables));
  return keysOf(failing ?? statement);
}

/**
 * How many combinations a decision covers: all along the dimensions that are not split, one class of each of
 * the others.
 */
function covered(box: Box, splits: readonly boolean[]): number {
  const size = ({ stands = 1 }: RequestClass) => stands;
  return box.reduce(
    (product, classes, index) =>
      product * (splits[index] ? size(classes[0]) : classes.reduce((sum, requestClass) => sum + size(requestClass), 0)),
    1,
  );
}

function dimensionsOf(principal: boolean, network: boolean): ReadonlySet<string> {
  return new Set([...(principal ? [PRINCIPAL] : []), ...(network ? [NETWORK] : [])]);
}

function overlap(some: ReadonlySet<string>, others: ReadonlySet<string>): boolean {
  for (const each of some) {
    if (others.has(each)) {
      return true;
    }
  }
  return false;
}
