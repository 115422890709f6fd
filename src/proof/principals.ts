import { PRINCIPAL, RequestPrincipal, Dimension, dimension, RequestClass } from './candidate-request';
import { Constants, nearMisses, valuesOf, witness } from './constants';
import type { ProofInput, RoleInput } from './proof-input';
import { ANONYMOUS, arnMatch, principalNamed, PrincipalName, servicePrincipal, wildcardMatch } from '../iam';

/** An account that has nothing to do with the workload. */
export const EXTERNAL_ACCOUNT = '999900001111';

const CLOUDFORMATION = { forwarding: { calledVia: ['cloudformation.amazonaws.com'] } };

/** The ARNs of the roles that CloudFormation works with, StackSets included; the suffix of theirs is not known. */
export function deployersOf({ partition, account, region, deploymentRoleArns }: ProofInput): readonly string[] {
  const role = (name: string) => `arn:${partition}:iam::${account}:role/${name}`;
  return [
    ...(deploymentRoleArns ?? [role(`cdk-hnb659fds-cfn-exec-role-${account}-${region}`)]),
    role('AWSCloudFormationStackSetExecutionRole'),
    role('stacksets-exec-0123456789abcdef0123456789abcdef'),
  ];
}

/**
 * The principals that policies can tell apart: the workload's role, administrators, the root user, CloudFormation's
 * ways in, other accounts, services, nobody at all; and for each ARN in a policy one that it means and those that it
 * only just does not.
 */
export function principalDimension(input: ProofInput, constants: Constants): Dimension {
  const { partition, account, role } = input;
  const admin = identity('role Admin of the account', `arn:${partition}:iam::${account}:role/Admin`);
  const classes = [
    tagged(identity('the role of the workload', role.arn, 'workload'), role.tags),
    managing(admin, 'as administrator'),
    throughCloudFormation(admin),
    managing(root(`arn:${partition}:iam::${account}:root`, 'the root user of the account'), 'as administrator'),
    ...deployersOf(input).map(arn => managing(identity(`CloudFormation as ${nameOf(arn)}`, arn), 'as deployer')),
    ...ownersOf(input).map(owner =>
      identity(`role Admin of account ${owner}`, `arn:${partition}:iam::${owner}:role/Admin`),
    ),
    identity(`role Admin of account ${EXTERNAL_ACCOUNT}`, `arn:${partition}:iam::${EXTERNAL_ACCOUNT}:role/Admin`),
    classOf('anybody, unsigned', ANONYMOUS, 'anonymous'),
    ...namedActors(input, constants),
    ...[...new Set((input.onPremisesRoles ?? []).map(({ roleArn }) => roleArn))].map(arn => identity(arn, arn)),
    ...[...constants.services, 'another.amazonaws.com'].map(service),
  ];
  return dimension(
    PRINCIPAL,
    distinctPrincipals(classes, [...valuesOf(constants, 'aws:PrincipalArn'), ...constants.principals]),
  );
}

/** The other accounts that own what is looked at: there, identity policies are enough to be allowed. */
function ownersOf({ account, buckets, keys, logBuckets = [] }: ProofInput): readonly string[] {
  return [...new Set([...buckets, ...keys, ...logBuckets].map(each => each.account))].filter(
    each => each !== account && /^\d{12}$/.test(each),
  );
}

/**
 * One of the principals that policies cannot tell apart: of the same account, and equal or like the same ARNs of the
 * policies.
 */
function distinctPrincipals(classes: readonly RequestClass[], patterns: readonly string[]): readonly RequestClass[] {
  const signature = ({ words, principal }: RequestClass) => {
    if (principal?.arn === undefined) {
      return words;
    }
    const { arn, account, kind, manages, throughCloudFormation: passedOn } = principal;
    const matches = patterns.map(each =>
      [each === arn, arnMatch(each, arn), wildcardMatch(each, arn)].map(Number).join(''),
    );
    return [account, kind, manages, passedOn, ...matches].join();
  };
  const found = new Map<string, RequestClass>();
  for (const requestClass of classes) {
    const key = signature(requestClass);
    if (!found.has(key)) {
      found.set(key, requestClass);
    }
  }
  return [...found.values()];
}

/** A role or a user. */
export function identity(words: string, arn: string, kind: RequestPrincipal['kind'] = 'identity'): RequestClass {
  return classOf(words, principalNamed(arn), kind);
}

function classOf(words: string, name: PrincipalName, kind: RequestPrincipal['kind']): RequestClass {
  return { words, parts: { principal: { identity: name } }, principal: { ...name, account: accountOf(name), kind } };
}

function accountOf({ arn }: PrincipalName): string | undefined {
  return arn?.split(':')[4];
}

function namedActors({ partition, account, role }: ProofInput, constants: Constants): readonly RequestClass[] {
  const patterns = [...valuesOf(constants, 'aws:PrincipalArn'), ...constants.principals].filter(
    each => each !== role.arn && /^arn:[^:]+:iam::[^:]+:(role|user)\/./.test(each),
  );
  const accounts = [...constants.principals]
    .map(each => /^(?:arn:[^:]+:iam::)?(\d{12})(?::root)?$/.exec(each)?.[1])
    .filter(each => each !== undefined && each !== account);
  const arns = patterns.flatMap(pattern => [
    witness(pattern),
    ...nearMisses(pattern),
    witness(pattern).replace(account, EXTERNAL_ACCOUNT),
  ]);
  const nearRole = [...nearMisses(role.arn), role.arn.replace(account, EXTERNAL_ACCOUNT)];
  return [
    ...[...new Set([...arns, ...nearRole])]
      .filter(each => each !== role.arn && isPrincipalArn(each))
      .map(arn => identity(arn, arn)),
    ...accounts.map(each => identity(`role Admin of account ${each}`, `arn:${partition}:iam::${each}:role/Admin`)),
  ];
}

function isPrincipalArn(arn: string): boolean {
  return /^arn:[^:]+:iam::\d{12}:(role|user)\/.*[^/]$/.test(arn);
}

function root(arn: string, words: string): RequestClass {
  return classOf(words, principalNamed(arn), 'root');
}

/** A service that acts in its own name. */
export function service(name: string): RequestClass {
  return classOf(`the service ${name}`, servicePrincipal(name), 'service');
}

function throughCloudFormation(requestClass: RequestClass): RequestClass {
  const principal =
    requestClass.principal &&
    ({ ...requestClass.principal, throughCloudFormation: true, manages: 'as deployer' } as const);
  return {
    words: `${requestClass.words} through CloudFormation`,
    parts: { ...requestClass.parts, callerChain: CLOUDFORMATION },
    principal,
  };
}

function managing(requestClass: RequestClass, manages: RequestPrincipal['manages']): RequestClass {
  return { ...requestClass, principal: requestClass.principal && { ...requestClass.principal, manages } };
}

/** The session of an instance has the tags of its role. */
function tagged(requestClass: RequestClass, tags: RoleInput['tags'] = {}): RequestClass {
  return { ...requestClass, parts: { principal: { ...requestClass.parts.principal, tags } } };
}

function nameOf(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}
