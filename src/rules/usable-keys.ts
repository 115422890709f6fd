import type { Evidence, Finding, Rule } from './rule';
import { KeyModel, nameOf } from '../cloudformation';

/**
 * S3 can use the keys of the buckets, and a key has no copy whose policy opens what its own closes.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html
 */
export const usableKeys: Rule = { id: 'usable-keys', check: findings };

function findings({ flow, model }: Evidence): Finding[] {
  const keys = new Set(
    model.buckets.filter(({ name }) => flow.buckets.includes(name)).flatMap(({ encryption }) => encryption?.key ?? []),
  );
  return [...keys].flatMap(key => [...unusable(key), ...copies(key, model.keys)]);
}

function unusable({ unusable: why, where }: KeyModel): Finding[] {
  return why === undefined
    ? []
    : [
        {
          where,
          description: `the key ${nameOf(where)} ${why}: S3 can neither encrypt nor decrypt with it`,
          fix: 'use an enabled symmetric key for encryption with material of AWS KMS',
        },
      ];
}

/** A copy that names a key of the assembly is of that one; any other may be of this. */
function copies(key: KeyModel, keys: readonly KeyModel[]): Finding[] {
  if (key.isMultiRegion !== true) {
    return [];
  }
  const others = keys.filter(
    ({ replicaOf }) => replicaOf !== undefined && !keys.some(each => each !== key && each.arn === replicaOf),
  );
  const fix = 'use a key of one Region, or acknowledge the rule with the reason why its copies are as closed as it is';
  return others.length === 0
    ? [
        {
          where: key.where,
          description:
            `the key ${nameOf(key.where)} is a multi-Region key: a replica in another Region has the same material ` +
            'and a policy of its own, which is not here',
          fix,
          isDoubt: true,
        },
      ]
    : others.map(({ where }) => ({
        where,
        description:
          `${nameOf(where)} is a replica of the multi-Region key ${nameOf(key.where)} with the same material, and ` +
          'what its policy opens is not proven',
        fix,
      }));
}
