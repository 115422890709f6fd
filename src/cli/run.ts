import { lines } from './lines';
import { parse, ProveOptions, ReportOptions, USAGE } from './options';
import { examine } from '../analysis';

/** Loaded when a report is written, and not with every proof. */
// eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would load it at once
const reporting = () => require('../reporting') as typeof import('../reporting');

type Print = (line: string) => void;

/**
 * Runs a command line.
 *
 * @returns the exit status: 0 if every flow, claim and rule holds, or if a report was written; 1 if one does not
 * hold, or there is nothing to prove or to report on; 2 if the command line is wrong
 */
export function run(args: readonly string[], print: Print, complain: Print): number {
  const options = parse(args);
  if (options === undefined) {
    USAGE.forEach(complain);
    return 2;
  }
  try {
    return options.command === 'prove' ? prove(options, print) : report(options, print);
  } catch (error) {
    complain(error instanceof Error ? error.message : String(error));
    return 1;
  }
}

function prove({ path, previous, json }: ProveOptions, print: Print): number {
  const examination = examine(path, { previous });
  (json ? [JSON.stringify(examination, undefined, 2)] : lines(examination)).forEach(print);
  return examination.ok ? 0 : 1;
}

/** A report about something that does not hold is a report all the same. */
function report({ path, out }: ReportOptions, print: Print): number {
  const written = reporting().writeReports(path, out);
  if (written.length === 0) {
    print('no workload found: no EC2 instance, Auto Scaling group or launch template with a role that may use S3');
  }
  for (const { title, holds, files } of written) {
    print(
      `${title}: ${holds ? 'every flow, every claim and every rule holds' : 'not everything holds: see the report'}`,
    );
    files.forEach(file => print(`  ${file}`));
  }
  return written.length === 0 ? 1 : 0;
}
