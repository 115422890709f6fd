/** Formulas of SMT-LIB, as text. */
export type Formula = string;

/** A text of a request: constants and variables in a row. */
export type Segment = string | { readonly variable: string };

/** What a key can be, each while its guard holds. */
export interface Alternative {
  readonly guard: Formula;
  readonly segments: readonly Segment[];
}

export const TRUE: Formula = 'true';
export const FALSE: Formula = 'false';

export function and(...parts: readonly Formula[]): Formula {
  const rest = [...new Set(parts.filter(part => part !== TRUE))];
  return rest.includes(FALSE)
    ? FALSE
    : rest.length === 0
      ? TRUE
      : rest.length === 1
        ? rest[0]
        : `(and ${rest.join(' ')})`;
}

export function or(...parts: readonly Formula[]): Formula {
  const rest = [...new Set(parts.filter(part => part !== FALSE))];
  return rest.includes(TRUE)
    ? TRUE
    : rest.length === 0
      ? FALSE
      : rest.length === 1
        ? rest[0]
        : `(or ${rest.join(' ')})`;
}

export function not(part: Formula): Formula {
  return part === TRUE ? FALSE : part === FALSE ? TRUE : `(not ${part})`;
}

/** A text as SMT-LIB writes it. */
export function quoted(text: string): string {
  return `"${[...text].map(each => (/[ !#-[\]-~]/.test(each) ? each : `\\u{${each.codePointAt(0)!.toString(16)}}`)).join('')}"`;
}

/** Constants and variables in a row, as one text. */
export function joined(segments: readonly Segment[]): string {
  const parts = segments.map(each => (typeof each === 'string' ? quoted(each) : each.variable));
  return parts.length === 0 ? '""' : parts.length === 1 ? parts[0] : `(str.++ ${parts.join(' ')})`;
}

/** How a pattern is compared. */
export interface Reading {
  readonly wildcards: boolean;
  readonly ignoreCase: boolean;
}

type Token = { readonly character: string } | 'star' | 'question';

/** Whether a text matches a pattern: what a policy compares with, in one of the readings. */
export function matches(pattern: string, reading: Reading, alternatives: readonly Alternative[]): Formula {
  const tokens = [...pattern].map((character): Token =>
    reading.wildcards && character === '*'
      ? 'star'
      : reading.wildcards && character === '?'
        ? 'question'
        : { character },
  );
  return or(...alternatives.map(({ guard, segments }) => and(guard, from(tokens, 0, segments, reading.ignoreCase))));
}

/** Each of the six parts on its own; `*` alone matches every ARN. */
export function matchesArn(pattern: string, alternatives: readonly Alternative[]): Formula {
  const parts = pattern === '*' ? ['*', '*', '*', '*', '*', '*'] : pattern.split(':');
  if (parts.length < 6) {
    return FALSE;
  }
  const six = [...parts.slice(0, 5), parts.slice(5).join(':')];
  return or(
    ...alternatives.map(({ guard, segments }) => {
      const actual = partsOf(segments);
      return actual.length < 6 ? FALSE : and(guard, ...six.map((part, index) => matchesPart(part, actual[index])));
    }),
  );
}

function matchesPart(pattern: string, segments: readonly Segment[]): Formula {
  return matches(pattern, { wildcards: true, ignoreCase: false }, [{ guard: TRUE, segments }]);
}

/** The six parts of an ARN, whose variables hold no colons. */
function partsOf(segments: readonly Segment[]): Segment[][] {
  const parts: Segment[][] = [[]];
  for (const segment of segments) {
    if (typeof segment !== 'string') {
      parts[parts.length - 1].push(segment);
      continue;
    }
    const pieces = segment.split(':');
    pieces.forEach((piece, index) => {
      if (index > 0 && parts.length < 6) {
        parts.push([]);
      } else if (index > 0) {
        parts[5].push(':');
      }
      parts[parts.length - 1].push(piece);
    });
  }
  return parts;
}

/** The tokens from one on match the segments. */
function from(tokens: readonly Token[], at: number, segments: readonly Segment[], ignoreCase: boolean): Formula {
  const [segment, ...rest] = segments;
  if (segment === undefined) {
    return tokens.slice(at).every(token => token === 'star') ? TRUE : FALSE;
  }
  if (typeof segment === 'string') {
    return or(...consume(tokens, at, segment, ignoreCase).map(next => from(tokens, next, rest, ignoreCase)));
  }
  const choices: Formula[] = [];
  for (let next = at; next <= tokens.length; next++) {
    const behind = from(tokens, next, rest, ignoreCase);
    if (behind !== FALSE) {
      const open = tokens[next] === 'star' ? ['star' as const] : [];
      choices.push(and(inRegion(segment.variable, [...tokens.slice(at, next), ...open], ignoreCase), behind));
    }
  }
  return or(...choices);
}

/** Where the tokens may stand behind a constant. */
function consume(tokens: readonly Token[], at: number, text: string, ignoreCase: boolean): readonly number[] {
  let states = closure(tokens, [at]);
  for (const character of text) {
    const next = states.flatMap(state => {
      const token = tokens[state];
      if (token === undefined) {
        return [];
      }
      if (token === 'star') {
        return [state];
      }
      return token === 'question' || same(token.character, character, ignoreCase) ? [state + 1] : [];
    });
    states = closure(tokens, next);
  }
  return states;
}

/** A star stands for nothing, too. */
function closure(tokens: readonly Token[], states: readonly number[]): readonly number[] {
  const all = new Set<number>();
  for (const state of states) {
    for (let each = state; !all.has(each); each++) {
      all.add(each);
      if (tokens[each] !== 'star') {
        break;
      }
    }
  }
  return [...all];
}

function same(one: string, other: string, ignoreCase: boolean): boolean {
  return ignoreCase ? one.toLowerCase() === other.toLowerCase() : one === other;
}

function inRegion(variable: string, tokens: readonly Token[], ignoreCase: boolean): Formula {
  if (!ignoreCase && tokens.every(token => typeof token === 'object')) {
    return `(= ${variable} ${quoted(tokens.map(token => (token as { character: string }).character).join(''))})`;
  }
  if (tokens.length === 1 && tokens[0] === 'star') {
    return TRUE;
  }
  return `(str.in_re ${variable} ${sequence(
    're.++',
    tokens.map(token => regionOf(token, ignoreCase)),
  )})`;
}

function regionOf(token: Token, ignoreCase: boolean): string {
  if (token === 'star') {
    return 're.all';
  }
  if (token === 'question') {
    return 're.allchar';
  }
  const forms = ignoreCase
    ? [...new Set([token.character.toLowerCase(), token.character.toUpperCase()])]
    : [token.character];
  return sequence(
    're.union',
    forms.map(form => `(str.to_re ${quoted(form)})`),
  );
}

function sequence(operator: string, parts: readonly string[]): string {
  return parts.length === 0 ? '(str.to_re "")' : parts.length === 1 ? parts[0] : `(${operator} ${parts.join(' ')})`;
}
