import { memoize } from '../base';

/** A place in a file, both counted from 1. */
export interface TextPosition {
  readonly line: number;
  readonly column: number;
}

/** The file that a template was read from. */
export interface TemplateSource {
  readonly file: string;
  /** Where something stands, by the keys and indexes that lead to it. */
  readonly positionOf: (path: ReadonlyArray<string | number>) => TextPosition | undefined;
}

/** A template in JSON; nothing is looked up before somebody asks. */
export function jsonSource(file: string, text: string): TemplateSource {
  const offsets = memoize((_: null) => jsonOffsets(text));
  return {
    file,
    positionOf: path => {
      const offset = offsets(null).get(path.join(SEPARATOR));
      return offset === undefined ? undefined : positionAt(text, offset);
    },
  };
}

/** The line and the column of a character. */
export function positionAt(text: string, offset: number): TextPosition {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}

const SEPARATOR = '\u0000';

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

interface Frame {
  readonly path: string;
  /** Absent in an object. */
  index?: number;
  key?: string;
}

/** Where each key and each element of valid JSON begins. */
function jsonOffsets(text: string): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const frames: Frame[] = [];
  const pathHere = () => {
    const frame = frames.at(-1);
    const key = frame?.index ?? frame?.key;
    return frame === undefined || key === undefined ? '' : join(frame.path, String(key));
  };
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    const frame = frames.at(-1);
    if (token === '}' || token === ']') {
      frames.pop();
    } else if (token === ',') {
      next(frame);
    } else if (token !== ':') {
      if (isKey(frame)) {
        frame.key = JSON.parse(token) as string;
      }
      const path = pathHere();
      found.set(path, found.get(path) ?? index);
      open(token, path, frames);
    }
  }
  return found;
}

function isKey(frame: Frame | undefined): frame is Frame {
  return frame !== undefined && frame.index === undefined && frame.key === undefined;
}

function next(frame: Frame | undefined): void {
  if (frame?.index !== undefined) {
    frame.index++;
  } else if (frame !== undefined) {
    frame.key = undefined;
  }
}

function open(token: string, path: string, frames: Frame[]): void {
  if (token === '{') {
    frames.push({ path });
  } else if (token === '[') {
    frames.push({ path, index: 0 });
  }
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}${SEPARATOR}${key}`;
}
