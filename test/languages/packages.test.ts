import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import library from '../../package.json';
import { dotnetProblems, xmlProblems } from '../../scripts/languages/dotnet';
import { packageFor } from '../../scripts/languages/packages';
import { availableLanguages, missingTools, requiredLanguages } from '../../scripts/languages/toolchains';
import { ROOT, packedLibrary, runIn } from '../support/packed';

jest.setTimeout(300_000);

const folders: string[] = [];

afterAll(() => folders.forEach(folder => rmSync(folder, { recursive: true })));

/** The hash of what npm packs of a folder. */
function packed(folder: string): string {
  const out = mkdtempSync(join(tmpdir(), 'twice-'));
  folders.push(out);
  runIn(folder, 'npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', out]);
  return createHash('sha256')
    .update(readFileSync(join(out, readdirSync(out)[0])))
    .digest('hex');
}

test('npm packs the same bytes twice, and from another folder at another time', () => {
  const unpacked = packedLibrary();
  const first = packed(ROOT);
  utimesSync(join(unpacked, 'package.json'), 1_000_000_000, 1_000_000_000);

  expect(packed(ROOT)).toBe(first);
  expect(packed(unpacked)).toBe(first);
});

describe('the .NET sources', () => {
  test('have every type and every member', () => {
    const folder = packageFor('dotnet');
    const types = Object.values<any>(JSON.parse(readFileSync(join(ROOT, '.jsii'), 'utf8')).types);

    expect(dotnetProblems(folder, types)).toEqual([]);
    expect(dotnetProblems(folder, [{ ...types[0], name: 'NotThere' }])).toEqual([
      expect.stringMatching(/NotThere\.cs is not there$/),
    ]);
    expect(dotnetProblems(folder, [{ name: 'Compute', kind: 'class', methods: [{ name: 'notThere' }] }])).toEqual([
      expect.stringContaining('Compute.cs has nothing like'),
    ]);
  });

  test('have what the example in C# uses', () => {
    const sources = join(packageFor('dotnet'), 'CdkPrivateEc2S3Access', 'CdkPrivateEc2S3Access');
    const example = readFileSync(join(ROOT, 'examples', 'quick-start', 'csharp', 'Program.cs'), 'utf8');
    const calls = [...example.matchAll(/\b(DataBucketSource|BucketAccess)\.(\w+)\(/g)].map(([, type, member]) => [
      type,
      `static .*\\b${member}\\(`,
    ]);
    const properties = [
      ['PrivateEc2S3AccessProps', 'DataBuckets'],
      ['NewDataBucketProps', 'Access'],
      ['PrivateEc2S3Access', 'Compute'],
      ['PrivateEc2S3Access', 'Role'],
      ['IComputeResources', 'Instance'],
    ].map(([type, name]) => [type, `[\\w>?\\]] ${name}\\s*\\{`]);

    expect(calls).toHaveLength(4);
    for (const [type, member] of [...calls, ...properties]) {
      expect(readFileSync(join(sources, `${type}.cs`), 'utf8')).toMatch(new RegExp(member));
    }
  });

  test.each([
    ['<a><b/></a>', []],
    ['<?xml version="1.0"?><a><!-- <c> --></a>', []],
    ['<a><b></a></b>', ['</a> closes another element']],
    ['<a><b></b>', ['<a> is not closed']],
  ])('are looked at as XML: %s', (xml, problems) => {
    expect(xmlProblems(xml)).toEqual(problems);
  });
});

describe('a missing toolchain', () => {
  const { PATH } = process.env;

  afterEach(() => {
    process.env.PATH = PATH;
    delete process.env.REQUIRE_LANGUAGES;
  });

  test('is named', () => {
    process.env.PATH = '/nowhere';

    expect(missingTools('java')).toEqual(['javac is not there', 'mvn is not there']);
  });

  test('is skipped, and said to be', () => {
    const said = jest.spyOn(console, 'warn').mockImplementation();
    process.env.PATH = '/nowhere';

    expect(availableLanguages()).toEqual([]);
    expect(said.mock.calls.flat()).toContain('SKIPPED go: go is not there');
    said.mockRestore();
  });

  test('is a failure where it is required', () => {
    process.env.PATH = '/nowhere';
    process.env.REQUIRE_LANGUAGES = 'go';

    expect(availableLanguages).toThrow('go is required: go is not there');
  });

  test('is required by its name', () => {
    process.env.REQUIRE_LANGUAGES = 'python, go';
    expect(requiredLanguages()).toEqual(['python', 'go']);
    process.env.REQUIRE_LANGUAGES = 'cobol';
    expect(requiredLanguages).toThrow('REQUIRE_LANGUAGES: got cobol, allowed: python, java, go');
  });
});

test('every project of the tests and examples names the lowest version of the CDK that is supported', () => {
  const projects = [
    'test/languages/java/pom.xml',
    'test/languages/go/go.mod',
    'examples/quick-start/java/pom.xml',
    'examples/quick-start/go/go.mod',
    'examples/quick-start/python/requirements.txt',
    'examples/quick-start/csharp/QuickStart.csproj',
  ];
  for (const file of projects) {
    expect(readFileSync(join(ROOT, file), 'utf8')).toContain(library.devDependencies['aws-cdk-lib']);
  }
});
