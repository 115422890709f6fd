import { nameOf } from '../cloudformation';
import { asList, ConditionKey, conditionKey, serviceOf, StatementJson, wildcardMatch } from '../iam';
import type { Finding, PlacedPolicy } from './rule';

/** A statement, and the policy that it is part of. */
export interface PlacedStatement {
  readonly policy: PlacedPolicy;
  readonly statement: StatementJson;
  /** What it is called in a sentence. */
  readonly name: string;
  /** Which statement of the policy, counted from 0. */
  readonly index: number;
}

/** One key under one operator of a statement. */
export interface PlacedCondition extends PlacedStatement {
  /** As the policy writes it. */
  readonly operatorName: string;
  /** Absent if IAM has no operator of that name. */
  readonly operator?: Operator;
  /** As the policy writes it. */
  readonly key: string;
  /** Absent if the key is not in the table of documented keys. */
  readonly known?: ConditionKey;
  readonly values: readonly string[];
}

/** The parts of the name of a condition operator. */
export interface Operator {
  readonly quantifier?: 'ForAllValues' | 'ForAnyValue';
  /** The name without prefix and suffix. */
  readonly base: string;
  readonly family: 'String' | 'Arn' | 'Bool' | 'Numeric' | 'Date' | 'Ip' | 'Binary' | 'Null';
  readonly negated: boolean;
  readonly ifExists: boolean;
}

const ORDERINGS = ['Equals', 'NotEquals', 'LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals'];

const FAMILIES: Readonly<Record<Operator['family'], readonly string[]>> = {
  String: [
    'StringEquals',
    'StringNotEquals',
    'StringEqualsIgnoreCase',
    'StringNotEqualsIgnoreCase',
    'StringLike',
    'StringNotLike',
  ],
  Arn: ['ArnEquals', 'ArnNotEquals', 'ArnLike', 'ArnNotLike'],
  Bool: ['Bool'],
  Numeric: ORDERINGS.map(each => `Numeric${each}`),
  Date: ORDERINGS.map(each => `Date${each}`),
  Ip: ['IpAddress', 'NotIpAddress'],
  Binary: ['BinaryEquals'],
  Null: ['Null'],
};

const BASES: ReadonlyMap<string, Pick<Operator, 'base' | 'family'>> = new Map(
  Object.entries(FAMILIES).flatMap(([family, names]) =>
    names.map(base => [base.toLowerCase(), { base, family: family as Operator['family'] }]),
  ),
);

/** The names of all condition operators, without prefixes and suffixes. */
export const OPERATOR_NAMES: readonly string[] = Object.values(FAMILIES).flat();

/**
 * The parts of the name of an operator, in any case of its letters; `undefined` if IAM has none of that name.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function operatorOf(name: string): Operator | undefined {
  const match = /^(?:(forallvalues|foranyvalue):)?(.+?)(ifexists)?$/.exec(name.toLowerCase());
  const known = BASES.get(match?.[2] ?? '');
  if (match === null || known === undefined) {
    return undefined;
  }
  const [, quantifier, , suffix] = match;
  if (known.family === 'Null' && (quantifier !== undefined || suffix !== undefined)) {
    return undefined;
  }
  return {
    ...known,
    ...(quantifier === undefined ? {} : { quantifier: quantifier === 'forallvalues' ? 'ForAllValues' : 'ForAnyValue' }),
    negated: known.base.includes('Not'),
    ifExists: suffix !== undefined,
  };
}

/** What several rules ask of the same policies is found out once. */
const KNOWN = {
  statements: new WeakMap<PlacedPolicy, readonly PlacedStatement[]>(),
  conditions: new WeakMap<PlacedStatement, readonly PlacedCondition[]>(),
};

/** The statements of the policies that somebody can change: those of AWS are not among them. */
export function statementsOf(policies: readonly PlacedPolicy[]): PlacedStatement[] {
  return policies
    .filter(({ where }) => where !== undefined)
    .flatMap(policy => once(KNOWN.statements, policy, statementsIn));
}

function statementsIn(policy: PlacedPolicy): PlacedStatement[] {
  return asList(policy.document.Statement).map((statement, index) => ({
    policy,
    statement,
    index,
    name: `statement ${statement.Sid ?? `#${index + 1}`} of the ${policy.name}`,
  }));
}

/** The conditions of statements, each key alone. */
export function conditionsOf(statements: readonly PlacedStatement[]): PlacedCondition[] {
  return statements.flatMap(placed => once(KNOWN.conditions, placed, conditionsIn));
}

function conditionsIn(placed: PlacedStatement): PlacedCondition[] {
  return Object.entries(placed.statement.Condition ?? {}).flatMap(([operatorName, keys]) => {
    const operator = operatorOf(operatorName);
    return Object.entries(keys).map(([key, values]) => ({
      ...placed,
      operatorName,
      operator,
      key,
      known: conditionKey(key),
      values: asList(values).map(String),
    }));
  });
}

function once<K extends object, V>(known: WeakMap<K, V>, key: K, find: (key: K) => V): V {
  const found = known.get(key) ?? find(key);
  known.set(key, found);
  return found;
}

/**
 * Whether a statement may be about actions of a service; a `NotAction` that leaves out the whole service means none
 * of it.
 */
export function mayMean({ Action, NotAction }: StatementJson, service: string): boolean {
  if (NotAction !== undefined) {
    return !asList(NotAction).some(pattern => wildcardMatch(pattern.toLowerCase(), `${service}:`));
  }
  return asList(Action).some(pattern => !pattern.includes(':') || wildcardMatch(serviceOf(pattern), service));
}

/** Whether the key has that name; letters may differ in case. */
export function isKey({ key }: Pick<PlacedCondition, 'key'>, ...names: readonly string[]): boolean {
  return names.some(name => name.toLowerCase() === key.toLowerCase());
}

/** What is wrong with a statement. */
export function wrong(placed: PlacedStatement, what: string, fix: string): Finding {
  const { policy, name, statement, index } = placed;
  const { where } = policy;
  const cause = where && { place: nameOf(where), statement, index };
  return { where, description: `${name}: ${what}`, fix, cause };
}

/** Values in a sentence: the first few of them. */
export function listed(values: readonly string[]): string {
  const shown = values
    .slice(0, 3)
    .map(value => JSON.stringify(value))
    .join(', ');
  return values.length > 3 ? `${shown} and ${values.length - 3} more` : shown;
}
