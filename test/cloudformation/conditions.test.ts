import { handmade, outcomes, outcome, resolved, whyNot } from './support';
import type { JsonObject } from '../../src/cloudformation/json';
import { Json } from '../../src/cloudformation/json';
import { resolvedAssemblies } from '../../src/cloudformation/resolved-assembly';

const IF = { 'Fn::If': ['Chosen', 'yes', 'no'] };
const Parameters = { Stage: { Type: 'String', Default: 'prod' } };

function chosen(condition: Json, more: Record<string, Json> = {}) {
  return resolved(IF, { Parameters, Conditions: { Chosen: condition, ...more } });
}

function equals(left: Json, right: Json): Json {
  return { 'Fn::Equals': [left, right] };
}

describe('conditions that are decided', () => {
  test('by the default of a parameter', () => {
    expect(chosen(equals({ Ref: 'Stage' }, 'prod'))).toBe('yes');
    expect(chosen(equals({ Ref: 'Stage' }, 'test'))).toBe('no');
  });

  test('by the Region of the stack', () => {
    const Conditions = { Chosen: equals({ Ref: 'AWS::Region' }, 'eu-west-1') };
    expect(resolved(IF, { Conditions }, { region: 'eu-west-1' })).toBe('yes');
    expect(resolved(IF, { Conditions }, { region: 'us-east-1' })).toBe('no');
  });

  test('a symbol equals itself', () => {
    expect(chosen(equals({ Ref: 'AWS::Region' }, { 'Fn::Sub': '${AWS::Region}' }))).toBe('yes');
  });

  test.each([
    [{ 'Fn::Not': [equals('a', 'b')] }, 'yes'],
    [{ 'Fn::Not': [equals('a', 'a')] }, 'no'],
    [{ 'Fn::And': [equals('a', 'a'), equals('a', 'b')] }, 'no'],
    [{ 'Fn::And': [equals('a', 'a'), equals('b', 'b')] }, 'yes'],
    [{ 'Fn::Or': [equals('a', 'b'), equals('a', 'a')] }, 'yes'],
    [{ 'Fn::Or': [equals('a', 'b'), equals('b', 'a')] }, 'no'],
    [{ Condition: 'Other' }, 'no'],
  ])('%j is %s', (condition, expected) => {
    expect(chosen(condition, { Other: equals('a', 'b') })).toBe(expected);
  });

  test('unknown conditions and functions are reported', () => {
    expect(outcome(IF).unresolved[0].why).toBe('the template has no condition Chosen');
    expect(outcome(IF, { Conditions: { Chosen: { 'Fn::Guess': [] } } }).unresolved[0].why).toBe(
      'this condition function is not known here',
    );
    expect(outcome(IF, { Conditions: { Chosen: { Condition: 'Chosen' } } }).unresolved[0].why).toBe(
      'the condition Chosen refers to itself',
    );
  });
});

describe('conditions that are open', () => {
  const Conditions = {
    Chosen: equals({ Ref: 'AWS::Region' }, 'cn-north-1'),
    Opposite: { 'Fn::Not': [{ Condition: 'Chosen' }] },
  };

  test('both branches are read, in agreement with each other', () => {
    const value = [IF, { 'Fn::If': ['Opposite', 'yes', 'no'] }];
    expect(outcomes(value, { Conditions }).map(each => each.value)).toEqual([
      ['yes', 'no'],
      ['no', 'yes'],
    ]);
  });

  test('the resolvedAssemblies say what they assume', () => {
    const Resources = { Template: { Type: 'AWS::EC2::LaunchTemplate', Condition: 'Chosen' } };
    expect(
      resolvedAssemblies(handmade({ Resources, Conditions })).map(({ assumed, resources }) => [
        assumed,
        resources.length,
      ]),
    ).toEqual([
      [[{ left: '<region>', right: 'cn-north-1', equal: true }], 1],
      [[{ left: '<region>', right: 'cn-north-1', equal: false }], 0],
    ]);
  });

  test('a condition on something that does not matter is not looked at', () => {
    const Resources = {
      Metadata: { Type: 'AWS::CDK::Metadata', Condition: 'Chosen' },
      Bucket: { Type: 'AWS::S3::Bucket' },
    };
    expect(resolvedAssemblies(handmade({ Resources, Conditions }))).toHaveLength(1);
  });

  /** A template of an instance with a role and a bucket, where something is under a condition. */
  function changed(change: (resources: Record<string, JsonObject>) => void) {
    const resources: Record<string, JsonObject> = {
      Bucket: { Type: 'AWS::S3::Bucket' },
      Role: { Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyDocument: arn('Bucket') }] } },
      Profile: { Type: 'AWS::IAM::InstanceProfile', Properties: { Roles: [ref('Role')] } },
      Instance: { Type: 'AWS::EC2::Instance', Properties: { IamInstanceProfile: ref('Profile') } },
    };
    change(resources);
    return resolvedAssemblies(handmade({ Resources: resources, Conditions })).length;
  }

  const ref = (name: string) => ({ Ref: name });
  const arn = (name: string) => ({ 'Fn::GetAtt': [name, 'Arn'] });
  const either = { 'Fn::If': ['Chosen', 'one', 'other'] };

  test.each<[string, (resources: Record<string, JsonObject>) => void]>([
    ['a bucket of nobody', each => (each.Other = { Type: 'AWS::S3::Bucket', Condition: 'Chosen' })],
    [
      'the policy of a bucket of nobody',
      each => {
        each.Other = { Type: 'AWS::S3::Bucket' };
        each.Policy = { Type: 'AWS::S3::BucketPolicy', Condition: 'Chosen', Properties: { Bucket: ref('Other') } };
      },
    ],
    ['a machine without a profile', each => (each.Other = { Type: 'AWS::EC2::Instance', Condition: 'Chosen' })],
    ['a function', each => (each.Other = { Type: 'AWS::Lambda::Function', Condition: 'Chosen' })],
    [
      'the user data of a machine',
      each => {
        each.Instance = {
          Type: 'AWS::EC2::Instance',
          Properties: { IamInstanceProfile: ref('Profile'), UserData: { 'Fn::Base64': either } },
        };
      },
    ],
  ])('%s does not multiply the readings', (_, change) => {
    expect(changed(change)).toBe(1);
  });

  test.each<[string, (resources: Record<string, JsonObject>) => void]>([
    ['the bucket', each => (each.Bucket = { ...each.Bucket, Condition: 'Chosen' })],
    [
      'a policy of the bucket',
      each => {
        each.Policy = { Type: 'AWS::S3::BucketPolicy', Condition: 'Chosen', Properties: { Bucket: ref('Bucket') } };
      },
    ],
    [
      'a policy of the role under one branch',
      each => {
        const Roles = [{ 'Fn::If': ['Chosen', ref('Role'), 'another'] }];
        each.Policy = { Type: 'AWS::IAM::Policy', Properties: { Roles } };
      },
    ],
    ['the name of the bucket', each => (each.Bucket = { ...each.Bucket, Properties: { BucketName: either } })],
    [
      'a policy for a bucket that is not here',
      each => {
        each.Policy = { Type: 'AWS::S3::BucketPolicy', Condition: 'Chosen', Properties: { Bucket: 'elsewhere' } };
      },
    ],
  ])('%s is tried both ways', (_, change) => {
    expect(changed(change)).toBe(2);
  });

  test('too many are reported', () => {
    const names = [...'abcdefgh'];
    const many = Object.fromEntries(names.map(name => [name, equals({ Ref: 'AWS::Region' }, name)]));
    const all = outcomes(
      names.map(name => ({ 'Fn::If': [name, name, ''] })),
      { Conditions: many },
    );
    expect(all).toHaveLength(64);
    expect(all[0].unresolved.map(({ why }) => why)).toEqual(
      ['g', 'h'].map(name => `more than 6 conditions are open: whether <region> equals ${name} is not tried both ways`),
    );
  });
});

test('a resource whose condition does not hold does not exist', () => {
  const sections = {
    Resources: { Gone: { Type: 'AWS::S3::Bucket', Condition: 'Never' } },
    Conditions: { Never: equals('a', 'b') },
  };
  expect(resolvedAssemblies(handmade(sections))[0].resources).toEqual([]);
  expect(whyNot({ Ref: 'Gone' }, sections)).toBe('Ref: the condition Never keeps Gone from existing');
});
