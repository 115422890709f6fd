import type { Evidence } from './rule';

/** The names of a workload's buckets, and of those that receive their logs and copies. */
export function bucketsWith({ flow, model, workload }: Evidence): ReadonlySet<string> {
  const declared = new Set((workload.declaration?.buckets ?? []).map(({ arn }) => arn));
  const data = [...flow.buckets, ...model.buckets.filter(({ arn }) => declared.has(arn)).map(({ name }) => name)];
  const sources = new Set([...data, workload.vpcId, ...workload.subnets.map(({ id }) => id)]);
  const receiving = model.deliveries.filter(({ source, kind }) => kind !== 'events' && sources.has(source));
  return new Set([...data, ...receiving.map(({ destination }) => destination)]);
}
