import { longestSize } from './longest-values';
import type { Evidence, Finding, PlacedPolicy, PolicyPlace, Rule } from './rule';
import { isSymbolic, nameOf } from '../cloudformation';
import { managedPoliciesQuota, ORGANIZATIONS_QUOTAS, POLICY_LIMITS } from '../iam';

interface Limit {
  readonly characters: number;
  readonly fix: string;
}

const MANAGED: Limit = {
  characters: POLICY_LIMITS.managedPolicy,
  fix: 'name fewer prefixes, or move statements to another managed policy of the role',
};

const SPLIT = 'split the policy into several, and attach each to the target';

/**
 * The longest policies of each place; those that are built into a role have one limit together.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/add-bucket-policy.html
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html
 */
const LIMITS: Readonly<Partial<Record<PolicyPlace, Limit>>> = {
  'managed policy': MANAGED,
  'permissions boundary': MANAGED,
  'trust policy': {
    characters: 2_048,
    fix: 'trust ec2.amazonaws.com only, or ask for a higher quota of the role trust policy length',
  },
  bucket: {
    characters: POLICY_LIMITS.bucketPolicy,
    fix: 'give fewer principals and prefixes of their own to this bucket, or spread the data over several buckets',
  },
  'S3 endpoint': {
    characters: POLICY_LIMITS.endpointPolicy,
    fix: 'merge prefixes, or spread the workloads over several VPCs',
  },
  'other endpoint': { characters: POLICY_LIMITS.endpointPolicy, fix: 'merge statements of the endpoint policy' },
  key: {
    characters: POLICY_LIMITS.keyPolicy,
    fix: 'give fewer principals statements of their own, or use a key for each bucket',
  },
  'service control policy': { characters: ORGANIZATIONS_QUOTAS.SERVICE_CONTROL_POLICY.characters, fix: SPLIT },
  'resource control policy': { characters: ORGANIZATIONS_QUOTAS.RESOURCE_CONTROL_POLICY.characters, fix: SPLIT },
};

const INLINE = 10_240;

/** Policies that CloudFormation cannot create: too long when everything is filled in, or too many. */
export const policySizes: Rule = {
  id: 'policy-sizes',
  check: evidence => [
    ...evidence.policies.flatMap(policy => tooLong(policy, evidence)),
    ...tooLongTogether(evidence),
    ...tooMany(evidence),
  ],
};

/** IAM counts no white space, and CloudFormation sends the other policies without any. */
function tooLong({ place, name, document, where }: PlacedPolicy, { model }: Evidence): Finding[] {
  const limit = LIMITS[place];
  if (limit === undefined || where === undefined) {
    return [];
  }
  const size = longestSize(document, model);
  return size <= limit.characters
    ? []
    : [
        {
          where,
          description: `the ${name} is up to ${size} characters long when its names are filled in, allowed: ${limit.characters}`,
          fix: limit.fix,
        },
      ];
}

function tooLongTogether({ policies, model, workload: { role } }: Evidence): Finding[] {
  const inline = policies.filter(({ place }) => place === 'inline policy');
  const size = inline.map(({ document }) => longestSize(document, model)).reduce((sum, each) => sum + each, 0);
  return size <= INLINE
    ? []
    : [
        {
          where: role?.where ?? inline[0].where,
          description:
            `the inline policies of ${role?.where === undefined ? 'the role' : nameOf(role.where)} ` +
            `are up to ${size} characters long together, allowed: ${INLINE}`,
          fix: 'move statements to managed policies',
        },
      ];
}

function tooMany({ policies, workload: { role, environment } }: Evidence): Finding[] {
  const attached =
    policies.filter(({ place }) => place === 'managed policy').length + (role?.unknownPolicies.length ?? 0);
  const { partition } = environment;
  const name = role?.where === undefined ? 'the role' : nameOf(role.where);
  const quota = managedPoliciesQuota(isSymbolic(partition) ? undefined : partition);
  return attached <= quota.byDefault
    ? []
    : [
        {
          where: role?.where,
          description: `${attached} managed policies are attached to ${name}, allowed by default: ${inWords(quota)}`,
          fix: 'merge policies, or ask for a higher quota of the managed policies attached to a role',
        },
      ];
}

function inWords({ byDefault, onRequest, note }: ReturnType<typeof managedPoliciesQuota>): string {
  const more = [onRequest === undefined ? [] : `up to ${onRequest} on request`, note ?? []].flat();
  return [byDefault, ...more].join('; ');
}
