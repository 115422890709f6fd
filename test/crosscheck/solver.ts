import { ChildProcessWithoutNullStreams, spawn, spawnSync } from 'child_process';
import { existsSync } from 'fs';
import { join } from 'path';
import { createInterface } from 'readline';
import type { Assignment, Ground } from './smt-evaluate';

/** What the solver says to a script. */
export interface SolverAnswer {
  readonly result: 'sat' | 'unsat' | 'unknown' | 'error';
  /** The values of the variables, where there are some. */
  readonly values?: Assignment;
  /** The names of assertions that exclude each other. */
  readonly core?: readonly string[];
  readonly error?: string;
  readonly seconds: number;
}

/** A script, and what is to be told of the answer. */
export interface SolverQuestion {
  readonly script: string;
  readonly core?: boolean;
  readonly values?: boolean;
}

const ROOT = join(__dirname, '..', '..');
const HOW = `the cross-check needs Python 3.9 or newer with cvc5 1.4.2:
  python3 -m venv .venv && .venv/bin/pip install cvc5==1.4.2
another Python is named by the environment variable PYTHON`;

/** The Python that has the solver. */
export function pythonWithSolver(): string {
  const own = join(ROOT, '.venv', 'bin', 'python');
  const candidates = [process.env.PYTHON, existsSync(own) ? own : undefined, 'python3'].filter(
    each => each !== undefined && each !== '',
  ) as string[];
  const found = candidates.find(each => spawnSync(each, ['-c', 'import cvc5'], { stdio: 'ignore' }).status === 0);
  if (found === undefined) {
    throw new Error(HOW);
  }
  return found;
}

/** Some processes of the solver, each of which answers one question after the other. */
export class Solver {
  private readonly processes: readonly ChildProcessWithoutNullStreams[];
  private readonly waiting = new Map<number, (answer: SolverAnswer) => void>();
  private asked = 0;

  constructor(python: string, processes: number) {
    this.processes = Array.from({ length: processes }, () => this.start(python));
  }

  public ask(question: SolverQuestion): Promise<SolverAnswer> {
    const id = this.asked++;
    const { stdin } = this.processes[id % this.processes.length];
    return new Promise(resolve => {
      this.waiting.set(id, resolve);
      stdin.write(`${JSON.stringify({ id, ...question })}\n`);
    });
  }

  public close(): void {
    this.processes.forEach(({ stdin }) => stdin.end());
  }

  private start(python: string): ChildProcessWithoutNullStreams {
    const process = spawn(python, [join(__dirname, 'solve.py')]);
    createInterface({ input: process.stdout }).on('line', line => {
      const { id, values, core, ...answer } = JSON.parse(line);
      this.waiting.get(id)?.({
        ...answer,
        ...(values === undefined ? {} : { values: assignmentOf(values) }),
        ...(core === undefined ? {} : { core: namesIn(core) }),
      });
      this.waiting.delete(id);
    });
    process.stderr.on('data', text => console.error(String(text)));
    process.on('exit', code => {
      if (code !== 0) {
        console.error(`the solver ended with ${code}`);
      }
    });
    return process;
  }
}

/** `((name value) …)`, as the solver prints it. */
function assignmentOf(text: string): Assignment {
  const pair = /\(([a-z]\w*) ("(?:[^"]|"")*"|\([^()]*(?:\([^()]*\))*[^()]*\)|[^\s()]+)\)/g;
  return new Map([...text.matchAll(pair)].map(([, name, value]) => [name, groundOf(value)]));
}

function groundOf(value: string): Ground {
  if (value === 'true' || value === 'false') {
    return value === 'true';
  }
  if (value.startsWith('"')) {
    const text = value.slice(1, -1).replaceAll('""', '"');
    return text.replaceAll(/\\u\{([0-9a-f]+)\}/g, (_, code: string) => String.fromCodePoint(parseInt(code, 16)));
  }
  const quotient = /^\(\/ ([\d.]+) ([\d.]+)\)$/.exec(value);
  return quotient === null ? Number(value) : Number(quotient[1]) / Number(quotient[2]);
}

function namesIn(core: string): readonly string[] {
  return core
    .trim()
    .slice(1, -1)
    .split('\n')
    .map(each => each.trim().replace(/^\|(.*)\|$/, '$1'))
    .filter(each => each !== '');
}
