import { readFileSync } from 'node:fs';
import { DEFAULT_FILE, policySetOf, readVectors } from '../scripts/vectors';
import { AccessRequest, decide, PolicySet } from '../src/iam';

const WARM_UP_ROUNDS = 20;
const ROUNDS = 50;
const PASSES_PER_ROUND = 4;

interface Case {
  readonly request: AccessRequest;
  readonly policies: PolicySet;
}

/**
 * The cases as new objects, as if just read from a template: nothing can have been kept from an earlier decision on
 * them.
 */
function freshCases(file: string): readonly Case[] {
  return readVectors(file).map(({ vector }) => ({ request: vector.request, policies: policySetOf(vector) }));
}

/** Decisions a second over some passes; reading and parsing the cases of a pass is not in the time. */
function rate(casesOfPass: () => readonly Case[]): number {
  let decisions = 0;
  let allowed = 0;
  let nanoseconds = 0n;
  for (let pass = 0; pass < PASSES_PER_ROUND; pass++) {
    const cases = casesOfPass();
    const start = process.hrtime.bigint();
    for (const { request, policies } of cases) {
      if (decide(request, policies).verdict === 'Allowed') allowed++;
    }
    nanoseconds += process.hrtime.bigint() - start;
    decisions += cases.length;
  }
  if (allowed === 0) throw new Error('no case was allowed: the vectors are not those of the benchmark');
  return decisions / (Number(nanoseconds) / 1e9);
}

/** The rates of the measured rounds, after the warm-up. */
function rounds(casesOfPass: () => readonly Case[]): readonly number[] {
  for (let round = 0; round < WARM_UP_ROUNDS; round++) rate(casesOfPass);
  return Array.from({ length: ROUNDS }, () => rate(casesOfPass));
}

function report(name: string, rates: readonly number[]): void {
  const sorted = [...rates].sort((left, right) => left - right);
  const at = (share: number) =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]).toLocaleString('en-US');
  console.log(`${name.padEnd(40)} median ${at(0.5)}/s   p10 ${at(0.1)}/s   p90 ${at(0.9)}/s`);
}

function main(file: string): void {
  const same = freshCases(file);
  const size = readFileSync(file).length / same.length;
  console.log(
    `${same.length} requests with their policies, ${Math.round(size)} bytes of JSON each; node ${process.version}, one thread`,
  );
  console.log(
    `${WARM_UP_ROUNDS} rounds of warm-up, then ${ROUNDS} rounds of ${PASSES_PER_ROUND * same.length} decisions, for each figure`,
  );
  console.log(
    "the evaluator compiles and caches no documents: the two figures differ only by the processor's own caches",
  );
  report(
    'uncached: every document new',
    rounds(() => freshCases(file)),
  );
  report(
    'cached: the same documents again',
    rounds(() => same),
  );
}

main(process.argv[2] ?? DEFAULT_FILE);
