import { ways } from './ways';
import { BUCKET_ACTIONS, OBJECT_ACTIONS, PolicyJson } from '../../../iam';
import { Authorizer, OPEN_BUCKET } from '../../authorizers';
import { CandidateRequest, Dimension, Target, valueIn } from '../../candidate-request';
import { actionClasses } from '../../classes';
import { candidatesOf } from '../../counterexample-search';
import { declaredConstants } from '../../declared-constants';
import { BucketInput, GrantInput, policiesIn } from '../../proof-input';
import { arnOf, Counterexample, eachOf, Finding, first, PropertyCheck } from '../../property-check';
import type { RequestSpace } from '../../request-space';
import { saysWhen, TIME_KEYS } from '../../times';

/** A bucket with what the access list grants in it. */
export type DeclaredBucket = BucketInput & { readonly declared: readonly GrantInput[] };

/** Whether the access list is known. */
export function isListed(bucket: BucketInput): bucket is DeclaredBucket {
  return bucket.declared !== undefined;
}

/** Why nothing is to be decided about an access list. */
export function withoutAccessList({ input: { buckets } }: RequestSpace): string | undefined {
  return buckets.some(isListed) ? undefined : 'the assembly has no access list of this workload';
}

/** A request of the workload, among those that differ from it in what its policies look at. */
export interface Asked<Bucket extends BucketInput | undefined> {
  readonly candidate: CandidateRequest;
  readonly candidates: readonly CandidateRequest[];
  readonly bucket: Bucket;
}

/** A finding for each of the buckets, about any request to it or to its objects, through any endpoint. */
export function inEachBucket<Bucket extends BucketInput>(
  { space }: PropertyCheck,
  buckets: readonly Bucket[],
  find: (asked: Asked<Bucket>) => Finding,
): readonly Counterexample[] {
  return eachOf(buckets, arnOf, bucket =>
    first(
      ways(space),
      way =>
        first(space.objects(bucket), target => onTarget(space, target, OBJECT_ACTIONS, way, bucket, find)) ??
        onTarget(space, space.bucket(bucket), BUCKET_ACTIONS, way, bucket, find),
    ),
  );
}

/** The first finding about requests to a target that the policies, and the access list, tell apart. */
export function onTarget<Bucket extends BucketInput | undefined>(
  space: RequestSpace,
  target: Target,
  actions: readonly string[],
  way: readonly Dimension[],
  bucket: Bucket,
  find: (asked: Asked<Bucket>) => Finding,
): Finding {
  const documents: readonly PolicyJson[] = [
    ...space.rolePolicies(),
    ...space.endpointPolicies(),
    ...policiesIn([bucket?.policy]),
    ...(bucket === undefined ? [] : declaredConstants(bucket)),
  ];
  return first(actionClasses(actions, documents), action => {
    const candidates = candidatesOf({ action, target, dimensions: way }, documents);
    return first(candidates, candidate => find({ candidate, candidates, bucket }));
  });
}

/** The endpoint's policy, where the bucket lets everybody in that is not of the workload's account. */
export function throughEndpoint(space: RequestSpace, account: string): Authorizer {
  return space.authorizers.endpoint(account === space.input.account ? undefined : OPEN_BUCKET);
}

/**
 * Whether the workload is allowed the same another way: with another prefix, unless that is what is granted, but not
 * at another time, which it does not choose.
 */
export function isAllowedOtherwise(
  { search }: PropertyCheck,
  { candidate, candidates }: Asked<BucketInput | undefined>,
  authorizer: Authorizer,
  withPrefix: boolean,
): boolean {
  const prefix = valueIn(candidate, 's3:prefix');
  return candidates.some(
    other =>
      other !== candidate &&
      isAtTheTimeOf(candidate, other) &&
      (!withPrefix || valueIn(other, 's3:prefix') === prefix) &&
      search.allows(other, authorizer),
  );
}

function isAtTheTimeOf(one: CandidateRequest, other: CandidateRequest): boolean {
  return TIME_KEYS.every(key => valueIn(one, key) === valueIn(other, key));
}

/** Whether the workload is allowed the same at another time. */
export function isAllowedAtAnotherTime(
  { search }: PropertyCheck,
  { candidate, candidates }: Asked<BucketInput | undefined>,
  authorizer: Authorizer,
): boolean {
  const isOther = ({ classes }: CandidateRequest) =>
    classes.every((each, at) => each === candidate.classes[at] || saysWhen(each));
  return (
    candidate.classes.some(saysWhen) &&
    candidates.some(other => other !== candidate && isOther(other) && search.allows(other, authorizer))
  );
}
