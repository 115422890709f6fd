import { CfnResource, Stack } from 'aws-cdk-lib';
import expected from './stateful-resources.json';
import { BucketAccess, Compute, DataBucketSource } from '../../src';
import { fullExample, quickStart } from '../support/scenarios';
import { synthesize } from '../support/synthesized';

/** Replacing one of these loses data, or takes away what others refer to: they keep their logical ids for good. */
const STATEFUL = [
  'AWS::AutoScaling::AutoScalingGroup',
  'AWS::EC2::Instance',
  'AWS::EC2::RouteTable',
  'AWS::EC2::SecurityGroup',
  'AWS::EC2::Subnet',
  'AWS::EC2::VPC',
  'AWS::EC2::VPCEndpoint',
  'AWS::IAM::Role',
  'AWS::KMS::Key',
  'AWS::S3::Bucket',
  'AWS::S3::BucketPolicy',
];

interface StatefulResource {
  readonly path: string;
  readonly type: string;
  readonly logicalId: string;
}

/** The resources of an app, in the order of their construct paths; one line each in a difference. */
function resourcesOf(define: (stack: Stack) => unknown): { stateful: StatefulResource[]; kept: string[] } {
  const stateful: StatefulResource[] = [];
  const { resources } = synthesize(stack => {
    define(stack);
    for (const node of stack.node.findAll()) {
      if (CfnResource.isCfnResource(node) && STATEFUL.includes(node.cfnResourceType)) {
        stateful.push({ path: node.node.path, type: node.cfnResourceType, logicalId: stack.resolve(node.logicalId) });
      }
    }
  });
  return {
    stateful: stateful.sort((one, other) => (one.path < other.path ? -1 : 1)),
    kept: Object.keys(resources)
      .filter(id => resources[id].DeletionPolicy ?? resources[id].UpdateReplacePolicy)
      .sort(),
  };
}

function breaking(name: string, actual: StatefulResource[], promised: StatefulResource[]): string[] {
  const line = ({ path, type, logicalId }: StatefulResource) => `${path} (${type}): ${logicalId}`;
  const [is, was] = [actual.map(line), promised.map(line)];
  const changes = [
    ...was.filter(each => !is.includes(each)).map(each => `- ${each}`),
    ...is.filter(each => !was.includes(each)).map(each => `+ ${each}`),
  ];
  return changes.length === 0
    ? []
    : [
        `BREAKING CHANGE in ${name}: CloudFormation replaces what has a new logical id, and data that is kept is left behind in the old bucket`,
        'Keep the ids, or release a new major version with a migration guide and edit stateful-resources.json by hand',
        ...changes,
      ];
}

const SCENARIOS: Array<[keyof typeof expected, (stack: Stack) => unknown]> = [
  ['quickStart', stack => quickStart(stack)],
  ['fullExample', stack => fullExample(stack)],
];

describe.each(SCENARIOS)('%s', (name, define) => {
  const { stateful, kept } = resourcesOf(define);

  test('has the stateful resources of the last release, under the same logical ids', () => {
    expect(breaking(name, stateful, expected[name])).toEqual([]);
  });

  test('keeps no resource that is not on the list', () => {
    expect(kept.length).toBeGreaterThan(0);
    expect(kept.filter(id => !expected[name].some(({ logicalId }) => logicalId === id))).toEqual([]);
  });
});

test('a changed logical id is told as a breaking change', () => {
  const [first, ...others] = expected.quickStart;
  const message = breaking('quickStart', [{ ...first, logicalId: 'Other' }, ...others], expected.quickStart);

  expect(message[0]).toMatch(/^BREAKING CHANGE in quickStart/);
  expect(message.slice(2)).toEqual([
    `- ${first.path} (${first.type}): ${first.logicalId}`,
    `+ ${first.path} (${first.type}): Other`,
  ]);
});

test('moving from an instance to a fleet keeps everything but the instance', () => {
  const withCompute = (compute: Compute) => resourcesOf(stack => quickStart(stack, { compute })).stateful;
  const instance = withCompute(Compute.instance());
  const fleet = withCompute(Compute.fleet({ minCapacity: 2, maxCapacity: 4 }));

  expect(instance.filter(({ path }) => !path.includes('/Compute/'))).toEqual(
    fleet.filter(({ path }) => !path.includes('/Compute/')),
  );
  expect(instance.filter(({ path }) => path.includes('/Compute/')).map(({ type }) => type)).toEqual([
    'AWS::EC2::Instance',
  ]);
  expect(fleet.filter(({ path }) => path.includes('/Compute/')).map(({ type }) => type)).toEqual([
    'AWS::AutoScaling::AutoScalingGroup',
  ]);
  expect(new Set(instance.map(({ type }) => type))).toEqual(
    new Set(STATEFUL.filter(type => type !== 'AWS::AutoScaling::AutoScalingGroup')),
  );
});

test('other data buckets leave the stateful resources alone', () => {
  const before = resourcesOf(stack => quickStart(stack)).stateful;
  const after = resourcesOf(stack =>
    quickStart(stack).addDataBucket('Another', DataBucketSource.create({ access: [BucketAccess.readOnly()] })),
  ).stateful;

  expect(after.filter(({ path }) => !path.includes('/Another/'))).toEqual(before);
  expect(after.filter(({ path }) => path.includes('/Another/'))).toHaveLength(2);
});
