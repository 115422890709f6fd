import { LIST_ACTIONS } from '../../../iam';
import type { Dimension } from '../../candidate-request';
import { BucketInput, isOwners, knownPolicy, policiesIn } from '../../proof-input';
import { allDenied, arnOf, Counterexample, eachOf, Finding, first, PropertyCheck } from '../../property-check';
import { objectSlices } from '../../request-slices';
import type { RequestSpace } from '../../request-space';

/** Why nothing is to be decided about access points. */
export function withoutAccessPoints({ input: { buckets } }: RequestSpace): string | undefined {
  return buckets.some(isAccessPoint) ? undefined : 'the workload has no access point';
}

/** A finding for each access point whose policy is in the assembly. */
export function eachAccessPoint(
  check: PropertyCheck,
  find: (accessPoint: BucketInput) => Finding,
): readonly Counterexample[] {
  const all = check.space.input.buckets.filter(isAccessPoint);
  all.filter(isOwners).forEach(({ arn }) => check.assume(`the policy of ${arn} keeps everybody else out`));
  const own = all.filter(each => !isOwners(each));
  return eachOf(own, arnOf, find);
}

/** The first request along the dimensions that the policy of an access point lets through. */
export function closedTo(check: PropertyCheck, accessPoint: BucketInput, dimensions: readonly Dimension[]): Finding {
  const { space } = check;
  const authorizer = space.authorizers.resource(knownPolicy(accessPoint.policy));
  const documents = policiesIn([accessPoint.policy]);
  const lists = LIST_ACTIONS.map(action => ({ action, target: space.bucket(accessPoint), dimensions }));
  return first([...objectSlices(space, accessPoint, dimensions, documents), ...lists], slice =>
    allDenied(check, slice, authorizer),
  );
}

function isAccessPoint({ accessPointOf }: BucketInput): boolean {
  return accessPointOf !== undefined;
}
