import { existsSync, readdirSync, statSync } from 'fs';
import { basename, dirname, join, relative } from 'path';
import { idOf, MANIFEST, readDirectory, ReadOptions } from './cloud-assembly';
import { Json, textsIn } from './json';
import { StackFamily, withNestedStacks } from './nested-stacks';
import { parseText, STANDARD_INPUT, textOfFile } from './template-file';
import { isTemplate, readTemplate, ReadTemplate, templateOf } from './template-json';
import type { Assembly, StackTemplate, Unresolved } from './template-location';
import { refuse } from '../base';

export type { ReadOptions } from './cloud-assembly';

/**
 * Reads what is deployed together: cloud assemblies with their stages and nested stacks, templates in JSON or YAML,
 * made by the CDK, by hand or by another tool, and folders of them.
 *
 * @param paths directories, usually `cdk.out`, or files; `-` is the standard input
 * @param options what is not in the templates
 */
export function readAssembly(paths: string | readonly string[], options: ReadOptions = {}): Assembly {
  const all = [paths].flat();
  const inputs = all.map(path => readInput(path, options));
  const families = withDistinctNames(inputs.flatMap(input => input.families));
  const stacks = families.flatMap(family => family.stacks);
  const focus = inputs.flatMap(
    input => input.focus ?? input.families.flatMap(each => each.stacks.map(({ name }) => name)),
  );
  return {
    stacks,
    problems: families.flatMap(({ problems }) => problems),
    ...(inputs.some(input => input.focus !== undefined) ? { focus } : {}),
  };
}

/**
 * An assembly of one template that is not in a file.
 *
 * @param name the name of the stack
 * @param template the template
 * @param options what is not in the template
 */
export function assemblyOf(name: string, template: Json, options: ReadOptions = {}): Assembly {
  return alone(singleStack(name, { template: templateOf(template, name) }, '.', options));
}

interface Input {
  readonly families: readonly StackFamily[];
  /** The names of the stacks that it is about, where there are others. */
  readonly focus?: readonly string[];
}

function readInput(path: string, options: ReadOptions): Input {
  if (path === STANDARD_INPUT) {
    return { families: [alone(singleStack('stdin', readTemplate(path), '.', options))] };
  }
  if (!existsSync(path)) {
    refuse(path, [{ prop: 'path', got: path, allowed: 'an existing file or directory', fix: 'run cdk synth first' }]);
  }
  if (statSync(path).isDirectory()) {
    return { families: existsSync(join(path, MANIFEST)) ? readDirectory(path, options) : readFolder(path, options) };
  }
  if (basename(path) === MANIFEST) {
    return { families: readDirectory(dirname(path), options) };
  }
  return partOfAssembly(path, options) ?? { families: [readFile(path, options)] };
}

/** The template of a stack in a cloud assembly: the manifest beside it tells what the template does not. */
function partOfAssembly(path: string, options: ReadOptions): Input | undefined {
  if (!existsSync(join(dirname(path), MANIFEST))) {
    return undefined;
  }
  const families = readDirectory(dirname(path), options);
  const own = families.filter(({ stacks }) => stacks.some(({ source }) => source?.file === path));
  return own.length === 0
    ? undefined
    : { families, focus: own.flatMap(({ stacks }) => stacks.map(({ name }) => name)) };
}

/** What is said to be unresolved in a file of a folder that cannot be read at all. */
export const BROKEN_FILE = 'file';

const TEMPLATE_FILE = /\.(json|ya?ml|template)$/i;

/** The files that may be templates in a folder that is no cloud assembly. */
export function templateFilesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => TEMPLATE_FILE.test(name) && !/(^|[\\/])(node_modules|\.git)[\\/]/.test(name))
    .sort()
    .map(name => join(folder, name))
    .filter(file => statSync(file).isFile());
}

/** The templates in a folder that is no cloud assembly; those that others nest are read with them. */
function readFolder(folder: string, options: ReadOptions): StackFamily[] {
  const tried = templateFilesIn(folder).map(file => tryFile(file));
  const read = tried.flatMap(({ found = [] }) => found);
  const broken = tried.flatMap(({ problem = [] }) => problem);
  if (read.length === 0) {
    const fix = 'run cdk synth, and give its output directory';
    const allowed = `a cloud assembly with a ${MANIFEST}, or a folder with templates`;
    const [{ why } = { why: undefined }] = broken;
    return why === undefined ? refuse(folder, [{ prop: 'path', got: folder, allowed, fix }]) : fail(why);
  }
  const nested = new Set(
    read.flatMap(({ file, template }) =>
      Object.values(template.Resources)
        .filter(({ Type }) => Type === 'AWS::CloudFormation::Stack')
        .map(({ Properties }) => join(dirname(file), textsIn(Properties?.TemplateURL).join(''))),
    ),
  );
  const families = read
    .filter(({ file }) => !nested.has(file))
    .map(({ file, ...each }) => alone(singleStack(stackName(file), each, dirname(file), options)));
  return families.map((each, index) => (index === 0 ? { ...each, problems: [...each.problems, ...broken] } : each));
}

interface TriedFile {
  readonly found?: ReadTemplate & { readonly file: string };
  readonly problem?: Unresolved;
}

/** One file that is broken does not keep the others from being looked at. */
function tryFile(file: string): TriedFile {
  try {
    const { value, source } = parseText(textOfFile(file), file);
    return isTemplate(value) ? { found: { file, template: templateOf(value, file), source } } : {};
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { problem: { stack: stackName(file), logicalId: '', path: file, function: BROKEN_FILE, why } };
  }
}

function fail(why: string): never {
  throw new Error(why);
}

function readFile(file: string, options: ReadOptions): StackFamily {
  return alone(singleStack(stackName(file), readTemplate(file), dirname(file), options));
}

function alone(stack: StackTemplate): StackFamily {
  return withNestedStacks(stack, { assets: undefined, entries: [] });
}

function stackName(file: string): string {
  return basename(file).replace(/(\.template)?\.[^.]+$/, '');
}

function singleStack(
  name: string,
  read: Pick<ReadTemplate, 'template'> & Partial<ReadTemplate>,
  directory: string,
  { account, region, parameters }: ReadOptions,
): StackTemplate {
  return { id: idOf(name), name, account, region, directory, ...read, parameters, paths: {} };
}

/** Templates of one name, in several folders, go by their paths. */
function withDistinctNames(families: readonly StackFamily[]): readonly StackFamily[] {
  const taken = new Set<string>();
  return families.map(family => {
    const [first] = family.stacks;
    const isTaken = taken.has(first.id);
    taken.add(first.id);
    if (!isTaken || first.source === undefined || first.constructPath !== undefined) {
      return family;
    }
    const name = relative('.', first.source.file);
    return alone({ ...first, id: idOf(name), name });
  });
}
