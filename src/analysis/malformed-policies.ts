import type { AssemblyModel, PolicyPart } from '../cloudformation';
import { Malformed, malformedIn, PolicyJson, wellFormed } from '../iam';

/** A policy with statements that IAM refuses. */
export interface MalformedPolicy {
  readonly part: PolicyPart;
  readonly statements: readonly Malformed[];
}

/** A model that everything can be read from. */
export interface Readable {
  /** The model without the statements that IAM refuses. */
  readonly model: AssemblyModel;
  /** What is left of the policies that had some. */
  readonly malformed: ReadonlyMap<PolicyJson, MalformedPolicy>;
}

/** Takes the statements out that IAM refuses: nothing can be decided by them. */
export function readable(model: AssemblyModel): Readable {
  const malformed = new Map<PolicyJson, MalformedPolicy>();
  const replaced = new Map<unknown, unknown>();
  for (const part of partsOf(model)) {
    const statements = malformedIn(part.document);
    if (statements.length > 0) {
      const document = wellFormed(part.document);
      malformed.set(document, { part, statements });
      replaced.set(part.document, document);
    }
  }
  return { model: replaced.size === 0 ? model : (copy(model, replaced) as AssemblyModel), malformed };
}

function partsOf({
  workloads,
  buckets,
  accessPoints,
  keys,
  endpoints,
  guardrails,
}: AssemblyModel): readonly PolicyPart[] {
  const roles = workloads.flatMap(({ role }) => role ?? []);
  return [
    ...roles.flatMap(({ policies, trustPolicy, permissionsBoundary }) => [
      ...policies,
      trustPolicy,
      permissionsBoundary,
    ]),
    ...[...buckets, ...accessPoints, ...keys, ...endpoints].map(({ policy }) => policy),
    ...guardrails.map(({ policy }) => policy),
  ].filter(part => part !== undefined);
}

/** A copy in which what was one object is one object, with some values replaced. */
function copy(value: unknown, known: Map<unknown, unknown>): unknown {
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const found = known.get(value);
  if (found !== undefined) {
    return found;
  }
  if (Array.isArray(value)) {
    const list: unknown[] = [];
    known.set(value, list);
    value.forEach(each => list.push(copy(each, known)));
    return list;
  }
  const made: Record<string, unknown> = {};
  known.set(value, made);
  Object.entries(value).forEach(([key, each]) => {
    made[key] = copy(each, known);
  });
  return made;
}
