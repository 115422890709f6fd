import { BUCKET_ACTIONS, ContextValue, OBJECT_ACTIONS, wildcardMatch } from '../../iam';
import {
  PRINCIPAL,
  principalOf,
  RequestClass,
  Exception,
  narrowed,
  CandidateRequest,
  valueIn,
  valueSaid,
} from '../candidate-request';
import { actionClasses } from '../classes';
import { witness } from '../constants';
import { DeliveryInput, isOwners, knownPolicy, LogBucketInput, policiesIn } from '../proof-input';
import { allDenied, Property, first } from '../property-check';
import type { RequestSpace } from '../request-space';

const FIX =
  'let the services that deliver logs write under their own prefix only, and only with aws:SourceAccount (and aws:SourceArn where they send it)';

/**
 * S3's own deliveries and those of the network, as the resources that cause them configure them; nothing else comes
 * from outside.
 */
export const deliveriesOnly: Property = ({ space, search, assume }) =>
  first(space.input.logBuckets ?? [], bucket => {
    if (isOwners(bucket)) {
      return assume(`the policy of ${bucket.arn} keeps everybody else out`);
    }
    const { deliveries, account, policy } = bucket;
    const dimensions = narrowed(
      space.dimensions(),
      PRINCIPAL,
      ({ principal }) =>
        principal?.account === undefined || ![account, space.input.account].includes(principal.account),
    );
    const varied = [...new Set(deliveries.flatMap(({ keys }) => Object.keys(keys).map(key => key.toLowerCase())))];
    const except: Exception = {
      dimensions: {
        [PRINCIPAL]: ({ principal }) => deliveries.map(({ service }) => service === principal?.name),
        ...Object.fromEntries(
          varied.map(key => [
            key,
            (requestClass: RequestClass) => deliveries.map(each => fits(each, key, valueSaid(requestClass, key))),
          ]),
        ),
      },
      holds: candidate => deliveries.some(each => delivers(each, candidate)),
    };
    const authorizer = space.authorizers.resource(knownPolicy(policy));
    return first(requests(space, bucket), ({ action, target }) =>
      allDenied(search, { action, target, dimensions }, authorizer, FIX, except),
    );
  });

function requests(space: RequestSpace, bucket: LogBucketInput) {
  const documents = policiesIn([bucket.policy]);
  const apart = bucket.deliveries.map(({ action }) => [action]);
  const objects = [
    ...space.objects(bucket),
    ...bucket.deliveries
      .filter(({ resource }) => resource.includes('/'))
      .map(({ resource }) => ({ ...space.bucket(bucket), words: witness(resource), arn: witness(resource) })),
  ];
  return [
    ...objects.flatMap(target => actionClasses(OBJECT_ACTIONS, documents, apart).map(action => ({ action, target }))),
    ...actionClasses(BUCKET_ACTIONS, documents, apart).map(action => ({ action, target: space.bucket(bucket) })),
  ];
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
