import { bucketNameProblems } from './bucket-name';
import { DataBucketSource, SOURCE } from './data-bucket-source';
import { CONSTRUCT_ID, Problem, isConcrete, mapOf } from '../private';

/** The data buckets of a workload by their ids. */
export const DATA_BUCKETS = mapOf(
  CONSTRUCT_ID,
  SOURCE,
  'one data bucket or more',
  'add one, such as { UserData: DataBucketSource.create({ access: [BucketAccess.readWrite()] }) }',
);

/**
 * What is wrong with data buckets beside each other, in the order of the ids: a map of Java has none.
 *
 * @param region the Region of the stack
 * @param reachable the Regions whose S3 the endpoints lead to
 */
export function dataBucketsProblems(
  dataBuckets: Readonly<Record<string, DataBucketSource>>,
  region: string,
  reachable: readonly string[],
): Problem[] {
  const entries = Object.entries(dataBuckets).sort(([one], [other]) => (one < other ? -1 : 1));
  return entries.flatMap(([id, source], index) =>
    dataBucketProblems(id, source, new Map(entries.slice(0, index)), region, reachable),
  );
}

/** What is wrong with one more data bucket beside the others. */
export function dataBucketProblems(
  id: string,
  source: DataBucketSource,
  others: ReadonlyMap<string, DataBucketSource>,
  region: string,
  reachable: readonly string[],
): Problem[] {
  const prop = `dataBuckets.${id}`;
  if (others.has(id)) {
    return [{ prop, got: id, allowed: 'each id once', fix: 'choose another id' }];
  }
  return [
    ...twinProblems(prop, source, others),
    ...regionProblems(prop, source, region, reachable),
    ...(source._existing === undefined ? bucketNameProblems(`${prop}.`, source._options, region) : []),
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
