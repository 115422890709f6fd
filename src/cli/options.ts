import { nearest } from '../analysis';

/** In what form the findings are printed. */
export type Format = 'text' | 'json' | 'sarif' | 'junit';

/** What `prove` is asked. */
export interface ProveOptions {
  readonly command: 'prove';
  readonly paths: readonly string[];
  readonly format: Format;
  /** Whether the flow, the decisions and all properties are shown, too. */
  readonly details: boolean;
  readonly previous?: string;
  /** Whether a warning is enough to fail. */
  readonly strict: boolean;
  readonly region?: string;
  readonly account?: string;
  readonly parameters?: string;
  readonly expect?: string;
  readonly baseline?: string;
  readonly acknowledge?: string;
}

/** What is to be told of a property or a rule. */
export interface ExplainOptions {
  readonly command: 'explain';
  readonly id: string;
}

/** Which workload the construct is to be printed for. */
export interface PlanOptions extends Pick<ProveOptions, 'paths' | 'region' | 'account' | 'parameters'> {
  readonly command: 'plan';
  readonly workload: string;
}

/** What `report` is asked. */
export interface ReportOptions {
  readonly command: 'report';
  readonly paths: readonly string[];
  readonly out: string;
}

/** What a command line asks. */
export type Options =
  ProveOptions | ExplainOptions | PlanOptions | ReportOptions | { readonly command: 'help' | 'version' };

/** What is wrong with a command line. */
export interface WrongCommandLine {
  readonly wrong: string;
}

const DEFAULT_PATH = 'cdk.out';

/** How the command is used. */
export const USAGE: readonly string[] = [
  'usage: cdk-private-ec2-s3-access prove [PATH...] [OPTION...]',
  '       cdk-private-ec2-s3-access report [PATH...] --out DIR',
  '',
  'PATH is a cloud assembly, a CloudFormation template in JSON or YAML, a folder of templates, or - for the standard',
  'input; several are taken to be deployed together. Default: cdk.out',
  '',
  '  --details            shows the request flow, the decisions and every property, too',
  '  --json               prints the findings for machines; the same as --format json',
  '  --format FORMAT      text, json, sarif or junit',
  '  --strict             a warning is enough for exit status 1',
  '  --explain ID         tells what a property or a rule is about, and what to do where it does not hold',
  '  --plan WORKLOAD      prints the construct that grants what the role of a workload uses',
  '  --expect FILE        requests with what has to become of them: allowed or denied',
  '  --baseline FILE      what an earlier --json found, so that only what is new fails',
  '  --acknowledge FILE   findings that are accepted, each with its reason',
  '  --region REGION      the Region of stacks that do not say theirs',
  '  --account ACCOUNT    the account of stacks that do not say theirs',
  '  --parameters FILE    values of parameters',
  '  --previous PATH      what is deployed now: every mix of old and new on an update is looked at, too',
  '  --out DIR            where the report of each workload goes: a page (html), Markdown, JSON and the picture (svg)',
  '  --help, --version    tell that',
  '',
  'Exit status: 0 if nothing is found but warnings and what is accepted, 1 if something is, 2 for a wrong command line.',
];

const WITH_VALUE: Readonly<Record<string, readonly string[]>> = {
  prove: [
    '--acknowledge',
    '--account',
    '--baseline',
    '--expect',
    '--explain',
    '--format',
    '--parameters',
    '--plan',
    '--previous',
    '--region',
  ],
  report: ['--out'],
};

const WITHOUT_VALUE: Readonly<Record<string, readonly string[]>> = {
  prove: ['--details', '--json', '--strict'],
  report: [],
};

const FORMATS: readonly Format[] = ['text', 'json', 'sarif', 'junit'];

/** The options of a command line, or what is wrong with it. */
export function parse(args: readonly string[]): Options | WrongCommandLine {
  const [command, ...rest] = args;
  if (args.some(each => each === '--help' || each === '-h') || command === 'help') {
    return { command: 'help' };
  }
  if (args.includes('--version')) {
    return { command: 'version' };
  }
  if (command !== 'prove' && command !== 'report') {
    return { wrong: command === undefined ? 'no command' : unknown('command', command, ['prove', 'report']) };
  }
  const found = read(rest, WITH_VALUE[command], WITHOUT_VALUE[command]);
  if ('wrong' in found) {
    return found;
  }
  return command === 'prove' ? proveOptions(found) : reportOptions(found);
}

function reportOptions({ paths, values }: Read): Options | WrongCommandLine {
  const out = values.get('--out');
  return out === undefined
    ? { wrong: '--out is missing: report needs a directory' }
    : { command: 'report', paths: paths.length === 0 ? [DEFAULT_PATH] : paths, out };
}

function proveOptions({ paths, flags, values }: Read): Options | WrongCommandLine {
  const [id, workload, format] = ['--explain', '--plan', '--format'].map(each => values.get(each));
  if (id !== undefined) {
    const isAlone = values.size + flags.size + paths.length === 1;
    return isAlone ? { command: 'explain', id } : { wrong: '--explain ID stands alone' };
  }
  if (format !== undefined && !FORMATS.some(each => each === format)) {
    return { wrong: `--format: got ${format}, allowed: ${FORMATS.join(', ')}` };
  }
  const input = {
    paths: paths.length === 0 ? [DEFAULT_PATH] : paths,
    region: values.get('--region'),
    account: values.get('--account'),
    parameters: values.get('--parameters'),
  };
  return workload !== undefined
    ? { command: 'plan', workload, ...input }
    : {
        command: 'prove',
        ...input,
        format: flags.has('--json') ? 'json' : ((format ?? 'text') as Format),
        details: flags.has('--details'),
        strict: flags.has('--strict'),
        previous: values.get('--previous'),
        expect: values.get('--expect'),
        baseline: values.get('--baseline'),
        acknowledge: values.get('--acknowledge'),
      };
}

interface Read {
  readonly paths: readonly string[];
  readonly flags: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, string>;
}

function read(
  args: readonly string[],
  withValue: readonly string[],
  withoutValue: readonly string[],
): Read | WrongCommandLine {
  const [paths, flags, values] = [[] as string[], new Set<string>(), new Map<string, string>()];
  for (let index = 0; index < args.length; index++) {
    const [arg, inline] = partsOf(args[index]);
    if (withValue.includes(arg)) {
      const value = inline ?? args[++index];
      if (value === undefined || value.startsWith('--')) {
        return { wrong: `${arg} needs a value` };
      }
      values.set(arg, value);
    } else if (withoutValue.includes(arg) && inline === undefined) {
      flags.add(arg);
    } else if (arg.startsWith('-') && arg !== '-') {
      return { wrong: unknown('option', arg, [...withValue, ...withoutValue, '--help', '--version']) };
    } else {
      paths.push(args[index]);
    }
  }
  return { paths, flags, values };
}

/** `--name=value` is one of both. */
function partsOf(arg: string): readonly [name: string, value?: string] {
  const [, name, value] = /^(--[^=]+)=(.*)$/s.exec(arg) ?? [];
  return name === undefined ? [arg] : [name, value];
}

function unknown(kind: string, name: string, known: readonly string[]): string {
  const meant = nearest(name, known);
  return `unknown ${kind} ${name}${meant === undefined ? '' : `, nearest: ${meant}`}`;
}
