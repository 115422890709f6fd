import type { Violation } from './violation';
import { isRefusal } from '../base';
import { RULE_METADATA } from '../rules';

const { fix } = RULE_METADATA['internal-error'];

/** What an error says: one of this library is told as that, with what to do about it. */
export function messageOf(error: unknown): string {
  return isRefusal(error) ? error.message : `internal error: ${textOf(error)}, fix: ${fix}`;
}

/** An error of this library as a violation: nothing was proven, and the templates are not to blame. */
export function internalError(error: unknown, place: Pick<Violation, 'workload' | 'construct'>): Violation {
  return {
    rule: 'internal-error',
    ...place,
    description: `nothing is proven: an internal error of cdk-private-ec2-s3-access: ${textOf(error)}`,
    fix,
    severity: 'error',
  };
}

/** With the place in the code, which a report of the error needs. */
function textOf(error: unknown): string {
  if (!(error instanceof Error)) {
    return String(error);
  }
  const at = /^\s+at (.*)$/m.exec(error.stack ?? '')?.[1];
  return at === undefined ? error.message : `${error.message} (at ${at})`;
}
