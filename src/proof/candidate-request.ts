import { identify, PrincipalIdentity } from '../iam/principal-identity';
import type { RequestView } from '../iam/request';

/** Context keys of a request; `undefined` takes out what an earlier choice put in. */
export type Context = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The name of the axis of principals. */
export const ACTOR = 'actor';

/** The name of the axis of networks. */
export const NETWORK = 'network';

/** A context without keys. */
export const NOTHING: Context = {};

/** Who makes a request. */
export interface Actor {
  /** As the request names it. */
  readonly principal: string;
  /** The ARN that `aws:PrincipalArn` carries. */
  readonly arn?: string;
  readonly account?: string;
  readonly kind: 'workload' | 'identity' | 'root' | 'service' | 'anonymous';
  /** Whether CloudFormation makes the request for the caller. */
  readonly throughCloudFormation?: boolean;
  /** Whether nothing may lock the principal out of the configuration: administrators, and the roles that CloudFormation works with. */
  readonly manages?: 'as administrator' | 'as deployer';
}

/** Where a request comes from. */
export interface Network {
  readonly kind: 'endpoint' | 'other endpoint' | 'other VPC' | 'internet' | 'service';
  /** The endpoint of the workload that it passes. */
  readonly endpointId?: string;
  /** The host name of the service that makes the call for the caller. */
  readonly viaService?: string;
}

/** One class of requests, as far as one aspect is concerned. */
export interface Choice {
  /** How a sentence about the request says it; empty for what goes without saying. */
  readonly words: string;
  readonly context: Context;
  readonly actor?: Actor;
  readonly network?: Network;
  /** How many classes it stands for, where it stands for several that are decided alike. */
  readonly stands?: number;
}

/** An aspect of requests: the classes that policies can tell apart. The first choice is the usual one. */
export interface Axis {
  readonly name: string;
  /** The context keys that its choices set, in lower case. */
  readonly keys: ReadonlySet<string>;
  readonly choices: readonly Choice[];
}

/** A bucket, an object or a key. */
export interface Target {
  readonly words: string;
  readonly arn: string;
  readonly account: string;
  readonly context: Context;
}

/** A request as a point in the space of classes: one choice for each axis. */
export interface Scene {
  readonly action: string;
  readonly target: Target;
  readonly choices: readonly Choice[];
}

/** Requests that a claim says nothing about. */
export interface Exception {
  /** The names of the axes that it looks at, with what it looks at in a choice. */
  readonly axes: Readonly<Record<string, 'everything' | ((choice: Choice) => unknown)>>;
  readonly holds: (scene: Scene) => boolean;
}

/** An axis of these choices. */
export function axis(name: string, choices: readonly Choice[]): Axis {
  const keys = new Set(choices.flatMap(({ context }) => Object.keys(context)).map(key => key.toLowerCase()));
  return { name, keys, choices };
}

/** The same axis with fewer choices. */
export function only(from: Axis, keep: (choice: Choice) => boolean): Axis {
  return { ...from, choices: from.choices.filter(keep) };
}

/** Who makes the request of a scene. */
export function actorOf({ choices }: Scene): Actor {
  const actor = choices.find(choice => choice.actor !== undefined)?.actor;
  if (actor === undefined) throw new Error('a scene has a choice with an actor');
  return actor;
}

/** Where the request of a scene comes from. */
export function networkOf({ choices }: Scene): Network {
  return choices.find(choice => choice.network !== undefined)?.network ?? { kind: 'internet' };
}

/** The value of a context key in a scene, whatever the case of its name: that of the last choice that says something about it. */
export function valueIn({ target, choices }: Scene, key: string): string | readonly string[] | undefined {
  const name = key.toLowerCase();
  for (let index = choices.length - 1; index >= 0; index--) {
    const context = lowered(choices[index].context);
    if (context.has(name)) return context.get(name);
  }
  return lowered(target.context).get(name);
}

/** The keys of a context in lower case, with their values. */
export function lowered(context: Context): ReadonlyMap<string, Context[string]> {
  const known = LOWERED.get(context);
  if (known !== undefined) return known;
  const made = new Map(Object.entries(context).map(([key, value]) => [key.toLowerCase(), value]));
  LOWERED.set(context, made);
  return made;
}

/** Contexts never change. */
const LOWERED = new WeakMap<Context, ReadonlyMap<string, Context[string]>>();

/** The scene of the usual choices, except for those that are picked by the name of their axis. */
export function usualScene(action: string, target: Target, axes: readonly Axis[], picked: Readonly<Record<string, Choice>> = {}): Scene {
  return { action, target, choices: axes.map(({ name, choices: [usual] }) => picked[name] ?? usual) };
}

/** The axes, of which the named one has fewer choices. */
export function narrowed(axes: readonly Axis[], name: string, keep: (choice: Choice) => boolean): readonly Axis[] {
  return axes.map(each => each.name === name ? only(each, keep) : each);
}

/** The axes without variety, except for those to be kept. */
export function narrowedToUsual(axes: readonly Axis[], keep: (axis: Axis) => boolean): readonly Axis[] {
  return axes.map(each => keep(each) ? each : { ...each, choices: each.choices.slice(0, 1) });
}

/** The request of a scene, as the policies see it. */
export function requestOf(scene: Scene): RequestView {
  const { action, target, choices } = scene;
  const context = new Map(lowered(target.context));
  for (const choice of choices) {
    if (choice.context !== NOTHING) lowered(choice.context).forEach((value, key) => context.set(key, value));
  }
  return {
    action: action.toLowerCase(),
    resource: target.arn,
    resourceAccount: target.account,
    principal: identityOf(actorOf(scene)),
    lookup: key => context.get(key.toLowerCase()),
  };
}

/** A principal as the policies see it. */
export function identityOf(actor: Actor): PrincipalIdentity {
  const known = IDENTITIES.get(actor);
  if (known !== undefined) return known;
  const made = identify(actor.principal, actor.arn);
  IDENTITIES.set(actor, made);
  return made;
}

/** Actors never change. */
const IDENTITIES = new WeakMap<Actor, PrincipalIdentity>();

/** The request of a scene in one sentence. */
export function describeScene({ action, target, choices }: Scene): string {
  const [actor, ...rest] = choices.map(({ words }) => words).filter(words => words !== '');
  return `${[actor, ...rest].join(', ')}: ${action} on ${target.words}`;
}
