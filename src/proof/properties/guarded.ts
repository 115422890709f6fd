import { holes } from './guarded-holes';
import {
  PRINCIPAL,
  RequestClass,
  Context,
  NETWORK,
  CandidateRequest,
  Target,
  usualCandidate,
} from '../candidate-request';
import { CREDENTIALS } from '../dimensions';
import { INTERNET } from '../networks';
import { deployersOf, hasExecutionRole, identity } from '../principals';
import { ProofInput } from '../proof-input';
import { Property, ClaimResult, counterexample, Finding, first, PropertyCheck, tryClaim } from '../property-check';
import { RequestSpace } from '../request-space';

const DEPLOY_FIX =
  'let the guardrail spare the role that CloudFormation deploys with, or change the workload to what the guardrail asks for';
const ADMINISTER_FIX =
  'take the actions on policies of the organization out of the Deny, and spare the root user where policies are repaired';

/** Something that somebody does beside the requests of the workload. */
interface Step {
  readonly action: string;
  readonly target: Target;
  readonly context?: Context;
}

/**
 * *Guarded*: where the assembly defines guardrails of the organization, CloudFormation can still deploy the workload
 * under them, the organization's administrators can change them and the root user can repair policies, and what they
 * mean to deny has no hole. What they take away from the requests of the workload itself fails the claim `works`.
 */
export function guarded(space: RequestSpace): ClaimResult {
  const { serviceControlPolicies, resourceControlPolicies } = space.input;
  const isGuarded = serviceControlPolicies !== undefined || resourceControlPolicies !== undefined;
  return tryClaim('guarded', isGuarded ? [deployable, administrators, holes] : [], space);
}

/** The role that CloudFormation works with makes, changes and deletes what the workload is made of. */
const deployable: Property = check => {
  const { input } = check.space;
  if (!hasExecutionRole(input)) {
    check.assume('the guardrails spare whoever deploys with credentials of their own');
  }
  const [arn] = deployersOf(input);
  const deployer = identity(`CloudFormation as ${arn.slice(arn.lastIndexOf('/') + 1)}`, arn);
  return first(deploymentSteps(check.space), step => possible(check, deployer, step, DEPLOY_FIX));
};

function deploymentSteps(space: RequestSpace): readonly Step[] {
  const { input } = space;
  return [
    ...input.buckets
      .filter(({ exclusive }) => exclusive)
      .flatMap(bucket =>
        steps(
          's3',
          space.bucket(bucket),
          `
      CreateBucket PutBucketPolicy DeleteBucketPolicy PutBucketPublicAccessBlock PutBucketVersioning PutEncryptionConfiguration
      PutLifecycleConfiguration PutBucketLogging PutBucketNotification`,
        ),
      ),
    ...input.keys
      .filter(({ exclusive }) => exclusive)
      .flatMap(key => steps('kms', space.key(key), 'PutKeyPolicy EnableKeyRotation TagResource ScheduleKeyDeletion')),
    ...input.endpoints
      .filter(({ exclusive }) => exclusive)
      .flatMap(({ id }) =>
        steps(
          'ec2',
          resource(input, 'ec2', `vpc-endpoint/${id}`),
          'CreateVpcEndpoint ModifyVpcEndpoint DeleteVpcEndpoints',
        ),
      ),
    ...(input.role.trust === undefined ? [] : roleSteps(space)),
    ...instanceSteps(input),
  ];
}

function roleSteps(space: RequestSpace): readonly Step[] {
  const target = space.roleTarget();
  const profile = resource(space.input, 'iam', 'instance-profile/workload');
  return [
    ...steps('iam', target, 'CreateRole AttachRolePolicy DetachRolePolicy DeleteRole'),
    ...steps('iam', profile, 'CreateInstanceProfile AddRoleToInstanceProfile'),
    { action: 'iam:PassRole', target, context: { 'iam:PassedToService': 'ec2.amazonaws.com' } },
  ];
}

function instanceSteps(input: ProofInput): readonly Step[] {
  const { httpTokens, publicIp } = input.launch ?? { httpTokens: 'required', publicIp: false };
  const instance = resource(input, 'ec2', 'instance/i-0123456789abcdef0');
  return [
    {
      action: 'ec2:RunInstances',
      target: instance,
      context: httpTokens === undefined ? {} : { 'ec2:MetadataHttpTokens': httpTokens },
    },
    {
      action: 'ec2:RunInstances',
      target: resource(input, 'ec2', 'network-interface/eni-0123456789abcdef0'),
      context: { 'ec2:AssociatePublicIpAddress': String(publicIp) },
    },
    ...steps('ec2', instance, 'ModifyInstanceAttribute TerminateInstances'),
  ];
}

/**
 * Service control policies do not restrict the management account; a delegated administrator is a member account, so
 * the policies that it manages may restrict it. Whoever is in the organization gets into the account with its access
 * role, and the root user repairs what locks others out.
 */
const administrators: Property = check => {
  const { space } = check;
  const { partition, account, buckets, keys } = space.input;
  const role = (owner: string, name: string) =>
    identity(`role ${name} of account ${owner}`, `arn:${partition}:iam::${owner}:role/${name}`);
  const [root] = space.principals.classes.filter(({ principal }) => principal?.kind === 'root');
  const organization = { words: 'the organization', arn: '*', account: MANAGEMENT, context: {} };
  const repairs = [
    ...buckets.flatMap(bucket =>
      steps('s3', space.bucket(bucket), 'GetBucketPolicy PutBucketPolicy DeleteBucketPolicy'),
    ),
    ...keys.flatMap(key => steps('kms', space.key(key), 'GetKeyPolicy PutKeyPolicy')),
  ].filter(({ target }) => target.account === account);
  return (
    first(
      steps('organizations', organization, 'DetachPolicy UpdatePolicy DeletePolicy DescribePolicy'),
      step =>
        possible(check, role(account, 'Admin'), step, ADMINISTER_FIX) ??
        possible(check, role(MANAGEMENT, 'Admin'), step, ADMINISTER_FIX),
    ) ??
    first(steps('sts', resource(space.input, 'iam', 'role/OrganizationAccountAccessRole'), 'AssumeRole'), step =>
      possible(check, role(MANAGEMENT, 'Admin'), step, ADMINISTER_FIX),
    ) ??
    first(repairs, step => possible(check, root, step, ADMINISTER_FIX))
  );
};

/** An account of the organization that guardrails do not restrict. */
const MANAGEMENT = '000011112222';

function possible(
  { space, search }: PropertyCheck,
  who: RequestClass,
  { action, target, context }: Step,
  fix: string,
): Finding {
  const candidate = outside(space, who, action, target, context);
  const authorizer = space.authorizers.guardrails(action.startsWith('kms:') ? 'key' : 'bucket');
  const decision = search.decide(candidate, authorizer);
  return decision.verdict === 'Allowed' ? undefined : counterexample({ candidate, decision }, 'allowed', fix);
}

/** A request from the internet, with credentials that no instance has. */
function outside(
  space: RequestSpace,
  who: RequestClass,
  action: string,
  target: Target,
  context: Context = {},
): CandidateRequest {
  const usual = usualCandidate(action, target, space.dimensions(), {
    [PRINCIPAL]: who,
    [NETWORK]: INTERNET,
    [CREDENTIALS]: { words: '', context: {} },
  });
  return { ...usual, classes: [...usual.classes, { words: '', context }] };
}

function steps(service: string, target: Target, names: string): readonly Step[] {
  return names
    .trim()
    .split(/\s+/)
    .map(name => ({ action: `${service}:${name}`, target }));
}

function resource({ partition, region, account }: ProofInput, service: string, name: string): Target {
  const arn = `arn:${partition}:${service}:${service === 'iam' ? '' : region}:${account}:${name}`;
  return { words: arn, arn, account, context: { 'aws:ResourceAccount': account } };
}
