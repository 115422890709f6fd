import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serverTemplate } from './server-template';
import { run } from '../../src/cli/run';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'formats-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

function written(name: string, content: unknown): string {
  const file = join(folder, name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

function prove(...args: string[]) {
  const [out, err]: string[][] = [[], []];
  const status = run(
    ['prove', ...args],
    line => out.push(line),
    line => err.push(line),
  );
  return { status, out: out.join('\n'), err: err.join('\n') };
}

const server = (change?: Parameters<typeof serverTemplate>[0]) => written('server.json', serverTemplate(change));

test('SARIF has the parts that the schema requires, and a rule and a place for each result', () => {
  const { status, out } = prove(server(), '--format', 'sarif');
  const { version, $schema, runs } = JSON.parse(out);
  const [{ tool, results }] = runs;
  expect([status, version, runs.length]).toEqual([1, '2.1.0', 1]);
  expect($schema).toMatch(/sarif-2\.1\.0\.json$/);
  expect(tool.driver).toEqual(expect.objectContaining({ name: 'cdk-private-ec2-s3-access', rules: expect.anything() }));
  expect(results.length).toBeGreaterThan(3);
  for (const { ruleId, ruleIndex, level, message, locations, partialFingerprints } of results) {
    expect(tool.driver.rules[ruleIndex].id).toBe(ruleId);
    expect(['error', 'warning']).toContain(level);
    expect(message.text).toMatch(/ Fix: /);
    expect(locations[0].physicalLocation.artifactLocation.uri).toMatch(/server\.json$/);
    expect(locations[0].physicalLocation.region.startLine).toBeGreaterThan(0);
    expect(Object.values(partialFingerprints)).toEqual([expect.stringContaining(ruleId)]);
  }
});

test('JUnit counts what it has: a case for each finding and for each property that holds', () => {
  const { out } = prove(server(), '--format', 'junit');
  const [, tests, failures] = /<testsuites name="[^"]+" tests="(\d+)" failures="(\d+)"/.exec(out) ?? [];
  expect(out.match(/<testcase /g)).toHaveLength(Number(tests));
  expect(out.match(/<failure /g)).toHaveLength(Number(failures));
  expect(Number(failures)).toBeGreaterThan(3);
  expect(out).toMatch(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuites [^]*<\/testsuites>$/);
  expect(out.replaceAll(/<\/?[a-z-]+( [a-z]+="[^"<]*")*\s*\/?>|<\?xml[^>]*\?>/g, '')).not.toMatch(/[<>]/);
});

describe('a baseline', () => {
  test('leaves out what it has, and lets only what is new fail', () => {
    const before = written('before.json', prove(server(), '--json').out);
    expect(prove(server(), '--baseline', before)).toMatchObject({
      status: 0,
      out: expect.stringMatching(/^no findings /m),
    });

    const open = server(({ Resources }) => {
      Resources.Server.Properties.UserData = {
        'Fn::Base64': 'export AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMIK7MDENGbPxRfiCYzzzzzzzzKEYa',
      };
    });
    const { status, out } = prove(open, '--baseline', before);
    expect([status, out.match(/^error .*/gm)]).toEqual([1, [expect.stringMatching(/^error {3}temporary-credentials/)]]);
  });

  test('that is none is refused', () => {
    const { status, err } = prove(server(), '--baseline', written('odd.json', {}));
    expect([status, err]).toEqual([
      1,
      expect.stringMatching(/baseline: got .*, fix: make it with prove --json > FILE/),
    ]);
  });
});

describe('a file of acknowledgements', () => {
  test('accepts a finding on one resource, with its reason', () => {
    const file = written('accepted.json', [{ id: 'instance-metadata', on: 'Server', reason: 'an old agent' }]);
    const { out } = prove(server(), '--acknowledge', file);
    expect(out).toMatch(/^accepted {2}instance-metadata on Server: "an old agent"$/m);
    expect(out).not.toMatch(/^error {3}instance-metadata/m);
  });

  test.each([
    [{ id: 'instance-metdata', on: 'Server', reason: 'x' }, /\[0\]\.id: got "instance-metdata"/],
    [{ id: 'instance-metadata', on: 'Server' }, /\[0\]\.reason: got ""/],
  ])('that says %j is refused', (entry, says) => {
    expect(prove(server(), '--acknowledge', written('accepted.json', [entry])).err).toMatch(says);
  });
});

describe('expected requests', () => {
  const ALLOWED = { action: 's3:GetObject', resource: 'Files/a', from: 'internet', expect: 'allowed' };
  const DENIED = { who: 'anonymous', action: 's3:GetObject', resource: 'Files/a', from: 'internet', expect: 'denied' };
  const expected = (...all: readonly object[]) =>
    prove(
      server(),
      '--baseline',
      written('before.json', prove(server(), '--json').out),
      '--expect',
      written('expected.json', all),
    );

  test('that come out as they should are fine', () => {
    expect(expected(ALLOWED, DENIED)).toMatchObject({
      status: 0,
      out: expect.stringMatching(/^2 of 2 requests come out as expected$/m),
    });
  });

  test('that come out otherwise fail, with the reason', () => {
    const { status, out } = expected(ALLOWED, { ...ALLOWED, expect: 'denied' });
    expect(status).toBe(1);
    expect(out).toMatch(
      /^error {3}expected denied {2}.*Server.*\n {2}workload, from internet: s3:GetObject on Files\/a: /m,
    );
  });

  test('about nothing that is here fail', () => {
    expect(expected({ ...ALLOWED, workload: 'Elsewhere' })).toMatchObject({
      status: 1,
      out: expect.stringMatching(/1 of 1 requests are about no workload/),
    });
  });
});

describe('what is not in the template', () => {
  const withParameter = () =>
    server(template => {
      template.Parameters = { Owner: { Type: 'String', Default: 'team' } };
      template.Resources.Files.Properties = { BucketName: { 'Fn::Sub': 'files-of-${Owner}-${AWS::Region}' } };
    });

  test('is taken from the options', () => {
    const parameters = written('parameters.json', [{ ParameterKey: 'Owner', ParameterValue: 'finance' }]);
    const { out } = prove(
      withParameter(),
      '--region',
      'eu-west-1',
      '--account',
      '111122223333',
      '--parameters',
      parameters,
    );
    expect(out).toContain('files-of-finance-eu-west-1');
  });

  test('is assumed where nobody gives it and it bears on something, and only there', () => {
    const { out } = prove(
      server(template => {
        template.Parameters = {
          Size: { Type: 'String', Default: 't3.micro' },
          Owner: { Type: 'String', Default: 'team' },
        };
        template.Resources.Server.Properties.InstanceType = { Ref: 'Size' };
        template.Resources.Files.Properties = { BucketName: { Ref: 'Owner' } };
      }),
    );
    expect(out.match(/^assumed {3}parameter .*/gm)).toEqual([expect.stringContaining('Owner')]);
  });
});
