import { STRANGER } from './actors';
import { Constants, witness } from './constants';
import { ACCESS_POINT } from './grants';
import { axis, Axis, Choice, Context } from './scene';
import type { BucketSubject, ProofSubject } from './subject';
import { objectsIn } from '../policy/s3-arn';

/** What S3 tells policies about a request through an access point. */
export function accessPointContext(arn: string, origin = 'Internet'): Context {
  return { [ACCESS_POINT]: arn, 's3:DataAccessPointAccount': arn.split(':')[4], 's3:AccessPointNetworkOrigin': origin };
}

/** The access point that the workload reaches a bucket through: the bucket is one itself, or its list names no other way. */
export function wayThrough(bucket: BucketSubject | undefined): string | undefined {
  if (bucket?.accessPointOf !== undefined) return bucket.arn;
  const named = (bucket?.declared ?? []).map(({ accessPointArn }) => accessPointArn);
  return named.includes(undefined) ? undefined : named[0];
}

/** Access points of a stranger, and objects behind them, with the names that policies allow; none where policies name no access points. */
export function strangeAccessPoints({ partition, region }: ProofSubject, { resources }: Constants): readonly string[] {
  const names = [...resources].map(each => /:accesspoint\/([^/]+)/.exec(each)?.[1]).filter(name => name !== undefined);
  const arns = [...new Set(names)].map(name => `arn:${partition}:s3:${region}:${STRANGER}:accesspoint/${witness(name)}`);
  return arns.flatMap(arn => [arn, `${objectsIn(arn)}loot`]);
}

/**
 * Which access point a request comes through: as its target says, none, each of the subject, one that somebody else made in the same account, and
 * a stranger's. S3 decides such a request on the access point and on the bucket; each is proven by itself, so nothing links this to the target.
 */
export function accessPointAxis({ buckets, partition, region }: ProofSubject): readonly Axis[] {
  const ours = [...new Set(buckets.flatMap(({ declared = [] }) => declared.flatMap(({ accessPointArn }) => accessPointArn ?? [])))];
  if (ours.length === 0) return [];
  const through = (words: string, arn: string, origin?: string): Choice => ({ words: `through ${words}`, context: accessPointContext(arn, origin) });
  const none = Object.fromEntries(Object.keys(accessPointContext(ours[0])).map(key => [key, undefined]));
  return [axis('access point', [
    { words: '', context: {} },
    { words: 'through no access point', context: none },
    ...ours.map(arn => through(`the access point ${arn}`, arn)),
    ...ours.map(arn => through('another access point of the same account', `${arn}-near`, 'VPC')),
    through('an access point of a stranger', `arn:${partition}:s3:${region}:${STRANGER}:accesspoint/strange`),
  ])];
}
