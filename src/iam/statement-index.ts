import { memoize } from '../base';
import { asList, PolicyJson, StatementJson } from './document';

/**
 * The statements of a policy that can be about a resource, by their index and in their order. Those that name other
 * buckets only are not among them; whether one is really about it is still to be seen.
 */
export function statementsOn(policy: PolicyJson, resource: string): readonly number[] {
  return indexOf(policy)(headOf(resource));
}

/** A policy with statements of hundreds of buckets is asked about each of them, many times. */
const indexOf = memoize((policy: PolicyJson) => {
  const anywhere: number[] = [];
  const named = new Map<string, Set<number>>();
  asList(policy.Statement).forEach((statement, index) => {
    const heads = headsIn(statement);
    if (heads === undefined) {
      anywhere.push(index);
    }
    heads?.forEach(head => named.set(head, (named.get(head) ?? new Set()).add(index)));
  });
  return memoize((head: string): readonly number[] => {
    const own = named.get(head);
    return own === undefined ? anywhere : [...anywhere, ...own].sort((one, other) => one - other);
  });
});

/** What the resources of a statement begin with; `undefined` if it can be about any. */
const headsIn = memoize(({ Resource }: StatementJson): readonly string[] | undefined => {
  const heads = asList(Resource).map(headOf);
  return Resource === undefined || heads.some(head => /[*?]|\$\{/.test(head)) ? undefined : heads;
});

/** The part before the first slash: a pattern without wildcards there covers nothing that begins otherwise. */
function headOf(arn: string): string {
  const slash = arn.indexOf('/');
  return slash === -1 ? arn : arn.slice(0, slash);
}
