import type { PolicyJson } from '../iam';
import { OBJECT_ACTIONS } from '../iam/facts/actions';
import { actionClasses, targetClasses } from './classes';
import type { Axis } from './candidate-request';
import type { Space } from './counterexample-search';
import type { World } from './request-space';

/** The requests on the objects of a bucket that policies can tell apart, but for what the axes vary. */
export function objectSpaces(
  world: World, bucket: { readonly arn: string; readonly account: string }, axes: readonly Axis[], documents: readonly PolicyJson[],
): readonly Space[] {
  const actions = actionClasses(OBJECT_ACTIONS, documents);
  return targetClasses(world.objects(bucket), documents).flatMap(target => actions.map(action => ({ action, target, axes })));
}
