import { Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AccountPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { BucketAccess, DataBucketSource, DataEncryption, NewDataBucketProps } from '../../src';
import { AccessList, DataBucket, DataBucketProps, PrivateNetwork, S3Endpoint, WorkloadRole } from '../support/parts';
import {
  OTHER_ACCOUNT,
  ResourceJson,
  StatementJson,
  TYPE,
  bucketStatementsOf,
  bySid,
  idsOf,
  logicalId,
  newStack,
  referred,
  resources,
  sids,
  statementsOf,
  synthesize,
  workload,
} from '../support/resources';

interface Built {
  readonly stack: Stack;
  readonly template: Template;
  readonly data: ResourceJson;
  readonly name: string;
}

const EXPIRATION = {
  Status: 'Enabled',
  NoncurrentVersionExpiration: { NoncurrentDays: 90 },
  AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
};
const encryptedBy = (rule: Record<string, unknown>) => ({
  BucketEncryption: { ServerSideEncryptionConfiguration: [rule] },
});
const loggingOf = ({ Properties }: ResourceJson) =>
  Properties.LoggingConfiguration as { DestinationBucketName: unknown; LogFilePrefix: string };

/** The policy of the bucket that receives the access logs: its logical id and its statements. */
function logPolicy(template: Template): [string, StatementJson[]] {
  const policies = Object.entries(resources(template, TYPE.bucketPolicy)).map(
    ([id, policy]): [string, StatementJson[]] => [id, statementsOf(policy)],
  );
  const found = policies.filter(([, statements]) => sids(statements).includes('AccessLogDelivery'));
  expect(found).toHaveLength(1);
  return found[0];
}

/** A data bucket of the construct. */
function created(options: Partial<NewDataBucketProps> = {}): Built {
  const { app, stack, template } = synthesize({
    dataBuckets: { Data: DataBucketSource.create({ access: [BucketAccess.readWrite()], ...options }) },
  });
  const name = app.dataBucket('Data').bucketName;
  return { stack, template, name, data: referred(stack, template, name) };
}

/** A data bucket alone, with the least that it needs. */
function alone(props: Partial<DataBucketProps> = {}, stack = newStack()) {
  const accessList = new AccessList();
  const flowLogsBucket = Bucket.fromBucketName(stack, 'FlowLogs', 'flow-logs');
  new S3Endpoint(stack, 'S3Endpoint', {
    accessList,
    vpc: new PrivateNetwork(stack, 'Network', { flowLogsBucket }).vpc,
  });
  const part = new DataBucket(stack, 'Data', { accessList, ...props });
  accessList.allow({
    role: new WorkloadRole(stack, 'Role', { accessList }),
    bucket: part.bucket,
    access: [BucketAccess.readOnly()],
  });
  return { stack, part, template: Template.fromStack(stack) };
}

describe('a data bucket', () => {
  test.each<[string, Record<string, unknown>]>([
    [
      'blocks public access',
      {
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
      },
    ],
    [
      'belongs to its owner with all objects',
      { OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] } },
    ],
    ['keeps versions', { VersioningConfiguration: { Status: 'Enabled' } }],
    ['expires old versions and broken uploads', { LifecycleConfiguration: { Rules: [EXPIRATION] } }],
    [
      'tells EventBridge what happens',
      { NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } } },
    ],
    ['blocks keys of customers', encryptedBy({ BlockedEncryptionTypes: { EncryptionType: ['SSE-C'] } })],
  ])('%s', (_, expected) => {
    expect(created().data.Properties).toMatchObject(expected);
  });

  test('is encrypted with the key, with one data key for many objects', () => {
    const { template, data } = created();
    const keyArn = { 'Fn::GetAtt': [idsOf(template, TYPE.key)[0], 'Arn'] };
    const byDefault = { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: keyArn };
    expect(data.Properties).toMatchObject(
      encryptedBy({ BucketKeyEnabled: true, ServerSideEncryptionByDefault: byDefault }),
    );
  });

  test('logs who reads and writes, under its own prefix', () => {
    const { stack, name, data } = created();
    const { DestinationBucketName, LogFilePrefix } = loggingOf(data);
    expect(DestinationBucketName).not.toEqual({ Ref: logicalId(stack, name) });
    expect(LogFilePrefix).toBe('s3-access-logs/Training/App/DataBuckets/Data/');
  });

  test('is kept with its policy when the stack is deleted, but not when it could not be created', () => {
    const { template, data } = created();
    const kept = { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' };
    expect(data).toMatchObject(kept);
    Object.values(resources(template, TYPE.bucketPolicy)).forEach(policy => expect(policy).toMatchObject(kept));
  });

  test('needs no function and no custom resource', () => {
    const { template } = created();
    [
      'AWS::Lambda::Function',
      'AWS::CloudFormation::CustomResource',
      'Custom::S3BucketNotifications',
      'Custom::S3AutoDeleteObjects',
    ].forEach(type => template.resourceCountIs(type, 0));
  });

  test('has a generated name', () => {
    expect(created().data.Properties).not.toHaveProperty('BucketName');
    expect(created().data.Properties).not.toHaveProperty('BucketNamePrefix');
  });

  test('takes a name', () => {
    expect(created({ bucketName: 'myapp-prod-user-data' }).data.Properties.BucketName).toBe('myapp-prod-user-data');
  });

  test('takes the beginning of a name that nobody else can take', () => {
    expect(created({ bucketNamePrefix: 'myapp' }).data.Properties).toMatchObject({
      BucketNamePrefix: 'myapp',
      BucketNamespace: 'account-regional',
    });
  });

  test('keeps old versions as long as is named', () => {
    expect(created({ noncurrentVersionExpiration: Duration.days(7) }).data.Properties).toMatchObject({
      LifecycleConfiguration: { Rules: [{ NoncurrentVersionExpiration: { NoncurrentDays: 7 } }] },
    });
  });

  test('has an S3 notification by EventBridge only, whatever the feature flags', () => {
    expect(Object.keys(created().data.Properties.NotificationConfiguration as object)).toEqual([
      'EventBridgeConfiguration',
    ]);
  });
});

describe('the policy of a data bucket', () => {
  const policy = () => {
    const { stack, template, name } = created();
    return {
      template,
      statements: bucketStatementsOf(stack, template, name),
      arn: { 'Fn::GetAtt': [logicalId(stack, name), 'Arn'] },
    };
  };
  const endpoints = (template: Template) => idsOf(template, TYPE.endpoint).map(Ref => ({ Ref }));

  test('is made of Denies for everybody, each with a name', () => {
    const { statements } = policy();
    statements.forEach(statement => expect(statement).toMatchObject({ Effect: 'Deny', Principal: '*' }));
    expect(new Set(sids(statements)).size).toBe(statements.length);
  });

  test('refuses requests without TLS 1.2', () => {
    const { statements } = policy();
    expect(bySid(statements, 'DenyWithoutTls')).toMatchObject({
      Action: 's3:*',
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    });
    expect(bySid(statements, 'DenyOldTls')).toMatchObject({
      Action: 's3:*',
      Condition: { NumericLessThan: { 's3:TlsVersion': '1.2' } },
    });
  });

  test('refuses everything on objects outside the endpoint', () => {
    const { template, statements, arn } = policy();
    expect(bySid(statements, 'DenyObjectsOutsideEndpoint')).toMatchObject({
      Action: 's3:*',
      Resource: { 'Fn::Join': ['', [arn, '/*']] },
      Condition: { StringNotEquals: { 'aws:SourceVpce': endpoints(template) } },
    });
  });

  test('refuses lists outside the endpoint, but to those who deploy', () => {
    const { template, statements, arn } = policy();
    expect(bySid(statements, 'DenyVersionListsOutsideEndpoint')).toMatchObject({
      Action: ['s3:ListBucketMultipartUploads', 's3:ListBucketVersions'],
      Resource: arn,
      Condition: { StringNotEquals: { 'aws:SourceVpce': endpoints(template) } },
    });
    const { Action, Condition, Resource } = bySid(statements, 'DenyListsOutsideEndpoint');
    expect([Action, Resource]).toEqual(['s3:ListBucket', arn]);
    expect(Condition?.StringNotEquals).toEqual({
      'aws:CalledViaFirst': 'cloudformation.amazonaws.com',
      'aws:SourceVpce': endpoints(template),
    });
    expect(JSON.stringify(Condition?.ArnNotLike)).toMatch(
      /cfn-exec-role.*AWSCloudFormationStackSetExecutionRole.*stacksets-exec-\*/,
    );
  });

  test('never refuses everything on the bucket itself for its network: its owner keeps it', () => {
    const { statements, arn } = policy();
    const byNetwork = statements.filter(({ Condition }) => JSON.stringify(Condition).includes('aws:SourceVpce'));
    const onBucket = byNetwork.filter(({ Resource }) => JSON.stringify(Resource) === JSON.stringify(arn));
    onBucket.forEach(({ Action }) => expect(JSON.stringify(Action)).not.toContain('*'));
    expect(onBucket).toHaveLength(2);
  });

  test('refuses objects to all but the role', () => {
    const { template, statements, arn } = policy();
    expect(bySid(statements, 'DenyObjectsToOthers')).toMatchObject({
      Action: 's3:*',
      Resource: { 'Fn::Join': ['', [arn, '/*']] },
      Condition: { ArnNotLike: { 'aws:PrincipalArn': [{ 'Fn::GetAtt': [idsOf(template, TYPE.role)[0], 'Arn'] }] } },
    });
  });

  test('uses no operator on sets or absent keys where it refuses by the network', () => {
    policy()
      .statements.filter(({ Condition }) => JSON.stringify(Condition).includes('aws:SourceVpce'))
      .forEach(({ Condition }) =>
        expect(Object.keys(Condition ?? {}).filter(operator => /IfExists|For(All|Any)/.test(operator))).toEqual([]),
      );
  });

  test('takes further statements behind its own', () => {
    const stack = newStack();
    const dataBucket = workload(stack).dataBucket('UserData');
    const principals = [new AccountPrincipal(OTHER_ACCOUNT)];
    dataBucket.addToResourcePolicy(
      new PolicyStatement({ sid: 'Mine', principals, actions: ['s3:GetObject'], resources: ['*'] }),
    );
    const names = sids(bucketStatementsOf(stack, Template.fromStack(stack), dataBucket.bucketName));
    expect(names[names.length - 1]).toBe('Mine');
    expect(names).toContain('DenyObjectsToOthers');
  });
});

describe('a data bucket alone', () => {
  test('makes its own key and its own log bucket', () => {
    const { template, part, stack } = alone();
    template.resourceCountIs(TYPE.key, 1);
    template.resourceCountIs(TYPE.bucket, 2);
    const { DestinationBucketName } = loggingOf(referred(stack, template, part.bucket.bucketName));
    expect(resources(template, TYPE.bucket)[(DestinationBucketName as { Ref: string }).Ref].Properties).toMatchObject({
      ...encryptedBy({ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }),
      PublicAccessBlockConfiguration: { RestrictPublicBuckets: true },
    });
  });

  test('lets S3 deliver its access logs, for this account only', () => {
    const { template } = alone();
    const delivery = bySid(logPolicy(template)[1], 'AccessLogDelivery');
    expect(delivery).toMatchObject({
      Effect: 'Allow',
      Action: 's3:PutObject',
      Principal: { Service: 'logging.s3.amazonaws.com' },
    });
    expect(delivery.Condition).toEqual({ StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } });
    expect(JSON.stringify(delivery.Resource)).toContain('s3-access-logs/Training/Data/*');
  });

  test('has no network perimeter on its log bucket, where services write', () => {
    const [, statements] = logPolicy(alone().template);
    expect(JSON.stringify(statements)).not.toContain('aws:SourceVpce');
    expect(sids(statements)).toEqual(expect.arrayContaining(['DenyWithoutTls', 'DenyOldTls']));
  });

  test('logs into the bucket that is named, and then makes no other', () => {
    const stack = newStack();
    const accessLogsBucket = Bucket.fromBucketName(stack, 'Logs', 'access-logs');
    const { template, part } = alone({ accessLogsBucket, encryption: DataEncryption.s3Managed() }, stack);
    template.resourceCountIs(TYPE.bucket, 1);
    expect(loggingOf(referred(stack, template, part.bucket.bucketName))).toEqual({
      DestinationBucketName: 'access-logs',
      LogFilePrefix: 's3-access-logs/Training/Data/',
    });
  });

  test('is not created before S3 may write its logs', () => {
    const { template, part, stack } = alone();
    expect(referred(stack, template, part.bucket.bucketName).DependsOn).toEqual([logPolicy(template)[0]]);
  });
});

test('all data buckets log into one bucket', () => {
  const source = () => DataBucketSource.create({ access: [BucketAccess.readOnly()] });
  const { template } = synthesize({ dataBuckets: { One: source(), Two: source(), Three: source() } });
  const logging = Object.values(resources(template, TYPE.bucket))
    .filter(({ Properties }) => 'LoggingConfiguration' in Properties)
    .map(loggingOf);
  expect(logging).toHaveLength(3);
  expect(new Set(logging.map(({ DestinationBucketName }) => JSON.stringify(DestinationBucketName))).size).toBe(1);
  template.resourceCountIs(TYPE.bucket, 4);
  template.resourceCountIs(TYPE.key, 1);
});
