import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import {
  BucketAccess,
  DataBucketSource,
  PrivateEc2S3Access,
  RemoteAccess,
  S3EndpointMode,
  SessionManagerOptions,
} from '../../src';
import { decide, PolicyJson } from '../../src/iam';
import { ACCOUNT, DeployedStack, REGION } from '../support/deployed';
import {
  IRELAND,
  TYPE,
  errorOf,
  idsOf,
  newStack,
  only,
  resources,
  sids,
  statements,
  workload,
} from '../support/resources';
import { validatedStack } from '../support/validated';

type Options = Partial<SessionManagerOptions>;

function withLogs(stack: Stack, options: Options = {}, proveAtSynthesis = false): PrivateEc2S3Access {
  const logBucket =
    options.logBucket ??
    new Bucket(stack, 'SessionLogs', { encryption: BucketEncryption.KMS, encryptionKey: new Key(stack, 'LogKey') });
  return workload(stack, { remoteAccess: RemoteAccess.sessionManager({ ...options, logBucket }), proveAtSynthesis });
}

describe('sessions that are logged to S3', () => {
  test('are started with a document that names the bucket and the prefix', () => {
    const stack = newStack();
    const app = withLogs(stack);
    const template = Template.fromStack(stack);
    const bucket = stack.resolve((stack.node.findChild('SessionLogs') as Bucket).bucketName) as unknown;
    expect(only(template, 'AWS::SSM::Document').Properties).toMatchObject({
      Content: { inputs: { s3BucketName: bucket, s3KeyPrefix: 'session-logs', s3EncryptionEnabled: true } },
    });
    expect(stack.resolve(app.remoteAccess.sessionDocumentName)).toEqual({
      Ref: idsOf(template, 'AWS::SSM::Document')[0],
    });
  });

  test('take no endpoints beside those of Session Manager and S3', () => {
    const stack = newStack();
    withLogs(stack);
    expect(Object.keys(resources(Template.fromStack(stack), TYPE.endpoint))).toHaveLength(3);
  });

  test('leave the policy of the bucket to its owner', () => {
    const stack = newStack();
    withLogs(stack);
    const policies = Object.values(resources(Template.fromStack(stack), TYPE.bucketPolicy));
    const withPolicy = policies.map(({ Properties }) => JSON.stringify(Properties.Bucket));
    expect(withPolicy.filter(each => each.includes('SessionLogs'))).toEqual([]);
  });

  const passes = { error: undefined, violations: [] };

  test('pass the proof', () => expect(validatedStack(stack => void withLogs(stack, {}, true))).toMatchObject(passes));

  test('pass the proof with a bucket that is imported', () =>
    expect(
      validatedStack(stack => {
        withLogs(
          stack,
          { logBucket: Bucket.fromBucketName(stack, 'Theirs', 'their-session-logs'), logBucketPrefix: 'ssm/myapp/' },
          true,
        );
      }),
    ).toMatchObject(passes));
});

describe('what the agent may do', () => {
  const stack = new DeployedStack(each => void withLogs(each, { logBucketPrefix: 'ssm/' }));
  const BUCKET = stack.arn(stack.id('AWS::S3::Bucket', 'SessionLogs'));
  const ROLE = stack.arn(stack.id('AWS::IAM::Role', 'AppRole'));
  const OURS = stack.ref(stack.id('AWS::EC2::VPCEndpoint', 'S3Endpoint'));
  const ALL: PolicyJson = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
  const OF_INSTANCE = {
    'aws:SourceVpc': 'vpc-workload',
    'aws:VpcSourceIp': '10.0.0.10',
    'aws:Ec2InstanceSourceVpc': 'vpc-workload',
    'aws:Ec2InstanceSourcePrivateIPv4': '10.0.0.10',
  };

  const verdict = (action: string, resource: string, { role = ROLE, endpoint = OURS, account = ACCOUNT } = {}) =>
    decide(
      {
        action,
        resource,
        resourceAccount: account,
        principal: `arn:aws:sts::${ACCOUNT}:assumed-role/${role.split('/')[1]}/i-1`,
        context: {
          ...OF_INSTANCE,
          'aws:PrincipalArn': role,
          'aws:PrincipalAccount': ACCOUNT,
          'aws:SecureTransport': 'true',
          'aws:ResourceAccount': account,
          ...(endpoint === '' ? {} : { 'aws:SourceVpce': endpoint }),
        },
      },
      {
        identityPolicies: role === ROLE ? stack.rolePolicies() : [ALL],
        resourcePolicy:
          account === ACCOUNT
            ? undefined
            : { ...ALL, Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }] },
        resourcePolicyKind: 'bucket',
        endpointPolicy: endpoint === OURS ? stack.endpointPolicy() : undefined,
      },
    ).verdict;

  test.each([
    ['s3:PutObject', `${BUCKET}/ssm/i-1.log`],
    ['s3:GetEncryptionConfiguration', BUCKET],
  ])('is %s', (action, resource) => expect(verdict(action, resource)).toBe('Allowed'));

  test.each([
    ['s3:PutObject', `${BUCKET}/other/i-1.log`],
    ['s3:PutObject', `${BUCKET}/i-1.log`],
    ['s3:GetObject', `${BUCKET}/ssm/i-1.log`],
    ['s3:DeleteObject', `${BUCKET}/ssm/i-1.log`],
    ['s3:PutObjectAcl', `${BUCKET}/ssm/i-1.log`],
    ['s3:ListBucket', BUCKET],
    ['s3:PutEncryptionConfiguration', BUCKET],
    ['s3:GetBucketPolicy', BUCKET],
    ['s3:GetEncryptionConfiguration', 'arn:aws:s3:::another'],
  ])('is not %s on %s', (action, resource) => expect(verdict(action, resource)).not.toBe('Allowed'));

  test.each([
    ['around the endpoint', { endpoint: '' }],
    ['through another endpoint', { endpoint: 'vpce-other' }],
    ['for another role', { role: `arn:aws:iam::${ACCOUNT}:role/Other` }],
    ['in a bucket of another account with the same name', { account: '444455556666' }],
  ])('is nothing %s', (_, from) => expect(verdict('s3:PutObject', `${BUCKET}/ssm/i-1.log`, from)).not.toBe('Allowed'));

  test('is to use the key of the bucket through S3, and no other way', () => {
    const key = stack.arn(stack.id('AWS::KMS::Key', 'LogKey'));
    const use = (action: string, context: Record<string, string>) =>
      decide(
        {
          action,
          resource: key,
          resourceAccount: ACCOUNT,
          principal: `arn:aws:sts::${ACCOUNT}:assumed-role/${ROLE.split('/')[1]}/i-1`,
          context: { 'aws:PrincipalArn': ROLE, 'aws:PrincipalAccount': ACCOUNT, ...context },
        },
        {
          identityPolicies: stack.rolePolicies(),
          resourcePolicy: stack.property<PolicyJson>(stack.id('AWS::KMS::Key', 'LogKey'), 'KeyPolicy'),
          resourcePolicyKind: 'key',
        },
      ).verdict;
    const throughS3 = { 'aws:ViaAWSService': 'true', 'kms:ViaService': `s3.${REGION}.amazonaws.com` };
    expect(use('kms:GenerateDataKey', throughS3)).toBe('Allowed');
    expect(use('kms:GenerateDataKey', {})).not.toBe('Allowed');
    expect(use('kms:CreateGrant', throughS3)).not.toBe('Allowed');
  });
});

describe('refused is', () => {
  const define = (
    bucketOf: (stack: Stack) => Bucket | ReturnType<typeof Bucket.fromBucketName>,
    s3Endpoint?: S3EndpointMode,
  ) => {
    const stack = newStack(IRELAND);
    const logBucket = bucketOf(stack);
    return errorOf(() => workload(stack, { remoteAccess: RemoteAccess.sessionManager({ logBucket }), s3Endpoint }));
  };

  test('a bucket of another account', () =>
    expect(
      define(
        stack =>
          Bucket.fromBucketAttributes(stack, 'Theirs', { bucketName: 'theirs', account: '444455556666' }) as Bucket,
      ),
    ).toMatch(
      /^Training\/App: remoteAccess\.logBucket: got Training\/Theirs, allowed: a bucket of the account 111122223333: SSM Agent sets an ACL .*, fix: .*replicate/,
    ));

  test('a bucket of another Region', () =>
    expect(
      define(
        stack => Bucket.fromBucketAttributes(stack, 'Theirs', { bucketName: 'theirs', region: 'us-east-1' }) as Bucket,
      ),
    ).toMatch(
      /^Training\/App: remoteAccess\.logBucket: got Training\/Theirs, allowed: a bucket in eu-west-1, where the S3 endpoint leads/,
    ));

  test('a bucket with the perimeter of another workload', () =>
    expect(
      define(
        stack =>
          new PrivateEc2S3Access(stack, 'Other', {
            dataBuckets: { Data: DataBucketSource.create({ access: [BucketAccess.readOnly()] }) },
          }).dataBucket('Data') as Bucket,
      ),
    ).toMatch(
      /^Training\/App: remoteAccess\.logBucket: got Training\/Other\/DataBuckets\/Data\/Bucket, allowed: a bucket that no other perimeter has/,
    ));
});

test('sessions that are not logged to S3 give the role nothing in S3 beside its buckets', () => {
  const stack = newStack();
  workload(stack, { remoteAccess: RemoteAccess.sessionManager() });
  expect(sids(statements(Template.fromStack(stack), TYPE.managedPolicy))).not.toContain('SeeEncryptionOfSessionLogs');
});
