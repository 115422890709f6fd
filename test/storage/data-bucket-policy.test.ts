import { App, CfnParameter, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Role } from 'aws-cdk-lib/aws-iam';
import { IKey, Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import {
  BucketAccess,
  DataBucketPolicy,
  DataBucketPolicyProps,
  DataBucketSource,
  PerimeterExemption,
  PrivateEc2S3Access,
  RemoteWorkload,
} from '../../src';
import { AccessRequest, PolicyJson, decide } from '../../src/iam';
import { AccessList, WorkloadRole } from '../support/parts';
import { required } from '../support/required';
import {
  IRELAND,
  OTHER_ACCOUNT,
  TYPE,
  annotationsWith,
  bucketStatementsOf,
  errorOf,
  filledIn,
  only,
  workload,
} from '../support/resources';

const OWNER = { ...IRELAND, account: OTHER_ACCOUNT };
const ROLE = `arn:aws:iam::${IRELAND.account}:role/myapp/Worker`;
const ADMIN = `arn:aws:iam::${IRELAND.account}:role/Admin`;
const BUCKET = 'arn:aws:s3:::example-archive';
const ALLOW_ALL: PolicyJson = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
const WRITER = RemoteWorkload.fromAttributes({ roleArn: ROLE, access: [BucketAccess.writeOnly('app/')] });
const NAMES: Record<string, string> = {
  'AWS::Partition': 'aws',
  'AWS::AccountId': OWNER.account,
  'AWS::Region': OWNER.region,
  'AWS::URLSuffix': 'amazonaws.com',
};

function ownerStack(): Stack {
  return new Stack(new App(), 'Owner', { env: OWNER });
}

function policies(props: Partial<DataBucketPolicyProps> = {}) {
  const stack = ownerStack();
  const bucket = new Bucket(stack, 'Archive', {
    bucketName: 'example-archive',
    encryption: BucketEncryption.KMS,
    encryptionKey: new Key(stack, 'Key'),
  });
  new DataBucketPolicy(stack, 'Policy', { bucket, workloads: [WRITER], ...props });
  const template = Template.fromStack(stack);
  const nameOf = (reference: string) => NAMES[reference] ?? (reference.endsWith('.Arn') ? BUCKET : reference);
  const read = (type: string, property: string) =>
    filledIn(only(template, type).Properties[property], nameOf) as PolicyJson;
  return { bucket: read(TYPE.bucketPolicy, 'PolicyDocument'), key: read(TYPE.key, 'KeyPolicy') };
}

/** A request to the bucket; the role through an endpoint of its account unless said otherwise. */
function request(
  action: string,
  {
    role = ROLE,
    key = 'app/a.csv',
    context = {},
  }: { role?: string; key?: string; context?: AccessRequest['context'] } = {},
): AccessRequest {
  const account = role.split(':')[4];
  const all: AccessRequest['context'] = {
    'aws:PrincipalArn': role,
    'aws:PrincipalAccount': account,
    'aws:SecureTransport': 'true',
    's3:TlsVersion': '1.3',
    'aws:SourceVpce': 'vpce-0123456789abcdef0',
    'aws:VpceAccount': IRELAND.account,
    ...context,
  };
  return {
    action: `s3:${action}`,
    resource: key === '' ? BUCKET : `${BUCKET}/${key}`,
    resourceAccount: OWNER.account,
    principal: `arn:aws:sts::${account}:assumed-role/${role.split('/').pop()}/session`,
    context: Object.fromEntries(Object.entries(all).filter(([, value]) => value.length > 0)),
  };
}

function verdict(asked: AccessRequest, props: Partial<DataBucketPolicyProps> = {}): string {
  return decide(asked, {
    identityPolicies: [ALLOW_ALL],
    resourcePolicy: policies(props).bucket,
    resourcePolicyKind: 'bucket',
  }).verdict;
}

const INTERNET = { 'aws:SourceVpce': [], 'aws:VpceAccount': [] };
const ELSEWHERE = { 'aws:SourceVpce': 'vpce-other', 'aws:VpceAccount': '999900001111' };
const SAME_ACCOUNT = `arn:aws:iam::${OWNER.account}:role/Auditor`;

describe('a workload of another account, known by its role', () => {
  test.each<[string, AccessRequest]>([
    ['writes under its prefix', request('PutObject')],
    ['aborts an upload in parts', request('AbortMultipartUpload')],
    ['locates the bucket', request('GetBucketLocation', { key: '' })],
  ])('%s', (_, asked) => expect(verdict(asked)).toBe('Allowed'));

  test.each<[string, AccessRequest]>([
    ['reads nothing', request('GetObject')],
    ['deletes nothing', request('DeleteObject')],
    ['lists nothing', request('ListBucket', { key: '' })],
    ['writes nothing beside its prefix', request('PutObject', { key: 'other/a.csv' })],
    ['writes nothing beside its prefix, by half its name', request('PutObject', { key: 'app-other/a.csv' })],
    ['does not change the policy', request('PutBucketPolicy', { key: '' })],
    ['does not come through an endpoint of another account', request('PutObject', { context: ELSEWHERE })],
    ['does not come from the internet', request('PutObject', { context: INTERNET })],
    [
      'does not come without TLS',
      request('PutObject', { context: { 'aws:SecureTransport': 'false', 's3:TlsVersion': [] } }),
    ],
    ['does not come with old TLS', request('PutObject', { context: { 's3:TlsVersion': '1.1' } })],
  ])('%s', (_, asked) => expect(verdict(asked)).not.toBe('Allowed'));

  test.each([
    ['another role of its account', ADMIN],
    ['a role of the same name without the path', `arn:aws:iam::${IRELAND.account}:role/Worker`],
    ['a role of the same name of a third account', 'arn:aws:iam::999900001111:role/myapp/Worker'],
  ])('%s gets nothing', (_, role) => expect(verdict(request('PutObject', { role }))).not.toBe('Allowed'));
});

test('a role that is known by its ARN stands below the policy, and nothing beside it', () => {
  const stack = ownerStack();
  new DataBucketPolicy(stack, 'Policy', { bucket: new Bucket(stack, 'Archive'), workloads: [WRITER] });
  Template.fromStack(stack);
  expect(stack.node.children.map(({ node }) => node.id).filter(id => id.startsWith('Role'))).toEqual([]);
  expect(stack.node.findChild('Policy').node.children.map(({ node }) => node.id)).toContain(
    `Role ${ROLE}`.replaceAll('/', '--'),
  );
});

describe('endpoints that are known by their ids', () => {
  const workloads = [
    RemoteWorkload.fromAttributes({
      roleArn: ROLE,
      access: [BucketAccess.writeOnly('app/')],
      vpcEndpointIds: ['vpce-0123456789abcdef0'],
    }),
  ];

  test('let the workload in', () => expect(verdict(request('PutObject'), { workloads })).toBe('Allowed'));

  test('are the only ones, also of the account', () =>
    expect(verdict(request('PutObject', { context: { 'aws:SourceVpce': 'vpce-other' } }), { workloads })).not.toBe(
      'Allowed',
    ));
});

describe('endpoints whose ids are known at deployment only', () => {
  const statementsWith = (vpcEndpointIds: (stack: Stack) => string[]) => {
    const stack = ownerStack();
    const bucket = new Bucket(stack, 'Archive');
    const remote = RemoteWorkload.fromAttributes({
      roleArn: ROLE,
      access: [BucketAccess.writeOnly('app/')],
      vpcEndpointIds: vpcEndpointIds(stack),
    });
    new DataBucketPolicy(stack, 'Policy', { bucket, workloads: [remote] });
    return bucketStatementsOf(stack, Template.fromStack(stack), bucket.bucketName).filter(
      ({ Effect }) => Effect === 'Allow',
    );
  };

  test('are the only ones, also of the account', () => {
    const all = statementsWith(stack => [new CfnParameter(stack, 'EndpointId').valueAsString]);
    expect(all.length).toBeGreaterThan(0);
    all.forEach(({ Condition: { StringEquals } = {} }) => {
      expect(StringEquals['aws:SourceVpce']).toEqual([{ Ref: 'EndpointId' }]);
      expect(StringEquals).not.toHaveProperty('aws:VpceAccount');
    });
  });
});

describe('an endpoint in a VPC that a third account shares', () => {
  const workloads = [
    RemoteWorkload.fromAttributes({
      roleArn: ROLE,
      access: [BucketAccess.writeOnly('app/')],
      vpcEndpointAccount: '999900001111',
    }),
  ];

  test('lets the workload in', () =>
    expect(verdict(request('PutObject', { context: { 'aws:VpceAccount': '999900001111' } }), { workloads })).toBe(
      'Allowed',
    ));

  test('is the only one', () => expect(verdict(request('PutObject'), { workloads })).not.toBe('Allowed'));
});

describe('the network perimeter', () => {
  const props = {
    networkPerimeter: true,
    perimeterExemptions: [PerimeterExemption.roleArn(`arn:aws:iam::${OWNER.account}:role/Backup`)],
  };
  const auditor = (action: string, context = INTERNET, key?: string) =>
    request(action, { role: SAME_ACCOUNT, context, key });

  test('is off by default: other users of the bucket keep their ways in', () =>
    expect(verdict(auditor('GetObject'))).toBe('Allowed'));

  test('lets the workload in', () => expect(verdict(request('PutObject'), props)).toBe('Allowed'));

  test.each([
    ['GetObject', undefined],
    ['GetObjectVersion', undefined],
    ['ListBucket', ''],
    ['ListBucketVersions', ''],
  ])('shuts others out: %s', (action, key) =>
    expect(verdict(auditor(action, INTERNET, key), props)).toBe('ExplicitlyDenied'),
  );

  test.each([['GetBucketPolicy'], ['PutBucketPolicy'], ['PutLifecycleConfiguration']])(
    'leaves the configuration to the owner: %s',
    action => expect(verdict(auditor(action, INTERNET, ''), props)).toBe('Allowed'),
  );

  test('spares the exempt', () =>
    expect(
      verdict(request('GetObject', { role: `arn:aws:iam::${OWNER.account}:role/Backup`, context: INTERNET }), props),
    ).toBe('Allowed'));
});

describe('the key of the bucket', () => {
  const use = (
    action: string,
    role: string,
    context: AccessRequest['context'] = { 'kms:ViaService': `s3.${OWNER.region}.amazonaws.com` },
  ) =>
    decide(
      {
        ...request('PutObject', { role, context: { ...INTERNET, 'aws:ViaAWSService': 'true', ...context } }),
        action: `kms:${action}`,
        resource: `arn:aws:kms:${OWNER.region}:${OWNER.account}:key/key`,
      },
      { identityPolicies: [ALLOW_ALL], resourcePolicy: policies().key, resourcePolicyKind: 'key' },
    ).verdict;

  test.each(['Decrypt', 'GenerateDataKey'])('lets the role %s through S3', action =>
    expect(use(action, ROLE)).toBe('Allowed'),
  );

  test.each([
    ['another role of its account', 'Decrypt', ADMIN, undefined],
    ['the role without S3', 'Decrypt', ROLE, {}],
    ['the role that would make grants', 'CreateGrant', ROLE, undefined],
    ['the role that would re-encrypt', 'ReEncryptFrom', ROLE, undefined],
  ])('does not let in %s', (_, action, role, context) => expect(use(action, role, context)).not.toBe('Allowed'));
});

describe('a key that another stack makes', () => {
  const define = (keyOf: (stack: Stack) => IKey) => {
    const stack = ownerStack();
    const bucket = new Bucket(stack, 'Archive', { encryption: BucketEncryption.KMS, encryptionKey: keyOf(stack) });
    return { stack, policy: new DataBucketPolicy(stack, 'Policy', { bucket, workloads: [WRITER] }) };
  };
  const imported = () =>
    define(stack => Key.fromKeyArn(stack, 'Theirs', `arn:aws:kms:${OWNER.region}:999900001111:key/abc`));

  test('gets its statements from its owner, who is told', () => {
    const { stack, policy } = imported();
    expect(annotationsWith(stack, 'the policy of the key')).toEqual([
      expect.stringMatching(
        /^Owner\/Policy: the policy of the key Owner\/Theirs is not touched, because it is not made in this stack; its owner must add: .*kms:GenerateDataKey/s,
      ),
    ]);
    const Statement = required(policy, 'KEY').map(each =>
      filledIn(stack.resolve(each.toStatementJson()), name => NAMES[name] ?? name),
    ) as PolicyJson['Statement'];
    const use = (role: string) =>
      decide(
        {
          ...request('PutObject', {
            role,
            context: { ...INTERNET, 'aws:ViaAWSService': 'true', 'kms:ViaService': `s3.${OWNER.region}.amazonaws.com` },
          }),
          action: 'kms:GenerateDataKey',
          resource: `arn:aws:kms:${OWNER.region}:999900001111:key/abc`,
          resourceAccount: '999900001111',
        },
        {
          identityPolicies: [ALLOW_ALL],
          resourcePolicy: { Version: '2012-10-17', Statement },
          resourcePolicyKind: 'key',
        },
      ).verdict;
    expect([use(ROLE), use(ADMIN)]).toEqual(['Allowed', 'ImplicitlyDenied']);
  });

  test('of the same stack gets them itself, and nobody is told', () => {
    const { stack, policy } = define(scope => new Key(scope, 'Key'));
    expect(required(policy, 'KEY')).toEqual([]);
    expect(annotationsWith(stack, 'the policy of the key')).toEqual([]);
  });
});

describe('refused at once is', () => {
  const define = (props: Partial<DataBucketPolicyProps> & { readonly stack?: Stack } = {}) => {
    const stack = props.stack ?? ownerStack();
    return errorOf(
      () =>
        new DataBucketPolicy(stack, 'Policy', { bucket: new Bucket(stack, 'Archive'), workloads: [WRITER], ...props }),
    );
  };

  test('a bucket of another stack', () =>
    expect(define({ bucket: new Bucket(ownerStack(), 'Other') })).toMatch(
      /^Owner\/Policy: bucket: got Owner\/Other, allowed: a bucket made in the same stack/,
    ));

  test('no workload', () =>
    expect(define({ workloads: [] })).toMatch(
      /^Owner\/Policy: workloads: got an empty list, allowed: one workload or more/,
    ));

  test('a bucket that has a perimeter of this library', () => {
    const stack = ownerStack();
    const bucket = workload(stack).dataBucket('UserData');
    expect(define({ stack, bucket })).toMatch(
      /^Owner\/Policy: bucket: got .*, allowed: a bucket that no workload made or adopted/,
    );
  });

  test('a role without a name, where its stack refers to the bucket', () => {
    const stack = ownerStack();
    const bucket = new Bucket(stack, 'Shared');
    const other = new Stack(stack.node.root as App, 'Training', { env: OWNER });
    const app = new PrivateEc2S3Access(other, 'App', {
      dataBuckets: { Shared: DataBucketSource.fromBucket(bucket, { access: [BucketAccess.readOnly()] }) },
    });
    expect(define({ stack, bucket, workloads: [RemoteWorkload._fromAccessList(app._accessList, bucket)] })).toMatch(
      /^Owner\/Policy: workloads: got Training\/App\/Role, allowed: a role with a name, .*, fix: .*roleName/,
    );
  });

  test('not a role with a name', () => {
    const stack = ownerStack();
    const bucket = new Bucket(stack, 'Shared');
    const other = new Stack(stack.node.root as App, 'Training', { env: OWNER });
    const app = workload(other, {
      role: new WorkloadRole(other, 'Role', { roleName: 'Worker' }),
      dataBuckets: { Shared: DataBucketSource.fromBucket(bucket, { access: [BucketAccess.readOnly()] }) },
    });
    expect(
      () =>
        new DataBucketPolicy(stack, 'Policy', {
          bucket,
          workloads: [RemoteWorkload._fromAccessList(app._accessList, bucket)],
        }),
    ).not.toThrow();
  });
});

describe('what an adversary would look for', () => {
  const owned = (...workloads: RemoteWorkload[]) => {
    const stack = new Stack(new App(), 'Owner', { env: { account: '444455556666', region: 'eu-west-1' } });
    const bucket = new Bucket(stack, 'Archive', { bucketName: 'example-archive' });
    return { stack, bucket, policy: () => new DataBucketPolicy(stack, 'Policy', { bucket, workloads }) };
  };
  const statementsOf = (stack: Stack): Array<Record<string, unknown>> =>
    Object.values(Template.fromStack(stack).findResources('AWS::S3::BucketPolicy'))[0].Properties.PolicyDocument
      .Statement;

  test('roles of one name in two accounts get what each is granted', () => {
    const { stack, policy } = owned(
      RemoteWorkload.fromAttributes({
        roleArn: 'arn:aws:iam::111122223333:role/App',
        access: [BucketAccess.readOnly('datasets/')],
      }),
      RemoteWorkload.fromAttributes({
        roleArn: 'arn:aws:iam::777788889999:role/App',
        access: [BucketAccess.writeOnly('uploads/')],
      }),
    );
    policy();
    const writes = statementsOf(stack).filter(({ Action }) => [Action].flat().includes('s3:PutObject'));

    expect(writes).toHaveLength(1);
    expect(JSON.stringify(writes)).toContain('777788889999');
    expect(JSON.stringify(writes)).not.toContain('111122223333');
  });

  test('a list under a prefix is limited to it', () => {
    const { stack, policy } = owned(
      RemoteWorkload.fromAttributes({
        roleArn: 'arn:aws:iam::111122223333:role/App',
        access: [BucketAccess.readOnly('datasets/')],
      }),
    );
    policy();
    const [list] = statementsOf(stack).filter(({ Action }) => [Action].flat().includes('s3:ListBucket'));

    expect(list.Condition).toHaveProperty('StringLike', { 's3:prefix': ['datasets/*'] });
  });

  test('a workload that names another construct of the bucket is refused, instead of getting nothing', () => {
    const { stack, bucket } = owned();
    const list = new AccessList();
    const role = Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111122223333:role/App');
    list.allow({
      role,
      bucket: Bucket.fromBucketName(stack, 'Theirs', 'example-archive'),
      access: [BucketAccess.readOnly()],
    });
    new DataBucketPolicy(stack, 'Policy', { bucket, workloads: [RemoteWorkload._fromAccessList(list, bucket)] });

    expect(() => Template.fromStack(stack)).toThrow(
      /Owner\/Policy: workloads: got .*, allowed: the bucket that the workload names, with a grant in it/,
    );
  });

  test('a bucket that is emptied by a function takes no network perimeter', () => {
    const stack = new Stack(new App(), 'Owner', { env: { account: '444455556666', region: 'eu-west-1' } });
    const bucket = new Bucket(stack, 'Archive', { autoDeleteObjects: true, removalPolicy: RemovalPolicy.DESTROY });
    const workloads = [
      RemoteWorkload.fromAttributes({
        roleArn: 'arn:aws:iam::111122223333:role/App',
        access: [BucketAccess.readOnly()],
      }),
    ];
    new DataBucketPolicy(stack, 'Policy', { bucket, workloads, networkPerimeter: true });

    expect(() => Template.fromStack(stack)).toThrow(/Owner\/Policy: .*autoDeleteObjects/);
  });
});
