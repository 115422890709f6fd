import { actionsOn, isObject } from '../../../iam';
import type { Authorizer } from '../../authorizers';
import { isTrusted, isVouchedFor } from '../../aws-owned-buckets';
import { Dimension, Exception, PRINCIPAL, principalOf } from '../../candidate-request';
import { actionClasses } from '../../classes';
import type { PeerInput, ProofInput } from '../../proof-input';
import { allDenied, Finding, first, PropertyCheck } from '../../property-check';

/**
 * The first request to a bucket of somebody else that gets through. Buckets of AWS are trusted by name: what they
 * publish may be read. Others that the access list names are the word of the user, and an assumption.
 */
export function abroad(check: PropertyCheck, dimensions: readonly Dimension[], authorizer: Authorizer): Finding {
  const { space } = check;
  assumeVouchedFor(check);
  const trusts: Exception = {
    dimensions: { [PRINCIPAL]: ({ principal }) => peersAs(principal?.arn, space.input).map(({ roleArn }) => roleArn) },
    holds: candidate => {
      const { action, target } = candidate;
      return (
        isTrusted(action, target.arn, space.input) ||
        isVouchedFor(action, target.arn, space.input) ||
        isOfPeer(principalOf(candidate).arn, target.arn, space.input)
      );
    },
  };
  const documents = [...space.rolePolicies(), ...space.endpointPolicies()];
  const objects = space.foreign().filter(({ arn }) => isObject(arn));
  const targets = [...objects, ...space.foreign().filter(({ arn }) => !isObject(arn))];
  return first(targets, target =>
    first(mostTelling(actionClasses(actionsOn(target.arn), documents, [['s3:GetObject'], ['s3:PutObject']])), action =>
      allDenied(check, { action, target, dimensions }, authorizer, trusts),
    ),
  );
}

/** What another workload on a shared endpoint may use by its own access list, is for its own proof to decide. */
function isOfPeer(principal: string | undefined, arn: string, input: ProofInput): boolean {
  const bucketArns = peersAs(principal, input).flatMap(peer => peer.bucketArns);
  return bucketArns.some(each => arn === each || arn.startsWith(`${each}/`));
}

/** The other workloads that a principal is. */
function peersAs(principal: string | undefined, { peers = [] }: ProofInput): readonly PeerInput[] {
  return peers.filter(({ roleArn }) => roleArn === principal);
}

/** Data goes out as an object; who owns a bucket alone has to do with its policy. */
function mostTelling(actions: readonly string[]): readonly string[] {
  const rank = (action: string) => (action === 's3:PutObject' ? 0 : /BucketPolicy$/.test(action) ? 2 : 1);
  return [...actions].sort((one, other) => rank(one) - rank(other));
}

function assumeVouchedFor({ space: { input }, assume }: PropertyCheck): void {
  (input.awsOwned ?? [])
    .filter(({ action, objects, account }) => account === undefined && !isTrusted(action, objects, input))
    .forEach(({ action, objects }) => assume(`the owner of ${objects} may have what ${action} tells it`));
}
