import type { PlacedPolicy, PolicyPlace } from './rule';
import type { AssemblyModel, PolicyPart, RoleModel, WorkloadModel } from '../cloudformation';
import type { RequestFlow } from '../request-flow';

const PLACES: Readonly<Record<string, PolicyPlace>> = { 'AWS::IAM::ManagedPolicy': 'managed policy' };

/**
 * Every known policy that takes part in what a workload may do: those of its role, of the endpoints in its VPC, of
 * its buckets and of their keys, and the guardrails.
 */
export function placedPolicies(
  { role, vpcId }: WorkloadModel,
  { buckets }: RequestFlow,
  model: AssemblyModel,
): PlacedPolicy[] {
  const owned = [...model.buckets, ...model.accessPoints].filter(({ name }) => buckets.includes(name));
  const keys = new Set(owned.flatMap(({ encryption }) => encryption?.key ?? []));
  return [
    ...(role === undefined ? [] : ofRole(role)),
    ...model.endpoints
      .filter(endpoint => endpoint.vpcId === vpcId)
      .flatMap(({ policy, isS3, kind }) =>
        placed(isS3 ? 'S3 endpoint' : 'other endpoint', policy).map(each => ({
          ...each,
          ofGateway: kind === 'gateway',
        })),
      ),
    ...owned.flatMap(({ policy }) => placed('bucket', policy)),
    ...[...keys].flatMap(({ policy }) => placed('key', policy)),
    ...model.guardrails.flatMap(({ kind, policy }) => placed(kind, policy)),
  ];
}

function ofRole({ policies, trustPolicy, permissionsBoundary }: RoleModel): PlacedPolicy[] {
  return [
    ...policies
      .filter(({ isAssumed }) => isAssumed !== true)
      .flatMap(part =>
        placed(part.where === undefined ? 'managed policy' : (PLACES[part.where.type] ?? 'inline policy'), part),
      ),
    ...placed('trust policy', trustPolicy),
    ...placed('permissions boundary', permissionsBoundary),
  ];
}

function placed(place: PolicyPlace, part: PolicyPart | undefined): PlacedPolicy[] {
  return part === undefined ? [] : [{ place, ...part }];
}
