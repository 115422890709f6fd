import { dataBuckets } from './buckets';
import { BUCKET_ACTIONS, BUCKET_POLICY_ACTIONS } from '../../../iam';
import { Exception, narrowed, PRINCIPAL, principalOf } from '../../candidate-request';
import { actionClasses } from '../../classes';
import { GOOD_TRANSPORTS } from '../../dimensions';
import { BucketInput, isOwners, LogBucketInput } from '../../proof-input';
import { allDenied, arnOf, eachOf, Finding, first, Property, PropertyCheck } from '../../property-check';
import { objectSlices } from '../../request-slices';

/** The root user of the bucket's account can repair the bucket's policy whatever the policy says. */
const BY_ROOT: Exception = {
  dimensions: { [PRINCIPAL]: ({ principal }) => principal?.kind },
  holds: candidate => principalOf(candidate).kind === 'root' && BUCKET_POLICY_ACTIONS.includes(candidate.action),
};

export const transport: Property = {
  id: 'encrypted[transport]',
  decide: check => {
    const { input } = check.space;
    return eachOf([...dataBuckets(input), ...(input.logBuckets ?? [])], arnOf, bucket => overTls(check, bucket));
  },
};

function overTls(check: PropertyCheck, bucket: BucketInput | LogBucketInput): Finding {
  const { space, assume } = check;
  if (isOwners(bucket)) {
    return assume(`the policy of ${bucket.arn} requires TLS 1.2`);
  }
  const dimensions = narrowed(space.dimensions(), 'transport', ({ words }) => !GOOD_TRANSPORTS.includes(words));
  const policy = space.holding(bucket, ['aws:SecureTransport', 's3:TlsVersion']);
  const authorizer = space.authorizers.resource(policy);
  const target = space.bucket(bucket);
  const slices = [
    ...objectSlices(space, bucket, dimensions, [policy]),
    ...actionClasses(BUCKET_ACTIONS, [policy], [[...BUCKET_POLICY_ACTIONS]]).map(action => ({
      action,
      target,
      dimensions,
    })),
  ];
  return first(slices, slice => allDenied(check, slice, authorizer, BY_ROOT));
}
