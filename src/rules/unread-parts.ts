import { bucketsWith } from './buckets-with';
import type { Evidence, Finding, Rule } from './rule';
import { Unresolved } from '../cloudformation';

/**
 * Parts of a template that make resources which are not seen: macros, loops over what is not in the template, nested
 * stacks elsewhere. In a stack of the workload they may touch it.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-macros.html
 */
export const unreadParts: Rule = { id: 'unread-parts', check: findings };

function findings(evidence: Evidence): Finding[] {
  const { workload, model } = evidence;
  const names = bucketsWith(evidence);
  const stacks = new Set([
    workload.where.stack,
    ...workload.describedBy.map(({ stack }) => stack),
    workload.role?.where?.stack,
    ...model.buckets.filter(({ name }) => names.has(name)).map(({ where }) => where?.stack),
    ...model.endpoints.filter(({ vpcId }) => vpcId === workload.vpcId).map(({ where }) => where.stack),
  ]);
  return model.unresolved
    .filter(each => makesResources(each) && (stacks.has(each.stack) || !isRollOut(each)))
    .map(({ stack, logicalId, path, why }) => ({
      description: `not proven: ${path} of ${logicalId === '' ? stack : `${logicalId} of ${stack}`} is not read: ${why}`,
      fix: 'write the resources out, or prove the processed template',
      ...(stacks.has(stack) ? {} : { isDoubt: true }),
    }));
}

function makesResources({ logicalId, function: name }: Unresolved): boolean {
  return logicalId === '' || name === 'TemplateURL' || name === 'StackSet';
}

/** A StackSet of another stack rolls out a pattern to other accounts; what is not read of it is named, not a finding. */
function isRollOut({ function: name }: Unresolved): boolean {
  return name === 'StackSet';
}
