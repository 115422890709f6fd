import { asList, PolicyJson, StatementJson } from './document';

/** A policy document that IAM refuses, since an element of it is not what the grammar says. */
export class MalformedPolicyError extends Error {
  /** @param faults what is wrong, each with its place in the document */
  constructor(public readonly faults: readonly string[]) {
    super(`malformed policy document: ${faults.join('; ')}`);
    this.name = 'MalformedPolicyError';
  }
}

const TEXTS = ['Action', 'NotAction', 'Resource', 'NotResource'] as const;
const PRINCIPALS = ['Principal', 'NotPrincipal'] as const;
const KINDS = ['AWS', 'Service', 'Federated', 'CanonicalUser'];

/** Documents that were looked at, with what is wrong with them. */
const KNOWN = new WeakMap<PolicyJson, readonly string[]>();

/**
 * What of a policy document is not what IAM's grammar says: each with the statement and the element.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function faultsIn(policy: PolicyJson): readonly string[] {
  if (!isObject(policy)) {
    return [`the document is ${said(policy)} and not an object`];
  }
  const known = KNOWN.get(policy) ?? asList(policy.Statement).flatMap(faultsOf);
  KNOWN.set(policy, known);
  return known;
}

/** Refuses a document that IAM refuses, too: nothing can be decided by it. */
export function assertWellFormed(policy: PolicyJson): void {
  const faults = faultsIn(policy);
  if (faults.length > 0) {
    throw new MalformedPolicyError(faults);
  }
}

function faultsOf(statement: StatementJson, index: number): readonly string[] {
  if (!isObject(statement)) {
    return [`statement #${index + 1} is ${said(statement)} and not an object`];
  }
  const name = typeof statement.Sid === 'string' ? statement.Sid : `#${index + 1}`;
  const faults = [
    ...(statement.Effect === 'Allow' || statement.Effect === 'Deny'
      ? []
      : [`Effect is ${said(statement.Effect)} and not Allow or Deny`]),
    ...TEXTS.flatMap(element => textFaults(element, statement[element])),
    ...PRINCIPALS.flatMap(element => principalFaults(element, statement[element])),
    ...conditionFaults(statement.Condition),
  ];
  return faults.map(fault => `statement ${name}: ${fault}`);
}

/** One text or a list of texts; absent is fine. */
function textFaults(element: string, value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value])
    .filter(each => typeof each !== 'string' && !(value === undefined))
    .map(each => `${element} has ${said(each)} where a text belongs`);
}

function principalFaults(element: string, value: unknown): readonly string[] {
  if (value === undefined || typeof value === 'string') {
    return [];
  }
  if (!isObject(value)) {
    return [`${element} is ${said(value)} and not "*" or an object`];
  }
  return Object.entries(value).flatMap(([kind, names]) =>
    KINDS.includes(kind)
      ? textFaults(`${element}.${kind}`, names ?? null)
      : [`${element} has the unknown kind ${kind}`],
  );
}

function conditionFaults(condition: unknown): readonly string[] {
  if (condition === undefined) {
    return [];
  }
  if (!isObject(condition)) {
    return [`Condition is ${said(condition)} and not an object`];
  }
  return Object.entries(condition).flatMap(([operator, keys]) =>
    isObject(keys)
      ? Object.entries(keys).flatMap(([key, values]) => valueFaults(`Condition ${operator} ${key}`, values))
      : [`Condition ${operator} is ${said(keys)} and not an object`],
  );
}

function valueFaults(place: string, value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value])
    .filter(each => !['string', 'number', 'boolean'].includes(typeof each))
    .map(each => `${place} has ${said(each)} where a value belongs`);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function said(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}
