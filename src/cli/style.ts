/** How wide a line is at the most. */
export const WIDTH = 120;

const CODES = { bold: [1, 22], dim: [2, 22], red: [31, 39], yellow: [33, 39], green: [32, 39] } as const;

/** What a text looks like. */
export type Style = keyof typeof CODES;

/** Gives a text a style, or leaves it as it is. */
export type Paint = (style: Style, text: string) => string;

/** For a pipe, and where `NO_COLOR` is set. */
export const PLAIN: Paint = (_, text) => text;

/** For a terminal. */
export const COLORED: Paint = (style, text) => {
  const [on, off] = CODES[style];
  return text === '' ? text : `\u001b[${on}m${text}\u001b[${off}m`;
};

/**
 * The lines of a text behind a label.
 *
 * @param label what stands before the first line; the others are indented as far
 * @param text words between spaces; a word that is longer than a line stays whole
 */
export function labelled(label: string, text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && label.length + last.length + 1 + word.length <= WIDTH) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else {
      lines.push(word);
    }
  }
  return lines.map((line, index) => `${index === 0 ? label : ' '.repeat(label.length)}${line}`);
}

/** A count with its noun. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}
