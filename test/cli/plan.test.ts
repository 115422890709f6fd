import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AnyTemplate, serverTemplate } from './server-template';
import { run } from '../../src/cli/run';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plan-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

function plan(workload: string, change?: (template: AnyTemplate) => void): string {
  const file = join(folder, 'server.json');
  writeFileSync(file, JSON.stringify(serverTemplate(change)));
  const printed: string[] = [];
  const print = (line: string) => void printed.push(line);
  run(['prove', file, '--plan', workload], print, print);
  return printed.join('\n');
}

const granting = (Action: string[], Resource: unknown) => (template: AnyTemplate) => {
  template.Resources.Role.Properties.Policies[0].PolicyDocument.Statement = [{ Effect: 'Allow', Action, Resource }];
};

test.each<[string, string[], unknown, string]>([
  ['reads', ['s3:GetObject'], { 'Fn::Sub': '${Files.Arn}/*' }, 'BucketAccess.readOnly()'],
  ['writes', ['s3:PutObject'], { 'Fn::Sub': '${Files.Arn}/in/*' }, "BucketAccess.writeOnly('in/')"],
  ['does both', ['s3:GetObject', 's3:PutObject'], { 'Fn::Sub': '${Files.Arn}/*' }, 'BucketAccess.readWrite()'],
  ['may do all', ['s3:*'], { 'Fn::Sub': '${Files.Arn}/*' }, 'BucketAccess.readWrite()'],
])('the construct for a role that %s', (_, actions, resource, access) => {
  expect(plan('Server', granting(actions, resource)).split('\n')).toEqual([
    "import { BucketAccess, DataBucketSource, PrivateEc2S3Access } from 'cdk-private-ec2-s3-access';",
    '',
    "new PrivateEc2S3Access(this, 'Server', {",
    '  dataBuckets: {',
    `    Files: DataBucketSource.create({ access: [${access}] }),`,
    '  },',
    '});',
  ]);
});

test('another workload is refused with those that there are', () => {
  expect(plan('Sever')).toMatch(/workload: got "Sever", allowed: Server, fix: name one of them/);
});
