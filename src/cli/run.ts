import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { details } from './details';
import { expectationLines, expectationsFrom } from './expect';
import { explainable, explained } from './explain';
import { acknowledgementsFrom, parametersFrom, withoutBaseline } from './files';
import { asJson } from './json';
import { asJunit } from './junit';
import { lines, NO_WORKLOAD, summaryLine, Told } from './lines';
import { ExplainOptions, Options, parse, PlanOptions, ProveOptions, ReportOptions, USAGE } from './options';
import { planOf } from './plan';
import { asSarif } from './sarif';
import { COLORED, Paint, PLAIN } from './style';
import { Examination, examine, ExamineOptions, examineWorkloads, findingsIn, messageOf, summaryOf } from '../analysis';

/** Loaded when a report is written, and not with every proof. */
// eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would load it at once
const reporting = () => require('../reporting') as typeof import('../reporting');

type Print = (line: string) => void;

/** Where the command writes to. */
export interface Terminal {
  /** Whether colours are shown there. */
  readonly isColored?: boolean;
}

/**
 * Runs a command line.
 *
 * @returns the exit status: 0 if nothing is violated but what is accepted and warnings, or if a report was written; 1
 * if something is, or there is nothing to prove or to report on; 2 if the command line is wrong
 */
export function run(args: readonly string[], print: Print, complain: Print, terminal: Terminal = {}): number {
  const options = parse(args);
  if ('wrong' in options) {
    complain(options.wrong);
    complain('');
    USAGE.forEach(complain);
    return 2;
  }
  try {
    return perform(options, print, complain, terminal.isColored === true ? COLORED : PLAIN);
  } catch (error) {
    complain(messageOf(error));
    return 1;
  }
}

function perform(options: Options, print: Print, complain: Print, paint: Paint): number {
  switch (options.command) {
    case 'prove':
      return prove(options, print, paint);
    case 'report':
      return report(options, print);
    case 'explain':
      return explain(options, print, complain);
    case 'plan':
      return plan(options, print);
    case 'version':
      print(version());
      return 0;
    default:
      USAGE.forEach(print);
      return 0;
  }
}

function prove(options: ProveOptions, print: Print, paint: Paint): number {
  const { paths, previous, strict, region, account, expect, baseline } = options;
  const furtherAcknowledgements = acknowledgementsFrom(options.acknowledge);
  const input = { region, account, parameters: parametersFrom(options.parameters) };
  const examination = examine(paths, { ...input, previous, isStrict: strict, furtherAcknowledgements });
  const all = findingsIn(examination);
  const findings = { ...all, open: withoutBaseline(all.open, baseline) };
  const told: Told = { ...findings, summary: summaryOf(examination, findings) };
  printed(options, examination, told, paint).forEach(print);
  const areExpected = expect === undefined || comeOut(expect, options, input, print, paint);
  const isFine =
    baseline === undefined
      ? examination.holds
      : examination.isRead && !told.open.some(each => strict || each.severity === 'error');
  return isFine && areExpected ? 0 : 1;
}

function printed(options: ProveOptions, examination: Examination, told: Told, paint: Paint): string[] {
  switch (options.format) {
    case 'json':
      return [asJson(examination, told, version(), options.details)];
    case 'sarif':
      return [asSarif(told, version())];
    case 'junit':
      return [asJunit(examination, told, options.strict)];
    case 'text':
      return options.details
        ? [...lines(examination, told, paint, true), '', ...details(examination), summaryLine(told, paint)]
        : lines(examination, told, paint);
  }
}

/** Whether every request of a file comes out as it says. */
function comeOut(
  file: string,
  { paths, format }: ProveOptions,
  input: ExamineOptions,
  print: Print,
  paint: Paint,
): boolean {
  const expectations = expectationsFrom(file);
  const outcomes = reporting().outcomesOf(paths, input, expectations);
  if (format === 'text') {
    ['', ...expectationLines(outcomes, expectations.length, paint)].forEach(print);
  }
  const asked = new Set(outcomes.map(({ expectation }) => expectation));
  return asked.size === expectations.length && outcomes.every(({ isAsExpected }) => isAsExpected);
}

function plan({ workload, paths, region, account, parameters }: PlanOptions, print: Print): number {
  const input = { region, account, parameters: parametersFrom(parameters) };
  planOf(workload, examineWorkloads(paths, input)).forEach(print);
  return 0;
}

function version(): string {
  const manifest = JSON.parse(readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8')) as {
    readonly version: string;
  };
  return manifest.version;
}

function explain({ id }: ExplainOptions, print: Print, complain: Print): number {
  const found = explained(id);
  if (found === undefined) {
    complain(`--explain: got ${id}, allowed: ${explainable(id).join(', ')}`);
    return 2;
  }
  found.forEach(print);
  return 0;
}

/** A report about something that does not hold is a report all the same. */
function report({ paths, out }: ReportOptions, print: Print): number {
  const written = reporting().writeReports(paths, out);
  if (written.length === 0) {
    print(NO_WORKLOAD);
  }
  for (const { title, holds, files } of written) {
    print(
      `${title}: ${holds ? 'every flow, every property and every rule holds' : 'not everything holds: see the report'}`,
    );
    files.forEach(file => print(`  ${file}`));
  }
  return written.length === 0 ? 1 : 0;
}
