import { possible, resource, Step, steps, withoutGuardrails } from './guardrails';
import { identity } from '../../principals';
import { about, first, Property } from '../../property-check';
import type { RequestSpace } from '../../request-space';

/** An account of the organization that guardrails do not restrict. */
const MANAGEMENT = '000011112222';

/**
 * Service control policies do not restrict the management account; a delegated administrator is a member account, so
 * the policies that it manages may restrict it. Whoever is in the organization gets into the account with its access
 * role, and the root user repairs what locks others out.
 */
export const administrators: Property = {
  id: 'guarded[administrators]',
  inapplicable: withoutGuardrails,
  decide: check => {
    const { space } = check;
    const { partition, account, name } = space.input;
    const admin = (owner: string) =>
      identity(`role Admin of account ${owner}`, `arn:${partition}:iam::${owner}:role/Admin`);
    const [root] = space.principals.classes.filter(({ principal }) => principal?.kind === 'root');
    const organization = { words: 'the organization', arn: '*', account: MANAGEMENT };
    const access = resource(space.input, 'iam', 'role/OrganizationAccountAccessRole');
    return about(
      name,
      first(
        steps('organizations', organization, 'DetachPolicy UpdatePolicy DeletePolicy DescribePolicy'),
        step => possible(check, admin(account), step) ?? possible(check, admin(MANAGEMENT), step),
      ) ??
        first(steps('sts', access, 'AssumeRole'), step => possible(check, admin(MANAGEMENT), step)) ??
        first(repairs(space), step => possible(check, root, step)),
    );
  },
};

function repairs(space: RequestSpace): readonly Step[] {
  const { account, buckets, keys } = space.input;
  return [
    ...buckets.flatMap(bucket =>
      steps('s3', space.bucket(bucket), 'GetBucketPolicy PutBucketPolicy DeleteBucketPolicy'),
    ),
    ...keys.flatMap(key => steps('kms', space.key(key), 'GetKeyPolicy PutKeyPolicy')),
  ].filter(({ target }) => target.account === account);
}
