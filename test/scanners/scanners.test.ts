import { Stack } from 'aws-cdk-lib';

import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Scan, scan } from './scan';
import { ACCEPTED } from '../../src/private/accepted-findings';
import {
  containerHost,
  everyAwsOwnedBucket,
  everyOption,
  existingBucket,
  instancesElsewhere,
  quickStart,
  s3ManagedThroughInterface,
  spotFleet,
  windowsServer,
} from '../support/scenarios';

const PLUGINS = ['AwsSolutions', 'NIST.800.53.R5', 'cdk-validator-cfnguard'];
const REGIONS = ['us-east-1', 'cn-north-1', 'us-gov-west-1'];
const SCENARIOS: Array<[string, (stack: Stack) => unknown]> = [
  ['quick start', quickStart],
  ['every option', everyOption],
  ['an existing bucket and none that is made', existingBucket],
  ['S3-managed keys through an interface endpoint', s3ManagedThroughInterface],
  ['a Spot fleet, and sessions that are kept', spotFleet],
  ['Windows through EC2 Instance Connect', windowsServer],
  ['an instance for containers', containerHost],
  ['instances made elsewhere', instancesElsewhere],
];

describe('public scanners', () => {
  test.each(SCENARIOS)('find nothing that is not accepted: %s', (_, define) => {
    expectClean(scan(stack => void define(stack)));
  });

  test.each(REGIONS)('find nothing that is not accepted in %s', region => {
    expectClean(scan(stack => void quickStart(stack), { env: { account: '111122223333', region } }));
  });

  test.each(REGIONS)('find nothing that is not accepted with every bucket of AWS in %s', region => {
    expectClean(scan(stack => void everyAwsOwnedBucket(stack), { env: { account: '111122223333', region } }));
  });

  test.each(REGIONS)('find nothing that is not accepted with a fleet and people in %s', region => {
    expectClean(scan(stack => void spotFleet(stack), { env: { account: '111122223333', region } }));
    expectClean(scan(stack => void windowsServer(stack), { env: { account: '111122223333', region } }));
  });

  test('each find a planted fault', () => {
    const { findings } = scan(stack => {
      quickStart(stack);
      new CfnBucket(stack, 'Planted', { accessControl: 'PublicRead' });
    });
    for (const plugin of PLUGINS) {
      expect(
        findings.filter(finding => finding.plugin === plugin && finding.constructPaths.includes('Scanned/Planted')),
      ).not.toEqual([]);
    }
  });

  test('still find a wildcard that the user adds to the role', () => {
    const { findings } = scan(stack => {
      quickStart(stack).role.addToPrincipalPolicy(
        new PolicyStatement({ actions: ['sqs:SendMessage'], resources: ['*'] }),
      );
    });
    expect(findings).toEqual([
      {
        plugin: 'AwsSolutions',
        rule: 'AwsSolutions-IAM5[Resource::*]',
        constructPaths: ['Scanned/App/Role/Policies/Policy'],
      },
    ]);
  });
});

describe('the ledger of accepted findings', () => {
  test('has no entry that no scanner reports', () => {
    const raw = new Set(SCENARIOS.flatMap(([, define]) => [...scan(stack => void define(stack)).raw]));
    const unused = Object.values(ACCEPTED)
      .flat()
      .map(({ id }) => id)
      .filter(id => !raw.has(id));
    expect(unused).toEqual([]);
  });

  test.each(Object.entries(ACCEPTED))('gives a reason for every finding on: %s', (_, findings) => {
    findings.forEach(({ reason }) => expect(reason.split(' ').length).toBeGreaterThan(5));
  });
});

function expectClean({ conclusions, findings }: Scan): void {
  expect(findings).toEqual([]);
  expect(conclusions).toEqual(Object.fromEntries(PLUGINS.map(plugin => [plugin, 'success'])));
}
