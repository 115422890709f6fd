import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
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
  readonly create: (type: string) => string;
  readonly choose: (type: string, member: string) => string;
  readonly callStatic: (type: string, method: string) => string;
  readonly call: (method: string) => string;
  readonly read: (property: string) => string;
  readonly set: (option: string) => string;
}

const snake = (name: string) => name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
const pascal = (name: string) => name[0].toUpperCase() + name.slice(1);

const SPELLINGS: Record<string, Spelling> = {
  typescript: {
    extension: '.ts',
    create: type => `\\bnew ${type}\\(`,
    choose: (type, member) => `\\b${type}\\.${member}\\b`,
    callStatic: (type, method) => `\\b${type}\\.${method}\\(`,
    call: method => `\\.${method}\\(`,
    read: property => `(\\.|\\{ )${property}\\b`,
    set: option => `\\b${option}(:|,| \\})`,
  },
  python: {
    extension: '.py',
    create: type => `\\b${type}\\(`,
    choose: (type, member) => `\\b${type}\\.${member}\\b`,
    callStatic: (type, method) => `\\b${type}\\.${snake(method)}\\(`,
    call: method => `\\.${snake(method)}\\(`,
    read: property => `\\.${snake(property)}\\b`,
    set: option => `\\b${snake(option)}=`,
  },
  java: {
    extension: '.java',
    create: type => `(\\bnew ${type}\\(|\\b${type}\\.Builder\\.create\\()`,
    choose: (type, member) => `\\b${type}\\.${member}\\b`,
    callStatic: (type, method) => `\\b${type}\\.${method}\\(`,
    call: method => `\\.${method}\\(`,
    read: property => `(\\.|::)get${pascal(property)}\\b`,
    set: option => `\\.${option}\\(`,
  },
  go: {
    extension: '.go',
    create: type => `\\bNew${type}\\(`,
    choose: (type, member) => `\\b${type}_${member}\\b`,
    callStatic: (type, method) => `\\b${type}_${pascal(method)}\\(`,
    call: method => `\\.${pascal(method)}\\(`,
    read: property => `\\.${pascal(property)}\\b`,
    set: option => `\\b${pascal(option)}:`,
  },
};

/** What each public member is called, and how a use of it looks in a language. */
function usesOf(type: Type, spelling: Spelling): Array<[string, string]> {
  const own = (members: readonly Member[] = []) => members.filter(({ overrides }) => overrides === undefined);
  const read = (name: string) => type.kind === 'class' ? spelling.read(name) : `${spelling.set(name)}|${spelling.read(name)}`;
  return [
    ...type.initializer === undefined ? [] : [['(new)', spelling.create(type.name)]],
    ...own(type.members).map(({ name }) => [name, spelling.choose(type.name, name)]),
    ...own(type.methods).map(method => [method.name, method.static ? spelling.callStatic(type.name, method.name) : spelling.call(method.name)]),
    ...own(type.properties).map(({ name }) => [name, read(name)]),
  ].map(([name, pattern]) => [`${type.name}.${name}`, pattern]);
}

function sourcesOf(language: string, extension: string): string {
  const folder = join(ROOT, 'test', 'languages', language);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith(extension));
  return files.map(name => readFileSync(join(folder, name), 'utf8')).join('\n');
}

const types = Object.values<Type>(JSON.parse(readFileSync(join(ROOT, '.jsii'), 'utf8')).types);

test.each(Object.entries(SPELLINGS))('the scenarios in %s use every public member', (language, spelling) => {
  const source = sourcesOf(language, spelling.extension);
  const uses = types.flatMap(type => usesOf(type, spelling));

  expect(uses.length).toBeGreaterThan(200);
  expect(uses.filter(([, pattern]) => !new RegExp(pattern).test(source)).map(([name]) => name)).toEqual([]);
});
