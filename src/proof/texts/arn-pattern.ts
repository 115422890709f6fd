import { Part, pattern, sequence, literal } from './automaton';
import type { Characters } from './characters';

const WITHIN_A_PART: Characters = { without: ':' };

/**
 * The ARNs that an ARN operator matches with a pattern: each of the six parts on its own, so that no wildcard reaches
 * over a colon before the last part. The pattern `*` alone matches every ARN.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 * @returns `undefined` for a pattern that has fewer parts: it matches nothing
 */
export function arnPattern(text: string): Part | undefined {
  if (text === '*') {
    return arnPattern('*:*:*:*:*:*');
  }
  const parts = text.split(':');
  if (parts.length < 6) {
    return undefined;
  }
  const [front, last] = [parts.slice(0, 5), parts.slice(5).join(':')];
  const within = front.flatMap(part => [pattern(part, { wildcard: WITHIN_A_PART }), literal(':')]);
  return sequence(...within, pattern(last));
}
