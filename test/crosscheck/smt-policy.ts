import { Alternative, and, FALSE, Formula, matches, matchesArn, not, or, Segment, TRUE } from './smt-text';

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

/** What statements are decided on. */
export interface SmtRequest {
  readonly action: string;
  readonly resource: readonly Segment[];
  /** By their names in lower case; a key that is not here is absent. */
  readonly keys: ReadonlyMap<string, Key>;
  /** Whether an element of `Principal` names the caller. */
  readonly names: (kind: 'AWS' | 'Service', value: string) => Formula;
}

/** Whether some statement of this effect applies. */
export function applies(effect: Statement['Effect'], policies: readonly Policy[], request: SmtRequest): Formula {
  const statements = policies.flatMap(({ Statement }) => Statement).filter(statement => statement.Effect === effect);
  return or(...statements.map(statement => holds(statement, request)));
}

function holds(statement: Statement, request: SmtRequest): Formula {
  const { Action, NotAction, Resource, NotResource } = statement;
  const action = (patterns: Many) => some(patterns, each => matches(each, WILD_IGNORING_CASE, [text(request.action)]));
  const resource = (patterns: Many) =>
    some(patterns, each => matches(each, WILD, [{ guard: TRUE, segments: request.resource }]));
  return and(
    Action === undefined ? not(action(NotAction ?? [])) : action(Action),
    Resource === undefined ? (NotResource === undefined ? TRUE : not(resource(NotResource))) : resource(Resource),
    principal(statement, request),
    ...Object.entries(statement.Condition ?? {}).flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, values]) =>
        condition(operator, request.keys.get(key.toLowerCase()), values, request),
      ),
    ),
  );
}

const WILD = { wildcards: true, ignoreCase: false };
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

function principal({ Principal }: Statement, { names }: SmtRequest): Formula {
  if (Principal === undefined || Principal === '*') {
    return TRUE;
  }
  return or(
    ...listOf(Principal.AWS ?? []).map(each => names('AWS', each)),
    ...listOf(Principal.Service ?? []).map(each => names('Service', each)),
  );
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
    return and(present, or(...each.map(({ guard, holds: one }) => and(guard, one))));
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
    return inRange(value.address, expected);
  }
  if ('flag' in value) {
    return expected.toLowerCase() === 'true' ? value.flag : not(value.flag);
  }
  return compareText(operator, value.texts, expected, request);
}

function compareText(operator: string, texts: readonly Alternative[], expected: string, request: SmtRequest): Formula {
  const variable = /^\$\{([^}]+)\}$/.exec(expected)?.[1];
  if (variable !== undefined) {
    return equalTexts(texts, request.keys.get(variable.toLowerCase()));
  }
  if (operator.startsWith('Arn')) {
    return matchesArn(expected, texts);
  }
  return matches(
    expected,
    { wildcards: operator.endsWith('Like'), ignoreCase: operator.includes('IgnoreCase') },
    texts,
  );
}

/** A policy variable without a value makes the comparison false. */
function equalTexts(texts: readonly Alternative[], other: Key | undefined): Formula {
  const value = other?.values[0]?.value;
  if (other === undefined || value === undefined || !('texts' in value)) {
    return FALSE;
  }
  const pairs = texts.flatMap(one =>
    value.texts.map(another =>
      and(one.guard, another.guard, `(= ${joined(one.segments)} ${joined(another.segments)})`),
    ),
  );
  return and(other.present, or(...pairs));
}

function joined(segments: readonly Segment[]): string {
  const parts = segments.map(each => (typeof each === 'string' ? `"${each}"` : each.variable));
  return parts.length === 1 ? parts[0] : `(str.++ ${parts.join(' ')})`;
}

function ordering(operator: string, variable: string, expected: string): Formula {
  const number = operator.startsWith('Date') ? Date.parse(expected) / 1000 : Number(expected);
  const constant = number < 0 ? `(- ${(-number).toFixed(3)})` : number.toFixed(3);
  const relation = { Equals: '=', LessThan: '<', LessThanEquals: '<=', GreaterThan: '>', GreaterThanEquals: '>=' }[
    operator.replace(/^(Numeric|Date)/, '')
  ];
  return `(${relation} ${variable} ${constant})`;
}

function inRange(variable: string, range: string): Formula {
  const [address, bits = '32'] = range.split('/');
  const base = address.split('.').reduce((sum, each) => sum * 256 + Number(each), 0);
  const size = 2 ** (32 - Number(bits));
  const first = Math.floor(base / size) * size;
  return `(and (>= ${variable} ${first}) (< ${variable} ${first + size}))`;
}
