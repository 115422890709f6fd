import type { Automaton } from './automaton';
import { named, unnamed } from './characters';
import { Walk } from './walk';
import { memoize } from '../../base';

/** Texts of a domain that some sets do not tell apart, by one of them. */
export interface Cell {
  readonly witness: string;
  /** Which of the sets it is in. */
  readonly memberOf: readonly boolean[];
}

/** How many points of the walk are looked at before it is given up. */
const MOST_POINTS = 200_000;

interface Point {
  /** Where each automaton is. */
  readonly places: readonly number[];
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
  const walks = [domain, ...sets].map(walkOf);
  const spare = unnamed(new Set([domain, ...sets].flatMap(charactersOf)));
  const start: Point = { places: walks.map(() => Walk.START), text: '' };
  const cells = new Map<string, Cell>();
  const seen = new Set([start.places.join()]);
  const points = [start];
  for (const { places, text } of points) {
    if (walks[0].accepts(places[0])) {
      const memberOf = walks.slice(1).map((walk, index) => walk.accepts(places[index + 1]));
      const cell = memberOf.join();
      cells.set(cell, cells.get(cell) ?? { witness: text, memberOf });
    }
    const characters = new Set([...spare, ...walks.flatMap((walk, index) => walk.named(places[index]))]);
    for (const next of reached(walks, places, characters, seen)) {
      points.push({ places: next.places, text: text + next.text });
    }
    if (cells.size > most || points.length > MOST_POINTS) {
      return undefined;
    }
  }
  return [...cells.values()];
}

/** Whether a text is one of those that an automaton accepts. */
export function includes(automaton: Automaton, text: string): boolean {
  const walk = walkOf(automaton);
  return walk.accepts([...text].reduce((place, character) => walk.next(place, character), Walk.START));
}

/** The places that one more character leads to, as far as they are in the domain and not seen yet. */
function reached(
  walks: readonly Walk[],
  places: readonly number[],
  characters: ReadonlySet<string>,
  seen: Set<string>,
): readonly Point[] {
  const found: Point[] = [];
  for (const character of characters) {
    if (walks[0].next(places[0], character) >= 0) {
      const next = walks.map((walk, index) => walk.next(places[index], character));
      const key = next.join();
      if (!seen.has(key)) {
        seen.add(key);
        found.push({ places: next, text: character });
      }
    }
  }
  return found;
}

const walkOf = memoize((automaton: Automaton) => new Walk(automaton));

const charactersOf = memoize(({ states }: Automaton): readonly string[] => [
  ...new Set(states.flatMap(moves => moves.flatMap(({ characters }) => named(characters)))),
]);
