import type { PolicyJson } from './document';
import { memoize } from '../base';
import { operatorNamed } from './operators';

/** The kinds of principals. */
const KINDS: readonly string[] = ['AWS', 'Service', 'Federated', 'CanonicalUser'];

/** What of a statement has to be a text, or a list of texts. */
const TEXTS = ['Action', 'NotAction', 'Resource', 'NotResource'] as const;

/** A statement that IAM refuses, and why. */
export interface Malformed {
  /** Its `Sid`, or its number, counted from 1. */
  readonly name: string;
  readonly why: string;
}

type Part = Readonly<Record<string, unknown>>;

/**
 * The statements of a policy that are not in the grammar of IAM.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function malformedIn(policy: PolicyJson): readonly Malformed[] {
  return statementsOf(policy).flatMap((statement, index) => {
    const [why] = problemsOf(statement);
    return why === undefined ? [] : [{ name: nameOf(statement, index), why }];
  });
}

/** Refuses a policy with statements that are not in the grammar: nothing can be decided by them. Policies never change. */
export function assertWellFormed(policy: PolicyJson): void {
  const problems = problemsIn(policy);
  if (problems.length > 0) {
    throw new Error(`malformed policy document: ${problems.join('; ')}`);
  }
}

const problemsIn = memoize((policy: PolicyJson) =>
  malformedIn(policy).map(({ name, why }) => `statement ${name}: ${why}`),
);

/** The policy with the statements that are in the grammar. */
export function wellFormed(policy: PolicyJson): PolicyJson {
  const statements = statementsOf(policy).filter(statement => problemsOf(statement).length === 0);
  return { ...policy, Statement: statements as unknown as PolicyJson['Statement'] };
}

function statementsOf({ Statement }: PolicyJson): readonly unknown[] {
  const given: unknown = Statement;
  return given === undefined ? [] : Array.isArray(given) ? given : [given];
}

function nameOf(statement: unknown, index: number): string {
  return isMap(statement) && typeof statement.Sid === 'string' ? statement.Sid : `#${index + 1}`;
}

function problemsOf(statement: unknown): readonly string[] {
  if (!isMap(statement)) {
    return [`the statement is ${wordsFor(statement)}, allowed: an object`];
  }
  return [
    ...(statement.Effect === 'Allow' || statement.Effect === 'Deny'
      ? []
      : [`Effect is ${wordsFor(statement.Effect)}, allowed: Allow or Deny`]),
    ...TEXTS.filter(name => name in statement).flatMap(name => textProblems(name, statement[name])),
    ...['Principal', 'NotPrincipal']
      .filter(name => name in statement)
      .flatMap(name => principalProblems(name, statement[name])),
    ...conditionProblems(statement.Condition),
  ];
}

function textProblems(name: string, value: unknown): readonly string[] {
  const found = (Array.isArray(value) ? (value as unknown[]) : [value]).find(each => typeof each !== 'string');
  const isFine = found === undefined && value !== undefined;
  return isFine ? [] : [`${name} has ${wordsFor(found)}, allowed: a text or a list of texts`];
}

function principalProblems(name: string, value: unknown): readonly string[] {
  if (typeof value === 'string') {
    return [];
  }
  if (!isMap(value)) {
    return [`${name} is ${wordsFor(value)}, allowed: "*", or ${KINDS.join(', ')} with names`];
  }
  return Object.entries(value).flatMap(([kind, names]) =>
    KINDS.includes(kind)
      ? textProblems(`${name}.${kind}`, names)
      : [`${name} has ${kind}, allowed: ${KINDS.join(', ')}`],
  );
}

function conditionProblems(condition: unknown): readonly string[] {
  if (condition === undefined) {
    return [];
  }
  if (!isMap(condition)) {
    return [`Condition is ${wordsFor(condition)}, allowed: an object of operators`];
  }
  return Object.entries(condition).flatMap(([operator, keys]) => operatorProblems(operator, keys));
}

function operatorProblems(operator: string, keys: unknown): readonly string[] {
  if (!isOperator(operator)) {
    return [`condition operator '${operator}' is not one of IAM's, allowed: an operator of the IAM user guide`];
  }
  if (!isMap(keys)) {
    return [`Condition.${operator} is ${wordsFor(keys)}, allowed: an object of context keys`];
  }
  return Object.entries(keys).flatMap(([key, values]) => {
    const found = (Array.isArray(values) ? (values as unknown[]) : [values]).find(each => !isScalar(each));
    const isFine = found === undefined && values !== undefined;
    return isFine ? [] : [`${key} of ${operator} has ${wordsFor(found)}, allowed: a value or a list of values`];
  });
}

function isOperator(name: string): boolean {
  try {
    operatorNamed(name);
    return true;
  } catch {
    return false;
  }
}

function isScalar(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

function isMap(value: unknown): value is Part {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function wordsFor(value: unknown): string {
  if (value === undefined || value === null) {
    return value === null ? 'null' : 'nothing';
  }
  return Array.isArray(value) ? 'a list in a list' : isMap(value) ? 'an object' : JSON.stringify(value);
}
