import { Token, Tokenization } from 'aws-cdk-lib';

/** Whether a pattern can be tested on the value: unresolved tokens never are, and absent values need no test. */
export function isConcrete(value: string | undefined): value is string {
  return value !== undefined && !Token.isUnresolved(value);
}

/**
 * The text with an `x` for each unresolved token in it: what stands around tokens can be tested, such as a wildcard.
 */
export function withoutTokens(text: string): string {
  return Tokenization.reverseString(text)
    .mapTokens({ mapToken: () => 'x' })
    .join({ join: (left, right) => `${left ?? ''}${right ?? ''}` }) as string;
}
