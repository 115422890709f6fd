import { accessSync, constants, existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { preProcessFile } from 'typescript';
import { packedLibrary } from '../support/packed';

/**
 * What the package may have at the most without its manifest, and what of it every synthesis loads: constructs and proof.
 * The ends of lines in the code, which an error that nobody catches needs, are 5 kB of it. The reader of YAML is 122 kB,
 * which the command loads for a template in YAML.
 */
const MOST_BYTES = { unpacked: 1_200_000, loaded: 670_000 };

let folder: string;
let files: string[];

beforeAll(() => {
  folder = packedLibrary();
  files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name =>
    statSync(join(folder, name)).isFile(),
  );
});

/** The modules of its own that a file of the package imports, by the names of their files. */
function importedBy(name: string): string[] {
  const { importedFiles } = preProcessFile(readFileSync(join(folder, name), 'utf8'), true, true);
  const extension = name.endsWith('.d.ts') ? '.d.ts' : '.js';
  return importedFiles
    .filter(({ fileName }) => fileName.startsWith('.'))
    .map(({ fileName }) => join(dirname(name), fileName))
    .map(path => (existsSync(join(folder, path)) ? `${path}/index${extension}` : `${path}${extension}`));
}

test('the package is small', () => {
  const sum = (names: readonly string[]) => names.reduce((bytes, name) => bytes + statSync(join(folder, name)).size, 0);

  expect(sum(['lib/index.js', 'lib/analysis/analysis.js'])).toBeLessThan(MOST_BYTES.loaded);
  expect(sum(files.filter(name => name !== '.jsii'))).toBeLessThan(MOST_BYTES.unpacked);
});

test('the constructs load the proof when it is made, and not before', () => {
  const [first, ...others] = readFileSync(join(folder, 'lib/index.js'), 'utf8').split('require("./analysis/analysis")');

  expect(first).toMatch(/=>$/);
  expect(others).toHaveLength(1);
});

test('the package has no runtime dependencies', () => {
  const { dependencies, bundledDependencies, peerDependencies } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  );

  expect({ ...dependencies, ...bundledDependencies }).toEqual({});
  expect(Object.keys(peerDependencies).sort()).toEqual(['aws-cdk-lib', 'constructs']);
});

test('the package has its commands with the run bit, which jsii does not set for other languages', () => {
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { bin: Record<string, string> };

  expect(Object.keys(bin)).toHaveLength(1);
  Object.values(bin).forEach(command => accessSync(join(folder, command), constants.X_OK));
});

test('the package has what its files import, and no code or declaration that nobody loads', () => {
  const code = files.filter(name => /\.(js|d\.ts)$/.test(name)).sort();
  const entries = ['lib/cli/main.js', 'lib/index.d.ts', 'lib/index.js'];
  const imported = new Set([...entries, ...code.flatMap(importedBy)]);

  expect([...imported].filter(name => !existsSync(join(folder, name)))).toEqual([]);
  expect(code.filter(name => !imported.has(name))).toEqual([]);
});

test('the package has nothing but code, declarations, manifest, licence and README', () => {
  expect(files.filter(name => !/^lib\/[\w/-]+\.(js|d\.ts)$/.test(name)).sort()).toEqual([
    '.jsii',
    'LICENSE',
    'README.md',
    'package.json',
  ]);
});
