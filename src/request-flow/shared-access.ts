import { Access, accessOf, policiesIn } from './access';
import { instanceIdOf } from './requests';
import type { SubnetPath } from './s3-path';
import type { AssemblyModel, RoleModel, WorkloadModel } from '../cloudformation';
import { ofInstance } from '../iam';

/** Policies that may tell instances apart: then each is decided by itself. */
const TELLS_INSTANCES = /SourceInstanceArn|userid|assumed-role|i-<|i-\*/i;

interface Decided {
  readonly workload: WorkloadModel;
  readonly access: Access;
}

/** The accesses of the workloads of a model: those that differ in the name of the machine alone are decided once. */
export class SharedAccess {
  private readonly known = new Map<string, Decided>();

  constructor(private readonly model: AssemblyModel) {}

  public of(workload: WorkloadModel, role: RoleModel, paths: readonly SubnetPath[]): Access {
    const { environment, vpcId = '', declaration } = workload;
    const ways = paths.map(({ subnet, s3Path }) => [subnet?.cidr, s3Path?.id]);
    const key = JSON.stringify([role, environment, vpcId, declaration !== undefined, ways]);
    const alike = vpcId === '' ? undefined : this.known.get(key);
    if (alike !== undefined && !this.tellsInstances(alike, role)) {
      return asOf(workload, alike);
    }
    const access = accessOf(workload, role, paths, this.model);
    this.known.set(key, { workload, access });
    return access;
  }

  private tellsInstances({ access, workload }: Decided, role: RoleModel): boolean {
    const others = [role.permissionsBoundary, ...this.model.accessPoints.map(({ policy }) => policy)];
    const policies = [...policiesIn(role, this.model), ...others.map(part => part?.document)];
    return (
      TELLS_INSTANCES.test(JSON.stringify(policies)) || JSON.stringify(access.checks).includes(instanceIdOf(workload))
    );
  }
}

function asOf(workload: WorkloadModel, { access, workload: other }: Decided): Access {
  const [from, to] = [instanceIdOf(other), instanceIdOf(workload)];
  const requests = access.requests.map(({ request, ...decided }) => ({
    ...decided,
    request: ofInstance(request, from, to),
  }));
  return { ...access, requests };
}
