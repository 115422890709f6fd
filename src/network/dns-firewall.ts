import { Stack } from 'aws-cdk-lib';
import { IVpc } from 'aws-cdk-lib/aws-ec2';
import {
  CfnFirewallDomainList,
  CfnFirewallRuleGroup,
  CfnFirewallRuleGroupAssociation,
} from 'aws-cdk-lib/aws-route53resolver';
import { Construct, IDependable } from 'constructs';
import { DNS_FIREWALL_FIELDS, DnsFirewallOptions } from './dns-firewall-options';
import { namesNeededIn } from './resolved-names';
import {
  Kind,
  Problem,
  checkedOptions,
  isConcrete,
  isMarkedAs,
  markAs,
  nameByPath,
  oneOfOurs,
  unless,
} from '../private';

/** A choice of what the VPC resolves. */
export const DNS_FIREWALL: Kind<DnsFirewall> = oneOfOurs<DnsFirewall>(
  'DnsFirewall',
  'make it with DnsFirewall.listedDomains()',
);

/** Where the rule group stands unless told otherwise: before all others. */
const FIRST = 101;

/**
 * Which names the resolver of a VPC answers for. Without a firewall it looks up any name of the internet, whatever
 * security groups say, and a name carries data to whoever serves its domain.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-dns-firewall.html
 *
 * @example
 * new PrivateEc2S3Access(this, 'App', {
 *   dataBuckets,
 *   dnsFirewall: DnsFirewall.listedDomains({ additionalDomains: ['*.corp.example.com'] }),
 * });
 */
export class DnsFirewall {
  /**
   * Names of AWS in the partition, of the VPC's own hosts and addresses, and those that are named are resolved. Every
   * other name does not exist (`NXDOMAIN`), also where an answer leads on to it. It is a rule group of Route 53
   * Resolver DNS Firewall for the whole VPC, with everything else in it. It is charged by the names in its list and
   * by the queries. It fails closed, as DNS Firewall does by default: names are not resolved while it does not
   * answer.
   *
   * Names of hosts and services under the domains of AWS are answered by AWS itself. Reverse look-ups are for the
   * VPC's first range of IPv4 addresses, where it is known at synthesis.
   *
   * @param options what else is resolved, and where the rule group stands. Default: nothing else, and first
   * @see https://aws.amazon.com/route53/pricing/
   */
  public static listedDomains(options?: DnsFirewallOptions): DnsFirewall {
    return new DnsFirewall(checkedOptions('DnsFirewall.listedDomains', 'options', options, DNS_FIREWALL_FIELDS));
  }

  private constructor(private readonly options: DnsFirewallOptions) {
    markAs(this, 'DnsFirewall');
  }

  /**
   * What is wrong with it in a VPC, in the tree of a scope; absent: a VPC that is made.
   *
   * @internal
   */
  public _problemsIn(scope: Construct, vpc: IVpc | undefined): Problem[] {
    return vpc === undefined
      ? []
      : [...sharedVpcProblems(vpc, Stack.of(scope).account), ...this.twinProblems(scope, vpc)];
  }

  /**
   * Adds the rule group to a VPC, and returns what an instance waits for.
   *
   * @internal
   */
  public _bind(owner: Construct, vpc: IVpc): IDependable {
    const parent = new Construct(owner, 'DnsFirewall');
    const { additionalDomains = [], priority = FIRST } = this.options;
    const needed = namesNeededIn(vpc, Stack.of(parent).region);
    const listed = domainList(parent, 'Listed', [...needed, ...[...additionalDomains].sort()]);
    const every = domainList(parent, 'Every', ['*']);
    const group = new CfnFirewallRuleGroup(parent, 'RuleGroup', {
      firewallRules: [
        {
          priority: 1,
          action: 'ALLOW',
          firewallDomainListId: listed.attrId,
          firewallDomainRedirectionAction: 'INSPECT_REDIRECTION_DOMAIN',
        },
        { priority: 2, action: 'BLOCK', blockResponse: 'NXDOMAIN', firewallDomainListId: every.attrId },
      ],
    });
    nameByPath(group);
    const association = new CfnFirewallRuleGroupAssociation(parent, 'Association', {
      vpcId: vpc.vpcId,
      firewallRuleGroupId: group.attrId,
      priority,
    });
    nameByPath(association);
    markAs(association, 'DnsFirewall');
    return association;
  }

  /** Rule groups of a VPC have priorities of their own, and this one leaves nothing to those after it. */
  private twinProblems(scope: Construct, vpc: IVpc): Problem[] {
    const { priority = FIRST } = this.options;
    const others = scope.node.root.node
      .findAll()
      .filter(CfnFirewallRuleGroupAssociation.isCfnFirewallRuleGroupAssociation)
      .filter(each => each.vpcId === vpc.vpcId);
    const twin = others.find(each => isMarkedAs(each, 'DnsFirewall'));
    const other = others.find(each => each.priority === priority);
    return twin !== undefined
      ? [
          {
            prop: 'dnsFirewall',
            got: 'a DNS Firewall',
            allowed: `one in a VPC, and ${twin.node.path} is in this one`,
            fix: 'leave it out here, and name in additionalDomains of the other one what both need',
          },
        ]
      : unless(other === undefined, {
          prop: 'dnsFirewall',
          got: `the priority ${priority}`,
          allowed: `a priority that is free in the VPC, and ${other?.node.path} has this one`,
          fix: 'name another priority in DnsFirewall.listedDomains',
        });
  }
}

function domainList(parent: Construct, id: 'Listed' | 'Every', domains: string[]): CfnFirewallDomainList {
  // eslint-disable-next-line awscdk/no-variable-construct-id -- one of two
  const list = new CfnFirewallDomainList(parent, id, { domains: [...new Set(domains)] });
  nameByPath(list);
  return list;
}

/** What is wrong with a VPC that another account shares: its owner associates rule groups with it. */
function sharedVpcProblems(vpc: IVpc, account: string): Problem[] {
  const owner = vpc.env.account;
  return unless(!isConcrete(owner) || !isConcrete(account) || owner === account, {
    prop: 'dnsFirewall',
    got: 'a DNS Firewall',
    allowed: `none in a VPC that the account ${owner} shares: only its owner can associate rule groups with it`,
    fix: 'let the owner make it, and leave it out here',
  });
}
