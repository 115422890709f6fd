import type { UnreadInput } from './proof-input';
import { AssemblyModel, isAwsManaged, RoleModel, Unresolved, WorkloadModel } from '../cloudformation';

/**
 * Parts of the templates that make resources which are not seen, in the stacks of a workload: they may touch it.
 *
 * @param names the names of the buckets that the workload is about
 */
export function unreadPartsOf(
  { where, describedBy, role, vpcId }: WorkloadModel,
  { unresolved, buckets, endpoints }: AssemblyModel,
  names: ReadonlySet<string>,
): { readonly inItsStacks: readonly Unresolved[]; readonly elsewhere: readonly Unresolved[] } {
  const stacks = new Set([
    where.stack,
    ...describedBy.map(({ stack }) => stack),
    role?.where?.stack,
    ...buckets.filter(({ name }) => names.has(name)).map(each => each.where?.stack),
    ...endpoints.filter(each => each.vpcId === vpcId).map(each => each.where.stack),
  ]);
  const making = unresolved.filter(makesResources);
  return {
    inItsStacks: making.filter(({ stack }) => stacks.has(stack)),
    elsewhere: making.filter(({ stack }) => !stacks.has(stack)),
  };
}

function makesResources({ logicalId, function: name }: Unresolved): boolean {
  return logicalId === '' || name === 'TemplateURL' || name === 'StackSet';
}

/** Where something stands that could not be read. */
export function unreadPlace({ stack, logicalId, path }: Unresolved): string {
  return `${path} of ${logicalId === '' ? stack : `${logicalId} of ${stack}`}`;
}

/** What bears on every property: nobody knows what it makes. */
export function unreadOf(parts: readonly Unresolved[]): readonly UnreadInput[] {
  return parts.map(part => ({ place: unreadPlace(part), reason: part.why, rule: 'unread-parts' }));
}

/** The policies of AWS that a role has and nothing is known of. */
export function unknownPoliciesOf({ unknownPolicies }: RoleModel): readonly string[] {
  return unknownPolicies.filter(isAwsManaged);
}

/** What is left out of what they allow bears on what says that nothing else is allowed. */
export function unreadPolicies(role: RoleModel): readonly UnreadInput[] {
  return unknownPoliciesOf(role).map(arn => ({
    place: arn,
    reason: 'it is not known here what this policy of AWS allows',
    subject: role.arn,
    rule: 'aws-managed-policies',
    bearsOn: ['works[nothing-else]', 'works[no-escalation]'],
  }));
}
