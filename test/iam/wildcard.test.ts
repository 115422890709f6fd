import { arnMatch, wildcardMatch } from '../../src/iam/wildcard';

test.each([
  ['*', ''],
  ['*', 'anything'],
  ['', ''],
  ['abc', 'abc'],
  ['a*', 'a'],
  ['a*', 'abc'],
  ['*c', 'abc'],
  ['a?c', 'abc'],
  ['a*b*c', 'a1b2b3c'],
  ['*.csv', 'in/sub/b.csv'],
  ['arn:aws:s3:::data/*', 'arn:aws:s3:::data/'],
  ['arn:aws:s3:*', 'arn:aws:s3:::data'],
  ['**', 'x'],
  ['a*a', 'aa'],
])('%s matches %s', (pattern, text) => {
  expect(wildcardMatch(pattern, text)).toBe(true);
});

test.each([
  ['', 'a'],
  ['abc', 'abcd'],
  ['abc', 'ab'],
  ['a?c', 'ac'],
  ['a?', 'a'],
  ['a*b', 'abc'],
  ['*.csv', 'csv'],
  ['data/*', 'database/x'],
  ['a*a', 'a'],
  ['ABC', 'abc'],
  ['.', 'x'],
  ['[a]', 'a'],
])('%s does not match %s', (pattern, text) => {
  expect(wildcardMatch(pattern, text)).toBe(false);
});

test('a literal asterisk in the text is an ordinary character', () => {
  expect(wildcardMatch('a*c', 'a*c')).toBe(true);
  expect(wildcardMatch('a?c', 'a*c')).toBe(true);
  expect(wildcardMatch('abc', 'a*c')).toBe(false);
});

test('many wildcards do not take exponential time', () => {
  const start = Date.now();
  expect(wildcardMatch('*a'.repeat(30) + 'b', 'a'.repeat(3000))).toBe(false);
  expect(Date.now() - start).toBeLessThan(2000);
});

describe('ARNs', () => {
  const arn = 'arn:aws:iam::111122223333:role/path/app';

  test('each part may hold wildcards', () => {
    expect(arnMatch('arn:*:iam::1111*:role/*', arn)).toBe(true);
    expect(arnMatch('arn:aws:iam::*:role/path/ap?', arn)).toBe(true);
    expect(arnMatch('*', arn)).toBe(true);
  });

  test('a wildcard does not reach over the first five colons', () => {
    expect(arnMatch('arn:aws:iam:*:role/path/app', arn)).toBe(false);
    expect(arnMatch('arn:*', arn)).toBe(false);
    expect(arnMatch('arn:aws:iam::111122223333:role/app', arn)).toBe(false);
  });

  test('the resource part may contain colons', () => {
    expect(arnMatch('arn:aws:logs:*:*:log-group:*', 'arn:aws:logs:eu-west-1:1:log-group:a:b')).toBe(true);
    expect(arnMatch('arn:aws:logs:*:*:log-group', 'arn:aws:logs:eu-west-1:1:log-group:a')).toBe(false);
  });

  test('what is not an ARN matches nothing', () => {
    expect(arnMatch('*', 'anonymous')).toBe(false);
    expect(arnMatch(arn, '')).toBe(false);
  });
});
