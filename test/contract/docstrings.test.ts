import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { GUIDE } from './guide';
import { readabilityOf } from './readability';
import { manifestOf, publicTypes } from '../support/manifest';
import { ROOT } from '../support/packed';

interface Docs {
  readonly summary?: string;
  readonly remarks?: string;
  readonly returns?: string;
  readonly default?: string;
  readonly example?: string;
  readonly custom?: Readonly<Record<string, string>>;
}

interface Documented {
  readonly name: string;
  readonly docs?: Docs;
  readonly parameters?: readonly Documented[];
}

interface Type extends Documented {
  readonly kind: 'class' | 'enum' | 'interface';
  readonly initializer?: Omit<Documented, 'name'>;
  readonly methods?: readonly Documented[];
  readonly properties?: readonly Documented[];
  readonly members?: readonly Documented[];
}

/** Condition keys, fields of what commands print, and names that a page declares. */
const OTHERS_NAMES = ['maxTunnelDuration', 'privateIpAddress', 'remotePort', 'notRead', 'deployRole'];

const TYPES: readonly Type[] = Object.values(publicTypes<Type>());
const CDK = ['aws-cdk-lib', 'constructs'].map(name => manifestOf(dirname(require.resolve(`${name}/package.json`))));

/** The ids of the annotations. */
const WARNINGS = new Set(
  readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts'))
    .flatMap(name => [
      ...readFileSync(join(ROOT, 'src', name), 'utf8').matchAll(
        /(?:id: '|'cdk-private-ec2-s3-access:|warnWhenComplete\(\w+, ')(\w+)'/g,
      ),
    ])
    .map(([, id]) => id),
);

const membersOf = ({ methods = [], properties = [], members = [] }: Type) => [...methods, ...properties, ...members];

const PARAMETERS = new Set(
  TYPES.flatMap(type => [...membersOf(type), { name: '', ...type.initializer }])
    .flatMap(({ parameters = [] }: Documented) => parameters)
    .map(({ name }) => name),
);

/** The texts of the docstrings of a type by where they are, without examples and addresses. */
function textsOf(type: Type): Array<[where: string, text: string]> {
  const own = [type, { name: type.name, ...type.initializer }].flatMap(part => documentedIn(part, type.name));
  return [...own, ...membersOf(type).flatMap(member => documentedIn(member, `${type.name}.${member.name}`))];
}

function documentedIn({ docs = {}, parameters = [] }: Documented, where: string): Array<[string, string]> {
  const { summary, remarks, returns, default: byDefault, custom = {} } = docs;
  return [
    ...[[summary, remarks].filter(Boolean).join('\n\n'), returns, byDefault, ...Object.values(custom)]
      .filter((text): text is string => text !== undefined && text !== '')
      .map((text): [string, string] => [where, text]),
    ...parameters.flatMap(parameter => documentedIn(parameter, `${where}(${parameter.name})`)),
  ];
}

const DOCSTRINGS = TYPES.flatMap(textsOf);
const PAGES: Array<[string, string]> = [...GUIDE].map(([page, text]) => [
  page,
  text.replace(/^ *```[^]*?^ *```$/gm, ''),
]);

/** The names in a text that look like those of an API, and that nothing has. */
function unknownNames(text: string): string[] {
  return [...text.matchAll(/`([^`\n]+)`|\{@link ([^}]+)\}/g)]
    .map(([, code, link]) => code ?? link)
    .filter(code => /^[A-Za-z]\w*(\.\w+)*(\(.*\))?( \w.*)?$/.test(code))
    .flatMap(code => code.replace(/'[^']*'|"[^"]*"/g, '').match(/[A-Za-z]\w*(\.\w+)*/g) ?? [])
    .filter(name => !isKnown(name.split('.')));
}

function isKnown([first, second, ...rest]: string[]): boolean {
  const type = TYPES.find(({ name }) => name === first);
  if (type !== undefined && second !== undefined) {
    return membersOf(type).some(({ name }) => name === second) && [...rest].every(isName);
  }
  return [first, second, ...rest].filter(name => /^[a-z]+[A-Z]/.test(name ?? '')).every(isName);
}

function isName(name: string): boolean {
  return (
    OTHERS_NAMES.includes(name) ||
    TYPES.some(type => type.name === name || membersOf(type).some(member => member.name === name)) ||
    PARAMETERS.has(name) ||
    WARNINGS.has(name) ||
    CDK.some(manifest => manifest.includes(`"name":"${name}"`) || manifest.includes(`"name": "${name}"`))
  );
}

test('every class has an example, which uses it', () => {
  const classes = TYPES.filter(({ kind }) => kind === 'class');

  expect(classes.length).toBeGreaterThan(10);
  expect(classes.filter(({ name, docs }) => !docs?.example?.includes(name)).map(({ name }) => name)).toEqual([]);
});

test('docstrings name nothing that does not exist', () => {
  expect(DOCSTRINGS.length).toBeGreaterThan(300);
  expect(DOCSTRINGS.flatMap(([where, text]) => unknownNames(text).map(name => `${where}: ${name}`))).toEqual([]);
});

test('README and guide name nothing that does not exist', () => {
  expect(PAGES.flatMap(([page, text]) => unknownNames(text).map(name => `${page}: ${name}`))).toEqual([]);
});

test.each([
  ['use `accessList.allowAsset`', ['accessList.allowAsset']],
  ['see `requiredOnPremisesStatements`', ['requiredOnPremisesStatements']],
  ['{@link BucketAccess.readAll}', ['BucketAccess.readAll']],
  ["`BucketAccess.readOnly('noSuchPrefix/')`, `bucket.addToResourcePolicy`, `dnf` and `s3:GetObject`", []],
])('of "%s" it finds what does not exist', (text, names) => {
  expect(unknownNames(text)).toEqual(names);
});

test('no sentence of a docstring is long', () => {
  expect(
    DOCSTRINGS.flatMap(([where, text]) => readabilityOf([text], 30).long.map(found => `${where}: ${found}`)),
  ).toEqual([]);
});

/** Options that need no words in README or guide, with the reason. */
const SAID_ELSEWHERE: Readonly<Record<string, string>> = {};

test('README and guide name each option', () => {
  const text = [...GUIDE.values()].join('\n');
  const options = TYPES.filter(({ kind, name }) => kind === 'interface' && !/^I[A-Z]/.test(name)).flatMap(type =>
    membersOf(type).map(({ name }) => `${type.name}.${name}`),
  );

  expect(options.length).toBeGreaterThan(80);
  expect(options.filter(name => !new RegExp(`\\b${name.split('.')[1]}\\b`).test(text))).toEqual(
    Object.keys(SAID_ELSEWHERE),
  );
});
