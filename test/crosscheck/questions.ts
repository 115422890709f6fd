import { EXEMPT, PolicyWorld } from './policy-sets';
import { allowed, Policies } from './smt-decision';
import type { Policy } from './smt-policy';
import { SmtSpace, smtSpace, SmtTarget } from './smt-request';
import { and, Formula, matchesArn, not, or } from './smt-text';
import { named } from './smt-variables';

/** Whether a request exists that should not be allowed, and is. */
export interface Question {
  readonly name: QuestionName;
  readonly target: SmtTarget;
  readonly policies: Policies;
  /** The requests that should not be allowed. */
  readonly forbidden: (space: SmtSpace) => Formula;
}

/**
 * - `objects`: an object is reached by somebody who is neither exempt nor the workload behind its endpoint, as far as
 *   the bucket's policy is concerned
 * - `strangers`: the workload's own credentials write into a bucket of another account that is open to them
 * - `key`: the key is used by somebody else than the workload
 */
export type QuestionName = 'objects' | 'strangers' | 'key';

export const QUESTIONS: readonly QuestionName[] = ['objects', 'strangers', 'key'];

const VERSION = '2012-10-17';
const UNLIMITED: readonly Policy[] = [
  { Version: VERSION, Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
];
const OPEN: Policy['Statement'][number] = { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' };

/** The question about some policies. */
export function questionOf(name: QuestionName, world: PolicyWorld): Question {
  const { bucket, role, boundary, serviceControl, resourceControl, endpoint, key, actions, tags, exclusive } = world;
  const guardrails = { serviceControl, resourceControl };
  const common = { tags, tagNames: tagNamesOf(world) };
  switch (name) {
    case 'objects':
      return {
        name,
        target: { ...common, service: 's3', action: actions.object, resource: 'object' },
        policies: {
          ...guardrails,
          identity: UNLIMITED,
          resource: exclusive ? { Version: VERSION, Statement: [...bucket.Statement, OPEN] } : bucket,
          resourceKind: 'bucket',
        },
        forbidden: ({ isWorkload, networks, principalArn }) =>
          not(or(and(isWorkload, networks.ours), matchesArn(EXEMPT, principalArn))),
      };
    case 'strangers':
      return {
        name,
        target: { ...common, service: 's3', action: actions.stranger, resource: 'object of a stranger' },
        policies: {
          ...guardrails,
          identity: [role],
          boundary,
          endpoint,
          resource: { Version: VERSION, Statement: [OPEN] },
          resourceKind: 'bucket',
        },
        forbidden: ({ isWorkload }) => isWorkload,
      };
    case 'key':
      return {
        name,
        target: { ...common, service: 'kms', action: actions.key, resource: 'key' },
        policies: { ...guardrails, identity: UNLIMITED, resource: key, resourceKind: 'key' },
        forbidden: ({ isWorkload }) => not(isWorkload),
      };
  }
}

/** The space of a question, and what is to be satisfied: it can be where such a request exists. */
export function formulated({ target, policies, forbidden }: Question): {
  readonly space: SmtSpace;
  readonly assertions: readonly string[];
} {
  const space = smtSpace(target);
  return {
    space,
    assertions: [named('forbidden', forbidden(space)), named('allowed', allowed(policies, space.request))],
  };
}

/** The names of the tags of principals that policies look at. */
function tagNamesOf(world: PolicyWorld): readonly string[] {
  const text = JSON.stringify(world).toLowerCase();
  return [...new Set([...text.matchAll(/aws:principaltag\/([a-z0-9]+)/g)].map(([, name]) => name))];
}
