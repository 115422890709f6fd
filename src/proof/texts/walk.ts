import type { Automaton } from './automaton';
import { contains, named } from './characters';

/** Where an automaton is after a text: the states that it may be in. */
interface Place {
  readonly states: readonly number[];
  readonly accepts: boolean;
  /** The characters that the moves from here name. */
  readonly named: readonly string[];
  readonly next: Map<string, number>;
}

/** A walk through an automaton, in which each place is looked at once. The place in which nothing can follow is `-1`. */
export class Walk {
  /** Where every walk begins. */
  public static readonly START = 0;

  private readonly places: Place[] = [];
  private readonly known = new Map<string, number>();

  constructor(private readonly automaton: Automaton) {
    this.placeOf([0]);
  }

  public accepts(place: number): boolean {
    return place >= 0 && this.places[place].accepts;
  }

  /** The characters that are told apart from others at a place. */
  public named(place: number): readonly string[] {
    return place < 0 ? [] : this.places[place].named;
  }

  /** Where a character leads. */
  public next(from: number, character: string): number {
    if (from < 0) {
      return from;
    }
    const { next, states } = this.places[from];
    const known = next.get(character);
    if (known !== undefined) {
      return known;
    }
    const moves = states.flatMap(state => this.automaton.states[state]);
    const reached = new Set(moves.filter(({ characters }) => contains(characters, character)).map(({ to }) => to));
    const place = this.placeOf([...reached].sort((one, other) => one - other));
    next.set(character, place);
    return place;
  }

  private placeOf(states: readonly number[]): number {
    if (states.length === 0) {
      return -1;
    }
    const key = states.join();
    const known = this.known.get(key);
    if (known !== undefined) {
      return known;
    }
    const moves = states.flatMap(state => this.automaton.states[state]);
    this.places.push({
      states,
      accepts: states.some(state => this.automaton.accepting.has(state)),
      named: [...new Set(moves.flatMap(({ characters }) => named(characters)))],
      next: new Map(),
    });
    this.known.set(key, this.places.length - 1);
    return this.places.length - 1;
  }
}
