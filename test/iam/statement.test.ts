import { allow, deny, OBJECT, policy, verdict } from './support';

const allows = (statement: Parameters<typeof allow>[0], more = {}) =>
  verdict({ identityPolicies: [policy(allow(statement))] }, more) === 'Allowed';

describe('actions', () => {
  test.each(['*', 's3:*', 's3:GetObject', 'S3:getobject', 's3:Get*', 's3:?etObject'])(
    '%s covers s3:GetObject',
    Action => {
      expect(allows({ Action })).toBe(true);
      expect(allows({ Action: ['s3:PutObject', Action] })).toBe(true);
      expect(allows({ NotAction: Action })).toBe(false);
      expect(allows({ NotAction: ['s3:PutObject', Action] })).toBe(false);
    },
  );

  test.each(['s3:GetObjectVersion', 's3:Put*', 'kms:*', 's3:GetObject?', ''])(
    '%j does not cover s3:GetObject',
    Action => {
      expect(allows({ Action })).toBe(false);
      expect(allows({ NotAction: Action })).toBe(true);
    },
  );

  test('the request may be written in any case', () => {
    expect(allows({ Action: 's3:GetObject' }, { action: 'S3:GETOBJECT' })).toBe(true);
  });

  test('a statement without actions applies to nothing', () => {
    expect(
      verdict({ identityPolicies: [{ Version: '2012-10-17', Statement: { Effect: 'Allow', Resource: '*' } }] }),
    ).toBe('ImplicitlyDenied');
  });
});

describe('resources', () => {
  test.each(['*', OBJECT, 'arn:aws:s3:::data/*', 'arn:*:s3:::data*', 'arn:aws:s3:::data/*/?.csv'])(
    '%s covers the object',
    Resource => {
      expect(allows({ Resource })).toBe(true);
      expect(allows({ NotResource: ['arn:aws:s3:::x', Resource] })).toBe(false);
    },
  );

  test.each(['arn:aws:s3:::data', 'arn:aws:s3:::data/out/*', 'arn:aws:s3:::DATA/*', 'arn:aws:s3:::dat/*'])(
    '%s does not',
    Resource => {
      expect(allows({ Resource })).toBe(false);
      expect(allows({ NotResource: Resource })).toBe(true);
    },
  );

  test('a prefix without a slash covers its longer namesakes', () => {
    expect(allows({ Resource: 'arn:aws:s3:::data*' }, { resource: 'arn:aws:s3:::database/secret' })).toBe(true);
    expect(allows({ Resource: 'arn:aws:s3:::data/*' }, { resource: 'arn:aws:s3:::database/secret' })).toBe(false);
  });

  test('an object key may contain colons', () => {
    expect(allows({ Resource: 'arn:aws:s3:::data/*' }, { resource: 'arn:aws:s3:::data/a:b' })).toBe(true);
  });
});

test('a single statement needs no list', () => {
  expect(verdict({ identityPolicies: [{ Version: '2012-10-17', Statement: allow() }] })).toBe('Allowed');
});

test('a Deny of another action, resource or condition does not apply', () => {
  const denies = [deny({ Action: 's3:PutObject' }), deny({ Resource: 'arn:aws:s3:::x/*' })];
  denies.push(deny({ Condition: { Bool: { 'aws:SecureTransport': 'false' } } }));
  expect(verdict({ identityPolicies: [policy(allow(), ...denies)] })).toBe('Allowed');
  expect(
    verdict({ identityPolicies: [policy(allow(), ...denies)] }, { context: { 'aws:SecureTransport': 'false' } }),
  ).toBe('ExplicitlyDenied');
});
