import { Stack } from 'aws-cdk-lib';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { adoptedBucketProblems } from './adopted-bucket';
import { bucketNameProblems } from './bucket-name';
import { DataBucketSource, SOURCE } from './data-bucket-source';
import { managerAmong } from './shared-bucket';
import { AccessList } from '../access';
import {
  CONSTRUCT_ID,
  Problem,
  accessPointArnOf,
  isConcrete,
  isOwnedBy,
  mapOf,
  otherPartitionProblems,
  unless,
} from '../private';

/** The data buckets of a workload by their ids. */
export const DATA_BUCKETS = mapOf(
  CONSTRUCT_ID,
  SOURCE,
  'one data bucket or more',
  'add one, such as { UserData: DataBucketSource.create({ access: [BucketAccess.readWrite()] }) }',
);

/** Where the endpoint of a workload leads to, and whose it is. */
export interface Reach {
  /** The Regions whose S3 it leads to. */
  readonly regions: readonly string[];
  /** The access lists of the workloads that share it. */
  readonly lists: readonly AccessList[];
}

/**
 * What is wrong with data buckets beside each other, in the order of the ids: a map of Java has none.
 */
export function dataBucketsProblems(
  dataBuckets: Readonly<Record<string, DataBucketSource>>,
  stack: Stack,
  reach: Reach,
): Problem[] {
  const entries = Object.entries(dataBuckets).sort(([one], [other]) => (one < other ? -1 : 1));
  return entries.flatMap(([id, source], index) =>
    dataBucketProblems(id, source, new Map(entries.slice(0, index)), stack, reach),
  );
}

/** What is wrong with one more data bucket beside the others. */
export function dataBucketProblems(
  id: string,
  source: DataBucketSource,
  others: ReadonlyMap<string, DataBucketSource>,
  stack: Stack,
  reach: Reach,
): Problem[] {
  const { region } = stack;
  const prop = `dataBuckets.${id}`;
  if (others.has(id)) {
    return [{ prop, got: id, allowed: 'each id once', fix: 'choose another id' }];
  }
  return [
    ...twinProblems(prop, source, others),
    ...regionProblems(prop, source, region, reach.regions),
    ...(source._existing === undefined
      ? bucketNameProblems(`${prop}.`, source._options, region)
      : [
          ...otherPartitionProblems(prop, [source._existing.bucketArn], region),
          ...(managerAmong(reach.lists, source._existing) === undefined
            ? adoptedBucketProblems(prop, source._existing, stack)
            : []),
          ...accessPointProblems(prop, source, source._existing, others, stack),
        ]),
  ];
}

/** Where this stack owns the bucket nobody delegates, and an account has the name of an access point once in a Region. */
function accessPointProblems(
  prop: string,
  { _accessPointName: name }: DataBucketSource,
  bucket: IBucket,
  others: ReadonlyMap<string, DataBucketSource>,
  stack: Stack,
): Problem[] {
  if (name === undefined) {
    return [];
  }
  const problem = (allowed: string, fix: string): Problem => ({
    prop: `${prop}.accessPointName`,
    got: name,
    allowed,
    fix,
  });
  const arn = accessPointArnOf(bucket, name);
  const twin = [...others].find(
    ([, { _accessPointName, _existing }]) =>
      _accessPointName === name && _existing !== undefined && accessPointArnOf(_existing, name) === arn,
  );
  return [
    ...unless(
      !isOwnedBy(stack, bucket),
      problem(
        'an access point of a bucket whose owner opens it by a DataBucketPolicy, in another stack',
        'leave it out: the workload reaches its own bucket directly',
      ),
    ),
    ...unless(
      twin === undefined,
      problem(
        `an access point of one bucket, and this one is of ${twin?.[0]}`,
        'name another: an account has a name once in a Region',
      ),
    ),
  ];
}

function twinProblems(
  prop: string,
  source: DataBucketSource,
  others: ReadonlyMap<string, DataBucketSource>,
): Problem[] {
  const twin = [...others].find(([, other]) => isSameBucket(source, other));
  return twin === undefined
    ? []
    : [
        {
          prop,
          got: nameOf(source),
          allowed: `each bucket once, and ${twin[0]} has this one`,
          fix: `add the access to ${twin[0]}`,
        },
      ];
}

/** What is wrong with the Region of a data bucket: an S3 endpoint leads to one Region only. */
function regionProblems(
  prop: string,
  { _existing }: DataBucketSource,
  own: string,
  reachable: readonly string[],
): Problem[] {
  const there = _existing?.env.region ?? own;
  if (reachable.includes(there) || (!isConcrete(there) && _existing !== undefined) || !reachable.every(isConcrete)) {
    return [];
  }
  return [
    {
      prop,
      got: `a bucket in ${isConcrete(there) ? there : 'the Region of the stack'}`,
      allowed: `buckets in ${reachable.join(' and ')}: an S3 endpoint leads to one Region only, and a gateway endpoint to its own`,
      fix: `use a bucket there, or S3EndpointMode.gatewayAndInterface({ serviceRegion: '${isConcrete(there) ? there : reachable[0]}' })`,
    },
  ];
}

function isSameBucket(one: DataBucketSource, other: DataBucketSource): boolean {
  if (one._existing !== undefined && one._existing === other._existing) {
    return true;
  }
  const name = nameOf(one);
  return isConcrete(name) && name === nameOf(other);
}

function nameOf({ _existing, _options }: DataBucketSource): string | undefined {
  return _existing === undefined ? _options.bucketName : _existing.bucketName;
}
