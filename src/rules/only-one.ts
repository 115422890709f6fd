import { bucketsWith } from './buckets-with';
import type { Evidence, Finding, Rule } from './rule';
import { nameOf } from '../cloudformation';

const IS = {
  'bucket policy': 'a second policy of the bucket',
  'route table': 'a second route table of the subnet',
  'network ACL': 'a second network ACL of the subnet',
};

/**
 * A bucket has one policy, a subnet one route table and one network ACL. A second one is refused by CloudFormation, or
 * takes the place of the first, so that what is proven of either is not what is deployed.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucketpolicy.html
 */
export const onlyOne: Rule = { id: 'only-one', check: findings };

function findings(evidence: Evidence): Finding[] {
  const { workload, model } = evidence;
  const owners = new Set([...bucketsWith(evidence), ...workload.subnets.map(({ id }) => id)]);
  return model.conflicts
    .filter(({ owner }) => owners.has(owner))
    .map(({ kind, owner, first, where }) => ({
      where,
      description:
        `${nameOf(where)} is ${IS[kind]} ${owner}, beside ${nameOf(first)}: AWS has one, so that either is refused ` +
        'or replaces the other',
      fix: `put everything into ${nameOf(first)}, and remove ${nameOf(where)}`,
    }));
}
