import { isTrusted } from './aws-owned-buckets';
import type { BucketSubject, EndpointSubject, KeySubject, ProofSubject } from './subject';
import { RequestFlow, requestFlows } from '../flow';
import type { AssemblyModel, BucketModel, EndpointModel, KeyModel, RoleModel, WorkloadModel } from '../template';

/**
 * What there is to prove about an assembly: a subject for each workload whose role is granted something in a bucket.
 *
 * Not in it: what S3 and VPC deliver into log buckets, since the model does not have the resources that make them write.
 */
export function subjectsOf(model: AssemblyModel): ProofSubject[] {
  const flows = requestFlows(model);
  return model.workloads.flatMap((workload, index) => {
    const flow = flows[index];
    if (workload.role === undefined || flow.buckets.length === 0) { return []; }
    const buckets = model.buckets.filter(({ name }) => flow.buckets.includes(name));
    const subject = subjectOf(workload, workload.role, buckets, model);
    return [{ ...subject, buckets: [...subject.buckets, ...foreignBuckets(flow, buckets, workload)] }];
  });
}

/** The buckets that the role's policies name and the assembly does not define, but for those of AWS. */
function foreignBuckets({ buckets, requests }: RequestFlow, known: readonly BucketModel[], { environment }: WorkloadModel): BucketSubject[] {
  return buckets.filter(name => known.every(each => each.name !== name)).flatMap(name => {
    const ofS3 = requests.filter(({ request, bucket }) => bucket === name && request.action.startsWith('s3:') && !isTrusted(request.action, request.resource, environment));
    return ofS3.slice(0, 1).map(({ request: { resource, resourceAccount } }): BucketSubject => ({
      arn: resource.split('/')[0], account: resourceAccount, policy: 'unknown', dedicated: false,
    }));
  });
}

function subjectOf(workload: WorkloadModel, role: RoleModel, buckets: readonly BucketModel[], model: AssemblyModel): ProofSubject {
  const { account, region, partition } = workload.environment;
  const inVpc = model.endpoints.filter(({ vpcId }) => vpcId === workload.vpcId);
  const keys = new Map(buckets.flatMap(({ encryption }) => encryption?.key === undefined ? [] : [[encryption.key.arn, encryption.key]]));
  return {
    name: workload.where.constructPath ?? `${workload.where.stack}/${workload.where.logicalId}`,
    partition,
    region,
    account,
    role: roleOf(role),
    endpoints: inVpc.filter(({ isS3 }) => isS3).map(endpointOf),
    otherEndpoints: inVpc.filter(({ isS3 }) => !isS3).flatMap(({ id, service, policy }) => policy === undefined ? [] : [{
      id, service: service.split('.').slice(-1)[0], policy: policy.document,
    }]),
    buckets: buckets.map(bucketOf),
    keys: [...keys.values()].map(keyOf),
    peers: peersOf(workload, model),
    assumptions: model.assumptions.map(({ kind, name }) => `${kind} ${name}`),
  };
}

function roleOf({ arn, policies, trustPolicy, permissionsBoundary }: RoleModel): ProofSubject['role'] {
  return { arn, policies: policies.map(({ document }) => document), trust: trustPolicy?.document, boundary: permissionsBoundary?.document };
}

function endpointOf({ id, kind, policy, vpcId }: EndpointModel): EndpointSubject {
  return { id, kind: kind === 'interface' ? 'interface' : 'gateway', policy: policy?.document, vpcId, dedicated: true };
}

function bucketOf({ arn, account, policy, encryption, where }: BucketModel): BucketSubject {
  const isOurs = where !== undefined;
  return {
    arn,
    account,
    policy: policy?.document ?? (isOurs ? undefined : 'unknown'),
    encryption: encryption && { algorithm: encryption.algorithm, keyArn: encryption.key?.arn ?? encryption.keyId },
    dedicated: isOurs,
  };
}

function keyOf({ arn, account, policy }: KeyModel): KeySubject {
  return { arn, account, policy: policy?.document ?? 'unknown', dedicated: true };
}

/** Other workloads of the assembly, which may share buckets and endpoints. */
function peersOf(workload: WorkloadModel, model: AssemblyModel): ProofSubject['peers'] {
  const others = model.workloads.filter(other => other !== workload && other.role?.arn !== workload.role?.arn);
  const vpcs = new Set(others.map(({ vpcId }) => vpcId).filter(vpcId => vpcId !== workload.vpcId));
  return {
    roleArns: [...new Set(others.flatMap(({ role }) => role === undefined ? [] : [role.arn]))],
    endpointIds: model.endpoints.filter(({ isS3, vpcId }) => isS3 && vpcs.has(vpcId)).map(({ id }) => id),
  };
}
