/** What `prove` is asked. */
export interface ProveOptions {
  readonly command: 'prove';
  readonly path: string;
  readonly json: boolean;
  readonly previous?: string;
  /** Whether a warning is enough to fail. */
  readonly strict: boolean;
}

/** What is to be told of a property or a rule. */
export interface ExplainOptions {
  readonly command: 'explain';
  readonly id: string;
}

/** What `report` is asked. */
export interface ReportOptions {
  readonly command: 'report';
  readonly path: string;
  readonly out: string;
}

/** What a command line asks. */
export type Options = ProveOptions | ExplainOptions | ReportOptions;

const DEFAULT_PATH = 'cdk.out';

/** How the command is used. */
export const USAGE: readonly string[] = [
  'usage: cdk-private-ec2-s3-access prove [PATH] [--json] [--strict] [--previous PATH]',
  '       cdk-private-ec2-s3-access prove --explain ID',
  '       cdk-private-ec2-s3-access report [PATH] --out DIR',
  '  PATH             a cloud assembly, or a template in JSON; default: cdk.out',
  '  --json           prints the request flow and the proof for machines',
  '  --strict         a warning is enough for exit status 1',
  '  --explain ID     tells what a property or a rule is about, and what to do where it does not hold',
  '  --previous PATH  what is deployed now: every mix of old and new on an update is looked at, too',
  '  --out DIR        where the report of each workload goes: a page (html), Markdown, JSON and the picture (svg)',
];

/** The options of a command line; `undefined` if it is wrong. */
export function parse([command, ...rest]: readonly string[]): Options | undefined {
  if (command === 'prove') {
    return proveOptions(rest);
  }
  const found = command === 'report' ? read(rest, ['--out'], []) : undefined;
  const out = found?.values.get('--out');
  return found === undefined || out === undefined ? undefined : { command: 'report', path: found.path, out };
}

function proveOptions(args: readonly string[]): Options | undefined {
  const found = read(args, ['--previous', '--explain'], ['--json', '--strict']);
  const id = found?.values.get('--explain');
  if (found === undefined || (id !== undefined && args.length > 2)) {
    return undefined;
  }
  const { path, flags, values } = found;
  return id !== undefined
    ? { command: 'explain', id }
    : {
        command: 'prove',
        path,
        json: flags.has('--json'),
        strict: flags.has('--strict'),
        previous: values.get('--previous'),
      };
}

interface Read {
  readonly path: string;
  readonly flags: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, string>;
}

function read(
  args: readonly string[],
  withValue: readonly string[],
  withoutValue: readonly string[],
): Read | undefined {
  const [paths, flags, values] = [[] as string[], new Set<string>(), new Map<string, string>()];
  for (let index = 0; index < args.length; index++) {
    const arg = args[index];
    if (withValue.includes(arg)) {
      const value = args[++index];
      if (value === undefined || value.startsWith('--')) {
        return undefined;
      }
      values.set(arg, value);
    } else if (withoutValue.includes(arg)) {
      flags.add(arg);
    } else if (arg.startsWith('-')) {
      return undefined;
    } else {
      paths.push(arg);
    }
  }
  return paths.length > 1 ? undefined : { path: paths[0] ?? DEFAULT_PATH, flags, values };
}
