import type { BucketModel, RoleModel } from '../../src/cloudformation/models';
import { keyActionsFor, StatementJson } from '../../src/iam';
import { bucketActionsOf, isOnObject } from '../../src/request-flow/actions';
import { grantsOf } from '../../src/request-flow/grants';
import { organizationIn } from '../../src/request-flow/requests';
import { staticKeys } from '../../src/request-flow/static-keys';

const WHERE = { stack: 'Training', logicalId: 'Thing', type: 'AWS::EC2::Instance' };
const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('static keys', () => {
  const signs = (text: string, path = 'Properties.UserData') =>
    staticKeys([{ where: WHERE, path, text }]).map(({ sign }) => sign);

  test.each([
    ['AKIAIOSFODNN7EXAMPLE', 'an access key id'],
    ['key=ASIAIOSFODNN7EXAMPLE;', 'an access key id'],
    ['AKIA<Training.Key>', 'an access key id'],
    ['AWS_ACCESS_KEY_ID=x', 'AWS_ACCESS_KEY_ID'],
    ['[default]\naws_secret_access_key = x', 'aws_secret_access_key'],
    ['-DawsSecretAccessKey=x', 'aws_secret_access_key'],
    ['unset AWS_PROFILE; export AWS_SECRET_ACCESS_KEY=x', 'aws_secret_access_key'],
    ['aws configure set aws_secret_access_key x', 'aws_secret_access_key'],
    ['$Env:AWS_SECRET_ACCESS_KEY = "x"', 'aws_secret_access_key'],
    ['<Training.Key#SecretAccessKey>', 'the secret of an access key that the template makes'],
    [base64('export AWS_ACCESS_KEY_ID=x'), 'AWS_ACCESS_KEY_ID'],
    [base64(`echo ${base64('aws_secret_access_key=0123456789')} | base64 -d`), 'aws_secret_access_key'],
    [
      base64('aws_secret_access_key=0123456789 and a long line so that it wraps around').replace(/(.{20})/g, '$1\n'),
      'aws_secret_access_key',
    ],
  ])('%j', (text, sign) => {
    expect(signs(text)).toEqual([sign]);
  });

  test('the name of a property counts', () => {
    expect(signs('x', 'Environment.Variables.AWS_SECRET_ACCESS_KEY')).toEqual(['aws_secret_access_key']);
  });

  test.each([
    '#!/bin/bash',
    'AKIA',
    'AKIAIOSFODNN7EXAMPLEX',
    'the access key of the door',
    base64('#!/bin/bash\nyum update -y\n'),
    'XAKIAIOSFODNN7EXAMPLE',
    'unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY',
    'env -u AWS_SECRET_ACCESS_KEY -u AWS_ACCESS_KEY_ID aws s3 ls',
    '[ -z "$AWS_ACCESS_KEY_ID" ] || exit 1',
    'export AWS_SECRET_ACCESS_KEY=',
    'Remove-Item Env:\\AWS_SECRET_ACCESS_KEY',
    'grep -q aws_secret_access_key ~/.aws/credentials && exit 1',
    '# no AWS_SECRET_ACCESS_KEY here',
    '',
  ])('%j is none', text => {
    expect(signs(text)).toEqual([]);
  });
});

describe('actions', () => {
  test.each<[Partial<StatementJson>, string[]]>([
    [{ Action: ['s3:GetObject', 's3:ListAllMyBuckets', 'ssm:GetParameter'] }, ['s3:GetObject']],
    [{ Action: 's3:*Tagging' }, ['s3:GetObjectTagging', 's3:PutObjectTagging']],
    [{ Action: ['S3:getobject', 's3:GetObjec?'] }, ['S3:getobject']],
    [{ NotAction: ['s3:*Object*', 's3:List*'] }, ['s3:AbortMultipartUpload', 's3:GetBucketLocation']],
    [{ Action: 'kms:*' }, []],
  ])('of %j', (statement, expected) => {
    expect(bucketActionsOf({ Effect: 'Allow', ...statement })).toEqual(expected);
  });

  test.each([
    's3:GetObject',
    's3:getobjectversiontagging',
    's3:AbortMultipartUpload',
    's3:BypassGovernanceRetention',
    's3:ReplicateDelete',
  ])('%s is on objects', action => {
    expect(isOnObject(action)).toBe(true);
  });

  test.each([
    's3:ListBucket',
    's3:GetBucketObjectLockConfiguration',
    's3:PutBucketPolicy',
    's3:GetInventoryConfiguration',
  ])('%s is on buckets', action => {
    expect(isOnObject(action)).toBe(false);
  });

  test('S3 asks for the key where it reads or writes', () => {
    expect(['s3:GetObject', 's3:GetObjectVersion', 's3:PutObject', 's3:DeleteObject'].map(keyActionsFor)).toEqual([
      ['kms:Decrypt'],
      ['kms:Decrypt'],
      ['kms:Decrypt', 'kms:GenerateDataKey'],
      [],
    ]);
  });
});

describe('grants', () => {
  const bucket = (name: string): BucketModel => ({
    name,
    arn: `arn:aws:s3:::${name}`,
    account: '111122223333',
    region: 'eu-west-1',
    where: WHERE,
    blocksPublicAccess: true,
    versioned: true,
  });
  const BUCKETS = [bucket('data'), bucket('data-logs')];

  function granted(statement: Partial<StatementJson>) {
    const role: RoleModel = {
      name: 'App',
      arn: 'arn:aws:iam::111122223333:role/App',
      account: '111122223333',
      unknownPolicies: [],
      tags: {},
      policies: [
        {
          name: 'P',
          document: { Statement: [{ Effect: 'Allow', Action: ['s3:GetObject', 's3:ListBucket'], ...statement }] },
        },
      ],
    };
    return grantsOf(role, BUCKETS);
  }

  const resources = (statement: Partial<StatementJson>) =>
    granted(statement).map(({ action, resource }) => `${action.slice(3)} ${resource.slice(13)}`);

  test.each<[Partial<StatementJson>, string[]]>([
    [{ Resource: ['arn:aws:s3:::data', 'arn:aws:s3:::data/in/*'] }, ['GetObject data/in/object', 'ListBucket data']],
    [{ Resource: 'arn:aws:s3:::data/a?.csv' }, ['GetObject data/ax.csv']],
    [
      { Resource: 'arn:aws:s3:::data*' },
      ['GetObject data/object', 'GetObject data-logs/object', 'ListBucket data', 'ListBucket data-logs'],
    ],
    [{ Resource: 'arn:aws:s3:::*-logs/*/x' }, ['GetObject data-logs/object/x']],
    [{ Resource: '*', Action: 's3:ListBucket' }, ['ListBucket data', 'ListBucket data-logs']],
    [{ NotResource: ['arn:aws:s3:::data-logs*'] }, ['GetObject data/object', 'ListBucket data']],
    [{ Resource: 'arn:aws:s3:::data/${aws:username}/*' }, []],
    [{ Resource: 'arn:aws:s3:::data/*', Effect: 'Deny' }, []],
    [{ Resource: 'arn:*:s3:::other/*' }, ['GetObject other/object']],
  ])('%j', (statement, expected) => {
    expect(resources(statement)).toEqual(expected);
  });

  test('a bucket that is not in the assembly belongs to the account that it is pinned to, else to nobody known', () => {
    const owner = (Condition: StatementJson['Condition']) =>
      granted({ Resource: 'arn:aws:s3:::other/*', Condition })[0].bucket.account;
    expect(owner({ StringEquals: { 'aws:ResourceAccount': ['444455556666'] } })).toBe('444455556666');
    expect(owner(undefined)).toBe('<owner.other>');
  });

  test('a request says what the conditions ask for', () => {
    const [{ parameters }] = granted({
      Resource: 'arn:aws:s3:::data',
      Condition: {
        StringLike: { 's3:prefix': ['in/*', 'out/*'] },
        NumericLessThanEquals: { 's3:max-keys': 100 },
        StringNotEquals: { 's3:x-amz-acl': 'public-read' },
        StringEquals: { 'aws:SourceVpce': 'vpce-1', 's3:TlsVersion': '1.2' },
      },
    });
    expect(parameters).toEqual({ 's3:prefix': 'in/object', 's3:max-keys': '100' });
  });
});

describe('the organization that policies name', () => {
  const named = (Condition: StatementJson['Condition']) =>
    organizationIn([{ Statement: { Effect: 'Allow', Action: '*', Condition } }]);

  test.each<[StatementJson['Condition'], ReturnType<typeof organizationIn>]>([
    [{ StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }, { id: 'o-a1b2c3d4e5', path: 'o-a1b2c3d4e5/r-root/' }],
    [
      { StringLike: { 'aws:principalorgpaths': ['o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/*'] } },
      { id: 'o-a1b2c3d4e5', path: 'o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/' },
    ],
    [{ StringEquals: { 'aws:PrincipalAccount': '111122223333' } }, undefined],
    [undefined, undefined],
  ])('%j', (condition, expected) => {
    expect(named(condition)).toEqual(expected);
  });
});
