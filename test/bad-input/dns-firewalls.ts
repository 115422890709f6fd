import { App, Stack } from 'aws-cdk-lib';
import { GatewayVpcEndpoint } from 'aws-cdk-lib/aws-ec2';
import { CfnFirewallRuleGroupAssociation } from 'aws-cdk-lib/aws-route53resolver';
import { BadInput, line } from './bad-input';
import { DnsFirewall, DnsFirewallOptions, S3EndpointMode } from '../../src';
import { PrivateNetwork } from '../support/parts';
import { IRELAND, OTHER_ACCOUNT, importedVpc, newStack, workload } from '../support/resources';

const LISTED = 'DnsFirewall.listedDomains';

const options = (
  name: string,
  value: DnsFirewallOptions,
  prop: string,
  got: string,
  rest: [string, string],
): BadInput => ({
  name: `a DNS Firewall ${name}`,
  act: () => DnsFirewall.listedDomains(value),
  error: [line(LISTED, prop, got, ...rest)],
});

const domain = (name: string, text: string) =>
  options(`for ${name}`, { additionalDomains: [text] }, 'additionalDomains', JSON.stringify(text), [
    'names of hosts, or *. and a domain for every name below it',
    'write such as host.example.com or *.corp.example.com',
  ]);

const open = (text: string) =>
  options(`for ${text}`, { additionalDomains: ['a.example.com', text] }, 'additionalDomains', JSON.stringify(text), [
    'domains of somebody: anybody can register names below this one',
    'name the domain that is meant, as in *.example.com',
  ]);

const priority = (value: number) =>
  options(`with the priority ${value}`, { priority: value }, 'priority', String(value), [
    'a whole number from 101 to 9899',
    'leave it out for 101',
  ]);

const A_FIREWALL: [string, string] = ['a DnsFirewall', 'make it with DnsFirewall.listedDomains()'];
const asList = ['*.example.com'] as unknown as DnsFirewall;

const inVpc = (name: string, act: (stack: Stack) => unknown, got: string, ...rest: [string, string]): BadInput => ({
  name: `a DNS Firewall ${name}`,
  act: () => act(newStack(IRELAND)),
  error: [line('Training/App', 'dnsFirewall', got, ...rest)],
});

export const DNS_FIREWALLS: readonly BadInput[] = [
  domain('every name', '*'),
  domain('a name without a dot', 'localhost'),
  domain('an address', 'https://example.com'),
  domain('a dot at its end', 'example.com.'),
  domain('a wildcard inside', 'a.*.example.com'),
  domain('a wildcard that is no label', '*example.com'),
  domain('a space', 'a b.example.com'),
  domain('a label that is too long', `${'x'.repeat(64)}.example.com`),
  ...['*.com', '*.co.uk', '*.in-addr.arpa', '*.ip6.arpa'].map(open),
  priority(100),
  priority(9900),
  priority(1.5),
  inVpc('as a list', stack => workload(stack, { dnsFirewall: asList }), '"*.example.com"', ...A_FIREWALL),
  {
    name: 'the DNS Firewall of a network as a list',
    act: () => new PrivateNetwork(newStack(), 'Network', { dnsFirewall: asList }),
    error: [line('Training/Network', 'dnsFirewall', '"*.example.com"', ...A_FIREWALL)],
  },
  {
    name: 'a DNS Firewall in a VPC that another account shares',
    act: () => {
      const app = new App();
      const owner = new Stack(app, 'Network', { env: { ...IRELAND, account: OTHER_ACCOUNT } });
      const s3Endpoint = S3EndpointMode.fromGatewayEndpoint(
        GatewayVpcEndpoint.fromGatewayVpcEndpointId(owner, 'S3', 'vpce-0123456789abcdef0'),
      );
      const dnsFirewall = DnsFirewall.listedDomains();
      return workload(new Stack(app, 'Training', { env: IRELAND }), {
        vpc: importedVpc(owner),
        s3Endpoint,
        dnsFirewall,
      });
    },
    error: [
      line(
        'Training/App',
        'dnsFirewall',
        '"a DNS Firewall"',
        `none in a VPC that the account ${OTHER_ACCOUNT} shares: only its owner can associate rule groups with it`,
        'let the owner make it, and leave it out here',
      ),
    ],
  },
  inVpc(
    'with the priority of another rule group',
    stack => {
      const vpc = importedVpc(stack);
      new CfnFirewallRuleGroupAssociation(stack, 'Known', {
        vpcId: vpc.vpcId,
        firewallRuleGroupId: 'rslvr-frg-0123456789abcdef',
        priority: 300,
      });
      return workload(stack, { vpc, dnsFirewall: DnsFirewall.listedDomains({ priority: 300 }) });
    },
    '"the priority 300"',
    'a priority that is free in the VPC, and Training/Known has this one',
    'name another priority in DnsFirewall.listedDomains',
  ),
];
