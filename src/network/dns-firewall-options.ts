import { domainPattern, isOpenToAnybody } from '../base';
import { Fields, Kind, also, listOf, optional, text, unless, whole } from '../private';

/** What a DNS Firewall lets through beside the names of AWS and of the VPC, and where it stands. */
export interface DnsFirewallOptions {
  /**
   * Names that the VPC resolves as well, such as those of private hosted zones: `host.example.com` is that name
   * alone, `*.corp.example.com` every name below that domain. Whoever serves a domain reads what is asked below it.
   * So the proof names each of the latter among its assumptions, unless a private hosted zone of the app serves it.
   * Where an answer leads on to another name (CNAME), that one has to be listed too. Known at synthesis.
   *
   * @default - names of AWS and of the VPC only
   * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-dns-firewall-domain-lists.html
   */
  readonly additionalDomains?: string[];

  /**
   * The priority of the rule group among those of the VPC, from 101 to 9899. Those with a lower number are asked first,
   * and none after it is asked at all: it answers for every name.
   *
   * @default 101
   * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-dns-firewall-rule-groups.html
   */
  readonly priority?: number;
}

const DOMAIN: Kind<string> = also(
  text({
    allowed: 'names of hosts, or *. and a domain for every name below it',
    fix: 'write such as host.example.com or *.corp.example.com',
    pattern: /^(?=.{1,255}$)(\*|[\w-]{1,63})(\.[\w-]{1,63})*\.[A-Za-z0-9-]{2,63}$/,
    isKnown: true,
  }),
  (prop, got) =>
    unless(!isOpenToAnybody(domainPattern(got)), {
      prop,
      got,
      allowed: 'domains of somebody: anybody can register names below this one',
      fix: 'name the domain that is meant, as in *.example.com',
    }),
);

/** The options of a DNS Firewall. */
export const DNS_FIREWALL_FIELDS: Fields<DnsFirewallOptions> = {
  additionalDomains: optional(
    listOf(DOMAIN, 'names', 'leave it out for names of AWS and of the VPC', { mayBeEmpty: true }),
  ),
  priority: optional(whole(101, 9899, 'a whole number from 101 to 9899', 'leave it out for 101')),
};
