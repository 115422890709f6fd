import { Token } from 'aws-cdk-lib';

/** Whether a pattern can be tested on the value: unresolved tokens never are, and absent values need no test. */
export function isConcrete(value: string | undefined): value is string {
  return value !== undefined && !Token.isUnresolved(value);
}
