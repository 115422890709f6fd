import { Template } from 'aws-cdk-lib/assertions';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { BucketAccess, DataBucketSource, DataEncryption } from '../../src';
import {
  TYPE,
  bucketStatementsOf,
  bySid,
  errorOf,
  idsOf,
  listOf,
  logicalId,
  newStack,
  statements,
  synthesize,
  workload,
} from '../support/resources';

const source = (access = BucketAccess.readWrite()) => DataBucketSource.create({ access: [access] });

describe('a data bucket that is added later', () => {
  const add = () => {
    const stack = newStack();
    const app = workload(stack, { dataBuckets: { First: source(BucketAccess.readOnly()) } });
    const later = app.addDataBucket('Later', source());
    const template = Template.fromStack(stack);
    return { stack, app, later, template, objects: { 'Fn::Join': ['', [stack.resolve(later.bucketArn), '/*']] } };
  };

  test.each([
    ['role', TYPE.managedPolicy],
    ['endpoint', TYPE.endpoint],
  ])('reaches the policy of the %s', (_, type) => {
    const { template, objects } = add();
    expect(bySid(statements(template, type), 'ReadWriteObjects').Resource).toEqual(objects);
  });

  test('reaches the policy of the key: only the later one is written to', () => {
    const { template, app, stack } = add();
    expect(bySid(statements(template, TYPE.key), 'EncryptThroughS3').Condition?.ArnLike).toEqual({
      'aws:PrincipalArn': [stack.resolve(app.role.roleArn)],
    });
    expect(bySid(statements(template, TYPE.managedPolicy), 'UseKeysOfDataBuckets').Action).toEqual([
      'kms:Decrypt',
      'kms:GenerateDataKey',
    ]);
  });

  test('has the perimeter of the others', () => {
    const { stack, app, later, template } = add();
    const names = (bucketName: string) => bucketStatementsOf(stack, template, bucketName).map(({ Sid }) => Sid);
    expect(names(later.bucketName)).toEqual(names(app.dataBucket('First').bucketName));
  });

  test('is the same as one that was there from the beginning', () => {
    const together = synthesize({ dataBuckets: { First: source(BucketAccess.readOnly()), Later: source() } }).template;
    expect(add().template.toJSON()).toEqual(together.toJSON());
  });

  test('is found by its id', () => {
    const { app, later } = add();
    expect(app.dataBucket('Later')).toBe(later);
    expect(app.dataBucket('First')).not.toBe(later);
  });

  test('may be one that exists', () => {
    const stack = newStack();
    const bucket = new Bucket(stack, 'Theirs');
    const app = workload(stack);
    expect(
      app.addDataBucket('Theirs', DataBucketSource.fromBucket(bucket, { access: [BucketAccess.readOnly()] })),
    ).toBe(bucket);
    expect(bySid(statements(Template.fromStack(stack), TYPE.endpoint), 'ReadObjects').Resource).toEqual({
      'Fn::Join': ['', [stack.resolve(bucket.bucketArn), '/*']],
    });
  });

  test('is encrypted as the others', () => {
    const stack = newStack();
    const app = workload(stack, { encryption: DataEncryption.s3Managed() });
    app.addDataBucket('Later', source());
    Template.fromStack(stack).resourceCountIs(TYPE.key, 0);
  });

  test('leaves no trace when it is refused', () => {
    const stack = newStack();
    const app = workload(stack);
    expect(errorOf(() => app.addDataBucket('UserData', source()))).toContain('each id once');
    expect(idsOf(Template.fromStack(stack), TYPE.bucket)).toEqual(idsOf(synthesize().template, TYPE.bucket));
  });
});

describe('the order of data buckets', () => {
  const build = (ids: readonly string[]) =>
    synthesize({ dataBuckets: Object.fromEntries(ids.map(id => [id, source()])) }).template;

  test('changes nothing in the template, to the letter', () => {
    expect(JSON.stringify(build(['C', 'A', 'B']).toJSON())).toBe(JSON.stringify(build(['A', 'B', 'C']).toJSON()));
  });

  test('changes no logical id when one is put before the others', () => {
    expect(idsOf(build(['A', 'B', 'C']), TYPE.bucket)).toEqual(
      expect.arrayContaining(idsOf(build(['B', 'C']), TYPE.bucket)),
    );
  });
});

describe('accesses that overlap', () => {
  const resourcesOf = (access: BucketAccess[], sid: string) => {
    const { app, stack, template } = synthesize({ dataBuckets: { Data: DataBucketSource.create({ access }) } });
    const bucket = logicalId(stack, app.dataBucket('Data').bucketName);
    return [TYPE.managedPolicy, TYPE.endpoint].map(type =>
      listOf(bySid(statements(template, type), sid).Resource).map(resource =>
        JSON.stringify(resource).replace(bucket, 'Data'),
      ),
    );
  };
  const whole = '{"Fn::Join":["",[{"Fn::GetAtt":["Data","Arn"]},"/*"]]}';
  const under = (prefix: string) => whole.replace('/*', `/${prefix}*`);

  test('are merged where one of them is the whole bucket', () => {
    expect(resourcesOf([BucketAccess.readWrite(), BucketAccess.readOnly('x/')], 'ReadWriteObjects')).toEqual([
      [whole],
      [whole],
    ]);
  });

  test('are merged where one prefix covers another', () => {
    expect(resourcesOf([BucketAccess.readOnly('a/'), BucketAccess.readOnly('a/b/')], 'ReadObjects')).toEqual([
      [under('a/')],
      [under('a/')],
    ]);
  });

  test('are kept apart where prefixes only look alike', () => {
    expect(resourcesOf([BucketAccess.readOnly('a/'), BucketAccess.readOnly('ab/')], 'ReadObjects')).toEqual([
      [under('a/'), under('ab/')],
      [under('a/'), under('ab/')],
    ]);
  });

  test('never open another action under a prefix', () => {
    const { template } = synthesize({
      dataBuckets: {
        Data: DataBucketSource.create({ access: [BucketAccess.readOnly(), BucketAccess.writeOnly('in/')] }),
      },
    });
    [TYPE.managedPolicy, TYPE.endpoint].forEach(type => {
      const writes = statements(template, type).filter(
        ({ Effect, Action }) => Effect === 'Allow' && listOf(Action).includes('s3:PutObject'),
      );
      expect(writes).toHaveLength(1);
      expect(JSON.stringify(writes[0].Resource)).toContain('/in/*');
    });
  });

  test('list under all of their prefixes', () => {
    const { template } = synthesize({
      dataBuckets: {
        Data: DataBucketSource.create({ access: [BucketAccess.readOnly('b/'), BucketAccess.readOnly('a/')] }),
      },
    });
    expect(bySid(statements(template, TYPE.managedPolicy), 'ListDataBuckets').Condition?.StringLike).toEqual({
      's3:prefix': ['a/*', 'b/*'],
    });
  });
});
