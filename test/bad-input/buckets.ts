import { Duration } from 'aws-cdk-lib';
import { Bucket, IBucket } from 'aws-cdk-lib/aws-s3';
import { BadInput, line } from './bad-input';
import { BucketAccess, DataBucketSource, NewDataBucketProps } from '../../src';
import { AccessList, DataBucket } from '../support/parts';
import { IRELAND, newStack, workload } from '../support/resources';

const READ = [BucketAccess.readOnly()];
const create = (options: Partial<NewDataBucketProps> = {}) => DataBucketSource.create({ access: READ, ...options });
const imported = (bucketName: string): IBucket => Bucket.fromBucketName(newStack(), 'Theirs', bucketName);

function name(rule: string, bucketName: string, ...allowed: string[]): BadInput {
  const fix = 'choose another name, or leave it out to have one generated';
  return {
    name: `a bucket name ${rule}`,
    act: () => create({ bucketName }),
    error: allowed.map(each => line('DataBucketSource.create', 'bucketName', JSON.stringify(bucketName), each, fix)),
  };
}

function namePrefix(rule: string, bucketNamePrefix: string): BadInput {
  return {
    name: `the beginning of a bucket name ${rule}`,
    act: () => create({ bucketNamePrefix }),
    error: [/^DataBucketSource\.create: bucketNamePrefix: got ".*", allowed: .+, fix: .+$/],
  };
}

const LENGTH = '3 to 63 characters';
const LETTERS = 'lower-case letters, digits, dots and hyphens';
const ENDS = 'a letter or digit at both ends';
const DOTS = 'no dot beside a dot or a hyphen';
const BEGINNINGS = 'none of the reserved beginnings xn--, sthree-, amzn-s3-demo-';
const ENDINGS = 'none of the reserved endings -s3alias, --ol-s3, .mrap, --table-s3, -an';
const DIRECTORY = 'no directory bucket (--x-s3), which is another service with another endpoint';

const NAMES: readonly BadInput[] = [
  name('of nothing', '', LENGTH),
  name('of two characters', 'ab', LENGTH),
  name('of 64 characters', 'a'.repeat(64), LENGTH),
  name('with a capital', 'MyBucket', LETTERS),
  name('with an underscore', 'my_bucket', LETTERS),
  name('with a space', 'my bucket', LETTERS),
  name('with a slash', 'my/bucket', LETTERS),
  name('with a hyphen in front', '-bucket', ENDS),
  name('with a dot behind', 'bucket.', ENDS),
  name('with two dots in a row', 'my..bucket', DOTS),
  name('with a dot beside a hyphen', 'my.-bucket', DOTS),
  name('that is an IP address', '192.168.5.4', 'no IP address'),
  name('that begins with xn--', 'xn--bucket', BEGINNINGS),
  name('that begins with sthree-', 'sthree-bucket', BEGINNINGS),
  name('that begins with amzn-s3-demo-', 'amzn-s3-demo-bucket', BEGINNINGS),
  name('of a directory bucket', 'bucket--euw1-az1--x-s3', DIRECTORY),
  name('of an access point alias', 'bucket-s3alias', ENDINGS),
  name('of an Object Lambda access point', 'bucket--ol-s3', ENDINGS),
  name('of a table bucket', 'bucket--table-s3', ENDINGS),
  name('of a multi-Region access point', 'bucket.mrap', ENDINGS),
  name('that ends like an account-regional one', 'bucket-111122223333-eu-west-1-an', ENDINGS),
  name('with several faults', '_B', LENGTH, LETTERS),
  namePrefix('of nothing', ''),
  namePrefix('with a capital', 'MyApp'),
  namePrefix('with a dot', 'my.app'),
  namePrefix('with a hyphen behind', 'myapp-'),
  namePrefix('of 38 characters', 'a'.repeat(38)),
  namePrefix('that begins with xn--', 'xn--app'),
  namePrefix('that begins with amzn-s3-demo-', 'amzn-s3-demo-app'),
  {
    name: 'a bucket name and the beginning of one',
    act: () => create({ bucketName: 'my-bucket', bucketNamePrefix: 'my-app' }),
    error: [
      line(
        'DataBucketSource.create',
        'bucketNamePrefix',
        '"my-app"',
        'one of bucketName and bucketNamePrefix',
        'leave one of them out',
      ),
    ],
  },
  {
    name: 'a bad bucket name on a DataBucket',
    act: () => new DataBucket(newStack(), 'Data', { accessList: new AccessList(), bucketName: 'MyBucket' }),
    error: [
      line(
        'Training/Data',
        'bucketName',
        '"MyBucket"',
        LETTERS,
        'choose another name, or leave it out to have one generated',
      ),
    ],
  },
  {
    name: 'the beginning of a bucket name that is too long for the Region',
    act: () =>
      workload(newStack({ ...IRELAND, region: 'ap-southeast-1' }), {
        dataBuckets: { Data: create({ bucketNamePrefix: 'a'.repeat(37) }) },
      }),
    error: [/bucketNamePrefix: got "a+", allowed: /],
  },
];

const SOURCES: readonly BadInput[] = [
  {
    name: 'no access in a new bucket',
    act: () => DataBucketSource.create({ access: [] }),
    error: [
      line(
        'DataBucketSource.create',
        'access',
        'an empty list',
        'one BucketAccess or more',
        'add BucketAccess.readOnly(), writeOnly() or readWrite()',
      ),
    ],
  },
  {
    name: 'no access in an existing bucket',
    act: () => DataBucketSource.fromBucket(imported('their-bucket'), { access: [] }),
    error: [
      line(
        'DataBucketSource.fromBucket',
        'access',
        'an empty list',
        'one BucketAccess or more',
        'add BucketAccess.readOnly(), writeOnly() or readWrite()',
      ),
    ],
  },
  {
    name: 'no access and a bad name, both in one error',
    act: () => DataBucketSource.create({ access: [], bucketName: 'MyBucket' }),
    error: [
      /^DataBucketSource\.create: access: got an empty list, /,
      /^DataBucketSource\.create: bucketName: got "MyBucket", /,
    ],
  },
  {
    name: 'an existing directory bucket',
    act: () => DataBucketSource.fromBucket(imported('bucket--euw1-az1--x-s3'), { access: READ }),
    error: [
      /^DataBucketSource\.fromBucket: bucket\.bucketName: got "bucket--euw1-az1--x-s3", allowed: no directory bucket.*, fix: (?!.*generated)/,
    ],
  },
  {
    name: 'an alias in the place of an existing bucket',
    act: () => DataBucketSource.fromBucket(imported('their-access-point-s3alias'), { access: READ }),
    error: [
      /^DataBucketSource\.fromBucket: bucket\.bucketName: got "their-access-point-s3alias", allowed: .*, fix: (?!.*generated)/,
    ],
  },
  {
    name: 'an expiration that is not of whole days',
    act: () => create({ noncurrentVersionExpiration: Duration.hours(5) }),
    error: [/^DataBucketSource\.create: noncurrentVersionExpiration: got .*, allowed: .*days.*, fix: /],
  },
  {
    name: 'an expiration of no days',
    act: () => create({ noncurrentVersionExpiration: Duration.days(0) }),
    error: [/^DataBucketSource\.create: noncurrentVersionExpiration: got .*, allowed: .*days.*, fix: /],
  },
  {
    name: 'a grant of nothing on an access list',
    act: () =>
      new AccessList().allow({ role: workload(newStack()).role, bucket: imported('their-bucket'), access: [] }),
    error: [
      /^Training\/Theirs: access: got an empty list, allowed: one BucketAccess or more, fix: add BucketAccess\.readOnly\(\)/,
    ],
  },
];

/** Buckets that no workload can have. */
export const BUCKETS: readonly BadInput[] = [...NAMES, ...SOURCES];
