import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import {
  BucketAccess,
  DataBucketPolicy,
  DataBucketPolicyProps,
  RemoteWorkload,
  TaggedWorkloadsAttributes,
} from '../../src';
import { AccessRequest, PolicyJson, decide } from '../../src/iam';
import { IRELAND, OTHER_ACCOUNT, TYPE, filledIn, only } from '../support/resources';

const OWNER = { ...IRELAND, account: OTHER_ACCOUNT };
const SECOND = '999900001111';
const BUCKET = 'arn:aws:s3:::example-shared';
const ORGANIZATION = 'o-a1b2c3d4e5';
const ALLOW_ALL: PolicyJson = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
const NAMES: Record<string, string> = {
  'AWS::Partition': 'aws',
  'AWS::AccountId': OWNER.account,
  'AWS::Region': OWNER.region,
  'AWS::URLSuffix': 'amazonaws.com',
};

interface Given {
  readonly attributes?: Partial<TaggedWorkloadsAttributes>;
  readonly props?: Partial<DataBucketPolicyProps>;
}

function policies({ attributes, props }: Given): { bucket: PolicyJson; key: PolicyJson } {
  const stack = new Stack(new App(), 'Owner', { env: OWNER });
  const bucket = new Bucket(stack, 'Shared', {
    bucketName: 'example-shared',
    encryption: BucketEncryption.KMS,
    encryptionKey: new Key(stack, 'Key'),
  });
  const teams = RemoteWorkload.fromPrincipalTag({
    access: [BucketAccess.readWrite('teams/')],
    accounts: [IRELAND.account, SECOND],
    organization: { organizationId: ORGANIZATION },
    tagKey: 'team',
    ...attributes,
  });
  new DataBucketPolicy(stack, 'Policy', { bucket, workloads: [teams], ...props });
  const template = Template.fromStack(stack);
  const nameOf = (reference: string) => NAMES[reference] ?? (reference.endsWith('.Arn') ? BUCKET : reference);
  const read = (type: string, property: string) =>
    filledIn(only(template, type).Properties[property], nameOf) as PolicyJson;
  return { bucket: read(TYPE.bucketPolicy, 'PolicyDocument'), key: read(TYPE.key, 'KeyPolicy') };
}

const NOT_SENT: AccessRequest['context'] = {
  'aws:Ec2InstanceSourceVpc': [],
  'aws:SourceVpce': [],
  'aws:VpceAccount': [],
  'aws:PrincipalTag/team': [],
  'aws:PrincipalOrgID': [],
};
const { 'aws:PrincipalTag/team': NO_TAG, 'aws:Ec2InstanceSourceVpc': NO_INSTANCE } = NOT_SENT;

/**
 * A request of a role with the tag team=blue, on its instance and through an endpoint of its account unless said
 * otherwise.
 */
function request(
  action: string,
  key = 'teams/blue/a.csv',
  context: AccessRequest['context'] = {},
  role = `arn:aws:iam::${IRELAND.account}:role/app/Worker`,
) {
  const account = role.split(':')[4];
  const all: AccessRequest['context'] = {
    'aws:PrincipalArn': role,
    'aws:PrincipalAccount': account,
    'aws:PrincipalOrgID': ORGANIZATION,
    'aws:PrincipalTag/team': 'blue',
    'aws:SecureTransport': 'true',
    's3:TlsVersion': '1.3',
    'aws:Ec2InstanceSourceVpc': 'vpc-workload',
    'aws:SourceVpce': 'vpce-0123456789abcdef0',
    'aws:VpceAccount': account,
    ...context,
  };
  return {
    action,
    resource: action.startsWith('kms:')
      ? `arn:aws:kms:eu-west-1:${OWNER.account}:key/shared`
      : key === ''
        ? BUCKET
        : `${BUCKET}/${key}`,
    resourceAccount: OWNER.account,
    principal: `arn:aws:sts::${account}:assumed-role/${role.split('/').pop()}/session`,
    context: Object.fromEntries(Object.entries(all).filter(([, value]) => value.length > 0)),
  };
}

function verdict(asked: AccessRequest, given: Given = {}): string {
  const { bucket, key } = policies(given);
  const isKey = asked.action.startsWith('kms:');
  return decide(asked, {
    identityPolicies: [ALLOW_ALL],
    resourcePolicy: isKey ? key : bucket,
    resourcePolicyKind: isKey ? 'key' : 'bucket',
  }).verdict;
}

const tagged = (value: string | string[]) => ({ 'aws:PrincipalTag/team': value });
const listing = (prefix: string | string[]) => request('s3:ListBucket', '', { 's3:prefix': prefix });
const throughS3 = (context: AccessRequest['context'] = {}) => ({
  'kms:ViaService': 's3.eu-west-1.amazonaws.com',
  ...context,
});

describe('a role with the tag, on an instance of its account', () => {
  test.each<[string, AccessRequest]>([
    ['reads under the prefix of its tag', request('s3:GetObject')],
    ['writes there', request('s3:PutObject')],
    ['lists it', listing('teams/blue/')],
    ['lists a part of it', listing('teams/blue/2026/')],
    ['locates the bucket', request('s3:GetBucketLocation', '')],
    [
      'does the same from the second account',
      request('s3:GetObject', undefined, {}, `arn:aws:iam::${SECOND}:role/Worker`),
    ],
    ['follows another value of the tag', request('s3:GetObject', 'teams/green/a.csv', tagged('green'))],
    ['has S3 decrypt', request('kms:Decrypt', '', throughS3())],
    ['has S3 encrypt', request('kms:GenerateDataKey', '', throughS3())],
  ])('%s', (_, asked) => expect(verdict(asked)).toBe('Allowed'));

  test.each<[string, AccessRequest]>([
    ['reads nothing of another team', request('s3:GetObject', 'teams/green/a.csv')],
    ['writes nothing of another team', request('s3:PutObject', 'teams/green/a.csv')],
    ['reads nothing of a team whose name begins with its own', request('s3:GetObject', 'teams/blueish/a.csv')],
    ['reads nothing outside the prefix', request('s3:GetObject', 'blue/a.csv')],
    ['lists nothing of another team', listing('teams/green/')],
    ['lists no other teams', listing('teams/')],
    ['does not list the whole bucket', listing([])],
    ['does not destroy versions', request('s3:DeleteObjectVersion')],
    ['does not change the policy', request('s3:PutBucketPolicy', '')],
    [
      'does not come through an endpoint of another account',
      request('s3:GetObject', undefined, { 'aws:VpceAccount': SECOND }),
    ],
    [
      'does not come from the internet',
      request('s3:GetObject', undefined, { 'aws:SourceVpce': [], 'aws:VpceAccount': [] }),
    ],
    ['does not come without TLS', request('s3:GetObject', undefined, { 'aws:SecureTransport': 'false' })],
    ['does not use the key itself', request('kms:Decrypt')],
    [
      'does not use the key through another service',
      request('kms:Decrypt', '', { 'kms:ViaService': 'ec2.eu-west-1.amazonaws.com' }),
    ],
    ['does not administer the key', request('kms:PutKeyPolicy', '', throughS3())],
  ])('%s', (_, asked) => expect(verdict(asked)).not.toBe('Allowed'));
});

describe('nothing is reached by', () => {
  test.each<[string, AccessRequest]>([
    ['a role without the tag', request('s3:GetObject', undefined, tagged(NO_TAG as string[]))],
    [
      'a role without the tag, at the key that the variable would name',
      request('s3:GetObject', 'teams/${aws:PrincipalTag/team}/a.csv', tagged(NO_TAG as string[])),
    ],
    ['a role with an empty tag', request('s3:GetObject', 'teams//a.csv', tagged(''))],
    [
      'a tag with a slash, inside the prefix of another team',
      request('s3:GetObject', 'teams/blue/inner/a.csv', tagged('blue/inner')),
    ],
    ['a wildcard as the tag', request('s3:GetObject', 'teams/green/a.csv', tagged('*'))],
    [
      'a session that could have been passed other tags',
      request('s3:GetObject', undefined, { 'aws:Ec2InstanceSourceVpc': NO_INSTANCE }),
    ],
    ['a role of another organization', request('s3:GetObject', undefined, { 'aws:PrincipalOrgID': 'o-zzzzzzzzzz' })],
    ['a role of no organization', request('s3:GetObject', undefined, { 'aws:PrincipalOrgID': [] })],
    ['a role of a third account', request('s3:GetObject', undefined, {}, 'arn:aws:iam::222233334444:role/app/Worker')],
    ['S3 with the key for a role without the tag', request('kms:Decrypt', '', throughS3(tagged(NO_TAG as string[])))],
    [
      'S3 with the key for a role of a third account',
      request('kms:Decrypt', '', throughS3(), 'arn:aws:iam::222233334444:role/app/Worker'),
    ],
  ])('%s', (_, asked) => expect(verdict(asked)).not.toBe('Allowed'));
});

describe('a path of roles', () => {
  const given: Given = { attributes: { rolePath: '/app/' } };

  test('lets its roles in', () => expect(verdict(request('s3:GetObject'), given)).toBe('Allowed'));

  test.each([`arn:aws:iam::${IRELAND.account}:role/Worker`, `arn:aws:iam::${IRELAND.account}:role/other/app/Worker`])(
    'keeps %s out',
    role => {
      expect(verdict(request('s3:GetObject', undefined, {}, role), given)).not.toBe('Allowed');
      expect(verdict(request('kms:Decrypt', '', throughS3(), role), given)).not.toBe('Allowed');
    },
  );
});

describe('endpoints that are known by their ids', () => {
  const given: Given = { attributes: { vpcEndpointIds: ['vpce-0123456789abcdef0'] } };

  test('let the workloads in', () => expect(verdict(request('s3:GetObject'), given)).toBe('Allowed'));

  test('are the only ones, also of the account', () =>
    expect(verdict(request('s3:GetObject', undefined, { 'aws:SourceVpce': 'vpce-other' }), given)).not.toBe('Allowed'));
});

test('access without the right to read needs no more than encryption of the key', () => {
  const given: Given = { attributes: { access: [BucketAccess.of(['s3:GetObject'], 'teams/')] } };
  expect(verdict(request('kms:Decrypt', '', throughS3()), given)).toBe('Allowed');
  expect(verdict(request('kms:GenerateDataKey', '', throughS3()), given)).not.toBe('Allowed');
  expect(verdict(request('s3:PutObject'), given)).not.toBe('Allowed');
});

describe('with the network perimeter', () => {
  const auditor = `arn:aws:iam::${OWNER.account}:role/Auditor`;

  test.each<[string, Given]>([
    ['by their account', { props: { networkPerimeter: true } }],
    ['by their ids', { attributes: { vpcEndpointIds: ['vpce-0123456789abcdef0'] }, props: { networkPerimeter: true } }],
  ])('the workloads stay in, through endpoints known %s, and others are out', (_, given) => {
    expect(verdict(request('s3:GetObject'), given)).toBe('Allowed');
    expect(
      verdict(
        request(
          's3:GetObject',
          undefined,
          { 'aws:VpceAccount': OWNER.account, 'aws:SourceVpce': 'vpce-owner' },
          auditor,
        ),
        given,
      ),
    ).not.toBe('Allowed');
  });
});

test('a hundred accounts fit into the policy of the bucket', () => {
  const accounts = Array.from({ length: 100 }, (_, index) => String(100000000000 + index));
  expect(JSON.stringify(policies({ attributes: { accounts } }).bucket).length).toBeLessThan(20480);
});
