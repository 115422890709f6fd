import { keysAbout } from '../../../iam';
import {
  CandidateRequest,
  Dimension,
  Exception,
  narrowed,
  NETWORK,
  PRINCIPAL,
  principalOf,
  RequestClass,
  RequestPrincipal,
  valueIn,
  valueSaid,
} from '../../candidate-request';
import { exemptionsOf, isOneOf, isTask } from '../../exemptions';
import { BucketInput, isOwners, peerEndpoints } from '../../proof-input';
import { arnOf, Counterexample, eachOf, Finding, PropertyCheck } from '../../property-check';
import type { RequestSpace } from '../../request-space';

/** Where a request comes from: statements that look at one of these keep out what comes from elsewhere. */
export const NETWORK_KEYS: readonly string[] = [
  'network.source',
  'network.organizationId',
  'network.organizationPaths',
].flatMap(keysAbout);

/** A finding for each data bucket that its policy has to close; those of other owners are their word. */
export function eachBucket(check: PropertyCheck, find: (bucket: BucketInput) => Finding): readonly Counterexample[] {
  const { buckets } = check.space.input;
  const all = buckets.filter(({ accessPointOf }) => accessPointOf === undefined);
  all.filter(isOwners).forEach(({ arn }) => check.assume(`the policy of ${arn} keeps everybody else out`));
  const own = all.filter(bucket => !isOwners(bucket));
  return eachOf(own, arnOf, find);
}

/** The same for the buckets that were made for the workload. */
export function eachExclusiveBucket(
  check: PropertyCheck,
  find: (bucket: BucketInput) => Finding,
): readonly Counterexample[] {
  return eachBucket(check, bucket => (bucket.exclusive ? find(bucket) : undefined));
}

/** The dimensions of a request to a bucket. */
export function dimensionsFor(space: RequestSpace, { encryption }: BucketInput): readonly Dimension[] {
  return space.dimensions(encryption?.keyArn);
}

/** Those of a request that comes neither through an endpoint of the workload nor through one of its peers. */
export function outsideEndpoint(space: RequestSpace, bucket: BucketInput): readonly Dimension[] {
  const ofPeers = peerEndpoints(bucket.arn, space.input);
  return narrowed(
    dimensionsFor(space, bucket),
    NETWORK,
    each => each.network?.kind !== 'endpoint' && !comesThrough(ofPeers, each),
  );
}

/** Whether requests of a class come through one of these endpoints. */
export function comesThrough(endpointIds: readonly string[], requestClass: RequestClass): boolean {
  return endpointIds.includes(String(valueSaid(requestClass, 'aws:SourceVpce')));
}

/** The exempt, roles at their one task, and what a service does for this account: that is a matter of configuration. */
export function exceptExempt(space: RequestSpace, bucket: BucketInput): Exception {
  const exempt = exemptionsOf(bucket, space.input);
  const forAccount = (candidate: CandidateRequest) =>
    principalOf(candidate).kind === 'service' && valueIn(candidate, 'aws:SourceAccount') === space.input.account;
  return {
    dimensions: {
      [PRINCIPAL]: ({ principal }) => principal !== undefined && sparedAs(principal, bucket, exempt),
      'aws:sourceaccount': 'everything',
    },
    holds: candidate => isOneOf(exempt, principalOf(candidate)) || isAtTask(bucket)(candidate) || forAccount(candidate),
  };
}

/** Whether a candidate is a role of a bucket at its one task. */
export function isAtTask(bucket: BucketInput): Exception['holds'] {
  return candidate => isTask(bucket, principalOf(candidate), candidate.action);
}

/** As what exceptions of a bucket know a principal. */
export function sparedAs(
  principal: RequestPrincipal,
  { taskRoles = [] }: BucketInput,
  exempt: readonly string[],
): readonly boolean[] {
  return [isOneOf(exempt, principal), ...taskRoles.map(({ roleArn }) => isOneOf([roleArn], principal))];
}
