import { CfnParameter } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { AwsOwnedBucket, BucketAccess, DataBucketSource, OrganizationBoundary } from '../../src';
import { required } from '../support/required';
import {
  IRELAND,
  OTHER_ACCOUNT,
  TYPE,
  bucketStatementsOf,
  bySid,
  newStack,
  sids,
  statements,
  synthesize,
  workload,
} from '../support/resources';

const ID = 'o-a1b2c3d4e5';
const UNITS = ['o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/', 'o-a1b2c3d4e5/r-ab12/ou-ab12-22222222/ou-ab12-33333333/'];

function built(organization?: OrganizationBoundary) {
  const { app, stack, template } = synthesize({ organization, awsOwnedBuckets: [AwsOwnedBucket.ssmAgent()] });
  return { template, policy: bucketStatementsOf(stack, template, app.dataBucket('UserData').bucketName) };
}

describe('the organization of a workload in the bucket policy', () => {
  test('refuses objects to principals of other organizations, but not to services', () => {
    expect(bySid(built({ organizationId: ID }).policy, 'DenyOutsideOrganization')).toMatchObject({
      Effect: 'Deny',
      Action: 's3:*',
      Condition: {
        BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
        StringNotEquals: { 'aws:PrincipalOrgID': ID },
      },
    });
  });

  test('is about objects only', () => {
    const { policy } = built({ organizationId: ID, organizationalUnitPaths: UNITS });
    ['DenyOutsideOrganization', 'DenyOutsideOrganizationalUnits'].forEach(sid =>
      expect(JSON.stringify(bySid(policy, sid).Resource)).toContain('/*'),
    );
  });

  test('refuses objects to other units, and to principals of no organization, with all values', () => {
    expect(
      bySid(built({ organizationId: ID, organizationalUnitPaths: UNITS }).policy, 'DenyOutsideOrganizationalUnits')
        .Condition,
    ).toEqual({
      BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
      'ForAllValues:StringNotLike': { 'aws:PrincipalOrgPaths': UNITS.map(path => `${path}*`) },
    });
  });

  test('names no unit where all of them are meant', () => {
    expect(sids(built({ organizationId: ID }).policy)).not.toContain('DenyOutsideOrganizationalUnits');
  });

  test('refuses objects to principals of other accounts where accounts are named, anonymous ones included', () => {
    const { policy } = built({ organizationId: ID, accounts: ['111122223333', '444455556666'] });
    expect(bySid(policy, 'DenyOutsideAccounts').Condition).toEqual({
      BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
      StringNotEquals: { 'aws:PrincipalAccount': ['111122223333', '444455556666'] },
    });
    expect(JSON.stringify(bySid(policy, 'DenyOutsideAccounts').Resource)).toContain('/*');
    expect(sids(built({ organizationId: ID }).policy)).not.toContain('DenyOutsideAccounts');
  });

  test('is not there unless named', () => {
    expect(sids(built().policy).filter(sid => sid.startsWith('DenyOutsideOrganization'))).toEqual([]);
  });

  test('reaches an adopted bucket of the same stack', () => {
    const stack = newStack();
    const bucket = new Bucket(stack, 'Theirs');
    const dataBuckets = { Theirs: DataBucketSource.fromBucket(bucket, { access: [BucketAccess.readOnly()] }) };
    workload(stack, { dataBuckets, organization: { organizationId: ID, organizationalUnitPaths: UNITS } });
    expect(sids(bucketStatementsOf(stack, Template.fromStack(stack), bucket.bucketName))).toEqual(
      expect.arrayContaining(['DenyOutsideOrganization', 'DenyOutsideOrganizationalUnits']),
    );
  });
});

describe('the organization of a workload in the endpoint policy', () => {
  test('is asked of principals and of buckets', () => {
    expect(
      bySid(statements(built({ organizationId: ID }).template, TYPE.endpoint), 'ReadWriteObjects').Condition
        ?.StringEquals,
    ).toMatchObject({ 'aws:PrincipalOrgID': ID, 'aws:ResourceOrgID': ID });
  });

  test('is not asked where AWS owns the bucket', () => {
    expect(
      bySid(statements(built({ organizationId: ID }).template, TYPE.endpoint), 'ReadSsmAgent').Condition,
    ).toBeUndefined();
  });

  test('is not there unless named', () => {
    expect(JSON.stringify(statements(built().template, TYPE.endpoint))).not.toContain('OrgID');
  });
});

describe('the organization of a workload in the other policies', () => {
  const within = {
    StringEquals: { 'aws:PrincipalOrgID': ID },
    'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': UNITS.map(path => `${path}*`) },
  };

  test('is asked of whoever uses the key through S3, with any value', () => {
    const { template } = built({ organizationId: ID, organizationalUnitPaths: UNITS });
    ['DecryptThroughS3', 'EncryptThroughS3'].forEach(sid =>
      expect(bySid(statements(template, TYPE.key), sid).Condition).toMatchObject(within),
    );
    expect(bySid(statements(template, TYPE.key), 'AccountAdministersKey').Condition).toBeUndefined();
  });

  test('is asked of the buckets that the role reaches', () => {
    const pinned = statements(built({ organizationId: ID }).template, TYPE.managedPolicy).filter(
      ({ Condition }) => Condition?.StringEquals?.['aws:ResourceAccount'],
    );
    expect(pinned.length).toBeGreaterThan(1);
    pinned.forEach(({ Condition }) => expect(Condition?.StringEquals?.['aws:ResourceOrgID']).toBe(ID));
  });

  test('is asked of the role where a bucket of another account lets it in', () => {
    const stack = newStack();
    const archive = Bucket.fromBucketAttributes(stack, 'Archive', {
      bucketArn: 'arn:aws:s3:::archive',
      account: OTHER_ACCOUNT,
    });
    const app = workload(stack, {
      dataBuckets: { Archive: DataBucketSource.fromBucket(archive, { access: [BucketAccess.writeOnly('app/')] }) },
      organization: { organizationId: ID, organizationalUnitPaths: UNITS },
    });
    const forTheOwner = required(app, 'BUCKET').map(each => each.toStatementJson());
    expect(forTheOwner.length).toBeGreaterThan(0);
    forTheOwner.forEach(({ Condition }) => expect(Condition).toMatchObject(within));
  });

  test('is not there unless named', () => {
    const { template } = built();
    expect(JSON.stringify([statements(template, TYPE.key), statements(template, TYPE.managedPolicy)])).not.toMatch(
      /Org(ID|Paths)/,
    );
  });
});

describe('the accounts of an organization', () => {
  test('are those of the stack, where that is known', () => {
    const organization = { organizationId: ID, accounts: [IRELAND.account] };
    expect(() => workload(newStack(IRELAND), { organization })).not.toThrow();
    expect(() => workload(newStack(), { organization })).not.toThrow();
    expect(() => workload(newStack({ account: OTHER_ACCOUNT, region: 'eu-west-1' }), { organization })).toThrow(
      /organization\.accounts: got 111122223333|"111122223333"/,
    );
  });
});

describe('an organization that is known at deployment only', () => {
  test('is taken as it is', () => {
    const stack = newStack();
    const organizationId = new CfnParameter(stack, 'OrganizationId').valueAsString;
    workload(stack, { organization: { organizationId } });
    expect(
      bySid(statements(Template.fromStack(stack), TYPE.endpoint), 'ReadWriteObjects').Condition?.StringEquals,
    ).toMatchObject({ 'aws:PrincipalOrgID': { Ref: 'OrganizationId' } });
  });
});
