import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AccessRequest, decide, PolicyJson, PolicySet, Verdict } from '../src/iam';

/** A line of a vector file: a request, the policies that apply to it, and the verdict to expect. */
export interface PolicyVector {
  readonly request: AccessRequest;
  readonly identityPolicies: readonly PolicyJson[];
  readonly bucketPolicy?: PolicyJson;
  readonly endpointPolicy?: PolicyJson;
  readonly permissionsBoundary?: PolicyJson;
  readonly serviceControlPolicies?: readonly PolicyJson[];
  readonly resourceControlPolicies?: readonly PolicyJson[];
  readonly expect: Verdict;
}

/** A vector that is decided differently from what it expects. */
export interface Difference {
  readonly line: number;
  readonly expected: Verdict;
  readonly got: Verdict;
  readonly reason: string;
}

/** The vectors that belong to the library's own tests. */
export const DEFAULT_FILE = join(__dirname, '..', 'test', 'iam', 'vectors', 'policy-decisions.jsonl');

const VERDICTS: readonly string[] = ['Allowed', 'ExplicitlyDenied', 'ImplicitlyDenied'];

/** Reads a vector file, one JSON object a line; blank lines are skipped, and `line` counts from 1. */
export function readVectors(file: string): ReadonlyArray<{ readonly line: number; readonly vector: PolicyVector }> {
  return readFileSync(file, 'utf8')
    .split('\n')
    .map((text, index) => ({ text, line: index + 1 }))
    .filter(({ text }) => text.trim() !== '')
    .map(({ text, line }) => ({ line, vector: parseVector(text, `${file}:${line}`) }));
}

/** The policies of a vector as the evaluator takes them. */
export function policySetOf(vector: PolicyVector): PolicySet {
  return {
    identityPolicies: vector.identityPolicies,
    resourcePolicy: vector.bucketPolicy,
    endpointPolicy: vector.endpointPolicy,
    permissionsBoundary: vector.permissionsBoundary,
    serviceControlPolicies: vector.serviceControlPolicies && [vector.serviceControlPolicies],
    resourceControlPolicies: vector.resourceControlPolicies,
  };
}

/** Decides every vector and lists those that come out differently. */
export function compare(vectors: ReturnType<typeof readVectors>): readonly Difference[] {
  return vectors.flatMap(({ line, vector }) => {
    const { verdict, reason } = decide(vector.request, policySetOf(vector));
    return verdict === vector.expect ? [] : [{ line, expected: vector.expect, got: verdict, reason }];
  });
}

function parseVector(text: string, place: string): PolicyVector {
  let vector: Partial<PolicyVector> | null;
  try {
    vector = JSON.parse(text) as Partial<PolicyVector> | null;
  } catch (error) {
    throw new Error(`${place}: not valid JSON (${(error as Error).message})`);
  }
  const request = vector?.request;
  const texts = [request?.action, request?.resource, request?.resourceAccount, request?.principal];
  if (request === undefined || texts.some(part => typeof part !== 'string')) {
    throw new Error(`${place}: 'request' needs action, resource, resourceAccount and principal, each a string`);
  }
  if (typeof request.context !== 'object' || request.context === null) {
    throw new Error(`${place}: 'request.context' needs to be an object`);
  }
  if (!VERDICTS.includes(String(vector?.expect))) {
    throw new Error(`${place}: 'expect' needs to be one of ${VERDICTS.join(', ')}`);
  }
  return { identityPolicies: [], ...vector } as PolicyVector;
}

function main(file: string): number {
  try {
    const vectors = readVectors(file);
    const differences = compare(vectors);
    for (const { line, expected, got, reason } of differences) {
      console.log(`line ${line}: expected ${expected}, got ${got}: ${reason}`);
    }
    console.log(`agree: ${vectors.length - differences.length}, differ: ${differences.length}`);
    return differences.length > 0 ? 1 : 0;
  } catch (error) {
    console.error(`vectors: ${(error as Error).message}`);
    return 1;
  }
}

if (require.main === module) process.exitCode = main(process.argv[2] ?? DEFAULT_FILE);
