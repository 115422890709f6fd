import { chmodSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { type BuildOptions, type Plugin, build } from 'esbuild';
import { declarationsFrom } from './declarations';
import { bin } from '../package.json';
import { LINE_LIMIT, makePageScript } from './page-script';

const ROOT = join(__dirname, '..');
const LIB = join(ROOT, 'lib');

const SOURCE = join(ROOT, 'src');

/** The licence of a package that is bundled, as a comment. */
function licenseOf(name: string): string {
  return `/*! ${name}\n${readFileSync(join(ROOT, 'node_modules', name, 'LICENSE'), 'utf8')}*/`;
}

/** What is loaded on its own. The constructs keep the names of classes and functions for stack traces. */
const MODULES: Readonly<Record<string, BuildOptions>> = {
  index: { keepNames: true },
  'analysis/analysis': {},
  'cloudformation/yaml': { banner: { js: licenseOf('yaml') } },
  'reporting/index': { define: { PAGE_SCRIPT: JSON.stringify(makePageScript()) } },
  'cli/main': {},
};

const FOR_NODE: BuildOptions & { logLevel: 'warning' } = { platform: 'node', target: 'node20', logLevel: 'warning' };

interface AssemblyType {
  readonly kind: string;
  readonly name: string;
  readonly fqn: string;
  readonly locationInModule: { readonly filename: string };
}

interface Assembly {
  readonly version: string;
  readonly types: Readonly<Record<string, AssemblyType>>;
}

/**
 * Makes one file of each module that is loaded on its own, and leaves nothing else in `lib/`: less to download,
 * unpack and load.
 */
async function main(): Promise<void> {
  for (const [module, options] of Object.entries(MODULES)) {
    await bundle(module, options);
  }
  // npm sets the run bit of a command when it installs a package; jsii runs what was packed, for every other language
  Object.values(bin).forEach(command => chmodSync(join(ROOT, command), 0o755));
  const needed = new Set([
    ...Object.keys(MODULES).map(module => join(LIB, `${module}.js`)),
    ...declarationsFrom(join(LIB, 'index.d.ts')),
  ]);
  filesOf(LIB)
    .filter(file => !needed.has(file))
    .forEach(file => rmSync(file));
  foldersOf(LIB)
    .reverse()
    .filter(folder => readdirSync(folder).length === 0)
    .forEach(folder => rmSync(folder, { recursive: true }));
  for (const module of Object.keys(MODULES)) {
    console.log(`lib/${module}.js: ${(statSync(join(LIB, `${module}.js`)).size / 1000).toFixed(0)} KB`);
  }
}

/**
 * Joins the files as ECMAScript modules, so that each of them runs without a wrapper of its own, and then makes of
 * them what Node.js requires.
 */
async function bundle(module: string, options: BuildOptions): Promise<void> {
  const { outputFiles } = await build({
    ...options,
    ...FOR_NODE,
    entryPoints: [join(SOURCE, `${module}.ts`)],
    bundle: true,
    format: 'esm',
    write: false,
    external: ['aws-cdk-lib', 'constructs'],
    plugins: [otherModules(module), typeInformation()],
  });
  const {
    outputFiles: [file],
  } = await build({
    ...FOR_NODE,
    stdin: { contents: asOneFile(outputFiles[0].text) },
    outfile: join(LIB, `${module}.js`),
    write: false,
    format: 'cjs',
    banner: { js: '"use strict";' },
    minify: true,
    lineLimit: LINE_LIMIT,
    treeShaking: true,
  });
  writeFileSync(file.path, fromOnePackage(file.text));
}

/**
 * Takes the modules of the CDK from its package, which has each of them by name: for each path into the package
 * Node.js goes through the hundreds that it exports.
 */
function fromOnePackage(code: string): string {
  return code.replace(
    /require\("aws-cdk-lib\/([a-z0-9-]+)"\)/g,
    (_, name: string) => `require("aws-cdk-lib").${name.replaceAll('-', '_')}`,
  );
}

/**
 * Names each package once, however many of the files use it: Node.js looks for a file again at every `require`. What
 * is loaded later is loaded by Node's own `require`, which bundlers of apps see.
 */
function asOneFile(code: string): string {
  const names = new Map<string, string[]>();
  const rest = code
    .replaceAll('__require(', 'require(')
    .replace(/^import \{([^}]*)\} from "([^"]+)";$/gm, (_, imported: string, from: string) => {
      names.set(from, [...(names.get(from) ?? []), imported.trim()]);
      return '';
    });
  return [rest, ...[...names].map(([from, imported]) => `import { ${imported.join(', ')} } from "${from}";`)].join(
    '\n',
  );
}

/** Says of each public class what it is called in other languages, as jsii does in what it compiles. */
function typeInformation(): Plugin {
  const { types, version } = JSON.parse(readFileSync(join(ROOT, '.jsii'), 'utf8')) as Assembly;
  const classes = Object.values(types).filter(type => type.kind === 'class');
  const informed = ({ name, fqn }: AssemblyType) =>
    `Object.assign(${name}, { [Symbol.for('jsii.rtti')]: ${JSON.stringify({ fqn, version })} });`;
  return {
    name: 'type-information',
    setup: ({ onLoad }) =>
      onLoad({ filter: /\.ts$/ }, ({ path }) => {
        const own = classes.filter(type => join(ROOT, type.locationInModule.filename) === path);
        return own.length === 0
          ? undefined
          : { loader: 'ts', contents: [readFileSync(path, 'utf8'), ...own.map(informed)].join('\n') };
      }),
  };
}

/** Lets a module load the others where they are, instead of having a copy of them. */
function otherModules(module: string): Plugin {
  const names = new Map(
    Object.keys(MODULES).flatMap(name =>
      [name, name.replace(/\/index$/, '')].map(path => [join(SOURCE, path), name] as const),
    ),
  );
  return {
    name: 'other-modules',
    setup: ({ onResolve }) =>
      onResolve({ filter: /^\./ }, ({ path, resolveDir }) => {
        const other = names.get(resolve(resolveDir, path));
        if (other === undefined || other === module) {
          return undefined;
        }
        const target = relative(dirname(join(LIB, module)), join(LIB, other));
        // without this an index that names it would load it at once
        return { path: target.startsWith('.') ? target : `./${target}`, external: true, sideEffects: false };
      }),
  };
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map(name => join(folder, name))
    .filter(path => statSync(path).isFile());
}

function foldersOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map(name => join(folder, name))
    .filter(path => statSync(path).isDirectory())
    .sort();
}

void main();
