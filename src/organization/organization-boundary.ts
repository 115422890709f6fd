import { Problem } from '../private/errors';
import { isConcrete } from '../private/tokens';

/** The organization, and the organizational units of it, that a workload belongs to. */
export interface OrganizationBoundary {
  /**
   * The id of the organization, such as `o-a1b2c3d4e5`.
   *
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalorgid
   */
  readonly organizationId: string;

  /**
   * The paths of the organizational units whose principals may reach the buckets, each with a slash at its end, such as
   * `o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/`. Units below them are included.
   *
   * @default - every unit of the organization
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalorgpaths
   */
  readonly organizationalUnitPaths?: string[];
}

const ORGANIZATION_ID = /^o-[a-z0-9]{10,32}$/;
const UNIT_PATH = /^o-[a-z0-9]{10,32}\/r-[a-z0-9]{4,32}\/(ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}\/)*$/;

/** What is wrong with an organization boundary. */
export function organizationProblems(organization: OrganizationBoundary | undefined): Problem[] {
  if (organization === undefined) { return []; }
  const { organizationId, organizationalUnitPaths } = organization;
  return [
    ...(isConcrete(organizationId) && !ORGANIZATION_ID.test(organizationId) ? [{
      prop: 'organization.organizationId',
      got: organizationId,
      allowed: 'o- and 10 to 32 lower-case letters or digits',
      fix: 'copy the id from the Organizations console',
    }] : []),
    ...(organizationalUnitPaths?.length === 0 ? [{
      prop: 'organization.organizationalUnitPaths',
      got: organizationalUnitPaths,
      allowed: 'one path or more',
      fix: 'leave it out to allow every unit of the organization',
    }] : []),
    ...(organizationalUnitPaths ?? []).flatMap(path => unitPathProblems(path, organizationId)),
  ];
}

function unitPathProblems(path: string, organizationId: string): Problem[] {
  if (!isConcrete(path)) { return []; }
  const problem = (allowed: string, fix: string) => [{ prop: 'organization.organizationalUnitPaths', got: path, allowed, fix }];
  if (!UNIT_PATH.test(path)) {
    return problem('a path such as o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/', 'write organization, root and units, each followed by a slash');
  }
  return isConcrete(organizationId) && !path.startsWith(`${organizationId}/`)
    ? problem(`paths of the organization ${organizationId}`, 'name the units of that organization')
    : [];
}
