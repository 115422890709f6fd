import { actionsOn } from '../../iam/facts/actions';
import { identity } from '../principals';
import { allDenied, Attempt, first } from '../property-check';
import { actionClasses, targetClasses } from '../classes';
import { OPEN_BUCKET } from '../authorizers';
import { declaredConstants, isDeclared } from '../grants';
import { ACTOR, axis, narrowed, NETWORK, usualScene } from '../candidate-request';
import { policiesIn } from '../proof-input';

const VISITOR_FIX = 'name the role in the endpoint policy with the actions and prefixes that it is granted only';

/**
 * A role of another network reaches what it is granted through the endpoint, and nothing else, whatever its own policies and those of the buckets
 * allow. A prefix of lists is left to its own policies.
 */
export const endpointToVisitors: Attempt = ({ world, judge }) => first(world.subject.endpoints, ({ id, policy, dedicated }) => {
  const { visitors = [], buckets } = world.subject;
  if (!dedicated || policy === 'unknown') return undefined;
  return first([...new Set(visitors.map(({ roleArn }) => roleArn))], roleArn => first(buckets, bucket => {
    const grants = visitors.filter(each => each.roleArn === roleArn && each.arn === bucket.arn).flatMap(each => each.grants);
    const documents = [...policiesIn([policy]), ...declaredConstants({ ...bucket, declared: grants })];
    const through = narrowed(world.axes(), NETWORK, ({ network }) => network?.endpointId === id);
    const axes = through.map(each => each.name === ACTOR ? axis(ACTOR, [identity(roleArn, roleArn)]) : each);
    return first([...targetClasses(world.objects(bucket), documents), world.bucket(bucket)], target =>
      first(actionClasses(actionsOn(target.arn), documents), action => {
        const isList = target.arn === bucket.arn;
        const isGranted = grants.some(grant => isDeclared([isList ? { ...grant, prefix: '' } : grant], bucket, usualScene(action, target, axes)));
        return isGranted ? undefined : allDenied(judge, { action, target, axes }, world.courts.endpoint(OPEN_BUCKET), VISITOR_FIX);
      }));
  }));
});
