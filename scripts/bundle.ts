import { existsSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { type BuildOptions, type Plugin, build } from 'esbuild';
import { preProcessFile } from 'typescript';
import { makePageScript } from './page-script';

const ROOT = join(__dirname, '..');
const LIB = join(ROOT, 'lib');

/**
 * What is loaded on its own. The constructs come from what jsii compiled, which says what each class is called in other
 * languages, and keep the names of classes and functions for stack traces.
 */
const MODULES: Readonly<Record<string, BuildOptions>> = {
  'index': { entryPoints: [join(LIB, 'index.js')], keepNames: true },
  'verification/examine': { entryPoints: [join(ROOT, 'src', 'verification', 'examine.ts')] },
  'reporting/index': { entryPoints: [join(ROOT, 'src', 'reporting', 'index.ts')], define: { PAGE_SCRIPT: JSON.stringify(makePageScript()) } },
  'cli/main': { entryPoints: [join(ROOT, 'src', 'cli', 'main.ts')] },
};

/** Makes one file of each module that is loaded on its own, and leaves nothing else in `lib/`: less to download, unpack and load. */
async function main(): Promise<void> {
  for (const [module, options] of Object.entries(MODULES)) { await bundle(module, options); }
  const needed = new Set([...Object.keys(MODULES).map(module => join(LIB, `${module}.js`)), ...declarationsFrom(join(LIB, 'index.d.ts'))]);
  filesOf(LIB).filter(file => !needed.has(file)).forEach(file => rmSync(file));
  foldersOf(LIB).reverse().filter(folder => readdirSync(folder).length === 0).forEach(folder => rmSync(folder, { recursive: true }));
  for (const module of Object.keys(MODULES)) { console.log(`lib/${module}.js: ${(statSync(join(LIB, `${module}.js`)).size / 1000).toFixed(0)} KB`); }
}

async function bundle(module: string, options: BuildOptions): Promise<void> {
  await build({
    ...options,
    outfile: join(LIB, `${module}.js`),
    allowOverwrite: true,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node20',
    external: ['aws-cdk-lib', 'constructs'],
    plugins: [otherModules(module)],
    logLevel: 'warning',
  });
}

/** Lets a module load the others where they are, instead of having a copy of them. */
function otherModules(module: string): Plugin {
  const withoutExtension = (file: string) => file.replace(/\.[jt]s$/, '');
  const names = new Map(Object.keys(MODULES).flatMap(name => [join(ROOT, 'src'), LIB].flatMap(folder => [
    [join(folder, name), name] as const, [join(folder, name.replace(/\/index$/, '')), name] as const,
  ])));
  return {
    name: 'other-modules',
    setup: ({ onResolve }) => onResolve({ filter: /^\./ }, ({ path, resolveDir }) => {
      const other = names.get(withoutExtension(resolve(resolveDir, path)));
      if (other === undefined || other === module) { return undefined; }
      const target = relative(dirname(join(LIB, module)), join(LIB, other));
      return { path: target.startsWith('.') ? target : `./${target}`, external: true };
    }),
  };
}

/** The declarations that a compiler reads for one of them. */
function declarationsFrom(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) { return seen; }
  seen.add(file);
  for (const { fileName } of preProcessFile(readFileSync(file, 'utf8')).importedFiles.filter(each => each.fileName.startsWith('.'))) {
    const imported = join(dirname(file), `${fileName}.d.ts`);
    declarationsFrom(existsSync(imported) ? imported : join(dirname(file), fileName, 'index.d.ts'), seen);
  }
  return seen;
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(name => join(folder, name)).filter(path => statSync(path).isFile());
}

function foldersOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(name => join(folder, name)).filter(path => statSync(path).isDirectory()).sort();
}

void main();
