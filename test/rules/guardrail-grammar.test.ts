import { lines, policyOf } from './support';
import type { StatementJson } from '../../src/iam';
import type { PolicyPlace } from '../../src/rules/all-rules';
import { guardrailGrammar } from '../../src/rules/guardrail-grammar';

const DENY: StatementJson = { Sid: 'Checked', Effect: 'Deny', Action: 's3:*', Resource: '*' };
const EVERYONE: StatementJson = { ...DENY, Principal: '*' };

function said(place: PolicyPlace, statement: StatementJson): string[] {
  return lines(guardrailGrammar, [policyOf(place, statement, { name: place })]);
}

test('what Organizations takes', () => {
  expect(said('service control policy', DENY)).toEqual([]);
  expect(said('service control policy', { ...DENY, Effect: 'Allow', Action: '*' })).toEqual([]);
  expect(said('resource control policy', EVERYONE)).toEqual([]);
});

test.each<[string, Partial<StatementJson>]>([
  ['a principal', { Principal: '*' }],
  ['the others', { NotPrincipal: { AWS: 'arn:aws:iam::111122223333:role/Admin' } }],
])('a service control policy with %s', (_, more) => {
  expect(said('service control policy', { ...DENY, ...more })).toEqual([
    'statement Checked of the service control policy: a service control policy names no principals, because it is about those of the accounts that it is ' +
      'attached to > remove the element, and spare principals by a condition on aws:PrincipalArn',
  ]);
});

test.each<[string, StatementJson, RegExp]>([
  ['an Allow', { ...EVERYONE, Effect: 'Allow' }, /has Deny statements only/],
  ['no principal', DENY, /the principal of a resource control policy is "\*", and nothing else/],
  [
    'one principal',
    { ...DENY, Principal: { AWS: 'arn:aws:iam::999900001111:root' } },
    /the principal of a resource control policy is "\*", and nothing else/,
  ],
  ['every action', { ...EVERYONE, Action: '*' }, /names actions by their services/],
  [
    'other actions',
    { Sid: 'Checked', Effect: 'Deny', Principal: '*', NotAction: 's3:*', Resource: '*' },
    /names actions by their services/,
  ],
])('a resource control policy with %s', (_, statement, problem) => {
  const found = said('resource control policy', statement);
  expect(found).toEqual([expect.stringMatching(problem)]);
});

test('other policies are not looked at', () => {
  expect(said('bucket', { ...EVERYONE, Effect: 'Allow' })).toEqual([]);
  expect(said('managed policy', EVERYONE)).toEqual([]);
});
