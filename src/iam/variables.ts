import { LITERAL_QUESTION, LITERAL_STAR } from './wildcard';

/**
 * The value of a context key, a list for a multi-valued key, `undefined` where the request does not carry it.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export type ContextLookup = (key: string) => string | readonly string[] | undefined;

/** `key` or `key, 'default'`, as it stands between the braces. */
const REFERENCE = /^\s*([^,]+?)\s*(?:,\s*'(.*)'\s*)?$/s;

/**
 * The text with its policy variables replaced by the request's values; `undefined` if one of them has no value and no
 * default, in which case nothing equals it or is like it. Multi-valued keys cannot be variables, so they have no
 * value here.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-no-value
 */
export function expandText(text: string, lookup: ContextLookup): string | undefined {
  return expand(text, lookup, value => value);
}

/**
 * As `expandText`, for a text with wildcards: what comes out of a variable is literal, even if it contains `*` or `?`.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-specialchars
 */
export function expandPattern(text: string, lookup: ContextLookup): string | undefined {
  return expand(text, lookup, literalWildcards);
}

function expand(text: string, lookup: ContextLookup, quote: (value: string) => string): string | undefined {
  let start = text.indexOf('${');
  if (start === -1) {
    return text;
  }
  let result = '';
  let done = 0;
  while (start !== -1) {
    const end = text.indexOf('}', start);
    if (end === -1) {
      break;
    }
    const value = valueOf(text.slice(start + 2, end), lookup);
    if (value === undefined) {
      return undefined;
    }
    result += text.slice(done, start) + quote(value);
    done = end + 1;
    start = text.indexOf('${', done);
  }
  return result + text.slice(done);
}

function valueOf(reference: string, lookup: ContextLookup): string | undefined {
  if (reference === '*' || reference === '?' || reference === '$') {
    return reference;
  }
  const match = REFERENCE.exec(reference);
  if (match === null) {
    return undefined;
  }
  const value = lookup(match[1]);
  return typeof value === 'string' ? value : match[2];
}

function literalWildcards(value: string): string {
  return value.replaceAll('*', LITERAL_STAR).replaceAll('?', LITERAL_QUESTION);
}
