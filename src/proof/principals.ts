import { PRINCIPAL, RequestPrincipal, Dimension, dimension, RequestClass } from './candidate-request';
import { Constants, nearMisses, valuesOf, witness } from './constants';
import type { ProofInput, RoleInput } from './proof-input';
import {
  ANONYMOUS,
  arnMatch,
  CDK_EXECUTION_ROLE,
  principalNamed,
  PrincipalName,
  servicePrincipal,
  STACK_SETS_ROLE_NAMES,
  wildcardMatch,
} from '../iam';

/** An account that has nothing to do with the workload. */
export const EXTERNAL_ACCOUNT = '999900001111';

const CLOUDFORMATION = { forwarding: { calledVia: ['cloudformation.amazonaws.com'] } };

/** What StackSets append to the name of a role. */
const SOME_ID = '0123456789abcdef0123456789abcdef';

/** The ARNs of the roles that CloudFormation works with, those of StackSets last; the suffix of theirs is not known. */
export function deployersOf(input: ProofInput): readonly string[] {
  return deployerPatterns(input).map(pattern => pattern.replaceAll('*', SOME_ID));
}

/** Whether CloudFormation has a role of its own to deploy with; otherwise it takes the credentials of the caller. */
export function hasExecutionRole(input: ProofInput): boolean {
  return deployerPatterns(input).length > STACK_SETS_ROLE_NAMES.length;
}

/**
 * Whether a principal is one of the roles that CloudFormation works with.
 *
 * @param deploymentRoleArns those of one stack
 */
export function isDeploymentRole(
  { arn = '' }: RequestPrincipal,
  input: ProofInput,
  deploymentRoleArns = input.deploymentRoleArns,
): boolean {
  const depth = (path: string) => path.split('/').length;
  return deployerPatterns(input, deploymentRoleArns).some(
    pattern => arnMatch(pattern, arn) && depth(pattern) === depth(arn),
  );
}

function deployerPatterns(
  { partition, account, region, deploymentRoleArns: ofAll }: ProofInput,
  deploymentRoleArns = ofAll,
): readonly string[] {
  const role = (name: string) => `arn:${partition}:iam::${account}:role/${name}`;
  const stackSets = STACK_SETS_ROLE_NAMES.map(role);
  const roles = deploymentRoleArns ?? [role(`${CDK_EXECUTION_ROLE}${account}-${region}`)];
  return [...roles.filter(each => !stackSets.includes(each)), ...stackSets];
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
    distinctPrincipals(classes, [...valuesOf(constants, 'aws:PrincipalArn'), ...constants.principals], input),
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
 * policies, and who deploys the same buckets.
 */
function distinctPrincipals(
  classes: readonly RequestClass[],
  patterns: readonly string[],
  input: ProofInput,
): readonly RequestClass[] {
  const deployed = [...input.buckets, ...(input.logBuckets ?? [])];
  const signature = ({ words, principal }: RequestClass) => {
    if (principal?.arn === undefined) {
      return words;
    }
    const { arn, account, kind, manages, throughCloudFormation: passedOn } = principal;
    const matches = patterns.map(each =>
      [each === arn, arnMatch(each, arn), wildcardMatch(each, arn)].map(Number).join(''),
    );
    const deploys = deployed.map(({ deploymentRoleArns }) =>
      Number(isDeploymentRole(principal, input, deploymentRoleArns)),
    );
    return [account, kind, manages, passedOn, ...matches, ...deploys].join();
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
  return /^arn:[^:]+:iam::[^:*?]+:(role|user)\/.*[^/]$/.test(arn);
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
