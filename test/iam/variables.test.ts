import { allow, holds, policy, request, verdict } from './support';
import { expandPattern, expandText } from '../../src/iam/variables';
import { wildcardMatch } from '../../src/iam/wildcard';

const lookup = (key: string) =>
  new Map<string, string | readonly string[]>([
    ['aws:username', 'ann'],
    ['aws:PrincipalTag/empty', ''],
    ['tricky', 'a*?b'],
    ['list', ['one']],
  ]).get(key);

test.each([
  ['plain', 'plain'],
  ['home/${aws:username}/x', 'home/ann/x'],
  ['${aws:username}${aws:username}', 'annann'],
  ['${ aws:username }', 'ann'],
  ['a${*}b${?}c${$}d', 'a*b?c$d'],
  ["${missing, 'fall back'}", 'fall back'],
  ["${missing,'x'}", 'x'],
  ["${aws:username, 'x'}", 'ann'],
  ["${missing, ''}", ''],
  ['<${aws:PrincipalTag/empty}>', '<>'],
  ['${unclosed', '${unclosed'],
  ['$aws:username', '$aws:username'],
])('%s becomes %s', (text, expected) => {
  expect(expandText(text, lookup)).toBe(expected);
});

test('a variable without a value leaves no text at all', () => {
  expect(expandText('a${missing}b', lookup)).toBeUndefined();
  expect(expandText('${list}', lookup)).toBeUndefined();
});

test('wildcards that come out of a variable are literal, those of the policy are not', () => {
  const pattern = expandPattern('${tricky}*', lookup)!;
  expect(wildcardMatch(pattern, 'a*?b and more')).toBe(true);
  expect(wildcardMatch(pattern, 'a12b and more')).toBe(false);
  expect(wildcardMatch(expandPattern('a${*}', lookup)!, 'a*')).toBe(true);
  expect(wildcardMatch(expandPattern('a${*}', lookup)!, 'abc')).toBe(false);
  expect(wildcardMatch(expandPattern('a${?}', lookup)!, 'ab')).toBe(false);
});

describe('in a resource', () => {
  const team = { 'aws:PrincipalTag/team': 'web' };
  const identityPolicies = [policy(allow({ Resource: 'arn:aws:s3:::data/${aws:PrincipalTag/team}/*' }))];
  const resource = 'arn:aws:s3:::data/web/x';

  test('the value of the request is put in', () => {
    expect(verdict({ identityPolicies }, { resource, context: team })).toBe('Allowed');
    expect(verdict({ identityPolicies }, { resource, context: { 'aws:PrincipalTag/team': 'ml' } })).toBe(
      'ImplicitlyDenied',
    );
    expect(verdict({ identityPolicies }, { resource, context: { 'aws:PrincipalTag/team': '*' } })).toBe(
      'ImplicitlyDenied',
    );
  });

  test('without a value it matches no resource, in NotResource neither', () => {
    expect(verdict({ identityPolicies }, { resource })).toBe('ImplicitlyDenied');
    const allBut = [policy(allow({ NotResource: 'arn:aws:s3:::data/${aws:PrincipalTag/team}/*' }))];
    expect(verdict({ identityPolicies: allBut }, { resource })).toBe('ImplicitlyDenied');
    expect(verdict({ identityPolicies: allBut }, { resource, context: { 'aws:PrincipalTag/team': 'ml' } })).toBe(
      'Allowed',
    );
  });

  test('documents of older versions take variables literally', () => {
    const statement = allow({ Resource: 'arn:aws:s3:::data/${aws:PrincipalTag/team}/*' });
    for (const old of [{ Version: '2008-10-17', Statement: statement }, { Statement: statement }]) {
      expect(verdict({ identityPolicies: [old] }, { resource, context: team })).toBe('ImplicitlyDenied');
      expect(
        verdict({ identityPolicies: [old] }, request({ resource: 'arn:aws:s3:::data/${aws:PrincipalTag/team}/x' })),
      ).toBe('Allowed');
    }
  });
});

describe('in a condition', () => {
  const own = { 'aws:Ec2InstanceSourceVpc': 'vpc-1' };

  test('positive operators compare with the value', () => {
    expect(
      holds({ StringEquals: { 'aws:SourceVpc': '${aws:Ec2InstanceSourceVpc}' } }, { ...own, 'aws:SourceVpc': 'vpc-1' }),
    ).toBe(true);
    expect(
      holds({ StringEquals: { 'aws:SourceVpc': '${aws:Ec2InstanceSourceVpc}' } }, { ...own, 'aws:SourceVpc': 'vpc-2' }),
    ).toBe(false);
    expect(holds({ StringEquals: { s: '${*}' } }, { s: '*' })).toBe(true);
  });

  test('nothing equals or is like a variable without a value', () => {
    for (const operator of [
      'StringEquals',
      'StringEqualsIgnoreCase',
      'StringLike',
      'ArnLike',
      'StringEqualsIfExists',
      'ForAnyValue:StringLike',
    ]) {
      expect(holds({ [operator]: { 'aws:SourceVpc': '${missing}' } }, { 'aws:SourceVpc': 'vpc-1' })).toBe(false);
      expect(holds({ [operator]: { 'aws:SourceVpc': '${missing}*' } }, { 'aws:SourceVpc': 'vpc-1' })).toBe(false);
    }
  });

  test.each([
    'StringNotEquals',
    'StringNotEqualsIgnoreCase',
    'StringNotLike',
    'ArnNotEquals',
    'ArnNotLike',
    'StringNotEqualsIfExists',
    'ForAnyValue:StringNotEquals',
    'ForAllValues:StringNotLike',
  ])('%s matches a variable without a value', operator => {
    const conditions = { [operator]: { 'aws:SourceVpc': '${aws:Ec2InstanceSourceVpc}' } };
    expect(holds(conditions, { 'aws:SourceVpc': 'vpc-1' })).toBe(true);
  });

  test('a negated operator matches where both the key and the variable have no value', () => {
    expect(holds({ StringNotEquals: { 'aws:SourceVpc': '${aws:Ec2InstanceSourceVpc}' } })).toBe(true);
  });

  test('in a list, the other values of a negated operator still count', () => {
    expect(holds({ StringNotEquals: { k: ['${missing}', 'a'] } }, { k: 'a' })).toBe(false);
    expect(holds({ StringNotEquals: { k: ['${missing}', 'a'] } }, { k: 'b' })).toBe(true);
  });

  test('numbers, dates and addresses know no variables', () => {
    expect(holds({ NumericEquals: { n: '${m}' } }, { n: '1', m: '1' })).toBe(false);
    expect(holds({ IpAddress: { ip: '${m}' } }, { ip: '10.0.0.1', m: '10.0.0.1' })).toBe(false);
  });

  test('stolen credentials, used outside the instance, are refused', () => {
    const policies = {
      identityPolicies: [
        policy(allow(), {
          Sid: 'DenyOutsideInstanceVpc',
          Effect: 'Deny',
          Action: 's3:*',
          Resource: '*',
          Condition: {
            StringNotEquals: { 'aws:SourceVpc': '${aws:Ec2InstanceSourceVpc}' },
            BoolIfExists: { 'aws:ViaAWSService': 'false' },
          },
        }),
      ],
    };
    expect(verdict(policies, { context: { ...own, 'aws:SourceVpc': 'vpc-1' } })).toBe('Allowed');
    expect(verdict(policies, { context: { ...own, 'aws:SourceVpc': 'vpc-9' } })).toBe('ExplicitlyDenied');
    expect(verdict(policies, { context: own })).toBe('ExplicitlyDenied');
    expect(verdict(policies, { context: { 'aws:SourceVpc': 'vpc-1' } })).toBe('ExplicitlyDenied');
    expect(verdict(policies, { context: {} })).toBe('ExplicitlyDenied');
    expect(verdict(policies, { context: { ...own, 'aws:ViaAWSService': 'true' } })).toBe('Allowed');
  });
});
