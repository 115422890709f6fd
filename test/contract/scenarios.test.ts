import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pascal, snake } from './idioms';
import { publicTypes } from '../support/manifest';
import { ROOT } from '../support/packed';

/** A member of a type in the manifest of jsii. */
interface Member {
  readonly name: string;
  readonly static?: boolean;
  readonly overrides?: string;
}

/** A type in the manifest of jsii. */
interface Type {
  readonly kind: 'class' | 'enum' | 'interface';
  readonly name: string;
  readonly initializer?: object;
  readonly members?: readonly Member[];
  readonly methods?: readonly Member[];
  readonly properties?: readonly Member[];
}

/** How a language writes the use of each kind of member, as regular expressions. */
interface Spelling {
  readonly extension: string;
  /** Between a type and its static members. */
  readonly of: string;
  readonly method: (name: string) => string;
  readonly create: (type: string) => string;
  readonly read: (property: string) => string;
  readonly set: (option: string) => string;
}

const same = (name: string) => name;

const SPELLINGS: Record<string, Spelling> = {
  typescript: {
    extension: '.ts',
    of: '\\.',
    method: same,
    create: type => `\\bnew ${type}\\(`,
    read: property => `(\\.|\\{ )${property}\\b`,
    set: option => `\\b${option}(:|,| \\})`,
  },
  python: {
    extension: '.py',
    of: '\\.',
    method: snake,
    create: type => `\\b${type}\\(`,
    read: property => `\\.${snake(property)}\\b`,
    set: option => `\\b${snake(option)}=`,
  },
  java: {
    extension: '.java',
    of: '\\.',
    method: same,
    create: type => `(\\bnew ${type}\\(|\\b${type}\\.Builder\\.create\\()`,
    read: property => `(\\.|::)get${pascal(property)}\\b`,
    set: option => `\\.${option}\\(`,
  },
  go: {
    extension: '.go',
    of: '_',
    method: pascal,
    create: type => `\\bNew${type}\\(`,
    read: property => `\\.${pascal(property)}\\b`,
    set: option => `\\b${pascal(option)}:`,
  },
};

/** What each public member is called, and how a use of it looks in a language. */
function usesOf(type: Type, { of, method, create, read, set }: Spelling): Array<[string, string]> {
  const own = (members: readonly Member[] = []) => members.filter(({ overrides }) => overrides === undefined);
  return [
    ...(type.initializer === undefined ? [] : [['(new)', create(type.name)]]),
    ...own(type.members).map(({ name }) => [name, `\\b${type.name}${of}${name}\\b`]),
    ...own(type.methods).map(({ name, static: ofType }) => [
      name,
      `${ofType ? `\\b${type.name}${of}` : '\\.'}${method(name)}\\(`,
    ]),
    ...own(type.properties).map(({ name }) => [
      name,
      type.kind === 'class' ? read(name) : `${set(name)}|${read(name)}`,
    ]),
  ].map(([name, pattern]) => [`${type.name}.${name}`, pattern]);
}

function sourcesOf(language: string, extension: string): string {
  const folder = join(ROOT, 'test', 'languages', language);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith(extension));
  return files.map(name => readFileSync(join(folder, name), 'utf8')).join('\n');
}

test.each(Object.entries(SPELLINGS))('the scenarios in %s use every public member', (language, spelling) => {
  const source = sourcesOf(language, spelling.extension);
  const uses = Object.values(publicTypes<Type>()).flatMap(type => usesOf(type, spelling));

  expect(uses.length).toBeGreaterThan(200);
  expect(uses.filter(([, pattern]) => !new RegExp(pattern).test(source)).map(([name]) => name)).toEqual([]);
});
