import { lines } from './lines';
import { examine } from '../verification/examine';

const USAGE = [
  'usage: cdk-private-ec2-s3-access prove [PATH] [--json] [--previous PATH]',
  '  PATH             a cloud assembly, or a template in JSON; default: cdk.out',
  '  --json           prints the request flow and the proof for machines',
  '  --previous PATH  what is deployed now: every mix of old and new on an update is looked at, too',
];

type Print = (line: string) => void;

/**
 * Runs a command line.
 *
 * @returns the exit status: 0 if every flow, claim and rule holds, 1 if one does not or there is nothing to prove, 2 if the command line is wrong
 */
export function run(args: readonly string[], print: Print, complain: Print): number {
  const options = parse(args);
  if (options === undefined) {
    USAGE.forEach(complain);
    return 2;
  }
  try {
    const examination = examine(options.path, { previous: options.previous });
    (options.json ? [JSON.stringify(examination, undefined, 2)] : lines(examination)).forEach(print);
    return examination.ok ? 0 : 1;
  } catch (error) {
    complain(error instanceof Error ? error.message : String(error));
    return 1;
  }
}

interface Options {
  readonly path: string;
  readonly json: boolean;
  readonly previous?: string;
}

function parse([command, ...rest]: readonly string[]): Options | undefined {
  if (command !== 'prove') { return undefined; }
  const at = rest.indexOf('--previous');
  const previous = at < 0 ? undefined : rest[at + 1];
  const others = rest.filter((_, index) => at < 0 || (index !== at && index !== at + 1));
  const paths = others.filter(arg => !arg.startsWith('-'));
  const isWrong = paths.length > 1 || others.some(arg => arg.startsWith('-') && arg !== '--json') || (at >= 0 && previous === undefined);
  return isWrong ? undefined : { path: paths[0] ?? 'cdk.out', json: others.includes('--json'), previous };
}
