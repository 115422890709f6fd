import { App, Stack } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { PrivateEc2S3Access, PrivateEc2S3AccessProps } from '../../src';
import { ORGANIZATION, OU } from '../support/organization-policies';
import { denyInBucket, IRELAND } from '../support/resources';
import { quickStart } from '../support/scenarios';
import { validated } from '../support/validated';

type Conditions = Record<string, Record<string, string | string[]>>;
type Change = (app: App) => unknown;

function workload(app: App, organization?: PrivateEc2S3AccessProps['organization']): PrivateEc2S3Access {
  return quickStart(new Stack(app, 'Training', { env: IRELAND }), { organization });
}

const bucketDenies =
  (conditions: Conditions, organization?: PrivateEc2S3AccessProps['organization']): Change =>
  app =>
    denyInBucket(workload(app, organization), conditions);

function denial(actions: string[], conditions: Conditions): PolicyStatement {
  return new PolicyStatement({
    effect: Effect.DENY,
    principals: [new AnyPrincipal()],
    actions,
    resources: ['*'],
    conditions,
  });
}

const keyDenies =
  (actions: string[], conditions: Conditions = {}): Change =>
  app => {
    const keys = workload(app).node.findAll();
    keys.find((each): each is Key => each instanceof Key)?.addToResourcePolicy(denial(actions, conditions));
  };

const bucketProtects =
  (actions: string[], conditions: Conditions = {}): Change =>
  app => {
    const bucket = workload(app).dataBucket('UserData');
    const statement = denial(actions, conditions).copy({ resources: [bucket.bucketArn] });
    bucket.addToResourcePolicy(statement);
  };

const unless = (...roles: string[]): Conditions => ({
  ArnNotLike: { 'aws:PrincipalArn': roles.map(role => `arn:aws:iam::${IRELAND.account}:role/${role}`) },
});

const CLOUDFORMATION = 'cdk-hnb659fds-cfn-exec-role-111122223333-eu-west-1';
const PATH = `${ORGANIZATION}/r-ab12/${OU}/`;
const FROM_2040: Conditions = { DateGreaterThan: { 'aws:CurrentTime': '2040-01-01T00:00:00Z' } };

describe('a Deny that protects is not refused', () => {
  test.each<[string, Change]>([
    ['a bucket in its own Region only', bucketDenies({ StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } })],
    ['no request to a bucket from Regions far away', bucketDenies({ StringLike: { 'aws:RequestedRegion': 'us-*' } })],
    ['a key that nobody deletes', keyDenies(['kms:ScheduleKeyDeletion', 'kms:DisableKey'])],
    ['a key that one role deletes', keyDenies(['kms:ScheduleKeyDeletion'], unless('KeyAdmin'))],
    ['a key that one role and the pipeline change', keyDenies(['kms:PutKeyPolicy'], unless('Keys', CLOUDFORMATION))],
    [
      'a key that is deleted after 30 days only',
      keyDenies(['kms:ScheduleKeyDeletion'], {
        NumericLessThan: { 'kms:ScheduleKeyDeletionPendingWindowInDays': '30' },
      }),
    ],
    [
      'a key that root does not delete',
      keyDenies(['kms:ScheduleKeyDeletion'], { StringEquals: { 'aws:PrincipalType': 'Account' } }),
    ],
    ['a bucket that nobody deletes', bucketProtects(['s3:DeleteBucket', 's3:PutBucketWebsite'])],
    ['no public list for a bucket', bucketProtects(['s3:PutBucketAcl'], { StringLike: { 's3:x-amz-acl': 'public*' } })],
    ['a bucket that closes one day', bucketDenies(FROM_2040)],
    ['a key that closes one day', keyDenies(['kms:*'], FROM_2040)],
    [
      'units of the organization for one bucket',
      bucketDenies(
        {
          'ForAllValues:StringNotLike': { 'aws:PrincipalOrgPaths': `${PATH}*` },
          BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
        },
        { organizationId: ORGANIZATION },
      ),
    ],
    [
      'units of the organization and an account beside',
      bucketDenies(
        {
          'ForAllValues:StringNotLike': { 'aws:PrincipalOrgPaths': `${PATH}*` },
          StringNotEquals: { 'aws:PrincipalAccount': '555566667777' },
          BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
        },
        { organizationId: ORGANIZATION, organizationalUnitPaths: [PATH] },
      ),
    ],
  ])('%s', (_, define) => {
    expect(validated(define)).toMatchObject({ violations: [], error: undefined });
  });
});

describe('a Deny that locks out is still refused', () => {
  const rules = (define: Change) => validated(define).violations.map(({ ruleName }) => ruleName);

  test.each<[string, Change, string]>([
    [
      'a key that one role alone changes, which CloudFormation is not',
      keyDenies(['kms:PutKeyPolicy'], unless('KeyAdmin')),
      'not-locked-out[key-configuration]',
    ],
    [
      'a key that CloudFormation alone changes',
      keyDenies(['kms:*'], unless(CLOUDFORMATION)),
      'not-locked-out[key-configuration]',
    ],
    [
      'a key that nobody deletes or lets delete',
      keyDenies(['kms:ScheduleKeyDeletion', 'kms:PutKeyPolicy']),
      'not-locked-out[key-configuration]',
    ],
    [
      'a bucket in another Region only',
      bucketDenies({ StringNotEquals: { 'aws:RequestedRegion': 'us-east-1' } }),
      'not-locked-out[bucket-configuration]',
    ],
    [
      'a bucket whose policy nobody writes',
      bucketProtects(['s3:PutBucketPolicy', 's3:DeleteBucket']),
      'not-locked-out[bucket-configuration]',
    ],
    [
      'a bucket whose settings CloudFormation may not change',
      bucketProtects(['s3:PutLifecycleConfiguration'], unless('Admin')),
      'not-locked-out[bucket-configuration]',
    ],
    ['a bucket that has closed', bucketDenies({ DateGreaterThan: { 'aws:CurrentTime': '2020' } }), 'works[grants]'],
  ])('%s', (_, define, rule) => {
    expect(rules(define)).toContain(rule);
  });
});

describe('a service that uses the key for something else', () => {
  const serving = (conditions: Conditions) => {
    const define: Change = app => {
      const keys = workload(app).node.findAll();
      const principals = [new ServicePrincipal('logs.eu-west-1.amazonaws.com')];
      const actions = ['kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey*', 'kms:DescribeKey'];
      keys
        .find((each): each is Key => each instanceof Key)
        ?.addToResourcePolicy(new PolicyStatement({ principals, actions, resources: ['*'], conditions }));
    };
    return validated(define).violations.map(({ ruleName }) => ruleName);
  };

  test('has a context that no object has', () => {
    expect(
      serving({ ArnLike: { 'kms:EncryptionContext:aws:logs:arn': 'arn:aws:logs:eu-west-1:111122223333:*' } }),
    ).toEqual([]);
  });

  test('can decrypt objects without one', () => {
    expect(serving({ StringEquals: { 'aws:SourceAccount': '111122223333' } })).toContain('closed[key-use]');
  });
});
