import { Stack } from 'aws-cdk-lib';
import { BucketAccess, DataBucketSource, PrivateEc2S3Access } from '../../src';
import { fullExample, quickStart } from '../support/scenarios';
import { synthesize } from '../support/synthesized';

const SOURCES: Record<string, () => DataBucketSource> = {
  UserData: () => DataBucketSource.create({ access: [BucketAccess.readWrite()] }),
  Datasets: () => DataBucketSource.create({ access: [BucketAccess.readOnly('datasets/')] }),
  Models: () =>
    DataBucketSource.create({
      access: [BucketAccess.readOnly('models/'), BucketAccess.of(['s3:GetObjectVersion'], 'models/')],
    }),
  Backups: () => DataBucketSource.create({ access: [BucketAccess.writeOnly()], bucketName: 'example-backups' }),
};

function access(stack: Stack, ids: string[]): PrivateEc2S3Access {
  return new PrivateEc2S3Access(stack, 'App', { dataBuckets: Object.fromEntries(ids.map(id => [id, SOURCES[id]()])) });
}

const inProps = (...ids: string[]) => synthesize(stack => access(stack, ids));

test.each([
  ['the quick start', quickStart],
  ['the full example', fullExample],
])('%s is the same, byte by byte, each time', (_, define) => {
  expect(synthesize(stack => define(stack)).text).toBe(synthesize(stack => define(stack)).text);
});

test('the order of the data buckets changes no byte', () => {
  const sorted = inProps('Backups', 'Datasets', 'Models', 'UserData').text;

  expect(inProps('UserData', 'Models', 'Datasets', 'Backups').text).toBe(sorted);
  expect(inProps('Models', 'Backups', 'UserData', 'Datasets').text).toBe(sorted);
});

test('another data bucket changes the bytes', () => {
  expect(inProps('Backups', 'Datasets').text).not.toBe(inProps('Backups', 'Models').text);
});

test.each([
  { props: ['Datasets'], added: ['UserData', 'Models', 'Backups'] },
  { props: ['UserData', 'Models'], added: ['Datasets', 'Backups'] },
])('data buckets that are added later ($added) end in the same resources', ({ props, added }) => {
  const later = synthesize(stack => {
    const app = access(stack, props);
    added.forEach(id => app.addDataBucket(id, SOURCES[id]()));
  });

  expect(later.resources).toEqual(inProps('Backups', 'Datasets', 'Models', 'UserData').resources);
});

test('the order of actions changes no byte', () => {
  const withActions = (...actions: string[]) =>
    synthesize(
      stack =>
        new PrivateEc2S3Access(stack, 'App', {
          dataBuckets: { UserData: DataBucketSource.create({ access: [BucketAccess.of(actions)] }) },
        }),
    ).text;

  expect(withActions('s3:RestoreObject', 's3:GetObject', 's3:GetObject', 's3:ListBucket')).toBe(
    withActions('s3:GetObject', 's3:ListBucket', 's3:RestoreObject'),
  );
});

test('the order of accesses of one bucket changes no byte', () => {
  const withAccess = (...accesses: BucketAccess[]) =>
    synthesize(
      stack =>
        new PrivateEc2S3Access(stack, 'App', {
          dataBuckets: { UserData: DataBucketSource.create({ access: accesses }) },
        }),
    ).text;

  expect(withAccess(BucketAccess.readOnly('in/'), BucketAccess.writeOnly('out/'))).toBe(
    withAccess(BucketAccess.writeOnly('out/'), BucketAccess.readOnly('in/')),
  );
});

test('neither the clock nor chance changes a byte', () => {
  const one = synthesize(stack => quickStart(stack)).text;
  const spies = [jest.spyOn(Date, 'now').mockReturnValue(0), jest.spyOn(Math, 'random').mockReturnValue(0.5)];
  const other = synthesize(stack => quickStart(stack)).text;
  spies.forEach(spy => spy.mockRestore());

  expect(other).toBe(one);
});
