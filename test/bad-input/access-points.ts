import { CfnParameter } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { BadInput, line } from './bad-input';
import { BucketAccess, DataBucketSource, RemoteWorkload } from '../../src';
import { AccessList, DataBucket, WorkloadRole } from '../support/parts';
import { newStack, workload } from '../support/resources';

const ACCESS = [BucketAccess.readOnly()];
const ALLOWED =
  '3 to 50 lower-case letters, digits and hyphens, with a letter or digit at both ends and not the ending -s3alias';
const FIX = 'name the access point after the workload, such as orders-reader';
const OF_THE_OWNER = 'an access point of a bucket whose owner opens it by a DataBucketPolicy, in another stack';
const DIRECTLY = 'leave it out: the workload reaches its own bucket directly';

function fromBucket(accessPointName: string): DataBucketSource {
  return DataBucketSource.fromBucket(Bucket.fromBucketName(newStack(), 'Theirs', 'example-theirs'), {
    access: ACCESS,
    accessPointName,
  });
}

function name(rule: string, accessPointName: string): BadInput {
  return {
    name: `an access point name ${rule}`,
    act: () => fromBucket(accessPointName),
    error: [line('DataBucketSource.fromBucket', 'accessPointName', JSON.stringify(accessPointName), ALLOWED, FIX)],
  };
}

/** Access points that cannot be there, or that lead nowhere. */
export const ACCESS_POINTS: readonly BadInput[] = [
  name('of nothing', ''),
  name('of two characters', 'ab'),
  name('of 51 characters', 'a'.repeat(51)),
  name('with a capital', 'Orders'),
  name('with a dot', 'orders.reader'),
  name('with a hyphen in front', '-orders'),
  name('that is an alias', 'orders-1a2b3c4d5e6f-s3alias'),
  name('that is an ARN', 'arn:aws:s3:eu-west-1:111122223333:accesspoint/orders'),
  {
    name: 'an access point name that is known at deployment only',
    act: () => fromBucket(new CfnParameter(newStack(), 'Name').valueAsString),
    error: [/^DataBucketSource\.fromBucket: accessPointName: got .+, allowed: 3 to 50 lower-case letters/],
  },
  {
    name: 'an access point name of a remote workload with a capital',
    act: () =>
      RemoteWorkload.fromAttributes({
        roleArn: 'arn:aws:iam::111122223333:role/Reader',
        access: ACCESS,
        accessPointName: 'Orders',
      }),
    error: [line('RemoteWorkload.fromAttributes', 'accessPointName', '"Orders"', ALLOWED, FIX)],
  },
  {
    name: 'an access point of a bucket of the same stack',
    act: () => {
      const stack = newStack();
      return workload(stack, {
        dataBuckets: {
          Own: DataBucketSource.fromBucket(new Bucket(stack, 'Own'), { access: ACCESS, accessPointName: 'own-reader' }),
        },
      });
    },
    error: [line('Training/App', 'dataBuckets.Own.accessPointName', '"own-reader"', OF_THE_OWNER, DIRECTLY)],
  },
  {
    name: 'an access point of a data bucket that is made by hand',
    act: () => {
      const stack = newStack();
      const accessList = new AccessList();
      const { bucket } = new DataBucket(stack, 'Data', { accessList });
      accessList.allow({
        role: new WorkloadRole(stack, 'Role', { accessList }),
        bucket,
        access: ACCESS,
        accessPointName: 'own-reader',
      });
    },
    error: [line('Training/Data/Bucket', 'accessPointName', '"own-reader"', OF_THE_OWNER, DIRECTLY)],
  },
  {
    name: 'an access point of two buckets',
    act: () => {
      const stack = newStack();
      const list = new AccessList();
      const role = new WorkloadRole(stack, 'Role', { accessList: list });
      const bucketOf = (id: string) => Bucket.fromBucketName(stack, id, `example-${id.toLowerCase()}`);
      list.allow({ role, bucket: bucketOf('One'), access: ACCESS, accessPointName: 'reader' });
      list.allow({ role, bucket: bucketOf('Two'), access: ACCESS, accessPointName: 'reader' });
    },
    error: [
      line(
        'Training/Two',
        'accessPointName',
        '"reader"',
        'an access point of one bucket, and this one is of Training/One',
        'name another: an account has a name once in a Region',
      ),
    ],
  },
];
