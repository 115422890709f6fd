import { CandidateRequest, RequestClass, valueSaid } from './candidate-request';
import type { KeyConstants } from './constants';
import { NOW, parseDate, partsWith } from '../iam';

/** The keys that tell when a request is made, or since when its credentials are. */
export const TIME_KEYS: readonly string[] = ['aws:CurrentTime', 'aws:EpochTime', 'aws:TokenIssueTime'];

/** Whether a key, in lower case, is one of them. */
export function isTime(key: string): boolean {
  return TIME_KEYS.some(each => each.toLowerCase() === key);
}

/** Now, and the moments from now on that the policies tell apart: nobody makes a request in the past. */
export function timesFrom({ name, values }: KeyConstants): readonly RequestClass[] {
  const now = Date.parse(NOW);
  const named = [...values].map(parseDate).filter(each => each !== undefined);
  const moments = named.flatMap(each => [each - 1000, each, each + 1000]).filter(each => each > now);
  const inEpoch = name.toLowerCase() === 'aws:epochtime';
  return [now, ...new Set(moments)].map((each): RequestClass => {
    const value = inEpoch ? String(Math.floor(each / 1000)) : new Date(each).toISOString();
    return { words: each === now ? '' : `at ${new Date(each).toISOString()}`, parts: partsWith(name, value) };
  });
}

/** Whether a class says when a request is made. */
export function saysWhen(requestClass: RequestClass): boolean {
  return TIME_KEYS.some(key => valueSaid(requestClass, key) !== undefined);
}

/** The moment at which a candidate is made, in words; nothing for now. */
export function laterIn({ classes }: CandidateRequest): string | undefined {
  return classes.find(each => saysWhen(each) && each.words !== '')?.words;
}

/** The same request now, among others. */
export function sameNow(
  { classes }: CandidateRequest,
  candidates: readonly CandidateRequest[],
): CandidateRequest | undefined {
  return candidates.find(other =>
    other.classes.every((each, at) => each === classes[at] || (saysWhen(each) && each.words === '')),
  );
}
