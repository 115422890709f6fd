import type { Place } from './places';
import { isListing, Target } from './question';
import { OBJECT_ACTIONS } from '../../analysis';

/** What somebody does with data, in a word. */
export interface Verb {
  readonly words: string;
  /** The action that decides whether somebody may. */
  readonly action: string;
  /** Actions that go with it and open nothing more. */
  readonly covers: readonly string[];
}

/** What a path to data is for. */
export const VERBS: readonly Verb[] = [
  { words: 'list', action: 's3:ListBucket', covers: ['s3:GetBucketLocation'] },
  { words: 'read', action: 's3:GetObject', covers: ['s3:GetObjectAttributes', 's3:GetObjectTagging'] },
  {
    words: 'write',
    action: 's3:PutObject',
    covers: ['s3:AbortMultipartUpload', 's3:ListMultipartUploadParts', 's3:PutObjectTagging'],
  },
  { words: 'delete', action: 's3:DeleteObject', covers: [] },
];

/** Whether an action is about keys, and not about the bucket as a whole. */
export function isAboutKeys(action: string): boolean {
  return isListing(action) || OBJECT_ACTIONS.includes(action);
}

/**
 * What an action can be tried with in a place of a bucket. Where no policy names the keys, a listing may ask for all
 * of the bucket, by no prefix or by an empty one, or for some of them.
 */
export function targetsIn(index: number, { object, prefix }: Place, action: string): Target[] {
  const bucket = { kind: 'bucket', index } as const;
  if (!isAboutKeys(action)) {
    return [bucket];
  }
  if (!isListing(action)) {
    return [{ ...bucket, object }];
  }
  return prefix === undefined
    ? [bucket, { ...bucket, prefix: '' }, { ...bucket, prefix: object }]
    : [{ ...bucket, prefix }];
}
