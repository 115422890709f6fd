import { Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Setting, WorldOf } from './setting';
import { OWNER_ACCOUNT } from './world';
import { BucketAccess, DataBucketSource, PrivateEc2S3Access } from '../../src';
import { ACCOUNT, DeployedStack, REGION } from '../support/deployed';
import { required } from '../support/required';

const ENV = { account: ACCOUNT, region: REGION };

function workload(stack: Stack, dataBuckets: Readonly<Record<string, BucketAccess[]>>): void {
  new PrivateEc2S3Access(stack, 'App', {
    dataBuckets: Object.fromEntries(
      Object.entries(dataBuckets).map(([id, access]) => [id, DataBucketSource.create({ access })]),
    ),
  });
}

/** What the clients were measured with. */
const asTheyAre = () =>
  new DeployedStack(stack =>
    workload(stack, {
      Datasets: [BucketAccess.readOnly('datasets/')],
      Work: [BucketAccess.readWrite('data/')],
      Uploads: [BucketAccess.writeOnly('logs/')],
      Backups: [BucketAccess.readWrite()],
    }),
  );

/** The same with what the clients ask for in addition. */
const withOptions = () =>
  new DeployedStack(stack =>
    workload(stack, {
      Datasets: [
        BucketAccess.readOnly('datasets/', { prefixRoot: true }),
        BucketAccess.of(['s3:GetObjectVersionAnnotation', 's3:ListObjectVersionAnnotations'], 'datasets/'),
      ],
      Work: [
        BucketAccess.readWrite('data/', { listAllUploads: true, listWholeBucket: true, prefixRoot: true }),
        BucketAccess.of(['s3:GetObjectAnnotation', 's3:ListObjectAnnotations', 's3:PutObjectAnnotation'], 'data/'),
      ],
      Uploads: [BucketAccess.writeOnly('logs/', { tagObjects: true })],
      State: [BucketAccess.readWrite('state/'), BucketAccess.of(['s3:ListBucket'], 'env:/')],
    }),
  );

/** An archive of another account that demands the ACL. */
function archive(): Setting {
  const arn = 'arn:aws:s3:::example-archive';
  let app!: PrivateEc2S3Access;
  const stack = new DeployedStack(each => {
    const bucket = Bucket.fromBucketAttributes(each, 'Archive', { bucketArn: arn, account: OWNER_ACCOUNT });
    app = new PrivateEc2S3Access(each, 'App', {
      dataBuckets: {
        Archive: DataBucketSource.fromBucket(bucket, {
          access: [BucketAccess.writeOnly('app/', { bucketOwnerFullControl: true })],
        }),
      },
    });
  }, ENV);
  const policy = stack.document(required(app, 'BUCKET'));
  return { stack, buckets: { Archive: { arn, account: OWNER_ACCOUNT, policy } } };
}

/** What S3 clients ask for. */
export const CLIENT_WORLDS = {
  clients: { options: [], setting: () => ({ stack: asTheyAre() }) },
  'clients with options': {
    options: ['listAllUploads', 'listWholeBucket', 'prefixRoot', 'tagObjects'].map(
      option => `BucketAccessOptions.${option}`,
    ),
    setting: () => ({ stack: withOptions() }),
  },
  'archive that demands an ACL': {
    options: ['BucketAccessOptions.bucketOwnerFullControl'],
    setting: archive,
  },
} satisfies Record<string, WorldOf>;
