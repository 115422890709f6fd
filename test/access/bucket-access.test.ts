import { CfnParameter, Token } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { BucketAccess } from '../../src';
import { BUCKET_ACTIONS, NEVER_GRANTED, OBJECT_ACTIONS } from '../../src/access/s3-actions';
import { errorOf, newStack } from '../support/resources';

const READ = ['s3:GetObject', 's3:GetObjectAttributes', 's3:GetObjectTagging'];
const WRITE = ['s3:AbortMultipartUpload', 's3:ListMultipartUploadParts', 's3:PutObject'];

describe('the actions of an access', () => {
  test.each<[string, BucketAccess, string[], string[], string[]]>([
    ['readOnly', BucketAccess.readOnly(), ['s3:GetBucketLocation', 's3:ListBucket'], READ, ['kms:Decrypt']],
    [
      'readOnly of a prefix',
      BucketAccess.readOnly('in/'),
      ['s3:GetBucketLocation', 's3:ListBucket'],
      READ,
      ['kms:Decrypt'],
    ],
    ['writeOnly', BucketAccess.writeOnly(), ['s3:GetBucketLocation'], WRITE, ['kms:Decrypt', 'kms:GenerateDataKey']],
    [
      'readWrite',
      BucketAccess.readWrite(),
      ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'],
      [...READ, ...WRITE, 's3:DeleteObject', 's3:PutObjectTagging'].sort(),
      ['kms:Decrypt', 'kms:GenerateDataKey'],
    ],
    [
      'readWrite of a prefix, where uploads cannot be limited',
      BucketAccess.readWrite('in/'),
      ['s3:GetBucketLocation', 's3:ListBucket'],
      [...READ, ...WRITE, 's3:DeleteObject', 's3:PutObjectTagging'].sort(),
      ['kms:Decrypt', 'kms:GenerateDataKey'],
    ],
    [
      'exact ones on objects',
      BucketAccess.of(['s3:RestoreObject', 's3:GetObjectVersion']),
      [],
      ['s3:GetObjectVersion', 's3:RestoreObject'],
      ['kms:Decrypt'],
    ],
    ['exact ones on the bucket', BucketAccess.of(['s3:ListBucketVersions'], 'in/'), ['s3:ListBucketVersions'], [], []],
    ['exact ones that need no key', BucketAccess.of(['s3:DeleteObject']), [], ['s3:DeleteObject'], []],
  ])('%s', (_, access, bucketActions, objectActions, keyActions) => {
    expect(access).toMatchObject({ bucketActions, objectActions, keyActions });
  });

  test('are named once, however often they are given', () => {
    expect(BucketAccess.of(['s3:GetObject', 's3:GetObject']).objectActions).toEqual(['s3:GetObject']);
  });

  test('are sorted, however they are given', () => {
    const actions = fc.uniqueArray(fc.constantFrom(...OBJECT_ACTIONS), { minLength: 1 });
    fc.assert(fc.property(actions, given => expect(BucketAccess.of(given).objectActions).toEqual([...given].sort())));
  });

  test('never destroy versions or change the bucket', () => {
    const all = [...BUCKET_ACTIONS, ...OBJECT_ACTIONS];
    expect(all.filter(action => NEVER_GRANTED.some(({ pattern }) => pattern.test(action)))).toEqual([]);
    expect(
      all.filter(action => /Bucket(Policy|Acl|Encryption)|DeleteObjectVersion$|Bypass|Replicat/.test(action)),
    ).toEqual([]);
  });
});

describe('the prefix of an access', () => {
  test.each([BucketAccess.readOnly, BucketAccess.writeOnly, BucketAccess.readWrite])(
    'is kept by each factory',
    factory => {
      expect(factory('a/b/').prefix).toBe('a/b/');
      expect(factory().prefix).toBeUndefined();
    },
  );

  test.each(['a/', 'a/b/c/', 'with space/', 'a+b=c@d/', '2026-01-01/', `${'x'.repeat(1022)}/`])('may be %s', prefix => {
    expect(BucketAccess.readOnly(prefix).prefix).toBe(prefix);
  });

  test('is taken with a slash behind it where the rest is known at deployment only', () => {
    const parameter = new CfnParameter(newStack(), 'Prefix');
    const { prefix } = BucketAccess.readOnly(`${parameter.valueAsString}/`);
    expect(Token.isUnresolved(prefix)).toBe(true);
    expect(() => BucketAccess.readOnly(parameter.valueAsString)).toThrow(
      /: prefix: got .*, allowed: a prefix that ends/,
    );
  });
});

test.each(['data/*', 'data*', '/data/*', '/data', 'a/b?/c', 'a/$x', '//data//*'])(
  'what is suggested in the place of the prefix %s is accepted',
  prefix => {
    const lines = errorOf(() => BucketAccess.readOnly(prefix)).split('\n');
    const suggested = lines.flatMap(line => /fix: write (".*")$/.exec(line)?.[1] ?? []);
    expect(new Set(suggested).size).toBe(1);
    expect(() => BucketAccess.readOnly(JSON.parse(suggested[0]) as string)).not.toThrow();
  },
);

test.each(['*', '/*', '/'])('in the place of the prefix %s the whole bucket is suggested', prefix => {
  expect(errorOf(() => BucketAccess.readOnly(prefix))).toContain('fix: leave it out to grant the whole bucket');
});
