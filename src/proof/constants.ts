import { memoize } from '../base';
import { asList, conditionKey, PolicyJson, PrincipalJson, StatementJson } from '../iam';
import type { Comparison } from './texts/key-values';

/** What policies compare a context key with. */
export interface KeyConstants {
  /** The name as the policies spell it first. */
  readonly name: string;
  /** Without those that have policy variables. */
  readonly values: ReadonlySet<string>;
  /** All of them, with the operators, without prefix and suffix. */
  readonly comparisons: readonly Comparison[];
  /** Whether a request can carry several values. */
  readonly multiValued: boolean;
}

/** The constants of policies: requests that differ in nothing that the constants can tell apart are decided alike. */
export interface Constants {
  /** By the name of the key in lower case. */
  readonly keys: ReadonlyMap<string, KeyConstants>;
  readonly actions: ReadonlySet<string>;
  /** Policy variables have the value that occurs nowhere. */
  readonly resources: ReadonlySet<string>;
  /** Those with policy variables. */
  readonly variableResources: ReadonlySet<string>;
  /** Host names of service principals. */
  readonly services: ReadonlySet<string>;
  /** ARNs and account ids that `Principal` names. */
  readonly principals: ReadonlySet<string>;
  /** Canonical ids of accounts that `Principal` names. */
  readonly canonicalUsers: ReadonlySet<string>;
  /** Identity providers that `Principal` names. */
  readonly identityProviders: ReadonlySet<string>;
}

/** The constants of some policies. */
export function constantsOf(documents: readonly PolicyJson[]): Constants {
  const statements = documents.flatMap(({ Statement }) => asList(Statement));
  const resources = statements.flatMap(({ Resource, NotResource }) => [...asList(Resource), ...asList(NotResource)]);
  const named = statements
    .flatMap(({ Principal, NotPrincipal }) => [Principal, NotPrincipal])
    .filter(each => each !== undefined);
  const namesOf = (kind: 'Service' | 'CanonicalUser' | 'Federated') =>
    new Set(named.flatMap(each => (typeof each === 'string' ? [] : asList(each[kind]))));
  return {
    keys: keyConstants(statements),
    actions: new Set(statements.flatMap(({ Action, NotAction }) => [...asList(Action), ...asList(NotAction)])),
    resources: new Set(resources.map(filled)),
    variableResources: new Set(resources.filter(hasVariables)),
    services: namesOf('Service'),
    principals: new Set(named.flatMap(awsPrincipals)),
    canonicalUsers: namesOf('CanonicalUser'),
    identityProviders: namesOf('Federated'),
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
export const keysOf = memoize((statement: StatementJson): ReadonlySet<string> => {
  const conditions = Object.values(statement.Condition ?? {}).flatMap(keys => Object.entries(keys));
  const texts = [
    ...conditions.flatMap(([, value]) => asList(value)),
    ...asList(statement.Resource),
    ...asList(statement.NotResource),
  ];
  return new Set([...conditions.map(([key]) => key), ...texts.flatMap(variablesIn)].map(key => key.toLowerCase()));
});

/** The keys that the policy variables of a text name. */
export function variablesIn(text: unknown): readonly string[] {
  return [...String(text).matchAll(/\$\{\s*([^},\s*?$]+)/g)].map(([, key]) => key);
}

/** Whether a text has policy variables. */
export function hasVariables(text: string): boolean {
  return variablesIn(text).length > 0;
}

/** A comparison of a key with another one, by a policy variable. */
export interface VariableComparison {
  /** The name of the key that is compared, in lower case. */
  readonly name: string;
  /** The policy variable as the value has it. */
  readonly variable: string;
  readonly value: string;
}

/** The comparisons with a key by a policy variable that stands in the value once and alone. */
export function comparedWith({ keys }: Constants, key: string): readonly VariableComparison[] {
  return [...keys].flatMap(([name, { comparisons }]) =>
    comparisons.flatMap(({ value }) => {
      const variables = value.match(/\$\{[^}]*\}/g) ?? [];
      const isOfKey =
        variables.length === 1 && variablesIn(value).some(each => each.toLowerCase() === key.toLowerCase());
      return isOfKey ? [{ name, variable: variables[0], value }] : [];
    }),
  );
}

interface Found extends KeyConstants {
  readonly values: Set<string>;
  readonly comparisons: Comparison[];
}

function keyConstants(statements: readonly StatementJson[]): Map<string, KeyConstants> {
  const found = new Map<string, Found>();
  const entry = (name: string) => {
    const key = name.toLowerCase();
    const known = found.get(key) ?? {
      name,
      values: new Set(),
      comparisons: [],
      multiValued: hasMany(name, statements),
    };
    found.set(key, known);
    return known;
  };
  for (const statement of statements) {
    for (const [operator, keys] of Object.entries(statement.Condition ?? {})) {
      for (const [name, values] of Object.entries(keys)) {
        const constant = entry(name);
        const texts = /^Null$/i.test(operator) ? [] : asList(values).map(String);
        texts.forEach(text => addTo(constant, operator, text));
      }
    }
    keysOf(statement).forEach(entry);
  }
  return found;
}

function addTo({ values, comparisons }: Found, operator: string, value: string): void {
  comparisons.push({ operator: operator.replace(/^For(Any|All)Values?:|IfExists$/gi, ''), value });
  if (!value.includes('${')) {
    values.add(value);
  }
}

/** Whether a request may carry several values of a key: as AWS documents it, or as a set operator says. */
function hasMany(name: string, statements: readonly StatementJson[]): boolean {
  const cardinality = conditionKey(name)?.cardinality;
  return cardinality === undefined ? hasSetOperator(name.toLowerCase(), statements) : cardinality === 'many';
}

function hasSetOperator(key: string, statements: readonly StatementJson[]): boolean {
  return statements.some(({ Condition = {} }) =>
    Object.entries(Condition).some(
      ([operator, keys]) =>
        /^For(Any|All)Values?:/i.test(operator) && Object.keys(keys).some(each => each.toLowerCase() === key),
    ),
  );
}

function awsPrincipals(principal: PrincipalJson): readonly string[] {
  return typeof principal === 'string' ? [] : asList(principal.AWS).filter(each => each !== '*');
}

function filled(pattern: string): string {
  return pattern.replace(/\$\{([^}]*)\}/g, (_, reference: string) =>
    ['*', '?', '$'].includes(reference) ? reference : FRESH,
  );
}
