import type { AttributeValues } from './attribute-values';
import { PRINCIPAL, RequestPrincipal, Dimension, dimension, RequestClass } from './candidate-request';
import { Constants, valuesOf } from './constants';
import type { ProofInput, RoleInput } from './proof-input';
import { EXTERNAL_ACCOUNT } from './strangers';
import {
  ANONYMOUS,
  arnMatch,
  CDK_EXECUTION_ROLE,
  identityOf,
  isServiceLinkedRole,
  principalNamed,
  userIdOf,
  PrincipalName,
  servicePrincipal,
  STACK_SETS_ROLE_NAMES,
  wildcardMatch,
} from '../iam';

const CLOUDFORMATION = { forwarding: { calledVia: ['cloudformation.amazonaws.com'] } };

/** What StackSets append to the name of a role. */
const SOME_ID = '0123456789abcdef0123456789abcdef';

/** The ARNs of the roles that CloudFormation works with, those of StackSets last; the suffix of theirs is not known. */
export function deployersOf(input: ProofInput): readonly string[] {
  return deployerPatterns(input).map(pattern => pattern.replaceAll('*', SOME_ID));
}

/** The roles that CloudFormation has to deploy with; otherwise it takes the credentials of the caller. */
export function executionRolesOf(input: ProofInput): readonly string[] {
  return deployersOf(input).slice(0, -STACK_SETS_ROLE_NAMES.length);
}

/** Whether CloudFormation has a role of its own to deploy with. */
export function hasExecutionRole(input: ProofInput): boolean {
  return executionRolesOf(input).length > 0;
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
 * ways in, other accounts, services, nobody at all; and whoever else policies tell apart from those.
 */
export function principalDimension(input: ProofInput, constants: Constants, values: AttributeValues): Dimension {
  const { partition, account, role } = input;
  const admin = identity('role Admin of the account', `arn:${partition}:iam::${account}:role/Admin`);
  const classes = [
    tagged(identity('the role of the workload', role.arn, 'workload'), role, constants),
    managing(admin, 'as administrator'),
    throughCloudFormation(admin),
    managing(root(`arn:${partition}:iam::${account}:root`, 'the root user of the account'), 'as administrator'),
    ...deployersOf(input).map(arn => managing(identity(`CloudFormation as ${nameOf(arn)}`, arn), 'as deployer')),
    ...ownersOf(input).map(owner =>
      identity(`role Admin of account ${owner}`, `arn:${partition}:iam::${owner}:role/Admin`),
    ),
    identity(`role Admin of account ${EXTERNAL_ACCOUNT}`, `arn:${partition}:iam::${EXTERNAL_ACCOUNT}:role/Admin`),
    classOf('anybody, unsigned', ANONYMOUS, 'anonymous'),
  ];
  const patterns = [...valuesOf(constants, 'aws:PrincipalArn'), ...constants.principals];
  const usual = distinctPrincipals(classes, patterns, input);
  const known = new Set(usual.map(({ principal }) => principal?.arn));
  const others = values.all('principals').filter(arn => !known.has(arn));
  return dimension(PRINCIPAL, [
    ...[...usual, ...others.map(named), ...sessionsIn(constants), ...othersIn(constants)].flatMap(each =>
      withUserIds(each, input, constants, values),
    ),
    ...values.all('services').flatMap(host => services(host, constants, values)),
  ]);
}

function named(arn: string): RequestClass {
  if (arn.endsWith(':root')) {
    return root(arn, arn);
  }
  return identity(arn, arn, isServiceLinkedRole(identityOf(principalNamed(arn))) ? 'service-linked' : 'identity');
}

/** The sessions that policies name. */
function sessionsIn({ principals }: Constants): readonly RequestClass[] {
  return [...principals].flatMap(name => {
    const [, partition, issuer, , account, path = ''] = name.split(':');
    const [kind, role] = path.split('/');
    const arn = `arn:${partition}:iam::${account}:role/${role}`;
    return issuer === 'sts' && kind === 'assumed-role' ? [classOf(name, { name, arn }, 'identity')] : [];
  });
}

/**
 * Whom policies name in another way than by an ARN of IAM: which account they are of is not in the policy.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
 */
function othersIn({ principals, canonicalUsers, identityProviders }: Constants): readonly RequestClass[] {
  const accessIdentities = [...principals].filter(name => ORIGIN_ACCESS_IDENTITY.test(name));
  return [
    ...[...canonicalUsers].map(name => classOf(name, { name }, 'identity')),
    ...[...identityProviders].map(name => classOf(`whom ${name} signs in`, { name, federated: true }, 'identity')),
    ...accessIdentities.map(name => classOf(name, { name, arn: name }, 'identity')),
  ];
}

/** A user of CloudFront's, whom anybody has a distribution sign with that made the identity. */
const ORIGIN_ACCESS_IDENTITY = /^arn:[^:]+:iam::cloudfront:user\//;

/** With each of the unique ids that policies tell apart. */
function withUserIds(
  requestClass: RequestClass,
  { role }: ProofInput,
  { keys }: Constants,
  values: AttributeValues,
): readonly RequestClass[] {
  const known = requestClass.parts.principal?.identity;
  const type = known === undefined ? 'anonymous' : identityOf(known).type;
  // the ids of all others follow from their names
  if (!keys.has('aws:userid') || known === undefined || !['session', 'user', 'service'].includes(type)) {
    return [requestClass];
  }
  const withId = (userId: string, words: string): RequestClass => ({
    ...requestClass,
    words,
    parts: {
      ...requestClass.parts,
      principal: { ...requestClass.parts.principal, identity: { ...known, userId } },
    },
  });
  const isWorkload = requestClass.principal?.kind === 'workload';
  return [
    // nothing tells whether services have one
    ...(type === 'service' ? [requestClass] : []),
    ...(isWorkload ? [withId(userIdOf(role.arn), requestClass.words)] : []),
    ...values.of('aws:userid').map(userId => withId(userId, `${requestClass.words} with the id ${userId}`)),
  ];
}

/** A service, with what it may say about itself as far as policies look at it. */
function services(host: string, { keys }: Constants, values: AttributeValues): readonly RequestClass[] {
  const chosen = (key: string) => (keys.has(key) ? values.of(key) : []);
  const accounts = [undefined, ...chosen('aws:principalaccount').filter(each => each !== values.own)];
  const types = keys.has('aws:principaltype') ? chosen('aws:principaltype') : [undefined];
  const otherNames = [[], ...chosen('aws:principalservicenameslist').map(other => [other])];
  return accounts.flatMap(account =>
    types.flatMap(type => otherNames.map(others => serviceSaying(host, { account, type, otherNames: others }))),
  );
}

function serviceSaying(host: string, said: NonNullable<PrincipalName['service']>): RequestClass {
  const usual = service(host);
  const { account, type, otherNames = [] } = said;
  const words = [account, type, ...otherNames].filter(each => each !== undefined).join(', ');
  const parts = { principal: { identity: { ...servicePrincipal(host), service: said } } };
  return words === '' ? usual : { ...usual, words: `${usual.words} (${words})`, parts };
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

/** The session of an instance has the tags of its role, and no others. */
function tagged(requestClass: RequestClass, { tags = {} }: RoleInput, { keys }: Constants): RequestClass {
  const names = [...keys.keys()].filter(key => key.startsWith(TAG)).map(key => key.slice(TAG.length));
  const own = Object.fromEntries(Object.entries(tags).map(([name, value]) => [name.toLowerCase(), value]));
  const all = { ...Object.fromEntries(names.map(name => [name, undefined])), ...own };
  return { ...requestClass, parts: { principal: { ...requestClass.parts.principal, tags: all } } };
}

const TAG = 'aws:principaltag/';

function nameOf(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}
