import { Template } from 'aws-cdk-lib/assertions';
import { BucketAccess, DataEncryption } from '../../src';
import {
  AccessList,
  DataBucket,
  DataKey,
  PrivateFleet,
  PrivateInstance,
  PrivateNetwork,
  S3Endpoint,
  WorkloadRole,
} from '../support/parts';
import {
  TYPE,
  bucketStatementsOf,
  bySid,
  listOf,
  newStack,
  resources,
  sids,
  statements,
  statementsOf,
} from '../support/resources';

/** Two roles on one endpoint: one writes what the other reads. */
function compose() {
  const stack = newStack();
  const accessList = new AccessList();
  const network = new PrivateNetwork(stack, 'Network');
  const s3Endpoint = new S3Endpoint(stack, 'S3Endpoint', { accessList, vpc: network.vpc });
  const key = new DataKey(stack, 'Key', { accessList });
  const shared = new DataBucket(stack, 'Shared', { accessList, encryption: DataEncryption.existingKey(key) });
  const own = new DataBucket(stack, 'Own', { accessList, encryption: DataEncryption.existingKey(key) });
  const writer = new WorkloadRole(stack, 'Writer', { accessList });
  const reader = new WorkloadRole(stack, 'Reader', { accessList });
  accessList.allow({ role: writer, bucket: shared.bucket, access: [BucketAccess.writeOnly()] });
  accessList.allow({ role: reader, bucket: shared.bucket, access: [BucketAccess.readOnly()] });
  accessList.allow({ role: reader, bucket: own.bucket, access: [BucketAccess.readWrite()] });
  const place = { vpc: network.vpc, s3Endpoint, waitFor: [network.routed, shared.policy, own.policy] };
  new PrivateInstance(stack, 'Instance', { ...place, role: writer });
  new PrivateFleet(stack, 'Fleet', { ...place, role: reader, minCapacity: 1, maxCapacity: 2 });
  const template = Template.fromStack(stack);
  const arnOf = (role: WorkloadRole) => stack.resolve(role.roleArn) as unknown;
  return { stack, template, shared, own, writer, reader, arnOf };
}

/** The statements of the managed policies of a role. */
function policyOf(template: Template, roleName: unknown) {
  return Object.values(resources(template, TYPE.managedPolicy))
    .filter(({ Properties }) => JSON.stringify(Properties.Roles) === JSON.stringify([roleName]))
    .flatMap(statementsOf);
}

describe('two workloads on one access list', () => {
  test('share one endpoint', () => {
    const { template } = compose();
    template.resourceCountIs(TYPE.endpoint, 1);
    template.resourceCountIs(TYPE.key, 1);
  });

  test('have a role policy each, with their own grants only', () => {
    const { stack, template, writer, reader } = compose();
    expect(sids(policyOf(template, stack.resolve(writer.roleName)))).toContain('WriteObjects');
    expect(sids(policyOf(template, stack.resolve(writer.roleName)))).not.toContain('ReadObjects');
    expect(sids(policyOf(template, stack.resolve(reader.roleName)))).toEqual(
      expect.arrayContaining(['ReadObjects', 'ReadWriteObjects']),
    );
    expect(sids(policyOf(template, stack.resolve(reader.roleName)))).not.toContain('WriteObjects');
  });

  test('pass the endpoint each with their own grants', () => {
    const { template, writer, reader, arnOf } = compose();
    const policy = statements(template, TYPE.endpoint);
    expect(bySid(policy, 'WriteObjects').Condition?.ArnEquals).toEqual({ 'aws:PrincipalArn': [arnOf(writer)] });
    expect(bySid(policy, 'ReadObjects').Condition?.ArnEquals).toEqual({ 'aws:PrincipalArn': [arnOf(reader)] });
  });

  test('are the only ones in the buckets that they are granted', () => {
    const { stack, template, shared, own, writer, reader, arnOf } = compose();
    const named = ({ bucket }: DataBucket) =>
      bySid(bucketStatementsOf(stack, template, bucket.bucketName), 'DenyObjectsToOthers').Condition?.ArnNotLike[
        'aws:PrincipalArn'
      ];
    expect(named(shared)).toEqual(expect.arrayContaining([arnOf(writer), arnOf(reader)]));
    expect(named(own)).toEqual([arnOf(reader)]);
  });

  test('use the key as far as their grants need it', () => {
    const { template, writer, reader, arnOf } = compose();
    const policy = statements(template, TYPE.key);
    const named = (sid: string) => bySid(policy, sid).Condition?.ArnLike['aws:PrincipalArn'];
    expect(named('DecryptThroughS3')).toEqual(expect.arrayContaining([arnOf(writer), arnOf(reader)]));
    expect(listOf(named('EncryptThroughS3'))).toHaveLength(2);
  });
});

describe('the order of grants', () => {
  test('changes no policy', () => {
    const build = (order: readonly number[]) => {
      const stack = newStack();
      const accessList = new AccessList();
      new S3Endpoint(stack, 'S3Endpoint', { accessList, vpc: new PrivateNetwork(stack, 'Network').vpc });
      const buckets = ['One', 'Two', 'Three'].map(
        id => new DataBucket(stack, id, { accessList, encryption: DataEncryption.s3Managed() }),
      );
      const role = new WorkloadRole(stack, 'Role', { accessList });
      order.forEach(index =>
        accessList.allow({ role, bucket: buckets[index].bucket, access: [BucketAccess.readOnly()] }),
      );
      return Template.fromStack(stack).toJSON() as unknown;
    };
    expect(build([2, 0, 1])).toEqual(build([0, 1, 2]));
  });
});

describe('an access list without an endpoint', () => {
  test('is refused by role and bucket', () => {
    const stack = newStack();
    const accessList = new AccessList();
    const { bucket } = new DataBucket(stack, 'Data', { accessList });
    accessList.allow({
      role: new WorkloadRole(stack, 'Role', { accessList }),
      bucket,
      access: [BucketAccess.readOnly()],
    });
    expect(() => Template.fromStack(stack)).toThrow(
      /Training\/Data: accessList: .*fix: make an S3Endpoint with the list/,
    );
    expect(() => Template.fromStack(stack)).toThrow(
      /Training\/Role: accessList: .*fix: make an S3Endpoint with the list/,
    );
  });
});
