import { listedInput } from '../../inputs';
import { broken, doesNotApplyTo, holdsFor, isNotProvenWhereUnread, isViolatedWhere, resultOf } from '../../results';
import { adding, changing } from '../../sabotage';
import { denying, guarded } from '../../under-guardrails';

const ID = 'guarded[administrators]';
const listed = listedInput();
const DENIED = { expected: 'allowed', subject: listed.name };
const ROOT = { Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:root' } } };

holdsFor(ID, { 'all guardrails of the library': guarded() });
doesNotApplyTo(ID, { 'a workload without guardrails': listed }, 'the assembly has no guardrails of the organization');
isNotProvenWhereUnread(ID, guarded());

test('that a service control policy denies everything to root users is named', () => {
  const input = guarded({ scps: [adding(denying('NoRoot', '*', ROOT))] });
  expect(broken(input)).toEqual([]);
  expect(resultOf(input, ID).assumptions).toEqual([
    expect.stringMatching(/^the organization takes statement NoRoot off an account/),
  ]);
});

isViolatedWhere(ID, [
  [
    'the delegated administrator',
    guarded({ scps: [adding(denying('NoOrganizations', 'organizations:*'))] }),
    {
      ...DENIED,
      request: /^role Admin of account 111122223333, .*: organizations:DetachPolicy on the organization$/,
      decision: /^denied by statement NoOrganizations/,
    },
    [ID],
  ],
  [
    'the root user that repairs a bucket policy, in a policy of the resources',
    guarded({ rcps: [adding(denying('NoRoot', 's3:*', { ...ROOT, Principal: '*' }))] }),
    {
      ...DENIED,
      request: /^the root user of the account, .*: s3:GetBucketPolicy on /,
      decision: /^denied by statement NoRoot/,
    },
    [ID],
  ],
  [
    'the access role of the organization',
    guarded({ rcps: [adding(denying('NoRoles', 'sts:AssumeRole', { Principal: '*' }))] }),
    {
      ...DENIED,
      request: /^role Admin of account 000011112222, .*: sts:AssumeRole on /,
      decision: /^denied by statement NoRoles of the resource control policy/,
    },
    ['works[trust]', ID],
  ],
  [
    'the configuration of buckets',
    guarded({ rcps: [changing('DenyObjectsOutsideNetworks', () => ({ Resource: '*' }))] }),
    {
      ...DENIED,
      request: /: s3:\w+ on arn:aws:s3:::[^/]+$/,
      decision: /^denied by statement DenyObjectsOutsideNetworks/,
    },
    ['guarded[deployment]', ID],
  ],
]);
