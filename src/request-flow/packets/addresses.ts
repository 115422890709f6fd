import { DYNAMODB_RANGES, S3_RANGES } from './s3-ranges';
import { memoize } from '../../base';
import { IpRange, ipRangeOf, PRIVATE_RANGES } from '../../iam';

const rangeOf = memoize(ipRangeOf);

/** Addresses of one family that follow each other. */
export type Span = Pick<IpRange, 'family' | 'first' | 'last'>;

/** How much of something is there. */
export type Coverage = 'all' | 'some' | 'none';

/** What no route of a table is for: addresses of the link, of groups, and of nobody. */
const NOT_ROUTED = ['0.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '224.0.0.0/3', 'fe80::/10', 'ff00::/8', '::/127'];

/**
 * What AWS has no addresses in: ranges for documentation, benchmarks and translation.
 *
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry
 * @see https://www.iana.org/assignments/iana-ipv6-special-registry
 */
const NOT_OF_AWS = [
  ...['192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24'],
  ...['64:ff9b::/96', '64:ff9b:1::/48', '2001:db8::/32', '3fff::/20'],
];

/** Every address. */
export const EVERYWHERE: readonly Span[] = spansIn(['0.0.0.0/0', '::/0']);

/** The addresses that S3 may have. */
export const S3_ADDRESSES: readonly Span[] = spansIn(S3_RANGES);

/** Where DynamoDB, the other service with gateway endpoints, has its addresses. */
export const DYNAMODB_ADDRESSES: readonly Span[] = spansIn(DYNAMODB_RANGES);

/** Addresses that no route leads to. */
export const UNROUTED: readonly Span[] = spansIn(NOT_ROUTED);

/** Addresses that S3 cannot have. */
export const NEVER_OF_S3: readonly Span[] = [...UNROUTED, ...PRIVATE_RANGES, ...spansIn(NOT_OF_AWS)];

/** The addresses that texts write out; what is known at deployment only is left out. */
export function spansIn(ranges: readonly string[]): IpRange[] {
  return ranges.map(rangeOf).filter(range => range !== undefined);
}

/** Whether something is not written out. */
export function isUnknownRange(range: string): boolean {
  return rangeOf(range) === undefined;
}

/** Those of one family. */
export function ofFamily<T extends Span>(spans: readonly T[], family: Span['family']): T[] {
  return spans.filter(each => each.family === family);
}

/** Whether two of them have an address in common. */
export function overlaps(left: Span, right: Span): boolean {
  return left.family === right.family && left.first <= right.last && right.first <= left.last;
}

/** Whether one contains the other. */
export function contains(outer: Span, inner: Span): boolean {
  return outer.family === inner.family && outer.first <= inner.first && inner.last <= outer.last;
}

/** The parts of what is wanted that none of the ends of others cuts. */
export function partsOf(wanted: readonly Span[], others: readonly Span[]): Span[] {
  return wanted.flatMap(span => {
    const { family, first, last } = span;
    const near = others.filter(other => overlaps(span, other));
    const starts = new Set([first, ...near.flatMap(other => [other.first, other.last + 1n])]);
    const sorted = [...starts]
      .filter(each => each >= first && each <= last)
      .sort((left, right) => (left < right ? -1 : left > right ? 1 : 0));
    return sorted.map((start, at) => ({ family, first: start, last: (sorted[at + 1] ?? last + 1n) - 1n }));
  });
}

/** How much of what is wanted is among others. */
export function coverageOf(wanted: readonly Span[], others: readonly Span[]): Coverage {
  return together(partsOf(wanted, others).map(part => (others.some(other => contains(other, part)) ? 'all' : 'none')));
}

/** What several parts come to. */
export function together(parts: readonly Coverage[]): Coverage {
  if (parts.every(part => part === 'all')) {
    return 'all';
  }
  return parts.every(part => part === 'none') ? 'none' : 'some';
}
