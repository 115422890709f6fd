import type { NetworkPart, PrincipalName } from './parts';
import { memoize } from '../../base';
import { identify, PrincipalIdentity } from '../principal-identity';

/** A principal as the evaluator reads it. Names never change. */
export const identityOf = memoize(({ name, arn, federated }: PrincipalName): PrincipalIdentity =>
  federated === true ? { type: 'other', name } : identify(name, arn),
);

/** Somebody who signs nothing. */
export const ANONYMOUS: PrincipalName = { name: 'anonymous' };

/** A session of a role, by the ARN of the role; a user or a root user by its own. */
export function principalNamed(arn: string, session = 'session', userId?: string): PrincipalName {
  const [, partition, , , account, path] = arn.split(':');
  const name = arn.slice(arn.lastIndexOf('/') + 1);
  return path.startsWith('role/')
    ? { name: `arn:${partition}:sts::${account}:assumed-role/${name}/${session}`, arn, userId }
    : { name: arn, arn, userId };
}

/** A service that acts in its own name. */
export function servicePrincipal(host: string): PrincipalName {
  return { name: host };
}

/** What is known of an endpoint that is in a VPC of an account. */
export interface EndpointPlace {
  readonly id: string;
  readonly vpcId: string;
  readonly address: string;
  readonly partition: string;
  readonly region: string;
  /** The account that the endpoint and its VPC belong to, and its organization. */
  readonly account: string;
  readonly organizationId?: string;
  readonly organizationPaths?: readonly string[];
}

/** The network of requests through an endpoint: its VPC has an ARN in the same account. */
export function networkThrough(place: EndpointPlace): NetworkPart {
  const { partition, region, organizationId, organizationPaths, ...endpoint } = place;
  const vpcArn = `arn:${partition}:ec2:${region}:${endpoint.account}:vpc/${endpoint.vpcId}`;
  return { source: { endpoint: { ...endpoint, vpcArn } }, organizationId, organizationPaths };
}
