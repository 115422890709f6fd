import { actionsOn, PolicyJson } from '../../../iam';
import { OPEN_BUCKET } from '../../authorizers';
import { Dimension, Exception, narrowed, NETWORK, PRINCIPAL, principalOf } from '../../candidate-request';
import { actionClasses, targetClasses } from '../../classes';
import { exemptionsOf, isOneOf } from '../../exemptions';
import { BucketInput, EndpointInput, policiesIn, rolesFor } from '../../proof-input';
import { allDenied, eachOf, Finding, first, idOf, Property, PropertyCheck } from '../../property-check';

/** Whom a bucket exempts gets in from anywhere: the endpoint may let the exempt through as well. */
export const endpointToOthers: Property = {
  id: 'closed[endpoint-to-others]',
  inapplicable: ({ input: { endpoints } }) =>
    endpoints.some(isOwn) ? undefined : 'no endpoint was made for this workload',
  decide: check =>
    eachOf(check.space.input.endpoints.filter(isOwn), idOf, ({ id, policy }) => {
      const { space } = check;
      const through = narrowed(space.dimensions(), NETWORK, ({ network }) => network?.endpointId === id);
      return first(space.input.buckets, bucket => toBucket(check, bucket, through, policiesIn([policy])));
    }),
};

function isOwn({ policy, exclusive }: EndpointInput): boolean {
  return exclusive && policy !== 'unknown';
}

function toBucket(
  check: PropertyCheck,
  bucket: BucketInput,
  through: readonly Dimension[],
  documents: readonly PolicyJson[],
): Finding {
  const { space } = check;
  const workloads = rolesFor([bucket.arn], space.input);
  const dimensions = narrowed(
    through,
    PRINCIPAL,
    ({ principal }) => principal !== undefined && !isOneOf(workloads, principal),
  );
  const exempt = exemptionsOf(bucket, space.input);
  const except: Exception = {
    dimensions: { [PRINCIPAL]: ({ principal }) => principal !== undefined && isOneOf(exempt, principal) },
    holds: candidate => isOneOf(exempt, principalOf(candidate)),
  };
  return first([...targetClasses(space.objects(bucket), documents), space.bucket(bucket)], target =>
    first(actionClasses(actionsOn(target.arn), documents), action =>
      allDenied(check, { action, target, dimensions }, space.authorizers.endpoint(OPEN_BUCKET), except),
    ),
  );
}
