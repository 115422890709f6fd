import { escapeMarkup, readableText } from '../text';

/** Widths of characters in a wide font, in parts of its size: what fits there, fits in any usual font. */
const WIDTHS: ReadonlyArray<readonly [characters: RegExp, width: number]> = [
  [/[iljI.,:;|'!()[\]`´]/, 0.4],
  [/[frt\-/ \\]/, 0.42],
  [/[mwMW@%…—]/, 1],
  [/[A-Z&#<>=+~^]/, 0.84],
  [/[a-z0-9_"$*?{}]/, 0.645],
  [/[\u0080-\u024f]/, 0.8],
];

const WIDE = 1.35;

/** How wide a text is at most. */
export function widthOf(text: string, size: number, isBold = false): number {
  const width = [...text].reduce(
    (sum, character) => sum + (WIDTHS.find(([characters]) => characters.test(character))?.[1] ?? WIDE),
    0,
  );
  return width * size * (isBold ? 1.13 : 1);
}

/** The lines of a text that is no wider than it may be: broken at spaces, else after delimiters, else anywhere. */
export function wrap(text: string, most: number, size: number, isBold = false): string[] {
  const fits = (words: string) => widthOf(words.trimEnd(), size, isBold) <= most;
  const lines: string[] = [];
  let current = '';
  const add = (piece: string) => {
    if (current !== '' && !fits(current + piece)) {
      lines.push(current.trimEnd());
      current = '';
    }
    current += piece;
  };
  for (const word of readableText(text).split(/(?<=\s)/)) {
    if (fits(word)) {
      add(word);
    } else {
      if (current !== '') {
        lines.push(current.trimEnd());
      }
      current = '';
      pieces(word, fits).forEach(add);
    }
  }
  return [...lines, current.trimEnd()].filter(each => each !== '');
}

/** The parts of a word that may stand alone, each narrow enough. */
function pieces(word: string, fits: (part: string) => boolean): string[] {
  return word.split(/(?<=[-/._:])|(?<=[a-z0-9])(?=[A-Z])/).flatMap(part => (fits(part) ? [part] : [...part]));
}

/** How a text looks. */
export interface TextStyle {
  readonly size?: number;
  readonly className?: string;
  readonly anchor?: 'middle';
}

/** One line of text. */
export function line(
  x: number,
  y: number,
  text: string,
  { size = 15, className = '', anchor }: TextStyle = {},
): string {
  const look = className === '' ? '' : ` class="${className}"`;
  const place = anchor === undefined ? '' : ` text-anchor="${anchor}"`;
  return `<text x="${round(x)}" y="${round(y)}" font-size="${size}"${look}${place}>${escapeMarkup(text)}</text>`;
}

/** A number with few digits. */
export function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** A line of a block of text. */
export interface BlockLine {
  readonly text: string;
  readonly size: number;
  readonly className: string;
}

/** Texts below each other, each wrapped. */
export function block(
  texts: ReadonlyArray<readonly [text: string | undefined, kind: 'title' | 'text' | 'note']>,
  width: number,
): BlockLine[] {
  return texts.flatMap(([text, kind]) => {
    const [size, className] = kind === 'title' ? [16, 'b'] : kind === 'text' ? [14, ''] : [14, 'n'];
    return text === undefined || text === ''
      ? []
      : wrap(text, width, size, kind === 'title').map(each => ({ text: each, size, className }));
  });
}

/** How high a block is. */
export function heightOf(lines: readonly BlockLine[]): number {
  return lines.reduce((sum, { size }) => sum + size * LINE, 0);
}

/** A block, drawn with its top at a height. */
export function drawBlock(lines: readonly BlockLine[], x: number, top: number, anchor?: 'middle'): string {
  let y = top;
  return lines
    .map(({ text, size, className }) => {
      y += size * LINE;
      return line(x, y - size * 0.3, text, { size, className, anchor });
    })
    .join('');
}

const LINE = 1.25;
