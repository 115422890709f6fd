import type { Access } from './access';
import { inFewWords } from './granted';
import { Ingress, ingressOf } from './ingress';
import { knownOr, shortName } from './names';
import type { Outside } from './outside';
import type { WorkloadPolicies } from './policies';
import { ExaminedWorkload, isBelow, ResolvedResource, routesOutOf, SubnetModel } from '../../analysis';

/** A subnet of the VPC. */
export interface PicturedSubnet {
  readonly title: string;
  readonly note: string;
  readonly hasWorkload: boolean;
  readonly hasInterface: boolean;
}

/** A bucket, with what the workload may do in it. */
export interface PicturedBucket {
  readonly index: number;
  readonly title: string;
  /** The physical name, where it is known. */
  readonly name?: string;
  readonly may: string;
  readonly encryption: string;
  /** Whether its policy is part of the assembly. */
  readonly isKnown: boolean;
  /** Whether the workload gets to it at all. */
  readonly isReached: boolean;
}

/** What the picture shows, before it has a form. */
export interface Picture {
  /** Whether the construct made it, so that it is the pattern of the reference architecture. */
  readonly isPattern: boolean;
  readonly organization?: string;
  readonly account: string;
  readonly vpc: string;
  readonly subnets: readonly PicturedSubnet[];
  readonly compute: { readonly kind: 'instance' | 'fleet'; readonly title: string; readonly note: string };
  readonly role: string;
  readonly endpoints: ReadonlyArray<{
    readonly index: number;
    readonly kind: 'gateway' | 'interface';
    readonly title: string;
    readonly isUsed: boolean;
    readonly hasPolicy: boolean;
  }>;
  readonly buckets: readonly PicturedBucket[];
  readonly otherAccounts: ReadonlyArray<{ readonly account: string; readonly buckets: readonly PicturedBucket[] }>;
  readonly keys: ReadonlyArray<{ readonly index: number; readonly title: string; readonly note: string }>;
  /** Who is let in to the machines. */
  readonly ingress: readonly Ingress[];
  /** The endpoints of the VPC that are none of the paths to the data, by their services. */
  readonly otherEndpoints: readonly string[];
  /** The routes that lead anywhere but to endpoints. */
  readonly waysOut: readonly WayOut[];
  readonly outside: readonly Outside[];
  readonly steps: readonly PicturedStep[];
}

/** A route that leads out, and whether security groups let traffic take it. */
export interface WayOut {
  readonly title: string;
  readonly isOpen: boolean;
}

/** A step of the request flow, and whether it is as it should be. */
export interface PicturedStep {
  readonly text: string;
  readonly ok: boolean;
}

const MOST_SUBNETS = 6;

/** What the picture of a workload shows. */
export function pictureOf(
  examined: ExaminedWorkload,
  policies: WorkloadPolicies,
  access: Access,
  outside: readonly Outside[],
): Picture {
  const { flow, workload } = examined;
  const used = new Set(flow.requests.map(({ endpointId }) => endpointId));
  const buckets = policies.buckets.map((_, index) => bucketOf(index, policies, access));
  const others = [...new Set(policies.buckets.map(({ account }) => account))].filter(
    account => account !== policies.account,
  );
  return {
    isPattern: workload.declaration !== undefined,
    organization: policies.organization?.id,
    account: knownOr(policies.account, ''),
    vpc: knownOr(workload.vpcId, ''),
    subnets: subnetsOf(examined),
    compute: computeOf(examined),
    role: policies.role.label,
    endpoints: policies.endpoints.map(({ kind, id, policy }, index) => ({
      index,
      kind,
      title: `S3 ${kind} endpoint`,
      isUsed: used.has(id),
      hasPolicy: policy !== undefined && policy !== 'unknown',
    })),
    buckets: buckets.filter(({ index }) => policies.buckets[index].account === policies.account),
    otherAccounts: others.map(account => ({
      account: knownOr(account, 'of somebody else'),
      buckets: buckets.filter(({ index }) => policies.buckets[index].account === account),
    })),
    keys: policies.keys.map(({ label, account }, index) => ({
      index,
      title: label === 'the KMS key' ? 'KMS key' : label,
      note: [
        account === policies.account ? '' : `of account ${knownOr(account, 'somebody else')}`,
        keyUse(index, access),
      ]
        .filter(text => text !== '')
        .join(', '),
    })),
    ingress: ingressOf(examined),
    otherEndpoints: otherEndpointsOf(examined, policies),
    waysOut: routesOutOf(workload, examined.model).routesOut.map(({ leads, openBecause }) => ({
      title: leads.slice(leads.indexOf(' sends ') + 1),
      isOpen: openBecause !== undefined,
    })),
    outside,
    steps: stepsOf(examined, policies),
  };
}

function stepsOf({ flow, workload }: ExaminedWorkload, { endpoints }: WorkloadPolicies): PicturedStep[] {
  const [asks, answers, leaves] = [1, 2, 3].map(step => flow.steps.find(each => each.step === step)?.ok === true);
  const isV2 = workload.metadataOptions.httpTokens === 'required';
  return [
    {
      ok: asks,
      text: `The instance asks the metadata service (${isV2 ? 'IMDSv2 only' : 'IMDSv1 too'}) for the temporary credentials of its role.`,
    },
    {
      ok: answers,
      text:
        'IAM answers with an access key id, a secret key, a session token and an expiry, which the SDK renews by itself' +
        (answers ? '; no key is stored.' : '; a key is stored as well.'),
    },
    {
      ok: leaves,
      text:
        endpoints.length === 0
          ? 'The request has no S3 endpoint to leave through: only a way out leads to the bucket.'
          : 'The request leaves through the S3 endpoint and reaches the bucket, if every policy on its way lets it through.',
    },
  ];
}

/** By the services, each once. */
function otherEndpointsOf({ model, workload }: ExaminedWorkload, { endpoints }: WorkloadPolicies): string[] {
  const others = model.endpoints.filter(
    ({ id, vpcId }) => vpcId === workload.vpcId && endpoints.every(each => each.id !== id),
  );
  return [...new Set(others.map(({ service }) => knownOr(service.split('.').slice(3).join('.'), service)))].sort();
}

/** Whether somebody can have a key decrypt without S3. */
function keyUse(index: number, { keys }: Access): string {
  const direct = keys
    .filter(({ key }) => key === index)
    .flatMap(({ rows }) => rows)
    .flatMap(({ cells }) => cells.slice(0, 2))
    .filter(({ question, outcome }) => question.from === 'internet' && outcome !== 'denied');
  return direct.length === 0 ? 'used through S3 only' : 'also used without S3';
}

function bucketOf(index: number, policies: WorkloadPolicies, { granted }: Access): PicturedBucket {
  const { accessPoint, label, arn, keyArn, policy } = policies.buckets[index];
  return {
    index,
    title: label,
    name: [knownOr(arn.split(':').slice(-1)[0], '')].find(name => name !== '' && name !== label),
    may: inFewWords(granted[index], accessPoint?.label),
    encryption:
      policy === 'unknown' && keyArn === undefined
        ? 'encrypted by its owner'
        : keyArn === undefined
          ? 'SSE-S3'
          : 'SSE-KMS',
    isKnown: policy !== 'unknown',
    isReached: granted[index].some(({ may }) => may.length > 0),
  };
}

/** The subnets of the workload and of interface endpoints, then the others of its VPC. */
function subnetsOf({ workload, model, reading }: ExaminedWorkload): PicturedSubnet[] {
  const own = new Map(workload.subnets.map(subnet => [subnet.id, subnet]));
  const withInterface = new Set(
    model.endpoints.filter(({ vpcId, isS3 }) => vpcId === workload.vpcId && isS3).flatMap(({ subnetIds }) => subnetIds),
  );
  const inVpc = reading.resources.filter(
    ({ type, properties }) => type === 'AWS::EC2::Subnet' && properties.VpcId === workload.vpcId,
  );
  const ids = [...new Set([...own.keys(), ...withInterface, ...inVpc.map(({ ref }) => ref)])].slice(0, MOST_SUBNETS);
  return ids.map((id, index) => ({
    title: isOpen(own.get(id)) ? 'Subnet with a way out' : 'Private subnet',
    note: [
      zoneOf(
        inVpc.find(({ ref }) => ref === id),
        index,
      ),
      cidrOf(inVpc.find(({ ref }) => ref === id)),
      knownOr(id, ''),
    ]
      .filter(text => text !== '')
      .join(', '),
    hasWorkload: own.has(id),
    hasInterface: withInterface.has(id),
  }));
}

function isOpen(subnet: SubnetModel | undefined): boolean {
  return subnet !== undefined && (subnet.publicIps || (subnet.routeTable?.routes ?? []).length > 0);
}

function zoneOf(subnet: ResolvedResource | undefined, index: number): string {
  const zone = subnet?.properties.AvailabilityZone;
  return typeof zone === 'string' ? knownOr(zone, `AZ ${index + 1}`) : `AZ ${index + 1}`;
}

function cidrOf(subnet: ResolvedResource | undefined): string {
  const cidr = subnet?.properties.CidrBlock;
  return typeof cidr === 'string' ? knownOr(cidr, '') : '';
}

function computeOf({
  workload: { kind, where, describedBy, metadataOptions, securityGroups },
  reading,
}: ExaminedWorkload): Picture['compute'] {
  const resource = reading.resources.find(
    ({ stack, logicalId }) => stack === where.stack && logicalId === where.logicalId,
  );
  const type = describedBy
    .map(
      each =>
        reading.resources.find(({ stack, logicalId }) => stack === each.stack && logicalId === each.logicalId)
          ?.properties,
    )
    .map(
      each =>
        each?.InstanceType ??
        (each?.LaunchTemplateData as { readonly InstanceType?: string } | undefined)?.InstanceType,
    )
    .find(each => typeof each === 'string');
  const sort = typeof type === 'string' ? knownOr(type, '') : '';
  const facts = [
    metadataOptions.httpTokens === 'required' ? 'IMDSv2 only' : 'IMDSv1 too',
    securityGroups.length > 0 && securityGroups.every(group => group.where !== undefined && group.ingress.length === 0)
      ? 'no ingress'
      : '',
  ];
  const noteOf = (...parts: readonly string[]) => [...parts, ...facts].filter(text => text !== '').join(', ');
  if (kind === 'instance') {
    return { kind, title: 'EC2 instance', note: noteOf(sort) };
  }
  const { MinSize: min, MaxSize: max } = resource?.properties ?? {};
  const size = min === undefined ? shortName(where) : `${String(min)} to ${String(max)} instances`;
  return { kind: 'fleet', title: kind === 'fleet' ? 'EC2 fleet' : 'EC2 launch template', note: noteOf(size, sort) };
}

/** The construct that a workload belongs to, where the assembly tells it; else the workload. */
export function titleOf({ workload: { where }, model }: ExaminedWorkload): string {
  const declaration = model.declarations.find(({ constructPath }) => isBelow(where.constructPath, constructPath));
  return (
    declaration?.constructPath ?? where.constructPath?.replace(/\/Resource$/, '') ?? `${where.stack}/${where.logicalId}`
  );
}
