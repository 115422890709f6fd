import { Decision, PolicyJson, PolicyKind, PolicyReference, PolicySet, StatementJson } from '../iam';
import { keysOf } from './constants';
import type { Court } from './authorizers';
import { ACTOR, Axis, Choice, Exception, NETWORK, requestOf, Scene, Target } from './candidate-request';
import { Sight } from './partition';
import { conditionsOf, isAbout } from './statements';
import { conditionsHold } from '../iam/conditions';
import { decideView } from '../iam/decide';
import { asList, supportsVariables } from '../iam/document';
import { matchPrincipal, PrincipalMatch } from '../iam/principal';
import type { RequestView } from '../iam/request';

/** A scene, and how it was decided. */
export interface Ruling {
  readonly scene: Scene;
  readonly decision: Decision;
}

/** Requests of one action on one target that differ in the choices of the axes. */
export interface Space {
  readonly action: string;
  readonly target: Target;
  readonly axes: readonly Axis[];
}

/** Choices that are left of each axis. */
type Box = ReadonlyArray<readonly Choice[]>;

/** What is searched for in a space. */
interface Search extends Space {
  readonly court: Court;
  readonly except?: Exception;
}

/** What a decision depends on. */
interface Grounds {
  readonly keys: ReadonlySet<string>;
  readonly axes: ReadonlySet<string>;
}

/** Policies that a direct grant of the resource's policy makes up for. */
const OF_PRINCIPAL: ReadonlySet<PolicyKind> = new Set<PolicyKind>(['identity policy', 'permissions boundary', 'session policy']);

/** So few combinations are decided faster than the decision is explained in another way. */
const FEW = 12;

const BUCKET_POLICY_ACTIONS: ReadonlySet<string> = new Set(['s3:GetBucketPolicy', 's3:PutBucketPolicy', 's3:DeleteBucketPolicy']);

/** Decides scenes, and counts. */
export class Judge {
  /** How many requests were decided. */
  public decisions = 0;
  /** How many combinations of classes that proves something about. */
  public combinations = 0;

  /** Decides one scene. */
  public decide(scene: Scene, court: Court): Decision {
    this.decisions++;
    return decideView(requestOf(scene), court.policies(scene));
  }

  /** Whether a scene is allowed. */
  public allows(scene: Scene, court: Court): boolean {
    return this.decide(scene, court).verdict === 'Allowed';
  }

  /**
   * The first request of a space that is not denied and should be.
   *
   * One decision covers many combinations. A statement that denies does so whatever the keys are that it does not look at; and where no
   * statement allows, only the keys of the statements that could allow matter. So the space is split along those axes alone that the grounds
   * of a decision depend on, and what is left needs no decision: a key that no statement in question mentions cannot change the outcome. Along
   * an axis, one choice stands for all that the policies cannot tell apart.
   */
  public firstAllowed(space: Space, court: Court, except?: Exception): Ruling | undefined {
    const axes = court.sight.classes(space.axes, except);
    return this.search({ ...space, axes, court, except }, axes.map(({ choices }) => choices));
  }

  private search(search: Search, box: Box): Ruling | undefined {
    const { action, target, axes, court, except } = search;
    const scene: Scene = { action, target, choices: box.map(([first]) => first) };
    const request = requestOf(scene);
    const policies = court.policies(scene);
    const decision = decideView(request, policies);
    this.decisions++;
    const excepted = decision.verdict === 'Allowed' && except?.holds(scene) === true;
    if (decision.verdict === 'Allowed' && !excepted) return { scene, decision };
    const splits = excepted ? axes.map(({ name, choices }) => choices.length > 1 && except !== undefined && name in except.axes)
      : this.splitsOf(decision, policies, request, search, box);
    this.combinations += covered(box, splits);
    let rest = box;
    for (let index = 0; index < axes.length; index++) {
      if (!splits[index]) continue;
      const others = rest[index].slice(1);
      if (others.length > 0) {
        const found = this.search(search, rest.map((choices, at) => at === index ? others : choices));
        if (found !== undefined) return found;
      }
      rest = rest.map((choices, at) => at === index ? choices.slice(0, 1) : choices);
    }
    return undefined;
  }

  /** Along which axes the rest of a box has to be looked at, after the decision about its first scene. */
  private splitsOf(decision: Decision, policies: PolicySet, request: RequestView, { axes, action }: Search, box: Box): readonly boolean[] {
    const splits = splitsBy(groundsOf(decision, policies, request, action), axes);
    const { verdict, decidedBy: [by] } = decision;
    if (verdict !== 'ExplicitlyDenied' || by.policyKind !== 'identity policy' || volume(box, splits) <= FEW) return splits;
    const others = this.splitsWithoutDenies(policies, request, axes);
    return others !== undefined && volume(box, others) < volume(box, splits) ? others : splits;
  }

  /** What a statement of the role denies may not be allowed in the first place: that can hold for more requests. */
  private splitsWithoutDenies(policies: PolicySet, request: RequestView, axes: readonly Axis[]): readonly boolean[] | undefined {
    const allowing = allowsOf(policies);
    const decision = decideView(request, allowing);
    this.decisions++;
    return decision.verdict === 'ImplicitlyDenied' ? splitsBy(groundsOfAbsence(decision.decidedBy, allowing, request), axes) : undefined;
  }
}

/** The policies, with the Allows only of the identity policies. */
function allowsOf(policies: PolicySet): PolicySet {
  const known = ALLOWS.get(policies) ?? {
    ...policies,
    identityPolicies: policies.identityPolicies?.map(policy => ({ ...policy, Statement: asList(policy.Statement).filter(({ Effect }) => Effect === 'Allow') })),
  };
  ALLOWS.set(policies, known);
  return known;
}

/** Policies never change. */
const ALLOWS = new WeakMap<PolicySet, PolicySet>();

/** Which axes a decision with these grounds depends on. */
function splitsBy(grounds: Grounds, axes: readonly Axis[]): readonly boolean[] {
  return axes.map(({ name, keys, choices }) => choices.length > 1 && (grounds.axes.has(name) || overlap(keys, grounds.keys)));
}

/** How many combinations of choices the axes have that are split. */
function volume(box: Box, splits: readonly boolean[]): number {
  return box.reduce((product, choices, index) => splits[index] ? product * choices.length : product, 1);
}

/**
 * The scenes of a space that the policies could decide differently: every combination of the classes that the statements on this action and
 * target can tell apart.
 *
 * @param always the axes of which every choice is looked at
 */
export function scenesOf({ action, target, axes }: Space, documents: readonly PolicyJson[], always: readonly string[] = []): readonly Scene[] {
  const statements = documents.flatMap(({ Statement }) => asList(Statement)).filter(statement => isAbout(statement, action, target.arn));
  const everything = Object.fromEntries(always.map(name => [name, 'everything'] as const));
  const classes = new Sight(statements).classes(axes, { axes: everything, holds: () => false });
  let combinations: Choice[][] = [[]];
  for (const { choices } of classes) combinations = combinations.flatMap(chosen => choices.map(choice => [...chosen, choice]));
  return combinations.map(choices => ({ action, target, choices }));
}

/** The documents of a kind of policy in a set. */
export function documentsOf({ policyKind, level }: PolicyReference, policies: PolicySet): readonly PolicyJson[] {
  switch (policyKind) {
    case 'resource control policy': return policies.resourceControlPolicies ?? [];
    case 'service control policy': return policies.serviceControlPolicies?.[level ?? 0] ?? [];
    case 'endpoint policy': return asList(policies.endpointPolicy);
    case 'bucket policy': case 'key policy': return asList(policies.resourcePolicy);
    case 'identity policy': return policies.identityPolicies ?? [];
    case 'permissions boundary': return asList(policies.permissionsBoundary);
    case 'session policy': return policies.sessionPolicies ?? [];
    case 'root user': return [];
  }
}

function groundsOf({ verdict, decidedBy }: Decision, policies: PolicySet, request: RequestView, action: string): Grounds {
  if (verdict === 'ImplicitlyDenied') return groundsOfAbsence(decidedBy, policies, request);
  const [by] = decidedBy;
  const statement = asList(documentsOf(by, policies)[by.policyIndex ?? 0]?.Statement)[by.statementIndex ?? 0];
  const everybody = statement.Principal === '*' && !BUCKET_POLICY_ACTIONS.has(action) && by.policyKind !== 'resource control policy';
  return { keys: keysOf(statement), axes: axesOf(!everybody, by.policyKind === 'endpoint policy') };
}

/**
 * No statement allows. One that could does not because of its principals, or because of one of its conditions: as long as the principal and the
 * keys of that condition stay the same, nothing else can make it allow. Whether a principal has policies of its own depends on the principal; where
 * those lack an Allow, the resource's policy can still grant the access directly. Nobody gets past an endpoint's or a key's policy without an Allow.
 */
function groundsOfAbsence(lacking: readonly PolicyReference[], policies: PolicySet, request: RequestView): Grounds {
  const keys = new Set<string>();
  const decisive = lacking.filter(({ policyKind }) => policyKind === 'endpoint policy' || policyKind === 'key policy');
  let byActor = decisive.length === 0;
  const directly: readonly PolicyReference[] = lacking.some(({ policyKind }) => OF_PRINCIPAL.has(policyKind)) ? [{ policyKind: 'bucket policy' }] : [];
  for (const kind of decisive.length > 0 ? decisive : [...lacking, ...directly]) {
    for (const document of documentsOf(kind, policies)) {
      for (const statement of asList(document.Statement)) {
        if (statement.Effect !== 'Allow' || !isAbout(statement, request.action, request.resource)) continue;
        if (statement.Principal !== '*' && statement.Principal !== undefined) byActor = true;
        if (statement.Principal !== undefined && matchPrincipal(statement.Principal, request.principal) === PrincipalMatch.NONE) continue;
        failingKeys(statement, request, supportsVariables(document)).forEach(key => keys.add(key));
      }
    }
  }
  return { keys, axes: axesOf(byActor, lacking.some(({ policyKind }) => policyKind === 'endpoint policy')) };
}

/** The keys of the first condition that does not hold; all, if that is not what the statement fails by. */
function failingKeys(statement: StatementJson, { lookup }: RequestView, withVariables: boolean): ReadonlySet<string> {
  const failing = conditionsOf(statement).find(({ Condition }) => !conditionsHold(Condition, lookup, withVariables));
  return keysOf(failing ?? statement);
}

/** How many combinations a decision covers: all along the axes that are not split, one choice of each of the others. */
function covered(box: Box, splits: readonly boolean[]): number {
  const size = ({ stands = 1 }: Choice) => stands;
  return box.reduce((product, choices, index) =>
    product * (splits[index] ? size(choices[0]) : choices.reduce((sum, choice) => sum + size(choice), 0)), 1);
}

function axesOf(actor: boolean, network: boolean): ReadonlySet<string> {
  return new Set([...actor ? [ACTOR] : [], ...network ? [NETWORK] : []]);
}

function overlap(some: ReadonlySet<string>, others: ReadonlySet<string>): boolean {
  for (const each of some) if (others.has(each)) return true;
  return false;
}
