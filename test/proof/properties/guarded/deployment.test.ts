import { listedInput } from '../../inputs';
import { doesNotApplyTo, holdsFor, isNotProvenWhereUnread, isViolatedWhere, resultOf } from '../../results';
import { condition, guarded } from '../../under-guardrails';

const ID = 'guarded[deployment]';
const listed = listedInput();
const DENIED = { expected: 'allowed', subject: listed.name };

holdsFor(ID, { 'all guardrails of the library': guarded() });
doesNotApplyTo(ID, { 'a workload without guardrails': listed }, 'the assembly has no guardrails of the organization');
isNotProvenWhereUnread(ID, guarded());

test('without a role for CloudFormation, whoever deploys is assumed to be spared', () => {
  expect(resultOf(guarded({ input: { ...listed, deploymentRoleArns: [] } }), ID).assumptions).toContain(
    'the guardrails spare whoever deploys with credentials of their own',
  );
  expect(resultOf(guarded(), ID).assumptions).toEqual([]);
});

isViolatedWhere(ID, [
  [
    'its deployment',
    guarded({ scps: [condition('ProtectVpcEndpoints', () => ({}))] }),
    {
      ...DENIED,
      request: /^CloudFormation as cdk-.*: ec2:ModifyVpcEndpoint on /,
      decision: /^denied by statement ProtectVpcEndpoints/,
    },
    [ID],
  ],
  [
    'its deployment with other roles',
    guarded({
      input: { ...listed, deploymentRoleArns: ['arn:aws:iam::111122223333:role/cdk-own-cfn-exec-role-1'] },
    }),
    {
      ...DENIED,
      request: /^CloudFormation as cdk-own-cfn-exec-role-1, .*: s3:PutBucketPolicy on /,
      decision: /^denied by statement ProtectBucketPolicies/,
    },
    ['closed[lists-outside-endpoint]', 'not-locked-out[bucket-lists]', ID],
  ],
  [
    'instances with IMDSv1',
    guarded({ input: { ...listed, launch: { httpTokens: 'optional', publicIp: false } } }),
    {
      ...DENIED,
      request: /^CloudFormation as .*: ec2:RunInstances on /,
      decision: /^denied by statement DenyLaunchWithImdsV1/,
    },
    [ID],
  ],
  [
    'instances with public addresses',
    guarded({ input: { ...listed, launch: { httpTokens: 'required', publicIp: true } } }),
    {
      ...DENIED,
      request: /^CloudFormation as .*: ec2:RunInstances on /,
      decision: /^denied by statement DenyPublicIps/,
    },
    [ID],
  ],
]);
