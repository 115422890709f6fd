import { holds } from './support';

/** operator, policy value, request value, outcome */
const comparisons: ReadonlyArray<readonly [string, string | number | boolean | readonly string[], string, boolean]> = [
  ['StringEquals', 'a', 'a', true],
  ['StringEquals', 'a', 'A', false],
  ['StringEquals', 'a*', 'ab', false],
  ['StringEquals', ['x', 'a'], 'a', true],
  ['StringNotEquals', 'a', 'b', true],
  ['StringNotEquals', 'a', 'a', false],
  ['StringNotEquals', ['a', 'b'], 'b', false],
  ['StringNotEquals', 'a*', 'ab', true],
  ['StringEqualsIgnoreCase', 'AbC', 'aBc', true],
  ['StringEqualsIgnoreCase', 'abc', 'abd', false],
  ['StringNotEqualsIgnoreCase', 'AbC', 'aBc', false],
  ['StringNotEqualsIgnoreCase', 'abc', 'abd', true],
  ['StringLike', 'a*', 'ab', true],
  ['StringLike', 'a?', 'a', false],
  ['StringLike', 'A*', 'ab', false],
  ['StringLike', '', '', true],
  ['StringNotLike', 'a*', 'ab', false],
  ['StringNotLike', 'a*', 'b', true],
  ['StringNotLike', ['x*', 'a*'], 'ab', false],
  ['ArnEquals', 'arn:aws:iam::*:role/app', 'arn:aws:iam::1:role/app', true],
  ['ArnEquals', 'arn:aws:iam::1:role/app', 'arn:aws:iam::1:role/b', false],
  ['ArnLike', 'arn:aws:iam::1:role/a*', 'arn:aws:iam::1:role/app', true],
  ['ArnLike', 'arn:aws:iam:*:role/app', 'arn:aws:iam::1:role/app', false],
  ['ArnNotEquals', 'arn:aws:iam::*:role/app', 'arn:aws:iam::1:role/app', false],
  ['ArnNotLike', 'arn:aws:iam::1:role/a*', 'arn:aws:iam::1:role/b', true],
  ['NumericEquals', '1.2', '1.20', true],
  ['NumericEquals', 3, '3', true],
  ['NumericEquals', '1', '1.1', false],
  ['NumericEquals', '1', 'one', false],
  ['NumericNotEquals', '1', '2', true],
  ['NumericNotEquals', '1', '1.0', false],
  ['NumericLessThan', '1.2', '1.1', true],
  ['NumericLessThan', '1.2', '1.2', false],
  ['NumericLessThan', '10', '9', true],
  ['NumericLessThanEquals', '1.2', '1.2', true],
  ['NumericLessThanEquals', '1.2', '1.3', false],
  ['NumericGreaterThan', '1.2', '1.3', true],
  ['NumericGreaterThan', '1.2', '1.2', false],
  ['NumericGreaterThanEquals', '1.2', '1.2', true],
  ['NumericGreaterThanEquals', '1.2', '1.1', false],
  ['NumericLessThan', '1', '', false],
  ['NumericGreaterThan', '1', '0x10', false],
  ['DateEquals', '2026-01-01T00:00:00Z', '2026-01-01T01:00:00+01:00', true],
  ['DateEquals', '2026-01-01', '1767225600', true],
  ['DateEquals', '2026', '2026-01-01T00:00Z', true],
  ['DateNotEquals', '2026-01-01', '2026-01-02', true],
  ['DateNotEquals', '2026-01-01', '2026-01-01T00:00:00', false],
  ['DateLessThan', '2026-01-02', '2026-01-01T23:59:59Z', true],
  ['DateLessThan', '2026-01-02', '2026-01-02', false],
  ['DateLessThanEquals', '2026-01-02', '2026-01-02', true],
  ['DateGreaterThan', '2026-01-02', '2026-01-02T00:00:00.5Z', true],
  ['DateGreaterThan', '2026-01-02', '2026-01-02', false],
  ['DateGreaterThanEquals', '2026-01-02', '2026-01-02', true],
  ['DateEquals', 'yesterday', 'yesterday', false],
  ['DateLessThan', '2026-13-01', '2026-01-01', false],
  ['Bool', 'true', 'true', true],
  ['Bool', true, 'true', true],
  ['Bool', 'True', 'true', true],
  ['Bool', 'false', 'true', false],
  ['BinaryEquals', 'QmluYXJ5', 'QmluYXJ5', true],
  ['BinaryEquals', 'QmluYXJ5', 'QmluYXJ6', false],
  ['BinaryEquals', 'Qg==', 'Qg', true],
  ['IpAddress', '10.0.0.0/16', '10.0.9.9', true],
  ['IpAddress', '10.0.0.0/16', '10.1.0.1', false],
  ['IpAddress', '10.0.0.7', '10.0.0.7', true],
  ['IpAddress', '10.0.0.7', '10.0.0.8', false],
  ['IpAddress', '0.0.0.0/0', '203.0.113.9', true],
  ['IpAddress', '10.0.0.64/26', '10.0.0.127', true],
  ['IpAddress', '10.0.0.64/26', '10.0.0.128', false],
  ['IpAddress', '10.0.0.0/33', '10.0.0.1', false],
  ['IpAddress', '10.0.0.0/16', '2001:db8::1', false],
  ['IpAddress', '2001:db8::/32', '2001:db8:1::1', true],
  ['IpAddress', '2001:db8::/33', '2001:db8:8000::1', false],
  ['IpAddress', '::1', '0:0:0:0:0:0:0:1', true],
  ['IpAddress', '2001:DB8:1234:5678::/64', '2001:db8:1234:5678::9', true],
  ['IpAddress', '::ffff:10.0.0.0/112', '::ffff:10.0.7.7', true],
  ['IpAddress', '::1::2', '::1', false],
  ['IpAddress', '::/0', '1:2:3:4:5:6:7:8', true],
  ['IpAddress', '::/0', '1:2:3:4:5:6:7', false],
  ['IpAddress', '10.0.0.0/16', 'unknown', false],
  ['IpAddress', '10.0.0/16', '10.0.0.1', false],
  ['NotIpAddress', '10.0.0.0/16', '10.0.9.9', false],
  ['NotIpAddress', ['10.0.0.0/24', '10.0.9.0/24'], '10.0.9.9', false],
  ['NotIpAddress', '10.0.0.0/16', '10.1.0.1', true],
];

test.each(comparisons)('%s %j with %s: %s', (operator, expected, actual, outcome) => {
  expect(holds({ [operator]: { 'test:key': expected } }, { 'test:key': actual })).toBe(outcome);
  expect(holds({ [`${operator}IfExists`]: { 'test:key': expected } }, { 'test:key': actual })).toBe(outcome);
});

const POSITIVE = [
  'StringEquals',
  'StringEqualsIgnoreCase',
  'StringLike',
  'ArnEquals',
  'ArnLike',
  'NumericEquals',
  'NumericLessThan',
  'NumericLessThanEquals',
  'NumericGreaterThan',
  'NumericGreaterThanEquals',
  'DateEquals',
  'DateLessThan',
  'DateLessThanEquals',
  'DateGreaterThan',
  'DateGreaterThanEquals',
  'Bool',
  'BinaryEquals',
  'IpAddress',
];
const NEGATED = [
  'StringNotEquals',
  'StringNotEqualsIgnoreCase',
  'StringNotLike',
  'ArnNotEquals',
  'ArnNotLike',
  'NumericNotEquals',
  'DateNotEquals',
  'NotIpAddress',
];

describe('an absent key', () => {
  test.each(POSITIVE)('does not match %s', operator => {
    expect(holds({ [operator]: { 'test:key': 'false' } })).toBe(false);
  });

  test.each(NEGATED)('matches the negated %s', operator => {
    expect(holds({ [operator]: { 'test:key': 'x' } })).toBe(true);
  });

  test.each([...POSITIVE, ...NEGATED])('matches %sIfExists, ForAllValues and never ForAnyValue', operator => {
    expect(holds({ [`${operator}IfExists`]: { 'test:key': 'x' } })).toBe(true);
    expect(holds({ [`ForAllValues:${operator}`]: { 'test:key': 'x' } })).toBe(true);
    expect(holds({ [`ForAnyValue:${operator}`]: { 'test:key': 'x' } })).toBe(false);
    expect(holds({ [`ForAnyValue:${operator}IfExists`]: { 'test:key': 'x' } })).toBe(true);
  });

  test('a key without values is absent', () => {
    expect(holds({ StringEquals: { k: 'a' } }, { k: [] })).toBe(false);
    expect(holds({ StringNotEquals: { k: 'a' } }, { k: [] })).toBe(true);
    expect(holds({ Null: { k: 'true' } }, { k: [] })).toBe(true);
  });
});

describe('Null', () => {
  test.each([
    [true, {}, true],
    [false, {}, false],
    ['true', { k: 'a' }, false],
    ['false', { k: 'a' }, true],
    ['false', { k: '' }, true],
  ])('%s with %j: %s', (expected, context, outcome) => {
    expect(holds({ Null: { k: expected } }, context)).toBe(outcome);
  });
});

describe('set operators', () => {
  const paths = ['o-1/r-1/ou-a/', 'o-1/r-1/ou-b/'];

  test('ForAnyValue needs one value that matches', () => {
    expect(holds({ 'ForAnyValue:StringEquals': { k: ['o-1/r-1/ou-b/', 'z'] } }, { k: paths })).toBe(true);
    expect(holds({ 'ForAnyValue:StringEquals': { k: 'z' } }, { k: paths })).toBe(false);
    expect(holds({ 'ForAnyValue:StringLike': { k: 'o-1/*' } }, { k: paths })).toBe(true);
  });

  test('ForAllValues needs all values to match', () => {
    expect(holds({ 'ForAllValues:StringEquals': { k: paths } }, { k: paths })).toBe(true);
    expect(holds({ 'ForAllValues:StringEquals': { k: paths[0] } }, { k: paths })).toBe(false);
    expect(holds({ 'ForAllValues:StringLike': { k: 'o-1/*' } }, { k: paths })).toBe(true);
  });

  test('negated: ForAnyValue needs one value that matches nothing, ForAllValues needs all to', () => {
    expect(holds({ 'ForAnyValue:StringNotEquals': { k: paths[0] } }, { k: paths })).toBe(true);
    expect(holds({ 'ForAnyValue:StringNotEquals': { k: paths } }, { k: paths })).toBe(false);
    expect(holds({ 'ForAllValues:StringNotEquals': { k: paths[0] } }, { k: paths })).toBe(false);
    expect(holds({ 'ForAllValues:StringNotLike': { k: 'o-2/*' } }, { k: paths })).toBe(true);
  });

  test('a single value is a set of one', () => {
    expect(holds({ 'ForAllValues:StringNotEquals': { k: 'vpce-1' } }, { k: 'vpce-1' })).toBe(false);
    expect(holds({ 'ForAnyValue:StringNotEquals': { k: 'vpce-1' } }, { k: 'vpce-2' })).toBe(true);
  });

  test('an empty value counts as absent', () => {
    expect(holds({ 'ForAllValues:StringEquals': { k: 'a' } }, { k: '' })).toBe(true);
    expect(holds({ 'ForAnyValue:StringNotEquals': { k: 'a' } }, { k: [''] })).toBe(false);
  });

  test('without a prefix, a key with several values matches by any and is negated by none', () => {
    expect(holds({ StringEquals: { k: paths[1] } }, { k: paths })).toBe(true);
    expect(holds({ StringNotEquals: { k: paths[1] } }, { k: paths })).toBe(false);
    expect(holds({ StringNotEquals: { k: 'z' } }, { k: paths })).toBe(true);
  });
});

describe('blocks', () => {
  test('all operators and all keys have to hold', () => {
    const conditions = { StringEquals: { a: '1', b: '2' }, Bool: { c: 'true' } };
    expect(holds(conditions, { a: '1', b: '2', c: 'true' })).toBe(true);
    expect(holds(conditions, { a: '1', b: 'x', c: 'true' })).toBe(false);
    expect(holds(conditions, { a: '1', b: '2', c: 'false' })).toBe(false);
    expect(holds({}, {})).toBe(true);
  });

  test('the case of key names does not matter, the case of values does', () => {
    expect(holds({ StringEquals: { 'AWS:sourcevpce': 'vpce-1' } }, { 'aws:SourceVpce': 'vpce-1' })).toBe(true);
    expect(holds({ StringEquals: { 'AWS:sourcevpce': 'VPCE-1' } }, { 'aws:SourceVpce': 'vpce-1' })).toBe(false);
    expect(holds({ Null: { 'AWS:SOURCEVPCE': 'true' } }, { 'aws:SourceVpce': 'vpce-1' })).toBe(false);
  });

  test('names of object members are no keys', () => {
    expect(holds({ Null: { constructor: 'true', toString: 'true' } })).toBe(true);
  });

  test('an operator may be written in any case, an unknown one is an error', () => {
    expect(holds({ 'foranyvalue:stringlike': { k: 'a*' } }, { k: ['ab'] })).toBe(true);
    expect(() => holds({ StringMatches: { k: 'a' } })).toThrow(
      "condition operator 'StringMatches' is not one of IAM's",
    );
    expect(() => holds({ NullIfExists: { k: 'true' } })).toThrow('NullIfExists');
  });
});
