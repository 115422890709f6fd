import { Json, listOf, textOf, textsOf, valueAt } from '../json';
import type { DnsRuleModel } from '../network-model';
import type { ResolvedResource } from '../resolved-assembly';
import { ResourceIndex, refTo } from '../resource-index';

/**
 * The rules of the DNS Firewall of a VPC, in the order in which they are asked: by the priority of the association,
 * then by their own.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-dns-firewall-rule-processing.html
 */
export function dnsRulesOf(vpcId: string, index: ResourceIndex): DnsRuleModel[] {
  return index
    .ofType('AWS::Route53Resolver::FirewallRuleGroupAssociation')
    .filter(({ properties }) => textOf(properties.VpcId) === vpcId)
    .sort((left, right) => byPriority(left.properties, right.properties))
    .flatMap(association => {
      const group = index.named(
        'AWS::Route53Resolver::FirewallRuleGroup',
        textOf(association.properties.FirewallRuleGroupId),
      );
      return group === undefined
        ? []
        : [...listOf(group.properties.FirewallRules)].sort(byPriority).map(rule => ruleOf(group, rule, index));
    });
}

function byPriority(left: Json, right: Json): number {
  return Number(textOf(valueAt(left, 'Priority')) ?? 0) - Number(textOf(valueAt(right, 'Priority')) ?? 0);
}

function ruleOf(group: ResolvedResource, rule: Json, index: ResourceIndex): DnsRuleModel {
  const list = index.named('AWS::Route53Resolver::FirewallDomainList', textOf(valueAt(rule, 'FirewallDomainListId')));
  return {
    where: refTo(group),
    action: textOf(valueAt(rule, 'Action'))?.toUpperCase() ?? '',
    ...(list === undefined ? {} : { domains: textsOf(list.properties.Domains) }),
    trustsRedirections: textOf(valueAt(rule, 'FirewallDomainRedirectionAction')) === 'TRUST_REDIRECTION_DOMAIN',
    isForAllTypes: valueAt(rule, 'Qtype') === undefined,
  };
}
