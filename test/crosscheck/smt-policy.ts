import { Alternative, and, FALSE, Formula, joined, matches, matchesArn, not, or, Segment, TRUE } from './smt-text';

/** A policy as JSON. */
export interface Policy {
  readonly Version?: string;
  readonly Statement: readonly Statement[];
}

export interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: '*' | { readonly AWS?: Many; readonly Service?: Many };
  readonly NotPrincipal?: { readonly AWS?: Many };
  readonly Action?: Many;
  readonly NotAction?: Many;
  readonly Resource?: Many;
  readonly NotResource?: Many;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, Many>>>>;
}

export type Many = string | readonly string[];

/** One value of a context key. */
export type Value =
  | { readonly texts: readonly Alternative[] }
  /** A variable of sort Real: numbers, and dates in seconds. */
  | { readonly real: string }
  /** A variable of sort Int: an IPv4 address. */
  | { readonly address: string }
  | { readonly flag: string };

/** A context key of the request: when it is there, and its values, each with the guard that there are so many. */
export interface Key {
  readonly present: Formula;
  readonly values: ReadonlyArray<{ readonly guard: Formula; readonly value: Value }>;
}

/** By how much an element of `Principal` names the caller: what an Allow is worth depends on it. */
export interface Naming {
  /** The caller itself. */
  readonly direct: Formula;
  /** The role of the session. */
  readonly role: Formula;
  /** The account of the caller. */
  readonly account: Formula;
}

/** What statements are decided on. */
export interface SmtRequest {
  readonly action: string;
  readonly resource: readonly Segment[];
  /** By their names in lower case; a key that is not here is absent. */
  readonly keys: ReadonlyMap<string, Key>;
  /** How an element of `Principal` names the caller; `*` names everybody. */
  readonly names: (kind: 'AWS' | 'Service', value: string) => Naming;
}

/**
 * Whether some statement of this effect applies.
 *
 * @param level if given, its `Principal` has to name the caller so
 */
export function applies(
  effect: Statement['Effect'],
  policies: readonly Policy[],
  request: SmtRequest,
  level?: keyof Naming,
): Formula {
  const statements = policies.flatMap(({ Statement }) => Statement).filter(statement => statement.Effect === effect);
  return or(...statements.map(statement => holds(statement, request, level)));
}

function holds(statement: Statement, request: SmtRequest, level: keyof Naming | undefined): Formula {
  const { Action, NotAction } = statement;
  const action = (patterns: Many) => some(patterns, each => matches(each, WILD_IGNORING_CASE, [text(request.action)]));
  return and(
    Action === undefined ? not(action(NotAction ?? [])) : action(Action),
    resource(statement, request),
    principal(statement, request, level),
    ...Object.entries(statement.Condition ?? {}).flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, values]) =>
        condition(operator, request.keys.get(key.toLowerCase()), values, request),
      ),
    ),
  );
}

const WILD_IGNORING_CASE = { wildcards: true, ignoreCase: true };

function text(constant: string): Alternative {
  return { guard: TRUE, segments: [constant] };
}

function listOf(values: Many): readonly string[] {
  return typeof values === 'string' ? [values] : values;
}

function some(values: Many, holding: (value: string) => Formula): Formula {
  return or(...listOf(values).map(holding));
}

function principal({ Principal }: Statement, { names }: SmtRequest, level: keyof Naming | undefined): Formula {
  if (Principal === undefined || Principal === '*') {
    return level === undefined || level === 'direct' ? TRUE : FALSE;
  }
  const named = [
    ...listOf(Principal.AWS ?? []).map(each => names('AWS', each)),
    ...listOf(Principal.Service ?? []).map(each => names('Service', each)),
  ];
  return or(...named.map(each => (level === undefined ? or(each.direct, each.role, each.account) : each[level])));
}

/** A pattern with a variable that has no value covers nothing, and leaves nothing to a `NotResource`. */
function resource({ Resource, NotResource }: Statement, request: SmtRequest): Formula {
  const whole = [{ guard: TRUE, segments: request.resource }];
  const covered = (patterns: Many) => some(patterns, each => compareText('StringLike', whole, each, request));
  if (Resource !== undefined) {
    return covered(Resource);
  }
  if (NotResource === undefined) {
    return TRUE;
  }
  return and(...listOf(NotResource).map(each => hasValues(each, request)), not(covered(NotResource)));
}

/**
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html, with IfExists
 * and Null; https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
 */
function condition(name: string, key: Key | undefined, expected: Many, request: SmtRequest): Formula {
  const present = key?.present ?? FALSE;
  if (name === 'Null') {
    return some(expected, each => (each === 'true' ? not(present) : present));
  }
  const [, quantifier, base, ifExists] = /^(?:For(Any|All)Values?:)?(.*?)(IfExists)?$/.exec(name)!;
  const negated = base.includes('Not');
  const operator = base.replace('Not', '');
  const equal = (value: Value) => some(expected, each => compare(operator, value, each, request));
  const each = (key?.values ?? []).map(({ guard, value }) => ({
    guard,
    holds: negated ? not(equal(value)) : equal(value),
  }));
  if (quantifier === 'Any') {
    const absent = ifExists === undefined ? FALSE : not(present);
    return or(absent, and(present, or(...each.map(({ guard, holds: one }) => and(guard, one)))));
  }
  if (quantifier === 'All') {
    return or(not(present), and(...each.map(({ guard, holds: one }) => or(not(guard), one))));
  }
  const absent = ifExists !== undefined || negated ? TRUE : FALSE;
  return or(and(not(present), absent), and(present, each[0]?.holds ?? FALSE));
}

function compare(operator: string, value: Value, expected: string, request: SmtRequest): Formula {
  if ('real' in value) {
    return ordering(operator, value.real, expected);
  }
  if ('address' in value) {
    const variable = variableIn(expected);
    return variable === undefined ? inRange(value.address, expected) : sameAddress(value.address, variable, request);
  }
  if ('flag' in value) {
    return expected.toLowerCase() === 'true' ? value.flag : not(value.flag);
  }
  return compareText(operator, value.texts, expected, request);
}

function compareText(operator: string, texts: readonly Alternative[], expected: string, request: SmtRequest): Formula {
  const wildcards = !operator.startsWith('StringEquals');
  const variable = variableIn(expected);
  if (variable !== undefined) {
    return withVariable(texts, variable, wildcards, request);
  }
  if (operator.startsWith('Arn')) {
    return matchesArn(expected, texts);
  }
  return matches(expected, { wildcards, ignoreCase: operator.includes('IgnoreCase') }, texts);
}

/** A text with one policy variable: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html */
interface Variable {
  readonly before: string;
  readonly key: string;
  readonly fallback?: string;
  readonly after: string;
}

function variableIn(value: string): Variable | undefined {
  const found = /^(.*?)\$\{\s*([^},\s]+)\s*(?:,\s*'([^']*)'\s*)?\}(.*)$/.exec(value);
  return found === null ? undefined : { before: found[1], key: found[2], fallback: found[3], after: found[4] };
}

function hasValues(pattern: string, { keys }: SmtRequest): Formula {
  const variable = variableIn(pattern);
  return variable === undefined || variable.fallback !== undefined
    ? TRUE
    : (keys.get(variable.key.toLowerCase())?.present ?? FALSE);
}

/** A variable without a value and without a default makes the comparison false. */
function withVariable(
  texts: readonly Alternative[],
  { before, key: name, fallback, after }: Variable,
  wildcards: boolean,
  { keys }: SmtRequest,
): Formula {
  const open = wildcards && after.endsWith('*');
  const end = open ? after.slice(0, -1) : after;
  if (/\$\{/.test(end) || (wildcards && /[*?]/.test(before + end))) {
    throw new Error(`a policy variable between wildcards is not written as a formula: ${before}\${${name}}${after}`);
  }
  const around = (segments: readonly Segment[]) => joined([before, ...segments, end].filter(each => each !== ''));
  const same = (segments: readonly Segment[]) =>
    or(
      ...texts.map(({ guard, segments: actual }) =>
        and(guard, `(${open ? 'str.prefixof' : '='} ${around(segments)} ${joined(actual)})`),
      ),
    );
  const key = keys.get(name.toLowerCase());
  const value = key?.values[0]?.value;
  const present = value !== undefined && 'texts' in value ? key!.present : FALSE;
  const alternatives = value !== undefined && 'texts' in value ? value.texts : [];
  return or(
    and(present, or(...alternatives.map(({ guard, segments }) => and(guard, same(segments))))),
    and(not(present), fallback === undefined ? FALSE : same([fallback])),
  );
}

function sameAddress(address: string, { key: name }: Variable, { keys }: SmtRequest): Formula {
  const key = keys.get(name.toLowerCase());
  const value = key?.values[0]?.value;
  return key === undefined || value === undefined || !('address' in value)
    ? FALSE
    : and(key.present, `(= ${address} ${value.address})`);
}

function ordering(operator: string, variable: string, expected: string): Formula {
  const relation = { Equals: '=', LessThan: '<', LessThanEquals: '<=', GreaterThan: '>', GreaterThanEquals: '>=' }[
    operator.replace(/^(Numeric|Date)/, '')
  ];
  return `(${relation} ${variable} ${real(operator.startsWith('Date') ? secondsOf(expected) : Number(expected))})`;
}

/** A moment in seconds since 1970. */
export function secondsOf(date: string): number {
  return /^\d+(\.\d+)?$/.test(date) ? Number(date) : Date.parse(date) / 1000;
}

/** A number as SMT-LIB writes reals. */
export function real(number: number): string {
  return number < 0 ? `(- ${(-number).toFixed(3)})` : number.toFixed(3);
}

/** An IPv4 address as a number. */
export function addressOf(address: string): number {
  return address.split('.').reduce((sum, each) => sum * 256 + Number(each), 0);
}

function inRange(variable: string, range: string): Formula {
  const [address, bits = '32'] = range.split('/');
  const size = 2 ** (32 - Number(bits));
  const first = Math.floor(addressOf(address) / size) * size;
  return `(and (>= ${variable} ${first}) (< ${variable} ${first + size}))`;
}
