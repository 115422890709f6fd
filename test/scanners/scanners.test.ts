import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Scan, ScannedStack, scanStacks } from './scan';
import { ACCEPTED } from '../../src/private/accepted-findings';
import {
  containerHost,
  everyAwsOwnedBucket,
  everyOption,
  existingBucket,
  instancesElsewhere,
  listedNames,
  quickStart,
  s3ManagedThroughInterface,
  spotFleet,
  windowsServer,
} from '../support/scenarios';

const PLUGINS = ['AwsSolutions', 'NIST.800.53.R5', 'cdk-validator-cfnguard'];
const REGIONS = ['us-east-1', 'cn-north-1', 'us-gov-west-1'];

const IN_EACH_REGION = { quickStart, listedNames, everyAwsOwnedBucket, spotFleet, windowsServer };
const WITHOUT_REGION = {
  quickStart,
  listedNames,
  everyOption,
  existingBucket,
  s3ManagedThroughInterface,
  spotFleet,
  windowsServer,
  containerHost,
  instancesElsewhere,
};

const STACKS: Readonly<Record<string, ScannedStack>> = {
  ...Object.fromEntries(Object.entries(WITHOUT_REGION).map(([id, define]) => [id, { define }])),
  ...Object.fromEntries(
    REGIONS.flatMap(region =>
      Object.entries(IN_EACH_REGION).map(([id, define]) => [
        `${id}-${region}`,
        { define, props: { env: { account: '111122223333', region } } },
      ]),
    ),
  ),
};

const isIn = (stack: string) => (path: string) => new RegExp(`^${stack}[./]`).test(path);

describe('public scanners', () => {
  let clean: Scan;
  let faulty: Scan;

  beforeAll(() => {
    clean = scanStacks(STACKS);
    faulty = scanStacks({ Planted: { define: plantFault }, Widened: { define: widenRole } });
  });

  test.each(Object.keys(STACKS))('find nothing that is not accepted: %s', stack => {
    expect(clean.raw.map(({ where }) => where).filter(isIn(stack))).not.toEqual([]);
    expect(clean.findings.filter(({ constructPaths }) => constructPaths.some(isIn(stack)))).toEqual([]);
  });

  test('find nothing anywhere that is not accepted, and come to their end', () => {
    expect(clean.findings).toEqual([]);
    expect(clean.conclusions).toEqual(Object.fromEntries(PLUGINS.map(plugin => [plugin, 'success'])));
  });

  test.each(PLUGINS)('%s finds a planted fault', plugin => {
    expect(
      faulty.findings.filter(
        finding => finding.plugin === plugin && finding.constructPaths.includes('Planted/PublicBucket'),
      ),
    ).not.toEqual([]);
  });

  test('still find a wildcard that the user adds to the role', () => {
    expect(faulty.findings.filter(({ constructPaths }) => constructPaths.some(isIn('Widened')))).toEqual([
      {
        plugin: 'AwsSolutions',
        rule: 'AwsSolutions-IAM5[Resource::*]',
        constructPaths: ['Widened/App/Role/Policies/Policy'],
      },
    ]);
  });

  test('report every finding that is accepted', () => {
    const reported = new Set(clean.raw.map(({ id }) => id));

    expect(
      Object.values(ACCEPTED)
        .flat()
        .map(({ id }) => id)
        .filter(id => !reported.has(id)),
    ).toEqual([]);
  });
});

test.each(Object.entries(ACCEPTED))('the ledger gives a reason for every finding on: %s', (_, findings) => {
  findings.forEach(({ reason }) => expect(reason.split(' ').length).toBeGreaterThan(5));
});

function plantFault(stack: Stack): void {
  quickStart(stack);
  new CfnBucket(stack, 'PublicBucket', { accessControl: 'PublicRead' });
}

function widenRole(stack: Stack): void {
  quickStart(stack).role.addToPrincipalPolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: ['*'] }));
}
