import { AccessRequest, decide, Decision, PolicyJson, PolicySet, StatementJson } from '../../src/iam';
import { conditionsHold } from '../../src/iam/conditions';
import type { ConditionJson } from '../../src/iam/document';
import { viewRequest } from '../../src/iam/request/access-request';

export const ACCOUNT = '111122223333';
export const OTHER_ACCOUNT = '444455556666';
export const ROLE = `arn:aws:iam::${ACCOUNT}:role/app`;
export const SESSION = `arn:aws:sts::${ACCOUNT}:assumed-role/app/i-0abc`;
export const USER = `arn:aws:iam::${ACCOUNT}:user/dev`;
export const ROOT = `arn:aws:iam::${ACCOUNT}:root`;
export const OTHER_ROLE = `arn:aws:iam::${OTHER_ACCOUNT}:role/app`;
export const OTHER_SESSION = `arn:aws:sts::${OTHER_ACCOUNT}:assumed-role/app/i-0abc`;
export const OTHER_ROOT = `arn:aws:iam::${OTHER_ACCOUNT}:root`;
export const OBJECT = 'arn:aws:s3:::data/in/a.csv';

/** A document of the current version. */
export function policy(...statements: StatementJson[]): PolicyJson {
  return { Version: '2012-10-17', Statement: statements };
}

/** Allows everything, unless narrowed. */
export function allow(more: Partial<StatementJson> = {}): StatementJson {
  return statement('Allow', more);
}

/** Denies everything, unless narrowed. */
export function deny(more: Partial<StatementJson> = {}): StatementJson {
  return statement('Deny', more);
}

function statement(effect: 'Allow' | 'Deny', more: Partial<StatementJson>): StatementJson {
  const action = more.NotAction === undefined ? { Action: '*' } : {};
  const resource = more.NotResource === undefined ? { Resource: '*' } : {};
  return { Effect: effect, ...action, ...resource, ...more };
}

/** Reading an object of the account's bucket as the role's session, unless said otherwise. */
export function request(more: Partial<AccessRequest> = {}): AccessRequest {
  return {
    action: 's3:GetObject',
    resource: OBJECT,
    resourceAccount: ACCOUNT,
    principal: SESSION,
    context: {},
    ...more,
  };
}

export function decided(policies: PolicySet, more: Partial<AccessRequest> = {}): Decision {
  return decide(request(more), policies);
}

export function verdict(policies: PolicySet, more: Partial<AccessRequest> = {}): string {
  return decided(policies, more).verdict;
}

/** Whether the conditions hold in a request with this context. */
export function holds(conditions: ConditionJson, context: AccessRequest['context'] = {}): boolean {
  return conditionsHold(conditions, viewRequest(request({ context })).lookup, true);
}
