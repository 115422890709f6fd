import { Json, listOf, textOf, textsOf, valueAt } from '../json';
import type { DnsRuleModel } from '../network-model';
import type { ResolvedResource } from '../resolved-assembly';
import { ResourceIndex, refTo } from '../resource-index';
import type { ResourceRef } from '../template-location';

/** A rule with what it is sorted by: the priority of its group in the VPC, then its own. */
interface Placed {
  readonly rule: DnsRuleModel;
  readonly priorities: readonly [ofGroup: number, own: number];
}

/**
 * The rules of the DNS Firewall of a VPC, in the order in which they are asked: by the priority of the association,
 * then by their own. Where a priority is not known, what blocks comes last, and anything else first.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-dns-firewall-rule-processing.html
 */
export function dnsRulesOf(vpcId: string, index: ResourceIndex): DnsRuleModel[] {
  return index
    .ofType('AWS::Route53Resolver::FirewallRuleGroupAssociation')
    .filter(({ properties }) => textOf(properties.VpcId) === vpcId)
    .flatMap(association => placedRules(association, index))
    .sort(({ priorities: [group, own] }, { priorities: [otherGroup, other] }) =>
      group === otherGroup ? Math.sign(own - other) || 0 : group - otherGroup,
    )
    .map(({ rule }) => rule);
}

/**
 * What lets names through while the firewall of a VPC does not answer, if anything does: by default it fails closed.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-route53resolver-firewallconfig.html
 */
export function failOpenOf(vpcId: string, index: ResourceIndex): ResourceRef | undefined {
  const config = index
    .ofType('AWS::Route53Resolver::FirewallConfig')
    .find(
      ({ properties }) =>
        textOf(properties.ResourceId) === vpcId && textOf(properties.FirewallFailOpen)?.toUpperCase() !== 'DISABLED',
    );
  return config && refTo(config);
}

function placedRules(association: ResolvedResource, index: ResourceIndex): Placed[] {
  const id = textOf(association.properties.FirewallRuleGroupId) ?? '';
  const group = index.named('AWS::Route53Resolver::FirewallRuleGroup', id);
  const rules =
    group === undefined
      ? [{ rule: unseenRules(association, id), own: 0 }]
      : listOf(group.properties.FirewallRules)
          .filter(isInForce)
          .map(each => {
            const rule = ruleOf(group, each, index);
            return { rule, own: priorityOf(each, rule) };
          });
  return rules.map(({ rule, own }) => ({ rule, priorities: [priorityOf(association.properties, rule), own] }));
}

/** What stands for the rules of a group that is not in the assembly. */
function unseenRules(association: ResolvedResource, unseenGroup: string): DnsRuleModel {
  return { where: refTo(association), unseenGroup, action: '', trustsRedirections: false, isForAllTypes: true };
}

/** A block that may be off is none. */
function isInForce(rule: Json): boolean {
  const status = textOf(valueAt(rule, 'Status'))?.toUpperCase() ?? 'ENABLED';
  return status === 'ENABLED' || actionOf(rule) !== 'BLOCK';
}

function actionOf(rule: Json): string {
  return textOf(valueAt(rule, 'Action'))?.toUpperCase() ?? '';
}

function priorityOf(of: Json, { action }: DnsRuleModel): number {
  const priority = Number(textOf(valueAt(of, 'Priority')) ?? NaN);
  return Number.isNaN(priority) ? (action === 'BLOCK' ? Infinity : -Infinity) : priority;
}

function ruleOf(group: ResolvedResource, rule: Json, index: ResourceIndex): DnsRuleModel {
  const list = index.named('AWS::Route53Resolver::FirewallDomainList', textOf(valueAt(rule, 'FirewallDomainListId')));
  const domains = list && domainsOf(list);
  const redirections = textOf(valueAt(rule, 'FirewallDomainRedirectionAction')) ?? INSPECTED;
  return {
    where: refTo(group),
    action: actionOf(rule),
    ...(domains === undefined ? {} : { domains }),
    trustsRedirections: redirections.toUpperCase() !== INSPECTED,
    isForAllTypes: valueAt(rule, 'Qtype') === undefined,
  };
}

/** What redirections are by default. */
const INSPECTED = 'INSPECT_REDIRECTION_DOMAIN';

/** The names of a list; nothing where a file has them, or a part of them is not a text. */
function domainsOf({ properties }: ResolvedResource): readonly string[] | undefined {
  const all = listOf(properties.Domains);
  const domains = textsOf(properties.Domains);
  return properties.DomainFileUrl !== undefined || all.length === 0 || domains.length < all.length
    ? undefined
    : domains;
}
