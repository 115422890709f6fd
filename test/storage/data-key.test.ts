import { Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { BucketAccess, DataBucketSource, DataEncryption } from '../../src';
import { AccessList, DataKey } from '../support/parts';
import {
  IRELAND,
  TYPE,
  annotationsWith,
  bucketStatementsOf,
  bySid,
  errorOf,
  idsOf,
  listOf,
  newStack,
  only,
  referred,
  sids,
  statements,
  synthesize,
  workload,
} from '../support/resources';

describe('DataKey', () => {
  test('is rotated, and kept when the stack is deleted', () => {
    expect(only(synthesize().template, TYPE.key)).toMatchObject({
      Properties: { EnableKeyRotation: true },
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
    });
  });

  test('names what it is for, or what is told', () => {
    expect(only(synthesize().template, TYPE.key).Properties.Description).toContain('Training/App');
    const stack = newStack();
    new DataKey(stack, 'Key', { accessList: new AccessList(), description: 'For the lessons' });
    expect(only(Template.fromStack(stack), TYPE.key).Properties.Description).toBe('For the lessons');
  });

  test('has a policy of five named statements', () => {
    expect(sids(statements(synthesize().template, TYPE.key))).toEqual([
      'AccountAdministersKey',
      'DecryptThroughS3',
      'EncryptThroughS3',
      'EncryptVolumesThroughEc2',
      'DenyGrantsExceptForAwsResources',
    ]);
  });

  test('names the account as principal, in whatever partition', () => {
    const { Principal } = bySid(statements(synthesize().template, TYPE.key), 'AccountAdministersKey');
    expect(Principal).toEqual({
      AWS: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'AWS::AccountId' }, ':root']] },
    });
  });

  test('is administered without being used', () => {
    const actions = listOf(bySid(statements(synthesize().template, TYPE.key), 'AccountAdministersKey').Action);
    expect(actions).toEqual(expect.arrayContaining(['kms:PutKeyPolicy', 'kms:ScheduleKeyDeletion', 'kms:DescribeKey']));
    expect(actions.filter(action => /\*|Decrypt|Encrypt|GenerateData|CreateGrant|Sign/.test(action))).toEqual([]);
  });

  test.each([
    ['DecryptThroughS3', 'kms:Decrypt'],
    ['EncryptThroughS3', 'kms:GenerateDataKey'],
  ])('is used by the role through S3 only: %s', (sid, action) => {
    const { app, stack, template } = synthesize({}, IRELAND);
    expect(bySid(statements(template, TYPE.key), sid)).toMatchObject({
      Effect: 'Allow',
      Action: action,
      Condition: {
        ArnLike: { 'aws:PrincipalArn': [stack.resolve(app.role.roleArn)] },
        StringEquals: { 'kms:ViaService': ['s3.eu-west-1.amazonaws.com'] },
      },
    });
  });

  test('is not used for writing where nobody writes', () => {
    const { template } = synthesize({
      dataBuckets: { Data: DataBucketSource.create({ access: [BucketAccess.readOnly()] }) },
    });
    expect(sids(statements(template, TYPE.key))).toContain('DecryptThroughS3');
    expect(sids(statements(template, TYPE.key))).not.toContain('EncryptThroughS3');
  });

  test('encrypts volumes for EC2, in this account only', () => {
    expect(bySid(statements(synthesize({}, IRELAND).template, TYPE.key), 'EncryptVolumesThroughEc2').Condition).toEqual(
      { StringEquals: { 'kms:CallerAccount': '111122223333', 'kms:ViaService': ['ec2.eu-west-1.amazonaws.com'] } },
    );
  });

  test('refuses grants except for resources of AWS', () => {
    expect(bySid(statements(synthesize().template, TYPE.key), 'DenyGrantsExceptForAwsResources')).toMatchObject({
      Effect: 'Deny',
      Action: 'kms:CreateGrant',
      Principal: '*',
      Condition: { BoolIfExists: { 'kms:GrantIsForAWSResource': 'false' } },
    });
  });
});

describe('DataEncryption.s3Managed', () => {
  const built = () => {
    const { app, stack, template } = synthesize({ encryption: DataEncryption.s3Managed() });
    const { bucketName } = app.dataBucket('UserData');
    return {
      template,
      bucket: referred(stack, template, bucketName),
      policy: bucketStatementsOf(stack, template, bucketName),
    };
  };

  test('makes no key and asks for none', () => {
    const { template, bucket } = built();
    template.resourceCountIs(TYPE.key, 0);
    expect(bucket.Properties.BucketEncryption).toMatchObject({
      ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
    });
    expect(sids(statements(template, TYPE.managedPolicy))).not.toContain('UseKeysOfDataBuckets');
  });

  test('demands AES256 only of a request that names an encryption', () => {
    const { policy } = built();
    expect(bySid(policy, 'DenyOtherEncryption').Condition).toEqual({
      Null: { 's3:x-amz-server-side-encryption': 'false' },
      StringNotEquals: { 's3:x-amz-server-side-encryption': 'AES256' },
    });
    expect(bySid(policy, 'DenyOtherKeys').Condition).toEqual({
      Null: { 's3:x-amz-server-side-encryption-aws-kms-key-id': 'false' },
    });
    expect(sids(policy)).not.toEqual(expect.arrayContaining(['DenyKmsWithoutKeyId']));
    expect(sids(policy)).toContain('DenyCustomerProvidedKeys');
  });
});

describe('DataEncryption.customerManagedKey', () => {
  test('refuses every other encryption that a request names', () => {
    const { app, stack, template } = synthesize();
    const policy = bucketStatementsOf(stack, template, app.dataBucket('UserData').bucketName);
    const keyArn = { 'Fn::GetAtt': [idsOf(template, TYPE.key)[0], 'Arn'] };
    const algorithm = 's3:x-amz-server-side-encryption';
    const keyId = 's3:x-amz-server-side-encryption-aws-kms-key-id';
    const conditions = ['DenyOtherEncryption', 'DenyOtherKeys', 'DenyKmsWithoutKeyId', 'DenyCustomerProvidedKeys'].map(
      sid => bySid(policy, sid).Condition,
    );
    expect(conditions).toEqual([
      { Null: { [algorithm]: 'false' }, StringNotEquals: { [algorithm]: 'aws:kms' } },
      { Null: { [keyId]: 'false' }, StringNotEquals: { [keyId]: keyArn } },
      { Null: { [keyId]: 'true' }, StringEquals: { [algorithm]: 'aws:kms' } },
      { Null: { 's3:x-amz-server-side-encryption-customer-algorithm': 'false' } },
    ]);
  });

  test.each(['DenyOtherEncryption', 'DenyOtherKeys', 'DenyKmsWithoutKeyId'])(
    '%s is about writing and about moving to another key',
    sid => {
      const { app, stack, template } = synthesize();
      expect(bySid(bucketStatementsOf(stack, template, app.dataBucket('UserData').bucketName), sid).Action).toEqual([
        's3:PutObject',
        's3:UpdateObjectEncryption',
      ]);
    },
  );
});

describe('DataEncryption.existingKey', () => {
  const REQUIRED = 'the policy of the key';
  const theirs = (account = '111122223333') =>
    `arn:aws:kms:eu-west-1:${account}:key/11111111-2222-3333-4444-555555555555`;
  const build = (arn = theirs()) => {
    const stack = newStack(IRELAND);
    const app = workload(stack, { encryption: DataEncryption.existingKey(Key.fromKeyArn(stack, 'Theirs', arn)) });
    return { stack, app, template: Template.fromStack(stack) };
  };

  test('makes no key, and encrypts with the existing one', () => {
    const { stack, app, template } = build();
    template.resourceCountIs(TYPE.key, 0);
    expect(
      JSON.stringify(referred(stack, template, app.dataBucket('UserData').bucketName).Properties.BucketEncryption),
    ).toContain(theirs());
    expect(bySid(statements(template, TYPE.managedPolicy), 'UseKeysOfDataBuckets').Resource).toBe(theirs());
  });

  test('does not touch the policy of a key of the same stack', () => {
    const policyOf = (use: boolean) => {
      const stack = newStack();
      const key = new Key(stack, 'Theirs');
      workload(stack, { encryption: use ? DataEncryption.existingKey(key) : DataEncryption.s3Managed() });
      return statements(Template.fromStack(stack), TYPE.key);
    };
    expect(policyOf(true)).toEqual(policyOf(false));
  });

  test('says what the owner of a key in another account must add', () => {
    expect(annotationsWith(build(theirs('444455556666')).stack, REQUIRED)).toEqual([
      expect.stringContaining('"Sid":"DecryptThroughS3"'),
    ]);
  });

  test('says nothing about a key of the same account, which trusts its IAM policies', () => {
    expect(annotationsWith(build().stack, REQUIRED)).toEqual([]);
  });

  test('refuses an alias: policies do not match its ARN', () => {
    expect(
      errorOf(() =>
        DataEncryption.existingKey(Key.fromKeyArn(newStack(), 'Theirs', theirs().replace(/key\/.*/, 'alias/theirs'))),
      ),
    ).toMatch(/^DataEncryption\.existingKey: key: got .*, allowed: .*alias, fix: /);
  });
});
