import { Stack } from 'aws-cdk-lib';
import {
  AccountPrincipal,
  AnyPrincipal,
  ArnPrincipal,
  CfnRole,
  Effect,
  Policy,
  PolicyDocument,
  PolicyStatement,
  PolicyStatementProps,
  ServicePrincipal,
} from 'aws-cdk-lib/aws-iam';
import { evidencesOf } from './support';
import type { PrivateEc2S3Access } from '../../src';
import { findingsOf, RuleFinding } from '../../src/rules/all-rules';
import { synthesizedStack } from '../cloudformation/support';
import { quickStart } from '../support/scenarios';

/** What the rules say of the quick start, after somebody added to its policies. */
/** What the rules say about statements; what these do to the requests of the workload, another rule says. */
function said(add: (app: PrivateEc2S3Access, stack: Stack) => void): readonly RuleFinding[] {
  const stack = synthesizedStack(own => add(quickStart(own, { proveAtSynthesis: false }), own));
  return evidencesOf(stack)
    .flatMap(findingsOf)
    .filter(({ rule }) => rule !== 'request-path');
}

/** Adds a statement about the bucket `UserData` to its policy. */
function toBucket(app: PrivateEc2S3Access, props: PolicyStatementProps): void {
  const bucket = app.dataBucket('UserData');
  bucket.addToResourcePolicy(
    new PolicyStatement({ sid: 'Added', actions: ['s3:GetObject'], resources: [bucket.arnForObjects('*')], ...props }),
  );
}

function toRole(app: PrivateEc2S3Access, props: PolicyStatementProps): void {
  app.role.addToPrincipalPolicy(
    new PolicyStatement({ sid: 'Added', actions: ['s3:GetObject'], resources: ['arn:aws:s3:::elsewhere/*'], ...props }),
  );
}

function toEndpoint(app: PrivateEc2S3Access, props: PolicyStatementProps): void {
  app.s3Endpoint.addToPolicy(
    new PolicyStatement({
      sid: 'Added',
      principals: [new AnyPrincipal()],
      actions: ['s3:GetObject'],
      resources: ['arn:aws:s3:::elsewhere/*'],
      ...props,
    }),
  );
}

const DENY = { effect: Effect.DENY, principals: [new AnyPrincipal()] };

describe('mistakes are found in the policy that they were added to', () => {
  const BUCKET = 'Training/App/DataBuckets/UserData/Policy/Resource';
  const ROLE = 'Training/App/Role/Policies/Policy';
  const ENDPOINT = 'Training/App/S3Endpoint/Gateway';

  test.each<[string, string, string, (app: PrivateEc2S3Access) => void]>([
    [
      'condition-keys',
      BUCKET,
      'did you mean aws:SourceVpce?',
      app => toBucket(app, { ...DENY, conditions: { StringNotEquals: { 'aws:SorceVpce': 'vpce-1' } } }),
    ],
    [
      'condition-keys',
      ROLE,
      'IpAddress',
      app => toRole(app, { conditions: { StringEquals: { 'aws:SourceIp': '192.0.2.0/24' } } }),
    ],
    [
      'condition-keys',
      ENDPOINT,
      's3:prefix',
      app => toEndpoint(app, { conditions: { StringLike: { 's3:prefix': 'datasets/*' } } }),
    ],
    [
      'set-operators',
      BUCKET,
      'write StringNotEquals',
      app => toBucket(app, { ...DENY, conditions: { 'ForAnyValue:StringNotEquals': { 'aws:SourceVpce': 'vpce-1' } } }),
    ],
    [
      'set-operators',
      ROLE,
      'write StringEquals',
      app => toRole(app, { conditions: { StringEqualsIfExists: { 'aws:SourceVpce': 'vpce-1' } } }),
    ],
    [
      'broad-principals',
      BUCKET,
      'everyone in every account',
      app => toBucket(app, { principals: [new AnyPrincipal()] }),
    ],
    [
      'broad-principals',
      BUCKET,
      'whoever makes the service act',
      app => toBucket(app, { principals: [new ServicePrincipal('cloudtrail.amazonaws.com')] }),
    ],
    [
      'broad-principals',
      BUCKET,
      'NotPrincipal',
      app => toBucket(app, { effect: Effect.DENY, notPrincipals: [new AccountPrincipal('111122223333')] }),
    ],
    [
      'broad-principals',
      BUCKET,
      'aws:PrincipalArn is never',
      app =>
        toBucket(app, {
          ...DENY,
          conditions: { ArnNotEquals: { 'aws:PrincipalArn': 'arn:aws:sts::111122223333:assumed-role/Deploy/me' } },
        }),
    ],
    [
      'endpoint-policy-grammar',
      ENDPOINT,
      'root user',
      app => toEndpoint(app, { principals: [new ArnPrincipal('arn:aws:iam::111122223333:role/Deploy')] }),
    ],
    [
      'endpoint-policy-grammar',
      ENDPOINT,
      'fewer than 6 characters',
      app => toEndpoint(app, { conditions: { StringLike: { 's3:x-amz-acl': 'b*' } } }),
    ],
    [
      'policy-sizes',
      'Training/App/Role/Resource',
      'allowed: 10240',
      app => {
        const statements = Array.from(
          { length: 80 },
          (_, index) =>
            new PolicyStatement({ actions: ['logs:PutLogEvents'], resources: [`${index}${'x'.repeat(100)}`] }),
        );
        new Policy(app, 'Inline', { roles: [app.role], document: new PolicyDocument({ statements, minimize: false }) });
      },
    ],
    [
      'aws-managed-policies',
      'Training/App/Role/Resource',
      'AmazonS3ReadOnlyAccess',
      app => {
        (app.role.node.defaultChild as CfnRole).managedPolicyArns = ['arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess'];
      },
    ],
  ])('%s in %s: %s', (rule, path, words, add) => {
    const [finding, ...more] = said(add).map(({ rule: id, where, description, fix }) => [
      id,
      where?.constructPath,
      `${description} > ${fix}`,
    ]);
    expect(finding).toEqual([rule, path, expect.stringContaining(words)]);
    expect(more).toEqual([]);
  });
});

test('what people write rightly is left alone', () => {
  const account = '111122223333';
  const sources = {
    StringEquals: { 'aws:SourceAccount': account },
    ArnLike: { 'aws:SourceArn': `arn:aws:s3:::inventoried-${account}` },
  };
  expect(
    said((app, stack) => {
      toBucket(app, {
        sid: 'Inventory',
        principals: [new ServicePrincipal('s3.amazonaws.com')],
        actions: ['s3:PutObject'],
        conditions: sources,
      });
      toBucket(app, { sid: 'Analysts', principals: [new ArnPrincipal(`arn:aws:iam::${account}:role/Analyst`)] });
      toBucket(app, {
        sid: 'Members',
        principals: [new AccountPrincipal(account)],
        conditions: { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-a1b2c3d4e5/*' } },
      });
      toBucket(app, {
        ...DENY,
        sid: 'Late',
        conditions: {
          NumericGreaterThan: { 's3:signatureAge': '600000' },
          StringNotEquals: { 's3:signatureversion': 'AWS4-HMAC-SHA256' },
        },
      });
      toBucket(app, {
        ...DENY,
        sid: 'Tagged',
        conditions: { StringNotEquals: { 's3:ExistingObjectTag/class': '${aws:PrincipalTag/class}' } },
      });
      toBucket(app, {
        ...DENY,
        sid: 'Network',
        conditions: {
          NotIpAddressIfExists: { 'aws:SourceIp': '192.0.2.0/24' },
          Bool: { 'aws:ViaAWSService': 'false' },
        },
      });
      toRole(app, { sid: 'Logs', actions: ['logs:PutLogEvents'], resources: ['*'] });
      toRole(app, {
        sid: 'Sessions',
        actions: ['ssm:StartSession'],
        resources: ['*'],
        conditions: { BoolIfExists: { 'ssm:SessionDocumentAccessCheck': 'true' } },
      });
      const tags = {
        StringEquals: { 'aws:RequestTag/team': 'x' },
        'ForAllValues:StringEquals': { 'aws:TagKeys': ['team'] },
      };
      toRole(app, {
        sid: 'Tags',
        actions: ['ec2:CreateTags'],
        resources: ['*'],
        conditions: { ...tags, StringLike: { 'ec2:CreateAction': 'Run*' } },
      });
      toRole(app, {
        sid: 'Pass',
        actions: ['iam:PassRole'],
        resources: ['*'],
        conditions: { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } },
      });
      toEndpoint(app, {
        resources: [`arn:aws:s3:::cdk-hnb659fds-assets-${account}-${stack.region}/*`],
        conditions: { StringEquals: { 'aws:ResourceAccount': account } },
      });
    }),
  ).toEqual([]);
});
