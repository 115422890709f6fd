import { findings, lines, policyOf } from './support';
import type { ConditionJson, StatementJson } from '../../src/iam';
import { documentedKeys } from '../../src/iam/facts/condition-keys';
import type { PolicyPlace } from '../../src/rules/all-rules';
import { conditionKeys } from '../../src/rules/condition-keys';

/** What is said of a condition in a statement about the objects of a bucket, unless the statement is another. */
function said(
  Condition: ConditionJson,
  statement: Partial<StatementJson> = {},
  place: PolicyPlace = 'bucket',
): string[] {
  return lines(conditionKeys, [
    policyOf(place, {
      Sid: 'Checked',
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: 'arn:aws:s3:::data/*',
      ...statement,
      Condition,
    }),
  ]);
}

/** The same, with whether it is a doubt only. */
function doubted(Condition: ConditionJson, statement: Partial<StatementJson>) {
  const Resource = 'arn:aws:s3:::data/*';
  return findings(conditionKeys, [
    policyOf('bucket', { Sid: 'Checked', Effect: 'Deny', Principal: '*', Resource, ...statement, Condition }),
  ]).map(({ description, fix, isDoubt }) => ({ line: description, fix, isDoubt }));
}

describe('names of keys', () => {
  test.each([
    ['aws:SorceVpce', 'aws:SourceVpce'],
    ['aws:SourceVpces', 'aws:SourceVpce'],
    ['aws:SourceVcpe', 'aws:SourceVpce'],
    ['AWS:SOURCEVPCCE', 'aws:SourceVpce'],
    ['aws:PrincipalOrgPath', 'aws:PrincipalOrgPaths'],
    ['aws:ResourceAcount', 'aws:ResourceAccount'],
    ['aws:SecureTransprot', 'aws:SecureTransport'],
    ['aws:PrincipalIsAwsServices', 'aws:PrincipalIsAWSService'],
    ['aws:PrincipelTag/team', 'aws:PrincipalTag/team'],
    ['s3:ExistingObjectTags/class', 's3:ExistingObjectTag/class'],
    ['s3:prefx', 's3:prefix'],
    ['S3:TLSVersions', 's3:TlsVersion'],
    ['s3:object-lock-event-hodl', 's3:object-lock-event-hold'],
    ['s3:x-amz-server-side-encryption-aws-kms-keyid', 's3:x-amz-server-side-encryption-aws-kms-key-id'],
    ['kms:ViaServices', 'kms:ViaService'],
    ['SourceVpce', 'aws:SourceVpce'],
    ['asw:SourceVpce', 'aws:SourceVpce'],
    ['ec2:SourceInstanceARNs', 'ec2:SourceInstanceARN'],
  ])('%s may be a misspelt %s', (key, meant) => {
    const [doubt, ...more] = doubted({ StringEquals: { [key]: 'x' } }, { Action: '*' });
    expect(more).toEqual([]);
    expect(doubt).toEqual({
      line:
        `statement Checked of the bucket policy: "${key}" is not among the condition keys known here (did you mean ${meant}?): ` +
        'if AWS has none of that name, StringEquals holds for no request',
      fix: `write ${meant}`,
      isDoubt: true,
    });
  });

  test.each([
    'aws:Whatever',
    'aws:SourceVpceId',
    'aws:SourceVPCEndpoint',
    'aws:PrincipleArn',
    'aws:PrincipleTag/team',
    's3:object-lock-legal-holding',
    's3:object-lock-mode-override',
    's3:TlsVersion13',
    's3:x-amz-checksum-type',
    'kms:ViaServiceName',
    'sts:RoleSessionTags',
    'whatever',
  ])('%s may be a key that AWS has added since: no other is suggested', key => {
    const [doubt, ...more] = doubted({ StringEquals: { [key]: 'x' } }, { Action: '*' });
    expect(more).toEqual([]);
    expect(doubt).toEqual({
      line:
        `statement Checked of the bucket policy: "${key}" is not among the condition keys known here: ` +
        'if AWS has none of that name, StringEquals holds for no request',
      fix: expect.stringMatching(
        /^take a key of the global condition keys in the IAM user guide.*acknowledge the finding$/,
      ),
      isDoubt: true,
    });
  });

  test.each([
    [{ StringEquals: { 's3:object-lock-event-hold': 'ON' } }],
    [{ StringNotEquals: { 'S3:Object-Lock-Event-Hold': 'OFF' } }],
    [{ NumericLessThan: { 's3:object-lock-event-hold-duration-days': '30' } }],
    [{ NumericGreaterThan: { 'S3:OBJECT-LOCK-EVENT-HOLD-DURATION-DAYS': '3650' } }],
  ])('event holds have keys: %j', condition => {
    expect(said(condition, { Action: 's3:PutObjectRetention' })).toEqual([]);
  });

  test('only the keys of EC2 that belong to a role session are in requests to S3 and KMS', () => {
    expect(said({ StringEquals: { 'ec2:Vpc': 'x' } })).toEqual([
      expect.stringContaining('"ec2:Vpc" is not among the condition keys'),
    ]);
    expect(said({ StringEquals: { 'ec2:Vpc': 'x' } }, { Action: 'ec2:RunInstances' }, 'managed policy')).toEqual([]);
    expect(said({ StringEquals: { 'ec2:SourceInstanceArns': 'x' } }, {}, 'managed policy')).toHaveLength(1);
    expect(
      said(
        { StringEquals: { 'ecs:SourceInstanceARN': 'x', 'was:Vpc': 'x', 'sws:SourceVpce': 'x' } },
        {},
        'managed policy',
      ),
    ).toEqual([]);
  });

  test.each([
    ['StringNotEquals', 'holds for every request'],
    ['StringEqualsIfExists', 'holds for every request'],
    ['ForAllValues:StringEquals', 'holds for every request'],
    ['ForAnyValue:StringNotEquals', 'holds for no request'],
  ])('%s on a key that no request has %s', (operator, consequence) => {
    expect(said({ [operator]: { 'aws:SorceVpce': 'vpce-1' } })).toEqual([
      expect.stringContaining(`if AWS has none of that name, ${operator} ${consequence} >`),
    ]);
  });

  test('Null on such a key finds it absent', () => {
    expect(said({ Null: { 'aws:SorceVpce': 'true' } })).toEqual([
      expect.stringContaining('Null finds it absent from every request'),
    ]);
    expect(said({ Null: { 'aws:SorceVpce': 'false' } })).toEqual([expect.stringContaining('no request fulfils it')]);
  });

  test.each([
    [' aws:SourceVpce', 'aws:SourceVpce'],
    ['aws:SourceVpce ', 'aws:SourceVpce'],
    ['aws: SourceVpce', 'aws:SourceVpce'],
    ['aws:Principal Tag/cost center', 'aws:PrincipalTag/cost center'],
  ])('white space in %j is seen', (key, written) => {
    expect(said({ StringEquals: { [key]: 'x' } })).toEqual([
      expect.stringContaining(`contains white space, so that StringEquals holds for no request > write ${written}`),
    ]);
  });

  test.each([
    'aws:principalarn',
    'AWS:SourceVPCE',
    'aws:PrincipalTag/cost center',
    'aws:RequestTag/a',
    'aws:ResourceTag/a/b',
    's3:ExistingObjectTag/class',
    's3:RequestObjectTag/x',
    's3:BucketTag/x',
    'kms:EncryptionContext:aws:s3:arn',
    'ec2:SourceInstanceARN',
    'lambda:SourceFunctionArn',
    'sts:ExternalId',
    'iam:PassedToService',
    'ssm:resourceTag/x',
    'token.actions.githubusercontent.com:sub',
    'sns:Protocol',
    'ses:FromAddress',
    'ecs:cluster',
    'secretsmanager:ResourceTag/cost center',
  ])('%s is left alone', key => {
    expect(said({ StringEquals: { [key]: 'x' } }, { Action: '*' })).toEqual([]);
  });

  test('every documented key is a key', () => {
    const keys = documentedKeys().map(key => (/[/:]$/.test(key) ? `${key}x` : key));
    expect(new Set(keys).size).toBe(keys.length);
    expect(
      said(Object.fromEntries([['Null', Object.fromEntries(keys.map(key => [key, 'false']))]]), { Action: '*' }),
    ).toEqual([]);
  });
});

describe('operators', () => {
  test.each([
    ['StringEqual', 'StringEquals'],
    ['StringNotEqual', 'StringNotEquals'],
    ['ForAnyValue:StringLikes', 'ForAnyValue:StringLike'],
    ['StringEqualIfExists', 'StringEqualsIfExists'],
    ['ForAllValue:StringLike', 'ForAllValues:StringLike'],
    ['NullIfExists', 'Null'],
    ['ForAnyValue:Null', 'Null'],
    ['IPAdress', 'IpAddress'],
  ])('%s is none; %s is', (operator, meant) => {
    expect(said({ [operator]: { 'aws:SourceVpce': 'x' } })).toEqual([
      expect.stringMatching(
        new RegExp(
          `^statement Checked of the bucket policy: "${operator}" is not a condition operator of IAM, allowed: .* > write ${meant}$`,
        ),
      ),
    ]);
  });

  test('what is like no operator gets the list', () => {
    expect(said({ Matches: { 'aws:SourceVpce': 'x' } })).toEqual([
      expect.stringMatching(/> write an operator of the list, such as StringEquals$/),
    ]);
  });

  test.each<[string, string, string, string]>([
    ['StringEquals', 'aws:SourceIp', '10.0.0.0/8', 'IpAddress'],
    ['StringNotEqualsIfExists', 'aws:VpcSourceIp', '10.0.0.1', 'NotIpAddressIfExists'],
    ['StringEquals', 'aws:SecureTransport', 'true', 'Bool'],
    ['StringEquals', 's3:TlsVersion', '1.2', 'NumericEquals'],
    ['ArnNotEquals', 'aws:SourceVpce', 'vpce-1', 'StringNotEquals'],
    ['ForAnyValue:ArnLike', 'aws:PrincipalOrgPaths', 'o-1/*', 'ForAnyValue:StringEquals'],
    ['NumericEquals', 'aws:PrincipalAccount', '111122223333', 'StringEquals'],
    ['Bool', 'aws:PrincipalArn', 'true', 'ArnEquals'],
    ['StringEquals', 'aws:CurrentTime', '2026-01-01T00:00:00Z', 'DateGreaterThan'],
    ['NumericLessThan', 's3:object-lock-retain-until-date', '3', 'DateGreaterThan'],
    ['BinaryEquals', 'aws:SourceVpce', 'QUFB', 'StringEquals'],
  ])('%s does not fit %s', (operator, key, value, instead) => {
    expect(said({ [operator]: { [key]: value } })).toEqual([
      expect.stringMatching(
        new RegExp(`: ${operator} does not compare .*, which is what ${key} holds > write ${instead}, or `),
      ),
    ]);
  });

  test.each<[string, string, string]>([
    ['StringLike', 'aws:PrincipalArn', 'arn:aws:iam::111122223333:role/*'],
    ['ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::111122223333:role/*'],
    ['StringNotEquals', 'aws:VpcSourceIp', '${aws:Ec2InstanceSourcePrivateIPv4}'],
    ['IpAddress', 'aws:SourceIp', '192.0.2.0/24'],
    ['NumericLessThan', 's3:TlsVersion', '1.2'],
    ['NumericGreaterThan', 'aws:EpochTime', '1'],
    ['DateLessThan', 'aws:EpochTime', '1'],
    ['ArnLike', 's3:x-amz-copy-source', 'arn:aws:s3:::data/*'],
    ['NumericEquals', 'aws:PrincipalTag/level', '3'],
    ['BoolIfExists', 'aws:ViaAWSService', 'FALSE'],
    ['Bool', 'aws:SecureTransport', '<Training.Switch>'],
    ['StringEquals', 'aws:VpcSourceIp', '<Training.Address>'],
    ['StringEquals', 's3:prefix', 'a*b'],
    ['Bool', 'aws:SecureTransport', '${aws:PrincipalTag/tls}'],
  ])('%s fits %s', (operator, key, value) => {
    expect(said({ [operator]: { [key]: value } })).toEqual([]);
  });

  test('a switch is on or off', () => {
    expect(said({ Bool: { 'aws:SecureTransport': 'yes' } })).toEqual([
      expect.stringMatching(/Bool of aws:SecureTransport is "yes", allowed: true or false > write true or false$/),
    ]);
    expect(said({ Null: { 'aws:SourceVpce': 'vpce-1' } })).toEqual([
      expect.stringMatching(/Null of aws:SourceVpce is "vpce-1", allowed: true or false/),
    ]);
    expect(said({ Null: { 'aws:SourceVpce': true } })).toEqual([]);
    expect(said({ Bool: { 'aws:SecureTransport': ['a', 'b', 'c'] } })).toEqual([
      expect.stringContaining(' is "a", "b", "c", allowed'),
    ]);
    expect(said({ Bool: { 'aws:SecureTransport': ['a', 'b', 'c', 'd', 'e'] } })).toEqual([
      expect.stringContaining(' is "a", "b", "c" and 2 more, allowed'),
    ]);
  });

  test('a wildcard is a letter where values are compared as a whole', () => {
    expect(
      said({
        StringNotEquals: {
          'aws:PrincipalArn': ['arn:aws:iam::111122223333:role/*', 'arn:aws:iam::111122223333:role/App'],
        },
      }),
    ).toEqual([
      expect.stringMatching(
        /StringNotEquals takes the wildcard in "arn:aws:iam::111122223333:role\/\*" for a letter, and no value of aws:PrincipalArn contains one > write StringNotLike, /,
      ),
    ]);
    expect(said({ StringEqualsIgnoreCase: { 'aws:PrincipalType': 'a?' } })).toEqual([
      expect.stringContaining('> write StringLike, '),
    ]);
    expect(said({ StringEquals: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/${*}' } })).toEqual([]);
  });
});

describe('keys that no request of the statement carries', () => {
  test('keys of S3 and KMS belong to requests to S3 and KMS', () => {
    expect(said({ StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } })).toEqual([
      expect.stringMatching(
        /: only requests to kms carry the condition key kms:ViaService, and the statement is about s3:\* > move the condition to the statement about kms/,
      ),
    ]);
    expect(
      said({ StringEquals: { 's3:prefix': 'a/' } }, { Action: ['kms:Decrypt', 'kms:GenerateDataKey'] }, 'key'),
    ).toEqual([
      expect.stringContaining(
        'only requests to s3 carry the condition key s3:prefix, and the statement is about kms:Decrypt and kms:GenerateDataKey',
      ),
    ]);
    expect(
      said({ NumericLessThan: { 's3:TlsVersion': '1.2' } }, { Action: 'sts:AssumeRole' }, 'trust policy'),
    ).toHaveLength(1);
  });

  test.each<[Partial<StatementJson>]>([
    [{ Action: '*' }],
    [{ Action: ['s3:GetObject', 'kms:Decrypt'] }],
    [{ Action: undefined, NotAction: 's3:*' }],
    [{ Action: 'k*:Decrypt' }],
  ])('a statement about %j may be about KMS', statement => {
    expect(said({ StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } }, statement)).toEqual([]);
  });

  test.each(['s3:prefix', 's3:delimiter', 's3:MAX-KEYS'])('%s is of no use for objects', key => {
    expect(
      said(
        { Null: { [key]: 'false' } },
        { Action: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'] },
        'S3 endpoint',
      ),
    ).toEqual([
      expect.stringMatching(
        /only requests that list a bucket carry the condition key .*, and the statement is about s3:GetObject and the like > name the objects in the resource instead/,
      ),
    ]);
    for (const Action of ['s3:ListBucket', 's3:List*', '*', ['s3:GetObject', 's3:ListBucketVersions']]) {
      expect(said({ Null: { [key]: 'false' } }, { Action }, 'S3 endpoint')).toEqual([]);
    }
    expect(said({ Null: { [key]: 'false' } }, { Action: undefined, NotAction: 's3:GetObject' })).toEqual([]);
  });

  test('an endpoint sees no public address', () => {
    expect(said({ NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }, {}, 'S3 endpoint')).toEqual([
      expect.stringMatching(/no request through a VPC endpoint carries .* > use aws:VpcSourceIp$/),
    ]);
    expect(said({ NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }, {}, 'other endpoint')).toHaveLength(1);
    expect(said({ NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } })).toEqual([]);
  });
});

test('a statement without a name is counted, and the policies of AWS are left alone', () => {
  const statement: StatementJson = {
    Effect: 'Deny',
    Action: 's3:*',
    Resource: '*',
    Condition: { StringEquals: { 'aws:SorceVpce': 'x' } },
  };
  const plain: StatementJson = { Effect: 'Allow', Action: 's3:*', Resource: '*' };
  expect(lines(conditionKeys, [policyOf('managed policy', [plain, statement])])).toEqual([
    expect.stringMatching(/^statement #2 of the managed policy policy: /),
  ]);
  expect(lines(conditionKeys, [policyOf('managed policy', statement, { where: undefined })])).toEqual([]);
});
