import { distinctNames, knownOr, principalName, shortName } from './names';
import { peersIn } from './peers';
import { placesOf } from './places';
import type {
  KnownOrNot,
  WorkloadPolicies,
  ReportedAccessPoint,
  ReportedBucket,
  ReportedEndpoint,
  ReportedKey,
} from './policies';
import {
  asList,
  BUCKET_ACTIONS,
  BucketInput,
  deployersOf,
  ExaminedWorkload,
  exemptionsOf,
  EXTERNAL_ACCOUNT,
  isAccessPoint,
  keyActionsFor,
  OBJECT_ACTIONS,
  organizationIn,
  policiesOf,
  ProofInput,
  RoleModel,
  wayThrough,
  witness,
} from '../../analysis';
import { PolicyJson, StatementJson, wildcardMatch } from '../../iam';

/** A workload whose role is known, so that there is something to decide about it. */
export type DecidableWorkload = ExaminedWorkload & { readonly input: ProofInput };

/** Everything that requests about a workload are decided by. */
export function workloadPoliciesOf(examined: DecidableWorkload): WorkloadPolicies {
  const {
    input,
    workload: { role },
  } = examined;
  const exempt = [...new Set(input.buckets.flatMap(bucket => exemptionsOf(bucket, input)))];
  return {
    partition: input.partition,
    region: input.region,
    account: input.account,
    role: roleOf(input, role),
    endpoints: endpointsOf(examined),
    buckets: bucketsOf(examined),
    keys: keysOf(examined),
    exempt: exempt.map(pattern => ({ label: principalName(pattern), arn: witness(pattern) })),
    peers: peersIn(input, examined),
    deployer: deployersOf(input)[0],
    keyActions: Object.fromEntries(
      OBJECT_ACTIONS.map(action => [action, keyActionsFor(action)] as const).filter(([, needed]) => needed.length > 0),
    ),
    stranger: EXTERNAL_ACCOUNT,
    organization: organizationIn(policiesOf(input)),
    serviceControlPolicies: input.serviceControlPolicies,
    resourceControlPolicies: input.resourceControlPolicies,
  };
}

function roleOf({ account, role: { arn } }: ProofInput, role: RoleModel | undefined): WorkloadPolicies['role'] {
  const policies = role?.policies ?? [];
  const names = distinctNames(policies.map(({ where, name }) => where ?? name));
  const boundary = role?.permissionsBoundary;
  const { where, account: owner = account, tags = {} } = role ?? {};
  return {
    label: where === undefined ? principalName(arn) : shortName(where),
    arn,
    account: owner,
    tags,
    policies: policies.map(({ document }, index) => ({ name: names[index], document })),
    boundary: boundary && { name: boundary.name, document: boundary.document },
  };
}

/** The endpoint that the workload uses is the first. */
function endpointsOf({ input, flow }: DecidableWorkload): ReportedEndpoint[] {
  const used = new Set(flow.requests.map(({ endpointId }) => endpointId));
  const endpoints = [...input.endpoints].sort((one, other) => Number(used.has(other.id)) - Number(used.has(one.id)));
  return endpoints.map(({ id, kind, policy, vpcId }) => {
    const isOnly = endpoints.filter(each => each.kind === kind).length === 1;
    const number = endpoints.findIndex(each => each.id === id) + 1;
    return {
      id,
      kind,
      vpcId,
      policy,
      label: `the S3 ${kind} endpoint${isOnly ? '' : ` ${knownOr(id, String(number))}`}`,
    };
  });
}

function bucketsOf({ input, model, workload }: DecidableWorkload): ReportedBucket[] {
  const inputs = input.buckets.filter(({ arn }) => !isAccessPoint(arn));
  const models = inputs.map(({ arn }) => model.buckets.find(bucket => bucket.arn === arn));
  const labels = distinctNames(
    inputs.map(({ arn }, index) => models[index]?.where ?? arn.slice(arn.lastIndexOf(':') + 1)),
  );
  const shared = sharedPolicies(input, workload.role);
  const buckets = inputs.map((bucket, index): ReportedBucket => {
    const { arn, account, policy, encryption } = bucket;
    const accessPoint = accessPointOf(bucket, input);
    return {
      label: labels[index],
      arn,
      account,
      region: knownOr(models[index]?.region, workload.environment.region) || workload.environment.region,
      policy,
      keyArn: encryption?.keyArn,
      accessPoint,
      bucketKey: models[index]?.encryption?.bucketKey === true,
      ...keysAndActions(arn, known(policy, accessPoint?.policy), accessPoint, workload.role, shared),
    };
  });
  return buckets.sort((one, other) => one.label.localeCompare(other.label, 'en', { numeric: true }));
}

/** What decides about every bucket, beside the role's policies. */
function sharedPolicies(input: ProofInput, role: RoleModel | undefined): PolicyJson[] {
  return known(
    role?.permissionsBoundary?.document,
    ...input.endpoints.map(({ policy }) => policy),
    ...(input.serviceControlPolicies ?? []).flat(),
    ...(input.resourceControlPolicies ?? []),
  );
}

/** What the policies of a role and of a bucket tell apart in it. */
function keysAndActions(
  arn: string,
  ofBucket: readonly PolicyJson[],
  accessPoint: ReportedAccessPoint | undefined,
  role: RoleModel | undefined,
  shared: readonly PolicyJson[],
): Pick<ReportedBucket, 'places' | 'actions'> {
  const containers = [arn, ...(accessPoint === undefined ? [] : [accessPoint.arn])];
  const own = [...(role?.policies ?? []).map(({ document }) => document), ...ofBucket];
  return { places: placesOf(containers, [...own, ...shared], role?.tags ?? {}), actions: actionsIn(own) };
}

function known(...policies: readonly KnownOrNot[]): PolicyJson[] {
  return policies.filter(policy => policy !== undefined && policy !== 'unknown');
}

/** The actions on buckets and objects that some statement allows, whatever its resources are. */
function actionsIn(documents: readonly PolicyJson[]): string[] {
  const allows = documents.flatMap(({ Statement }) => asList(Statement)).filter(({ Effect }) => Effect === 'Allow');
  const names = (patterns: StatementJson['Action'], action: string) =>
    asList(patterns).some(each => wildcardMatch(each.toLowerCase(), action.toLowerCase()));
  return [...OBJECT_ACTIONS, ...BUCKET_ACTIONS]
    .filter(action =>
      allows.some(({ Action, NotAction }) =>
        Action === undefined ? !names(NotAction, action) : names(Action, action),
      ),
    )
    .sort();
}

function accessPointOf(bucket: BucketInput, { buckets }: ProofInput): ReportedAccessPoint | undefined {
  const arn = wayThrough(bucket);
  return arn === undefined
    ? undefined
    : {
        label: `the access point ${arn.slice(arn.lastIndexOf('/') + 1)}`,
        arn,
        policy: buckets.find(each => each.arn === arn)?.policy,
      };
}

function keysOf({ input, model }: DecidableWorkload): ReportedKey[] {
  const labels = distinctNames(
    input.keys.map(({ arn }) => model.keys.find(key => key.arn === arn)?.where ?? arn.slice(arn.lastIndexOf('/') + 1)),
  );
  return input.keys.map(({ arn, account, policy }, index) => ({
    label: labels[index] === 'Key' ? 'the KMS key' : labels[index],
    arn,
    account,
    policy,
  }));
}
