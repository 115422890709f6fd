import { existsSync, readFileSync } from 'fs';
import { Json } from './json';
import { jsonSource, positionAt, TemplateSource, TextPosition } from './template-source';
import { refuse } from '../base';

/** Loaded for a file that is not in JSON only. */
// eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would load it at once
const yaml = () => require('./yaml') as typeof import('./yaml');

/** The name of the standard input. */
export const STANDARD_INPUT = '-';

/** What is in a file, and where. */
export interface ParsedFile {
  readonly value: Json;
  readonly source: TemplateSource;
}

/** Reads a file, or the standard input, that has to be in UTF-8. */
export function textOfFile(file: string): string {
  const bytes = readFileSync(file === STANDARD_INPUT ? 0 : file);
  const encoding = ENCODINGS.find(({ mark }) => mark.every((byte, index) => bytes[index] === byte));
  if (encoding !== undefined) {
    const { name, fix } = encoding;
    refuse(`${file}:1:1`, [{ prop: 'encoding', got: name, allowed: 'UTF-8 without a byte order mark', fix }]);
  }
  return bytes.toString('utf8');
}

const UTF_16_FIX = 'save it in UTF-8, for example with iconv -f UTF-16 -t UTF-8';

const ENCODINGS: ReadonlyArray<{ readonly mark: readonly number[]; readonly name: string; readonly fix: string }> = [
  { mark: [0xef, 0xbb, 0xbf], name: 'a byte order mark', fix: 'save it without, since CloudFormation refuses it' },
  { mark: [0xff, 0xfe], name: 'UTF-16', fix: UTF_16_FIX },
  { mark: [0xfe, 0xff], name: 'UTF-16', fix: UTF_16_FIX },
  { mark: [0x7b, 0x00], name: 'UTF-16', fix: UTF_16_FIX },
  { mark: [0x00, 0x7b], name: 'UTF-16', fix: UTF_16_FIX },
];

/** A text in JSON or, with CloudFormation's short forms, in YAML. */
export function parseText(text: string, file: string): ParsedFile {
  if (text.trim() === '') {
    const fix = 'give the template, or the directory of the cloud assembly (cdk.out)';
    refuse(file, [{ prop: 'template', got: 'an empty file', allowed: 'a CloudFormation template', fix }]);
  }
  const json = tryJson(text);
  if (!('error' in json)) {
    return { value: json.value, source: jsonSource(file, text) };
  }
  const parsed = yaml().parseYaml(text, file);
  if ('problem' in parsed) {
    const isJson = /^\s*[{[]/.test(text);
    return refuseAt(file, parsed.position, isJson ? 'JSON' : 'YAML', parsed.problem);
  }
  return parsed;
}

/** What is in a file that somebody wrote for the command. */
export function readData(file: string): Json {
  if (!existsSync(file)) {
    refuse(file, [{ prop: 'file', got: file, allowed: 'an existing file', fix: 'correct the path' }]);
  }
  return parseText(textOfFile(file), file).value;
}

/** A file of JSON that a tool wrote. */
export function parseJson(text: string, file: string, allowed: string): Json {
  const json = tryJson(text);
  if ('error' in json) {
    const parsed = yaml().parseYaml(text, file);
    const [position, problem] =
      'problem' in parsed ? [parsed.position, parsed.problem] : [positionIn(json.error, text), json.error];
    return refuseAt(file, position, allowed, problem);
  }
  return json.value;
}

function refuseAt(file: string, { line, column }: TextPosition, language: string, problem: string): never {
  return refuse(`${file}:${line}:${column}`, [
    { prop: 'text', got: problem, allowed: `valid ${language}`, fix: 'correct what is there, or make the file again' },
  ]);
}

function tryJson(text: string): { readonly value: Json } | { readonly error: string } {
  try {
    return { value: JSON.parse(text) as Json };
  } catch (error) {
    return { error: (error as Error).message };
  }
}

function positionIn(message: string, text: string): TextPosition {
  const offset = /position (\d+)/.exec(message)?.[1];
  return offset === undefined ? { line: 1, column: 1 } : positionAt(text, Number(offset));
}
