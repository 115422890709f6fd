import { ADDRESSES, askerNamed, endpointOf } from './choices';
import type { WorkloadPolicies, ReportedBucket, ReportedKey } from './policies';
import {
  AccessRequest,
  byInstance,
  byS3,
  networkThrough,
  Instance,
  NOW,
  Organization,
  partsWith,
  RequestParts,
  requestOf,
  SIGNED,
  viaService,
} from '../../iam';

/** What a request is about. */
export type Target =
  | {
      readonly kind: 'bucket';
      readonly index: number;
      readonly object?: string;
      /** What the keys begin with that a listing asks for. */
      readonly prefix?: string;
    }
  | { readonly kind: 'stranger'; readonly object?: string }
  | { readonly kind: 'key'; readonly index: number };

/** How an upload says that it is to be encrypted. */
export type EncryptionHeader = 'none' | 'own key' | 'another key' | 'S3 keys' | 'customer key';

/** A request in the terms of the report: who, from where, what. */
export interface Question {
  readonly who: string;
  readonly from: string;
  readonly action: string;
  readonly target: Target;
  /** `1.3`, `1.2`, ..., or `none`; TLS 1.3 if it is absent. */
  readonly tls?: string;
  readonly encryption?: EncryptionHeader;
  /** The access point that it comes through. */
  readonly accessPoint?: string;
  /** Further context keys, of those that do not follow from the rest. */
  readonly keys?: Readonly<Record<string, string>>;
}

const SSE = 's3:x-amz-server-side-encryption';

/** Whether an action lists keys, and can say what they begin with. */
export function isListing(action: string): boolean {
  return /^s3:ListBucket(Versions)?$/i.test(action);
}

/** The request that a question is about, as policies see it. */
export function accessRequestOf(question: Question, policies: WorkloadPolicies): AccessRequest {
  return requestOf(
    question.action,
    sender(question, policies),
    source(question, policies),
    { channel: { tls: question.tls ?? '1.3' } },
    resource(question, policies),
    { parameters: question.target.kind === 'bucket' ? headers(question, policies) : {} },
    ...Object.entries(question.keys ?? {}).map(([key, value]) => partsWith(key, value)),
  );
}

/** What S3 asks AWS KMS on behalf of who asked the question; nothing of the caller's network is in it. */
export function keyRequestOf(
  action: string,
  question: Question,
  bucket: ReportedBucket,
  key: ReportedKey,
  policies: WorkloadPolicies,
): AccessRequest {
  const { arn: objectArn } = targetOf(question.target, policies);
  const { arn: bucketArn, region, bucketKey } = bucket;
  return requestOf(
    action,
    sender(question, policies),
    { channel: { tls: '1.3' } },
    byS3({ region, bucketArn, objectArn, bucketKey }),
    { target: { arn: key.arn, account: key.account } },
  );
}

/** The ARN and the account of what a question is about. */
export function targetOf(
  target: Target,
  { partition, stranger, buckets, keys }: WorkloadPolicies,
): { readonly arn: string; readonly account: string } {
  if (target.kind === 'key') {
    return keys[target.index];
  }
  const { arn, account } =
    target.kind === 'bucket'
      ? buckets[target.index]
      : { arn: `arn:${partition}:s3:::bucket-of-a-stranger`, account: stranger };
  return { arn: target.object === undefined ? arn : `${arn}/${target.object}`, account };
}

/** Who asks: the instance of the workload, or anybody else with credentials that no instance has. */
function sender({ who }: Question, policies: WorkloadPolicies): RequestParts {
  const { region } = policies;
  const { isWorkload, peer, identity, account } = askerNamed(who, policies);
  if (isWorkload) {
    return byInstance(instanceOf(policies));
  }
  if (peer !== undefined) {
    return byInstance({ ...instanceOf(policies), role: peer, instanceId: 'i-peer', vpcId: peer.vpcId ?? 'vpc-peer' });
  }
  if (account === undefined) {
    return { principal: { identity }, channel: { region, time: NOW } };
  }
  return {
    principal: { identity, ...inOrganization(account, policies) },
    credentials: { issuedAt: NOW },
    channel: { ...SIGNED, region, time: NOW },
  };
}

function instanceOf({ partition, region, role, endpoints, organization }: WorkloadPolicies): Instance {
  const vpcId = endpoints[0]?.vpcId ?? 'vpc-workload';
  return {
    partition,
    region,
    role,
    vpcId,
    organization,
    address: ADDRESSES.instance,
    instanceId: 'i-workload',
    time: NOW,
  };
}

/** Where a request comes from; the internet has no keys of a VPC. */
function source({ from }: Question, policies: WorkloadPolicies): RequestParts {
  if (from === 's3') {
    return {
      network: { source: {} },
      callerChain: { forwarding: { viaService: viaService('s3', policies.region) } },
    };
  }
  const index = endpointOf(from);
  const vpc = policies.endpoints[index ?? 0]?.vpcId ?? 'vpc-workload';
  if (index !== undefined) {
    const address = from.startsWith('neighbour') ? ADDRESSES.neighbour : ADDRESSES.instance;
    return through(policies.endpoints[index].id, vpc, policies, address);
  }
  switch (from) {
    case 'other-endpoint':
      return through('vpce-other', vpc, policies);
    case 'other-vpc':
      return through('vpce-of-vpc-other', 'vpc-other', policies);
    default:
      return { network: { source: { publicAddress: '203.0.113.9' } } };
  }
}

/** Through an endpoint of the workload's account. */
function through(
  id: string,
  vpcId: string,
  policies: WorkloadPolicies,
  address: string = ADDRESSES.instance,
): RequestParts {
  const { partition, region, account } = policies;
  const owner = inOrganization(account, policies);
  return { network: networkThrough({ id, vpcId, address, partition, region, account, ...owner }) };
}

function resource(question: Question, policies: WorkloadPolicies): RequestParts {
  const { arn, account } = targetOf(question.target, policies);
  const { accessPoint } = question;
  return {
    target: {
      arn,
      account,
      ...inOrganization(account, policies),
      ...(accessPoint === undefined ? {} : { accessPoint: { arn: accessPoint } }),
    },
  };
}

function headers(question: Question, policies: WorkloadPolicies): Readonly<Record<string, string>> {
  const { action, target: asked } = question;
  return asked.kind === 'bucket' && asked.prefix !== undefined && isListing(action)
    ? { 's3:prefix': asked.prefix }
    : encryptionHeaders(question, policies);
}

function encryptionHeaders(
  { target: asked, encryption = 'none' }: Question,
  { buckets, region, stranger, partition }: WorkloadPolicies,
): Readonly<Record<string, string>> {
  const bucket = asked.kind === 'bucket' ? buckets[asked.index] : undefined;
  const foreign = `arn:${partition}:kms:${region}:${stranger}:key/foreign`;
  switch (encryption) {
    case 'own key':
      return { [SSE]: 'aws:kms', [`${SSE}-aws-kms-key-id`]: bucket?.keyArn ?? foreign };
    case 'another key':
      return { [SSE]: 'aws:kms', [`${SSE}-aws-kms-key-id`]: foreign };
    case 'S3 keys':
      return { [SSE]: 'AES256' };
    case 'customer key':
      return { [`${SSE}-customer-algorithm`]: 'AES256' };
    default:
      return {};
  }
}

/** The organization of an account, if it is one of those that are taken to be in it. */
function inOrganization(
  account: string,
  policies: WorkloadPolicies,
): { readonly organizationId?: string; readonly organizationPaths?: readonly string[] } {
  const organization: Organization | undefined = isInside(account, policies) ? policies.organization : undefined;
  return organization === undefined ? {} : { organizationId: organization.id, organizationPaths: [organization.path] };
}

/** Whether an account is one of those of the workload and its buckets, which are taken to be in its organization. */
function isInside(account: string, policies: WorkloadPolicies): boolean {
  return (
    account === policies.account ||
    account === policies.role.account ||
    policies.buckets.some(bucket => bucket.account === account)
  );
}
