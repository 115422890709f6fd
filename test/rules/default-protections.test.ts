import { Stack } from 'aws-cdk-lib';
import { CfnInstance, CfnLaunchTemplate } from 'aws-cdk-lib/aws-ec2';
import { CfnKey } from 'aws-cdk-lib/aws-kms';
import { type Bucket, CfnBucket, type CfnBucketPolicy } from 'aws-cdk-lib/aws-s3';
import { Compute, type PrivateEc2S3Access } from '../../src';
import { quickStart } from '../support/scenarios';
import { validatedStack } from '../support/validated';

type Class<T> = abstract new (...args: never[]) => T;

function firstOf<T>(access: PrivateEc2S3Access, type: Class<T>): T {
  return access.node.findAll().find((each): each is T & typeof each => each instanceof type)! as T;
}

function dataBucket(access: PrivateEc2S3Access): CfnBucket {
  return access.dataBucket('UserData').node.defaultChild as CfnBucket;
}

/** What the rule says of a workload that somebody changes. */
function told(change: (access: PrivateEc2S3Access) => void, compute?: Compute): readonly string[] {
  const { violations, error } = validatedStack((stack: Stack) => change(quickStart(stack, { compute })));
  expect(error).toBeUndefined();
  return violations.filter(({ ruleName }) => ruleName === 'default-protections').map(({ description }) => description);
}

test.each<[string, Compute | undefined]>([
  ['an instance', undefined],
  ['a fleet', Compute.fleet({ minCapacity: 1, maxCapacity: 2 })],
])('nothing is said of %s as the construct makes it', (_, compute) => {
  expect(told(() => undefined, compute)).toEqual([]);
});

test.each<[string, (access: PrivateEc2S3Access) => void, RegExp]>([
  [
    'an instance with an open volume',
    access => firstOf(access, CfnInstance).addPropertyOverride('BlockDeviceMappings.0.Ebs.Encrypted', false),
    /volume .*without encryption/,
  ],
  [
    'an instance that says nothing of its volume',
    access => firstOf(access, CfnInstance).addPropertyDeletionOverride('BlockDeviceMappings'),
    /volume of its image without encryption/,
  ],
  [
    'a second, open volume',
    access =>
      firstOf(access, CfnInstance).addPropertyOverride('BlockDeviceMappings.1', {
        DeviceName: '/dev/sdb',
        Ebs: { VolumeSize: 10 },
      }),
    /\/dev\/sdb without encryption/,
  ],
  [
    'a bucket without versions',
    access => dataBucket(access).addPropertyDeletionOverride('VersioningConfiguration'),
    /not versioned/,
  ],
  [
    'a bucket without Block Public Access',
    access => dataBucket(access).addPropertyOverride('PublicAccessBlockConfiguration.BlockPublicPolicy', false),
    /block all public access/,
  ],
  [
    'a bucket policy without the statement against old TLS',
    access => {
      const { policy } = access.dataBucket('UserData') as Bucket;
      const { Statement } = Stack.of(access).resolve(policy!.document) as { Statement: Array<{ Sid: string }> };
      const at = Statement.findIndex(({ Sid }) => Sid === 'DenyOldTls');
      const cfn = policy!.node.defaultChild as CfnBucketPolicy;
      cfn.addPropertyDeletionOverride(`PolicyDocument.Statement.${at}.Condition.NumericLessThan`);
      cfn.addPropertyOverride(`PolicyDocument.Statement.${at}.Condition.NumericEquals`, { 's3:TlsVersion': '1.0' });
    },
    /no statement against TLS before 1\.2/,
  ],
  [
    'a key that is not rotated',
    access => firstOf(access, CfnKey).addPropertyOverride('EnableKeyRotation', false),
    /rotated/,
  ],
])('%s is told', (_, change, words) => {
  expect(told(change).join()).toMatch(words);
});

test('an open volume of a fleet is told where its launch template says it', () => {
  const compute = Compute.fleet({ minCapacity: 1, maxCapacity: 2 });
  const change = (access: PrivateEc2S3Access) =>
    firstOf(access, CfnLaunchTemplate).addPropertyOverride(
      'LaunchTemplateData.BlockDeviceMappings.0.Ebs.Encrypted',
      false,
    );
  expect(told(change, compute).join()).toMatch(/without encryption/);
});
