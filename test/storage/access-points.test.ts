import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import {
  BucketAccess,
  DataBucketPolicy,
  DataBucketSource,
  PrivateEc2S3Access,
  RemoteWorkload,
  RemoteWorkloadAttributes,
  RequiredPolicyKind,
} from '../../src';
import type { PolicyJson } from '../../src/iam';
import { asList } from '../../src/iam/document';
import { WorkloadRole } from '../support/parts';
import { required } from '../support/required';
import {
  IRELAND,
  OTHER_ACCOUNT,
  TYPE,
  annotationsWith,
  errorOf,
  filledIn,
  only,
  resources,
} from '../support/resources';

const OWNER = { ...IRELAND, account: OTHER_ACCOUNT };
const ACCESS_POINT = 'AWS::S3::AccessPoint';
const NAMES: Record<string, string> = {
  'AWS::Partition': 'aws',
  'AWS::AccountId': OWNER.account,
  'AWS::Region': OWNER.region,
  'AWS::URLSuffix': 'amazonaws.com',
};

function of(name: string, attributes: Partial<RemoteWorkloadAttributes> = {}): RemoteWorkload {
  return RemoteWorkload.fromAttributes({
    roleArn: `arn:aws:iam::${IRELAND.account}:role/${name}`,
    access: [BucketAccess.writeOnly(`${name}/`)],
    accessPointName: `lake-${name}`,
    ...attributes,
  });
}

function ownedBy(workloads: RemoteWorkload[], networkPerimeter?: boolean): Template {
  const stack = new Stack(new App(), 'Owner', { env: OWNER });
  const bucket = new Bucket(stack, 'Lake', {
    bucketName: 'example-lake',
    encryption: BucketEncryption.KMS,
    encryptionKey: new Key(stack, 'Key'),
  });
  new DataBucketPolicy(stack, 'Policy', { bucket, workloads, networkPerimeter });
  return Template.fromStack(stack);
}

function policyOf(template: Template, type: string, property: string): PolicyJson {
  const nameOf = (reference: string) =>
    NAMES[reference] ?? (reference.endsWith('.Arn') ? 'arn:aws:s3:::example-lake' : reference);
  return filledIn(only(template, type).Properties[property], nameOf) as PolicyJson;
}

function sidsOf(policy: PolicyJson): unknown[] {
  return asList(policy.Statement).map(({ Sid }) => Sid);
}

describe('the stack of the owner', () => {
  test('makes an access point for each name, closed to the public, on the bucket', () => {
    const found = Object.values(resources(ownedBy([of('ingest'), of('reports')]), ACCESS_POINT)).map(
      ({ Properties }) => Properties,
    );
    expect(found.map(({ Name }) => Name)).toEqual(['lake-ingest', 'lake-reports']);
    for (const { Bucket: bucket, PublicAccessBlockConfiguration: settings } of found) {
      expect(bucket).toEqual({ Ref: expect.stringMatching(/^Lake/) });
      expect(settings).toEqual({
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      });
    }
  });

  test('makes one access point for workloads that name the same one, with each of their roles', () => {
    const template = ownedBy([of('ingest'), of('reports', { accessPointName: 'lake-ingest' })]);
    const others = asList(policyOf(template, ACCESS_POINT, 'Policy').Statement).find(
      ({ Sid }) => Sid === 'DenyObjectsToOthers',
    );
    expect(others?.Condition).toEqual({
      ArnNotEquals: {
        'aws:PrincipalArn': [
          `arn:aws:iam::${IRELAND.account}:role/ingest`,
          `arn:aws:iam::${IRELAND.account}:role/reports`,
        ],
      },
    });
  });

  test('makes none for workloads that name none', () => {
    expect(resources(ownedBy([of('ingest', { accessPointName: undefined })]), ACCESS_POINT)).toEqual({});
  });

  test('delegates by one statement, however many there are, and lets those in by themselves that name none', () => {
    const workloads = [of('ingest'), of('reports'), of('direct', { accessPointName: undefined })];
    const policy = policyOf(ownedBy(workloads), TYPE.bucketPolicy, 'PolicyDocument');
    expect(sidsOf(policy)).toEqual([
      'DenyWithoutTls',
      'DenyOldTls',
      'LocateDataBuckets',
      'WriteObjects',
      'DelegateToAccessPoints',
    ]);
    expect(asList(policy.Statement).at(-1)?.Condition).toEqual({
      ArnEquals: {
        's3:DataAccessPointArn': ['ingest', 'reports'].map(
          name => `arn:aws:s3:eu-west-1:${OTHER_ACCOUNT}:accesspoint/lake-${name}`,
        ),
      },
    });
  });

  test('delegates nothing in its own account: there the policies of roles are enough', () => {
    const template = ownedBy([of('own', { roleArn: `arn:aws:iam::${OTHER_ACCOUNT}:role/own` })]);
    expect(sidsOf(policyOf(template, TYPE.bucketPolicy, 'PolicyDocument'))).toEqual(['DenyWithoutTls', 'DenyOldTls']);
    expect(sidsOf(policyOf(template, ACCESS_POINT, 'Policy'))).toEqual([
      'DenyObjectsOutsideEndpoint',
      'DenyListsOutsideEndpoint',
      'DenyObjectsToOthers',
      'DenyListsToOthers',
    ]);
  });

  test('lets the roles use the key of the bucket', () => {
    const use = asList(policyOf(ownedBy([of('ingest')]), TYPE.key, 'KeyPolicy').Statement).find(
      ({ Sid }) => Sid === 'EncryptThroughS3',
    );
    expect(use?.Condition).toMatchObject({
      ArnLike: { 'aws:PrincipalArn': [`arn:aws:iam::${IRELAND.account}:role/ingest`] },
    });
  });

  test('names the endpoints of all in its network perimeter', () => {
    const vpcEndpointIds = ['vpce-0123456789abcdef0'];
    const policy = policyOf(
      ownedBy([of('ingest', { vpcEndpointIds }), of('reports')], true),
      TYPE.bucketPolicy,
      'PolicyDocument',
    );
    expect(asList(policy.Statement).find(({ Sid }) => Sid === 'DenyObjectsOutsideEndpoint')?.Condition).toEqual({
      StringNotEquals: { 'aws:SourceVpce': vpcEndpointIds, 'aws:VpceAccount': [IRELAND.account] },
    });
  });

  test('gives every statement of an access point a Sid of its own', () => {
    const one = of('one', { access: [BucketAccess.of(['s3:GetObjectVersion'], 'a/'), BucketAccess.readOnly('b/')] });
    const other = of('other', { access: [BucketAccess.readOnly('c/')], accessPointName: 'lake-one' });
    const names = sidsOf(policyOf(ownedBy([one, other]), ACCESS_POINT, 'Policy'));
    expect(names.filter(name => /^ReadObjects/.test(String(name)))).toHaveLength(3);
    expect(new Set(names).size).toBe(names.length);
  });

  test('denies by endpoint where its account is known at deployment only: it may be that of the role', () => {
    const stack = new Stack(new App(), 'Owner');
    new DataBucketPolicy(stack, 'Policy', { bucket: new Bucket(stack, 'Lake'), workloads: [of('ingest')] });
    const names = sidsOf(policyOf(Template.fromStack(stack), ACCESS_POINT, 'Policy'));
    expect(names).toEqual(
      expect.arrayContaining(['WriteObjects', 'DenyObjectsOutsideEndpoint', 'DenyListsOutsideEndpoint']),
    );
  });

  test('refuses a name that another access point of the account has in the Region', () => {
    const app = new App();
    const owners = ['One', 'Two'].map(id => new Stack(app, id, { env: OWNER }));
    owners.forEach(
      stack => new DataBucketPolicy(stack, 'Policy', { bucket: new Bucket(stack, 'Lake'), workloads: [of('ingest')] }),
    );
    expect(errorOf(() => app.synth())).toMatch(
      /One\/Policy: workloads: got "lake-ingest", allowed: names that no other access point .*, and Two\/Policy\/AccessPoint lake-ingest has this one/,
    );
  });

  test('keeps the logical id of an access point where others come and go', () => {
    const idOf = (template: Template) =>
      Object.entries(resources(template, ACCESS_POINT)).find(
        ([, { Properties }]) => Properties.Name === 'lake-reports',
      )?.[0];
    expect(idOf(ownedBy([of('ingest'), of('reports')]))).toBe(idOf(ownedBy([of('reports'), of('audit')])));
  });
});

describe('the stack of a workload whose owner has another app', () => {
  const stack = new Stack(new App(), 'Ingest', { env: IRELAND });
  const lake = Bucket.fromBucketAttributes(stack, 'Lake', { bucketName: 'example-lake', account: OTHER_ACCOUNT });
  const app = new PrivateEc2S3Access(stack, 'App', {
    role: new WorkloadRole(stack, 'Role', { roleName: 'Ingest' }),
    dataBuckets: {
      Lake: DataBucketSource.fromBucket(lake, {
        access: [BucketAccess.writeOnly('raw/')],
        accessPointName: 'lake-ingest',
      }),
      Own: DataBucketSource.create({ access: [BucketAccess.readOnly()] }),
    },
    proveAtSynthesis: false,
  });

  test('says what the owner has to write into the policies of bucket and access point', () => {
    expect(required(app, 'BUCKET').map(({ sid }) => sid)).toEqual(['DelegateToAccessPoints']);
    expect(required(app, 'ACCESS_POINT').map(({ sid }) => sid)).toEqual([
      'LocateDataBuckets',
      'WriteObjects',
      'DenyObjectsToOthers',
      'DenyListsToOthers',
    ]);
    expect(app.requiredPolicies.map(({ kind }) => kind).sort()).toEqual([
      RequiredPolicyKind.ACCESS_POINT,
      RequiredPolicyKind.BUCKET,
    ]);
  });

  test('knows the ARN that its programs name', () => {
    expect(stack.resolve(app.accessPointArn('Lake'))).toEqual({
      'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:s3:eu-west-1:${OTHER_ACCOUNT}:accesspoint/lake-ingest`]],
    });
    expect(errorOf(() => app.accessPointArn('Own'))).toMatch(
      /^Ingest\/App: id: got "Own", allowed: a data bucket with an access point, fix: /,
    );
  });

  test('shows it in a warning', () => {
    Template.fromStack(stack);
    expect(
      annotationsWith(
        stack,
        'the access point of the bucket Ingest/Lake is not made in this stack; its owner must make its policy of',
      ),
    ).toEqual([expect.stringMatching(/"DenyObjectsToOthers"/)]);
  });

  test('makes no access point itself', () => expect(resources(Template.fromStack(stack), ACCESS_POINT)).toEqual({}));
});
