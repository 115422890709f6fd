// eslint-disable-next-line import/no-extraneous-dependencies -- scripts/bundle.ts makes it part of the package
import { Alias, Document, isMap, isScalar, isSeq, LineCounter, Node, parseDocument, Scalar, YAMLMap } from 'yaml';
import type { Json } from './json';
import type { TemplateSource, TextPosition } from './template-source';

/** What is wrong with a text that is not YAML. */
export interface YamlProblem {
  readonly problem: string;
  readonly position: TextPosition;
}

/** With aliases, a short text can be a very large document. */
const MOST_NODES = 100_000;

/** A text in YAML, with the short forms of CloudFormation's functions in their long forms. */
export function parseYaml(
  text: string,
  file: string,
): { readonly value: Json; readonly source: TemplateSource } | YamlProblem {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, logLevel: 'silent', merge: true });
  const positionAt = (offset: number): TextPosition => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const [error] = document.errors;
  if (error !== undefined) {
    return { problem: error.message.split(' at line ')[0].split('\n')[0], position: positionAt(error.pos[0]) };
  }
  const reader = new Reader(document);
  try {
    const value = reader.valueOf(document.contents);
    return { value, source: { file, positionOf: path => reader.positionOf(path, positionAt) } };
  } catch (problem) {
    return { problem: (problem as Error).message, position: { line: 1, column: 1 } };
  }
}

/** Turns the nodes of a document into values. */
class Reader {
  private nodes = 0;

  constructor(private readonly document: Document) {}

  public valueOf(given: unknown): Json {
    if (this.nodes++ > MOST_NODES) {
      throw new Error('aliases that make the document too large');
    }
    const node = this.resolved(given);
    const value = this.plain(node);
    const tag = node?.tag;
    return tag === undefined || !/^![A-Za-z]/.test(tag) ? value : longForm(tag.slice(1), value);
  }

  public positionOf(
    path: ReadonlyArray<string | number>,
    positionAt: (offset: number) => TextPosition,
  ): TextPosition | undefined {
    let node: Node | undefined = this.document.contents ?? undefined;
    let offset = 0;
    for (const key of path) {
      const found = this.step(node, key);
      if (found === undefined) {
        return undefined;
      }
      [node, offset] = found;
    }
    return positionAt(offset);
  }

  private step(given: unknown, key: string | number): readonly [Node | undefined, number] | undefined {
    const node = this.resolved(given);
    if (isMap(node)) {
      const pair = node.items.find(each => textOf(each.key) === String(key));
      const start = (pair?.key as Node | undefined)?.range?.[0];
      return start === undefined ? undefined : [pair?.value as Node, start];
    }
    const item = isSeq(node) ? (node.items[Number(key)] as Node | undefined) : undefined;
    return item?.range ? [item, item.range[0]] : undefined;
  }

  private resolved(node: unknown): Node | undefined {
    return node instanceof Alias ? (node.resolve(this.document) as Node | undefined) : (node as Node | undefined);
  }

  private plain(node: Node | undefined): Json {
    if (isMap(node)) {
      return this.object(node);
    }
    if (isSeq(node)) {
      return node.items.map(each => this.valueOf(each));
    }
    return isScalar(node) ? scalar(node) : null;
  }

  private object(node: YAMLMap): Json {
    const entries = node.items.flatMap(({ key, value }): Array<readonly [string, Json]> => {
      const read = this.valueOf(value);
      const isMerge = textOf(key) === '<<' && typeof read === 'object' && read !== null && !Array.isArray(read);
      return isMerge ? Object.entries(read) : [[textOf(key), read]];
    });
    return Object.fromEntries(entries);
  }
}

function textOf(key: unknown): string {
  return isScalar(key) ? (key.source ?? String(key.value)) : String(key);
}

/** Numbers as they are written where they are another text then: an account may begin with zeros. */
function scalar({ value, source }: Scalar): Json {
  if (typeof value === 'number' || typeof value === 'bigint') {
    return source !== undefined && String(value) !== source ? source : Number(value);
  }
  return typeof value === 'boolean' || value === null ? value : String(value);
}

/** `!Ref` and `!Condition` have no prefix in their long form; `!GetAtt` has a list there. */
function longForm(name: string, value: Json): Json {
  if (name === 'Ref' || name === 'Condition') {
    return { [name]: value };
  }
  if (name === 'GetAtt' && typeof value === 'string') {
    const [logicalId, ...attribute] = value.split('.');
    return { 'Fn::GetAtt': [logicalId, attribute.join('.')] };
  }
  return { [`Fn::${name}`]: value };
}
