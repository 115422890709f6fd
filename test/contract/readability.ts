/** How easy a page is to read. */
export interface Readability {
  readonly sentences: number;
  /** Words in a sentence. */
  readonly mean: number;
  readonly longest: number;
  /** The sentences of more words than are allowed. */
  readonly long: string[];
}

/** Measures the prose of pages: paragraphs, items of lists, cells of tables; no code, no headings. */
export function readabilityOf(pages: readonly string[], mostWords: number): Readability {
  const sentences = pages.flatMap(sentencesOf);
  const lengths = sentences.map(wordsOf);
  return {
    sentences: sentences.length,
    mean: lengths.reduce((sum, length) => sum + length, 0) / sentences.length,
    longest: Math.max(...lengths),
    long: sentences.filter(sentence => wordsOf(sentence) > mostWords),
  };
}

/** The sentences of a page. What stands in code counts as one word, and so does an id or a URL. */
export function sentencesOf(page: string): string[] {
  return piecesOf(page)
    .map(plain)
    .flatMap(piece => piece.split(/(?<=[.!?]\)?)\s+(?=[A-Z`"(])/))
    .filter(sentence => wordsOf(sentence) > 0);
}

function piecesOf(page: string): string[] {
  return page
    .replace(/^ *```[^]*?^ *```$/gm, '\n')
    .replace(/^#+ .*$/gm, '\n')
    .replace(/^\|[-| :]+\|$/gm, '')
    .replace(/^\|(.*)\|$/gm, (_, row: string) => `\n${row.split(/(?<!\\)\|/).join('\n\n')}\n`)
    .replace(/^ *(?:[-*]|\d+\.) /gm, '\n')
    .split(/\n\s*\n/)
    .map(piece => piece.replace(/\s+/g, ' ').trim())
    .filter(piece => piece !== '');
}

const plain = (text: string): string =>
  text
    .replace(/`[^`]*`/g, '`code`')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\*\*/g, '');

const wordsOf = (sentence: string): number => sentence.split(' ').filter(word => /[\p{L}\p{N}]/u.test(word)).length;
