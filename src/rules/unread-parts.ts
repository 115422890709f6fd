import { bucketsWith } from './buckets-with';
import type { Evidence, Finding, Rule } from './rule';
import { Unresolved } from '../cloudformation';
import { unreadPartsOf, unreadPlace } from '../proof';

/**
 * Parts of a template that make resources which are not seen: macros, loops over what is not in the template, nested
 * stacks elsewhere. In a stack of the workload they may touch it, and nothing about it is proven.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-macros.html
 */
export const unreadParts: Rule = { id: 'unread-parts', check: findings };

function findings(evidence: Evidence): Finding[] {
  const { workload, model } = evidence;
  const { inItsStacks, elsewhere } = unreadPartsOf(workload, model, bucketsWith(evidence));
  return [
    ...inItsStacks.map(findingOf),
    ...elsewhere.filter(each => !isRollOut(each)).map(each => ({ ...findingOf(each), isDoubt: true })),
  ];
}

function findingOf(part: Unresolved): Finding {
  return {
    description: `not proven: ${unreadPlace(part)} is not read: ${part.why}`,
    fix: 'write the resources out, or prove the processed template',
  };
}

/** A StackSet of another stack rolls out a pattern to other accounts; what is not read of it is named, not a finding. */
function isRollOut({ function: name }: Unresolved): boolean {
  return name === 'StackSet';
}
