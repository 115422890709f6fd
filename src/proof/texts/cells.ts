import type { Automaton } from './automaton';
import { Characters, contains, named, unnamed } from './characters';

/** Texts of a domain that some sets do not tell apart, by one of them. */
export interface Cell {
  readonly witness: string;
  /** Which of the sets it is in. */
  readonly memberOf: readonly boolean[];
}

/** How many states are looked at before the search is given up. */
const MOST_STATES = 200_000;

/** A point of the walk through all automata at once: for each the states that it may be in; a dead one is in none. */
type Point = ReadonlyArray<readonly number[]>;

interface Visit {
  readonly point: Point;
  readonly text: string;
}

/**
 * The partition that some sets of texts make of a domain: a witness, one of the shortest, for each cell that is not
 * empty. It walks through the product of the automata.
 *
 * @param domain the texts that there are
 * @param sets the sets that tell texts apart
 * @param most how many cells are found at most
 * @returns `undefined` where there are more cells, or where they are not found within the limit of the walk
 */
export function cellsOf(domain: Automaton, sets: readonly Automaton[], most: number): readonly Cell[] | undefined {
  const automata = [domain, ...sets];
  const spare = unnamed(new Set(automata.flatMap(charactersOf)));
  const start: Visit = { point: automata.map(() => [0]), text: '' };
  const cells = new Map<string, Cell>();
  const seen = new Set([keyOf(start.point)]);
  const visits = [start];
  for (const { point, text } of visits) {
    const [inDomain, ...memberOf] = automata.map(({ accepting }, index) =>
      point[index].some(state => accepting.has(state)),
    );
    const cell = memberOf.join();
    if (inDomain && !cells.has(cell)) {
      cells.set(cell, { witness: text, memberOf });
    }
    for (const character of new Set([...nextOf(automata, point), ...spare])) {
      const next = automata.map((each, index) => step(each, point[index], character));
      const key = keyOf(next);
      if (next[0].length > 0 && !seen.has(key)) {
        seen.add(key);
        visits.push({ point: next, text: text + character });
      }
    }
    if (cells.size > most || visits.length > MOST_STATES) {
      return undefined;
    }
  }
  return [...cells.values()];
}

function keyOf(point: Point): string {
  return point.map(states => states.join('.')).join();
}

function step({ states }: Automaton, from: readonly number[], character: string): readonly number[] {
  if (from.length === 0) {
    return from;
  }
  const reached = new Set<number>();
  for (const state of from) {
    states[state].forEach(({ characters, to }) => contains(characters, character) && reached.add(to));
  }
  return reached.size < 2 ? [...reached] : [...reached].sort((one, other) => one - other);
}

/** The characters that some automaton names where it is now. */
function nextOf(automata: readonly Automaton[], point: Point): readonly string[] {
  return automata.flatMap(({ states }, index) =>
    point[index].flatMap(state => states[state].flatMap(({ characters }) => named(characters))),
  );
}

function charactersOf({ states }: Automaton): readonly string[] {
  return states.flatMap(moves =>
    moves.flatMap(({ characters }: { readonly characters: Characters }) => named(characters)),
  );
}
