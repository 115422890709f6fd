import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { BucketAccess, DataBucketSource, PrivateEc2S3Access } from '../../src';
import { IRELAND } from '../support/resources';
import { validated } from '../support/validated';

const CLIENTS = {
  Datasets: DataBucketSource.create({ access: [BucketAccess.readOnly('datasets/', { prefixRoot: true })] }),
  Work: DataBucketSource.create({
    access: [
      BucketAccess.readWrite('data/', { listAllUploads: true, listWholeBucket: true, prefixRoot: true }),
      BucketAccess.of(['s3:GetObjectVersionAnnotation', 's3:PutObjectVersionAnnotation'], 'data/'),
    ],
  }),
  Logs: DataBucketSource.create({ access: [BucketAccess.writeOnly('logs/', { tagObjects: true })] }),
};

/** A workload with what S3 clients ask for, in its own buckets and in an archive of another account. */
function clients(stack: Stack): PrivateEc2S3Access {
  const archive = Bucket.fromBucketAttributes(stack, 'Archive', {
    bucketArn: 'arn:aws:s3:::example-archive',
    account: '999988887777',
  });
  return new PrivateEc2S3Access(stack, 'App', {
    dataBuckets: {
      ...CLIENTS,
      Archive: DataBucketSource.fromBucket(archive, {
        access: [BucketAccess.writeOnly('app/', { bucketOwnerFullControl: true })],
      }),
      Owned: DataBucketSource.fromBucket(new Bucket(stack, 'Owned'), {
        access: [BucketAccess.readWrite('app/', { bucketOwnerFullControl: true })],
      }),
    },
  });
}

const broken = (mistake: (app: PrivateEc2S3Access) => void) =>
  validated(app => mistake(clients(new Stack(app, 'Training', { env: IRELAND })))).violations.map(
    ({ ruleName }) => ruleName,
  );

test('what S3 clients ask for is proven, and nothing else is open', () => {
  expect(broken(() => undefined)).toEqual([]);
});

test.each<[string, (bucketArn: string) => PolicyStatement]>([
  [
    'a neighbour of the key without the slash',
    arn => new PolicyStatement({ actions: ['s3:GetObject'], resources: [`${arn}/datasets-private`] }),
  ],
  [
    'more than the one key by its text',
    arn =>
      new PolicyStatement({
        actions: ['s3:ListBucket'],
        resources: [arn],
        conditions: { StringLike: { 's3:prefix': 'datasets*' } },
      }),
  ],
  [
    'tags of the one key',
    arn => new PolicyStatement({ actions: ['s3:GetObjectTagging'], resources: [`${arn}/datasets`] }),
  ],
])('%s is seen', (_, statementOf) => {
  expect(broken(app => app.role.addToPrincipalPolicy(statementOf(app.dataBucket('Datasets').bucketArn)))).toContain(
    'works[nothing-else]',
  );
});

test.each<[string, Record<string, Record<string, string>>]>([
  ['another ACL', { StringEquals: { 's3:x-amz-acl': 'public-read' } }],
  ['any ACL that begins with the same text', { StringLike: { 's3:x-amz-acl': 'bucket-owner-*' } }],
  ['whatever the ACL is', {}],
])('%s is seen', (_, conditions) => {
  expect(
    broken(app =>
      app.role.addToPrincipalPolicy(
        new PolicyStatement({
          actions: ['s3:PutObjectAcl'],
          resources: [`${app.dataBucket('Owned').bucketArn}/app/*`],
          conditions,
        }),
      ),
    ),
  ).toContain('works[nothing-else]');
});
