import { AllowedNames, allowedNames } from './allowed-names';
import type { NameResolutionInput } from '../../proof-input';
import { Counterexample, Property, PropertyCheck } from '../../property-check';

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
  decide: check => {
    const { names = NO_NAMES } = check.space.input;
    names.forwarders.forEach(each =>
      check.assume(`${each}: who answers there keeps nothing of what the names say (DNS)`),
    );
    const last = names.rules.findIndex(isBlockOfAll);
    if (last === -1) {
      check.assume(`${names.resolver} carries no data out in the names that it looks up for the workload (DNS)`);
      return [];
    }
    return [...failOpen(names, check), ...names.rules.slice(0, last).flatMap(rule => opened(rule, names, check))];
  },
};

const NO_NAMES: NameResolutionInput = { resolver: '', forwarders: [], rules: [] };

function isBlockOfAll({ action, domains, isForAllTypes }: Rule): boolean {
  return action === 'BLOCK' && isForAllTypes && domains?.some(domain => /^\*\.?$/.test(domain)) === true;
}

function failOpen({ failOpen: config, resolver }: NameResolutionInput, { fix }: PropertyCheck): Counterexample[] {
  return config === undefined
    ? []
    : [
        {
          request: `a look-up of a name of a stranger's domain by ${resolver}, while the DNS Firewall does not answer`,
          decision: `${config} lets every name through then: it fails open`,
          expected: 'no answer',
          fix: `remove ${config}: a DNS Firewall fails closed by default (${fix})`,
          subject: config,
        },
      ];
}

/** What a rule before the block of all lets through to anybody; what it lets through to somebody is assumed. */
function opened(rule: Rule, names: NameResolutionInput, { assume, fix }: PropertyCheck): Counterexample[] {
  if (rule.action === 'BLOCK') {
    return [];
  }
  if (rule.isUnseen) {
    assume(`the DNS Firewall rule group ${rule.group} lets through no name that carries data out (DNS)`);
    return [];
  }
  const allowed = allowedNames(rule.domains ?? [], names);
  const why = whyOpen(rule, allowed);
  if (why === undefined) {
    allowed.assumes.forEach(assume);
    return [];
  }
  return [
    {
      request: `a look-up of a name of a stranger's domain by ${names.resolver}`,
      decision: `${rule.group} lets it through: ${why}, before the rule that blocks every name`,
      expected: 'no answer',
      fix,
      subject: rule.group,
    },
  ];
}

function whyOpen({ action, domains, trustsRedirections }: Rule, { open }: AllowedNames): string | undefined {
  if (action !== 'ALLOW') {
    return `its action is ${action === '' ? 'not known' : action}`;
  }
  if (domains === undefined) {
    return 'its list of names is not in the assembly';
  }
  if (trustsRedirections) {
    return 'it trusts the names that an answer leads on to';
  }
  return open.length === 0 ? undefined : `it allows ${open.join(', ')}`;
}
