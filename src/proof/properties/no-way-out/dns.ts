import type { NameResolutionInput } from '../../proof-input';
import { Counterexample, Property } from '../../property-check';

type Rule = NameResolutionInput['rules'][number];

/**
 * The resolver answers for names of the whole internet, whatever security groups say, and a name carries data to
 * whoever serves its domain. A DNS Firewall closes that if it blocks every name, and before that allows lists only.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-dns-firewall.html
 */
export const dns: Property = {
  id: 'no-way-out[dns]',
  inapplicable: ({ input: { names } }) =>
    names === undefined ? 'the VPC has no resolver, or nothing tells of one' : undefined,
  decide: ({ space, assume, fix }) => {
    const { resolver, forwarders, rules } = space.input.names ?? { resolver: '', forwarders: [], rules: [] };
    forwarders.forEach(each => assume(`${each}: who answers there keeps nothing of what the names say (DNS)`));
    const last = rules.findIndex(isBlockOfAll);
    if (last === -1) {
      assume(`${resolver} carries no data out in the names that it looks up for the workload (DNS)`);
      return [];
    }
    return rules
      .slice(0, last)
      .filter(rule => !isAllowOfList(rule) && rule.action !== 'BLOCK')
      .map((rule): Counterexample => ({
        request: `a look-up of a name of a stranger's domain by ${resolver}`,
        decision: `${rule.group} lets it through: ${whyOpen(rule)}, before the rule that blocks every name`,
        expected: 'no answer',
        fix,
        subject: rule.group,
      }));
  },
};

function isBlockOfAll({ action, domains, isForAllTypes }: Rule): boolean {
  return action === 'BLOCK' && isForAllTypes && domains?.some(domain => /^\*\.?$/.test(domain)) === true;
}

function isAllowOfList({ action, domains, trustsRedirections }: Rule): boolean {
  return action === 'ALLOW' && !trustsRedirections && domains?.every(domain => !isWide(domain)) === true;
}

/** Every name, or every name of a domain that anybody can register in. */
function isWide(domain: string): boolean {
  return /^\*\.?$|^\*\.[^.]+\.?$/.test(domain);
}

function whyOpen({ action, domains, trustsRedirections }: Rule): string {
  if (action !== 'ALLOW') {
    return `its action is ${action}`;
  }
  if (domains === undefined) {
    return 'its list of names is not in the assembly';
  }
  return trustsRedirections
    ? 'it trusts the names that an answer leads on to'
    : `it allows ${domains.filter(isWide).join(', ')}`;
}
