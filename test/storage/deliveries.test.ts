import { App, Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { BucketAccess, DataBucketPolicy, DataBucketSource, PerimeterExemption, RemoteWorkload } from '../../src';
import { DELIVERIES, replicating, replicationRole } from '../support/deliveries';
import { IRELAND, errorOf, newStack, workload } from '../support/resources';

const access = [BucketAccess.readOnly()];

function adopt(stack: Stack, bucket: Bucket, perimeterExemptions?: PerimeterExemption[]) {
  return workload(stack, {
    dataBuckets: { Archive: DataBucketSource.fromBucket(bucket, { access }) },
    perimeterExemptions,
    proveAtSynthesis: false,
  });
}

function synthesized(stack: Stack): string {
  return errorOf(() => (stack.node.root as App).synth());
}

describe.each(Object.entries(DELIVERIES))('the %s of others', (what, deliver) => {
  const denied = new RegExp(
    `bucket: got \\S+, allowed: a bucket that nothing else is delivered to: .* the ${what} of \\S+, fix: `,
  );

  test('are refused when they come after the adoption of the bucket', () => {
    const stack = newStack();
    const bucket = new Bucket(stack, 'Shared');
    adopt(stack, bucket);
    deliver(stack, bucket);
    expect(synthesized(stack)).toMatch(denied);
  });
});

test('deliveries of another stack are found', () => {
  const stack = newStack(IRELAND);
  const bucket = new Bucket(stack, 'Shared', { bucketName: 'example-shared' });
  adopt(stack, bucket);
  DELIVERIES.inventory(new Stack(stack.node.root as App, 'Other', { env: IRELAND }), bucket);
  expect(synthesized(stack)).toMatch(/the inventory of Other\/Source\/Resource/);
});

test('what is delivered to a bucket that is made here is refused too', () => {
  const stack = newStack();
  const app = workload(stack, { proveAtSynthesis: false });
  DELIVERIES.inventory(stack, app.dataBucket('UserData'));
  expect(synthesized(stack)).toMatch(/DataBuckets\/UserData: bucket: got .* the inventory of Training\/Source/);
});

describe('a bucket that its owner opens to workloads of others', () => {
  const shared = (networkPerimeter: boolean) => {
    const stack = newStack(IRELAND);
    const bucket = new Bucket(stack, 'Shared');
    new DataBucketPolicy(stack, 'Policy', {
      bucket,
      networkPerimeter,
      workloads: [
        RemoteWorkload.fromAttributes({
          roleArn: 'arn:aws:iam::444455556666:role/Reader',
          access,
          vpcEndpointIds: ['vpce-0123456789abcdef0'],
        }),
      ],
    });
    DELIVERIES.inventory(stack, bucket);
    return stack;
  };

  test('receives nothing behind a perimeter', () => {
    expect(synthesized(shared(true))).toMatch(/Training\/Policy: bucket: got Training\/Shared, allowed: .* inventory/);
  });

  test('receives what it did without one', () => {
    expect(() => (shared(false).node.root as App).synth()).not.toThrow();
  });
});

describe('right are', () => {
  test('deliveries by a role that is exempt, before and after', () => {
    const stack = newStack();
    const bucket = new Bucket(stack, 'Shared', { versioned: true });
    const role = replicationRole(stack);
    replicating(stack, bucket, role);
    adopt(stack, bucket, [PerimeterExemption.role(role)]);
    expect(() => (stack.node.root as App).synth()).not.toThrow();
  });

  test('deliveries of a data bucket to somewhere else', () => {
    const stack = newStack();
    const logs = new Bucket(stack, 'Logs');
    const bucket = new Bucket(stack, 'Shared', {
      serverAccessLogsBucket: logs,
      inventories: [{ destination: { bucket: logs } }],
    });
    adopt(stack, bucket);
    expect(() => (stack.node.root as App).synth()).not.toThrow();
  });

  test('twin stacks, of which one delivers to its own bucket of the same logical id', () => {
    const app = new App();
    const [blue, green] = ['Blue', 'Green'].map(id => new Stack(app, id, { env: IRELAND }));
    const [, ofGreen] = [blue, green].map(stack => new Bucket(stack, 'Shared'));
    DELIVERIES.inventory(blue, blue.node.findChild('Shared') as Bucket);
    adopt(green, ofGreen);
    expect(() => app.synth()).not.toThrow();
  });

  test('logs in a bucket of another stack that a workload reads: no perimeter is put around it', () => {
    const app = new App();
    const archive = new Stack(app, 'Archive', { env: IRELAND });
    const bucket = new Bucket(archive, 'Trails', { bucketName: 'example-trails' });
    DELIVERIES['server access logs'](archive, bucket);
    adopt(new Stack(app, 'Training', { env: IRELAND }), bucket);
    expect(() => app.synth()).not.toThrow();
  });
});
