import { Kind, Problem, isConcrete, listOf, optional, struct, text } from '../private';

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
   * The id of the organization, such as `o-a1b2c3d4e5`. Nothing tells, not even the deployment, whether it is yours:
   * with the id of another one the policies let nobody in.
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

/** The id of an organization. */
export const ORGANIZATION_ID = text({
  allowed: 'o- and 10 to 32 lower-case letters or digits',
  fix: 'copy the id from the Organizations console',
  pattern: /^o-[a-z0-9]{10,32}$/,
});

/** The id of an account in a list of them. */
export const ACCOUNT_ID = text({
  allowed: 'account ids of 12 digits',
  fix: 'copy the ids from the Organizations console, as texts',
  pattern: /^\d{12}$/,
  isKnown: true,
});

const UNIT_PATH = text({
  allowed: 'a path such as o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/',
  fix: 'write organization, root and units, each followed by a slash',
  pattern: /^o-[a-z0-9]{10,32}\/r-[a-z0-9]{4,32}\/(ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}\/)*$/,
  isKnown: true,
});

/** An organization boundary. */
export const ORGANIZATION: Kind<OrganizationBoundary> = struct<OrganizationBoundary>(
  {
    organizationId: ORGANIZATION_ID,
    organizationalUnitPaths: optional(
      listOf(UNIT_PATH, 'one path or more', 'leave it out to allow every unit of the organization'),
    ),
    accounts: optional(listOf(ACCOUNT_ID, 'one account or more', 'leave it out to allow every account')),
  },
  [{ reads: ['organizationId', 'organizationalUnitPaths'], problems: foreignUnitProblems }],
);

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

function foreignUnitProblems({ organizationId, organizationalUnitPaths = [] }: OrganizationBoundary): Problem[] {
  const foreign = organizationalUnitPaths.filter(path => isConcrete(path) && !path.startsWith(`${organizationId}/`));
  return !isConcrete(organizationId)
    ? []
    : foreign.map(got => ({
        prop: 'organizationalUnitPaths',
        got,
        allowed: `paths of the organization ${organizationId}`,
        fix: 'name the units of that organization',
      }));
}
