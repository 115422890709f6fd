import { lines, policyOf } from './support';
import type { ConditionJson } from '../../src/iam';
import type { PolicyPlace } from '../../src/rules/all-rules';
import { setOperators } from '../../src/rules/set-operators';

function said(Effect: 'Allow' | 'Deny', Condition: ConditionJson, place: PolicyPlace = 'bucket'): string[] {
  return lines(setOperators, [
    policyOf(place, { Sid: 'Checked', Effect, Principal: '*', Action: '*', Resource: '*', Condition }),
  ]);
}

describe('set operators on keys with one value', () => {
  test.each<['Allow' | 'Deny', string, string]>([
    [
      'Deny',
      'ForAnyValue:StringNotEquals',
      'it holds for no request without the key, which lets them pass the Deny > write StringNotEquals',
    ],
    ['Deny', 'ForAnyValue:StringEquals', 'it holds for no request without the key > write StringEquals'],
    ['Deny', 'ForAllValues:StringNotEquals', 'it holds for requests without the key as well > write StringNotEquals'],
    [
      'Allow',
      'ForAllValues:StringEqualsIfExists',
      'it holds for requests without the key as well, which lets them in > write StringEquals',
    ],
  ])('%s %s', (effect, operator, consequence) => {
    expect(said(effect, { [operator]: { 'aws:sourcevpce': 'vpce-1' } })).toEqual([
      `statement Checked of the bucket policy: ${operator.split(':')[0]} is for keys with several values, and aws:SourceVpce has one: ${consequence}`,
    ]);
  });

  test('a key that nobody knows here may have several', () => {
    expect(said('Deny', { 'ForAnyValue:StringEquals': { 'dynamodb:LeadingKeys': 'x' } })).toEqual([]);
  });
});

describe('lists', () => {
  test('ForAllValues in an Allow lets those in who have none', () => {
    const paths = { 'aws:PrincipalOrgPaths': 'o-1/*' };
    expect(said('Allow', { 'ForAllValues:StringLike': paths })).toEqual([
      expect.stringMatching(
        /ForAllValues on aws:PrincipalOrgPaths holds for requests without the key as well, which lets them in > write ForAnyValue instead, or add the condition Null: aws:PrincipalOrgPaths false$/,
      ),
    ]);
    expect(said('Allow', { 'ForAllValues:StringLike': paths, Null: { 'aws:TagKeys': 'false' } })).toHaveLength(1);
    expect(said('Allow', { 'ForAllValues:StringLike': paths, Null: { 'aws:principalorgpaths': 'true' } })).toHaveLength(
      1,
    );
    expect(
      said('Allow', { 'ForAllValues:StringLike': paths, Null: { 'aws:PrincipalOrgPaths': ['true', 'false'] } }),
    ).toHaveLength(1);
    expect(said('Allow', { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': 'x' } })).toHaveLength(1);
    expect(said('Allow', { 'ForAllValues:StringLike': paths, null: { 'aws:principalorgpaths': false } })).toEqual([]);
    expect(
      said('Allow', {
        'ForAllValues:StringLike': paths,
        Null: { 'aws:SourceVpce': 'true', 'aws:PrincipalOrgPaths': 'false' },
      }),
    ).toEqual([]);
    expect(said('Allow', { 'ForAnyValue:StringLike': paths })).toEqual([]);
  });

  test('a negated ForAnyValue in a Deny spares those who have none', () => {
    expect(said('Deny', { 'ForAnyValue:StringNotLike': { 'aws:PrincipalOrgPaths': 'o-1/*' } })).toEqual([
      expect.stringMatching(
        /holds for no request without aws:PrincipalOrgPaths: who belongs to no organization passes the Deny > write ForAllValues:StringNotLike,/,
      ),
    ]);
    expect(said('Deny', { 'ForAnyValue:StringNotEquals': { 'aws:ResourceOrgPaths': 'o-1/' } })).toHaveLength(1);
    expect(said('Deny', { 'ForAllValues:StringNotLike': { 'aws:PrincipalOrgPaths': 'o-1/*' } })).toEqual([]);
    expect(said('Deny', { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-1/*' } })).toEqual([]);
    expect(said('Deny', { 'ForAnyValue:StringNotEquals': { 'aws:TagKeys': 'team' } })).toEqual([]);
  });

  test.each<['Allow' | 'Deny', string, string]>([
    ['Allow', 'StringLike', 'ForAnyValue:StringLike'],
    ['Allow', 'StringNotLike', 'ForAllValues:StringNotLike, and add the condition Null: aws:PrincipalOrgPaths false'],
    ['Deny', 'StringNotLike', 'ForAllValues:StringNotLike'],
    ['Deny', 'StringEquals', 'ForAnyValue:StringEquals'],
  ])('%s %s needs a set operator', (effect, operator, instead) => {
    expect(said(effect, { [operator]: { 'aws:PrincipalOrgPaths': 'o-1/*' } })).toEqual([
      expect.stringMatching(
        new RegExp(`aws:PrincipalOrgPaths has several values, and ${operator} does not say .* > write ${instead}$`),
      ),
    ]);
  });

  test.each([
    'aws:ResourceOrgPaths',
    'aws:TagKeys',
    'kms:EncryptionContextKeys',
    'aws:CalledVia',
    's3:RequestObjectTagKeys',
  ])('%s is a list', key => {
    expect(said('Deny', { StringEquals: { [key]: 'x' } })).toHaveLength(1);
    expect(said('Deny', { Null: { [key]: 'true' } })).toEqual([]);
  });

  test.each(['aws:CalledViaFirst', 'aws:PrincipalOrgID', 'ssm:DocumentCategories'])(
    '%s is none, or nobody knows',
    key => {
      expect(said('Deny', { StringEquals: { [key]: 'x' } })).toEqual([]);
    },
  );
});

describe('IfExists', () => {
  test('opens an Allow', () => {
    expect(said('Allow', { StringEqualsIfExists: { 'aws:SourceVpce': 'vpce-1' } })).toEqual([
      expect.stringMatching(
        /StringEqualsIfExists on aws:SourceVpce holds for requests without the key as well, which lets them in > write StringEquals$/,
      ),
    ]);
    expect(said('Allow', { BoolIfExists: { 'aws:SecureTransport': 'true' } })).toHaveLength(1);
  });

  test('is deliberate in a Deny, and says nothing new where it is negated', () => {
    expect(said('Deny', { StringEqualsIfExists: { 'aws:SourceVpce': 'vpce-1' } })).toEqual([]);
    expect(said('Allow', { StringNotEqualsIfExists: { 'aws:SourceVpce': 'vpce-1' } })).toEqual([]);
  });
});

test.each<[string | string[], number]>([
  ['ssm:StartSession', 0],
  [['ec2:CreateTags', 'kms:Decrypt'], 1],
  ['sts:AssumeRole', 1],
  ['s*:*', 1],
])('an Allow of %j: %d', (Action, count) => {
  const conditions: ConditionJson[] = [
    { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'true' } },
    { 'ForAllValues:StringEquals': { 'aws:TagKeys': 'team' } },
  ];
  for (const Condition of conditions) {
    expect(
      lines(setOperators, [policyOf('managed policy', { Effect: 'Allow', Action, Resource: '*', Condition })]),
    ).toHaveLength(count);
  }
});

describe('switches that requests lack', () => {
  test.each<[string, PolicyPlace]>([
    ['aws:PrincipalIsAWSService', 'bucket'],
    ['aws:PrincipalIsAWSService', 'key'],
    ['aws:PrincipalIsAWSService', 'S3 endpoint'],
    ['aws:MultiFactorAuthPresent', 'managed policy'],
    ['aws:AssumedRoot', 'bucket'],
  ])('Bool %s false in a Deny of the %s', (key, place) => {
    expect(said('Deny', { Bool: { [key]: 'false' } }, place)).toEqual([
      expect.stringMatching(
        /Bool on .* holds for no request without the key, and .*: they pass the Deny > write BoolIfExists$/,
      ),
    ]);
    expect(said('Deny', { Bool: { [key]: false } }, place)).toHaveLength(1);
    expect(said('Deny', { Bool: { [key]: ['true', 'false'] } }, place)).toHaveLength(1);
    expect(said('Deny', { BoolIfExists: { [key]: 'false' } }, place)).toEqual([]);
    expect(said('Deny', { Bool: { [key]: 'true' } }, place)).toEqual([]);
    expect(said('Allow', { Bool: { [key]: 'false' } }, place)).toEqual([]);
  });

  test('a role signs its requests, and every request says whether it is encrypted', () => {
    expect(said('Deny', { Bool: { 'aws:PrincipalIsAWSService': 'false' } }, 'managed policy')).toEqual([]);
    expect(said('Deny', { Bool: { 'aws:SecureTransport': 'false' } })).toEqual([]);
  });
});

test('an operator that IAM does not know is for another rule', () => {
  expect(said('Allow', { 'ForAllValue:StringLikes': { 'aws:SourceVpce': 'x' } })).toEqual([]);
});
