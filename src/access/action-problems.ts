import { ACTIONS_OF_OPERATIONS } from './api-names';
import { BUCKET_ACTIONS, NEVER_GRANTED, OBJECT_ACTIONS, PREFIX_CONDITION_ACTIONS } from './s3-actions';
import {
  ACCESS_POINT_CONTROL_ACTIONS,
  ACCOUNT_ACTIONS,
  BUCKET_ACTIONS as ON_BUCKETS,
  OBJECT_ACTIONS as ON_OBJECTS,
} from '../iam';
import { Problem, Rule, isConcrete, listOf, ruledText } from '../private';

/** Exact actions of S3. */
export const ACTIONS = listOf(
  ruledText(
    'exact S3 actions without wildcards',
    'list each action by its name, such as s3:GetObjectVersion',
    actionProblems,
  ),
  'one action or more',
  'name the actions, or use readOnly, writeOnly or readWrite',
);

/** An action that no prefix can limit, with one. */
export const UNLIMITED_ACTIONS: Rule<{ actions: string[]; prefix: string | undefined }> = {
  reads: ['actions', 'prefix'],
  problems: ({ actions, prefix }) =>
    prefix === undefined
      ? []
      : actions.filter(isUnlimited).map(got => ({
          prop: 'actions',
          got,
          allowed: 'no prefix with this action: S3 has no condition key that would limit it',
          fix: 'grant it in a BucketAccess without a prefix',
        })),
};

function isUnlimited(action: string): boolean {
  return BUCKET_ACTIONS.has(action) && !PREFIX_CONDITION_ACTIONS.has(action) && action !== 's3:GetBucketLocation';
}

/** Every action of S3, whoever may be granted it. */
const EVERY_ACTION: ReadonlySet<string> = new Set([
  ...ON_OBJECTS,
  ...ON_BUCKETS,
  ...ACCESS_POINT_CONTROL_ACTIONS,
  ...ACCOUNT_ACTIONS,
]);

const GRANTABLE: readonly string[] = [...BUCKET_ACTIONS, ...OBJECT_ACTIONS];

function actionProblems(prop: string, action: string): Problem[] {
  const problem = (allowed: string, fix: string) => [{ prop, got: action, allowed, fix }];
  if (!isConcrete(action) || action.includes('*') || action.includes('?')) {
    return problem('exact S3 actions without wildcards', 'list each action by its name, such as s3:GetObjectVersion');
  }
  const never = NEVER_GRANTED.find(({ pattern }) => pattern.test(action));
  if (never !== undefined) {
    return problem(
      `actions of a workload, not this one: ${never.reason}`,
      never.fix ?? 'leave it to whoever administers the bucket',
    );
  }
  return GRANTABLE.includes(action) ? [] : unknownProblems(prop, action);
}

/** An action that S3 does not have, or that no workload is granted. */
function unknownProblems(prop: string, got: string): Problem[] {
  const name = got.trim().replace(/^s3:/i, '');
  const meant =
    ACTIONS_OF_OPERATIONS.get(name) ?? GRANTABLE.filter(each => each.toLowerCase() === `s3:${name}`.toLowerCase());
  if (EVERY_ACTION.has(got)) {
    return [
      {
        prop,
        got,
        allowed: `actions of a workload, and this one is none: ${GRANTABLE.join(', ')}`,
        fix: 'leave it to whoever administers the bucket',
      },
    ];
  }
  return meant.length > 0
    ? [
        {
          prop,
          got,
          allowed: ACTIONS_OF_OPERATIONS.has(name)
            ? 'actions of IAM, and this is an operation of the S3 API'
            : 'actions as IAM spells them',
          fix: `write ${meant.join(' and ')}`,
        },
      ]
    : [{ prop, got, allowed: GRANTABLE.join(', '), fix: 'check the spelling, capitals included' }];
}
