/** Second labels that registries of countries sell names under, such as in `co.uk`. */
const SECOND_LABELS = 'ac|asso|co|com|edu|gen|go|gob|gouv|gov|gv|id|in|info|ltd|me|mil|ne|net|nom|or|org|plc|sch|web';

/**
 * What anybody can get a name, or a zone of addresses, below: a top-level domain, a domain of a registry, a whole zone of
 * reverse look-ups.
 */
const OF_ANYBODY = new RegExp(
  `^([^.]*|(${SECOND_LABELS})\\.[a-z]{2}|(in-addr|ip6)\\.arpa|(?!10\\.)\\d+\\.in-addr\\.arpa)$`,
);

/** A name, or every name below a domain, in the spelling of DNS Firewall. */
export interface DomainPattern {
  /** Whether it is for the names below the domain. */
  readonly isWildcard: boolean;
  readonly domain: string;
}

/**
 * A pattern without the dot at its end, in lower case. A wildcard is a first label of its own: `*example.com` is
 * every name that ends so, such as `not-example.com`, and counts as one for every name.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_UpdateFirewallDomains.html
 */
export function domainPattern(text: string): DomainPattern {
  const plain = text.trim().toLowerCase().replace(/\.$/, '');
  const isWildcard = plain.startsWith('*');
  return { isWildcard, domain: isWildcard ? (/^\*\.(.+)$/.exec(plain)?.[1] ?? '') : plain };
}

/** Whether a pattern is for names that anybody can register. */
export function isOpenToAnybody({ isWildcard, domain }: DomainPattern): boolean {
  return isWildcard && OF_ANYBODY.test(domain);
}

/** Whether all names of a pattern are a domain, or below it. */
export function isWithin(domain: string, of: string): boolean {
  return domain === of || domain.endsWith(`.${of}`);
}
