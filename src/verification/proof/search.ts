import { decide, Decision, PolicyJson, PolicyKind, PolicyReference, PolicySet, StatementJson } from '../policy';
import { keysOf } from './constants';
import { Axis, Choice, requestOf, Scene, Target } from './scene';
import { conditionsHold } from '../policy/conditions';
import { anyOf, asList, supportsVariables } from '../policy/document';
import { matchPrincipal, PrincipalMatch } from '../policy/principal';
import { RequestView, viewRequest } from '../policy/request';
import { wildcardMatch } from '../policy/wildcard';

/** The policies that a scene is decided by. */
export type Court = (scene: Scene) => PolicySet;

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

/** Requests that a claim says nothing about; it looks at nothing but the choices of the named axes. */
export interface Exception {
  readonly axes: readonly string[];
  readonly holds: (scene: Scene) => boolean;
}

/** What a decision depends on. */
interface Grounds {
  readonly keys: ReadonlySet<string>;
  readonly axes: ReadonlySet<string>;
}

/** The name of the axis of principals. */
export const ACTOR = 'actor';

/** The name of the axis of networks. */
export const NETWORK = 'network';

/** Policies that a direct grant of the resource's policy makes up for. */
const OF_PRINCIPAL: ReadonlySet<PolicyKind> = new Set<PolicyKind>(['identity policy', 'permissions boundary', 'session policy']);

const NO_KEYS: ReadonlySet<string> = new Set();

const BUCKET_POLICY_ACTIONS: ReadonlySet<string> = new Set(['s3:GetBucketPolicy', 's3:PutBucketPolicy', 's3:DeleteBucketPolicy']);

/** Decides scenes, and counts. */
export class Judge {
  /** How many requests were decided. */
  public decisions = 0;
  /** How many combinations of classes that proves something about. */
  public combinations = 0;

  /** Decides one scene. */
  public decide(scene: Scene, policies: PolicySet): Decision {
    this.decisions++;
    return decide(requestOf(scene), policies);
  }

  /** Whether a scene is allowed. */
  public allows(scene: Scene, court: Court): boolean {
    return this.decide(scene, court(scene)).verdict === 'Allowed';
  }

  /**
   * The first request of a space that is not denied and should be.
   *
   * One decision covers many combinations. A statement that denies does so whatever the keys are that it does not look at; and where no
   * statement allows, only the keys of the statements that could allow matter. So the space is split along those axes alone that the grounds
   * of a decision depend on, and what is left needs no decision: a key that no statement in question mentions cannot change the outcome.
   */
  public firstAllowed(space: Space, court: Court, except?: Exception): Ruling | undefined {
    return this.search(space, space.axes.map(({ choices }) => choices), court, except);
  }

  private search(space: Space, box: ReadonlyArray<readonly Choice[]>, court: Court, except?: Exception): Ruling | undefined {
    const { action, target, axes } = space;
    const scene: Scene = { action, target, choices: box.map(([first]) => first) };
    const policies = court(scene);
    const decision = this.decide(scene, policies);
    const excepted = decision.verdict === 'Allowed' && except?.holds(scene) === true;
    if (decision.verdict === 'Allowed' && !excepted) return { scene, decision };
    const grounds = excepted ? { keys: NO_KEYS, axes: new Set(except?.axes) } : groundsOf(decision, policies, scene);
    const split = ({ name, keys }: Axis) => grounds.axes.has(name) || overlap(keys, grounds.keys);
    this.combinations += box.reduce((product, choices, index) => split(axes[index]) ? product : product * choices.length, 1);
    let rest = box;
    for (let index = 0; index < axes.length; index++) {
      if (!split(axes[index])) continue;
      const others = rest[index].slice(1);
      if (others.length > 0) {
        const found = this.search(space, rest.map((choices, at) => at === index ? others : choices), court, except);
        if (found !== undefined) return found;
      }
      rest = rest.map((choices, at) => at === index ? choices.slice(0, 1) : choices);
    }
    return undefined;
  }
}

/**
 * The scenes of a space that the policies could decide differently: every combination of those axes that a statement on this action and target
 * looks at, and the usual choice of the others, which no such statement can see.
 */
export function scenesOf({ action, target, axes }: Space, documents: readonly PolicyJson[], always: readonly string[] = []): readonly Scene[] {
  const keys = new Set(documents.flatMap(({ Statement }) => asList(Statement))
    .filter(statement => isAbout(statement, action, target.arn)).flatMap(statement => [...keysOf(statement)]));
  const varied = axes.map(each => always.includes(each.name) || overlap(each.keys, keys) ? each.choices : each.choices.slice(0, 1));
  let combinations: Choice[][] = [[]];
  for (const choices of varied) combinations = combinations.flatMap(chosen => choices.map(choice => [...chosen, choice]));
  return combinations.map(choices => ({ action, target, choices }));
}

/** Whether a statement can apply to an action on a resource, under conditions. A resource with a policy variable can be any. */
export function isAbout(statement: StatementJson, action: string, arn: string): boolean {
  const acts = (patterns: StatementJson['Action']) => anyOf(patterns, each => wildcardMatch(each.toLowerCase(), action.toLowerCase()));
  const covers = (patterns: StatementJson['Resource']) => anyOf(patterns, each => each.includes('${') || wildcardMatch(each, arn));
  const { Action, NotAction, Resource, NotResource } = statement;
  if (Action !== undefined ? !acts(Action) : acts(NotAction)) return false;
  if (Resource !== undefined) return covers(Resource);
  return NotResource === undefined || asList(NotResource).some(each => each.includes('${')) || !covers(NotResource);
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

function groundsOf({ verdict, decidedBy }: Decision, policies: PolicySet, scene: Scene): Grounds {
  if (verdict === 'ImplicitlyDenied') return groundsOfAbsence(decidedBy, policies, scene);
  const [by] = decidedBy;
  const statement = asList(documentsOf(by, policies)[by.policyIndex ?? 0]?.Statement)[by.statementIndex ?? 0];
  const everybody = statement.Principal === '*' && !BUCKET_POLICY_ACTIONS.has(scene.action) && by.policyKind !== 'resource control policy';
  return { keys: keysOf(statement), axes: axesOf(!everybody, by.policyKind === 'endpoint policy') };
}

/**
 * No statement allows. One that could does not because of its principals, or because of one of its conditions: as long as the principal and the
 * keys of that condition stay the same, nothing else can make it allow. Whether a principal has policies of its own depends on the principal; where
 * those lack an Allow, the resource's policy can still grant the access directly. Nobody gets past an endpoint's or a key's policy without an Allow.
 */
function groundsOfAbsence(lacking: readonly PolicyReference[], policies: PolicySet, scene: Scene): Grounds {
  const view = viewRequest(requestOf(scene));
  const keys = new Set<string>();
  const decisive = lacking.filter(({ policyKind }) => policyKind === 'endpoint policy' || policyKind === 'key policy');
  let byActor = decisive.length === 0;
  const directly: readonly PolicyReference[] = lacking.some(({ policyKind }) => OF_PRINCIPAL.has(policyKind)) ? [{ policyKind: 'bucket policy' }] : [];
  for (const kind of decisive.length > 0 ? decisive : [...lacking, ...directly]) {
    for (const document of documentsOf(kind, policies)) {
      for (const statement of asList(document.Statement)) {
        if (statement.Effect !== 'Allow' || !isAbout(statement, scene.action, scene.target.arn)) continue;
        if (statement.Principal !== '*' && statement.Principal !== undefined) byActor = true;
        if (statement.Principal !== undefined && matchPrincipal(statement.Principal, view.principal) === PrincipalMatch.NONE) continue;
        failingKeys(statement, view, supportsVariables(document)).forEach(key => keys.add(key));
      }
    }
  }
  return { keys, axes: axesOf(byActor, lacking.some(({ policyKind }) => policyKind === 'endpoint policy')) };
}

/** The keys of the first condition that does not hold; all, if that is not what the statement fails by. */
function failingKeys(statement: StatementJson, { lookup }: RequestView, withVariables: boolean): ReadonlySet<string> {
  for (const [operator, conditions] of Object.entries(statement.Condition ?? {})) {
    for (const [key, value] of Object.entries(conditions)) {
      const condition = { [operator]: { [key]: value } };
      if (!conditionsHold(condition, lookup, withVariables)) return keysOf({ Effect: 'Allow', Condition: condition });
    }
  }
  return keysOf(statement);
}

function axesOf(actor: boolean, network: boolean): ReadonlySet<string> {
  return new Set([...actor ? [ACTOR] : [], ...network ? [NETWORK] : []]);
}

function overlap(some: ReadonlySet<string>, others: ReadonlySet<string>): boolean {
  for (const each of some) if (others.has(each)) return true;
  return false;
}
