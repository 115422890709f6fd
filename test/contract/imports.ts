import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import * as ts from 'typescript';
import { MAY_IMPORT, PLUGIN, VERIFICATION } from '../../projenrc/layers';
import { memoize } from '../../src/base';

/** The sources of the library by their paths in `src/`. */
export type Sources = ReadonlyMap<string, string>;

/** The sources as they are. */
export function sourcesIn(folder: string): Sources {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.ts'));
  return new Map(names.sort().map(name => [name, readFileSync(join(folder, name), 'utf8')]));
}

/** What a file imports: a file of the library, or a package. */
interface Import {
  readonly from: string;
  readonly to: string;
}

/**
 * What is wrong with the imports of the library, those of types included, whatever their form: `import`, `export`,
 * `import()` and `require()`.
 */
export function importProblems(sources: Sources): string[] {
  const imports = [...sources].flatMap(([from, text]) => importsOf(from, text, sources));
  const ours = imports.filter(({ to }) => sources.has(to));
  return [
    ...ours.filter(isAgainstDirection).map(({ from, to }) => `${from} imports ${to}, against the direction`),
    ...ours.filter(isDeep).map(({ from, to }) => `${from} imports ${to}, not the index of its folder`),
    ...cyclesIn(ours).map(cycle => `cycle: ${cycle.join(', ')}`),
    ...filesWithCdk(imports).map(file => `${file} imports the CDK`),
  ];
}

function importsOf(from: string, text: string, sources: Sources): Import[] {
  return namesIn(text).map(name => ({ from, to: name.startsWith('.') ? fileOf(from, name, sources) : name }));
}

const namesIn = memoize((text: string) => {
  const names: string[] = [];
  const visit = (node: ts.Node): void => {
    const name = importedBy(node);
    if (name !== undefined && ts.isStringLiteralLike(name)) {
      names.push(name.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('source.ts', text, ts.ScriptTarget.Latest));
  return names;
});

function importedBy(node: ts.Node): ts.Node | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
    return node.moduleSpecifier;
  }
  if (ts.isImportTypeNode(node)) {
    return ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined;
  }
  const isCall = ts.isCallExpression(node) && /^(import|require)$/.test(nameOf(node.expression));
  return isCall ? node.arguments[0] : undefined;
}

function nameOf(node: ts.Expression): string {
  return node.kind === ts.SyntaxKind.ImportKeyword ? 'import' : ts.isIdentifier(node) ? node.text : '';
}

function fileOf(from: string, name: string, sources: Sources): string {
  const path = normalize(join(dirname(from), name));
  return [`${path}.ts`, `${path}/index.ts`].find(file => sources.has(file)) ?? path;
}

/** The folder of a file in `src/`; none for those that stand there by themselves. */
function folderOf(file: string): string | undefined {
  return file.includes('/') ? file.slice(0, file.indexOf('/')) : undefined;
}

function isAgainstDirection({ from, to }: Import): boolean {
  const [own, other] = [folderOf(from), folderOf(to)];
  return own !== undefined && own !== other && !(other !== undefined && MAY_IMPORT[own]?.includes(other));
}

/** The list of public names says where each is declared, which the declarations for users need. */
const PUBLIC = 'index.ts';

function isDeep({ from, to }: Import): boolean {
  const other = folderOf(to);
  return from !== PUBLIC && other !== undefined && other !== folderOf(from) && to !== `${other}/index.ts`;
}

/** Groups of files that import each other, found by Tarjan's algorithm. */
function cyclesIn(imports: readonly Import[]): string[][] {
  const next = (file: string) => imports.filter(({ from }) => from === file).map(({ to }) => to);
  const [order, low] = [new Map<string, number>(), new Map<string, number>()];
  const [stack, cycles]: [string[], string[][]] = [[], []];
  const visit = (file: string): number => {
    order.set(file, order.size);
    low.set(file, order.get(file)!);
    stack.push(file);
    for (const to of next(file)) {
      if (!order.has(to)) {
        low.set(file, Math.min(low.get(file)!, visit(to)));
      } else if (stack.includes(to)) {
        low.set(file, Math.min(low.get(file)!, order.get(to)!));
      }
    }
    if (low.get(file) === order.get(file)) {
      const group = stack.splice(stack.indexOf(file));
      cycles.push(...(group.length > 1 ? [group.sort()] : []));
    }
    return low.get(file)!;
  };
  imports.forEach(({ from }) => order.has(from) || visit(from));
  return cycles;
}

/** The files of the verification that import the CDK, or a file that does. */
function filesWithCdk(imports: readonly Import[]): string[] {
  const [found, checked] = [new Set<string>(), imports.filter(({ from }) => from !== PLUGIN)];
  let size = -1;
  while (size < found.size) {
    size = found.size;
    checked.filter(({ to }) => isCdk(to) || found.has(to)).forEach(({ from }) => found.add(from));
  }
  return [...found].filter(file => VERIFICATION.includes(folderOf(file) ?? '')).sort();
}

function isCdk(name: string): boolean {
  return /^(aws-cdk-lib|constructs)(\/|$)/.test(name);
}
