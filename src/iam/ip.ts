/**
 * Whether an address lies in a range, both IPv4 or both IPv6. A range without a prefix length is one address.
 *
 * @see
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IPAddress
 */
export function ipInRange(address: string, range: string): boolean {
  const bytes = parseAddress(address);
  const slash = range.indexOf('/');
  const base = parseAddress(slash === -1 ? range : range.slice(0, slash));
  if (bytes === undefined || base === undefined || bytes.length !== base.length) {
    return false;
  }
  const bits = slash === -1 ? base.length * 8 : parsePrefixLength(range.slice(slash + 1), base.length * 8);
  return bits !== undefined && sharesPrefix(bytes, base, bits);
}

/** A range of addresses of one family, with its ends as numbers. */
export interface IpRange {
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
  /** The length of the prefix. */
  readonly bits: number;
}

/** The range that a text writes out; nothing for a text that is none. */
export function ipRangeOf(range: string): IpRange | undefined {
  const slash = range.indexOf('/');
  const base = parseAddress(slash === -1 ? range : range.slice(0, slash));
  const bits = base && (slash === -1 ? base.length * 8 : parsePrefixLength(range.slice(slash + 1), base.length * 8));
  if (base === undefined || bits === undefined) {
    return undefined;
  }
  const size = 2n ** BigInt(base.length * 8 - bits);
  const first = (base.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n) / size) * size;
  return { family: base.length === 4 ? 4 : 6, first, last: first + size - 1n, bits };
}

/**
 * What only private networks have: no gateway to the internet carries it.
 *
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry/iana-ipv4-special-registry.xhtml
 */
export const PRIVATE_RANGES: readonly IpRange[] = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  'fc00::/7',
].flatMap(range => ipRangeOf(range) ?? []);

/** An address as text. */
export function ipText(address: bigint, family: IpRange['family']): string {
  return print(address, family === 4 ? 4 : 16);
}

/**
 * The first and the last address of a range, and those next to it: ranges that tell addresses apart do so at their ends.
 * Nothing for a text that is no range.
 */
export function addressesAround(range: string): readonly string[] {
  const found = ipRangeOf(range);
  if (found === undefined) {
    return [];
  }
  const { family, first, last } = found;
  const most = family === 4 ? 256n ** 4n : 256n ** 16n;
  return [first, last, first - 1n, last + 1n]
    .filter(each => each >= 0n && each < most)
    .map(each => ipText(each, family));
}

function print(address: bigint, length: number): string {
  const bytes = Array.from({ length }, (_, index) => Number((address / 256n ** BigInt(length - 1 - index)) % 256n));
  const groups = bytes.flatMap((byte, index) => (index % 2 === 0 ? [byte * 256 + bytes[index + 1]] : []));
  return length === 4 ? bytes.join('.') : groups.map(group => group.toString(16)).join(':');
}

function sharesPrefix(left: readonly number[], right: readonly number[], bits: number): boolean {
  const whole = Math.floor(bits / 8);
  for (let index = 0; index < whole; index++) {
    if (left[index] !== right[index]) {
      return false;
    }
  }
  const rest = 2 ** (8 - (bits % 8));
  return bits % 8 === 0 || Math.floor(left[whole] / rest) === Math.floor(right[whole] / rest);
}

function parsePrefixLength(text: string, most: number): number | undefined {
  const bits = /^\d{1,3}$/.test(text) ? Number(text) : most + 1;
  return bits <= most ? bits : undefined;
}

function parseAddress(text: string): readonly number[] | undefined {
  return text.includes(':') ? parseIpv6(text) : parseIpv4(text);
}

function parseIpv4(text: string): readonly number[] | undefined {
  const parts = text.split('.');
  const bytes = parts.map(part => (/^\d{1,3}$/.test(part) ? Number(part) : 256));
  return bytes.length === 4 && bytes.every(byte => byte < 256) ? bytes : undefined;
}

/** The 16 bytes of an IPv6 address, `::` and a trailing IPv4 address included. */
function parseIpv6(text: string): readonly number[] | undefined {
  const halves = text.split('::');
  if (halves.length > 2) {
    return undefined;
  }
  const [head, tail] = halves.map(parseGroups);
  if (head === undefined || (halves.length === 2 && tail === undefined)) {
    return undefined;
  }
  if (halves.length === 1) {
    return head.length === 16 ? head : undefined;
  }
  const missing = 16 - head.length - tail!.length;
  return missing >= 2 ? [...head, ...new Array<number>(missing).fill(0), ...tail!] : undefined;
}

function parseGroups(text: string): readonly number[] | undefined {
  if (text === '') {
    return [];
  }
  const groups = text.split(':');
  const bytes: number[] = [];
  for (const [index, group] of groups.entries()) {
    const parsed = index === groups.length - 1 && group.includes('.') ? parseIpv4(group) : parseGroup(group);
    if (parsed === undefined) {
      return undefined;
    }
    bytes.push(...parsed);
  }
  return bytes;
}

function parseGroup(group: string): readonly number[] | undefined {
  if (!/^[0-9a-f]{1,4}$/i.test(group)) {
    return undefined;
  }
  const value = parseInt(group, 16);
  return [Math.floor(value / 256), value % 256];
}
