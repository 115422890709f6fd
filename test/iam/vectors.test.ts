import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compare, DEFAULT_FILE, readVectors } from '../../scripts/vectors';

test('all 1,200 vectors are decided as the independent simulator decides them', () => {
  const vectors = readVectors(DEFAULT_FILE);
  expect(vectors).toHaveLength(1200);
  expect(compare(vectors)).toEqual([]);
});

describe('reading', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'vectors-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const read = (text: string) => {
    const file = join(folder, 'some.jsonl');
    writeFileSync(file, text);
    return readVectors(file);
  };
  const good = {
    request: {
      action: 's3:GetObject',
      resource: 'arn:aws:s3:::a/b',
      resourceAccount: '1',
      principal: 'anonymous',
      context: {},
    },
    identityPolicies: [],
    expect: 'ImplicitlyDenied',
  };

  test('a difference is listed with its line, both verdicts and the reason', () => {
    const differences = compare(read(`${JSON.stringify(good)}\n\n${JSON.stringify({ ...good, expect: 'Allowed' })}\n`));
    expect(differences).toEqual([
      { line: 3, expected: 'Allowed', got: 'ImplicitlyDenied', reason: 'no statement of the bucket policy allows it' },
    ]);
  });

  test('a bad line is named', () => {
    expect(() => read(`${JSON.stringify(good)}\n{oops\n`)).toThrow(/some\.jsonl:2: not valid JSON/);
    expect(() => read('{}\n')).toThrow(/some\.jsonl:1: 'request' needs action/);
    expect(() => read('null\n')).toThrow(/some\.jsonl:1: 'request'/);
    expect(() => read(JSON.stringify({ ...good, expect: 'Maybe' }))).toThrow(/'expect' needs to be one of/);
    expect(() => read(JSON.stringify({ ...good, request: { ...good.request, context: undefined } }))).toThrow(
      /'request.context'/,
    );
  });
});
