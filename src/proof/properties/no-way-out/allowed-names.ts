import { AWS_DOMAINS, domainPattern, isOpenToAnybody, isWithin, reverseZonesOf } from '../../../base';
import type { NameResolutionInput } from '../../proof-input';

/** What the names of a list are open to. */
export interface AllowedNames {
  /** The names that lead to anybody, or may do so. */
  readonly open: readonly string[];
  /** What has to be so of those that lead to somebody. */
  readonly assumes: readonly string[];
}

/** The domains of AWS, whose names it answers for itself; `internal` is nobody's on the internet. */
const TRUSTED = ['internal', ...new Set([...AWS_DOMAINS.values()].flat())];

/** Where a symbol may stand for the end of a name, or for all of it. */
const UNKNOWN_DOMAIN = /\?[^.]*(\.[^.?]*)?$/;

/**
 * What the names that a DNS Firewall allows are open to. A name by itself carries nothing; whoever serves a domain
 * reads the names below it.
 */
export function allowedNames(domains: readonly string[], names: NameResolutionInput): AllowedNames {
  const found = domains.map(each => ({ each, kind: kindOf(each, names) }));
  return {
    open: found.filter(({ kind }) => kind === 'open').map(({ each }) => each),
    assumes: found
      .filter(({ kind }) => kind === 'of somebody')
      .map(({ each }) => `who serves ${each} keeps nothing of what the names below it say (DNS)`),
  };
}

function kindOf(
  text: string,
  { ranges = [], ownDomains = [] }: NameResolutionInput,
): 'open' | 'of somebody' | 'closed' {
  const pattern = domainPattern(withKnownDomains(text));
  const { isWildcard, domain } = pattern;
  const own = [...TRUSTED, ...ranges.flatMap(reverseZonesOf)];
  const isOwn =
    own.some(each => isWithin(domain, each)) ||
    ownDomains.some(each => isWithin(domainPattern(text).domain, each.toLowerCase()));
  if (isOwn || (!isWildcard && !domain.startsWith('?'))) {
    return 'closed';
  }
  return isOpenToAnybody(pattern) || UNKNOWN_DOMAIN.test(domain) ? 'open' : 'of somebody';
}

/** The domain of AWS where the partition is not known, and a question mark for any other symbol. */
function withKnownDomains(text: string): string {
  return text
    .replaceAll('<url-suffix>', 'amazonaws.com')
    .replaceAll('<region>', 'region')
    .replaceAll(/<[^<>]*>/g, '?');
}
