import { dimension, Dimension, RequestClass, Context } from './candidate-request';
import { Constants, witness } from './constants';
import { ACCESS_POINT } from './grants';
import { EXTERNAL_ACCOUNT } from './principals';
import type { BucketInput, ProofInput } from './proof-input';
import { wildcardMatch } from '../iam';

/** What S3 tells policies about a request through an access point. */
export function accessPointContext(arn: string, origin = 'Internet'): Context {
  return { [ACCESS_POINT]: arn, 's3:DataAccessPointAccount': arn.split(':')[4], 's3:AccessPointNetworkOrigin': origin };
}

/**
 * The access point that the workload reaches a bucket through: the bucket is one itself, or its list names no other
 * way.
 */
export function wayThrough(bucket: BucketInput | undefined): string | undefined {
  if (bucket?.accessPointOf !== undefined) {
    return bucket.arn;
  }
  const named = (bucket?.declared ?? []).map(({ accessPointArn }) => accessPointArn);
  return named.includes(undefined) ? undefined : named[0];
}

/**
 * Access points of strangers that the patterns of policies cover, or objects behind them: of the account that a
 * pattern names, or of any. None of the accounts of the input, and none where policies name no access points.
 */
export function strangeAccessPoints(
  { account, buckets, region }: ProofInput,
  { resources }: Constants,
): readonly string[] {
  const known = new Set([account, ...buckets.map(each => each.account)]);
  return [...resources].flatMap(pattern => {
    const [, partition, service, place, owner, ...rest] = pattern.split(':');
    if (service !== 's3' || (place === '' && owner === '') || rest.length === 0 || known.has(owner)) {
      return [];
    }
    const named = (part: string, otherwise: string) => (/[*?]/.test(part) || part === '' ? otherwise : part);
    const name = rest.join(':').replace(/^[^/]*\//, '');
    const arn = `arn:${partition}:s3:${named(place, region)}:${named(owner, EXTERNAL_ACCOUNT)}:accesspoint/${witness(name === '*' ? 'strange/object/*' : name)}`;
    return wildcardMatch(pattern, arn) ? [arn] : [];
  });
}

/**
 * Which access point a request comes through: as its target says, none, each of the input, one that somebody else
 * made in the same account, and a stranger's. S3 decides such a request on the access point and on the bucket; each
 * is proven by itself, so nothing links this to the target.
 */
export function accessPointDimension({ buckets, partition, region }: ProofInput): readonly Dimension[] {
  const ours = [
    ...new Set(buckets.flatMap(({ declared = [] }) => declared.flatMap(({ accessPointArn }) => accessPointArn ?? []))),
  ];
  if (ours.length === 0) {
    return [];
  }
  const through = (words: string, arn: string, origin?: string): RequestClass => ({
    words: `through ${words}`,
    context: accessPointContext(arn, origin),
  });
  const none = Object.fromEntries(Object.keys(accessPointContext(ours[0])).map(key => [key, undefined]));
  return [
    dimension('access point', [
      { words: '', context: {} },
      { words: 'through no access point', context: none },
      ...ours.map(arn => through(`the access point ${arn}`, arn)),
      ...ours.map(arn => through('another access point of the same account', `${arn}-near`, 'VPC')),
      through('an access point of a stranger', `arn:${partition}:s3:${region}:${EXTERNAL_ACCOUNT}:accesspoint/strange`),
    ]),
  ];
}
