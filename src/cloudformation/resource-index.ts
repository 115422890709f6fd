import { isList, isObject, Json, listOf, textOf } from './json';
import type { PolicyPart } from './model';
import { withUnknownTexts } from './policy-texts';
import type { ResolvedAssembly, ResolvedResource } from './resolved-assembly';
import { UNKNOWN_URL_SUFFIX } from './symbols';
import type { ResourceRef, Unresolved } from './template-location';
import type { PolicyJson } from '../iam';

/** What may stand where nobody can read it. */
const ANYTHING: Json = { Effect: 'Allow', Action: '*', Resource: '*' };

/** The resources of an assembly, by type and by name, and a record of what could not be made sense of. */
export class ResourceIndex {
  /** What could not be made sense of. */
  public readonly unresolved: Unresolved[] = [];

  private readonly byType = new Map<string, ResolvedResource[]>();

  constructor(public readonly reading: ResolvedAssembly) {
    for (const resource of reading.resources) {
      this.byType.set(resource.type, [...(this.byType.get(resource.type) ?? []), resource]);
    }
  }

  /** The resources of a type. */
  public ofType(type: string): readonly ResolvedResource[] {
    return this.byType.get(type) ?? [];
  }

  /** The resource of a type with a name, an id or an ARN. */
  public named(type: string, name: string | undefined): ResolvedResource | undefined {
    return name === undefined ? undefined : this.ofType(type).find(({ ref, arn }) => ref === name || arn === name);
  }

  /** What a role may do. What of it is not a policy is reported, and may allow anything. */
  public identityPolicy(
    resource: ResolvedResource,
    path: string,
    value: Json | undefined,
    name: string,
  ): PolicyPart | undefined {
    return this.policy(resource, path, value, name, [ANYTHING]);
  }

  /** A policy document of a resource. What of it is not one is reported, and is left out. */
  public policy(
    resource: ResolvedResource,
    path: string,
    value: Json | undefined,
    name: string,
    instead: readonly Json[] = [],
  ): PolicyPart | undefined {
    const document = isJsonText(value) ? parsed(value) : value;
    if (document === undefined) {
      return undefined;
    }
    const problem = documentProblem(document);
    if (problem !== undefined) {
      this.unreadable(resource, path, problem);
    }
    const known = problem === undefined ? document : readableOf(document, instead);
    const read = withUnknownTexts(withKnownServices(known) as unknown as PolicyJson, this.reading.unknownTexts);
    return { name, where: refTo(resource), document: read };
  }

  /** Reports a part of a resource that is not what it has to be. */
  public unreadable({ stack, logicalId, constructPath }: ResourceRef, path: string, why: string): void {
    const where = constructPath === undefined ? { stack, logicalId } : { stack, logicalId, constructPath };
    this.unresolved.push({ ...where, path: `Properties.${path}`, function: 'value', why });
  }
}

/** Where a resource stands, without what is in it. */
export function refTo({ stack, logicalId, type, constructPath }: ResourceRef): ResourceRef {
  return { stack, logicalId, type, ...(constructPath === undefined ? {} : { constructPath }) };
}

/** How a resource is called in a sentence: by its construct path where there is one. */
export function nameOf({ stack, logicalId, constructPath }: ResourceRef): string {
  return constructPath ?? `${logicalId} of ${stack}`;
}

/** The value of each tag. */
export function tagsOf(value: Json | undefined): Record<string, string> {
  return Object.fromEntries(
    listOf(value).flatMap(tag => (isObject(tag) ? [[textOf(tag.Key) ?? '', textOf(tag.Value) ?? '']] : [])),
  );
}

/** In every partition services go by their names under amazonaws.com, too, whatever the domain there is. */
export function withKnownServices(document: Json): Json {
  const text = JSON.stringify(document);
  return text.includes(UNKNOWN_URL_SUFFIX)
    ? (JSON.parse(text.replaceAll(`.${UNKNOWN_URL_SUFFIX}`, '.amazonaws.com')) as Json)
    : document;
}

function isJsonText(value: Json | undefined): value is string {
  return typeof value === 'string';
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

function documentProblem(document: Json): string | undefined {
  if (!isObject(document)) {
    return 'the policy is not an object';
  }
  const statements = listOf(document.Statement);
  if (statements.length === 0) {
    return 'the policy has no statement';
  }
  const index = statements.findIndex(each => !isStatement(each));
  return index === -1 ? undefined : `statement #${index + 1} of the policy has no Effect or no Action`;
}

/** The policy with its statements, and with what stands for those that are none. */
function readableOf(document: Json, instead: readonly Json[]): Json {
  const policy = isObject(document) ? document : { Statement: [document] };
  return { ...policy, Statement: listOf(policy.Statement).flatMap(each => (isStatement(each) ? [each] : instead)) };
}

function isStatement(value: Json): boolean {
  return (
    isObject(value) &&
    (value.Effect === 'Allow' || value.Effect === 'Deny') &&
    hasTexts(value.Action ?? value.NotAction)
  );
}

function hasTexts(value: Json | undefined): boolean {
  return isList(value) ? value.every(each => typeof each === 'string') : typeof value === 'string';
}
