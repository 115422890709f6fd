import type { PolicyJson } from '../policy';
import { OBJECT_ACTIONS } from './actions';
import { actionClasses, targetClasses } from './classes';
import type { Axis } from './scene';
import type { Space } from './search';
import type { World } from './world';

/** The requests on the objects of a bucket that policies can tell apart, but for what the axes vary. */
export function objectSpaces(
  world: World, bucket: { readonly arn: string; readonly account: string }, axes: readonly Axis[], documents: readonly PolicyJson[],
): readonly Space[] {
  const actions = actionClasses(OBJECT_ACTIONS, documents);
  return targetClasses(world.objects(bucket), documents).flatMap(target => actions.map(action => ({ action, target, axes })));
}
