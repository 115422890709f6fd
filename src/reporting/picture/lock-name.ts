import { line } from './text';

/** The name of a lock, above it. */
export function lockName(x: number, y: number, words: readonly string[]): string {
  return words
    .map((word, index) =>
      line(x, y - 24 - (words.length - 1 - index) * 15, word, { size: 13, className: 'kt halo', anchor: 'middle' }),
    )
    .join('');
}
