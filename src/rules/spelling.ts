/** The word that somebody probably meant, whatever the case of its letters; `undefined` if none is near enough. */
export function nearest(word: string, words: readonly string[]): string | undefined {
  const wanted = word.toLowerCase();
  const atMost = Math.max(2, Math.floor(wanted.length / 5));
  const ranked = words
    .map(each => ({ each, far: distance(wanted, each.toLowerCase(), atMost) }))
    .filter(({ far }) => far <= atMost)
    .sort((one, other) => one.far - other.far);
  return ranked[0]?.each ?? longestBeginning(wanted, words);
}

/**
 * The same word, or the one that differs by one letter, whatever its case: one that is inserted, missing, replaced, or exchanged with
 * its neighbour.
 */
export function oneLetterAway(word: string, words: readonly string[]): string | undefined {
  const far = (each: string) => distance(word.toLowerCase(), each.toLowerCase(), 1);
  return words.find(each => far(each) === 0) ?? words.find(each => far(each) === 1);
}

/** What a word begins with. */
function longestBeginning(wanted: string, words: readonly string[]): string | undefined {
  return words
    .filter(each => each.length > 7 && wanted.startsWith(each.toLowerCase()))
    .sort((one, other) => other.length - one.length)[0];
}

/**
 * How many letters have to be inserted, removed, replaced or exchanged with their neighbour; anything over the limit
 * is as far as it gets.
 */
function distance(from: string, to: string, limit: number): number {
  if (Math.abs(from.length - to.length) > limit) {
    return limit + 1;
  }
  let [before, row]: number[][] = [[], Array.from({ length: to.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const replaced = row[j - 1] + (from[i - 1] === to[j - 1] ? 0 : 1);
      const exchanged =
        i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1] ? before[j - 2] + 1 : limit + 1;
      next.push(Math.min(replaced, row[j] + 1, next[j - 1] + 1, exchanged));
    }
    [before, row] = [row, next];
  }
  return row[to.length];
}
