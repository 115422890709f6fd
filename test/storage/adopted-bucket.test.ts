import { App, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, BucketEncryption, IBucket } from 'aws-cdk-lib/aws-s3';
import { BucketAccess, DataBucketSource, PrivateEc2S3Access } from '../../src';
import { required } from '../support/required';
import {
  IRELAND,
  OTHER_ACCOUNT,
  StatementJson,
  TYPE,
  annotationsWith,
  bucketStatementsOf,
  bySid,
  errorOf,
  idsOf,
  newStack,
  resources,
  sids,
  statements,
  workload,
} from '../support/resources';

const NOT_TOUCHED = 'the policy of the bucket';
const PERIMETER = [
  'DenyWithoutTls',
  'DenyOldTls',
  'DenyObjectsOutsideEndpoint',
  'DenyVersionListsOutsideEndpoint',
  'DenyListsOutsideEndpoint',
];
const ENCRYPTION = ['DenyOtherEncryption', 'DenyOtherKeys', 'DenyKmsWithoutKeyId', 'DenyCustomerProvidedKeys'];

function adopt(bucket: IBucket, stack: Stack, access = [BucketAccess.readWrite('in/')]) {
  const app = workload(stack, { dataBuckets: { Theirs: DataBucketSource.fromBucket(bucket, { access }) } });
  return { stack, bucket, app, template: Template.fromStack(stack) };
}

describe('a bucket of the same stack', () => {
  const owned = (encrypted = true) => {
    const stack = newStack();
    const encryption = encrypted ? { encryption: BucketEncryption.KMS, encryptionKey: new Key(stack, 'TheirKey') } : {};
    return adopt(new Bucket(stack, 'Theirs', encryption), stack);
  };

  test('gets the statements of the perimeter', () => {
    const { stack, template, bucket } = owned();
    expect(sids(bucketStatementsOf(stack, template, bucket.bucketName))).toEqual([...PERIMETER, ...ENCRYPTION]);
  });

  test('is not asked for an encryption that is not known', () => {
    const { stack, template, bucket } = owned(false);
    expect(sids(bucketStatementsOf(stack, template, bucket.bucketName))).toEqual(PERIMETER);
  });

  test('is open to its other users: there is no Deny of identities', () => {
    const { stack, template, bucket } = owned();
    expect(sids(bucketStatementsOf(stack, template, bucket.bucketName))).not.toContain('DenyObjectsToOthers');
  });

  test('is behind the endpoint of the workload', () => {
    const { stack, template, bucket } = owned();
    expect(
      bySid(bucketStatementsOf(stack, template, bucket.bucketName), 'DenyObjectsOutsideEndpoint').Condition
        ?.StringNotEquals,
    ).toEqual({ 'aws:SourceVpce': idsOf(template, TYPE.endpoint).map(Ref => ({ Ref })) });
  });

  test('is granted to the role and through the endpoint', () => {
    const { stack, template, bucket } = owned();
    const arn = { 'Fn::Join': ['', [stack.resolve(bucket.bucketArn), '/in/*']] };
    expect(bySid(statements(template, TYPE.managedPolicy), 'ReadWriteObjects').Resource).toEqual(arn);
    expect(bySid(statements(template, TYPE.endpoint), 'ReadWriteObjects').Resource).toEqual(arn);
  });

  test('is granted its own key', () => {
    const { template, bucket, stack } = owned();
    expect(bySid(statements(template, TYPE.managedPolicy), 'UseKeysOfDataBuckets').Resource).toEqual(
      stack.resolve(bucket.encryptionKey?.keyArn),
    );
  });

  test('leaves nothing to its owner', () => {
    const { app, stack } = owned();
    expect(required(app, 'BUCKET')).toEqual([]);
    expect(annotationsWith(stack, NOT_TOUCHED)).toEqual([]);
  });

  test('keeps what is in its policy', () => {
    const stack = newStack();
    const { template, bucket } = adopt(new Bucket(stack, 'Theirs', { enforceSSL: true }), stack);
    expect(bucketStatementsOf(stack, template, bucket.bucketName)).toHaveLength(PERIMETER.length + 1);
  });

  test('knows the endpoints that join the list later', () => {
    const stack = newStack();
    const bucket = new Bucket(stack, 'Theirs');
    const app = workload(stack, {
      dataBuckets: { Theirs: DataBucketSource.fromBucket(bucket, { access: [BucketAccess.readOnly()] }) },
    });
    app._accessList.addVpcEndpoint('vpce-0123456789abcdef0');
    expect(
      JSON.stringify(
        bySid(bucketStatementsOf(stack, Template.fromStack(stack), bucket.bucketName), 'DenyObjectsOutsideEndpoint')
          .Condition,
      ),
    ).toContain('vpce-0123456789abcdef0');
  });

  test('is refused where a function empties it with the stack: the perimeter would keep the function out', () => {
    const stack = newStack();
    const bucket = new Bucket(stack, 'Theirs', { autoDeleteObjects: true, removalPolicy: RemovalPolicy.DESTROY });
    expect(errorOf(() => adopt(bucket, stack))).toMatch(
      /Training\/App: dataBuckets.Theirs: got Training\/Theirs, allowed: .*autoDeleteObjects.*, fix: /,
    );
  });

  test('has one perimeter: a second one would deny the endpoint of the first', () => {
    const stack = newStack();
    const { bucket } = adopt(new Bucket(stack, 'Theirs'), stack);
    const again = () =>
      new PrivateEc2S3Access(stack, 'Other', {
        dataBuckets: { Theirs: DataBucketSource.fromBucket(bucket, { access: [BucketAccess.readOnly()] }) },
      });
    expect(errorOf(again)).toMatch(
      /^Training\/Other: dataBuckets.Theirs: got .*Training\/Theirs.*, allowed: .*, fix: come through the endpoint of that workload: S3EndpointMode.shared/,
    );
  });

  test('is not one that another workload made: that one knows its own role only', () => {
    const stack = newStack();
    const bucket = workload(stack).dataBucket('UserData');
    const again = () =>
      new PrivateEc2S3Access(stack, 'Other', {
        dataBuckets: { Theirs: DataBucketSource.fromBucket(bucket, { access: [BucketAccess.readOnly()] }) },
      });
    expect(errorOf(again)).toMatch(
      /^Training\/Other: dataBuckets.Theirs: .*fix: come through the endpoint of that workload/,
    );
  });
});

describe.each<[string, (stack: Stack) => IBucket]>([
  ['an imported bucket', stack => Bucket.fromBucketName(stack, 'Theirs', 'their-bucket')],
  [
    'an imported bucket of the same account',
    stack => Bucket.fromBucketAttributes(stack, 'Theirs', { bucketName: 'their-bucket', account: IRELAND.account }),
  ],
  [
    'a bucket of another stack',
    stack =>
      new Bucket(new Stack(stack.node.root as App, 'Storage', { env: IRELAND }), 'Theirs', {
        bucketName: 'their-bucket',
      }),
  ],
])('%s', (_, bucketOf) => {
  const foreign = () => {
    const stack = newStack(IRELAND);
    return adopt(bucketOf(stack), stack);
  };

  test('gets no policy', () => {
    const { template } = foreign();
    const policies = Object.values(resources(template, TYPE.bucketPolicy)).map(({ Properties }) => Properties.Bucket);
    expect(policies).toEqual(idsOf(template, TYPE.bucket).map(Ref => ({ Ref })));
    expect(JSON.stringify(policies)).not.toContain('Theirs');
  });

  test('needs no statement: the policy of the role opens it within the account', () => {
    expect(required(foreign().app, 'BUCKET')).toEqual([]);
  });

  test('is granted to the role and through the endpoint', () => {
    const { template } = foreign();
    [TYPE.managedPolicy, TYPE.endpoint].forEach(type =>
      expect(JSON.stringify(bySid(statements(template, type), 'ReadWriteObjects').Resource)).toContain('/in/*'),
    );
  });
});

describe('a bucket of another account', () => {
  const foreign = (access = [BucketAccess.readWrite('in/')]) => {
    const stack = newStack(IRELAND);
    return adopt(
      Bucket.fromBucketAttributes(stack, 'Theirs', { bucketName: 'their-bucket', account: OTHER_ACCOUNT }),
      stack,
      access,
    );
  };

  test('must allow our account, and in it the role, through our endpoint', () => {
    const { stack, app } = foreign();
    const forTheOwner = stack.resolve(
      required(app, 'BUCKET').map(statement => statement.toStatementJson()),
    ) as StatementJson[];
    expect(forTheOwner.filter(({ Sid }) => Sid === 'ReadWriteObjects')).toMatchObject([
      {
        Effect: 'Allow',
        Principal: { AWS: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::111122223333:root']] } },
        Condition: {
          ArnEquals: { 'aws:PrincipalArn': stack.resolve(app.role.roleArn) as unknown },
          StringEquals: { 'aws:SourceVpce': app.s3Endpoint.vpcEndpointIds.map(id => stack.resolve(id) as unknown) },
        },
      },
    ]);
  });

  test('must allow exactly what the role may do', () => {
    const { app, template } = foreign();
    const actions = required(app, 'BUCKET')
      .filter(({ effect }) => effect === 'Allow')
      .flatMap(statement => statement.actions);
    const ofRole = statements(template, TYPE.managedPolicy)
      .filter(({ Effect }) => Effect === 'Allow')
      .flatMap(({ Action }) => Action);
    expect(actions.sort()).toEqual(ofRole.filter(action => action.startsWith('s3:')).sort());
  });

  test('says so in an annotation, with the statements', () => {
    const [text, ...others] = annotationsWith(foreign().stack, NOT_TOUCHED);
    expect(others).toEqual([]);
    ['Training/App/DataBuckets/Theirs: ', '"Sid":"ReadWriteObjects"', '"Effect":"Allow"', ':root'].forEach(part =>
      expect(text).toContain(part),
    );
  });

  test('is pinned to that account in the policies of role and endpoint', () => {
    const { template } = foreign();
    [TYPE.managedPolicy, TYPE.endpoint].forEach(type =>
      expect(bySid(statements(template, type), 'ReadWriteObjects').Condition?.StringEquals['aws:ResourceAccount']).toBe(
        OTHER_ACCOUNT,
      ),
    );
  });

  test('never names everybody in an Allow', () => {
    const { app } = foreign();
    required(app, 'BUCKET')
      .filter(({ effect }) => effect === 'Allow')
      .forEach(statement =>
        expect(JSON.stringify((statement.toStatementJson() as { Principal: unknown }).Principal)).not.toContain('*'),
      );
    expect(required(app, 'BUCKET').length).toBeGreaterThan(0);
  });
});

test('an access list may name a bucket that no part adopted', () => {
  const stack = newStack();
  const app = workload(stack);
  const bucket = Bucket.fromBucketName(stack, 'Theirs', 'their-bucket');
  app._accessList.allow({ role: app.role, bucket, access: [BucketAccess.readOnly()] });
  expect(JSON.stringify(bySid(statements(Template.fromStack(stack), TYPE.endpoint), 'ReadObjects').Resource)).toContain(
    'their-bucket',
  );
});
