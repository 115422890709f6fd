import type { NameResolutionInput, ProofInput } from '../../../../src/proof/proof-input';
import { everyOptionInput, quickStartInput } from '../../inputs';
import { doesNotApplyTo, isNotProvenWhereUnread, resultOf } from '../../results';

const ID = 'no-way-out[dns]';
const RESOLVER = 'the resolver of the VPC vpc-1';

type Rule = NameResolutionInput['rules'][number];

const rule = (more: Partial<Rule>): Rule => ({
  group: 'Training/Firewall',
  action: 'ALLOW',
  domains: ['*.amazonaws.com', 'amazonaws.com'],
  trustsRedirections: false,
  isForAllTypes: true,
  ...more,
});
const REST = rule({ action: 'BLOCK', domains: ['*'] });

function withNames(rules: readonly Rule[], forwarders: readonly string[] = []): ProofInput {
  return { ...quickStartInput(), names: { resolver: RESOLVER, forwarders, rules } };
}

test('without a firewall, what the names carry out is an assumption', () => {
  expect(resultOf(withNames([]), ID)).toMatchObject({
    outcome: 'holds, assuming',
    assumptions: [`${RESOLVER} carries no data out in the names that it looks up for the workload (DNS)`],
  });
});

test('holds where listed names are allowed, and every other one is blocked', () => {
  expect(resultOf(withNames([rule({}), REST]), ID).outcome).toBe('holds');
  expect(resultOf(withNames([rule({ action: 'BLOCK', domains: undefined }), rule({}), REST]), ID).outcome).toBe(
    'holds',
  );
});

test.each<[string, Partial<Rule>, RegExp]>([
  ['an alert', { action: 'ALERT' }, /its action is ALERT/],
  ['a list that is not in the assembly', { domains: undefined }, /its list of names is not in the assembly/],
  ['every name', { domains: ['*'] }, /it allows \*/],
  ['every name of a public domain', { domains: ['*.com.'] }, /it allows \*\.com\./],
  ['redirections that are trusted', { trustsRedirections: true }, /trusts the names that an answer leads on to/],
])('is violated where the block of all comes after: %s', (_, more, why) => {
  expect(resultOf(withNames([rule(more), REST]), ID)).toMatchObject({
    outcome: 'violated',
    counterexamples: [{ subject: 'Training/Firewall', decision: expect.stringMatching(why) }],
  });
});

test.each<[string, readonly Rule[]]>([
  ['rules after the block of all are never asked', [rule({}), REST, rule({ domains: ['*'] })]],
])('%s', (_, rules) => {
  expect(resultOf(withNames(rules), ID).outcome).toBe('holds');
});

test.each<[string, Rule]>([
  ['some types of records only', rule({ action: 'BLOCK', domains: ['*'], isForAllTypes: false })],
  ['some names only', rule({ action: 'BLOCK', domains: ['*.example.com'] })],
])('a block of %s is none of all', (_, block) => {
  expect(resultOf(withNames([rule({}), block]), ID).outcome).toBe('holds, assuming');
});

test('what forwards names elsewhere is an assumption by name', () => {
  expect(resultOf(withNames([rule({}), REST], ['the Resolver rule rslvr-rr-1 for example.com']), ID)).toMatchObject({
    outcome: 'holds, assuming',
    assumptions: [expect.stringMatching(/^the Resolver rule rslvr-rr-1 for example\.com: /)],
  });
});

doesNotApplyTo(
  ID,
  { 'a VPC without a resolver': quickStartInput(), 'every option': everyOptionInput() },
  'the VPC has no resolver, or nothing tells of one',
);
isNotProvenWhereUnread(ID, withNames([rule({}), REST]));
