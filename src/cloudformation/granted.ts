import { listOf, textOf, textsOf, valueAt } from './json';
import type { GrantedModel } from './model';
import type { ResolvedResource } from './resolved-assembly';
import { ResourceIndex, refTo } from './resource-index';
import { attachesTo } from './roles';

/** What the policies of the assembly allow its roles, statement by statement, as far as it can be read. */
export function grantedIn(index: ResourceIndex): GrantedModel[] {
  const policies = ['AWS::IAM::Policy', 'AWS::IAM::RolePolicy', 'AWS::IAM::ManagedPolicy'].flatMap(type =>
    index.ofType(type).flatMap(policy => allowed(policy, policy.properties.PolicyDocument, rolesOf(policy, index))),
  );
  const inline = index
    .ofType('AWS::IAM::Role')
    .flatMap(role =>
      listOf(role.properties.Policies).flatMap(each => allowed(role, valueAt(each, 'PolicyDocument'), [role])),
    );
  return [...policies, ...inline];
}

function rolesOf(policy: ResolvedResource, index: ResourceIndex): readonly ResolvedResource[] {
  const { ref, arn } = policy;
  return index
    .ofType('AWS::IAM::Role')
    .filter(
      role =>
        attachesTo(policy, role.ref, role.environment) ||
        textsOf(role.properties.ManagedPolicyArns).some(each => [ref, arn].includes(each)),
    );
}

function allowed(
  source: ResolvedResource,
  document: Parameters<typeof valueAt>[0],
  roles: readonly ResolvedResource[],
): GrantedModel[] {
  const statements = listOf(valueAt(document, 'Statement')).filter(each => textOf(valueAt(each, 'Effect')) === 'Allow');
  return roles.flatMap(role =>
    statements.map(each => ({
      where: refTo(source),
      role: refTo(role),
      roleArn: role.arn,
      actions: textsOf(valueAt(each, 'Action')),
      resources: textsOf(valueAt(each, 'Resource')),
    })),
  );
}
