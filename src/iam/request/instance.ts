import type { RequestParts } from './parts';
import { servicePrincipal, networkThrough, principalNamed } from './principals';

/** An organization, and the path of the unit that an account is in. */
export interface Organization {
  readonly id: string;
  readonly path: string;
}

/** Requests are made when they are decided. */
export const NOW = new Date().toISOString();

/** An EC2 instance with its role, as far as its requests tell. */
export interface Instance {
  readonly partition: string;
  readonly region: string;
  readonly instanceId: string;
  readonly vpcId: string;
  readonly address: string;
  readonly role: {
    readonly arn: string;
    readonly account: string;
    readonly tags: Readonly<Record<string, string>>;
  };
  /** The organization that its account is in, if any. */
  readonly organization?: Organization;
  /** When it asks. Its credentials are renewed all the time, so they were issued then, too. */
  readonly time: string;
}

/**
 * What each request of an instance says about who sends it, with the credentials that version 2 of the metadata service
 * delivered.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/iam-roles-for-amazon-ec2.html
 */
export function byInstance(instance: Instance): RequestParts {
  const { partition, region, instanceId, vpcId, address, role, organization, time } = instance;
  return {
    principal: {
      identity: principalNamed(role.arn, instanceId, userIdOf(role.arn, instanceId)),
      tags: role.tags,
      ...(organization === undefined
        ? {}
        : { organizationId: organization.id, organizationPaths: [organization.path] }),
    },
    credentials: {
      instance: {
        vpcId,
        address,
        instanceArn: `arn:${partition}:ec2:${region}:${role.account}:instance/${instanceId}`,
      },
      roleDelivery: '2.0',
      issuedAt: time,
    },
    channel: { ...SIGNED, tls: '1.3', region, time },
  };
}

/** The unique id of the session of an instance: that of its role, and its own. */
export function userIdOf(roleArn: string, instanceId = 'i-workload'): string {
  return `${roleIdOf(roleArn)}:${instanceId}`;
}

/** AWS chooses the id when it makes the role; a policy names it by a function of the template, or not at all. */
function roleIdOf(arn: string): string {
  const name = arn.slice(arn.lastIndexOf('/') + 1);
  return name.endsWith('>') ? `${name.slice(0, -1)}#RoleId>` : `<${name}#RoleId>`;
}

/** How AWS's own SDKs sign. */
export const SIGNED = { authType: 'REST-HEADER', signatureVersion: 'AWS4-HMAC-SHA256' } as const;

/** The way of an instance's requests through an endpoint in its VPC, which belongs to an account. */
export function throughEndpoint(
  id: string,
  account: string,
  { partition, region, vpcId, address, organization }: Instance,
): RequestParts {
  const owner = organization && { organizationId: organization.id, organizationPaths: [organization.path] };
  return { network: networkThrough({ id, account, partition, region, vpcId, address, ...owner }) };
}

/** A service that acts in its own name. */
export function byService(host: string): RequestParts {
  return { principal: { identity: servicePrincipal(host) } };
}
