import { broken, FlowCheck } from './model';
import type { SubnetPath } from './s3-path';
import { AssemblyModel, BucketModel, nameOf, PolicyPart, ResourceRef, WorkloadModel } from '../cloudformation';

/**
 * Which image an instance has, and which IPv6 range a subnet gets of its VPC, tells nothing about requests; a mapping
 * by Region cannot be read where the Region is not known.
 */
const TELLS_NOTHING = /^Properties\.((LaunchTemplateData\.)?ImageId|Ipv6CidrBlock)(\.|$)/;

/**
 * The parts of the resources on the way of a workload's requests that could not be read: nothing is concluded from
 * what is left of them.
 *
 * @param workload the workload
 * @param paths its ways to S3
 * @param names the names of the buckets and access points that its role is granted something in
 * @param model what the assembly defines
 */
export function unreadChecks(
  workload: WorkloadModel,
  paths: readonly SubnetPath[],
  names: readonly string[],
  model: AssemblyModel,
): FlowCheck[] {
  const buckets = [...model.buckets, ...model.accessPoints].filter(({ name }) => names.includes(name));
  const involved = new Map(involvedIn(workload, paths, buckets).map(where => [keyOf(where), where]));
  return model.unresolved.flatMap(unresolved => {
    const where = involved.get(keyOf(unresolved));
    if (where === undefined || TELLS_NOTHING.test(unresolved.path)) {
      return [];
    }
    return [
      broken(
        where,
        `${unresolved.path} of ${nameOf(where)} cannot be read (${unresolved.function}): ${unresolved.why}`,
        'write the value so that the template shows it, or check by hand what depends on it',
      ),
    ];
  });
}

function involvedIn(
  workload: WorkloadModel,
  paths: readonly SubnetPath[],
  buckets: readonly BucketModel[],
): ResourceRef[] {
  const { describedBy, role, securityGroups, subnets } = workload;
  const endpoints = paths.map(({ s3Path }) => s3Path?.endpoint).filter(endpoint => endpoint !== undefined);
  const keys = buckets.map(({ encryption }) => encryption?.key);
  const policies: ReadonlyArray<PolicyPart | undefined> = [
    ...(role?.policies ?? []),
    role?.permissionsBoundary,
    ...[...endpoints, ...buckets, ...keys].map(owner => owner?.policy),
  ];
  const tables = subnets.map(({ routeTable }) => routeTable);
  const routes = tables.flatMap(table => table?.routes ?? []);
  const groups = [...securityGroups, ...endpoints.flatMap(endpoint => endpoint.securityGroups)];
  const owners = [role, ...policies, ...subnets, ...tables, ...routes, ...groups, ...endpoints, ...buckets, ...keys];
  return [...describedBy, ...owners.map(owner => owner?.where)].filter(where => where !== undefined);
}

function keyOf({ stack, logicalId }: Pick<ResourceRef, 'stack' | 'logicalId'>): string {
  return `${stack} ${logicalId}`;
}
