import type { Grant } from './grants';
import type { SubnetPath } from './s3-path';
import type { RoleModel, WorkloadModel } from '../cloudformation';
import {
  AccessRequest,
  asList,
  byInstance,
  byS3,
  Instance,
  NOW,
  isAccessPoint,
  Organization,
  PolicyJson,
  requestOf,
  RequestParts,
  TargetPart,
  throughEndpoint,
} from '../iam';

/** Who sends the requests, and from where. */
export interface Sender {
  readonly workload: WorkloadModel;
  readonly role: RoleModel;
  readonly path: SubnetPath;
  /** The organization that the policies name: the accounts are taken to be in it. */
  readonly organization?: Organization;
}

const ORGANIZATION_KEYS = /^aws:(Principal|Resource|Source|Vpce)Org(ID|Paths)$/i;

/** The organization that the conditions of policies name, but for those that a Deny keeps out by name. */
export function organizationIn(policies: readonly PolicyJson[]): Organization | undefined {
  const named = policies
    .flatMap(({ Statement }) => asList(Statement))
    .flatMap(({ Effect, Condition = {} }) =>
      Object.entries(Condition).filter(([operator]) => Effect === 'Allow' || /Not/i.test(operator)),
    )
    .flatMap(([, keys]) =>
      Object.entries(keys)
        .filter(([key]) => ORGANIZATION_KEYS.test(key))
        .flatMap(([, values]) => asList(values).map(String)),
    )
    .filter(value => /^(o-|<)/.test(value));
  if (named.length === 0) {
    return undefined;
  }
  const path = named.find(value => value.includes('/'))?.replaceAll('*', '');
  const id = (path ?? named[0]).split('/')[0];
  return { id, path: path ?? `${id}/r-root/` };
}

/** The request of the workload that a grant is for, through its endpoint. */
export function s3Request({ action, bucket, resource, accessPoint, parameters }: Grant, sender: Sender): AccessRequest {
  const { arn, account } = bucket;
  const instance = instanceOf(sender);
  const { workload, path } = sender;
  const through = accessPoint ?? (isAccessPoint(arn) ? arn : undefined);
  const target = {
    arn: resource,
    account,
    ...ownerIn(sender),
    accessPoint: through === undefined ? undefined : { arn: through },
  };
  const network: RequestParts =
    path.s3Path === undefined ? {} : throughEndpoint(path.s3Path.id, workload.environment.account, instance);
  return requestOf(action, byInstance(instance), network, { target, parameters });
}

/** What S3 asks AWS KMS with the workload's credentials. */
export function kmsRequest(
  action: string,
  grant: Grant,
  key: { readonly arn: string; readonly account: string },
  sender: Sender,
): AccessRequest {
  const { bucket, resource } = grant;
  const region = bucket.region === '' ? sender.workload.environment.region : bucket.region;
  const bucketKey = bucket.encryption?.bucketKey === true;
  const { arn, account } = key;
  return requestOf(
    action,
    byInstance(instanceOf(sender)),
    byS3({ region, bucketArn: bucket.arn, objectArn: resource, bucketKey }),
    { target: { arn, account, ...ownerIn(sender) } },
  );
}

/** The owners of buckets and keys are taken to be in the organization that policies name. */
function ownerIn({ organization }: Sender): Pick<TargetPart, 'organizationId' | 'organizationPaths'> | undefined {
  return organization && { organizationId: organization.id, organizationPaths: [organization.path] };
}

/** What the instance of a workload is called. */
export function instanceIdOf({ where }: WorkloadModel): string {
  return `i-<${where.logicalId}>`;
}

function instanceOf({ workload, role, path, organization }: Sender): Instance {
  const { region, partition } = workload.environment;
  return {
    partition,
    region,
    instanceId: instanceIdOf(workload),
    vpcId: workload.vpcId ?? `vpc-<${workload.where.logicalId}>`,
    address: addressIn(path),
    role,
    organization,
    time: NOW,
  };
}

/** An address of the subnet. */
function addressIn({ subnet }: SubnetPath): string {
  const [, network] = /^(\d+\.\d+\.\d+)\.\d+\//.exec(subnet?.cidr ?? '') ?? [];
  return `${network ?? '10.0.0'}.10`;
}
