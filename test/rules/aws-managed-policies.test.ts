import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { findings, lines, linesOf, policyOf, roleOf, workloadOf } from './support';
import { awsManagedPolicy } from '../../src/cloudformation/aws-managed-policies';
import type { RoleModel } from '../../src/cloudformation/models';
import { awsManagedPolicies } from '../../src/rules/aws-managed-policies';
import { synthesizedStack } from '../cloudformation/support';
import { quickStart } from '../support/scenarios';

const ARN = 'arn:aws:iam::aws:policy/';

/** The quick start, with a policy of AWS attached to its role. */
function withPolicy(name: string): string[] {
  return linesOf(
    awsManagedPolicies,
    synthesizedStack(stack => {
      const role = quickStart(stack, { proveAtSynthesis: false }).role.node.defaultChild as CfnRole;
      role.managedPolicyArns = [`${ARN}${name}`];
    }),
  );
}

describe('policies of AWS on the role of the workload', () => {
  const ALLOWED = 'beside the access list, allowed: customer-managed policies';

  test.each([
    ['AdministratorAccess', 's3 and kms'],
    ['PowerUserAccess', 's3 and kms'],
    ['AmazonS3FullAccess', 's3'],
    ['AmazonS3ReadOnlyAccess', 's3'],
    ['service-role/AmazonEC2RoleforSSM', 's3'],
  ])('%s allows %s', (name, services) => {
    expect(withPolicy(name)).toEqual([
      `Training/App/Role/Resource has the AWS-managed policy ${name.split('/').pop()}, which allows actions of ${services} ${ALLOWED}` +
        ' > detach it: the access list of the workload gives the role what it needs on its buckets and their keys',
    ]);
  });

  test.each([
    'AmazonSSMManagedInstanceCore',
    'AmazonSSMManagedEC2InstanceDefaultPolicy',
    'AmazonSSMPatchAssociation',
    'AmazonSSMDirectoryServiceAccess',
    'CloudWatchAgentServerPolicy',
    'AWSXRayDaemonWriteAccess',
    'EC2InstanceConnect',
    'AmazonEC2ContainerRegistryPullOnly',
    'AmazonSNSReadOnlyAccess',
    'service-role/AWSLambdaSQSQueueExecutionRole',
  ])('%s allows nothing of either', name => {
    expect(awsManagedPolicy(`${ARN}${name}`)).toBeDefined();
    expect(withPolicy(name)).toEqual([]);
  });

  test('one that is not known here may allow anything', () => {
    expect(withPolicy('service-role/SomethingNew')).toEqual([
      expect.stringMatching(
        /^Training\/App\/Role\/Resource has the AWS-managed policy service-role\/SomethingNew, of which it is not known here whether it allows actions of s3 or kms, allowed: /,
      ),
    ]);
  });

  test('are reported where they are attached', () => {
    const unknownPolicies = ['arn:<partition>:iam::aws:policy/One', 'arn:aws:iam::111122223333:policy/Own'];
    const at = (role: RoleModel) => findings(awsManagedPolicies, [], { role }).map(({ where }) => where);
    expect(at(roleOf({ unknownPolicies }))).toEqual([roleOf().where]);
    expect(at(roleOf({ unknownPolicies, where: undefined }))).toEqual([workloadOf().where]);
    expect(findings(awsManagedPolicies, [])).toEqual([]);
  });
});

test('what the user writes is for other rules', () => {
  expect(
    lines(awsManagedPolicies, [policyOf('managed policy', { Effect: 'Allow', Action: '*', Resource: '*' })]),
  ).toEqual([]);
  expect(
    lines(awsManagedPolicies, [
      policyOf('permissions boundary', { Effect: 'Allow', Action: '*', Resource: '*' }, { where: undefined }),
    ]),
  ).toEqual([]);
});

test.each([
  [{ Action: 's3-outposts:*' }, 0],
  [{ Action: 'S*:GetObject' }, 1],
  [{ Action: ['ec2:*', 'KMS:Decrypt'] }, 1],
  [{ NotAction: ['s3:*', 'kms:*'] }, 0],
  [{ NotAction: 's3:*' }, 1],
  [{ NotAction: '*' }, 0],
  [{ NotAction: ['s3:GetObject', 'kms:*'] }, 1],
])('%j means S3 or KMS: %d', (statement, count) => {
  const policy = policyOf('managed policy', { Effect: 'Allow', Resource: '*', ...statement }, { where: undefined });
  const denying = policyOf('managed policy', { Effect: 'Deny', Resource: '*', ...statement }, { where: undefined });
  expect(lines(awsManagedPolicies, [policy])).toHaveLength(count);
  expect(lines(awsManagedPolicies, [denying])).toEqual([]);
});
