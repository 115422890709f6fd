import { bucketOptionsProblems } from './bucket-options-problems';
import { DataBucketSource } from './data-bucket-source';
import { Problem } from '../private/errors';
import { isConcrete } from '../private/tokens';

/** What is wrong with a map of data buckets, in the order of the ids: a map of Java has none. */
export function dataBucketsProblems(dataBuckets: Readonly<Record<string, DataBucketSource>>, region: string): Problem[] {
  const entries = Object.entries(dataBuckets ?? {}).sort(([one], [other]) => one < other ? -1 : 1);
  if (entries.length === 0) {
    return [{ prop: 'dataBuckets', got: dataBuckets, allowed: 'one data bucket or more', fix: 'add one, such as { UserData: DataBucketSource.create({ access: [BucketAccess.readWrite()] }) }' }];
  }
  return entries.flatMap(([id, source], index) => dataBucketProblems(id, source, new Map(entries.slice(0, index)), region));
}

/** What is wrong with one more data bucket beside the others. */
export function dataBucketProblems(id: string, source: DataBucketSource, others: ReadonlyMap<string, DataBucketSource>, region: string): Problem[] {
  const prop = `dataBuckets.${id}`;
  if (!/^[A-Za-z0-9][A-Za-z0-9_.-]*$/.test(id)) {
    return [{ prop: 'dataBuckets', got: id, allowed: 'construct ids of letters, digits and any of _.- as keys', fix: 'rename the key' }];
  }
  if (!(source instanceof DataBucketSource)) {
    return [{ prop, got: source, allowed: 'a DataBucketSource', fix: 'make it with DataBucketSource.create or DataBucketSource.fromBucket' }];
  }
  if (others.has(id)) {
    return [{ prop, got: id, allowed: 'each id once', fix: 'choose another id' }];
  }
  return [
    ...twinProblems(prop, source, others),
    ...regionProblems(prop, source, region),
    ...source._existing === undefined ? bucketOptionsProblems(`${prop}.`, source._options, region) : [],
  ];
}

function twinProblems(prop: string, source: DataBucketSource, others: ReadonlyMap<string, DataBucketSource>): Problem[] {
  const twin = [...others].find(([, other]) => other instanceof DataBucketSource && isSameBucket(source, other));
  return twin === undefined ? [] : [{
    prop, got: nameOf(source), allowed: `each bucket once, and ${twin[0]} has this one`, fix: `add the access to ${twin[0]}`,
  }];
}

/** What is wrong with the Region of a data bucket: the S3 endpoint of a VPC leads to its own Region only. */
function regionProblems(prop: string, { _existing }: DataBucketSource, here: string): Problem[] {
  const there = _existing?.env.region;
  return isConcrete(here) && isConcrete(there) && here !== there ? [{
    prop,
    got: `a bucket in ${there}`,
    allowed: `buckets in ${here}: the S3 endpoint of a VPC leads to its own Region`,
    fix: 'use a bucket of the same Region, or replicate it there',
  }] : [];
}

function isSameBucket(one: DataBucketSource, other: DataBucketSource): boolean {
  if (one._existing !== undefined && one._existing === other._existing) { return true; }
  const name = nameOf(one);
  return isConcrete(name) && name === nameOf(other);
}

function nameOf({ _existing, _options }: DataBucketSource): string | undefined {
  return _existing === undefined ? _options.bucketName : _existing.bucketName;
}
