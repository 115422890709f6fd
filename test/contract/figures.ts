import { Linter, Rule } from 'eslint';
import { Sources } from './imports';

/** What the size of the code is measured by. */
export interface Figures {
  readonly lines: number;
  /** Functions of more than one line. */
  readonly functions: number;
  readonly medianLines: number;
  readonly meanComplexity: number;
  readonly mostComplex: number;
  /** The share of lines of more than 120 columns. */
  readonly wide: number;
  /** The share that each folder has of the lines, the largest first. */
  readonly folders: ReadonlyArray<readonly [folder: string, share: number]>;
}

interface MeasuredFunction {
  readonly lines: number;
  readonly complexity: number;
}

/** Measures sources: the complexity of functions by the `complexity` rule of ESLint. */
export function figuresOf(sources: Sources): Figures {
  const lines = [...sources].flatMap(([name, text]) =>
    text
      .trimEnd()
      .split('\n')
      .map(line => ({ name, line })),
  );
  const functions = [...sources].flatMap(([name, text]) => functionsIn(name, text)).filter(each => each.lines > 1);
  const sizes = functions.map(each => each.lines).sort((one, other) => one - other);
  const complexities = functions.map(({ complexity }) => complexity);
  return {
    lines: lines.length,
    functions: functions.length,
    medianLines: sizes[Math.floor(sizes.length / 2)],
    meanComplexity: complexities.reduce((sum, each) => sum + each, 0) / complexities.length,
    mostComplex: Math.max(...complexities),
    wide: lines.filter(({ line }) => line.length > 120).length / lines.length,
    folders: foldersOf(lines.map(({ name }) => name)),
  };
}

const linter = new Linter({ configType: 'flat' });

const SIZES: Linter.Config = {
  files: ['**/*.ts'],
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- its types are not those of ESLint
  languageOptions: { parser: require('@typescript-eslint/parser') },
  linterOptions: { noInlineConfig: true },
  plugins: { figures: { rules: { size: { create: reportFunctions } } } },
  rules: { complexity: ['error', 0], 'figures/size': 'error' },
};

/** Reports each function; a method begins at its name. */
function reportFunctions(context: Rule.RuleContext): Rule.RuleListener {
  const report = (node: Rule.Node) => {
    const { parent } = node;
    const whole =
      parent !== null && /^(MethodDefinition|PropertyDefinition|Property)$/.test(parent.type) ? parent : node;
    context.report({ node: whole, message: 'function' });
  };
  return { FunctionDeclaration: report, FunctionExpression: report, ArrowFunctionExpression: report };
}

/** The complexity is reported at the head of a function: it belongs to the innermost one there. */
function functionsIn(name: string, text: string): MeasuredFunction[] {
  const messages = linter.verify(text, [SIZES], name);
  const functions = messages
    .filter(({ ruleId }) => ruleId === 'figures/size')
    .map(each => ({ ...each, complexity: 1 }));
  for (const { line, column, message } of messages.filter(({ ruleId }) => ruleId === 'complexity')) {
    const [innermost] = functions
      .filter(each => isBefore([each.line, each.column], [line, column]))
      .filter(each => isBefore([line, column], [each.endLine!, each.endColumn!]))
      .sort((one, other) => (isBefore([one.line, one.column], [other.line, other.column]) ? 1 : -1));
    if (innermost !== undefined && !message.startsWith('Class ')) {
      innermost.complexity = Number(/complexity of (\d+)/.exec(message)?.[1]);
    }
  }
  return functions.map(({ line, endLine, complexity }) => ({ lines: endLine! - line + 1, complexity }));
}

type Position = readonly [line: number, column: number];

function isBefore([line, column]: Position, [otherLine, otherColumn]: Position): boolean {
  return line < otherLine || (line === otherLine && column <= otherColumn);
}

function foldersOf(names: readonly string[]): Array<readonly [string, number]> {
  const counts = new Map<string, number>();
  for (const name of names) {
    const folder = name.includes('/') ? name.slice(0, name.indexOf('/')) : '.';
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  return [...counts]
    .map(([folder, count]) => [folder, count / names.length] as const)
    .sort(([, one], [, other]) => other - one);
}
