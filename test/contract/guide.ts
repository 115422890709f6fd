import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ROOT } from '../support/packed';

/** Pages that a script writes, or that are for those who work on the library. */
const NOT_OF_THE_GUIDE = ['RULES.md', 'policy-rules.md'];

/** README and guide by the names of their files. */
export const GUIDE: ReadonlyMap<string, string> = new Map(
  [
    'README.md',
    ...readdirSync(join(ROOT, 'docs'))
      .filter(name => name.endsWith('.md') && !NOT_OF_THE_GUIDE.includes(name))
      .map(name => join('docs', name))
      .sort(),
  ].map(name => [basename(name), readFileSync(join(ROOT, name), 'utf8')]),
);

/** A block of code in a page. */
export interface Block {
  readonly language: string;
  /** How jsii-rosetta is told to compile it, such as `nofixture`. */
  readonly info: string;
  readonly code: string;
  /** The line of its first fence, from 1. */
  readonly line: number;
}

/** The blocks of code of a page, in order. */
export function blocksOf(page: string): Block[] {
  return [...page.matchAll(/^```(\w+) ?(.*)\n([^]*?)^```$/gm)].map(({ 1: language, 2: info, 3: code, index }) => ({
    language,
    info,
    code,
    line: page.slice(0, index).split('\n').length,
  }));
}
