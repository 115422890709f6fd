import { accountProblems, BucketAccess, OrganizationBoundary, organizationProblems } from '../access';
import { endpointIdProblems } from '../endpoint';
import { isConcrete, Problem } from '../private';

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

/** What is wrong with the description of tagged workloads. */
export function taggedProblems(attributes: TaggedWorkloadsAttributes): Problem[] {
  const { access, accounts, organization } = attributes;
  const outside = accounts.filter(
    account => organization.accounts !== undefined && !organization.accounts.includes(account),
  );
  return [
    ...(access.length > 0
      ? []
      : problem('access', access, 'one BucketAccess or more', "add BucketAccess.readWrite('teams/')")),
    ...access
      .filter(({ prefix }) => prefix === undefined)
      .flatMap(each =>
        problem(
          'access',
          [...each.bucketActions, ...each.objectActions].join(', '),
          'accesses with a prefix, which the value of the tag follows',
          "write BucketAccess.readWrite('teams/')",
        ),
      ),
    ...(accounts.length > 0
      ? []
      : problem('accounts', accounts, 'one account or more', 'name the accounts of the workloads')),
    ...accountProblems('accounts', accounts),
    ...organizationProblems(organization),
    ...outside.flatMap(account =>
      problem(
        'accounts',
        account,
        `accounts of the organization boundary: ${organization.accounts!.join(', ')}`,
        'add the account to organization.accounts, or leave it out here',
      ),
    ),
    ...textProblems(attributes),
  ];
}

function textProblems({ rolePath, tagKey, vpcEndpointIds }: TaggedWorkloadsAttributes): Problem[] {
  const unlike = (value: string | undefined, pattern: RegExp) =>
    value !== undefined && (!isConcrete(value) || !pattern.test(value));
  return [
    ...(unlike(tagKey, /^(?!aws:)[\w.:/=+@-]{1,128}$/i)
      ? problem(
          'tagKey',
          tagKey,
          '1 to 128 letters, digits and _ . : / = + - @, not beginning with aws:',
          'name a tag such as team',
        )
      : []),
    ...(unlike(rolePath, /^\/([\w+=,.@-]+\/)*$/)
      ? problem(
          'rolePath',
          rolePath,
          'the path of roles, with a slash at both ends and without wildcards',
          'write /workloads/, or leave it out',
        )
      : []),
    ...endpointIdProblems('vpcEndpointIds', vpcEndpointIds),
  ];
}

function problem(prop: string, got: unknown, allowed: string, fix: string): Problem[] {
  return [{ prop, got, allowed, fix }];
}
