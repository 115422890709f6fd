import { Examination, LINT_IDS, nameOf, Violation } from '../analysis';
import type { ClaimResult, Proof } from '../proof';
import type { DecidedRequest, FlowCheck, FlowStep, RequestFlow } from '../request-flow';

/** Claims and the steps of the flow have lines of their own. */
const LINTS: ReadonlySet<string> = new Set(LINT_IDS);

const MARKS = { true: '✓', false: '✗' } as const;
const CIRCLED = { 1: '①', 2: '②', 3: '③' } as const;

/**
 * An examination in lines for a terminal: the flow of each workload, its requests as a table, its claims, and what
 * they rest on.
 */
export function lines({ ok, flows, proofs, violations, unresolved }: Examination): string[] {
  if (flows.length === 0) {
    return ['no workload found: no EC2 instance, Auto Scaling group or launch template with a role that may use S3'];
  }
  return [
    ...flows.flatMap(flow => [...flowLines(flow), '', ...requestTable(flow.requests), '']),
    ...proofs.flatMap(proof => [...proofLines(proof), '']),
    ...violations.filter(({ rule }) => LINTS.has(rule)).flatMap(violationLines),
    ...unresolved.map(({ stack, logicalId, path, why }) => `not read: ${stack}/${logicalId} ${path}: ${why}`),
    ok ? 'every flow, every claim and every rule holds' : 'not everything holds: see the lines with ✗',
  ];
}

function flowLines({ workload, steps }: RequestFlow): string[] {
  return [
    `The request flow of ${workload.constructPath ?? `${workload.stack}/${workload.logicalId}`}`,
    ...steps.flatMap(stepLines),
  ];
}

/** The requests that get through are in the table. */
function stepLines({ step, title, ok, checks }: FlowStep): string[] {
  return [
    `  ${MARKS[`${ok}`]} ${CIRCLED[step]} ${title}`,
    ...checks.filter(({ ok: isFine, statements }) => !isFine || statements === undefined).map(checkLine),
  ];
}

function checkLine({ ok, sentence, assumes }: FlowCheck): string {
  return `      ${MARKS[`${ok}`]} ${sentence}${assumes === undefined ? '' : ` (assumed: ${assumes.join(', ')})`}`;
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

function proofLines({ name, claims, decisions, combinations, assumptions }: Proof): string[] {
  return [
    `The proof of ${name}: ${decisions} decisions for ${combinations} combinations`,
    ...claims.flatMap(claimLines),
    ...assumptions.map(assumption => `    relative to: ${assumption}`),
  ];
}

function claimLines({ claim, holds, counterexample }: ClaimResult): string[] {
  if (counterexample === undefined) {
    return [`  ${MARKS[`${holds}`]} ${claim}`];
  }
  const { request, decision, expected, fix } = counterexample;
  return [
    `  ✗ ${claim}`,
    `      request:  ${request}`,
    `      decision: ${decision}`,
    `      expected: ${expected}`,
    `      fix:      ${fix}`,
  ];
}

function violationLines({ rule, where, workload, description, fix }: Violation): string[] {
  return [`✗ ${rule}: ${nameOf(where ?? workload)}`, `      found: ${description}`, `      fix:   ${fix}`, ''];
}
