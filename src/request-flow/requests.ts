import type { Grant } from './grants';
import type { SubnetPath } from './s3-path';
import type { RoleModel, WorkloadModel } from '../cloudformation';
import { AccessRequest, asList, isAccessPoint, PolicyJson } from '../iam';

/** Who sends the requests, and from where. */
export interface Sender {
  readonly workload: WorkloadModel;
  readonly role: RoleModel;
  readonly path: SubnetPath;
  /** The organization that the policies name: the accounts are taken to be in it. */
  readonly organization?: Organization;
}

/** An organization, and the path of the unit that its accounts are in. */
export interface Organization {
  readonly id: string;
  readonly path: string;
}

const ORGANIZATION_KEYS = /^aws:(Principal|Resource|Source|Vpce)Org(ID|Paths)$/i;

/** The organization that the conditions of policies name. */
export function organizationIn(policies: readonly PolicyJson[]): Organization | undefined {
  const named = policies
    .flatMap(({ Statement }) => asList(Statement))
    .flatMap(({ Condition }) => Object.values(Condition ?? {}))
    .flatMap(keys =>
      Object.entries(keys)
        .filter(([key]) => ORGANIZATION_KEYS.test(key))
        .flatMap(([, values]) => asList(values).map(String)),
    )
    .filter(value => value.startsWith('o-'));
  if (named.length === 0) {
    return undefined;
  }
  const path = named.find(value => value.includes('/'))?.replaceAll('*', '');
  const id = (path ?? named[0]).split('/')[0];
  return { id, path: path ?? `${id}/r-root/` };
}

/** The request of the workload that a grant is for, through its endpoint. */
export function s3Request({ action, bucket, resource, parameters }: Grant, sender: Sender): AccessRequest {
  const {
    organization,
    path: { s3Path },
  } = sender;
  return {
    action,
    resource,
    resourceAccount: bucket.account,
    principal: sessionArn(sender),
    context: {
      ...identityKeys(sender),
      ...sourceKeys(sender),
      ...(s3Path === undefined ? {} : { 'aws:SourceVpce': s3Path.id }),
      'aws:ViaAWSService': 'false',
      'aws:ResourceAccount': bucket.account,
      's3:ResourceAccount': bucket.account,
      ...(organization === undefined
        ? {}
        : { 'aws:ResourceOrgID': organization.id, 'aws:ResourceOrgPaths': [organization.path] }),
      ...(isAccessPoint(bucket.arn) ? { 's3:DataAccessPointArn': bucket.arn } : {}),
      's3:TlsVersion': '1.3',
      's3:authType': 'REST-HEADER',
      's3:signatureversion': 'AWS4-HMAC-SHA256',
      ...parameters,
    },
  };
}

/**
 * What S3 asks AWS KMS with the workload's credentials: the request comes from S3 itself, so it carries nothing of
 * the workload's network.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_forward_access_sessions.html
 */
export function kmsRequest(
  action: string,
  grant: Grant,
  key: { readonly arn: string; readonly account: string },
  sender: Sender,
): AccessRequest {
  const { bucket, resource } = grant;
  const region = bucket.region === '' ? sender.workload.environment.region : bucket.region;
  return {
    action,
    resource: key.arn,
    resourceAccount: key.account,
    principal: sessionArn(sender),
    context: {
      ...identityKeys(sender),
      'aws:ViaAWSService': 'true',
      'aws:ResourceAccount': key.account,
      'kms:ViaService': `s3.${region}.amazonaws.com`,
      'kms:CallerAccount': sender.role.account,
      'kms:EncryptionContext:aws:s3:arn': bucket.encryption?.bucketKey === true ? bucket.arn : resource,
      'kms:EncryptionContextKeys': ['aws:s3:arn'],
    },
  };
}

function identityKeys({ workload, role, path, organization }: Sender): AccessRequest['context'] {
  const { region, partition } = workload.environment;
  return {
    'aws:PrincipalArn': role.arn,
    'aws:PrincipalAccount': role.account,
    'aws:PrincipalType': 'AssumedRole',
    'aws:PrincipalIsAWSService': 'false',
    ...Object.fromEntries(Object.entries(role.tags).map(([tag, value]) => [`aws:PrincipalTag/${tag}`, value])),
    ...(organization === undefined
      ? {}
      : { 'aws:PrincipalOrgID': organization.id, 'aws:PrincipalOrgPaths': [organization.path] }),
    'aws:SecureTransport': 'true',
    'aws:RequestedRegion': region,
    'ec2:SourceInstanceARN': `arn:${partition}:ec2:${region}:${role.account}:instance/${instanceId(workload)}`,
    'aws:Ec2InstanceSourceVpc': vpcId(workload),
    'aws:Ec2InstanceSourcePrivateIPv4': addressIn(path),
  };
}

function sourceKeys({ workload, path }: Sender): AccessRequest['context'] {
  return {
    'aws:SourceVpc': vpcId(workload),
    'aws:VpcSourceIp': addressIn(path),
    'aws:VpceAccount': workload.environment.account,
  };
}

function sessionArn({ workload, role }: Sender): string {
  return `arn:${role.arn.split(':')[1]}:sts::${role.account}:assumed-role/${role.name}/${instanceId(workload)}`;
}

function instanceId({ where }: WorkloadModel): string {
  return `i-<${where.logicalId}>`;
}

function vpcId(workload: WorkloadModel): string {
  return workload.vpcId ?? `vpc-<${workload.where.logicalId}>`;
}

/** An address of the subnet. */
function addressIn({ subnet }: SubnetPath): string {
  const [, network] = /^(\d+\.\d+\.\d+)\.\d+\//.exec(subnet?.cidr ?? '') ?? [];
  return `${network ?? '10.0.0'}.10`;
}
