import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { PrivateEc2S3Access } from '../../src';
import { quickStart } from '../support/scenarios';
import { validatedStack } from '../support/validated';

function violationsOf(change: (bucket: CfnBucket, access: PrivateEc2S3Access) => void) {
  return validatedStack(stack => {
    const access = quickStart(stack);
    change(access.dataBucket('UserData').node.defaultChild as CfnBucket, access);
  }).violations.filter(({ ruleName }) => ruleName === 'service-deliveries');
}

function replicate(bucket: CfnBucket, destination: string): void {
  bucket.replicationConfiguration = {
    role: 'arn:aws:iam::111122223333:role/Replication',
    rules: [{ status: 'Enabled', destination: { bucket: destination } }],
  };
}

test('copies to a bucket that the app does not define are reported on the data bucket', () => {
  expect(violationsOf(bucket => replicate(bucket, 'arn:aws:s3:::elsewhere'))).toEqual([
    {
      ruleName: 'service-deliveries',
      description: expect.stringMatching(
        /^replication copies every new object to the bucket elsewhere, which is not in the app/,
      ),
      suggestedFix: expect.stringMatching(/^define the bucket elsewhere in the app, or acknowledge the rule/),
      constructPaths: ['Training/App/DataBuckets/UserData/Bucket/Resource'],
    },
  ]);
});

test('inventories are, too', () => {
  expect(
    violationsOf(bucket => {
      bucket.inventoryConfigurations = [
        {
          id: 'All',
          enabled: true,
          includedObjectVersions: 'All',
          scheduleFrequency: 'Daily',
          destination: { bucketArn: 'arn:aws:s3:::lists', format: 'CSV' },
        },
      ];
    }).map(({ description }) => description),
  ).toEqual([expect.stringMatching(/^S3 writes inventory to the bucket lists/)]);
});

test('copies to another bucket of the app are not', () => {
  expect(violationsOf((bucket, access) => replicate(bucket, access.dataBucket('Datasets').bucketArn))).toEqual([]);
});

describe('events', () => {
  const notify = (topic: string) =>
    violationsOf(bucket => {
      bucket.addPropertyOverride('NotificationConfiguration.TopicConfigurations', [
        { Event: 's3:ObjectCreated:*', Topic: topic },
      ]);
    }).map(({ description }) => description);

  test('that another account learns of are reported', () => {
    expect(notify('arn:aws:sns:eu-west-1:999988887777:theirs')).toEqual([
      expect.stringMatching(/^S3 tells arn:aws:sns:eu-west-1:999988887777:theirs of another account/),
    ]);
  });

  test('of the own account are not', () => {
    expect(notify('arn:aws:sns:eu-west-1:<account>:ours')).toEqual([]);
  });
});
