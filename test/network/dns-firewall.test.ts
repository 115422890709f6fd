import { Environment, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { IpAddresses, IVpc, Vpc } from 'aws-cdk-lib/aws-ec2';
import { DnsFirewall, PrivateEc2S3AccessProps, S3EndpointMode } from '../../src';
import { proofInputsOf, PropertyResult } from '../../src/proof';
import { dns } from '../../src/proof/properties/no-way-out/dns';
import { decideProperty } from '../../src/proof/property-check';
import { RequestSpace } from '../../src/proof/request-space';
import { requestFlows } from '../../src/request-flow/request-flows';
import { modelOf, synthesizedStack } from '../cloudformation/support';
import { breaks } from '../request-flow/support';
import { PrivateNetwork } from '../support/parts';
import {
  IRELAND,
  TYPE,
  errorOf,
  importedVpc,
  isolatedVpc,
  newStack,
  only,
  resources,
  synthesize,
  workload,
} from '../support/resources';
import { quickStart } from '../support/scenarios';

const LIST = 'AWS::Route53Resolver::FirewallDomainList';
const GROUP = 'AWS::Route53Resolver::FirewallRuleGroup';
const ASSOCIATION = 'AWS::Route53Resolver::FirewallRuleGroupAssociation';

const firewalled = (props: Partial<PrivateEc2S3AccessProps> = {}, env?: Environment) =>
  synthesize({ dnsFirewall: DnsFirewall.listedDomains(), ...props }, env);

/** The domains of the list that a rule of the only group names, and the rule. */
function ruleOf(template: Template, action: string) {
  const rules = only(template, GROUP).Properties.FirewallRules as Record<string, unknown>[];
  const rule = rules.filter(({ Action }) => Action === action);
  expect(rule).toHaveLength(1);
  const {
    'Fn::GetAtt': [id],
  } = rule[0].FirewallDomainListId as { 'Fn::GetAtt': [string] };
  return { rule: rule[0], domains: resources(template, LIST)[id].Properties.Domains as unknown[] };
}
const listed = (template: Template) => ruleOf(template, 'ALLOW').domains;

describe('no firewall unless it is asked for', () => {
  test.each([LIST, GROUP, ASSOCIATION])('there is no %s', type => {
    synthesize().template.resourceCountIs(type, 0);
  });
});

describe('the rules', () => {
  test('let listed names through, with every name that an answer leads on to', () => {
    const { rule } = ruleOf(firewalled().template, 'ALLOW');
    expect(rule).toMatchObject({ Priority: 1, FirewallDomainRedirectionAction: 'INSPECT_REDIRECTION_DOMAIN' });
    expect(rule).not.toHaveProperty('Qtype');
  });

  test('answer that any other name does not exist', () => {
    const { rule, domains } = ruleOf(firewalled().template, 'BLOCK');
    expect(rule).toMatchObject({ Priority: 2, BlockResponse: 'NXDOMAIN' });
    expect(rule).not.toHaveProperty('Qtype');
    expect(domains).toEqual(['*']);
  });

  test('are of the VPC, before those of other groups', () => {
    const { template } = firewalled();
    const [vpc] = Object.keys(resources(template, TYPE.vpc));
    const [group] = Object.keys(resources(template, GROUP));
    expect(only(template, ASSOCIATION).Properties).toMatchObject({
      VpcId: { Ref: vpc },
      FirewallRuleGroupId: { 'Fn::GetAtt': [group, 'Id'] },
      Priority: 101,
    });
  });

  test('are in force before an instance starts', () => {
    const { template } = firewalled();
    const [association] = Object.keys(resources(template, ASSOCIATION));
    expect(only(template, TYPE.instance).DependsOn).toContain(association);
  });
});

describe('the names', () => {
  test.each<[string, string[], string]>([
    ['eu-west-1', ['*.amazonaws.com', '*.api.aws'], '*.eu-west-1.compute.internal'],
    ['us-east-1', ['*.amazonaws.com', '*.api.aws'], '*.ec2.internal'],
    ['us-gov-west-1', ['*.amazonaws.com', '*.api.aws'], '*.us-gov-west-1.compute.internal'],
    ['cn-north-1', ['*.amazonaws.com.cn', '*.api.amazonwebservices.com.cn'], '*.cn-north-1.compute.internal'],
    ['eusc-de-east-1', ['*.amazonaws.eu', '*.api.amazonwebservices.eu'], '*.eusc-de-east-1.compute.internal'],
  ])('of AWS and of the VPC in %s', (region, ofAws, ofHosts) => {
    const { template } = firewalled({}, { ...IRELAND, region });
    expect(listed(template)).toEqual([...ofAws, ofHosts, '*.0.10.in-addr.arpa']);
  });

  test('of AWS in every partition, where the Region is not known', () => {
    const domains = listed(firewalled().template);
    expect(domains).toEqual(
      expect.arrayContaining([
        '*.amazonaws.com',
        '*.amazonaws.com.cn',
        '*.amazonaws.eu',
        '*.api.aws',
        '*.ec2.internal',
      ]),
    );
    expect(domains).toContainEqual({ 'Fn::Join': ['', ['*.', { Ref: 'AWS::Region' }, '.compute.internal']] });
    expect(domains.filter(each => each === '*.amazonaws.com')).toHaveLength(1);
  });

  test('that are added, each once, whatever their order', () => {
    const withNames = (...additionalDomains: string[]) =>
      listed(firewalled({ dnsFirewall: DnsFirewall.listedDomains({ additionalDomains }) }, IRELAND).template).slice(4);
    expect(withNames('*.corp.example.com', '*.amazonaws.com', 'b.example.com')).toEqual([
      '*.corp.example.com',
      'b.example.com',
    ]);
    expect(withNames('b.example.com', '*.corp.example.com')).toEqual(['*.corp.example.com', 'b.example.com']);
  });

  test.each<[string, string[]]>([
    ['10.0.0.0/16', ['*.0.10.in-addr.arpa']],
    ['172.16.32.0/23', ['*.32.16.172.in-addr.arpa', '*.33.16.172.in-addr.arpa']],
    ['192.168.4.0/24', ['*.4.168.192.in-addr.arpa']],
    ['192.168.4.128/27', Array.from({ length: 32 }, (_, index) => `*.${128 + index}.4.168.192.in-addr.arpa`)],
  ])('of the addresses %s, and of no others', (range, zones) => {
    const stack = newStack(IRELAND);
    new PrivateNetwork(stack, 'Network', {
      ipAddresses: IpAddresses.cidr(range),
      dnsFirewall: DnsFirewall.listedDomains(),
    });
    const found = listed(Template.fromStack(stack)).filter(each => String(each).endsWith('.in-addr.arpa'));
    expect(found).toEqual(zones);
  });
});

describe('a VPC that exists', () => {
  const reverse = (vpcOf: (stack: Stack) => IVpc) => {
    const stack = newStack(IRELAND);
    workload(stack, { vpc: vpcOf(stack), dnsFirewall: DnsFirewall.listedDomains() });
    return listed(Template.fromStack(stack)).filter(each => String(each).endsWith('.in-addr.arpa'));
  };

  test.each<[string, (stack: Stack) => IVpc, string[]]>([
    ['of the app', stack => isolatedVpc(stack), ['*.0.10.in-addr.arpa']],
    ['that is imported with its range', stack => importedVpc(stack), ['*.1.10.in-addr.arpa']],
    ['of a PrivateNetwork', stack => new PrivateNetwork(stack, 'Theirs').vpc, ['*.0.10.in-addr.arpa']],
    [
      'that is imported without its range',
      stack =>
        Vpc.fromVpcAttributes(stack, 'Theirs', {
          vpcId: 'vpc-0123456789abcdef0',
          availabilityZones: ['a'],
          isolatedSubnetIds: ['subnet-0123456789abcdef1'],
          isolatedSubnetRouteTableIds: ['rtb-0123456789abcdef1'],
        }),
      [],
    ],
  ])('%s has its own reverse zones', (_, vpcOf, zones) => {
    expect(reverse(vpcOf)).toEqual(zones);
  });

  test('has the rules before an instance starts', () => {
    const stack = newStack(IRELAND);
    workload(stack, { vpc: importedVpc(stack), dnsFirewall: DnsFirewall.listedDomains({ priority: 300 }) });
    const template = Template.fromStack(stack);
    const [association] = Object.keys(resources(template, ASSOCIATION));
    expect(only(template, ASSOCIATION).Properties).toMatchObject({ VpcId: 'vpc-0123456789abcdef0', Priority: 300 });
    expect(only(template, TYPE.instance).DependsOn).toContain(association);
  });

  test('has one firewall, whatever uses it', () => {
    const stack = newStack(IRELAND);
    const vpc = importedVpc(stack);
    workload(stack, { vpc, dnsFirewall: DnsFirewall.listedDomains() });
    const twin = () => quickStart(stack, { vpc, dnsFirewall: DnsFirewall.listedDomains({ priority: 500 }) }, 'Second');
    expect(errorOf(twin)).toBe(
      'Training/Second: dnsFirewall: got "a DNS Firewall", allowed: one in a VPC, and ' +
        'Training/App/DnsFirewall/Association is in this one, fix: leave it out here, and name in additionalDomains of ' +
        'the other one what both need',
    );
  });
});

function dnsOf(props: Partial<PrivateEc2S3AccessProps>, env?: Environment): PropertyResult {
  const model = modelOf(synthesizedStack(stack => quickStart(stack, props), env));
  const flows = requestFlows(model);
  expect(flows.flatMap(breaks)).toEqual([]);
  return decideProperty(dns, new RequestSpace(proofInputsOf(model, flows)[0]));
}

describe('the proof', () => {
  test.each<[string, Environment | undefined]>([
    ['no environment', undefined],
    ['us-east-1', { region: 'us-east-1' }],
    ...['eu-west-1', 'cn-north-1', 'us-gov-west-1', 'eusc-de-east-1'].map((region): [string, Environment] => [
      region,
      { ...IRELAND, region },
    ]),
  ])('finds that no data leaves in names: %s', (_, env) => {
    const result = dnsOf({ dnsFirewall: DnsFirewall.listedDomains() }, env);
    expect(result).toMatchObject({ outcome: 'holds', assumptions: [] });
  });

  test('names whoever serves a further domain', () => {
    const additionalDomains = ['host.example.com', '*.corp.example.com'];
    expect(dnsOf({ dnsFirewall: DnsFirewall.listedDomains({ additionalDomains }) })).toMatchObject({
      outcome: 'holds, assuming',
      assumptions: ['who serves *.corp.example.com keeps nothing of what the names below it say (DNS)'],
    });
  });

  test('knows the firewall that another workload of the VPC has asked for', () => {
    const model = modelOf(
      synthesizedStack(stack => {
        const vpc = isolatedVpc(stack);
        const first = workload(stack, {
          vpc,
          dnsFirewall: DnsFirewall.listedDomains(),
          proveAtSynthesis: false,
        });
        const s3Endpoint = S3EndpointMode.fromGatewayEndpoint(first.s3Endpoint.gatewayEndpoint!);
        quickStart(stack, { vpc, s3Endpoint, proveAtSynthesis: false }, 'Second');
      }),
    );
    const inputs = proofInputsOf(model, requestFlows(model));
    expect(inputs.map(input => decideProperty(dns, new RequestSpace(input)).outcome)).toEqual(['holds', 'holds']);
  });
});
