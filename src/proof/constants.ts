import { asList, PolicyJson, PrincipalJson, StatementJson } from '../iam';

/** What policies compare a context key with. */
export interface KeyConstants {
  /** The name as the policies spell it first. */
  readonly name: string;
  readonly values: ReadonlySet<string>;
  /** Whether an operator with a set prefix looks at it: then a request can carry several values. */
  readonly multiValued: boolean;
}

/** The constants of policies: requests that differ in nothing that the constants can tell apart are decided alike. */
export interface Constants {
  /** By the name of the key in lower case. */
  readonly keys: ReadonlyMap<string, KeyConstants>;
  readonly actions: ReadonlySet<string>;
  /** Policy variables have the value that occurs nowhere. */
  readonly resources: ReadonlySet<string>;
  /** Host names of service principals. */
  readonly services: ReadonlySet<string>;
  /** ARNs and account ids that `Principal` names. */
  readonly principals: ReadonlySet<string>;
}

/** The constants of some policies. */
export function constantsOf(documents: readonly PolicyJson[]): Constants {
  const statements = documents.flatMap(({ Statement }) => asList(Statement));
  const named = statements
    .flatMap(({ Principal, NotPrincipal }) => [Principal, NotPrincipal])
    .filter(each => each !== undefined);
  return {
    keys: keyConstants(statements),
    actions: new Set(statements.flatMap(({ Action, NotAction }) => [...asList(Action), ...asList(NotAction)])),
    resources: new Set(
      statements.flatMap(({ Resource, NotResource }) => [...asList(Resource), ...asList(NotResource)]).map(filled),
    ),
    services: new Set(named.flatMap(each => (typeof each === 'string' ? [] : asList(each.Service)))),
    principals: new Set(named.flatMap(awsPrincipals)),
  };
}

/** The values of a key in the constants. */
export function valuesOf(constants: Constants, key: string): readonly string[] {
  return [...(constants.keys.get(key.toLowerCase())?.values ?? [])];
}

/** A value that occurs in no policy. */
export const FRESH = 'something-else';

/** A text that the pattern matches; the pattern itself if it has no wildcard. */
export function witness(pattern: string): string {
  return pattern.replaceAll('*', 'w').replaceAll('?', 'q');
}

/** Texts that the pattern only just does not match. */
export function nearMisses(pattern: string): readonly string[] {
  const text = witness(pattern);
  if (!pattern.endsWith('*')) {
    return [`${text}x`, text.slice(0, -1)];
  }
  const stem = text.slice(0, -1);
  if (stem === '') {
    return [];
  }
  return stem.endsWith('/')
    ? [`${stem.slice(0, -1)}-near/w`, stem.slice(0, -1)]
    : [`${stem.slice(0, -1)}${stem.endsWith('x') ? 'y' : 'x'}w`, stem.slice(0, -1)];
}

/** The context keys that a statement looks at, in lower case, those of its policy variables included. */
export function keysOf(statement: StatementJson): ReadonlySet<string> {
  const known = KEYS.get(statement);
  if (known !== undefined) {
    return known;
  }
  const conditions = Object.values(statement.Condition ?? {}).flatMap(keys => Object.entries(keys));
  const texts = [
    ...conditions.flatMap(([, value]) => asList(value)),
    ...asList(statement.Resource),
    ...asList(statement.NotResource),
  ];
  const variables = texts.flatMap(text => [...String(text).matchAll(/\$\{\s*([^},\s]+)/g)].map(([, key]) => key));
  const found = new Set([...conditions.map(([key]) => key), ...variables].map(key => key.toLowerCase()));
  KEYS.set(statement, found);
  return found;
}

/** The keys of a statement never change. */
const KEYS = new WeakMap<StatementJson, ReadonlySet<string>>();

function keyConstants(statements: readonly StatementJson[]): Map<string, KeyConstants> {
  const found = new Map<string, { name: string; values: Set<string>; multiValued: boolean }>();
  const entry = (name: string) => {
    const key = name.toLowerCase();
    const known = found.get(key) ?? { name, values: new Set<string>(), multiValued: false };
    found.set(key, known);
    return known;
  };
  for (const statement of statements) {
    for (const [operator, keys] of Object.entries(statement.Condition ?? {})) {
      for (const [name, values] of Object.entries(keys)) {
        const constant = entry(name);
        constant.multiValued ||= /^For(Any|All)Values?:/i.test(operator);
        const texts = /^Null$/i.test(operator) ? [] : asList(values).map(String);
        texts.filter(text => !text.includes('${')).forEach(text => constant.values.add(text));
      }
    }
    keysOf(statement).forEach(entry);
  }
  return found;
}

function awsPrincipals(principal: PrincipalJson): readonly string[] {
  return typeof principal === 'string' ? [] : asList(principal.AWS).filter(each => each !== '*');
}

function filled(pattern: string): string {
  return pattern.replace(/\$\{([^}]*)\}/g, (_, reference: string) =>
    ['*', '?', '$'].includes(reference) ? reference : FRESH,
  );
}
