import { AcceptedViolation, Examination, nameOf, oneByOne, sentenceOf, Violation } from '../analysis';
import type { Counterexample, Proof, PropertyResult } from '../proof';
import { unread } from './lines';
import type { DecidedRequest, FlowCheck, FlowStep, RequestFlow } from '../request-flow';

const MARKS = { true: '✓', false: '✗' } as const;
const ACCEPTED = '○';
const CIRCLED = { 1: '①', 2: '②', 3: '③' } as const;

/**
 * The flow of each workload, its requests as a table, its properties, and what all of it rests on.
 */
export function details(examination: Examination): string[] {
  const { flows, proofs, accepted } = examination;
  return [
    ...flows.flatMap(flow => [...flowLines(flow, accepted), '', ...requestTable(flow.requests), '']),
    ...proofs.flatMap(proof => [...proofLines(proof, examination), '']),
    ...unread(examination),
  ];
}

function flowLines({ workload, steps }: RequestFlow, accepted: readonly AcceptedViolation[]): string[] {
  const isAccepted = ({ sentence }: FlowCheck) => accepted.some(({ description }) => description === sentence);
  return [
    `The request flow of ${nameOf(workload)}`,
    ...steps.flatMap(step => stepLines(step, ({ ok, ...check }) => mark(ok, isAccepted({ ok, ...check })))),
  ];
}

function mark(ok: boolean, isAccepted: boolean): string {
  return !ok && isAccepted ? ACCEPTED : MARKS[`${ok}`];
}

/** The requests that get through are in the table. */
function stepLines({ step, title, checks }: FlowStep, markOf: (check: FlowCheck) => string): string[] {
  const marks = checks.map(markOf);
  const worst = [MARKS.false, ACCEPTED].find(each => marks.includes(each)) ?? MARKS.true;
  return [
    `  ${worst} ${CIRCLED[step]} ${title}`,
    ...checks
      .filter(({ ok, statements }) => !ok || statements === undefined)
      .map(check => `      ${markOf(check)} ${check.sentence}${assumed(check.assumes)}`),
  ];
}

function assumed(assumptions: readonly string[] = []): string {
  return assumptions.length === 0 ? '' : ` (assumed: ${assumptions.join(', ')})`;
}

function requestTable(requests: readonly DecidedRequest[]): string[] {
  const rows = requests.map(({ request, decision }) => [
    MARKS[`${decision.verdict === 'Allowed'}`],
    request.action,
    request.resource,
    decision.reason,
  ]);
  const widths = [0, 1, 2].map(column => Math.max(0, ...rows.map(row => row[column].length)));
  return rows.map(row => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`);
}

function proofLines(
  { name, properties, decisions, combinations, assumptions }: Proof,
  examination: Examination,
): string[] {
  const own = ({ workload }: Violation) =>
    workload !== undefined && [workload.constructPath, `${workload.stack}/${workload.logicalId}`].includes(name);
  const violations = examination.violations.filter(own);
  return [
    `The proof of ${name}: ${decisions} decisions for ${combinations} combinations`,
    ...properties.flatMap(result => propertyLines(result, violations)),
    ...assumptions.map(assumption => `    relative to: ${assumption}`),
  ];
}

/** A property that does not hold has a mark of its own where all of that is accepted, or only a warning. */
function propertyLines(result: PropertyResult, violations: readonly Violation[]): string[] {
  const { id, outcome, because, counterexamples, notProven } = result;
  const reporting = new Set<string>([id, ...notProven.flatMap(({ rule = [] }) => rule)]);
  const open = oneByOne(violations).filter(({ rule }) => reporting.has(rule));
  const groups = violations.filter(({ breaks = [] }) => breaks.some(({ rule }) => reporting.has(rule)));
  const told = new Set(oneByOne(groups).map(({ description }) => description));
  if (outcome === 'does not apply') {
    return [`  – ${id}: ${because}`];
  }
  if (outcome === 'holds' || outcome === 'holds, assuming') {
    return [`  ✓ ${id}${outcome === 'holds' ? '' : ' (under assumptions)'}`];
  }
  if (open.length === 0) {
    return [`  ${ACCEPTED} ${id}: accepted`];
  }
  const worst = open.every(({ severity }) => severity === 'warning') ? '!' : '✗';
  return [
    `  ${worst} ${id}${outcome === 'not proven' ? ': not proven' : ''}`,
    ...groups.map(({ cause = '' }) => `      see above: ${cause}`),
    ...counterexamples.filter(each => !told.has(sentenceOf(id, each))).flatMap(counterexampleLines),
    ...notProven.filter(({ rule }) => rule === undefined).map(({ place, reason }) => `      ${place}: ${reason}`),
  ];
}

function counterexampleLines({ request, decision, expected, fix }: Counterexample): string[] {
  return [
    `      request:  ${request}`,
    `      decision: ${decision}`,
    `      expected: ${expected}`,
    `      fix:      ${fix}`,
  ];
}
