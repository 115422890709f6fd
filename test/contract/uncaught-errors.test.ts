import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ConsumerProject, consumerProject, packedLibrary } from '../support/packed';

/**
 * The longest line that Node.js may print before an error: it shows the line of source that throws. Code ends its lines
 * before, and only texts are longer than its limit of 120.
 */
const LONGEST_LINE = 400;

let project: ConsumerProject;

beforeAll(() => {
  project = consumerProject();
});

afterAll(() => rmSync(project.directory, { recursive: true, force: true }));

/** What Node.js prints when an app of the project ends with an error that nobody catches. */
function firstScreen(props: string): string[] {
  const program = `
    const { App, Stack } = require('aws-cdk-lib');
    const { BucketAccess, DataBucketSource, PrivateEc2S3Access } = require('cdk-private-ec2-s3-access');
    new PrivateEc2S3Access(new Stack(new App(), 'Training'), 'App', {
      dataBuckets: { Datasets: DataBucketSource.create(${props}) },
    });`;
  writeFileSync(join(project.directory, 'app.js'), program);
  const { status, stderr } = spawnSync(process.execPath, ['app.js'], { cwd: project.directory, encoding: 'utf8' });
  expect(status).toBe(1);
  return stderr.split('\n').slice(0, 25);
}

test.each([
  [
    'a value',
    "{ access: [BucketAccess.readOnly('datasets')] }",
    /^Error: BucketAccess\.readOnly: prefix: got "datasets"/,
  ],
  [
    'a prop',
    "{ access: [BucketAccess.readWrite()], bucketName: 'Data' }",
    /^Error: DataBucketSource\.create: bucketName: got "Data"/,
  ],
  ['a type', '{ access: undefined }', /^Error: DataBucketSource\.create: access: got nothing/],
])('the first screen of an error that nobody catches is the error: %s', (_, props, error) => {
  const lines = firstScreen(props);

  expect(lines.slice(0, 6)).toContainEqual(expect.stringMatching(error));
  expect(
    lines
      .slice(
        0,
        lines.findIndex(line => error.test(line)),
      )
      .join('\n').length,
  ).toBeLessThan(2 * LONGEST_LINE);
});

test('no line of code in the package is long', () => {
  const folder = join(packedLibrary(), 'lib');
  const code = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.js'));
  const long = code.filter(name => {
    const lines = readFileSync(join(folder, name), 'utf8').split('\n');
    return lines.some(line => line.length > LONGEST_LINE);
  });

  expect(code).toHaveLength(5);
  expect(long).toEqual([]);
});
