import { CfnParameter } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { AwsOwnedBucket, BucketAccess, DataBucketSource, OrganizationBoundary } from '../../src';
import { TYPE, bucketStatementsOf, bySid, newStack, sids, statements, synthesize, workload } from '../support/resources';

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
      Condition: { BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' }, StringNotEquals: { 'aws:PrincipalOrgID': ID } },
    });
  });

  test('is about objects only', () => {
    const { policy } = built({ organizationId: ID, organizationalUnitPaths: UNITS });
    ['DenyOutsideOrganization', 'DenyOutsideOrganizationalUnits'].forEach(sid => expect(JSON.stringify(bySid(policy, sid).Resource)).toContain('/*'));
  });

  test('refuses objects to other units, and to principals of no organization, with all values', () => {
    expect(bySid(built({ organizationId: ID, organizationalUnitPaths: UNITS }).policy, 'DenyOutsideOrganizationalUnits').Condition).toEqual({
      'BoolIfExists': { 'aws:PrincipalIsAWSService': 'false' },
      'ForAllValues:StringNotLike': { 'aws:PrincipalOrgPaths': UNITS.map(path => `${path}*`) },
    });
  });

  test('names no unit where all of them are meant', () => {
    expect(sids(built({ organizationId: ID }).policy)).not.toContain('DenyOutsideOrganizationalUnits');
  });

  test('is not there unless named', () => {
    expect(sids(built().policy).filter(sid => sid.startsWith('DenyOutsideOrganization'))).toEqual([]);
  });

  test('reaches an adopted bucket of the same stack', () => {
    const stack = newStack();
    const bucket = new Bucket(stack, 'Theirs');
    const dataBuckets = { Theirs: DataBucketSource.fromBucket(bucket, { access: [BucketAccess.readOnly()] }) };
    workload(stack, { dataBuckets, organization: { organizationId: ID, organizationalUnitPaths: UNITS } });
    expect(sids(bucketStatementsOf(stack, Template.fromStack(stack), bucket.bucketName)))
      .toEqual(expect.arrayContaining(['DenyOutsideOrganization', 'DenyOutsideOrganizationalUnits']));
  });
});

describe('the organization of a workload in the endpoint policy', () => {
  test('is asked of principals and of buckets', () => {
    expect(bySid(statements(built({ organizationId: ID }).template, TYPE.endpoint), 'ReadWriteObjects').Condition?.StringEquals)
      .toMatchObject({ 'aws:PrincipalOrgID': ID, 'aws:ResourceOrgID': ID });
  });

  test('is not asked where AWS owns the bucket', () => {
    expect(bySid(statements(built({ organizationId: ID }).template, TYPE.endpoint), 'ReadSsmAgent').Condition).toBeUndefined();
  });

  test('is not there unless named', () => {
    expect(JSON.stringify(statements(built().template, TYPE.endpoint))).not.toContain('OrgID');
  });
});

describe('an organization that is known at deployment only', () => {
  test('is taken as it is', () => {
    const stack = newStack();
    const organizationId = new CfnParameter(stack, 'OrganizationId').valueAsString;
    workload(stack, { organization: { organizationId } });
    expect(bySid(statements(Template.fromStack(stack), TYPE.endpoint), 'ReadWriteObjects').Condition?.StringEquals)
      .toMatchObject({ 'aws:PrincipalOrgID': { Ref: 'OrganizationId' } });
  });
});
