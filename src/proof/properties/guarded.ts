import { holes } from './guarded-holes';
import { deployersOf, identity } from '../principals';
import { CREDENTIALS } from '../dimensions';
import { Attempt, ClaimResult, counterexample, Finding, first, Trial, tryClaim } from '../property-check';
import { INTERNET } from '../networks';
import { ACTOR, Choice, Context, NETWORK, Scene, Target, usualScene } from '../candidate-request';
import { ProofSubject } from '../proof-input';
import { World } from '../request-space';

const DEPLOY_FIX = 'let the guardrail spare the role that CloudFormation deploys with, or change the workload to what the guardrail asks for';
const ADMINISTER_FIX = 'take the actions on policies of the organization out of the Deny, and spare the root user where policies are repaired';

/** Something that somebody does beside the requests of the workload. */
interface Step {
  readonly action: string;
  readonly target: Target;
  readonly context?: Context;
}

/**
 * *Guarded*: where the assembly defines guardrails of the organization, CloudFormation can still deploy the workload under them, the organization's
 * administrators can change them and the root user can repair policies, and what they mean to deny has no hole. What they take away from the
 * requests of the workload itself fails the claim `works`.
 */
export function guarded(world: World): ClaimResult {
  const { serviceControlPolicies, resourceControlPolicies } = world.subject;
  const isGuarded = serviceControlPolicies !== undefined || resourceControlPolicies !== undefined;
  return tryClaim('guarded', isGuarded ? [deployable, administrators, holes] : [], world);
}

/** The role that CloudFormation works with makes, changes and deletes what the workload is made of. */
const deployable: Attempt = trial => {
  const [arn] = deployersOf(trial.world.subject);
  const deployer = identity(`CloudFormation as ${arn.slice(arn.lastIndexOf('/') + 1)}`, arn);
  return first(deploymentSteps(trial.world), step => possible(trial, deployer, step, DEPLOY_FIX));
};

function deploymentSteps(world: World): readonly Step[] {
  const { subject } = world;
  return [
    ...subject.buckets.filter(({ dedicated }) => dedicated).flatMap(bucket => steps('s3', world.bucket(bucket), `
      CreateBucket PutBucketPolicy DeleteBucketPolicy PutBucketPublicAccessBlock PutBucketVersioning PutEncryptionConfiguration
      PutLifecycleConfiguration PutBucketLogging PutBucketNotification`)),
    ...subject.keys.filter(({ dedicated }) => dedicated).flatMap(key => steps('kms', world.key(key), 'PutKeyPolicy EnableKeyRotation TagResource ScheduleKeyDeletion')),
    ...subject.endpoints.filter(({ dedicated }) => dedicated).flatMap(({ id }) => steps(
      'ec2', resource(subject, 'ec2', `vpc-endpoint/${id}`), 'CreateVpcEndpoint ModifyVpcEndpoint DeleteVpcEndpoints')),
    ...subject.role.trust === undefined ? [] : roleSteps(world),
    ...instanceSteps(subject),
  ];
}

function roleSteps(world: World): readonly Step[] {
  const target = world.roleTarget();
  const profile = resource(world.subject, 'iam', 'instance-profile/workload');
  return [
    ...steps('iam', target, 'CreateRole AttachRolePolicy DetachRolePolicy DeleteRole'),
    ...steps('iam', profile, 'CreateInstanceProfile AddRoleToInstanceProfile'),
    { action: 'iam:PassRole', target, context: { 'iam:PassedToService': 'ec2.amazonaws.com' } },
  ];
}

function instanceSteps(subject: ProofSubject): readonly Step[] {
  const { httpTokens, publicIp } = subject.launch ?? { httpTokens: 'required', publicIp: false };
  const instance = resource(subject, 'ec2', 'instance/i-0123456789abcdef0');
  return [
    { action: 'ec2:RunInstances', target: instance, context: httpTokens === undefined ? {} : { 'ec2:MetadataHttpTokens': httpTokens } },
    {
      action: 'ec2:RunInstances',
      target: resource(subject, 'ec2', 'network-interface/eni-0123456789abcdef0'),
      context: { 'ec2:AssociatePublicIpAddress': String(publicIp) },
    },
    ...steps('ec2', instance, 'ModifyInstanceAttribute TerminateInstances'),
  ];
}

/**
 * Service control policies do not restrict the management account; a delegated administrator is a member account, so the policies that it manages
 * may restrict it. Whoever is in the organization gets into the account with its access role, and the root user repairs what locks others out.
 */
const administrators: Attempt = trial => {
  const { world } = trial;
  const { partition, account, buckets, keys } = world.subject;
  const role = (owner: string, name: string) => identity(`role ${name} of account ${owner}`, `arn:${partition}:iam::${owner}:role/${name}`);
  const [root] = world.actors.choices.filter(({ actor }) => actor?.kind === 'root');
  const organization = { words: 'the organization', arn: '*', account: MANAGEMENT, context: {} };
  const repairs = [
    ...buckets.flatMap(bucket => steps('s3', world.bucket(bucket), 'GetBucketPolicy PutBucketPolicy DeleteBucketPolicy')),
    ...keys.flatMap(key => steps('kms', world.key(key), 'GetKeyPolicy PutKeyPolicy')),
  ].filter(({ target }) => target.account === account);
  return first(steps('organizations', organization, 'DetachPolicy UpdatePolicy DeletePolicy DescribePolicy'), step =>
    possible(trial, role(account, 'Admin'), step, ADMINISTER_FIX) ?? possible(trial, role(MANAGEMENT, 'Admin'), step, ADMINISTER_FIX))
    ?? first(steps('sts', resource(world.subject, 'iam', 'role/OrganizationAccountAccessRole'), 'AssumeRole'), step =>
      possible(trial, role(MANAGEMENT, 'Admin'), step, ADMINISTER_FIX))
    ?? first(repairs, step => possible(trial, root, step, ADMINISTER_FIX));
};

/** An account of the organization that guardrails do not restrict. */
const MANAGEMENT = '000011112222';

function possible({ world, judge }: Trial, who: Choice, { action, target, context }: Step, fix: string): Finding {
  const scene = outside(world, who, action, target, context);
  const court = world.courts.guardrails(action.startsWith('kms:') ? 'key' : 'bucket');
  const decision = judge.decide(scene, court);
  return decision.verdict === 'Allowed' ? undefined : counterexample({ scene, decision }, 'allowed', fix);
}

/** A request from the internet, with credentials that no instance has. */
function outside(world: World, who: Choice, action: string, target: Target, context: Context = {}): Scene {
  const usual = usualScene(action, target, world.axes(), {
    [ACTOR]: who,
    [NETWORK]: INTERNET,
    [CREDENTIALS]: { words: '', context: {} },
  });
  return { ...usual, choices: [...usual.choices, { words: '', context }] };
}

function steps(service: string, target: Target, names: string): readonly Step[] {
  return names.trim().split(/\s+/).map(name => ({ action: `${service}:${name}`, target }));
}

function resource({ partition, region, account }: ProofSubject, service: string, name: string): Target {
  const arn = `arn:${partition}:${service}:${service === 'iam' ? '' : region}:${account}:${name}`;
  return { words: arn, arn, account, context: { 'aws:ResourceAccount': account } };
}
