import { awsManagedPolicy } from './aws-managed-policies';
import { Facts, nameOf, refTo, tagsOf } from './resource-index';
import { listOf, textOf, textsIn, textsOf, valueAt } from './json';
import type { PolicyPart, RoleModel } from './model';
import type { ResolvedResource } from './resolved-assembly';
import type { Environment } from './resolution';

/**
 * The role behind an instance profile; `undefined` if the profile is not in the assembly.
 *
 * @param profile the name or the ARN of the instance profile
 * @param environment where the workload is
 */
export function roleBehind(profile: string, environment: Environment, facts: Facts): RoleModel | undefined {
  const resource = facts.named('AWS::IAM::InstanceProfile', profile);
  const [name] = textsOf(resource?.properties.Roles);
  return name === undefined ? undefined : roleNamed(name, environment, facts);
}

/** The role that a construct says is in an instance profile which is not in the assembly. */
export function roleDeclared(profile: string, roleArn: string, environment: Environment, facts: Facts): RoleModel | undefined {
  const name = roleArn.split('/').pop();
  const resource = facts.ofType('AWS::IAM::Role').find(({ arn }) => arn === roleArn);
  return name === undefined ? undefined : {
    ...roleNamed(resource?.ref ?? name, environment, facts), assumes: [`the instance profile ${profile} holds the role ${resource?.ref ?? name}`],
  };
}

function roleNamed(name: string, environment: Environment, facts: Facts): RoleModel {
  const role = facts.ofType('AWS::IAM::Role').find(each => each.ref === name && each.environment.account === environment.account);
  const boundary = textOf(role?.properties.PermissionsBoundary);
  const arns = attachedArns(role, name, environment, facts);
  const documents = arns.map(arn => [arn, managedPolicy(arn, facts)] as const);
  const known = documents.map(([, document]) => document).filter(document => document !== undefined);
  const boundaryPart = boundary === undefined ? undefined : managedPolicy(boundary, facts);
  return {
    name,
    arn: role?.arn ?? importedArn(name, environment, facts),
    account: environment.account,
    where: role && refTo(role),
    trustPolicy: role && facts.policy(role, 'AssumeRolePolicyDocument', role.properties.AssumeRolePolicyDocument, `trust policy of ${nameOf(role)}`),
    policies: [...inlinePolicies(role, name, environment, facts), ...known],
    unknownPolicies: documents.filter(([, document]) => document === undefined).map(([arn]) => arn),
    permissionsBoundary: boundaryPart,
    unknownBoundary: boundaryPart === undefined ? boundary : undefined,
    tags: tagsOf(role?.properties.Tags),
  };
}

/** Managed policies name their roles, or the role names its policies. */
function attachedArns(role: ResolvedResource | undefined, name: string, environment: Environment, facts: Facts): string[] {
  const attaching = facts.ofType('AWS::IAM::ManagedPolicy').filter(each => attachesTo(each, name, environment)).map(({ ref }) => ref);
  return [...new Set([...textsOf(role?.properties.ManagedPolicyArns), ...attaching])];
}

function inlinePolicies(role: ResolvedResource | undefined, name: string, environment: Environment, facts: Facts): PolicyPart[] {
  const own = role === undefined ? [] : listOf(role.properties.Policies).map((policy, index) => {
    const label = `inline policy ${textOf(valueAt(policy, 'PolicyName')) ?? index} of ${nameOf(role)}`;
    return facts.policy(role, `Policies.${index}.PolicyDocument`, valueAt(policy, 'PolicyDocument'), label);
  });
  const others = [...facts.ofType('AWS::IAM::Policy'), ...facts.ofType('AWS::IAM::RolePolicy')]
    .filter(each => attachesTo(each, name, environment))
    .map(each => facts.policy(each, 'PolicyDocument', each.properties.PolicyDocument, `policy ${nameOf(each)}`));
  return [...own, ...others].filter(part => part !== undefined);
}

function attachesTo({ properties, environment }: ResolvedResource, role: string, { account }: Environment): boolean {
  return environment.account === account && (textsOf(properties.Roles).includes(role) || textOf(properties.RoleName) === role);
}

function managedPolicy(arn: string, facts: Facts): PolicyPart | undefined {
  const resource = facts.named('AWS::IAM::ManagedPolicy', arn);
  if (resource !== undefined) return facts.policy(resource, 'PolicyDocument', resource.properties.PolicyDocument, `policy ${nameOf(resource)}`);
  const document = awsManagedPolicy(arn);
  return document && { name: `AWS-managed policy ${arn.split('/').pop()}`, document };
}

/** The path of a role that is not in the assembly is in the ARN that the templates use for it, if they use one. */
function importedArn(name: string, { partition, account }: Environment, facts: Facts): string {
  const prefix = `arn:${partition}:iam::${account}:role/`;
  const used = facts.reading.resources.flatMap(({ properties }) => textsIn(properties))
    .find(text => text.startsWith(prefix) && text.endsWith(`/${name}`));
  return used ?? `${prefix}${name}`;
}
