import { Automaton, automaton, many, one, sequence } from './automaton';
import { arnLike, exactly, ignoringCase, like, TextSet, witnessesOf } from './text-set';
import { addressesAround, parseDate, parseNumber } from '../../iam';

/** One value that a policy compares a context key with, and the operator without prefix and suffix. */
export interface Comparison {
  readonly operator: string;
  readonly value: string;
}

/** Texts of one character at least, without those that no header carries. */
export const ANY_TEXT: Automaton = automaton(sequence(one('any'), many('any')));

/**
 * Values of a context key, one for each class that the comparisons tell apart.
 *
 * @param comparisons everything that policies compare the key with, without policy variables
 * @param domain the values that the key can have
 * @param more what else tells values apart
 * @returns `undefined` where there are too many classes
 */
export function keyValues(
  comparisons: readonly Comparison[],
  domain = ANY_TEXT,
  more: readonly TextSet[] = [],
): readonly string[] | undefined {
  const texts = witnessesOf(domain, [...comparisons.flatMap(textsOf), ...more]);
  const points = [
    ...around(comparisons, /^Numeric/i, parseNumber, 1, String),
    ...around(comparisons, /^Date/i, parseDate, 1000, each => new Date(each).toISOString()),
    ...addresses(comparisons),
  ];
  return texts && [...new Set([...texts, ...points])];
}

/** The texts that a comparison holds for; nothing where it does not compare texts. */
export function textsOf({ operator, value }: Comparison): readonly TextSet[] {
  if (/^Arn/i.test(operator)) {
    return [arnLike(value)];
  }
  if (/IgnoreCase|^Bool/i.test(operator)) {
    return [ignoringCase(value)];
  }
  return /^(String|Binary)/i.test(operator) ? [/Like/i.test(operator) ? like(value) : exactly(value)] : [];
}

/** Each value, and one between each two of them and beyond them; nothing that AWS counts or dates is below zero. */
function around(
  comparisons: readonly Comparison[],
  family: RegExp,
  parse: (text: string) => number | undefined,
  step: number,
  print: (value: number) => string,
): readonly string[] {
  const values = comparisons.filter(({ operator }) => family.test(operator)).map(({ value }) => parse(value));
  const sorted = [...new Set(values.filter(value => value !== undefined))].sort((left, right) => left - right);
  const before = (value: number) => (value >= step ? value - step : value / 2);
  const between = sorted.map((value, index) => (index === 0 ? before(value) : (value + sorted[index - 1]) / 2));
  const all = [...between, ...sorted, ...sorted.slice(-1).map(value => value + step)];
  return all.filter(value => value >= 0).map(print);
}

/** The ends of each range of addresses, and the addresses next to them. */
function addresses(comparisons: readonly Comparison[]): readonly string[] {
  return comparisons
    .filter(({ operator }) => /IpAddress$/i.test(operator))
    .flatMap(({ value }) => addressesAround(value));
}
