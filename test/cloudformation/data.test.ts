import { handmade, model, modelOf, of } from './support';
import type { Json } from '../../src/cloudformation/json';

const DOCUMENT = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] };

describe('buckets and keys', () => {
  test.each<[string, Json]>([
    ['ARN', { 'Fn::GetAtt': ['Key', 'Arn'] }],
    ['id', { Ref: 'Key' }],
    ['alias', 'alias/data'],
    ['ARN of the alias', 'arn:aws:kms:eu-west-1:111122223333:alias/data'],
  ])('a key is found by its %s', (_, id) => {
    const { buckets, keys } = model({
      Key: of('AWS::KMS::Key', {}),
      Alias: of('AWS::KMS::Alias', { AliasName: 'alias/data', TargetKeyId: { Ref: 'Key' } }),
      Data: of('AWS::S3::Bucket', {
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [
            { ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: id } },
          ],
        },
      }),
    });
    expect(buckets[0].encryption).toMatchObject({ algorithm: 'aws:kms', key: keys[0] });
  });

  test('a key that is not in the assembly is an assumption', () => {
    const keyId = 'arn:aws:kms:eu-west-1:444455556666:key/1234';
    const { buckets, assumptions } = model({
      Data: of('AWS::S3::Bucket', {
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [
            { ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: keyId } },
          ],
        },
      }),
    });
    expect(buckets[0].encryption).toMatchObject({ keyId, key: undefined });
    expect(assumptions).toEqual([{ kind: 'key', name: keyId }]);
  });

  test('a second policy of a bucket is reported', () => {
    const Policy = of('AWS::S3::BucketPolicy', { Bucket: 'data', PolicyDocument: DOCUMENT });
    const { buckets, unresolved } = model({
      Data: of('AWS::S3::Bucket', { BucketName: 'data' }),
      Policy,
      Again: Policy,
    });
    expect(buckets[0].policy?.where?.logicalId).toBe('Policy');
    expect(unresolved).toEqual([
      expect.objectContaining({ logicalId: 'Again', why: 'the bucket data has another policy already' }),
    ]);
  });

  test('a bucket without settings has the defaults of S3', () => {
    expect(model({ Data: of('AWS::S3::Bucket', {}) }).buckets).toEqual([
      expect.objectContaining({
        encryption: { algorithm: 'AES256', keyId: undefined, key: undefined, bucketKey: false, blockedTypes: [] },
        blocksPublicAccess: false,
        versioned: false,
        policy: undefined,
      }),
    ]);
  });
});

describe('assumptions', () => {
  test('name what the template uses and does not define', () => {
    const { assumptions } = model({
      Endpoint: of('AWS::EC2::VPCEndpoint', {
        VpcId: 'vpc-0abc',
        RouteTableIds: ['rtb-0abc'],
        ServiceName: 'com.amazonaws.eu-west-1.s3',
        PolicyDocument: {
          Statement: [
            {
              Effect: 'Allow',
              Principal: '*',
              Action: 's3:*',
              Resource: [
                'arn:aws:s3:::theirs/x/*',
                'arn:aws:s3:::any-*',
                { 'Fn::GetAtt': ['Own', 'Arn'] },
                'arn:aws:s3:::named',
              ],
              Condition: {
                StringEquals: {
                  'aws:PrincipalOrgPaths': 'o-a1b2c3d4e5/r-ab12/',
                  'aws:ResourceAccount': ['444455556666', '111122223333'],
                },
              },
            },
          ],
        },
      }),
      Own: of('AWS::S3::Bucket', {}),
      Named: of('AWS::S3::Bucket', { BucketName: 'named' }),
      Instance: of('AWS::EC2::Instance', {
        SubnetId: 'subnet-0abc',
        SecurityGroupIds: ['sg-0abc'],
        IamInstanceProfile: 'Profile',
      }),
    });
    expect(assumptions.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'account 444455556666',
      'bucket theirs',
      'instance profile Profile',
      'organization o-a1b2c3d4e5',
      'route table rtb-0abc',
      'security group sg-0abc',
      'subnet subnet-0abc',
      'VPC vpc-0abc',
    ]);
  });

  test('name the account that is not concrete, the partition that ARNs tell, and the parameters', () => {
    const Parameters = {
      Name: { Type: 'String', Default: 'data' },
      Vpc: { Type: 'String' },
      Unused: { Type: 'String' },
      Ami: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/ami' },
    };
    const Resources = {
      Data: of('AWS::S3::Bucket', {
        BucketName: { Ref: 'Name' },
        Tags: [{ Ref: 'Vpc' }, { Ref: 'Ami' }],
        Destination: 'arn:aws:s3:::data',
      }),
    };
    expect(modelOf(handmade({ Resources, Parameters })).assumptions).toEqual([
      { kind: 'account', name: '<account>' },
      { kind: 'parameter', name: 'Name of Training: data' },
      { kind: 'parameter', name: 'Vpc of Training: any value' },
      { kind: 'partition', name: 'aws' },
    ]);
  });
});

test('macros and loops are reported, since what they make is not seen', () => {
  const { unresolved } = model(
    { 'Fn::ForEach::Buckets': [] },
    { Transform: ['AWS::LanguageExtensions', { Name: 'AWS::Include' }] },
  );
  expect(unresolved.map(({ function: name, why }) => `${name}: ${why}`)).toEqual([
    'Fn::ForEach: the resources that it makes are not seen',
    'Transform: what the macro AWS::Include makes is not seen',
  ]);
});
