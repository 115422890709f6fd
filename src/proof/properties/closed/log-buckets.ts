import { wildcardMatch } from '../../../iam';
import {
  CandidateRequest,
  Context,
  Dimension,
  Exception,
  lowered,
  narrowed,
  PRINCIPAL,
  principalOf,
  RequestClass,
  Target,
  valueIn,
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
  const varied = [...new Set(deliveries.flatMap(({ context }) => [...lowered(context).keys()]))];
  const fitting = (key: string) => (requestClass: RequestClass) =>
    deliveries.map(each => fits(each, key, lowered(requestClass.context).get(key)));
  return {
    dimensions: {
      [PRINCIPAL]: ({ principal }) => deliveries.map(({ service }) => service === principal?.name),
      ...Object.fromEntries(varied.map(key => [key, fitting(key)])),
    },
    holds: candidate => deliveries.some(each => delivers(each, candidate)),
  };
}

function delivers({ service, action, resource, context }: DeliveryInput, candidate: CandidateRequest): boolean {
  return (
    principalOf(candidate).name === service &&
    candidate.action === action &&
    wildcardMatch(resource, candidate.target.arn) &&
    Object.keys(context).every(key => fits({ context }, key.toLowerCase(), valueIn(candidate, key)))
  );
}

/** Whether the value of a key, in lower case, is what a delivery says of it. */
function fits({ context }: Pick<DeliveryInput, 'context'>, key: string, value: Context[string]): boolean {
  const pattern = lowered(context).get(key);
  return pattern === undefined || wildcardMatch(String(pattern), String(value));
}
