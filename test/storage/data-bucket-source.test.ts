import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { BucketAccess, DataBucketSource } from '../../src';
import { AccessList, DataBucket, PrivateNetwork, S3Endpoint, WorkloadRole } from '../support/parts';
import { TYPE, newStack, referred, resources, workload } from '../support/resources';

const READ = { access: [BucketAccess.readOnly()] };

describe('a name of a bucket', () => {
  test.each(['abc', 'a'.repeat(63), 'my-bucket', 'my.bucket.1', '1st-bucket', '192.168.5', 'x-and-an-y'])(
    'may be %s',
    bucketName => {
      expect(() => DataBucketSource.create({ ...READ, bucketName })).not.toThrow();
    },
  );

  test.each(['a', 'myapp', '1app', 'a'.repeat(37)])('may begin with %s', bucketNamePrefix => {
    expect(() => DataBucketSource.create({ ...READ, bucketNamePrefix })).not.toThrow();
  });

  test('may be known at deployment only', () => {
    const stack = newStack();
    const bucketName = new CfnParameter(stack, 'Name').valueAsString;
    const app = workload(stack, { dataBuckets: { Data: DataBucketSource.create({ ...READ, bucketName }) } });
    const template = Template.fromStack(stack);
    expect(referred(stack, template, app.dataBucket('Data').bucketName).Properties.BucketName).toEqual({ Ref: 'Name' });
  });

  test('is not compared with others where it is known at deployment only', () => {
    const stack = newStack();
    const data = (id: string) =>
      DataBucketSource.create({ ...READ, bucketName: new CfnParameter(stack, id).valueAsString });
    workload(stack, { dataBuckets: { One: data('NameOne'), Two: data('NameTwo') } });
    expect(
      Object.values(resources(Template.fromStack(stack), TYPE.bucket)).map(({ Properties }) => Properties.BucketName),
    ).toEqual(expect.arrayContaining([{ Ref: 'NameOne' }, { Ref: 'NameTwo' }]));
  });
});

describe('the name of a bucket that exists', () => {
  test.each(['their-bucket', 'myapp-111122223333-eu-west-1-an'])('may be %s', bucketName => {
    expect(DataBucketSource.fromBucket(Bucket.fromBucketName(newStack(), 'Theirs', bucketName), READ).access).toEqual(
      READ.access,
    );
  });
});

describe('a source', () => {
  test('makes a bucket for each key that it has', () => {
    const stack = newStack();
    const shared = DataBucketSource.create(READ);
    const app = workload(stack, { dataBuckets: { One: shared, Two: shared } });
    expect(stack.resolve(app.dataBucket('One').bucketName)).not.toEqual(
      stack.resolve(app.dataBucket('Two').bucketName),
    );
  });
});

test('a role of another stack is refused by a data bucket, before the stacks depend on each other', () => {
  const root = new App();
  const [stack, other] = [new Stack(root, 'Training'), new Stack(root, 'Identity')];
  const accessList = new AccessList();
  new S3Endpoint(stack, 'S3Endpoint', { accessList, vpc: new PrivateNetwork(stack, 'Network').vpc });
  const { bucket } = new DataBucket(stack, 'Data', { accessList });
  const role = new WorkloadRole(other, 'Role', { accessList });
  expect(() => accessList.allow({ role, bucket, ...READ })).toThrow(
    /^Training\/Data\/Bucket: role: got Identity\/Role, allowed: a role of the same stack.*, fix: /,
  );
});
