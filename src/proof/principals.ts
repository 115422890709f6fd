import { Constants, nearMisses, valuesOf, witness } from './constants';
import { ACTOR, Actor, Axis, axis, Choice, Context } from './candidate-request';
import type { ProofSubject, RoleSubject } from './proof-input';
import { arnMatch, wildcardMatch } from '../iam/wildcard';

/** An account that has nothing to do with the workload. */
export const STRANGER = '999900001111';

const CLOUDFORMATION: Context = {
  'aws:ViaAWSService': 'true',
  'aws:CalledVia': ['cloudformation.amazonaws.com'],
  'aws:CalledViaFirst': 'cloudformation.amazonaws.com',
  'aws:CalledViaLast': 'cloudformation.amazonaws.com',
};

/** The ARNs of the roles that CloudFormation works with, StackSets included; the suffix of theirs is not known. */
export function deployersOf({ partition, account, region, deploymentRoleArns }: ProofSubject): readonly string[] {
  const role = (name: string) => `arn:${partition}:iam::${account}:role/${name}`;
  return [
    ...deploymentRoleArns ?? [role(`cdk-hnb659fds-cfn-exec-role-${account}-${region}`)],
    role('AWSCloudFormationStackSetExecutionRole'),
    role('stacksets-exec-0123456789abcdef0123456789abcdef'),
  ];
}

/**
 * The principals that policies can tell apart: the workload's role, administrators, the root user, CloudFormation's ways in, other accounts,
 * services, nobody at all; and for each ARN in a policy one that it means and those that it only just does not.
 */
export function actorAxis(subject: ProofSubject, constants: Constants): Axis {
  const { partition, account, role } = subject;
  const admin = identity('role Admin of the account', `arn:${partition}:iam::${account}:role/Admin`);
  const choices = [
    tagged(identity('the role of the workload', role.arn, 'workload'), role.tags),
    managing(admin, 'as administrator'),
    throughCloudFormation(admin),
    managing(root(`arn:${partition}:iam::${account}:root`, 'the root user of the account'), 'as administrator'),
    ...deployersOf(subject).map(arn => managing(identity(`CloudFormation as ${nameOf(arn)}`, arn), 'as deployer')),
    ...ownersOf(subject).map(owner => identity(`role Admin of account ${owner}`, `arn:${partition}:iam::${owner}:role/Admin`)),
    identity(`role Admin of account ${STRANGER}`, `arn:${partition}:iam::${STRANGER}:role/Admin`),
    { words: 'anybody, unsigned', context: {}, actor: { principal: 'anonymous', kind: 'anonymous' } } satisfies Choice,
    ...namedActors(subject, constants),
    ...[...new Set((subject.visitors ?? []).map(({ roleArn }) => roleArn))].map(arn => identity(arn, arn)),
    ...[...constants.services, 'another.amazonaws.com'].map(service),
  ];
  return axis(ACTOR, distinctActors(choices, [...valuesOf(constants, 'aws:PrincipalArn'), ...constants.principals]));
}

/** The other accounts that own what is looked at: there, identity policies are enough to be allowed. */
function ownersOf({ account, buckets, keys, logBuckets = [] }: ProofSubject): readonly string[] {
  return [...new Set([...buckets, ...keys, ...logBuckets].map(each => each.account))].filter(each => each !== account && /^\d{12}$/.test(each));
}

/** One of the principals that policies cannot tell apart: of the same account, and equal or like the same ARNs of the policies. */
function distinctActors(choices: readonly Choice[], patterns: readonly string[]): readonly Choice[] {
  const signature = ({ words, actor }: Choice) => {
    if (actor?.arn === undefined) return words;
    const { arn, account, kind, manages, throughCloudFormation: passedOn } = actor;
    const matches = patterns.map(each => [each === arn, arnMatch(each, arn), wildcardMatch(each, arn)].map(Number).join(''));
    return [account, kind, manages, passedOn, ...matches].join();
  };
  const found = new Map<string, Choice>();
  for (const choice of choices) {
    const key = signature(choice);
    if (!found.has(key)) found.set(key, choice);
  }
  return [...found.values()];
}

/** A role or a user. */
export function identity(words: string, arn: string, kind: Actor['kind'] = 'identity'): Choice {
  const [, partition, , , account, path] = arn.split(':');
  const principal = path.startsWith('role/') ? `arn:${partition}:sts::${account}:assumed-role/${nameOf(arn)}/session` : arn;
  return { words, context: identityContext(arn), actor: { principal, arn, account, kind } };
}

function namedActors({ partition, account, role }: ProofSubject, constants: Constants): readonly Choice[] {
  const patterns = [...valuesOf(constants, 'aws:PrincipalArn'), ...constants.principals]
    .filter(each => each !== role.arn && /^arn:[^:]+:iam::[^:]+:(role|user)\/./.test(each));
  const accounts = [...constants.principals].map(each => /^(?:arn:[^:]+:iam::)?(\d{12})(?::root)?$/.exec(each)?.[1])
    .filter(each => each !== undefined && each !== account);
  const arns = patterns.flatMap(pattern => [witness(pattern), ...nearMisses(pattern), witness(pattern).replace(account, STRANGER)]);
  const nearRole = [...nearMisses(role.arn), role.arn.replace(account, STRANGER)];
  return [
    ...[...new Set([...arns, ...nearRole])].filter(each => each !== role.arn && isPrincipalArn(each)).map(arn => identity(arn, arn)),
    ...accounts.map(each => identity(`role Admin of account ${each}`, `arn:${partition}:iam::${each}:role/Admin`)),
  ];
}

function isPrincipalArn(arn: string): boolean {
  return /^arn:[^:]+:iam::\d{12}:(role|user)\/.*[^/]$/.test(arn);
}

function identityContext(arn: string): Context {
  return { 'aws:PrincipalArn': arn, 'aws:PrincipalAccount': arn.split(':')[4], 'aws:PrincipalIsAWSService': 'false', 'aws:ViaAWSService': 'false' };
}

function root(arn: string, words: string): Choice {
  return { words, context: identityContext(arn), actor: { principal: arn, arn, account: arn.split(':')[4], kind: 'root' } };
}

/** A service that acts in its own name. */
export function service(name: string): Choice {
  const context = { 'aws:PrincipalIsAWSService': 'true', 'aws:PrincipalServiceName': name, 'aws:ViaAWSService': 'false' };
  return { words: `the service ${name}`, context, actor: { principal: name, kind: 'service' } };
}

function throughCloudFormation(choice: Choice): Choice {
  const actor = choice.actor && { ...choice.actor, throughCloudFormation: true, manages: 'as deployer' } as const;
  return { words: `${choice.words} through CloudFormation`, context: { ...choice.context, ...CLOUDFORMATION }, actor };
}

function managing(choice: Choice, manages: Actor['manages']): Choice {
  return { ...choice, actor: choice.actor && { ...choice.actor, manages } };
}

/** The session of an instance has the tags of its role. */
function tagged(choice: Choice, tags: RoleSubject['tags'] = {}): Choice {
  const keys = Object.entries(tags).map(([tag, value]) => [`aws:PrincipalTag/${tag}`, value]);
  return { ...choice, context: { ...choice.context, ...Object.fromEntries(keys) } };
}

function nameOf(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}
