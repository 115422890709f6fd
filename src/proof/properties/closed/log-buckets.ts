import { ContextValue, wildcardMatch } from '../../../iam';
import {
  CandidateRequest,
  Dimension,
  Exception,
  narrowed,
  PRINCIPAL,
  principalOf,
  RequestClass,
  Target,
  valueIn,
  valueSaid,
} from '../../candidate-request';
import { actionClasses } from '../../classes';
import { DeliveryInput, isOwners, knownPolicy, LogBucketInput, policiesIn } from '../../proof-input';
import { allDenied, arnOf, Counterexample, eachOf, first, PropertyCheck } from '../../property-check';
import type { RequestSpace } from '../../request-space';

/** Why nothing is to be decided about log buckets. */
export function withoutLogBuckets({ input: { logBuckets = [] } }: RequestSpace): string | undefined {
  return logBuckets.length === 0 ? 'no bucket receives logs of the workload' : undefined;
}

/**
 * S3's own deliveries and those of the network, as the resources that cause them configure them; nothing else comes
 * from outside.
 */
export function deliveriesOnly(
  check: PropertyCheck,
  actions: readonly string[],
  targetsOf: (bucket: LogBucketInput) => readonly Target[],
): readonly Counterexample[] {
  const { space, assume } = check;
  const { logBuckets = [] } = space.input;
  logBuckets.filter(isOwners).forEach(({ arn }) => assume(`the policy of ${arn} keeps everybody else out`));
  const own = logBuckets.filter(bucket => !isOwners(bucket));
  return eachOf(own, arnOf, bucket => {
    const { deliveries, policy } = bucket;
    const dimensions = fromOutside(space, bucket);
    const except = asDelivered(deliveries);
    const authorizer = space.authorizers.resource(knownPolicy(policy));
    const apart = deliveries.map(({ action }) => [action]);
    return first(targetsOf(bucket), target =>
      first(actionClasses(actions, policiesIn([policy]), apart), action =>
        allDenied(check, { action, target, dimensions }, authorizer, except),
      ),
    );
  });
}

function fromOutside(space: RequestSpace, { account }: LogBucketInput): readonly Dimension[] {
  const inside = [account, space.input.account];
  return narrowed(
    space.dimensions(),
    PRINCIPAL,
    ({ principal }) => principal?.account === undefined || !inside.includes(principal.account),
  );
}

function asDelivered(deliveries: readonly DeliveryInput[]): Exception {
  const varied = [...new Set(deliveries.flatMap(({ keys }) => Object.keys(keys).map(key => key.toLowerCase())))];
  const fitting = (key: string) => (requestClass: RequestClass) =>
    deliveries.map(each => fits(each, key, valueSaid(requestClass, key)));
  return {
    dimensions: {
      [PRINCIPAL]: ({ principal }) => deliveries.map(({ service }) => service === principal?.name),
      ...Object.fromEntries(varied.map(key => [key, fitting(key)])),
    },
    holds: candidate => deliveries.some(each => delivers(each, candidate)),
  };
}

function delivers({ service, action, resource, keys }: DeliveryInput, candidate: CandidateRequest): boolean {
  return (
    principalOf(candidate).name === service &&
    candidate.action === action &&
    wildcardMatch(resource, candidate.target.arn) &&
    Object.keys(keys).every(key => fits({ keys }, key, valueIn(candidate, key)))
  );
}

/** Whether the value of a key is what a delivery says of it. */
function fits({ keys }: Pick<DeliveryInput, 'keys'>, key: string, value: ContextValue | undefined): boolean {
  const pattern = Object.entries(keys).find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1];
  return pattern === undefined || wildcardMatch(String(pattern), String(value));
}
