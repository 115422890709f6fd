import { Token, Tokenization } from 'aws-cdk-lib';

/** Whether a pattern can be tested on the value: unresolved tokens never are, and absent values need no test. */
export function isConcrete(value: string | undefined): value is string {
  return value !== undefined && !Token.isUnresolved(value);
}

/**
 * Whether a text was put together with a value that is not there: programs write such values as these words.
 */
export function holdsNothing(text: string): boolean {
  const around = withoutTokens(text);
  return (
    /(^|[^A-Za-z0-9\s])undefined($|[^A-Za-z0-9\s])/.test(around) ||
    /(^|[:/])(null|None|NaN)($|[:/])|\[object /.test(around)
  );
}

/**
 * The text with an `x` for each unresolved token in it: what stands around tokens can be tested, such as a wildcard.
 */
export function withoutTokens(text: string): string {
  return Tokenization.reverseString(text)
    .mapTokens({ mapToken: () => 'x' })
    .join({ join: (left, right) => `${left ?? ''}${right ?? ''}` }) as string;
}
