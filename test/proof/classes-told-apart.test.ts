import { quickStartInput } from './inputs';
import { broken, counterexamples, resultOf } from './results';
import { adding, Edit, spared, withBucket, withEndpoint, withLogs, withRole } from './sabotage';
import { StatementJson } from '../../src/iam/document';
import { ProofInput } from '../../src/proof';

const input = quickStartInput();

/** Every Deny that keeps others out spares whoever has a value of a key. */
function sparing(operator: string, key: string, value: string | string[]): ProofInput {
  const spare: Edit = statements =>
    statements.map(each => (keepsOut(each) ? spared(each, operator, key, value) : each));
  return withBucket(input, spare);
}

function keepsOut({ Effect, Condition }: StatementJson): boolean {
  return Effect === 'Deny' && /aws:SourceVpce|aws:PrincipalArn/.test(JSON.stringify(Condition ?? {}));
}

describe('a Deny spares', () => {
  test.each([
    ['instances of a VPC', 'StringNotEquals', 'aws:Ec2InstanceSourceVpc', 'vpc-0fff'],
    ['instances of VPCs by a pattern', 'StringNotLike', 'aws:Ec2InstanceSourceVpc', 'vpc-0*'],
    ['access points of VPCs', 'StringNotEquals', 's3:AccessPointNetworkOrigin', 'VPC'],
    ['access points of accounts by a pattern', 'StringNotLike', 's3:DataAccessPointAccount', '1234*'],
    ['access points of any Region', 'ArnNotLike', 's3:DataAccessPointArn', 'arn:aws:s3:*:123456789012:accesspoint/*'],
  ])('%s: that opens the bucket', (_, operator, key, value) => {
    expect(broken(sparing(operator, key, value))).toContain('closed[objects-outside-endpoint]');
  });

  test('access points of VPCs: nothing comes to one from the internet', () => {
    const found = resultOf(
      sparing('StringNotEquals', 's3:AccessPointNetworkOrigin', 'VPC'),
      'closed[objects-outside-endpoint]',
    );
    expect(found.counterexamples[0].request).toContain('of a VPC');
    expect(found.counterexamples[0].request).not.toContain('from the internet');
  });
});

describe('a policy variable is the name of a bucket', () => {
  test.each(['${aws:username}', '${aws:PrincipalTag/bucket}', 'data-${aws:userid}'])(
    '%s: whoever has such a name takes data out',
    name => {
      const open = withEndpoint(
        input,
        adding({ Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: `arn:aws:s3:::${name}/*` }),
      );
      expect(broken(open)).toContain('no-way-out[s3-endpoint]');
    },
  );
});

describe('the log bucket lets somebody read who is named otherwise than by an ARN of IAM', () => {
  test.each([
    ['a canonical user', { CanonicalUser: '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be' }],
    ['an origin access identity', { AWS: 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1A2B3C4D5' }],
    ['an identity provider', { Federated: 'accounts.google.com' }],
  ])('%s', (_, principal) => {
    const [{ arn }] = input.logBuckets!;
    const open = withLogs(
      input,
      adding({ Effect: 'Allow', Principal: principal, Action: 's3:GetObject', Resource: `${arn}/*` }),
    );
    expect(broken(open)).toContain('closed[log-bucket-objects]');
    expect(counterexamples(open)).toContain(String(Object.values(principal)[0]));
  });
});

describe('the workload reads what anybody has, but for what compares with something of its own', () => {
  const tagged: ProofInput = { ...input, role: { ...input.role, tags: { team: 'red' } } };
  const everything = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' } as const;
  const readingWhere = (Condition: StatementJson['Condition']) =>
    withEndpoint(
      withRole(tagged, statements => [
        ...statements,
        everything,
        { Effect: 'Deny', Action: 's3:GetObject', Resource: '*', Condition },
      ]),
      adding({ ...everything, Principal: '*' }),
    );

  test.each([
    ['its tag is that of the object', { 'aws:PrincipalTag/team': '${s3:ExistingObjectTag/team}' }],
    ['its tag ends as that of the object', { 'aws:PrincipalTag/team': 'r${s3:ExistingObjectTag/team}' }],
    ['its endpoint is in a tag', { 'aws:SourceVpce': '${s3:ExistingObjectTag/path}' }],
    ['its account is in a tag', { 'aws:PrincipalAccount': '${s3:ExistingObjectTag/owner}' }],
    ['its ARN is in a tag', { 'aws:PrincipalArn': '${s3:ExistingObjectTag/owner}' }],
  ])('%s: that lets it read', (_, equal) => {
    expect(broken(readingWhere({ StringNotEquals: equal }))).toContain('no-way-out[role]');
  });

  test('a value that its tag does not have: nothing is read', () => {
    const never = { 'aws:PrincipalTag/team': 'blue-${s3:ExistingObjectTag/team}' };
    expect(broken(readingWhere({ StringNotEquals: never }))).not.toContain('no-way-out[role]');
  });
});

test('what the quick start says holds', () => {
  expect(broken(input)).toEqual([]);
});
