import { dimension, Dimension, RequestClass } from './candidate-request';
import { Constants, nearMisses, valuesOf, witness } from './constants';
import { EXTERNAL_ACCOUNT } from './principals';
import type { BucketInput, ProofInput } from './proof-input';
import { wildcardMatch } from '../iam';

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
    const point = `accesspoint/${witness(name === '*' ? 'strange/object/*' : name)}`;
    const arn = `arn:${partition}:s3:${named(place, region)}:${named(owner, EXTERNAL_ACCOUNT)}:${point}`;
    return wildcardMatch(pattern, arn) ? [arn] : [];
  });
}

/**
 * Which access point a request comes through: as its target says, none, each of the input, one that somebody else
 * made in the same account, and a stranger's. S3 decides such a request on the access point and on the bucket; each
 * is proven by itself, so nothing links this to the target.
 */
export function accessPointDimension(
  { buckets, partition, region }: ProofInput,
  constants: Constants,
): readonly Dimension[] {
  const ours = [
    ...new Set(buckets.flatMap(({ declared = [] }) => declared.flatMap(({ accessPointArn }) => accessPointArn ?? []))),
  ];
  const accounts = valuesOf(constants, 's3:DataAccessPointAccount').map(witness);
  const named = valuesOf(constants, 's3:DataAccessPointArn').flatMap(each => [witness(each), ...nearMisses(each)]);
  const others = [...named, ...accounts.map(account => `arn:${partition}:s3:${region}:${account}:accesspoint/another`)];
  const origins = valuesOf(constants, 's3:AccessPointNetworkOrigin');
  if ([...ours, ...others, ...origins].length === 0) {
    return [];
  }
  const through = (words: string, arn: string, networkOrigin?: string): RequestClass => ({
    words: `through ${words}`,
    parts: { target: { accessPoint: { arn, networkOrigin } } },
  });
  return [
    dimension('access point', [
      { words: '', parts: {} },
      { words: 'through no access point', parts: { target: { accessPoint: undefined } } },
      ...ours.map(arn => through(`the access point ${arn}`, arn)),
      ...ours.map(arn => through('another access point of the same account', `${arn}-near`, 'VPC')),
      ...[...new Set(others)].filter(arn => !ours.includes(arn)).map(arn => through(`the access point ${arn}`, arn)),
      through('an access point of a stranger', `arn:${partition}:s3:${region}:${EXTERNAL_ACCOUNT}:accesspoint/strange`),
    ]),
  ];
}
