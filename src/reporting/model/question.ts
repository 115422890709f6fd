import { ADDRESSES, Asker, askerNamed, endpointOf } from './choices';
import type { WorkloadPolicies, ReportedBucket, ReportedKey } from './policies';
import type { AccessRequest } from '../../iam';

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
  /** Further context keys, which win over the others. */
  readonly context?: Readonly<Record<string, string>>;
}

type Context = AccessRequest['context'];

const SSE = 's3:x-amz-server-side-encryption';

/** Whether an action lists keys, and can say what they begin with. */
export function isListing(action: string): boolean {
  return /^s3:ListBucket(Versions)?$/i.test(action);
}

/** The request that a question is about, as policies see it. */
export function requestOf(question: Question, policies: WorkloadPolicies): AccessRequest {
  const asker = askerNamed(question.who, policies);
  const { arn, account } = targetOf(question.target, policies);
  const { partition, region } = policies;
  return {
    action: question.action,
    resource: arn,
    resourceAccount: account,
    principal: asker.principal,
    context: {
      ...identityKeys(asker, policies),
      ...sourceKeys(question, policies),
      ...transportKeys(question),
      'aws:ResourceAccount': account,
      's3:ResourceAccount': account,
      ...(isInside(account, policies) && policies.organization !== undefined
        ? { 'aws:ResourceOrgID': policies.organization.id, 'aws:ResourceOrgPaths': [policies.organization.path] }
        : {}),
      'aws:RequestedRegion': region,
      ...(asker.arn === undefined ? {} : { 's3:authType': 'REST-HEADER', 's3:signatureversion': 'AWS4-HMAC-SHA256' }),
      ...(question.target.kind === 'bucket' ? headerKeys(question, partition, policies) : {}),
      ...question.context,
    },
  };
}

/** What S3 asks AWS KMS on behalf of who asked the question; nothing of the caller's network is in it. */
export function keyRequestOf(
  action: string,
  question: Question,
  bucket: ReportedBucket,
  key: ReportedKey,
  policies: WorkloadPolicies,
): AccessRequest {
  const asker = askerNamed(question.who, policies);
  const { arn } = targetOf(question.target, policies);
  return {
    action,
    resource: key.arn,
    resourceAccount: key.account,
    principal: asker.principal,
    context: {
      ...identityKeys(asker, policies),
      ...keyServiceKeys(key.account, bucket.region, asker, policies),
      'kms:EncryptionContext:aws:s3:arn': bucket.bucketKey ? bucket.arn : arn,
      'kms:EncryptionContextKeys': ['aws:s3:arn'],
    },
  };
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

function identityKeys(asker: Asker, policies: WorkloadPolicies): Context {
  const { organization, role, endpoints, region, partition } = policies;
  if (asker.arn === undefined || asker.account === undefined) {
    return { 'aws:PrincipalIsAWSService': 'false' };
  }
  const inside = isInside(asker.account, policies);
  return {
    'aws:PrincipalArn': asker.arn,
    'aws:PrincipalAccount': asker.account,
    'aws:PrincipalType': asker.arn.endsWith(':root') ? 'Account' : 'AssumedRole',
    'aws:PrincipalIsAWSService': 'false',
    ...(inside && organization !== undefined
      ? { 'aws:PrincipalOrgID': organization.id, 'aws:PrincipalOrgPaths': [organization.path] }
      : {}),
    ...(asker.isWorkload
      ? {
          ...Object.fromEntries(Object.entries(role.tags).map(([tag, value]) => [`aws:PrincipalTag/${tag}`, value])),
          'ec2:SourceInstanceARN': `arn:${partition}:ec2:${region}:${role.account}:instance/i-workload`,
          'aws:Ec2InstanceSourceVpc': endpoints[0]?.vpcId ?? 'vpc-workload',
          'aws:Ec2InstanceSourcePrivateIPv4': ADDRESSES.instance,
        }
      : {}),
  };
}

/** The keys that tell where a request comes from; the internet has none of those of a VPC. */
function sourceKeys({ from, who, target }: Question, policies: WorkloadPolicies): Context {
  if (from === 's3') {
    const { account, region } =
      target.kind === 'key' ? { account: policies.keys[target.index].account, region: policies.region } : policies;
    return keyServiceKeys(account, region, askerNamed(who, policies), policies);
  }
  const index = endpointOf(from);
  const vpc = policies.endpoints[index ?? 0]?.vpcId ?? 'vpc-workload';
  const inside = (endpoint: string, vpcId: string, address: string): Context => ({
    'aws:SourceVpce': endpoint,
    'aws:SourceVpc': vpcId,
    'aws:VpcSourceIp': address,
    'aws:VpceAccount': policies.account,
    'aws:ViaAWSService': 'false',
  });
  if (index !== undefined) {
    return inside(
      policies.endpoints[index].id,
      vpc,
      from.startsWith('neighbour') ? ADDRESSES.neighbour : ADDRESSES.instance,
    );
  }
  if (from === 'other-endpoint') {
    return inside('vpce-other', vpc, ADDRESSES.instance);
  }
  if (from === 'other-vpc') {
    return inside('vpce-of-vpc-other', 'vpc-other', ADDRESSES.instance);
  }
  return { 'aws:SourceIp': '203.0.113.9', 'aws:ViaAWSService': 'false' };
}

function keyServiceKeys(account: string, region: string, asker: Asker, policies: WorkloadPolicies): Context {
  return {
    'aws:SecureTransport': 'true',
    'aws:RequestedRegion': policies.region,
    'aws:ResourceAccount': account,
    'aws:ViaAWSService': 'true',
    'kms:ViaService': `s3.${region}.${policies.partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com'}`,
    ...(asker.account === undefined ? {} : { 'kms:CallerAccount': asker.account }),
  };
}

function transportKeys({ tls = '1.3' }: Question): Context {
  return tls === 'none' ? { 'aws:SecureTransport': 'false' } : { 'aws:SecureTransport': 'true', 's3:TlsVersion': tls };
}

function headerKeys(
  { action, target, encryption = 'none' }: Question,
  partition: string,
  { buckets, region, stranger }: WorkloadPolicies,
): Context {
  const bucket = target.kind === 'bucket' ? buckets[target.index] : undefined;
  if (target.kind === 'bucket' && target.prefix !== undefined && isListing(action)) {
    return { 's3:prefix': target.prefix };
  }
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

/** Whether an account is one of those of the workload and its buckets, which are taken to be in its organization. */
function isInside(account: string, policies: WorkloadPolicies): boolean {
  return (
    account === policies.account ||
    account === policies.role.account ||
    policies.buckets.some(bucket => bucket.account === account)
  );
}
