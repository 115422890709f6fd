import type { AssemblyModel } from '../cloudformation';
import type { PolicyJson } from '../iam';

/** The longest values of what no template of the assembly defines. */
const PSEUDO: Readonly<Record<string, number>> = {
  '<account>': 12,
  '<region>': 'us-isof-south-1'.length,
  '<partition>': 'aws-us-gov'.length,
  '<url-suffix>': 'amazonaws.com.cn'.length,
};

/** The longest values by what stands before them, the first that fits. */
const CONTEXTS: ReadonlyArray<readonly [before: RegExp, length: number]> = [
  [/\b(?:vpce|vpc|subnet|sg|rtb|eni|i|pl|igw|nat)-$/, '0123456789abcdef0'.length],
  [/:s3:::$/, 63],
  [/:key\/$/, 'mrk-0123456789abcdef0123456789abcdef'.length],
  [/:(?:role|user|policy|instance-profile)\/[^:]*$/, 64],
];

const BUCKET_NAME = 63;

/**
 * Any other name that CloudFormation makes up, and any other attribute or outcome of a function: about as long as the
 * ARN of a role.
 */
const OTHER_NAME = 64;
const OTHER_VALUE = 128;

/**
 * An upper bound for the characters that a document has, without white space, when the deployment has filled in what
 * only it knows: symbols, in angle brackets, count with the longest value that they can have.
 */
export function longestSize(document: PolicyJson, { buckets }: Pick<AssemblyModel, 'buckets'>): number {
  const text = JSON.stringify(document);
  let [size, done] = [0, 0];
  for (const { 0: symbol, index } of text.matchAll(/<[^<>]+>/g)) {
    size += index - done + longest(symbol, text.slice(Math.max(0, index - 200), index), buckets);
    done = index + symbol.length;
  }
  return size + text.length - done;
}

function longest(symbol: string, before: string, buckets: AssemblyModel['buckets']): number {
  const named = PSEUDO[symbol] ?? CONTEXTS.find(([pattern]) => pattern.test(before))?.[1];
  if (named !== undefined) {
    return named;
  }
  if (buckets.some(({ name }) => name === symbol)) {
    return BUCKET_NAME;
  }
  return symbol.includes('#') ? OTHER_VALUE : OTHER_NAME;
}
