import { App, Stack } from 'aws-cdk-lib';
import { AnyPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { PrivateEc2S3Access } from '../../src';
import { quickStart } from '../support/scenarios';
import { validated } from '../support/validated';

const QUIET = 'CDK_PRIVATE_EC2_S3_ACCESS_QUIET';

/** What the synthesis of an app writes to stderr. */
function written(define: (app: App) => unknown, quiet?: string): string {
  const before = process.env[QUIET];
  const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    process.env[QUIET] = quiet ?? '';
    validated(define);
    return write.mock.calls.map(([text]) => String(text)).join('');
  } finally {
    process.env[QUIET] = before;
    write.mockRestore();
  }
}

const two = (app: App) => {
  quickStart(new Stack(app, 'Training'));
  quickStart(new Stack(app, 'Testing'), {}, 'Other');
};

test('a green synthesis says in a line for each construct what holds', () => {
  const lines = written(two).trimEnd().split('\n');
  const pattern =
    /^cdk-private-ec2-s3-access {2}(.+) {2}only the intended path is open: \d\d properties hold, \d+ assumptions \(prove lists them\)$/;
  expect(lines.map(line => pattern.exec(line)?.[1])).toEqual(['Training/App', 'Testing/Other']);
});

test('it is silent where that is wanted', () => {
  expect(written(two, '1')).toBe('');
});

test('it is no line of a synthesis that is not green', () => {
  const open = (access: PrivateEc2S3Access) =>
    access
      .dataBucket('UserData')
      .addToResourcePolicy(
        new PolicyStatement({ principals: [new AnyPrincipal()], actions: ['s3:*'], resources: ['*'] }),
      );
  expect(written(app => open(quickStart(new Stack(app, 'Training'))))).toBe('');
});
