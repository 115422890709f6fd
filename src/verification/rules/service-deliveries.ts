import type { Evidence, Finding, Rule } from './rule';
import type { DeliveryModel } from '../template';

/** What S3 copies out of a data bucket by itself stays among the buckets that the assembly defines or the access list names. */
export const serviceDeliveries: Rule = { id: 'service-deliveries', check: findings };

function findings({ flow, model }: Evidence): Finding[] {
  const known = new Set(model.buckets.map(({ name }) => name));
  return model.deliveries.filter(({ source, destination }) => flow.buckets.includes(source) && !known.has(destination)).map(finding);
}

function finding({ kind, where, destination }: DeliveryModel): Finding {
  const what = kind === 'replication' ? 'replication copies every new object' : `S3 writes ${kind}`;
  return {
    where,
    description: `${what} to the bucket ${destination}, which is not in the app: no policy here decides who reads it there`,
    fix: `define the bucket ${destination} in the app, or acknowledge the rule with the reason why its owner may have the copy`,
  };
}
