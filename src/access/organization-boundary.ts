import { isConcrete, Problem } from '../private';

/** The organization, and the organizational units of it, that a workload belongs to. */
export interface OrganizationBoundary {
  /**
   * The accounts whose principals may reach the buckets. A workload in a stack of another account is refused.
   *
   * @default - every account of the organization, or of its units
   * @see
   * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalaccount
   */
  readonly accounts?: string[];

  /**
   * The id of the organization, such as `o-a1b2c3d4e5`.
   *
   * @see
   * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalorgid
   */
  readonly organizationId: string;

  /**
   * The paths of the organizational units whose principals may reach the buckets, each with a slash at its end, such as
   * `o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/`. Units below them are included.
   *
   * @default - every unit of the organization
   * @see
   * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalorgpaths
   */
  readonly organizationalUnitPaths?: string[];
}

const ORGANIZATION_ID = /^o-[a-z0-9]{10,32}$/;
const ACCOUNT_ID = /^\d{12}$/;
const UNIT_PATH = /^o-[a-z0-9]{10,32}\/r-[a-z0-9]{4,32}\/(ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}\/)*$/;

/** What is wrong with an organization boundary. */
export function organizationProblems(organization: OrganizationBoundary | undefined): Problem[] {
  if (organization === undefined) {
    return [];
  }
  const { accounts, organizationId, organizationalUnitPaths } = organization;
  return [
    ...organizationIdProblems('organization.organizationId', organizationId),
    ...(organizationalUnitPaths?.length === 0
      ? [
          {
            prop: 'organization.organizationalUnitPaths',
            got: organizationalUnitPaths,
            allowed: 'one path or more',
            fix: 'leave it out to allow every unit of the organization',
          },
        ]
      : []),
    ...(organizationalUnitPaths ?? []).flatMap(path => unitPathProblems(path, organizationId)),
    ...(accounts?.length === 0
      ? [
          {
            prop: 'organization.accounts',
            got: accounts,
            allowed: 'one account or more',
            fix: 'leave it out to allow every account',
          },
        ]
      : []),
    ...accountProblems('organization.accounts', accounts),
  ];
}

/** A workload whose stack is known to be in an account that the boundary does not name. */
export function outsideAccountsProblems({ accounts }: Partial<OrganizationBoundary> = {}, account: string): Problem[] {
  const outside =
    accounts !== undefined && isConcrete(account) && accounts.every(isConcrete) && !accounts.includes(account);
  return outside
    ? [
        {
          prop: 'organization.accounts',
          got: accounts,
          allowed: `a list with the account of the stack, ${account}`,
          fix: 'deploy the stack to one of these accounts, or add its account to the list',
        },
      ]
    : [];
}

/** What is wrong with the id of an organization. */
export function organizationIdProblems(prop: string, organizationId: string): Problem[] {
  return isConcrete(organizationId) && !ORGANIZATION_ID.test(organizationId)
    ? [
        {
          prop,
          got: organizationId,
          allowed: 'o- and 10 to 32 lower-case letters or digits',
          fix: 'copy the id from the Organizations console',
        },
      ]
    : [];
}

/** What is wrong with the ids of accounts. */
export function accountProblems(prop: string, accounts: readonly string[] = []): Problem[] {
  return accounts
    .filter(each => isConcrete(each) && !ACCOUNT_ID.test(each))
    .map(got => ({
      prop,
      got,
      allowed: 'account ids of 12 digits',
      fix: 'copy the ids from the Organizations console, as texts',
    }));
}

function unitPathProblems(path: string, organizationId: string): Problem[] {
  if (!isConcrete(path)) {
    return [];
  }
  const problem = (allowed: string, fix: string) => [
    { prop: 'organization.organizationalUnitPaths', got: path, allowed, fix },
  ];
  if (!UNIT_PATH.test(path)) {
    return problem(
      'a path such as o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/',
      'write organization, root and units, each followed by a slash',
    );
  }
  return isConcrete(organizationId) && !path.startsWith(`${organizationId}/`)
    ? problem(`paths of the organization ${organizationId}`, 'name the units of that organization')
    : [];
}
