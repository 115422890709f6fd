import { identity } from './principals';
import type { Court } from './authorizers';
import { Scene, valueIn } from './candidate-request';
import type { Judge } from './counterexample-search';
import type { BucketSubject, GrantSubject } from './proof-input';
import type { World } from './request-space';
import type { PolicyJson } from '../iam';
import type { ConditionJson } from '../iam/document';
import { objectsIn } from '../iam/s3-arn';

/** The context key that says which access point a request comes through. */
export const ACCESS_POINT = 's3:DataAccessPointArn';

/** Actions on a bucket that a prefix limits. */
const LISTING: ReadonlySet<string> = new Set(['s3:ListBucket', 's3:ListBucketVersions']);

/** The access list as a policy: its actions and prefixes are constants like those of the policies. */
export function declaredConstants({ arn, declared = [] }: BucketSubject): readonly PolicyJson[] {
  return declared.map(({ accessPointArn, actions, prefix = '', key }): PolicyJson => {
    const way: ConditionJson = accessPointArn === undefined ? {} : { ArnEquals: { [ACCESS_POINT]: accessPointArn } };
    return {
      Statement: key !== undefined ? [{ Effect: 'Allow', Action: actions, Resource: `${arn}/${key}` }] : [
        { Effect: 'Allow', Action: actions, Resource: `${objectsIn(arn)}${prefix}*`, Condition: way },
        { Effect: 'Allow', Action: actions, Resource: arn, Condition: { ...way, ...prefix === '' ? {} : { StringLike: { 's3:prefix': `${prefix}*` } } } },
      ],
    };
  });
}

/** Whether the access list grants the request of a scene. */
export function isDeclared(grants: readonly GrantSubject[], bucket: BucketSubject, scene: Scene): boolean {
  return grants.some(({ accessPointArn, actions, prefix = '', key }) => {
    if (!actions.includes(scene.action)) return false;
    if (accessPointArn !== undefined && valueIn(scene, ACCESS_POINT) !== accessPointArn) return false;
    if (key !== undefined) return scene.target.arn === `${bucket.arn}/${key}`;
    if (scene.target.arn !== bucket.arn) return scene.target.arn.startsWith(`${objectsIn(bucket.arn)}${prefix}`);
    const listed = valueIn(scene, 's3:prefix');
    return prefix === '' || !LISTING.has(scene.action) || (typeof listed === 'string' && listed.startsWith(prefix));
  });
}

/**
 * Whether a policy lets the workload through and not just any role of the account: then it names the workload, and what it allows is part of the
 * access list.
 *
 * @param court the policy, while everything else would let everybody through
 */
export function isSpecific(judge: Judge, world: World, scene: Scene, court: Court): boolean {
  if (!judge.allows(scene, court)) return false;
  const { partition, account } = world.subject;
  const another = identity('another role', `arn:${partition}:iam::${account}:role/NotTheWorkload`);
  return !judge.allows({ ...scene, choices: scene.choices.map(choice => choice.actor === undefined ? choice : another) }, court);
}
