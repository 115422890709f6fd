import { findings, lines, policyOf, resourceOn } from './support';
import type { ConditionJson, StatementJson } from '../../src/iam';
import { endpointPolicyGrammar } from '../../src/rules/endpoint-policy-grammar';

const ALLOW: StatementJson = {
  Sid: 'Checked',
  Effect: 'Allow',
  Principal: '*',
  Action: 's3:GetObject',
  Resource: 'arn:aws:s3:::data/*',
};

function said(statement: Partial<StatementJson> = {}, ofGateway = true): string[] {
  return lines(endpointPolicyGrammar, [policyOf('S3 endpoint', { ...ALLOW, ...statement }, { ofGateway })]);
}

test('what the library writes is fine', () => {
  expect(
    said({
      Condition: {
        ArnEquals: { 'aws:PrincipalArn': 'arn:<partition>:iam::<account>:role/<Training.Role>' },
        StringEquals: { 'aws:ResourceAccount': '<account>' },
      },
    }),
  ).toEqual([]);
});

describe('principals', () => {
  const FIX = 'write Principal "*" and name the role by ArnEquals on aws:PrincipalArn';

  test('are in every statement', () => {
    const policy = policyOf('S3 endpoint', [ALLOW, { ...ALLOW, Sid: undefined, Principal: undefined }]);
    expect(findings(endpointPolicyGrammar, [policy])).toEqual([
      {
        where: resourceOn('Training/Policy'),
        cause: expect.objectContaining({ place: 'Training/Policy', index: 1 }),
        description:
          'statement #2 of the S3 endpoint policy: it has no Principal, which every statement of an endpoint policy needs',
        fix: FIX,
      },
    ]);
  });

  test('are never left out by NotPrincipal', () => {
    expect(said({ Principal: undefined, NotPrincipal: '*' })).toEqual([
      expect.stringContaining('by Principal, not by NotPrincipal'),
    ]);
  });

  test.each<StatementJson['Principal']>([
    { AWS: 'arn:aws:iam::111122223333:role/App' },
    { AWS: ['*', '111122223333'] },
    { Service: '*' },
    { AWS: '*', Service: 'ec2.amazonaws.com' },
    'arn:aws:iam::111122223333:root',
  ])('of a gateway endpoint are not %j', Principal => {
    expect(said({ Principal })).toEqual([
      expect.stringMatching(
        /: a gateway endpoint takes the principal .* for the root user of its account at most, allowed: "\*" > /,
      ),
    ]);
    expect(said({ Principal }, false)).toEqual([]);
  });

  test.each<StatementJson['Principal']>(['*', { AWS: '*' }, { AWS: ['*'] }])(
    'of a gateway endpoint may be %j',
    Principal => {
      expect(said({ Principal })).toEqual([]);
    },
  );
});

test('a policy without an Allow refuses everything', () => {
  expect(said({ Effect: 'Deny' })).toEqual([
    expect.stringMatching(
      /^the S3 endpoint policy has no Allow: .* > add an Allow for what may go through the endpoint$/,
    ),
  ]);
  expect(lines(endpointPolicyGrammar, [policyOf('S3 endpoint', [{ ...ALLOW, Effect: 'Deny' }, ALLOW])])).toEqual([]);
  expect(lines(endpointPolicyGrammar, [policyOf('S3 endpoint', [])])).toEqual([]);
});

describe('resources', () => {
  test.each([
    '*',
    'arn:aws:s3:::data',
    'arn:*:s3:::data/*',
    'arn:<partition>:s3:::<Training.Data>/a/*',
    'arn:aws:s3:eu-west-1:111122223333:accesspoint/app/object/*',
    '<Training.Data#Arn>/*',
    'arn:aws:s3:*:*:accesspoint/app',
  ])('%s', Resource => {
    expect(said({ Resource })).toEqual([]);
    expect(said({ Resource: undefined, NotResource: Resource })).toEqual([]);
  });

  test.each(['arn:aws:kms:eu-west-1:111122223333:key/1', 'data/*', 's3://data/*', 'arn:aws:dynamodb:::x'])(
    '%s is none of S3',
    other => {
      expect(said({ Resource: ['arn:aws:s3:::data/*', other] })).toEqual([
        expect.stringContaining(`"${other}" is not a resource of S3, allowed: ARNs such as`),
      ]);
      expect(said({ Resource: undefined, NotResource: other })).toHaveLength(1);
    },
  );

  test('an account is whole or a wildcard', () => {
    expect(said({ Resource: 'arn:aws:s3:eu-west-1:1111*:accesspoint/app' })).toEqual([
      expect.stringContaining('has digits and a wildcard, allowed: one of the two'),
    ]);
  });
});

describe('conditions', () => {
  const on = (Condition: ConditionJson) => said({ Condition });

  test.each<[string, string, string, string]>([
    ['StringLike', 'aws:ResourceAccount', '1111*', '"1111*"'],
    ['StringNotLike', 'aws:sourcevpce', 'vpce-*', '"vpce-*"'],
    ['StringLike', 'aws:PrincipalOrgID', 'o-a1b2c3d?e5', '"o-a1b2c3d?e5"'],
    ['NumericEquals', 'aws:PrincipalAccount', '111122223333', 'NumericEquals'],
  ])('%s on %s', (operator, key, value, what) => {
    expect(on({ [operator]: { [key]: value } })).toEqual([
      `statement Checked of the S3 endpoint policy: ${what} on ${key}: an endpoint policy takes no wildcards and no numeric operators on keys that hold identifiers` +
        ' > write StringEquals with the whole identifier',
    ]);
  });

  test.each<[string, string, string]>([
    ['StringEquals', 'aws:ResourceAccount', '111122223333'],
    ['StringLike', 'aws:SourceVpc', '${aws:Ec2InstanceSourceVpc}'],
    ['StringLike', 'aws:SourceVpce', 'vpce-<Training.Endpoint>'],
    ['StringEquals', 'aws:ResourceAccount', '*'],
  ])('%s on %s with %s is fine', (operator, key, value) => {
    expect(on({ [operator]: { [key]: value } })).toEqual([]);
  });

  test.each(['abc*', '*abcde', 'abcdef*abc*', 'abcde?abcde', '*'])(
    '%s has too few letters beside a wildcard',
    value => {
      for (const operator of ['StringLike', 'StringNotLike']) {
        expect(on({ [operator]: { 's3:x-amz-copy-source': value } })).toEqual([
          expect.stringContaining(
            `${JSON.stringify(value)} for s3:x-amz-copy-source has a wildcard with fewer than 6 characters before and after it`,
          ),
        ]);
      }
    },
  );

  test.each([
    'abcdef*',
    '*abcdef',
    'abc*abcdef',
    'abcdef?abcdef*',
    'abcdef**',
    '<Training.Data>*',
    '*${aws:userid}',
    'abc',
  ])('%s has enough', value => {
    expect(on({ StringLike: { 's3:x-amz-copy-source': value } })).toEqual([]);
  });

  test('an operator that takes no wildcards has none, and ARNs are compared part by part', () => {
    expect(
      on({ StringEquals: { 's3:x-amz-copy-source': 'a*' }, ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/a*' } }),
    ).toEqual([]);
  });

  test('an account in an ARN is whole or a wildcard', () => {
    expect(on({ ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::1111*:role/App' } })).toEqual([
      expect.stringMatching(/the account in "arn:.*" for aws:PrincipalArn has digits and a wildcard/),
    ]);
  });
});

test('is about endpoints of S3 only', () => {
  for (const place of ['bucket', 'other endpoint', 'managed policy'] as const) {
    expect(lines(endpointPolicyGrammar, [policyOf(place, { Effect: 'Deny', Action: '*', Resource: 'x' })])).toEqual([]);
  }
});
