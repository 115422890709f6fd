import type { Evidence, Finding, Rule } from './rule';
import { DeliveryModel, isBelow } from '../cloudformation';

/**
 * What S3 copies out of a data bucket by itself stays among the buckets that the assembly defines or the access list
 * names.
 */
export const serviceDeliveries: Rule = { id: 'service-deliveries', check: findings };

function findings({ workload, flow, model }: Evidence): Finding[] {
  const declared = model.declarations.filter(({ constructPath }) =>
    isBelow(workload.where.constructPath, constructPath),
  );
  const known = new Set([
    ...model.buckets.map(({ name }) => name),
    ...declared.flatMap(({ logBuckets }) => logBuckets),
  ]);
  const accounts = new Set(model.buckets.map(({ account }) => account));
  const stays = ({ kind, destination }: DeliveryModel) =>
    kind === 'events' ? !isForeign(destination, accounts) : known.has(destination);
  return model.deliveries.filter(delivery => flow.buckets.includes(delivery.source) && !stays(delivery)).map(finding);
}

/**
 * Whether the ARN names an account that no bucket of the assembly is in; what the assembly defines itself may be a
 * symbol without one.
 */
function isForeign(arn: string, accounts: ReadonlySet<string>): boolean {
  const account = arn.split(':')[4];
  return account !== undefined && /^\d{12}$/.test(account) && !accounts.has(account);
}

function finding({ kind, where, destination }: DeliveryModel): Finding {
  if (kind === 'events') {
    return {
      where,
      description: `S3 tells ${destination} of another account the key of every object that changes`,
      fix: 'notify something of the accounts of the app, or acknowledge the rule with the reason why they may know',
    };
  }
  const what = kind === 'replication' ? 'replication copies every new object' : `S3 writes ${kind}`;
  return {
    where,
    description: `${what} to the bucket ${destination}, which is not in the app: no policy here decides who reads it there`,
    fix: `define the bucket ${destination} in the app, or acknowledge the rule with the reason why its owner may have the copy`,
  };
}
