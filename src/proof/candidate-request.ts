import { memoize } from '../base';
import {
  attributesOf,
  ContextValue,
  keysGatedBy,
  keysIn,
  RequestParts,
  RequestView,
  saidOf,
  TargetPart,
  viewOf,
} from '../iam';

/** The name of the dimension of principals. */
export const PRINCIPAL = 'principal';

/** The name of the dimension of networks. */
export const NETWORK = 'network';

/** Parts that say nothing. */
export const NOTHING: RequestParts = {};

/** Who makes a request. */
export interface RequestPrincipal {
  /** As the request names it. */
  readonly name: string;
  /** The ARN that `aws:PrincipalArn` carries. */
  readonly arn?: string;
  readonly account?: string;
  readonly kind: 'workload' | 'identity' | 'root' | 'service' | 'service-linked' | 'anonymous';
  /** Whether CloudFormation makes the request for the caller. */
  readonly throughCloudFormation?: boolean;
  /**
   * Whether nothing may lock the principal out of the configuration: administrators, and the roles that
   * CloudFormation works with.
   */
  readonly manages?: 'as administrator' | 'as deployer';
}

/** Where a request comes from. */
export interface Network {
  readonly kind: 'endpoint' | 'other endpoint' | 'other VPC' | 'internet' | 'service' | 'inside';
  /** The endpoint of the workload that it passes. */
  readonly endpointId?: string;
  /** Whether it does not come from the address of the workload's instance. */
  readonly fromElsewhere?: true;
  /** The host name of the service that makes the call for the caller. */
  readonly viaService?: string;
}

/** One class of requests, as far as one aspect is concerned. */
export interface RequestClass {
  /** How a sentence about the request says it; empty for what goes without saying. */
  readonly words: string;
  /** What it says about the request; what is there without a value takes out what an earlier class put in. */
  readonly parts: RequestParts;
  readonly principal?: RequestPrincipal;
  readonly network?: Network;
  /** How many classes it stands for, where it stands for several that are decided alike. */
  readonly stands?: number;
}

/** An aspect of requests: the classes that policies can tell apart. The first class is the usual one. */
export interface Dimension {
  readonly name: string;
  /** The context keys that its classes set, in lower case. */
  readonly keys: ReadonlySet<string>;
  /** The context keys that its classes may take out of the request, in lower case. */
  readonly gates: ReadonlySet<string>;
  readonly classes: readonly RequestClass[];
}

/** A bucket, an object or a key. */
export interface Target extends TargetPart {
  readonly words: string;
  readonly arn: string;
  readonly account: string;
}

/** A request as a point in the space of classes: one class for each dimension. */
export interface CandidateRequest {
  readonly action: string;
  readonly target: Target;
  readonly classes: readonly RequestClass[];
}

/** Requests that a claim says nothing about. */
export interface Exception {
  /** The names of the dimensions that it looks at, with what it looks at in a class. */
  readonly dimensions: Readonly<Record<string, 'everything' | ((requestClass: RequestClass) => unknown)>>;
  readonly holds: (candidate: CandidateRequest) => boolean;
}

/** A dimension of these classes. */
export function dimension(name: string, classes: readonly RequestClass[]): Dimension {
  const said = classes.map(({ parts }) => attributesOf(parts));
  return { name, keys: new Set(said.flatMap(keysIn)), gates: new Set(said.flatMap(keysGatedBy)), classes };
}

/** What an exception looks at that is about the encryption context. */
export function contextsIn(dimensions: readonly Dimension[]): Exception['dimensions'] {
  const names = dimensions.map(({ name }) => name).filter(name => name.startsWith('kms:encryptioncontext:'));
  return Object.fromEntries(names.map(name => [name, 'everything'] as const));
}

/** The same dimension with fewer classes. */
export function only(from: Dimension, keep: (requestClass: RequestClass) => boolean): Dimension {
  return { ...from, classes: from.classes.filter(keep) };
}

/** Who makes the request of a candidate. */
export function principalOf({ classes }: CandidateRequest): RequestPrincipal {
  const principal = classes.find(requestClass => requestClass.principal !== undefined)?.principal;
  if (principal === undefined) {
    throw new Error('a candidate has a class with a principal');
  }
  return principal;
}

/** Where the request of a candidate comes from. */
export function networkOf({ classes }: CandidateRequest): Network {
  return classes.find(requestClass => requestClass.network !== undefined)?.network ?? { kind: 'internet' };
}

/** The value of a context key in a candidate, whatever the case of its name. */
export function valueIn(candidate: CandidateRequest, key: string): ContextValue | undefined {
  return requestOf(candidate).lookup(key);
}

/** What a class says about a context key by itself; `undefined` also where it says nothing. */
export function valueSaid({ parts }: RequestClass, key: string): ContextValue | undefined {
  return saidOf(attributesOf(parts), key)?.value;
}

/** The candidate of the usual classes, except for those that are picked by the name of their dimension. */
export function usualCandidate(
  action: string,
  target: Target,
  dimensions: readonly Dimension[],
  picked: Readonly<Record<string, RequestClass>> = {},
): CandidateRequest {
  return { action, target, classes: dimensions.map(({ name, classes: [usual] }) => picked[name] ?? usual) };
}

/** The dimensions, of which the named one has fewer classes. */
export function narrowed(
  dimensions: readonly Dimension[],
  name: string,
  keep: (requestClass: RequestClass) => boolean,
): readonly Dimension[] {
  return dimensions.map(each => (each.name === name ? only(each, keep) : each));
}

/** The dimensions without variety, except for those to be kept. */
export function narrowedToUsual(
  dimensions: readonly Dimension[],
  keep: (dimension: Dimension) => boolean,
): readonly Dimension[] {
  return dimensions.map(each => (keep(each) ? each : { ...each, classes: each.classes.slice(0, 1) }));
}

/** The request of a candidate, as the policies see it. */
export const requestOf = memoize(({ action, target, classes }: CandidateRequest): RequestView => {
  // what the principal says of itself, such as the tags of the workload, nobody else can say
  const principals = classes.filter(({ principal }) => principal !== undefined);
  const others = classes.filter(({ parts, principal }) => principal === undefined && parts !== NOTHING);
  return viewOf(action, [...[target, ...others, ...principals].map(partsIn), tagsOf(target)]);
});

/** What a target says of its own tags, nobody else can say. */
const tagsOf = memoize(({ tags }: Target): RequestParts => (tags === undefined ? {} : { target: { tags } }));

function partsIn(said: Target | RequestClass): RequestParts {
  return 'parts' in said ? said.parts : partsOf(said);
}

/** What a target says about a request. */
export const partsOf = memoize((target: Target): RequestParts => ({ target }));

/** The request of a candidate in one sentence. */
export function describeCandidate({ action, target, classes }: CandidateRequest): string {
  const [principal, ...rest] = classes.map(({ words }) => words).filter(words => words !== '');
  return `${[principal, ...rest].join(', ')}: ${action} on ${target.words}`;
}
