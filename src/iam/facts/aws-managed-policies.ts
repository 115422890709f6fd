import { FAR_POLICIES } from './far-policies';
import { memoize } from '../../base';

const FIRST = 'a'.charCodeAt(0);

const named = memoize((names: string): ReadonlySet<string> => {
  const found = new Set<string>();
  let before = '';
  for (const each of names.split(' ')) {
    before = `${before.slice(0, each.charCodeAt(0) - FIRST)}${each.slice(1)}`;
    found.add(before);
  }
  return found;
});

/**
 * Whether an AWS-managed policy is known to allow no action of S3, KMS, IAM or STS, and none by which a role gets more
 * than it has.
 *
 * @param name what follows `policy/` in its ARN
 */
export function isFarPolicy(name: string): boolean {
  return named(FAR_POLICIES).has(name);
}
