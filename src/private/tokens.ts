import { Token } from 'aws-cdk-lib';

/** Whether a pattern can be tested on the value: unresolved tokens never are, and absent values need no test. */
export function isConcrete(value: string | undefined): value is string {
  return value !== undefined && !Token.isUnresolved(value);
}

/** Whether two values are certainly the same: the same literal, or the same token. */
export function isSame(one: string, other: string): boolean {
  return one === other;
}
