import { ipInRange } from './ip';
import { parseDate, parseNumber } from './scalars';
import { expandPattern, expandText, ContextLookup } from './variables';
import { arnMatch, wildcardMatch } from './wildcard';

/**
 * Compares a value of the request with a value of the policy.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export type Comparison = (actual: string, expected: string) => boolean;

/**
 * A condition operator without prefix and suffix. A negated operator holds the comparison of its positive twin.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export interface BaseOperator {
  readonly compare: Comparison;
  readonly negated: boolean;
  /** How policy variables in the policy's value are replaced; absent where AWS does not replace them. */
  readonly expand?: (text: string, lookup: ContextLookup) => string | undefined;
}

/**
 * A condition operator with its set prefix and its suffix.
 *
 * @see
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
export interface ConditionOperator extends BaseOperator {
  readonly quantifier?: 'any' | 'all';
  readonly ifExists: boolean;
  /** `Null` asks whether the key is there and compares nothing. */
  readonly asksPresence: boolean;
}

const equal: Comparison = (actual, expected) => actual === expected;
const equalIgnoringCase: Comparison = (actual, expected) => actual.toLowerCase() === expected.toLowerCase();
const like: Comparison = (actual, expected) => wildcardMatch(expected, actual);
const arnLike: Comparison = (actual, expected) => arnMatch(expected, actual);
const inRange: Comparison = (actual, expected) => ipInRange(actual, expected);
const sameBytes: Comparison = (actual, expected) => bytesOf(actual) === bytesOf(expected);

/** What base64 stands for, with what is not base64 left out; without `Buffer`, which browsers do not have. */
function bytesOf(text: string): string {
  const digits = text
    .replace(/=.*$/s, '')
    .replaceAll('-', '+')
    .replaceAll('_', '/')
    .replaceAll(/[^A-Za-z0-9+/]/g, '');
  return atob(digits.length % 4 === 1 ? digits.slice(0, -1) : digits);
}

/** A text that is not of the operator's type compares as false with everything. */
function ordered(
  parse: (text: string) => number | undefined,
  holds: (actual: number, expected: number) => boolean,
): Comparison {
  return (actual, expected) => {
    const left = parse(actual);
    const right = parse(expected);
    return left !== undefined && right !== undefined && holds(left, right);
  };
}

function positive(compare: Comparison, expand?: BaseOperator['expand']): BaseOperator {
  return { compare, negated: false, expand };
}

function negative(compare: Comparison, expand?: BaseOperator['expand']): BaseOperator {
  return { compare, negated: true, expand };
}

function ordering(family: string, parse: (text: string) => number | undefined): Record<string, BaseOperator> {
  const same = ordered(parse, (actual, expected) => actual === expected);
  return {
    [`${family}Equals`]: positive(same),
    [`${family}NotEquals`]: negative(same),
    [`${family}LessThan`]: positive(ordered(parse, (actual, expected) => actual < expected)),
    [`${family}LessThanEquals`]: positive(ordered(parse, (actual, expected) => actual <= expected)),
    [`${family}GreaterThan`]: positive(ordered(parse, (actual, expected) => actual > expected)),
    [`${family}GreaterThanEquals`]: positive(ordered(parse, (actual, expected) => actual >= expected)),
  };
}

const BASE_OPERATORS: Readonly<Record<string, BaseOperator>> = {
  StringEquals: positive(equal, expandText),
  StringNotEquals: negative(equal, expandText),
  StringEqualsIgnoreCase: positive(equalIgnoringCase, expandText),
  StringNotEqualsIgnoreCase: negative(equalIgnoringCase, expandText),
  StringLike: positive(like, expandPattern),
  StringNotLike: negative(like, expandPattern),
  ArnEquals: positive(arnLike, expandPattern),
  ArnNotEquals: negative(arnLike, expandPattern),
  ArnLike: positive(arnLike, expandPattern),
  ArnNotLike: negative(arnLike, expandPattern),
  ...ordering('Numeric', parseNumber),
  ...ordering('Date', parseDate),
  Bool: positive(equalIgnoringCase, expandText),
  BinaryEquals: positive(sameBytes),
  IpAddress: positive(inRange),
  NotIpAddress: negative(inRange),
};

/** Every operator with every prefix and suffix, by its name and by its name in lower case. */
const OPERATORS: ReadonlyMap<string, ConditionOperator> = operatorTable();

function operatorTable(): Map<string, ConditionOperator> {
  const table = new Map<string, ConditionOperator>();
  const add = (name: string, operator: ConditionOperator) =>
    table.set(name, operator).set(name.toLowerCase(), operator);
  for (const [name, base] of Object.entries(BASE_OPERATORS)) {
    for (const [prefix, quantifier] of [
      ['', undefined],
      ['ForAnyValue:', 'any'],
      ['ForAllValues:', 'all'],
    ] as const) {
      add(`${prefix}${name}`, { ...base, quantifier, ifExists: false, asksPresence: false });
      add(`${prefix}${name}IfExists`, { ...base, quantifier, ifExists: true, asksPresence: false });
    }
  }
  add('Null', { compare: equalIgnoringCase, negated: false, ifExists: false, asksPresence: true });
  return table;
}

/**
 * The operator of that name, in any case. A name that IAM does not know is an error: a proof must not pass over a
 * condition.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function operatorNamed(name: string): ConditionOperator {
  const operator = OPERATORS.get(name) ?? OPERATORS.get(name.toLowerCase());
  if (operator === undefined) {
    throw new Error(
      `condition operator '${name}' is not one of IAM's: use an operator of the IAM user guide, such as StringEquals`,
    );
  }
  return operator;
}
