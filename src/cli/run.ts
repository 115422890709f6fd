import { explainable, explained } from './explain';
import { lines, NO_WORKLOAD } from './lines';
import { ExplainOptions, Options, parse, ProveOptions, ReportOptions, USAGE } from './options';
import { examine, messageOf } from '../analysis';

/** Loaded when a report is written, and not with every proof. */
// eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would load it at once
const reporting = () => require('../reporting') as typeof import('../reporting');

type Print = (line: string) => void;

/**
 * Runs a command line.
 *
 * @returns the exit status: 0 if nothing is violated but what is accepted and warnings, or if a report was written; 1
 * if something is, or there is nothing to prove or to report on; 2 if the command line is wrong
 */
export function run(args: readonly string[], print: Print, complain: Print): number {
  const options = parse(args);
  if (options === undefined) {
    USAGE.forEach(complain);
    return 2;
  }
  try {
    return perform(options, print, complain);
  } catch (error) {
    complain(messageOf(error));
    return 1;
  }
}

function perform(options: Options, print: Print, complain: Print): number {
  switch (options.command) {
    case 'prove':
      return prove(options, print);
    case 'report':
      return report(options, print);
    case 'explain':
      return explain(options, print, complain);
  }
}

function prove({ path, previous, json, strict }: ProveOptions, print: Print): number {
  const examination = examine(path, { previous, isStrict: strict });
  (json ? [JSON.stringify(examination, undefined, 2)] : lines(examination)).forEach(print);
  return examination.holds ? 0 : 1;
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
function report({ path, out }: ReportOptions, print: Print): number {
  const written = reporting().writeReports(path, out);
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
