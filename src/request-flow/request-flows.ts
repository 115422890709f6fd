import type { Access } from './access';
import { credentialsStep } from './credentials';
import { metadataStep } from './instance-metadata';
import { FlowStep, RequestFlow, stepOf } from './model';
import { ingressChecks, securityGroupChecks, wayOutChecks } from './network-checks';
import { journeyChecks, nameChecks, unseenAclChecks } from './packets';
import { S3Path, pathsOf, SubnetPath } from './s3-path';
import { SharedAccess } from './shared-access';
import { unreadChecks } from './unresolved-parts';
import type { AssemblyModel, WorkloadModel } from '../cloudformation';

export type * from './model';

/**
 * The request flow of each workload: credentials from the metadata service, what they are, and the way of its
 * requests to S3 and through the policies. Says where a flow breaks.
 *
 * @param model what the assembly defines
 */
export function requestFlows(model: AssemblyModel): RequestFlow[] {
  const shared = new SharedAccess(model);
  return model.workloads.map(workload => requestFlow(workload, model, shared));
}

/** Of a workload whose role is not known. */
const NO_ACCESS: Access = { checks: [], requests: [], buckets: [] };

function requestFlow(workload: WorkloadModel, model: AssemblyModel, shared: SharedAccess): RequestFlow {
  const paths = pathsOf(workload, model);
  const access = workload.role === undefined ? NO_ACCESS : shared.of(workload, workload.role, paths);
  const checks = [
    ...paths.map(({ check }) => check),
    ...s3PathsOf(paths).flatMap(s3Path => [
      ...securityGroupChecks(workload, s3Path),
      ...nameChecks(workload, s3Path.endpoint),
    ]),
    ...paths.flatMap(({ subnet, s3Path }) =>
      subnet === undefined || s3Path === undefined ? [] : journeyChecks(workload, subnet, s3Path),
    ),
    ...unseenAclChecks(workload, s3PathsOf(paths)),
  ];
  const steps: FlowStep[] = [
    metadataStep(workload),
    credentialsStep(workload, model),
    stepOf(3, 'The request goes through the S3 endpoint to the bucket, if all policies let it', [
      ...checks,
      ...ingressChecks(workload),
      ...wayOutChecks(workload, model),
      ...access.checks,
      ...unreadChecks(workload, paths, access.buckets, model),
    ]),
  ];
  return {
    workload: workload.where,
    ...(workload.declaration === undefined ? {} : { construct: workload.declaration.constructPath }),
    assumed: model.assumed,
    ok: steps.every(({ ok }) => ok),
    steps,
    buckets: access.buckets,
    requests: access.requests,
  };
}

function s3PathsOf(paths: readonly SubnetPath[]): S3Path[] {
  const s3Paths = paths.map(({ s3Path }) => s3Path).filter(s3Path => s3Path !== undefined);
  return [...new Map(s3Paths.map(s3Path => [s3Path.id, s3Path])).values()];
}
