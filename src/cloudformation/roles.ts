import { awsManagedPolicy } from './aws-managed-policies';
import { listOf, textOf, textsIn, textsOf, valueAt } from './json';
import type { PolicyPart, RoleModel } from './model';
import type { Environment } from './resolution';
import type { ResolvedResource } from './resolved-assembly';
import { ResourceIndex, nameOf, refTo, tagsOf } from './resource-index';

/**
 * The role behind an instance profile; `undefined` if the profile is not in the assembly.
 *
 * @param profile the name or the ARN of the instance profile
 * @param environment where the workload is
 */
export function roleBehind(profile: string, environment: Environment, index: ResourceIndex): RoleModel | undefined {
  const resource = index.named('AWS::IAM::InstanceProfile', profile);
  const [name] = textsOf(resource?.properties.Roles);
  return name === undefined ? undefined : roleNamed(name, environment, index);
}

/** The role with an ARN. */
export function roleWithArn(arn: string, environment: Environment, index: ResourceIndex): RoleModel {
  const resource = index.ofType('AWS::IAM::Role').find(each => each.arn === arn || each.ref === arn);
  return roleNamed(resource?.ref ?? arn.split('/').pop() ?? arn, environment, index);
}

/** The role that a construct says is in an instance profile which is not in the assembly. */
export function roleDeclared(
  profile: string,
  roleArn: string,
  environment: Environment,
  index: ResourceIndex,
): RoleModel | undefined {
  const name = roleArn.split('/').pop();
  const resource = index.ofType('AWS::IAM::Role').find(({ arn }) => arn === roleArn);
  return name === undefined
    ? undefined
    : {
        ...roleNamed(resource?.ref ?? name, environment, index),
        assumes: [`the instance profile ${profile} holds the role ${resource?.ref ?? name}`],
      };
}

function roleNamed(name: string, environment: Environment, index: ResourceIndex): RoleModel {
  const role = index
    .ofType('AWS::IAM::Role')
    .find(each => each.ref === name && each.environment.account === environment.account);
  const boundary = textOf(role?.properties.PermissionsBoundary);
  const arns = attachedArns(role, name, environment, index);
  const documents = arns.map(arn => [arn, managedPolicy(arn, index)] as const);
  const known = documents.map(([, document]) => document).filter(document => document !== undefined);
  const boundaryPart = boundary === undefined ? undefined : managedPolicy(boundary, index);
  return {
    name,
    arn: role?.arn ?? importedArn(name, environment, index),
    account: environment.account,
    where: role && refTo(role),
    trustPolicy:
      role &&
      index.policy(
        role,
        'AssumeRolePolicyDocument',
        role.properties.AssumeRolePolicyDocument,
        `trust policy of ${nameOf(role)}`,
      ),
    policies: [...inlinePolicies(role, name, environment, index), ...known],
    unknownPolicies: documents.filter(([, document]) => document === undefined).map(([arn]) => arn),
    permissionsBoundary: boundaryPart,
    unknownBoundary: boundaryPart === undefined ? boundary : undefined,
    tags: tagsOf(role?.properties.Tags),
  };
}

/** Managed policies name their roles, or the role names its policies. */
function attachedArns(
  role: ResolvedResource | undefined,
  name: string,
  environment: Environment,
  index: ResourceIndex,
): string[] {
  const attaching = index
    .ofType('AWS::IAM::ManagedPolicy')
    .filter(each => attachesTo(each, name, environment))
    .map(({ ref }) => ref);
  return [...new Set([...textsOf(role?.properties.ManagedPolicyArns), ...attaching])];
}

function inlinePolicies(
  role: ResolvedResource | undefined,
  name: string,
  environment: Environment,
  index: ResourceIndex,
): PolicyPart[] {
  const own =
    role === undefined
      ? []
      : listOf(role.properties.Policies).map((policy, position) => {
          const label = `inline policy ${textOf(valueAt(policy, 'PolicyName')) ?? position} of ${nameOf(role)}`;
          return index.identityPolicy(
            role,
            `Policies.${position}.PolicyDocument`,
            valueAt(policy, 'PolicyDocument'),
            label,
          );
        });
  const others = [...index.ofType('AWS::IAM::Policy'), ...index.ofType('AWS::IAM::RolePolicy')]
    .filter(each => attachesTo(each, name, environment))
    .map(each =>
      index.identityPolicy(each, 'PolicyDocument', each.properties.PolicyDocument, `policy ${nameOf(each)}`),
    );
  return [...own, ...others].filter(part => part !== undefined);
}

/** Whether a policy is attached to a role from its own side. */
export function attachesTo(
  { properties, environment }: ResolvedResource,
  role: string,
  { account }: Environment,
): boolean {
  return (
    environment.account === account &&
    (textsOf(properties.Roles).includes(role) || textOf(properties.RoleName) === role)
  );
}

function managedPolicy(arn: string, index: ResourceIndex): PolicyPart | undefined {
  const resource = index.named('AWS::IAM::ManagedPolicy', arn);
  if (resource !== undefined) {
    const { PolicyDocument } = resource.properties;
    const part = index.identityPolicy(resource, 'PolicyDocument', PolicyDocument, `policy ${nameOf(resource)}`);
    return part && { ...part, arn };
  }
  const document = awsManagedPolicy(arn);
  return document && { name: `AWS-managed policy ${arn.split('/').pop()}`, document };
}

/** The path of a role that is not in the assembly is in the ARN that the templates use for it, if they use one. */
function importedArn(name: string, { partition, account }: Environment, index: ResourceIndex): string {
  const prefix = `arn:${partition}:iam::${account}:role/`;
  const used = index.reading.resources
    .flatMap(({ properties }) => textsIn(properties))
    .find(text => text.startsWith(prefix) && text.endsWith(`/${name}`));
  return used ?? `${prefix}${name}`;
}
