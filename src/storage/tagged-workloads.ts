import { ACCESSES, ACCOUNT_ID, BucketAccess, ORGANIZATION, OrganizationBoundary } from '../access';
import { ENDPOINT_ID, Fields, Problem, Rule, listOf, optional, text } from '../private';

/** Workloads of other accounts, which a tag of their roles tells apart. */
export interface TaggedWorkloadsAttributes {
  /**
   * What each workload may do under its prefix: one access or more, each with the prefix that the value of the tag
   * follows.
   */
  readonly access: BucketAccess[];

  /** The accounts of the workloads: one or more, other than the account of the bucket. */
  readonly accounts: string[];

  /** The organization that the roles belong to. Its `accounts`, where they are named, must include these. */
  readonly organization: OrganizationBoundary;

  /**
   * The path of the roles, with a slash at both ends.
   *
   * @default - roles of every path
   */
  readonly rolePath?: string;

  /** The key of the tag, of 1 to 128 letters, digits and `_ . : / = + - @`, such as `team`. */
  readonly tagKey: string;

  /**
   * The ids of the workloads' S3 endpoints, `vpce-...`.
   *
   * @default - any endpoint of the account of the role
   */
  readonly vpcEndpointIds?: string[];
}

const TAG_KEY = text({
  allowed: '1 to 128 letters, digits and _ . : / = + - @, not beginning with aws:',
  fix: 'name a tag such as team',
  pattern: /^(?!aws:)[\w.:/=+@-]{1,128}$/i,
  isKnown: true,
});

const ROLE_PATH = text({
  allowed: 'the path of roles, with a slash at both ends and without wildcards',
  fix: 'write /workloads/, or leave it out',
  pattern: /^\/([!"#%-)+-.0->@-~]+\/)*$/,
  isKnown: true,
});

/** The description of tagged workloads. */
export const TAGGED_FIELDS: Fields<TaggedWorkloadsAttributes> = {
  access: ACCESSES,
  accounts: listOf(ACCOUNT_ID, 'one account or more', 'name the accounts of the workloads'),
  organization: ORGANIZATION,
  tagKey: TAG_KEY,
  rolePath: optional(ROLE_PATH),
  vpcEndpointIds: optional(
    listOf(ENDPOINT_ID, 'ids of VPC endpoints', 'leave it out for any endpoint of the account of the role', {
      mayBeEmpty: true,
    }),
  ),
};

/** What its parts are together. */
export const TAGGED_RULES: ReadonlyArray<Rule<TaggedWorkloadsAttributes>> = [
  { reads: ['access'], problems: prefixProblems },
  { reads: ['accounts', 'organization'], problems: outsideProblems },
];

function prefixProblems({ access }: TaggedWorkloadsAttributes): Problem[] {
  return access
    .filter(({ _lines }) => _lines.some(({ prefix }) => prefix === undefined))
    .map(({ bucketActions, objectActions }) => ({
      prop: 'access',
      got: [...bucketActions, ...objectActions].join(', '),
      allowed: 'accesses with a prefix, which the value of the tag follows, and without options that open more',
      fix: "write BucketAccess.readWrite('teams/')",
    }));
}

function outsideProblems({ accounts, organization }: TaggedWorkloadsAttributes): Problem[] {
  const within = organization.accounts ?? accounts;
  return accounts
    .filter(account => !within.includes(account))
    .map(got => ({
      prop: 'accounts',
      got,
      allowed: `accounts of the organization boundary: ${within.join(', ')}`,
      fix: 'add the account to organization.accounts, or leave it out here',
    }));
}
