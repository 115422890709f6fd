import { wildcardMatch } from '../../iam/wildcard';
import { BUCKET_ACTIONS, OBJECT_ACTIONS } from '../../iam/facts/actions';
import { allDenied, Attempt, first } from '../property-check';
import { actionClasses } from '../classes';
import { witness } from '../constants';
import { ACTOR, actorOf, Choice, Context, Exception, lowered, narrowed, Scene, valueIn } from '../candidate-request';
import { DeliverySubject, isOwners, knownPolicy, LogBucketSubject, policiesIn } from '../proof-input';
import type { World } from '../request-space';

const FIX = 'let the services that deliver logs write under their own prefix only, and only with aws:SourceAccount (and aws:SourceArn where they send it)';

/** S3's own deliveries and those of the network, as the resources that cause them configure them; nothing else comes from outside. */
export const deliveriesOnly: Attempt = ({ world, judge, assume }) => first(world.subject.logBuckets ?? [], bucket => {
  if (isOwners(bucket)) return assume(`the policy of ${bucket.arn} keeps everybody else out`);
  const { deliveries, account, policy } = bucket;
  const axes = narrowed(world.axes(), ACTOR, ({ actor }) =>
    actor?.account === undefined || ![account, world.subject.account].includes(actor.account));
  const varied = [...new Set(deliveries.flatMap(({ context }) => [...lowered(context).keys()]))];
  const except: Exception = {
    axes: {
      [ACTOR]: ({ actor }) => deliveries.map(({ service }) => service === actor?.principal),
      ...Object.fromEntries(varied.map(key => [key, (choice: Choice) => deliveries.map(each => fits(each, key, lowered(choice.context).get(key)))])),
    },
    holds: scene => deliveries.some(each => delivers(each, scene)),
  };
  const court = world.courts.resource(knownPolicy(policy));
  return first(requests(world, bucket), ({ action, target }) => allDenied(judge, { action, target, axes }, court, FIX, except));
});

function requests(world: World, bucket: LogBucketSubject) {
  const documents = policiesIn([bucket.policy]);
  const apart = bucket.deliveries.map(({ action }) => [action]);
  const objects = [...world.objects(bucket), ...bucket.deliveries.filter(({ resource }) => resource.includes('/'))
    .map(({ resource }) => ({ ...world.bucket(bucket), words: witness(resource), arn: witness(resource) }))];
  return [
    ...objects.flatMap(target => actionClasses(OBJECT_ACTIONS, documents, apart).map(action => ({ action, target }))),
    ...actionClasses(BUCKET_ACTIONS, documents, apart).map(action => ({ action, target: world.bucket(bucket) })),
  ];
}

function delivers({ service, action, resource, context }: DeliverySubject, scene: Scene): boolean {
  return actorOf(scene).principal === service && scene.action === action && wildcardMatch(resource, scene.target.arn)
    && Object.keys(context).every(key => fits({ context }, key.toLowerCase(), valueIn(scene, key)));
}

/** Whether the value of a key, in lower case, is what a delivery says of it. */
function fits({ context }: Pick<DeliverySubject, 'context'>, key: string, value: Context[string]): boolean {
  const pattern = lowered(context).get(key);
  return pattern === undefined || wildcardMatch(String(pattern), String(value));
}
