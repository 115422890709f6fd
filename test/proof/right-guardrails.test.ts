import { App, CfnResource, Stack } from 'aws-cdk-lib';
import type { StatementJson } from '../../src/iam';
import { ORGANIZATION, resourceControl, serviceControl } from '../support/organization-policies';
import { IRELAND } from '../support/resources';
import { quickStart } from '../support/scenarios';
import { validated } from '../support/validated';

/** As AWS publishes them: https://github.com/aws-samples/data-perimeter-policy-examples */
const IDENTITIES: StatementJson = {
  Sid: 'EnforceOrgIdentities',
  Effect: 'Deny',
  Principal: '*',
  Action: ['s3:*', 'sqs:*', 'kms:*', 'secretsmanager:*', 'sts:AssumeRole'],
  Resource: '*',
  Condition: {
    StringNotEqualsIfExists: {
      'aws:PrincipalOrgID': ORGANIZATION,
      'aws:PrincipalAccount': ['555566667777', '666677778888'],
      'aws:ResourceTag/dp:exclude:identity': 'true',
    },
    BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
  },
};
const DEPUTIES: StatementJson = {
  Sid: 'EnforceConfusedDeputyProtection',
  Effect: 'Deny',
  Principal: '*',
  Action: ['s3:*', 'sqs:*', 'kms:*', 'secretsmanager:*', 'sts:*'],
  Resource: '*',
  Condition: {
    StringNotEqualsIfExists: {
      'aws:SourceOrgID': ORGANIZATION,
      'aws:SourceAccount': ['555566667777'],
      'aws:ResourceTag/dp:exclude:identity': 'true',
    },
    Null: { 'aws:SourceAccount': 'false' },
    Bool: { 'aws:PrincipalIsAWSService': 'true' },
  },
};
const ON_NETWORKS = {
  NotIpAddressIfExists: { 'aws:SourceIp': '203.0.112.0/24' },
  ArnNotLikeIfExists: { 'aws:PrincipalArn': ['arn:aws:iam::*:role/aws:ec2-infrastructure'] },
};
const NETWORKS: StatementJson = {
  Sid: 'EnforceNetworkPerimeter',
  Effect: 'Deny',
  Principal: '*',
  Action: ['s3:*', 'kms:*'],
  Resource: '*',
  Condition: {
    ...ON_NETWORKS,
    StringNotEqualsIfExists: {
      'aws:VpceOrgID': ORGANIZATION,
      'aws:PrincipalTag/dp:exclude:network': 'true',
      'aws:PrincipalAccount': ['555566667777'],
      'aws:VpceAccount': ['666677778888'],
      'aws:ResourceTag/dp:exclude:network': 'true',
    },
    BoolIfExists: { 'aws:PrincipalIsAWSService': 'false', 'aws:ViaAWSService': 'false' },
    StringEquals: { 'aws:PrincipalTag/dp:include:network': 'true' },
  },
};
const CREDENTIALS: StatementJson = {
  Sid: 'EnforceNetworkPerimeterOnEC2Roles',
  Effect: 'Deny',
  NotAction: ['es:ES*', 'dax:GetItem', 'rds-db:connect'],
  Resource: '*',
  Condition: {
    ...ON_NETWORKS,
    BoolIfExists: { 'aws:ViaAWSService': 'false' },
    StringNotEqualsIfExists: { 'aws:PrincipalTag/dp:exclude:network': 'true', 'aws:VpceOrgID': [ORGANIZATION] },
    Null: { 'ec2:SourceInstanceARN': 'false' },
  },
};
const RESOURCES: StatementJson = {
  Sid: 'EnforceResourcePerimeter',
  Effect: 'Deny',
  Action: '*',
  NotResource: ['arn:aws:iam::aws:policy/*', 'arn:aws:ec2:*:aws:prefix-list/*', 'arn:aws:s3:::aws-neptune-notebook/*'],
  Condition: {
    StringNotEqualsIfExists: {
      'aws:ResourceOrgID': ORGANIZATION,
      'ec2:Owner': 'amazon',
      'aws:PrincipalTag/dp:exclude:resource': 'true',
    },
  },
};
const REGIONS: StatementJson = {
  Sid: 'DenyOutsideRegions',
  Effect: 'Deny',
  NotAction: ['iam:*', 'organizations:*', 'sts:*', 'support:*', 's3:ListAllMyBuckets'],
  Resource: '*',
  Condition: { StringNotEquals: { 'aws:RequestedRegion': ['eu-central-1', 'eu-west-1'] } },
};
const DELETIONS: StatementJson = {
  Sid: 'DenyDeletions',
  Effect: 'Deny',
  Action: ['kms:ScheduleKeyDeletion', 'kms:DisableKey', 's3:DeleteBucket', 's3:DeleteBucketPolicy'],
  Resource: '*',
};

type Policies = readonly [scps: readonly StatementJson[], rcps: readonly StatementJson[]];

function under([scps, rcps]: Policies, change: (stack: Stack) => unknown = () => undefined) {
  return validated((app: App) => {
    if (scps.length > 0) {
      serviceControl(app, scps);
    }
    if (rcps.length > 0) {
      resourceControl(app, rcps);
    }
    const stack = new Stack(app, 'Training', { env: IRELAND });
    quickStart(stack, { organization: { organizationId: ORGANIZATION } });
    change(stack);
  });
}

const sparing = (key: string): StatementJson => ({
  ...IDENTITIES,
  Condition: {
    ...IDENTITIES.Condition,
    StringNotEqualsIfExists: { 'aws:PrincipalOrgID': ORGANIZATION, [key]: 'true' },
  },
});

describe('guardrails as AWS publishes them leave no hole and lock nobody out', () => {
  test.each<[string, Policies]>([
    ['identities', [[], [IDENTITIES]]],
    ['deputies', [[], [DEPUTIES]]],
    ['networks', [[], [NETWORKS]]],
    ['credentials of instances', [[CREDENTIALS], []]],
    ['resources', [[RESOURCES], []]],
    ['Regions', [[REGIONS], []]],
    ['deletions', [[DELETIONS], []]],
    [
      'all of them',
      [
        [CREDENTIALS, RESOURCES, REGIONS, DELETIONS],
        [IDENTITIES, DEPUTIES, NETWORKS],
      ],
    ],
  ])('%s', (_, policies) => {
    expect(under(policies)).toMatchObject({ violations: [], error: undefined });
  });
});

describe('guardrails that leave a hole beside them are still refused', () => {
  const rules = (policies: Policies, change?: (stack: Stack) => unknown) =>
    under(policies, change).violations.map(({ ruleName }) => ruleName);
  const tagged = (type: string, properties: object) => (stack: Stack) =>
    stack.node
      .findAll()
      .filter((each): each is CfnResource => each instanceof CfnResource && each.cfnResourceType === type)
      .forEach(each => Object.entries(properties).forEach(([name, value]) => each.addPropertyOverride(name, value)));
  const Tags = [{ Key: 'dp:exclude:identity', Value: 'true' }];

  test('a tag that strangers give themselves', () => {
    expect(rules([[], [sparing('aws:PrincipalTag/partner')]])).toContain('guarded[outsiders]');
  });

  test('a bucket with the tag that is spared, where policies see its tags', () => {
    expect(rules([[], [IDENTITIES]], tagged('AWS::S3::Bucket', { AbacStatus: 'Enabled', Tags }))).toContain(
      'guarded[outsiders]',
    );
  });

  test('a key with the tag that is spared', () => {
    expect(rules([[], [IDENTITIES]], tagged('AWS::KMS::Key', { Tags }))).toContain('guarded[outsiders]');
  });

  test('a tag on a bucket whose tags policies do not see opens nothing', () => {
    expect(rules([[], [IDENTITIES]], tagged('AWS::S3::Bucket', { Tags }))).toEqual([]);
  });

  test('every address', () => {
    const everywhere = { ...NETWORKS.Condition, NotIpAddressIfExists: { 'aws:SourceIp': '0.0.0.0/0' } };
    expect(rules([[], [{ ...NETWORKS, Condition: everywhere }]])).toContain('guarded[networks]');
  });

  test('a Region that is not that of the workload', () => {
    const elsewhere = { StringNotEquals: { 'aws:RequestedRegion': 'us-east-1' } };
    expect(rules([[{ ...REGIONS, Condition: elsewhere }], []])).toContain('works[grants]');
  });
});
