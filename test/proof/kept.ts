import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');
const FOLDER = join(ROOT, '.work');

/** What the result depends on: the library, what the tests define with it, and the CDK. */
const SOURCES = [
  'src',
  'test/support',
  'test/organization',
  'test/proof/lake.ts',
  'test/proof/rendered.ts',
  'package-lock.json',
];

/** The result of a function, kept in a file from one test to the next until one of the sources changes. */
export function kept<T>(name: string, make: () => T): T {
  const file = join(FOLDER, `${name}.json`);
  const version = versionOf(SOURCES.map(each => join(ROOT, each)));
  const known = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { version: string; made: T }) : undefined;
  if (known?.version === version) {
    return known.made;
  }
  const text = JSON.stringify({ version, made: make() });
  const own = `${file}.${process.pid}`;
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(own, text);
  renameSync(own, file);
  return (JSON.parse(text) as { made: T }).made;
}

function versionOf(paths: readonly string[]): string {
  const hash = createHash('sha256');
  paths.flatMap(filesIn).forEach(each => hash.update(each).update(readFileSync(each)));
  return hash.digest('hex');
}

function filesIn(path: string): readonly string[] {
  return statSync(path).isDirectory()
    ? readdirSync(path)
        .sort()
        .flatMap(each => filesIn(join(path, each)))
    : [path];
}
