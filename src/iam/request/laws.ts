import type { Attribute, AttributeValue, ContextValue, EndpointSource, PrincipalName, RequestSource } from './parts';
import { identityOf } from './principals';
import type { PrincipalType } from '../principal-identity';

/** Which requests have a key at all, as far as another attribute says. */
export interface Gate {
  readonly attribute: Attribute;
  readonly holds: (value: unknown) => boolean;
}

/** How AWS fills a context key, or all keys that begin alike. */
export interface Law {
  /** In the letters of the documentation; ends in `/` for all keys that begin so. */
  readonly key: string;
  /** The attribute that the key says something about; keys that begin alike have one attribute each. */
  readonly from: Attribute;
  /** The value of the key; `undefined` where the request does not carry it. Also asked about an absent attribute. */
  readonly value: (attribute: unknown) => ContextValue | undefined;
  /** Requests that do not pass have no such key. */
  readonly gate?: Gate;
  /** The services whose requests have the key; absent where all do. */
  readonly services?: readonly string[];
  /** Whether AWS puts the key into every request. */
  readonly everywhere?: true;
  /** Whether the attribute is nothing but the value of the key. */
  readonly plain: boolean;
  /** Where AWS says so. */
  readonly source: string;
}

const GLOBAL =
  'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-';
const S3 = 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html#amazons3-policy-keys';
const KMS = 'https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-';
const SESSIONS = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_forward_access_sessions.html';
const ACCESS_POINTS = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html';

const ROLE_SESSION = principalIs('session');
const TEMPORARY = principalIs('session', 'federated user', 'user', 'root');
const SERVICE = principalIs('service');
const TAGGABLE = principalIs('session', 'user', 'federated user');
const IN_ACCOUNT = principalIs('session', 'user', 'federated user', 'root');
const THROUGH_ENDPOINT: Gate = {
  attribute: 'network.source',
  holds: source => (source as RequestSource | undefined)?.endpoint !== undefined,
};

/** The services that are known to tell who owns an endpoint; others may not. */
const TELL_OWNER = ['s3', 'kms'];
const ENDPOINT_OWNER = { gate: THROUGH_ENDPOINT, services: TELL_OWNER };

/**
 * The laws of a request, a line for each key that policies can look at and that is not the sender's own word. What AWS
 * is not certain about has no law.
 *
 * - The account of a principal is the one in its ARN: `aws:PrincipalAccount` and `kms:CallerAccount` are one. A service
 *   principal has none of a customer's; an anonymous caller has the word `anonymous`.
 * - The owner of the resource is one account, whether `aws:ResourceAccount` or `s3:ResourceAccount` names it.
 * - Through an endpoint there is no public address, and without one there are no keys of an endpoint.
 * - Only a request in a forward access session says which services it came through.
 * - Only role sessions have credentials that the metadata service issued to an instance.
 * - Only a service principal acts on behalf of a resource.
 */
export const LAWS: readonly Law[] = [
  derived('aws:PrincipalArn', 'principal.identity', ({ arn }) => arn, `${GLOBAL}principalarn`),
  derived('aws:PrincipalAccount', 'principal.identity', namedAccountOf, `${GLOBAL}principalaccount`),
  derived('aws:PrincipalType', 'principal.identity', principalTypeOf, `${GLOBAL}principaltype`),
  derived('aws:PrincipalIsAWSService', 'principal.identity', serviceMarkOf, `${GLOBAL}principalisawsservice`),
  derived('aws:PrincipalServiceName', 'principal.identity', serviceOf, `${GLOBAL}principalservicename`),
  derived('aws:PrincipalServiceNamesList', 'principal.identity', servicesOf, `${GLOBAL}principalservicenameslist`),
  derived('aws:username', 'principal.identity', userNameOf, `${GLOBAL}username`),
  derived('aws:userid', 'principal.identity', userIdOf, `${GLOBAL}userid`),
  plain('aws:PrincipalOrgID', 'principal.organizationId', `${GLOBAL}principalorgid`, { gate: IN_ACCOUNT }),
  plain('aws:PrincipalOrgPaths', 'principal.organizationPaths', `${GLOBAL}principalorgpaths`, { gate: IN_ACCOUNT }),
  plain('aws:PrincipalTag/', 'principal.tags', `${GLOBAL}principaltag`, { gate: TAGGABLE }),

  derived('aws:Ec2InstanceSourceVpc', 'credentials.instance', ({ vpcId }) => vpcId, `${GLOBAL}ec2instancesourcevpc`, {
    gate: ROLE_SESSION,
  }),
  derived(
    'aws:Ec2InstanceSourcePrivateIPv4',
    'credentials.instance',
    ({ address }) => address,
    `${GLOBAL}ec2instancesourceprivateip4`,
    { gate: ROLE_SESSION },
  ),
  derived(
    'ec2:SourceInstanceARN',
    'credentials.instance',
    ({ instanceArn }) => instanceArn,
    `${GLOBAL}source-instance-arn`,
    { gate: ROLE_SESSION },
  ),
  plain('ec2:RoleDelivery', 'credentials.roleDelivery', `${GLOBAL}role-delivery`, { gate: ROLE_SESSION }),
  plain('aws:TokenIssueTime', 'credentials.issuedAt', `${GLOBAL}tokenissuetime`, { gate: TEMPORARY }),

  derived(
    'aws:SourceIp',
    'network.source',
    ({ publicAddress, endpoint }) => (endpoint === undefined ? publicAddress : undefined),
    `${GLOBAL}sourceip`,
  ),
  ofEndpoint('aws:SourceVpce', ({ id }) => id, 'sourcevpce'),
  ofEndpoint('aws:SourceVpc', ({ vpcId }) => vpcId, 'sourcevpc'),
  ofEndpoint('aws:SourceVpcArn', ({ vpcArn }) => vpcArn, 'sourcevpcarn'),
  ofEndpoint('aws:VpcSourceIp', ({ address }) => address, 'vpcsourceip'),
  ofEndpoint('aws:VpceAccount', ({ account }) => account, 'vpceaccount', TELL_OWNER),
  plain('aws:VpceOrgID', 'network.organizationId', `${GLOBAL}vpceorgid`, ENDPOINT_OWNER),
  plain('aws:VpceOrgPaths', 'network.organizationPaths', `${GLOBAL}vpceorgpaths`, ENDPOINT_OWNER),

  {
    ...derived('aws:ViaAWSService', 'callerChain.forwarding', () => 'true', SESSIONS),
    value: forwarding => String(forwarding !== undefined),
  },
  derived('aws:CalledVia', 'callerChain.forwarding', ({ calledVia }) => calledVia, `${GLOBAL}calledvia`),
  derived('aws:CalledViaFirst', 'callerChain.forwarding', ({ calledVia }) => calledVia?.[0], `${GLOBAL}calledviafirst`),
  derived(
    'aws:CalledViaLast',
    'callerChain.forwarding',
    ({ calledVia }) => calledVia?.at(-1),
    `${GLOBAL}calledvialast`,
  ),
  derived('kms:ViaService', 'callerChain.forwarding', ({ viaService }) => viaService, `${KMS}via-service`, {
    services: ['kms'],
  }),
  plain('aws:SourceAccount', 'callerChain.sourceAccount', `${GLOBAL}sourceaccount`, { gate: SERVICE }),
  plain('aws:SourceArn', 'callerChain.sourceArn', `${GLOBAL}sourcearn`, { gate: SERVICE }),
  plain('aws:SourceOrgID', 'callerChain.sourceOrganizationId', `${GLOBAL}sourceorgid`, { gate: SERVICE }),
  plain('aws:SourceOrgPaths', 'callerChain.sourceOrganizationPaths', `${GLOBAL}sourceorgpaths`, { gate: SERVICE }),

  plain('aws:ResourceAccount', 'target.account', `${GLOBAL}resourceaccount`),
  plain('s3:ResourceAccount', 'target.account', S3, { services: ['s3'] }),
  plain('aws:ResourceOrgID', 'target.organizationId', `${GLOBAL}resourceorgid`),
  plain('aws:ResourceOrgPaths', 'target.organizationPaths', `${GLOBAL}resourceorgpaths`),
  plain('aws:ResourceTag/', 'target.tags', `${GLOBAL}resourcetag`),
  derived('s3:DataAccessPointArn', 'target.accessPoint', ({ arn }) => arn, ACCESS_POINTS),
  derived('s3:DataAccessPointAccount', 'target.accessPoint', ({ arn }) => arn.split(':')[4], ACCESS_POINTS),
  derived('s3:AccessPointNetworkOrigin', 'target.accessPoint', originOf, ACCESS_POINTS),

  derived('aws:SecureTransport', 'channel.tls', tls => String(tls !== 'none'), `${GLOBAL}securetransport`),
  derived('s3:TlsVersion', 'channel.tls', tls => (tls === 'none' ? undefined : tls), S3, { services: ['s3'] }),
  plain('aws:RequestedRegion', 'channel.region', `${GLOBAL}requestedregion`, { everywhere: true }),
  plain('aws:CurrentTime', 'channel.time', `${GLOBAL}currenttime`, { everywhere: true }),
  plain('s3:authType', 'channel.authType', S3, { services: ['s3'] }),
  plain('s3:signatureversion', 'channel.signatureVersion', S3, { services: ['s3'] }),

  derived('kms:CallerAccount', 'principal.identity', accountOf, `${KMS}caller-account`, { services: ['kms'] }),
];

type More = Partial<Pick<Law, 'gate' | 'services' | 'everywhere'>>;

function derived<A extends Attribute>(
  key: string,
  from: A,
  value: (attribute: AttributeValue<A>) => ContextValue | undefined,
  source: string,
  more: More = {},
): Law {
  const ofAttribute = (attribute: unknown) =>
    attribute === undefined ? undefined : value(attribute as AttributeValue<A>);
  return { key, from, value: ofAttribute, source, plain: false, ...more };
}

/** The attribute is what the key says. */
function plain(key: string, from: Attribute, source: string, more: More = {}): Law {
  return { key, from, value: attribute => attribute as ContextValue | undefined, source, plain: true, ...more };
}

function ofEndpoint(
  key: string,
  value: (endpoint: EndpointSource) => ContextValue | undefined,
  anchor: string,
  services?: readonly string[],
): Law {
  const more = services === undefined ? {} : { services };
  const ofSource = ({ endpoint }: AttributeValue<'network.source'>) => endpoint && value(endpoint);
  return derived(key, 'network.source', ofSource, `${GLOBAL}${anchor}`, more);
}

function principalIs(...types: readonly PrincipalType[]): Gate {
  return { attribute: 'principal.identity', holds: identity => types.includes(typeOf(identity as PrincipalName)) };
}

function typeOf(identity: PrincipalName | undefined): PrincipalType {
  return identity === undefined ? 'anonymous' : identityOf(identity).type;
}

function accountOf(identity: PrincipalName): string | undefined {
  return identityOf(identity).account;
}

function namedAccountOf(identity: PrincipalName): string | undefined {
  return typeOf(identity) === 'anonymous' ? 'anonymous' : (accountOf(identity) ?? identity.service?.account);
}

/** A root user has the number of its account, a federated user that and its name. */
function userIdOf(identity: PrincipalName): string | undefined {
  switch (typeOf(identity)) {
    case 'anonymous':
      return 'anonymous';
    case 'root':
      return accountOf(identity);
    case 'federated user':
      return `${accountOf(identity)}:${lastOf(identity.name)}`;
    default:
      return identity.userId;
  }
}

const PRINCIPAL_TYPES: Readonly<Partial<Record<PrincipalType, string>>> = {
  session: 'AssumedRole',
  user: 'User',
  root: 'Account',
  anonymous: 'Anonymous',
  'federated user': 'FederatedUser',
};

function principalTypeOf(identity: PrincipalName): string | undefined {
  return PRINCIPAL_TYPES[typeOf(identity)] ?? identity.service?.type;
}

/** AWS leaves it out of anonymous requests. */
function serviceMarkOf(identity: PrincipalName): string | undefined {
  const type = typeOf(identity);
  return type === 'anonymous' ? undefined : String(type === 'service');
}

function serviceOf(identity: PrincipalName): string | undefined {
  return typeOf(identity) === 'service' ? identity.name : undefined;
}

function servicesOf(identity: PrincipalName): readonly string[] | undefined {
  return typeOf(identity) === 'service' ? [identity.name, ...(identity.service?.otherNames ?? [])] : undefined;
}

function userNameOf(identity: PrincipalName): string | undefined {
  return typeOf(identity) === 'user' ? lastOf(identity.name) : undefined;
}

function lastOf(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

function originOf({ networkOrigin }: AttributeValue<'target.accessPoint'>): string {
  return networkOrigin ?? 'Internet';
}
