import { Aws } from 'aws-cdk-lib';
import { BadInput, line } from './bad-input';
import { AwsOwnedBucket, CustomAwsOwnedBucketOptions } from '../../src';
import { AccessList, PrivateNetwork, S3Endpoint } from '../support/parts';
import { newStack, workload } from '../support/resources';

const CUSTOM = 'AwsOwnedBucket.custom';
const ARN_ALLOWED: [string, string] = [
  'the ARN of an object or of a prefix, such as arn:aws:s3:::bucket/prefix/*, with no wildcard but the one at its end',
  'name the bucket and the objects exactly',
];
const NAME_ALLOWED: [string, string] = [
  'the exact name of a bucket, without wildcards',
  'name each bucket, or its objects in objectArns',
];
const PURPOSE_ALLOWED: [string, string] = [
  '1 to 64 letters and digits, with a letter in front: it names the statements',
  'write what the bucket is for, as in VendorPackages',
];
const WHOLE: [string, string] = [
  's3:PutObject on an object or a prefix: a whole bucket is a way for data to get out',
  'name the prefix in objectArns, as in arn:aws:s3:::bucket/prefix/*',
];

function custom(name: string, options: Partial<CustomAwsOwnedBucketOptions>, ...error: string[]): BadInput {
  const valid = { purpose: 'Packages', signedByRole: false };
  return { name: `a custom bucket ${name}`, act: () => AwsOwnedBucket.custom({ ...valid, ...options }), error };
}

const arn = (name: string, value: string) =>
  custom(name, { objectArns: [value] }, line(CUSTOM, 'objectArns', JSON.stringify(value), ...ARN_ALLOWED));
const bucket = (name: string, value: string) =>
  custom(name, { bucketNames: [value] }, line(CUSTOM, 'bucketNames', JSON.stringify(value), ...NAME_ALLOWED));
const purpose = (name: string, value: string) =>
  custom(
    name,
    { bucketNames: ['vendor'], purpose: value },
    line(CUSTOM, 'purpose', JSON.stringify(value), ...PURPOSE_ALLOWED),
  );
const UPLOAD = { actions: ['s3:PutObject'] };

const CUSTOMS: readonly BadInput[] = [
  custom(
    'without objects',
    {},
    line(
      CUSTOM,
      'bucketNames',
      'an empty list',
      'one bucket or one ARN of objects, or more',
      'name a bucket in bucketNames, or objects in objectArns',
    ),
  ),
  arn('by the ARN of a bucket', 'arn:aws:s3:::vendor'),
  arn('by the ARN of everything', 'arn:aws:s3:::*'),
  arn('by an asterisk', '*'),
  arn('by an ARN with a wildcard in the name', 'arn:aws:s3:::vendor-*/packages/*'),
  arn('by an ARN with a wildcard in the key', 'arn:aws:s3:::vendor/*/packages'),
  arn('by a prefix that does not end with a slash', 'arn:aws:s3:::vendor/packages*'),
  arn('by an ARN with a question mark', 'arn:aws:s3:::vendor/package?'),
  arn('by an ARN with a policy variable', 'arn:aws:s3:::vendor/${aws:username}/*'),
  arn('by the ARN of another service', 'arn:aws:sqs:us-east-1:111122223333:jobs'),
  arn('by an ARN without a partition', 'arn::s3:::vendor/a'),
  {
    name: 'a custom bucket by the ARN of everything, in the partition of the stack',
    act: () =>
      AwsOwnedBucket.custom({
        purpose: 'Packages',
        objectArns: [`arn:${Aws.PARTITION}:s3:::*`],
        ...UPLOAD,
        signedByRole: false,
      }),
    error: [
      /^AwsOwnedBucket\.custom: objectArns: got .*, allowed: the ARN of an object or of a prefix, .*, fix: name the bucket and the objects exactly$/,
    ],
  },
  {
    name: 'a custom bucket by a name of each Region with a wildcard',
    act: () =>
      AwsOwnedBucket.custom({ purpose: 'Packages', bucketNames: [`vendor-${Aws.REGION}*`], signedByRole: false }),
    error: [
      /^AwsOwnedBucket\.custom: bucketNames: got .*, allowed: the exact name of a bucket, without wildcards, fix: /,
    ],
  },
  bucket('by a name with a wildcard', 'vendor-*'),
  bucket('by a name with a slash', 'vendor/packages'),
  bucket('by a name with capitals', 'Vendor'),
  bucket('by an ARN in the place of a name', 'arn:aws:s3:::vendor'),
  purpose('for nothing', ''),
  purpose('for a purpose with a space', 'Vendor packages'),
  purpose('for a purpose with a digit in front', '7Packages'),
  purpose('for a purpose that is too long', 'P'.repeat(65)),
  custom(
    'for no action',
    { bucketNames: ['vendor'], actions: [] },
    line(CUSTOM, 'actions', 'an empty list', 'one action or more', 'leave it out for s3:GetObject'),
  ),
  ...['s3:*', 's3:DeleteObject', 's3:ListBucket', 'GetObject', 's3:getobject'].map(action =>
    custom(
      `for the action ${action}`,
      { bucketNames: ['vendor'], actions: [action] },
      line(
        CUSTOM,
        'actions',
        JSON.stringify(action),
        's3:GetObject and s3:PutObject',
        'grant other actions on a data bucket, with BucketAccess.of',
      ),
    ),
  ),
  custom(
    'for uploads anywhere in it',
    { bucketNames: ['vendor'], ...UPLOAD },
    line(CUSTOM, 'actions', '"vendor"', ...WHOLE),
  ),
  custom(
    'for uploads to all of its keys',
    { objectArns: ['arn:aws:s3:::vendor/*'], ...UPLOAD },
    line(CUSTOM, 'actions', '"arn:aws:s3:::vendor/*"', ...WHOLE),
  ),
  custom(
    'with several faults, all in one error',
    { purpose: '', bucketNames: ['*'], actions: ['s3:*'] },
    line(CUSTOM, 'purpose', '""', ...PURPOSE_ALLOWED),
    line(CUSTOM, 'bucketNames', '"*"', ...NAME_ALLOWED),
    line(
      CUSTOM,
      'actions',
      '"s3:*"',
      's3:GetObject and s3:PutObject',
      'grant other actions on a data bucket, with BucketAccess.of',
    ),
  ),
];

function inRegion(name: string, make: () => AwsOwnedBucket, region: string | undefined, error: RegExp): BadInput {
  return {
    name: `${name} in ${region ?? 'a stack without a Region'}`,
    act: () =>
      workload(newStack(region === undefined ? undefined : { account: '111122223333', region }), {
        awsOwnedBuckets: [make()],
      }),
    error: [error],
  };
}

const ONLY_HERE =
  /^Training\/App: awsOwnedBuckets: got "\w+ in .+", allowed: a stack in us-east-1, where the bucket [\w-]+ is: .*, fix: leave it out, and bring the files/;
const UNKNOWN =
  /^Training\/App: awsOwnedBuckets: got "PatchManager in .+", allowed: a stack with a concrete Region whose patching buckets are known: .*, fix: name the Region in env/;

const REGIONS: readonly BadInput[] = [
  ...['eu-west-1', 'cn-north-1', 'us-gov-west-1', undefined].flatMap(region => [
    inRegion(
      'the helper scripts of CloudFormation',
      () => AwsOwnedBucket.cloudFormationHelperScripts(),
      region,
      ONLY_HERE,
    ),
    inRegion('the AWS CLI', () => AwsOwnedBucket.awsCli(), region, ONLY_HERE),
  ]),
  ...['xx-nowhere-1', undefined].map(region =>
    inRegion('Patch Manager', () => AwsOwnedBucket.patchManager(), region, UNKNOWN),
  ),
  inRegion(
    'objects of another partition',
    () => AwsOwnedBucket.custom({ purpose: 'Packages', objectArns: ['arn:aws:s3:::vendor/a/*'], signedByRole: false }),
    'cn-north-1',
    /^Training\/App: awsOwnedBuckets: got "Packages in cn-north-1", allowed: objectArns of the partition aws-cn, fix: write Aws\.PARTITION/,
  ),
  {
    name: 'a bucket of another Region for an endpoint alone',
    act: () => {
      const stack = newStack();
      new S3Endpoint(stack, 'S3', {
        accessList: new AccessList({ awsOwnedBuckets: [AwsOwnedBucket.awsCli()] }),
        vpc: new PrivateNetwork(stack, 'Network').vpc,
      });
    },
    error: [
      /^Training\/S3: awsOwnedBuckets: got "AwsCli in a Region that is known at deployment only", allowed: a stack in us-east-1/,
    ],
  },
  ...['', 'My-Qualifier', 'elevenchars', 'a*'].map(qualifier => ({
    name: `the qualifier ${JSON.stringify(qualifier)} of a bootstrap stack`,
    act: () => AwsOwnedBucket.cdkAssets(qualifier),
    error: [
      line(
        'AwsOwnedBucket.cdkAssets',
        'qualifier',
        JSON.stringify(qualifier),
        '1 to 10 lower-case letters and digits',
        'write the qualifier of the bootstrap stack, or leave it out',
      ),
    ],
  })),
];

/** Buckets of AWS that would open too much, or cannot be reached. */
export const AWS_OWNED_BUCKETS: readonly BadInput[] = [...CUSTOMS, ...REGIONS];
