/**
 * The zones of reverse look-ups for the addresses of an IPv4 range, and of no others: a range whose length is no
 * multiple of eight has several. Nothing for a text that is no such range.
 *
 * @see https://datatracker.ietf.org/doc/html/rfc1035#section-3.5
 */
export function reverseZonesOf(range: string): readonly string[] {
  const [, address, bits] = /^(\d+\.\d+\.\d+\.\d+)\/(\d+)$/.exec(range) ?? [];
  const length = Number(bits);
  if (address === undefined || length < 8 || length > 32) {
    return [];
  }
  const labels = Math.ceil(length / 8);
  const octets = address.split('.').slice(0, labels).map(Number);
  const count = 2 ** (labels * 8 - length);
  const first = octets[labels - 1] - (octets[labels - 1] % count);
  return Array.from({ length: count }, (_, index) => [...octets.slice(0, -1), first + index].reverse().join('.')).map(
    zone => `${zone}.in-addr.arpa`,
  );
}
