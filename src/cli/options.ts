/** What `prove` is asked. */
export interface ProveOptions {
  readonly command: 'prove';
  readonly path: string;
  readonly json: boolean;
  readonly previous?: string;
}

/** What `report` is asked. */
export interface ReportOptions {
  readonly command: 'report';
  readonly path: string;
  readonly out: string;
}

const DEFAULT_PATH = 'cdk.out';

/** How the command is used. */
export const USAGE: readonly string[] = [
  'usage: cdk-private-ec2-s3-access prove [PATH] [--json] [--previous PATH]',
  '       cdk-private-ec2-s3-access report [PATH] --out DIR',
  '  PATH             a cloud assembly, or a template in JSON; default: cdk.out',
  '  --json           prints the request flow and the proof for machines',
  '  --previous PATH  what is deployed now: every mix of old and new on an update is looked at, too',
  '  --out DIR        where the report of each workload goes: a page (html), Markdown, JSON and the picture (svg)',
];

/** The options of a command line; `undefined` if it is wrong. */
export function parse([command, ...rest]: readonly string[]): ProveOptions | ReportOptions | undefined {
  if (command === 'prove') {
    const found = read(rest, ['--previous'], ['--json']);
    return (
      found && { command, path: found.path, json: found.flags.has('--json'), previous: found.values.get('--previous') }
    );
  }
  const found = command === 'report' ? read(rest, ['--out'], []) : undefined;
  const out = found?.values.get('--out');
  return found === undefined || out === undefined ? undefined : { command: 'report', path: found.path, out };
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
