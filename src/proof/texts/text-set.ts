import { arnPattern } from './arn-pattern';
import { Automaton, automaton, literal, Part, pattern, sequence } from './automaton';
import { cellsOf, includes } from './cells';
import type { Characters } from './characters';
import { memoize } from '../../base';

/** A set of texts that policies tell apart from others: one text, or those that a pattern matches. */
export interface TextSet {
  /** The text, where it is only one. */
  readonly only?: string;
  /** Absent where no text is like the pattern. */
  readonly automaton?: Automaton;
}

/** How many cells one attribute may have. */
export const MOST_CELLS = 4096;

const NO_COLON: Characters = { without: ':' };

/** One text. */
export const exactly = memoize((text: string): TextSet => ({ only: text, automaton: automaton(literal(text)) }));

/** The texts that are like a pattern. */
export const like = memoize((text: string): TextSet =>
  /[*?]/.test(text) ? { automaton: automaton(pattern(text)) } : exactly(text),
);

/** The ARNs that are like a pattern, part by part. */
export const arnLike = memoize((text: string): TextSet => {
  const part = arnPattern(text);
  return /[*?]/.test(text) || part === undefined ? { automaton: part && automaton(part) } : exactly(text);
});

/** The texts that are like a pattern, whatever the case of their letters. */
export const ignoringCase = memoize((text: string): TextSet => ({
  automaton: automaton(pattern(text, { ignoreCase: true, exact: true })),
}));

/** The ARNs of `iam` and `sts` in an account whose number is like a pattern. */
export const inAccount = memoize((account: string): TextSet => arnsWith('arn:*:*:*:', account, ':*'));

/** The ARNs whose last part, behind a beginning, is like a pattern. */
export const endingWith = memoize((beginning: string): ((text: string) => TextSet) =>
  memoize((text: string) => arnsWith(`arn:*:*:*:*:${beginning}`, text, '')),
);

/** The pattern `before` reaches over no colon, and that in the middle over none either if something follows it. */
function arnsWith(before: string, middle: string, behind: string): TextSet {
  const within: Part = pattern(middle, behind === '' ? {} : { wildcard: NO_COLON });
  return { automaton: automaton(sequence(pattern(before, { wildcard: NO_COLON }), within, pattern(behind))) };
}

/**
 * A text of the domain for each cell of the partition that the sets make of it.
 *
 * A single text is a cell of its own, so that only patterns have to be searched for others. What is known at
 * deployment only is taken to be of the domain.
 *
 * @param preferred texts that are rather taken than others of their cells
 * @returns `undefined` where there are too many cells
 */
export function witnessesOf(
  domain: Automaton,
  sets: readonly TextSet[],
  preferred: readonly string[] = [],
): readonly string[] | undefined {
  const distinct = [...new Set(sets)];
  const single = distinct
    .flatMap(({ only }) => only ?? [])
    .filter(text => text.includes('<') || includes(domain, text));
  const patterns = distinct.filter(({ only }) => only === undefined);
  const better = preferred.filter(text => !single.includes(text) && includes(domain, text));
  return searched(domain, patterns, single, better);
}

function searched(
  domain: Automaton,
  patterns: readonly TextSet[],
  single: readonly string[],
  preferred: readonly string[],
): Witnesses {
  const automata = patterns.flatMap(each => each.automaton ?? []);
  const liked = new Map(preferred.map(text => [automata.map(each => includes(each, text)).join(), text]));
  const cells = cellsOf(domain, automata, MOST_CELLS);
  const found = cells?.map(({ witness, memberOf }) => liked.get(memberOf.join()) ?? witness);
  const taken = found?.filter(each => single.includes(each)) ?? [];
  if (taken.length === 0) {
    return found && [...single, ...found];
  }
  const apart = taken.map(text => ({ automaton: automaton(literal(text)) }));
  return searched(
    domain,
    [...patterns, ...apart],
    single.filter(each => !taken.includes(each)),
    preferred,
  );
}

type Witnesses = readonly string[] | undefined;
