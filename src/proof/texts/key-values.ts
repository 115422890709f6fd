import { arnPattern } from './arn-pattern';
import { automaton, type Automaton, many, one, type Part, pattern, sequence } from './automaton';
import { cellsOf } from './cells';
import { addressesAround, parseDate, parseNumber } from '../../iam';

/** One value that a policy compares a context key with, and the operator without prefix and suffix. */
export interface Comparison {
  readonly operator: string;
  readonly value: string;
}

/** Texts of one character at least, without those that no header carries. */
export const ANY_TEXT: Automaton = automaton(sequence(one('any'), many('any')));

/** How many cells one attribute may have. */
export const MOST_CELLS = 4096;

/**
 * Values of a context key, one for each class that the comparisons tell apart.
 *
 * @param comparisons everything that policies compare the key with, without policy variables
 * @param domain the values that the key can have
 * @returns `undefined` where there are too many classes
 */
export function keyValues(comparisons: readonly Comparison[], domain = ANY_TEXT): readonly string[] | undefined {
  const cells = cellsOf(domain, comparisons.flatMap(textsOf).map(automaton), MOST_CELLS);
  const points = [
    ...around(comparisons, /^Numeric/i, parseNumber, 1, String),
    ...around(comparisons, /^Date/i, parseDate, 1000, each => new Date(each).toISOString()),
    ...addresses(comparisons),
  ];
  return cells && [...new Set([...cells.map(({ witness }) => witness), ...points])];
}

/** The texts that a comparison holds for; nothing where it does not compare texts. */
function textsOf({ operator, value }: Comparison): readonly Part[] {
  if (/^Arn/i.test(operator)) {
    return [arnPattern(value)].filter(part => part !== undefined);
  }
  if (/^(String|Bool|Binary)/i.test(operator)) {
    return [pattern(value, { exact: !/Like/i.test(operator), ignoreCase: /IgnoreCase|^Bool/i.test(operator) })];
  }
  return [];
}

/** Each value, and one between each two of them and beyond them. */
function around(
  comparisons: readonly Comparison[],
  family: RegExp,
  parse: (text: string) => number | undefined,
  step: number,
  print: (value: number) => string,
): readonly string[] {
  const values = comparisons.filter(({ operator }) => family.test(operator)).map(({ value }) => parse(value));
  const sorted = [...new Set(values.filter(value => value !== undefined))].sort((left, right) => left - right);
  const between = sorted.map((value, index) => (index === 0 ? value - step : (value + sorted[index - 1]) / 2));
  return [...between, ...sorted, ...sorted.slice(-1).map(value => value + step)].map(print);
}

/** The ends of each range of addresses, and the addresses next to them. */
function addresses(comparisons: readonly Comparison[]): readonly string[] {
  return comparisons
    .filter(({ operator }) => /IpAddress$/i.test(operator))
    .flatMap(({ value }) => addressesAround(value));
}
