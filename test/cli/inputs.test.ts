import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serverTemplate } from './server-template';
import { makePageScript } from '../../scripts/page-script';
import { run } from '../../src/cli/run';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'inputs-'));
});

beforeAll(() => Object.assign(globalThis, { PAGE_SCRIPT: makePageScript() }));

afterEach(() => rmSync(folder, { recursive: true }));

function written(name: string, content: unknown): string {
  const file = join(folder, name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

function ran(...args: string[]): { readonly status: number; readonly out: string } {
  const out: string[] = [];
  const print = (line: string) => void out.push(line);
  const status = run(args, print, print);
  return { status, out: out.join('\n') };
}

/** The server in one template, its bucket in another. */
function apart(bucket: unknown): { readonly server: unknown; readonly data: unknown } {
  const { Resources } = serverTemplate(template => {
    template.Resources.Role.Properties.Policies[0].PolicyDocument.Statement[0].Resource = {
      'Fn::Join': ['', [bucket, '/*']],
    };
  });
  const { Files, ...rest } = Resources;
  const Outputs = { Arn: { Value: { 'Fn::GetAtt': ['Files', 'Arn'] }, Export: { Name: 'files-arn' } } };
  return { server: { Resources: rest }, data: { Resources: { Files }, Outputs } };
}

test.each<[string, unknown]>([
  ['an export', { 'Fn::ImportValue': 'files-arn' }],
  ['Fn::GetStackOutput', { 'Fn::GetStackOutput': { StackName: 'data', OutputName: 'Arn' } }],
])('templates that are deployed together see each other through %s', (_, bucket) => {
  const { server, data } = apart(bucket);
  const paths = [written('server.json', server), written('data.json', data)];
  for (const given of [paths, [folder]]) {
    const { findings } = JSON.parse(ran('prove', ...given, '--json').out);
    expect(findings).toContainEqual(
      expect.objectContaining({
        id: 'closed[objects-outside-endpoint]',
        places: [expect.objectContaining({ stack: 'data', logicalId: 'Files' })],
      }),
    );
  }
});

describe('a folder with a file that is broken', () => {
  const broken = () => written('broken.json', '{\n  "Resources": {,}\n}');

  test('is looked at all the same, and the file is named with its place', () => {
    broken();
    written('server.json', serverTemplate());
    const { status, out } = ran('prove', folder);
    expect(status).toBe(1);
    expect(out).toMatch(/^error {3}closed\[objects-outside-endpoint] {2}Files/m);
    expect(out.replaceAll(/\s+/g, ' ')).toMatch(/not read: .*broken\.json:2:\d+: /);
  });

  test('fails where nothing else is found', () => {
    broken();
    written('server.json', serverTemplate());
    const before = written('before.txt', ran('prove', join(folder, 'server.json'), '--json').out);
    expect(ran('prove', join(folder, 'server.json'), '--baseline', before).status).toBe(0);
    expect(ran('prove', folder, '--baseline', before).status).toBe(1);
  });

  test('is refused where it is the only one', () => {
    broken();
    expect(ran('prove', folder)).toEqual({ status: 1, out: expect.stringMatching(/broken\.json:2:\d+: text: got /) });
  });
});

test('report takes several paths, and a folder, as prove does', () => {
  const { server, data } = apart({ 'Fn::ImportValue': 'files-arn' });
  const paths = [written('server.json', server), written('data.json', data)];
  for (const given of [paths, [folder]]) {
    const { status, out } = ran('report', ...given, '--out', join(folder, 'out'));
    expect([status, out.match(/\.html$/gm)?.length]).toEqual([0, 1]);
    rmSync(join(folder, 'out'), { recursive: true });
  }
});
