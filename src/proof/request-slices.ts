import { OBJECT_ACTIONS, PolicyJson } from '../iam';
import type { CandidateRequest, Dimension } from './candidate-request';
import { actionClasses, targetClasses } from './classes';
import type { RequestSlice } from './counterexample-search';
import { taskActions } from './exemptions';
import type { BucketInput } from './proof-input';
import type { RequestSpace } from './request-space';

/** The requests on the objects of a bucket that policies can tell apart, but for what the dimensions vary. */
export function objectSlices(
  space: RequestSpace,
  bucket: Pick<BucketInput, 'arn' | 'account' | 'taskRoles'>,
  dimensions: readonly Dimension[],
  documents: readonly PolicyJson[],
): readonly RequestSlice[] {
  const actions = actionClasses(OBJECT_ACTIONS, documents, taskActions(bucket, OBJECT_ACTIONS));
  return targetClasses(space.objects(bucket), documents).flatMap(target =>
    actions.map(action => ({ action, target, dimensions })),
  );
}

/** The request of a candidate with credentials that no instance has. */
export function fromNoInstance({ classes, ...rest }: CandidateRequest): CandidateRequest {
  const credentials = { instance: undefined, roleDelivery: undefined };
  return { ...rest, classes: [...classes, { words: '', parts: { credentials } }] };
}
