import type { Json, JsonObject } from '../../src/cloudformation/json';
import { Assembly, assemblyOf } from '../../src/cloudformation/models';
import { proofInputsOf, PropertyResult } from '../../src/proof';
import { dns } from '../../src/proof/properties/no-way-out/dns';
import { decideProperty } from '../../src/proof/property-check';
import { RequestSpace } from '../../src/proof/request-space';
import { requestFlows } from '../../src/request-flow/request-flows';
import { modelOf } from '../cloudformation/support';
import { EditableTemplate, breaks } from '../request-flow/support';

function dnsOf(assembly: Assembly): PropertyResult {
  const model = modelOf(assembly);
  const [input] = proofInputsOf(model, requestFlows(model));
  return decideProperty(dns, new RequestSpace(input));
}

/** What is said of it, in one text. */
function saidOf({ assumptions, counterexamples }: PropertyResult): string {
  return [...assumptions, ...counterexamples.map(({ decision }) => decision)].join('\n');
}

const ref = (id: string): Json => ({ Ref: id });
const list = (...Domains: Json[]): JsonObject => ({
  Type: 'AWS::Route53Resolver::FirewallDomainList',
  Properties: { Domains },
});
const group = (...FirewallRules: JsonObject[]): JsonObject => ({
  Type: 'AWS::Route53Resolver::FirewallRuleGroup',
  Properties: { FirewallRules },
});
const association = (VpcId: Json, Priority: Json, FirewallRuleGroupId: Json): JsonObject => ({
  Type: 'AWS::Route53Resolver::FirewallRuleGroupAssociation',
  Properties: { VpcId, Priority, FirewallRuleGroupId },
});
const allow = (Priority: Json, FirewallDomainListId: Json, more: JsonObject = {}): JsonObject => ({
  Action: 'ALLOW',
  Priority,
  FirewallDomainListId,
  ...more,
});
const block = (Priority: Json, FirewallDomainListId: Json, more: JsonObject = {}): JsonObject => ({
  Action: 'BLOCK',
  BlockResponse: 'NXDOMAIN',
  Priority,
  FirewallDomainListId,
  ...more,
});

/** A firewall by hand: its parts by logical id, each of which may be another one, or `null` for none. */
type Parts = Readonly<Record<string, JsonObject | null>>;

const BY_HAND = (vpc: Json): Record<string, JsonObject> => ({
  Aws: list('*.amazonaws.com', 'amazonaws.com'),
  Every: list('*'),
  Group: group(allow(10, ref('Aws')), block(20, ref('Every'))),
  InVpc: association(vpc, 200, ref('Group')),
});

function byHand(change: (vpc: Json) => Parts, sections: JsonObject = {}): Assembly {
  const template = new EditableTemplate();
  const vpc = ref(template.id('AWS::EC2::VPC'));
  for (const [id, part] of Object.entries({ ...BY_HAND(vpc), ...change(vpc) })) {
    if (part !== null) {
      template.add(id, String(part.Type), part.Properties as JsonObject);
    }
  }
  return template.assembly(sections);
}

test('a firewall by hand that lists names of AWS before it blocks every other one holds', () => {
  expect(dnsOf(byHand(() => ({})))).toMatchObject({ outcome: 'holds', assumptions: [] });
});

describe('also holds', () => {
  test.each<[string, (vpc: Json) => Parts]>([
    ['with ids as attributes', vpc => ({ InVpc: association(vpc, 200, { 'Fn::GetAtt': ['Group', 'Id'] }) })],
    ['with numbers as texts', vpc => ({ InVpc: association(vpc, '200', ref('Group')) })],
    [
      'with rules in another order of writing',
      () => ({ Group: group(block(20, ref('Every')), allow(10, ref('Aws'))) }),
    ],
    [
      'with a block of known bad names before',
      () => ({ Group: group(block(5, 'rslvr-fdl-0abc'), allow(10, ref('Aws')), block(20, ref('Every'))) }),
    ],
    [
      'with a block of threats before',
      () => ({
        Group: group(
          { Action: 'BLOCK', BlockResponse: 'NODATA', Priority: 5, DnsThreatProtection: 'DNS_TUNNELING' },
          allow(10, ref('Aws')),
          block(20, ref('Every')),
        ),
      }),
    ],
    ['with one name of a vendor', () => ({ Aws: list('*.amazonaws.com', 'license.example.com') })],
    ['with the zone of the VPC for reverse look-ups', () => ({ Aws: list('*.amazonaws.com', '*.0.10.in-addr.arpa') })],
    ['with names of hosts', () => ({ Aws: list('*.amazonaws.com', '*.eu-west-1.compute.internal') })],
    ['with the domain of AWS by its pseudo parameter', () => ({ Aws: list({ 'Fn::Sub': '*.${AWS::URLSuffix}' }) })],
    [
      'with a private hosted zone',
      vpc => ({
        Aws: list('*.amazonaws.com', '*.corp.example.com'),
        Zone: { Type: 'AWS::Route53::HostedZone', Properties: { Name: 'corp.example.com', VPCs: [{ VPCId: vpc }] } },
      }),
    ],
    [
      'with rules after it that are never asked',
      vpc => ({ Later: group(allow(1, ref('Every'))), LaterInVpc: association(vpc, 300, ref('Later')) }),
    ],
    [
      'with another answer for what is blocked',
      () => ({
        Group: group(allow(10, ref('Aws')), block(20, ref('Every'), { BlockResponse: 'NODATA' })),
      }),
    ],
    [
      'where a firewall that fails open is of another VPC',
      () => ({
        Config: {
          Type: 'AWS::Route53Resolver::FirewallConfig',
          Properties: { FirewallFailOpen: 'ENABLED', ResourceId: 'vpc-0abc' },
        },
      }),
    ],
  ])('%s', (_, change) => {
    expect(dnsOf(byHand(change))).toMatchObject({ outcome: 'holds', assumptions: [] });
  });
});

describe('is violated', () => {
  test.each<[string, RegExp, (vpc: Json) => Parts]>([
    ['every name is allowed before', /it allows \*,|it allows \*$/m, () => ({ Aws: list('*.amazonaws.com', '*') })],
    ['a top-level domain is allowed', /it allows \*\.io/, () => ({ Aws: list('*.amazonaws.com', '*.io') })],
    ['a domain of a registry is allowed', /it allows \*\.co\.uk/, () => ({ Aws: list('*.co.uk') })],
    ['all reverse look-ups are allowed', /it allows \*\.in-addr\.arpa/, () => ({ Aws: list('*.in-addr.arpa') })],
    ['names are allowed by their ends', /it allows \*amazonaws\.com/, () => ({ Aws: list('*amazonaws.com') })],
    [
      'a name is a parameter',
      /it allows <.*Names/,
      () => ({ Aws: { Type: 'AWS::Route53Resolver::FirewallDomainList', Properties: { Domains: ref('Names') } } }),
    ],
    ['a part of a domain is a parameter', /it allows \*\.</, () => ({ Aws: list({ 'Fn::Sub': '*.${Names}' }) })],
    [
      'the list is a file',
      /not in the assembly/,
      () => ({
        Aws: { Type: 'AWS::Route53Resolver::FirewallDomainList', Properties: { DomainFileUrl: 's3://names/list.txt' } },
      }),
    ],
    [
      'the list is imported',
      /not in the assembly/,
      () => ({ Group: group(allow(10, 'rslvr-fdl-0'), block(20, ref('Every'))) }),
    ],
    [
      'another rule is asked first',
      /it allows \*/,
      () => ({ Group: group(allow(10, ref('Aws')), block(20, ref('Every')), allow(5, ref('Every'))) }),
    ],
    [
      'another group is asked first',
      /it allows \*/,
      vpc => ({ First: group(allow(1, ref('Every'))), FirstInVpc: association(vpc, 101, ref('First')) }),
    ],
    [
      'a group may be asked first',
      /it allows \*/,
      vpc => ({ First: group(allow(1, ref('Every'))), FirstInVpc: association(vpc, ref('Names'), ref('First')) }),
    ],
    [
      'a rule may be asked first',
      /it allows \*/,
      () => ({ Group: group(allow(10, ref('Aws')), block(20, ref('Every')), allow(ref('Names'), ref('Every'))) }),
    ],
    [
      'redirections are trusted',
      /trusts the names/,
      () => ({
        Group: group(
          allow(10, ref('Aws'), { FirewallDomainRedirectionAction: 'TRUST_REDIRECTION_DOMAIN' }),
          block(20, ref('Every')),
        ),
      }),
    ],
    [
      'threats are let through with an alert',
      /its action is ALERT/,
      () => ({
        Group: group(
          { Action: 'ALERT', Priority: 5, DnsThreatProtection: 'DGA' },
          allow(10, ref('Aws')),
          block(20, ref('Every')),
        ),
      }),
    ],
    [
      'the firewall fails open',
      /fails open/,
      vpc => ({
        Config: {
          Type: 'AWS::Route53Resolver::FirewallConfig',
          Properties: { FirewallFailOpen: 'ENABLED', ResourceId: vpc },
        },
      }),
    ],
  ])('where %s', (_, why, change) => {
    const result = dnsOf(byHand(change, { Parameters: { Names: { Type: 'String' } } }));
    expect(result.outcome).toBe('violated');
    expect(saidOf(result)).toMatch(why);
  });
});

const RESOLVER = /resolver of the VPC .* carries no data out/;

describe('stays an assumption', () => {
  test.each<[string, RegExp, (vpc: Json) => Parts]>([
    ['without an association', RESOLVER, () => ({ InVpc: null })],
    ['with an association of another VPC', RESOLVER, () => ({ InVpc: association('vpc-0abc', 200, ref('Group')) })],
    ['without a block', RESOLVER, () => ({ Group: group(allow(10, ref('Aws'))) })],
    [
      'with an alert in the place of the block',
      RESOLVER,
      () => ({
        Group: group(allow(10, ref('Aws')), { Action: 'ALERT', Priority: 20, FirewallDomainListId: ref('Every') }),
      }),
    ],
    [
      'with a block of some types of records',
      RESOLVER,
      () => ({ Group: group(allow(10, ref('Aws')), block(20, ref('Every'), { Qtype: 'TXT' })) }),
    ],
    [
      'with a block that may be off',
      RESOLVER,
      () => ({ Group: group(allow(10, ref('Aws')), block(20, ref('Every'), { Status: 'DISABLED' })) }),
    ],
    [
      'with a block of a list that is not in the assembly',
      RESOLVER,
      () => ({ Group: group(allow(10, ref('Aws')), block(20, 'rslvr-fdl-0abc')) }),
    ],
    ['with a group that is not in the assembly', RESOLVER, vpc => ({ InVpc: association(vpc, 200, 'rslvr-frg-0abc') })],
    [
      'with a group before that is not in the assembly',
      /the DNS Firewall rule group rslvr-frg-0abc lets through no name/,
      vpc => ({ FirstInVpc: association(vpc, 101, 'rslvr-frg-0abc') }),
    ],
    [
      'with a domain of somebody',
      /who serves \*\.example\.com keeps/,
      () => ({ Aws: list('*.amazonaws.com', '*.example.com') }),
    ],
    [
      'with private addresses of no VPC here',
      /who serves \*\.168\.192\.in-addr\.arpa keeps/,
      () => ({ Aws: list('*.amazonaws.com', '*.168.192.in-addr.arpa') }),
    ],
    [
      'with a rule that forwards names',
      /the Resolver rule .* for corp\.example\.com: who answers there/,
      vpc => ({
        Rule: {
          Type: 'AWS::Route53Resolver::ResolverRule',
          Properties: { RuleType: 'FORWARD', DomainName: 'corp.example.com', TargetIps: [{ Ip: '192.0.2.53' }] },
        },
        RuleInVpc: {
          Type: 'AWS::Route53Resolver::ResolverRuleAssociation',
          Properties: { VPCId: vpc, ResolverRuleId: { 'Fn::GetAtt': ['Rule', 'ResolverRuleId'] } },
        },
      }),
    ],
  ])('%s', (_, what, change) => {
    const result = dnsOf(byHand(change));
    expect(result.outcome).toBe('holds, assuming');
    expect(result.assumptions).toEqual([expect.stringMatching(what)]);
  });
});

test('a group and its association in other stacks than the VPC count', () => {
  const template = new EditableTemplate();
  const vpc = template.id('AWS::EC2::VPC');
  const exported = { Outputs: { Vpc: { Value: ref(vpc), Export: { Name: 'the-vpc' } } } };
  const other = assemblyOf(
    'Firewall',
    { Resources: BY_HAND({ 'Fn::ImportValue': 'the-vpc' }) },
    { account: '111122223333' },
  );
  const { stacks, ...rest } = template.assembly(exported);
  expect(dnsOf({ ...rest, stacks: [...stacks, ...other.stacks] }).outcome).toBe('holds');
});

describe('the path to S3', () => {
  const broken = (change: (vpc: Json) => Parts) => breaks(requestFlows(modelOf(byHand(change)))[0]);

  test.each<[string, (vpc: Json) => Parts]>([
    ['names of AWS', () => ({})],
    ['names of S3 only', () => ({ Aws: list({ 'Fn::Sub': '*.s3.${AWS::Region}.amazonaws.com' }) })],
    ['names of one bucket', () => ({ Aws: list({ 'Fn::Sub': 'data.s3.${AWS::Region}.${AWS::URLSuffix}' }) })],
    ['a list that is not known', () => ({ Group: group(allow(10, 'rslvr-fdl-0'), block(20, ref('Every'))) })],
    ['everything, without a block of all', () => ({ Every: list('*.example.com') })],
  ])('is open where the firewall lets through %s', (_, change) => {
    expect(broken(change)).toEqual([]);
  });

  test.each<[string, (vpc: Json) => Parts]>([
    ['nothing', () => ({ Group: group(block(20, ref('Every'))) })],
    ['names of somebody else', () => ({ Aws: list('*.example.com') })],
    ['names of another service', () => ({ Aws: list('*.kms.eu-west-1.amazonaws.com') })],
    ['names of S3 after the block', () => ({ Group: group(block(10, ref('Every')), allow(20, ref('Aws'))) })],
  ])('is cut where the firewall lets through %s', (_, change) => {
    expect(broken(change)).toEqual([
      [3, expect.objectContaining({ sentence: expect.stringContaining('blocks the names of S3') })],
    ]);
  });
});
