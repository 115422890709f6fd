import type { WorkloadPolicies } from './policies';

/** Writes what people call buckets, keys and endpoints in place of their ARNs and ids. */
export function namesFor({ buckets, keys, endpoints, partition }: WorkloadPolicies): (text: string) => string {
  const names: ReadonlyArray<readonly [id: string, name: string]> = [
    ...buckets.map(({ arn, label }) => [arn, label] as const),
    ...keys.map(({ arn, label }) => [arn, label] as const),
    ...endpoints.map(({ id, label }) => [id, label] as const),
    [`arn:${partition}:s3:::bucket-of-a-stranger`, "someone else's bucket"],
  ];
  const sorted = [...names].sort(([one], [other]) => other.length - one.length);
  return text => sorted.reduce((all, [id, name]) => (id === '' ? all : all.replaceAll(id, name)), text);
}
