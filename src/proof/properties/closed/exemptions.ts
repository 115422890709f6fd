import { dimensionsFor, eachBucket } from './shared';
import { LIST_ACTIONS } from '../../../iam';
import { NETWORK, PRINCIPAL, Target, usualCandidate } from '../../candidate-request';
import { witness } from '../../constants';
import { exemptionsOf } from '../../exemptions';
import { identity } from '../../principals';
import { BucketInput, knownPolicy } from '../../proof-input';
import { counterexample, Finding, first, Property, PropertyCheck } from '../../property-check';
import { fromNoInstance } from '../../request-slices';

export const exemptions: Property = {
  id: 'closed[exemptions]',
  inapplicable: ({ input }) =>
    input.buckets.some(bucket => exemptionsOf(bucket, input).length > 0) ? undefined : 'nobody is exempt',
  decide: check =>
    eachBucket(check, bucket => {
      const { space } = check;
      const requests = [
        ...space
          .objects(bucket)
          .flatMap(target => ['s3:GetObject', 's3:PutObject'].map(action => ({ action, target }))),
        ...LIST_ACTIONS.map(action => ({ action, target: space.bucket(bucket) })),
      ];
      return first(exemptionsOf(bucket, space.input).map(witness), arn =>
        isOutside(check, arn)
          ? undefined
          : first(requests, ({ action, target }) => letIn(check, bucket, arn, action, target)),
      );
    }),
};

/** Exempt from the perimeter, and all the same kept out by the organization boundary, which spares nobody. */
function isOutside({ space, assume }: PropertyCheck, arn: string): boolean {
  const accounts = space.input.organization?.accounts ?? [];
  const account = arn.split(':')[4] ?? '';
  const isKeptOut = accounts.length > 0 && !accounts.includes(account);
  if (isKeptOut) {
    assume(`${arn} needs no access: it is exempt, but its account is none of those of the organization boundary`);
  }
  return isKeptOut;
}

function letIn(check: PropertyCheck, bucket: BucketInput, arn: string, action: string, target: Target): Finding {
  const { space, search } = check;
  const internet = space.networks.classes.find(({ network }) => network?.kind === 'internet');
  const picked = {
    [PRINCIPAL]: identity(`the exempt principal ${arn}`, arn),
    ...(internet === undefined ? {} : { [NETWORK]: internet }),
  };
  const candidate = fromNoInstance(usualCandidate(action, target, dimensionsFor(space, bucket), picked));
  const policy = knownPolicy(bucket.policy);
  const decision = search.decide(candidate, space.authorizers.unguarded(policy));
  if (search.decide(candidate, space.authorizers.resource(policy)).verdict !== decision.verdict) {
    check.assume(
      `where guardrails keep ${arn} out, that is meant: it is exempt from the perimeter of the buckets alone`,
    );
  }
  return decision.verdict === 'ExplicitlyDenied'
    ? counterexample(check, { candidate, decision }, 'not denied')
    : undefined;
}
