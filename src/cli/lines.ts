import { AcceptedViolation, Examination, nameOf, oneByOne, pathOf, sentenceOf, Violation } from '../analysis';
import type { Counterexample, Proof, PropertyResult } from '../proof';
import type { DecidedRequest, FlowCheck, FlowStep, RequestFlow } from '../request-flow';

const MARKS = { true: '✓', false: '✗' } as const;
const ACCEPTED = '○';
const CIRCLED = { 1: '①', 2: '②', 3: '③' } as const;

/** What is printed where there is nothing to prove. */
export const NO_WORKLOAD =
  'no workload found: no EC2 instance, Auto Scaling group or launch template with a role that may use S3';

/**
 * An examination in lines for a terminal: the flow of each workload, its requests as a table, its properties, what is
 * violated, what is accepted, and what all of it rests on.
 */
export function lines(examination: Examination): string[] {
  const { holds, flows, proofs, violations, accepted, unresolved, loops } = examination;
  const told = new Set(proofs.flatMap(({ properties }) => properties.map(({ id }) => id as string)));
  const others = violations.filter(({ rule, breaks }) => breaks !== undefined || !told.has(rule));
  const found =
    flows.length === 0
      ? [NO_WORKLOAD]
      : flows.flatMap(flow => [...flowLines(flow, accepted), '', ...requestTable(flow.requests), '']);
  return [
    ...found,
    ...proofs.flatMap(proof => [...proofLines(proof, examination), '']),
    ...others.flatMap(violationLines),
    ...accepted.map(acceptedLine),
    ...unresolved.map(({ stack, logicalId, path, why }) => `not read: ${stack}/${logicalId} ${path}: ${why}`),
    ...loops.map(loop => `written out: ${loop}`),
    ...(flows.length === 0 ? [] : [summary(examination)]),
    ...(flows.length === 0 && violations.length === 0 ? [] : [verdict(holds)]),
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
    ...groups.map(({ cause = '' }) => `      see below: ${cause}`),
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

function violationLines(violation: Violation): string[] {
  const { rule, description, fix, severity, breaks } = violation;
  if (breaks !== undefined) {
    const [first, ...others] = description.split('\n');
    return [`${severity === 'warning' ? '!' : '✗'} ${first}`, ...others.map(each => `    ${each}`), ''];
  }
  const place = placeOf(violation);
  return [
    `${severity === 'warning' ? '!' : '✗'} ${rule}${place === '' ? '' : `: ${place}`}`,
    `      found: ${description}`,
    `      fix:   ${fix}`,
    '',
  ];
}

function placeOf({ where, workload, ...violation }: Violation): string {
  const resource = where ?? (violation.rule === 'acknowledgement' ? undefined : workload);
  return resource === undefined ? (pathOf(violation) ?? '') : nameOf(resource);
}

function acceptedLine({ accepted: { constructPath, reason }, ...violation }: AcceptedViolation): string {
  return `accepted: ${violation.rule} on ${constructPath === '' ? 'the app' : constructPath}: ${JSON.stringify(reason)}`;
}

function verdict(holds: boolean): string {
  return holds
    ? 'every flow, every property and every rule holds'
    : 'not everything holds: see the lines with ✗ (prove --explain ID tells more of each)';
}

function summary({ proofs, violations, accepted }: Examination): string {
  const all = proofs.flatMap(({ properties }) => properties);
  const count = (outcome: PropertyResult['outcome']) => all.filter(each => each.outcome === outcome).length;
  const warnings = violations.filter(({ severity }) => severity === 'warning').length;
  const held = count('holds') + count('holds, assuming');
  return [
    `${held} properties hold (${count('holds, assuming')} under assumptions)`,
    `${count('violated') + count('not proven')} do not`,
    `${count('does not apply')} do not apply`,
    `${violations.length - warnings} errors, ${warnings} warnings, ${accepted.length} accepted`,
  ].join(' · ');
}
