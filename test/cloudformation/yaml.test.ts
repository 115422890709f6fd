import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readAssembly } from '../../src/cloudformation';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yaml-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

function read(content: string | Buffer, name = 'app.yaml') {
  const file = join(folder, name);
  writeFileSync(file, content);
  return readAssembly(file).stacks[0];
}

const errorOf = (content: string | Buffer, name?: string): string => {
  try {
    read(content, name);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
};

const BUCKET = (value: string) =>
  `Resources:\n  Data:\n    Type: AWS::S3::Bucket\n    Properties:\n      X: ${value}\n`;

test.each<[string, unknown]>([
  ['!Ref Other', { Ref: 'Other' }],
  ['!GetAtt Other.Arn', { 'Fn::GetAtt': ['Other', 'Arn'] }],
  ['!GetAtt [Other, Arn]', { 'Fn::GetAtt': ['Other', 'Arn'] }],
  ["!Sub '${Other.Arn}/*'", { 'Fn::Sub': '${Other.Arn}/*' }],
  ['!Sub ["${A}/*", {A: !Ref B}]', { 'Fn::Sub': ['${A}/*', { A: { Ref: 'B' } }] }],
  ['!If [IsProd, !Ref A, !Ref "AWS::NoValue"]', { 'Fn::If': ['IsProd', { Ref: 'A' }, { Ref: 'AWS::NoValue' }] }],
  ['!Join ["", [a, !Ref B]]', { 'Fn::Join': ['', ['a', { Ref: 'B' }]] }],
  ['!ImportValue shared', { 'Fn::ImportValue': 'shared' }],
  ['!Base64 |\n        #!/bin/sh\n        true', { 'Fn::Base64': '#!/bin/sh\ntrue\n' }],
  ['012345678901', '012345678901'],
  ['2012-10-17', '2012-10-17'],
  ['yes', 'yes'],
  ['true', true],
  ['3', 3],
])('%s', (value, means) => {
  expect(read(BUCKET(value)).template.Resources.Data.Properties?.X).toEqual(means);
});

test('anchors and merged maps are what they name', () => {
  const { template } = read(`${BUCKET('&it {a: 1}')}      Y: *it\n      Z: {<<: *it, b: 2}\n`);
  expect(template.Resources.Data.Properties).toEqual({ X: { a: 1 }, Y: { a: 1 }, Z: { a: 1, b: 2 } });
});

test('resources and statements have their lines', () => {
  const { source } = read(BUCKET('{a: 1}'));
  expect(source?.positionOf(['Resources', 'Data'])).toEqual({ line: 2, column: 3 });
  expect(source?.positionOf(['Resources', 'Data', 'Properties', 'X'])).toEqual({ line: 5, column: 7 });
  expect(source?.positionOf(['Resources', 'Nothing'])).toBeUndefined();
});

describe('what is broken is told with its line and column', () => {
  test.each<[string, string | Buffer, RegExp]>([
    ['YAML', 'Resources:\n  Data:\n    Type: "AWS::S3::Bucket\n', /:\d+:\d+: text: got .*, allowed: valid YAML/],
    [
      'two keys of one name',
      'Resources:\n  A: {Type: T}\n  A: {Type: T}\n',
      /:3:3: text: got "Map keys must be unique/,
    ],
    ['JSON', '{\n  "Resources": {\n    "A" {\n', /:3:\d+: text: got .*, allowed: valid JSON/],
    ['a byte order mark', '\ufeffResources: {}\n', /:1:1: encoding: got "a byte order mark"/],
    ['UTF-16', Buffer.from('\ufeffResources: {}\n', 'utf16le'), /:1:1: encoding: got "UTF-16".*iconv/],
    ['nothing', '\n', /template: got "an empty file"/],
    ['a document that is too large', `${bomb()}`, /aliases that make the document too large|Excessive alias/],
  ])('%s', (_, content, says) => {
    expect(errorOf(content)).toMatch(says);
  });
});

/** Nine lists of nine of the list before. */
function bomb(): string {
  const lists = Array.from(
    { length: 9 },
    (_, level) => `L${level + 1}: &l${level + 1} [${Array(9).fill(`*l${level}`)}]`,
  );
  return `Resources: {}\nL0: &l0 [x]\n${lists.join('\n')}\n`;
}
