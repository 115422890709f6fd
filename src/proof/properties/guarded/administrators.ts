import { possible, resource, Step, steps, withoutGuardrails } from './guardrails';
import type { RequestClass } from '../../candidate-request';
import { identity } from '../../principals';
import { about, Finding, first, Property, PropertyCheck } from '../../property-check';
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
    const ours = space.organizationOf(account);
    const organization = { words: 'the organization', arn: '*', account: MANAGEMENT, ...ours };
    const access = resource(space, 'iam', 'role/OrganizationAccountAccessRole');
    return about(
      name,
      first(
        steps('organizations', organization, 'DetachPolicy UpdatePolicy DeletePolicy DescribePolicy'),
        step => possible(check, admin(account), step) ?? possible(check, admin(MANAGEMENT), step),
      ) ??
        first(steps('sts', access, 'AssumeRole'), step => possible(check, admin(MANAGEMENT), step)) ??
        first(repairs(space), step => repairable(check, root, step)),
    );
  },
};

/** What a service control policy keeps from the root user, the organization can give back: it detaches the policy. */
function repairable(check: PropertyCheck, root: RequestClass, step: Step): Finding {
  const found = possible(check, root, step);
  const [by] = found?.decidedBy ?? [];
  if (by?.policyKind !== 'service control policy') {
    return found;
  }
  return check.assume(
    `the organization takes statement ${by.sid ?? '#1'} off an account in which a policy locks everybody else out`,
  );
}

function repairs(space: RequestSpace): readonly Step[] {
  const { account, buckets, keys } = space.input;
  return [
    ...buckets.flatMap(bucket => steps('s3', space.bucket(bucket), 'GetBucketPolicy PutBucketPolicy')),
    ...keys.flatMap(key => steps('kms', space.key(key), 'GetKeyPolicy PutKeyPolicy')),
  ].filter(({ target }) => target.account === account);
}
