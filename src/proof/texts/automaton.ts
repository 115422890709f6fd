import { Characters, otherCase } from './characters';

/** A set of texts: what a finite automaton accepts. States are numbers, `0` is where it starts. */
export interface Automaton {
  /** The moves of each state. */
  readonly states: ReadonlyArray<readonly Move[]>;
  readonly accepting: ReadonlySet<number>;
}

/** From a state to another, with one of these characters. */
export interface Move {
  readonly characters: Characters;
  readonly to: number;
}

/** A part of an automaton: it adds its states behind some that are there, and says where it ends. */
export type Part = (states: Move[][], begin: readonly number[]) => readonly number[];

/** The texts that a part describes, from their beginning to their end. */
export function automaton(part: Part): Automaton {
  const states: Move[][] = [[]];
  const ends = part(states, [0]);
  return { states, accepting: new Set(ends) };
}

/** One of these characters. */
export function one(characters: Characters): Part {
  return (states, begin) => {
    const end = states.push([]) - 1;
    begin.forEach(state => states[state].push({ characters, to: end }));
    return [end];
  };
}

/** Any number of these characters, at least as many as said. */
export function many(characters: Characters, least = 0): Part {
  return (states, begin) => {
    const start = times(one(characters), least)(states, begin);
    const loop = states.push([{ characters, to: states.length }]) - 1;
    start.forEach(state => states[state].push({ characters, to: loop }));
    return [...start, loop];
  };
}

/** The same part as often as said. */
export function times(part: Part, count: number): Part {
  return sequence(...Array.from({ length: count }, () => part));
}

/** One part after the other. */
export function sequence(...parts: readonly Part[]): Part {
  return (states, begin) => parts.reduce((ends, part) => part(states, ends), begin);
}

/** One of the parts. */
export function either(...parts: readonly Part[]): Part {
  return (states, begin) => [...new Set(parts.flatMap(part => part(states, begin)))];
}

/** The same part any number of times; it is not empty. */
export function repeated(part: Part): Part {
  return (states, begin) => {
    const known = begin.map(state => states[state].length);
    const ends = part(states, begin);
    const first = begin.flatMap((state, index) => states[state].slice(known[index]));
    ends.forEach(state => states[state].push(...first));
    return [...begin, ...ends];
  };
}

/** This text, in this case. */
export function literal(text: string): Part {
  return sequence(...[...text].map(character => one(new Set([character]))));
}

/** How a pattern is read. */
export interface PatternOptions {
  /** Whether capital letters are the same as small ones. */
  readonly ignoreCase?: boolean;
  /** Whether `*` and `?` are characters like others. */
  readonly exact?: boolean;
  /** What `*` and `?` stand for; any character unless said otherwise. */
  readonly wildcard?: Characters;
}

/** The texts that a pattern of IAM matches: `*` is any text, `?` one character. */
export function pattern(text: string, { ignoreCase, exact, wildcard = 'any' }: PatternOptions = {}): Part {
  const part = (character: string): Part => {
    if (!exact && character === '*') {
      return many(wildcard);
    }
    if (!exact && character === '?') {
      return one(wildcard);
    }
    return one(new Set(ignoreCase ? [character, otherCase(character)] : [character]));
  };
  return sequence(...[...text].map(part));
}
