import type { Court, CourtAccessPoint, CourtBucket, CourtEndpoint, CourtKey } from './policies';
import { distinctNames, knownOr, principalName, shortName } from './names';
import {
  BucketSubject, deployersOf, ExaminedWorkload, exemptionsOf, isAccessPoint, keyActionsFor, OBJECT_ACTIONS, organizationIn, policiesOf, ProofSubject,
  RoleModel, STRANGER, wayThrough, witness,
} from '../../analysis/analysis';

/** A workload whose role is known, so that there is something to decide about it. */
export type DecidableWorkload = ExaminedWorkload & { readonly subject: ProofSubject };

/** Everything that requests about a workload are decided by. */
export function courtOf(examined: DecidableWorkload): Court {
  const { subject, workload: { role } } = examined;
  const exempt = [...new Set(subject.buckets.flatMap(bucket => exemptionsOf(bucket, subject)))];
  return {
    partition: subject.partition,
    region: subject.region,
    account: subject.account,
    role: roleOf(subject, role),
    endpoints: endpointsOf(examined),
    buckets: bucketsOf(examined),
    keys: keysOf(examined),
    exempt: exempt.map(pattern => ({ label: principalName(pattern), arn: witness(pattern) })),
    peers: (subject.peers?.roleArns ?? []).map(arn => ({ label: principalName(arn), arn })),
    deployer: deployersOf(subject)[0],
    keyActions: Object.fromEntries(OBJECT_ACTIONS.map(action => [action, keyActionsFor(action)] as const).filter(([, needed]) => needed.length > 0)),
    stranger: STRANGER,
    organization: organizationIn(policiesOf(subject)),
    serviceControlPolicies: subject.serviceControlPolicies,
    resourceControlPolicies: subject.resourceControlPolicies,
  };
}

function roleOf({ account, role: { arn } }: ProofSubject, role: RoleModel | undefined): Court['role'] {
  const policies = role?.policies ?? [];
  const names = distinctNames(policies.map(({ where, name }) => where ?? name));
  const boundary = role?.permissionsBoundary;
  return {
    label: role?.where === undefined ? principalName(arn) : shortName(role.where),
    arn,
    account: role?.account ?? account,
    tags: role?.tags ?? {},
    policies: policies.map(({ document }, index) => ({ name: names[index], document })),
    boundary: boundary && { name: boundary.name, document: boundary.document },
  };
}

/** The endpoint that the workload uses is the first. */
function endpointsOf({ subject, flow }: DecidableWorkload): CourtEndpoint[] {
  const used = new Set(flow.requests.map(({ endpointId }) => endpointId));
  const endpoints = [...subject.endpoints].sort((one, other) => Number(used.has(other.id)) - Number(used.has(one.id)));
  return endpoints.map(({ id, kind, policy, vpcId }) => {
    const isOnly = endpoints.filter(each => each.kind === kind).length === 1;
    return { id, kind, vpcId, policy, label: `the S3 ${kind} endpoint${isOnly ? '' : ` ${knownOr(id, String(endpoints.findIndex(each => each.id === id) + 1))}`}` };
  });
}

function bucketsOf({ subject, model, flow, workload }: DecidableWorkload): CourtBucket[] {
  const subjects = subject.buckets.filter(({ arn }) => !isAccessPoint(arn));
  const models = subjects.map(({ arn }) => model.buckets.find(bucket => bucket.arn === arn));
  const labels = distinctNames(subjects.map(({ arn }, index) => models[index]?.where ?? arn.slice(arn.lastIndexOf(':') + 1)));
  const buckets = subjects.map((bucket, index): CourtBucket => {
    const { arn, account, policy, encryption } = bucket;
    const keys = flow.requests.map(({ request: { resource } }) => resource).filter(resource => resource.startsWith(`${arn}/`)).map(resource => resource.slice(arn.length + 1));
    const prefixes = [...new Set(keys.map(key => key.replace(/object$/, '')))];
    return {
      label: labels[index],
      arn,
      account,
      region: knownOr(models[index]?.region, workload.environment.region) || workload.environment.region,
      policy,
      keyArn: encryption?.keyArn,
      accessPoint: accessPointOf(bucket, subject),
      bucketKey: models[index]?.encryption?.bucketKey === true,
      object: keys[0] ?? 'object',
      prefixes: prefixes.includes('') ? [] : prefixes,
    };
  });
  return buckets.sort((one, other) => one.label.localeCompare(other.label, 'en', { numeric: true }));
}

function accessPointOf(bucket: BucketSubject, { buckets }: ProofSubject): CourtAccessPoint | undefined {
  const arn = wayThrough(bucket);
  return arn === undefined ? undefined : { label: `the access point ${arn.slice(arn.lastIndexOf('/') + 1)}`, arn, policy: buckets.find(each => each.arn === arn)?.policy };
}

function keysOf({ subject, model }: DecidableWorkload): CourtKey[] {
  const labels = distinctNames(subject.keys.map(({ arn }) => model.keys.find(key => key.arn === arn)?.where ?? arn.slice(arn.lastIndexOf('/') + 1)));
  return subject.keys.map(({ arn, account, policy }, index) => ({
    label: labels[index] === 'Key' ? 'the KMS key' : labels[index], arn, account, policy,
  }));
}
