import { lines, policyOf } from './support';
import type { Environment } from '../../src/cloudformation/models';
import type { ConditionJson, StatementJson } from '../../src/iam';
import type { PolicyPlace } from '../../src/rules/all-rules';
import { broadPrincipals } from '../../src/rules/broad-principals';

function said(place: PolicyPlace, statement: Partial<StatementJson>, partition = 'aws'): string[] {
  const environment = { partition } as Environment;
  return lines(
    broadPrincipals,
    [policyOf(place, { Sid: 'Checked', Effect: 'Allow', Action: '*', Resource: '*', ...statement })],
    { environment },
  );
}

describe('everybody', () => {
  const EVERYBODY =
    /^statement Checked of the \w+ policy: it allows the principal "\*", .* > name the account as the principal, and the role by ArnEquals on aws:PrincipalArn; or add StringEquals on aws:PrincipalOrgID/;

  test.each<[PolicyPlace, StatementJson['Principal']]>([
    ['bucket', '*'],
    ['bucket', { AWS: '*' }],
    ['key', { AWS: ['arn:aws:iam::111122223333:root', '*'] }],
  ])('in an Allow of the %s policy as %j', (place, Principal) => {
    expect(said(place, { Principal })).toEqual([expect.stringMatching(EVERYBODY)]);
    expect(said(place, { Principal, Effect: 'Deny' })).toEqual([]);
  });

  test.each<ConditionJson>([
    { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
    { StringLike: { 'aws:principalaccount': '111122223333' } },
    { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-a1b2c3d4e5/*' } },
    { StringEquals: { 'kms:CallerAccount': '<account>' } },
    { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::logs' } },
  ])('whom %j pins', Condition => {
    expect(said('key', { Principal: '*', Condition })).toEqual([]);
  });

  test.each<ConditionJson>([
    { StringEquals: { 'aws:SourceVpce': 'vpce-1' } },
    { StringNotEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
    { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
    { 'ForAllValues:StringLike': { 'aws:PrincipalOrgPaths': 'o-a1b2c3d4e5/*' } },
    { Null: { 'aws:PrincipalOrgID': 'false' } },
    { StringLike: { 'aws:PrincipalAccount': '*' } },
    // past the boundary of the role, and without an Allow of its own
    { ArnEquals: { 'aws:PrincipalArn': 'arn:<partition>:iam::<account>:role/<Training.Role>' } },
    { StringEquals: { 'kms:CallerAccount': ['111122223333', '*'] } },
    { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::*' } },
    { Matches: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
  ])('whom %j does not pin', Condition => {
    expect(said('bucket', { Principal: '*', Condition })).toHaveLength(1);
  });

  test('is how endpoint policies say it', () => {
    expect(said('S3 endpoint', { Principal: '*' })).toEqual([]);
    expect(said('other endpoint', { Principal: { AWS: '*' } })).toEqual([]);
  });
});

test('NotPrincipal means whom nobody thinks of', () => {
  for (const place of ['bucket', 'key', 'trust policy', 'other endpoint'] as const) {
    expect(said(place, { Effect: 'Deny', NotPrincipal: { AWS: 'arn:aws:iam::111122223333:role/App' } })).toEqual([
      expect.stringMatching(
        /: NotPrincipal also means every principal with a permissions boundary.* > write Principal "\*"/,
      ),
    ]);
  }
  expect(said('S3 endpoint', { Effect: 'Deny', NotPrincipal: '*' })).toEqual([]);
});

describe('sessions', () => {
  const SESSION = 'arn:aws:sts::111122223333:assumed-role/App/i-0123456789abcdef0';

  test('are no principals', () => {
    const fix = 'name the role instead, as in arn:aws:iam::111122223333:role/Name';
    expect(said('bucket', { Principal: { AWS: SESSION } })).toEqual([
      `statement Checked of the bucket policy: the principal "${SESSION}" is one session of a role, whose name the caller chooses > ${fix}`,
    ]);
    expect(said('bucket', { Effect: 'Deny', NotPrincipal: { AWS: SESSION } })).toHaveLength(2);
    expect(said('bucket', { Principal: { AWS: 'arn:aws:iam::111122223333:role/App' } })).toEqual([]);
  });

  test('are never in aws:PrincipalArn', () => {
    expect(
      said('managed policy', {
        Effect: 'Deny',
        Condition: { ArnNotLike: { 'aws:PrincipalARN': [SESSION, 'arn:aws:iam::111122223333:role/App'] } },
      }),
    ).toEqual([
      expect.stringContaining(`aws:PrincipalArn is never "${SESSION}": for a session it holds the ARN of the role`),
    ]);
    expect(said('managed policy', { Condition: { StringLike: { 'aws:userid': SESSION } } })).toEqual([]);
  });
});

describe('services', () => {
  const Principal = { Service: 'cloudtrail.amazonaws.com' };

  test('write for whoever uses them', () => {
    expect(said('bucket', { Principal })).toEqual([
      expect.stringMatching(
        /it allows "cloudtrail.amazonaws.com" for whoever makes the service act: .* > add StringEquals on aws:SourceAccount, or ArnLike on aws:SourceArn$/,
      ),
    ]);
    expect(
      said('bucket', { Principal, Condition: { StringEqualsIfExists: { 'aws:SourceAccount': '111122223333' } } }),
    ).toHaveLength(1);
    expect(
      said('bucket', { Principal, Condition: { StringEquals: { 'aws:PrincipalAccount': '111122223333' } } }),
    ).toHaveLength(1);
  });

  test.each<ConditionJson>([
    { StringEquals: { 'aws:SourceAccount': '111122223333' } },
    { ArnLike: { 'aws:SourceArn': 'arn:aws:cloudtrail:*:111122223333:trail/*' } },
    { StringEquals: { 'aws:SourceOrgID': 'o-a1b2c3d4e5' } },
  ])('act for the account that %j names', Condition => {
    expect(said('bucket', { Principal, Condition })).toEqual([]);
  });

  test('may be denied, and may use keys', () => {
    expect(said('bucket', { Principal, Effect: 'Deny' })).toEqual([]);
    expect(said('key', { Principal })).toEqual([]);
  });
});

describe('who may assume the role', () => {
  test('is EC2', () => {
    expect(said('trust policy', { Principal: { Service: 'ec2.amazonaws.com' } })).toEqual([]);
    expect(
      said('trust policy', { Principal: { Service: ['ec2.amazonaws.com', 'ec2.amazonaws.com.cn'] } }, 'aws-cn'),
    ).toEqual([]);
    expect(
      said('trust policy', { Principal: { Service: ['ec2.<url-suffix>', '<Training.Service>'] } }, '<partition>'),
    ).toEqual([]);
    expect(said('trust policy', { Principal: { Service: 'ec2.amazonaws.com.cn' } }, '<partition>')).toEqual([]);
    expect(said('trust policy', { Principal: '*', Effect: 'Deny' })).toEqual([]);
  });

  test.each<[StatementJson['Principal'], string]>([
    ['*', '"*"'],
    [{ AWS: 'arn:aws:iam::111122223333:root' }, '"arn:aws:iam::111122223333:root"'],
    [{ Federated: 'accounts.google.com' }, '"accounts.google.com"'],
    [{ Service: ['ec2.amazonaws.com', 'lambda.amazonaws.com'] }, '"lambda.amazonaws.com"'],
    [{ Service: 'ec2.amazonaws.com.cn' }, '"ec2.amazonaws.com.cn"'],
    [{ Service: 'lambda.<url-suffix>' }, '"lambda.<url-suffix>"'],
    [{ CanonicalUser: '79a5' }, '"79a5"'],
  ])('and not %j', (Principal, named) => {
    expect(said('trust policy', { Principal })).toEqual([
      `statement Checked of the trust policy policy: it lets ${named} assume the role of the instance, allowed: ec2.amazonaws.com` +
        ' > remove the principal, and give whoever else needs the data a role and an access list of their own',
    ]);
  });
});
