import { dimensionsFor, eachExclusiveBucket } from './shared';
import { Dimension, narrowed, PRINCIPAL } from '../../candidate-request';
import { looksAt } from '../../exemptions';
import { BucketInput, knownPolicy } from '../../proof-input';
import { allDenied, Finding, first, Property, PropertyCheck } from '../../property-check';
import { objectSlices } from '../../request-slices';
import type { RequestSpace } from '../../request-space';

export const outsideOrganization: Property = {
  id: 'closed[outside-organization]',
  inapplicable: space =>
    space.input.buckets.some(bucket => namedBy(space, bucket).length > 0)
      ? undefined
      : 'no policy names an organization, a unit or the accounts of principals',
  decide: check =>
    eachExclusiveBucket(check, bucket =>
      first(namedBy(check.space, bucket), dimension => outside(check, bucket, dimension)),
    ),
};

/** What policies name whom they let in by: the organization, the unit, the account. */
function namedBy(space: RequestSpace, { policy }: BucketInput): readonly Dimension[] {
  return [
    ...space.organization.filter(({ keys }) => space.ownPolicies().some(each => looksAt(each, [...keys]))),
    ...space.principalAccount.filter(({ keys }) => looksAt(knownPolicy(policy), [...keys])),
  ];
}

function outside(check: PropertyCheck, bucket: BucketInput, { name, keys, classes: [inside] }: Dimension): Finding {
  const { space } = check;
  const policy = space.holding(bucket, [...keys]);
  const principals = narrowed(
    dimensionsFor(space, bucket),
    PRINCIPAL,
    ({ principal }) => principal?.kind !== 'service',
  );
  const dimensions = narrowed(principals, name, requestClass => requestClass !== inside);
  return first(objectSlices(space, bucket, dimensions, [policy]), slice =>
    allDenied(check, slice, space.authorizers.resource(policy)),
  );
}
