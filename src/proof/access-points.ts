import type { AttributeValues } from './attribute-values';
import { dimension, Dimension, RequestClass } from './candidate-request';
import { Constants, witness } from './constants';
import type { BucketInput, ProofInput } from './proof-input';
import { EXTERNAL_ACCOUNT } from './strangers';
import { wildcardMatch } from '../iam';

/** The keys that requests through access points have. */
const KEYS = ['s3:DataAccessPointArn', 's3:DataAccessPointAccount', 's3:AccessPointNetworkOrigin'];

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
    // those of several Regions have no Region
    const named = (part: string, otherwise: string) => (/[*?]/.test(part) ? otherwise : part);
    const name = rest.join(':').replace(/^[^/]*\//, '');
    const point = `accesspoint/${witness(name === '*' ? 'strange/object/*' : name)}`;
    const arn = `arn:${partition}:s3:${named(place, region)}:${named(owner === '' ? '*' : owner, EXTERNAL_ACCOUNT)}:${point}`;
    return wildcardMatch(pattern, arn) ? [arn] : [];
  });
}

/** The name of the dimension of access points. */
export const ACCESS_POINT = 'access point';

/**
 * Which access point a request comes through: as its target says, none, each of the input, one that somebody else
 * made in the same account, and a stranger's, and each that policies tell apart. S3 decides such a request on the
 * access point and on the bucket; each is proven by itself, so nothing links this to the target.
 */
export function accessPointDimension(
  { buckets, partition, region }: ProofInput,
  values: AttributeValues,
): readonly Dimension[] {
  const ours = [
    ...new Set(buckets.flatMap(({ declared = [] }) => declared.flatMap(({ accessPointArn }) => accessPointArn ?? []))),
  ];
  const isAsked = KEYS.some(key => values.comparesKey(key));
  if (ours.length === 0 && !isAsked) {
    return [];
  }
  const others = (isAsked ? values.all('accessPoints') : []).filter(arn => !ours.includes(arn));
  const strange = `arn:${partition}:s3:${region}:${EXTERNAL_ACCOUNT}:accesspoint/strange`;
  return [
    dimension(ACCESS_POINT, [
      { words: '', parts: {} },
      { words: 'through no access point', parts: { target: { accessPoint: undefined } } },
      ...ours.map(arn => through(`the access point ${arn}`, arn)),
      ...ours.map(arn => through('another access point of the same account', `${arn}-near`, 'VPC')),
      ...others.map(arn => through(`the access point ${arn}`, arn)),
      ...others.map(arn => through(`the access point ${arn} of a VPC`, arn, 'VPC')),
      through('an access point of a stranger', strange),
    ]),
  ];
}

function through(words: string, arn: string, networkOrigin?: string): RequestClass {
  return { words: `through ${words}`, parts: { target: { accessPoint: { arn, networkOrigin } } } };
}
