import type { PolicyJson } from '../iam';
import type { ClaimName } from './claim-metadata';
import type { PropertyId } from './property-metadata';
import type {
  DeclaredAwsOwned as AwsOwnedInput,
  DeclaredGrant as GrantInput,
  DeclaredOnPremisesRole as OnPremisesRoleInput,
  DeclaredTaskRole as TaskRoleInput,
  DeclaredVisitor as VisitorInput,
} from '../base';

export type { AwsOwnedInput, GrantInput, OnPremisesRoleInput, TaskRoleInput, VisitorInput };

/**
 * What the proof is about: one workload, with every policy that takes part in its requests. Plain data; ARNs and ids
 * only have to be consistent, so symbolic ones do as well as real ones.
 */
export interface ProofInput {
  /** How the workload is called, such as its construct path. */
  readonly name: string;
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  readonly role: RoleInput;
  /** The S3 endpoints of the workload's VPC. */
  readonly endpoints: readonly EndpointInput[];
  /** The endpoints of other services that the workload uses. */
  readonly otherEndpoints?: readonly ServiceEndpointInput[];
  readonly buckets: readonly BucketInput[];
  /** The buckets that receive the logs of the data buckets and of the network. */
  readonly logBuckets?: readonly LogBucketInput[];
  readonly keys: readonly KeyInput[];
  /** Other workloads whose access lists name data buckets or endpoints of this one. */
  readonly peers?: readonly PeerInput[];
  /** Roles of other networks, and what each of them may do in a data bucket through the endpoints: nothing else. */
  readonly onPremisesRoles?: readonly OnPremisesRoleInput[];
  /**
   * Patterns of the ARNs of the roles that CloudFormation deploys the assembly with, in addition to those of StackSets;
   * those of the CDK's default bootstrap unless said otherwise, and none of them if it is empty.
   */
  readonly deploymentRoleArns?: readonly string[];
  /** The buckets of AWS that have to be readable through the endpoints, as far as they are known. */
  readonly awsOwned?: readonly AwsOwnedInput[];
  /** The organization that the accounts of the workload and its data are meant to be in; absent: nobody says. */
  readonly organization?: OrganizationInput;
  /** By level of the organization, if they are in the assembly. */
  readonly serviceControlPolicies?: ReadonlyArray<readonly PolicyJson[]>;
  readonly resourceControlPolicies?: readonly PolicyJson[];
  /** How the instances are launched, as far as guardrails look at it. */
  readonly launch?: { readonly httpTokens?: string; readonly publicIp: boolean };
  /** The routes of the workload's subnets that lead anywhere but to endpoints. */
  readonly routesOut?: readonly RouteOutInput[];
  /** The ids of subnets whose route tables are not in the assembly. */
  readonly unseenRouteTables?: readonly string[];
  /** The ARNs of what keeps the workload in: its endpoints, route tables, security groups and stacks. */
  readonly perimeterArns?: readonly string[];
  /** What resolves names for the workload. */
  readonly names?: NameResolutionInput;
  /** Endpoints of the VPC that lead to somebody else, who offers what is behind them. */
  readonly endpointsOfOthers?: ReadonlyArray<{ readonly id: string; readonly service: string }>;
  /** The id of a VPC that is not in the assembly, where packets of the workload may get to endpoints that nobody sees. */
  readonly unseenEndpoints?: string;
  /** What else has to be so for no packet to leave. */
  readonly routeAssumptions?: readonly string[];
  /** `false`: the user wants the role's credentials to work on any instance behind the endpoint. */
  readonly credentialBinding?: boolean;
  /** Names of what the assembly refers to and does not define. */
  readonly assumptions?: readonly string[];
  /** What could not be read, so that what it bears on is not proven. */
  readonly unread?: readonly UnreadInput[];
}

/** Another workload, as far as its access list says what it shares with this one. */
export interface PeerInput {
  readonly roleArn: string;
  /** The buckets and access points that it may use. */
  readonly bucketArns: readonly string[];
  /** The S3 endpoints that it comes through. */
  readonly endpointIds: readonly string[];
}

/** Something that could not be read. */
export interface UnreadInput {
  /** Where it stands. */
  readonly place: string;
  readonly reason: string;
  /** The ARN or the id of the resource, if there is one. */
  readonly subject?: string;
  /** The id of the rule that reports it: then it is no finding of each property that it bears on. */
  readonly rule?: string;
  /** The properties, or whole claims, that it bears on; all, if it is not given. */
  readonly bearsOn?: ReadonlyArray<PropertyId | ClaimName>;
}

/** The resolver of a VPC. */
export interface NameResolutionInput {
  /** How it is called in a sentence. */
  readonly resolver: string;
  /** What sends names on to servers of somebody else. */
  readonly forwarders: readonly string[];
  /** The ranges of addresses of the VPC; none, if they are not known. */
  readonly ranges?: readonly string[];
  /** The domains that its private hosted zones and forwarders answer for. */
  readonly ownDomains?: readonly string[];
  /** What lets names through while its DNS Firewall does not answer. */
  readonly failOpen?: string;
  /** The rules of its DNS Firewall, in their order. */
  readonly rules: ReadonlyArray<{
    readonly group: string;
    /** Whether the rules of the group are not known. */
    readonly isUnseen?: boolean;
    readonly action: string;
    /** Absent: not known. */
    readonly domains?: readonly string[];
    readonly trustsRedirections: boolean;
    readonly isForAllTypes: boolean;
  }>;
}

/** What is meant by the organization that policies name. */
export interface OrganizationInput {
  readonly id?: string;
  /** Patterns of the paths of units, where only those are meant. */
  readonly unitPaths: readonly string[];
  /** Where only those are meant. */
  readonly accounts: readonly string[];
}

/** A route that leads out. */
export interface RouteOutInput {
  /** A range of addresses or a prefix list. */
  readonly destination: string;
  /** Where it leads, in a sentence. */
  readonly leads: string;
  /** Why traffic may take it; absent if the security groups let none. */
  readonly openBecause?: string;
  /** What the route is called. */
  readonly subject: string;
}

/** The workload's role. */
export interface RoleInput {
  readonly arn: string;
  readonly policies: readonly PolicyJson[];
  /** Absent if it is not known. */
  readonly trust?: PolicyJson;
  readonly boundary?: PolicyJson;
  /** The ARNs of its managed policies and of its boundary, but for those of AWS. */
  readonly policyArns?: readonly string[];
  /** The tags of the role, which the sessions of its instances have. */
  readonly tags?: Readonly<Record<string, string>>;
}

/** An S3 endpoint. */
export interface EndpointInput {
  readonly id: string;
  readonly kind: 'gateway' | 'interface';
  /** Absent: the default, which allows everything. */
  readonly policy?: PolicyJson | 'unknown';
  readonly vpcId: string;
  /** Whether the endpoint was made for this workload, so that its policy has to let nobody else through. */
  readonly exclusive: boolean;
}

/** An endpoint of another service. */
export interface ServiceEndpointInput {
  readonly id: string;
  /** The prefix of the service's actions, such as `ssm`. */
  readonly service: string;
  readonly policy: PolicyJson;
  /** Whether somebody else made it for more than this workload, so that its policy need not be for the workload alone. */
  readonly isShared?: boolean;
}

/** A data bucket. */
export interface BucketInput {
  readonly arn: string;
  readonly account: string;
  /** Absent: the bucket has none; `unknown`: the bucket is not in the assembly. */
  readonly policy?: PolicyJson | 'unknown';
  /** Absent: not known. */
  readonly encryption?: EncryptionInput;
  /** The names of the tags that policies see; absent: not known. */
  readonly tagNames?: readonly string[];
  /** Whether the bucket was made for this workload, so that its own policy has to refuse everybody else. */
  readonly exclusive: boolean;
  /** Whether its owner alone writes its policy: what that keeps out is the owner's business. */
  readonly keepsOwnPolicy?: boolean;
  /** Which roles CloudFormation deploys its stack with, where it is not all of those of the input. */
  readonly deploymentRoleArns?: readonly string[];
  /** Whom the access lists exempt from its perimeter, as patterns of ARNs; nobody, if it is not given. */
  readonly exemptPrincipalArns?: readonly string[];
  /** Whom its owner lets into it beside workloads of the assembly; nobody, if it is not given. */
  readonly visitors?: readonly VisitorInput[];
  /** Roles that are let in for one task from outside the endpoint; none, if it is not given. */
  readonly taskRoles?: readonly TaskRoleInput[];
  /** What the access list grants, if it is known; otherwise it is read off the policies that name the role. */
  readonly declared?: readonly GrantInput[];
  /**
   * The bucket that this is an access point of: S3 decides a request through it on both, and each is proven by
   * itself.
   */
  readonly accessPointOf?: string;
}

/** The default encryption of a bucket. */
export interface EncryptionInput {
  readonly algorithm: string;
  /** The customer-managed key; absent for S3's own keys. */
  readonly keyArn?: string;
}

/** A bucket for logs. */
export interface LogBucketInput {
  readonly arn: string;
  readonly account: string;
  readonly policy?: PolicyJson | 'unknown';
  /** Whether it was not made for the workload, so that its owner says who else delivers there and who reads it. */
  readonly keepsOwnPolicy?: boolean;
  /** Which roles CloudFormation deploys its stack with, where it is not all of those of the input. */
  readonly deploymentRoleArns?: readonly string[];
  readonly deliveries: readonly DeliveryInput[];
}

/** What a service writes into a bucket, as the resource that makes it write says. */
export interface DeliveryInput {
  readonly service: string;
  readonly action: string;
  /** The ARN of an object or of the bucket. */
  readonly resource: string;
  /** What of the resource it needs, where that is less. */
  readonly writes?: string;
  /** What the service says about itself: context keys, each with a pattern. */
  readonly keys: Readonly<Record<string, string>>;
  /** What it says of itself as well, and a policy need not ask for. */
  readonly says?: Readonly<Record<string, string>>;
}

/** A key of AWS KMS. */
export interface KeyInput {
  readonly arn: string;
  readonly account: string;
  readonly policy: PolicyJson | 'unknown';
  /** Whether the key was made for this workload, so that its own policy has to refuse everybody else. */
  readonly exclusive: boolean;
  /** The names of its tags; absent: not known. */
  readonly tagNames?: readonly string[];
}

/** The account of the workload, and those of what is looked at. */
export function ownersIn({ account, buckets, keys, logBuckets = [], awsOwned = [] }: ProofInput): readonly string[] {
  const owners = [...buckets, ...keys, ...logBuckets, ...awsOwned].map(each => each.account);
  return [...new Set([account, ...owners])].filter(each => each !== undefined);
}

/** Whether policies of the organization are in the assembly. */
export function hasOrganizationPolicies({
  serviceControlPolicies = [],
  resourceControlPolicies = [],
}: ProofInput): boolean {
  return serviceControlPolicies.length + resourceControlPolicies.length > 0;
}

/**
 * The roles that may use some of the buckets through endpoints: the workload's, and those of peers and on-premises
 * networks that an access list grants something there.
 *
 * @param arns the ARNs of the buckets or access points
 */
export function rolesFor(
  arns: readonly string[],
  { role, peers = [], onPremisesRoles = [] }: ProofInput,
): readonly string[] {
  return [
    role.arn,
    ...peers.filter(({ bucketArns }) => bucketArns.some(each => arns.includes(each))).map(({ roleArn }) => roleArn),
    ...onPremisesRoles.filter(({ arn }) => arns.includes(arn)).map(({ roleArn }) => roleArn),
  ];
}

/** The endpoints of peers that an access list lets through to a bucket. */
export function peerEndpoints(arn: string, { peers = [] }: ProofInput): readonly string[] {
  return peers.filter(({ bucketArns }) => bucketArns.includes(arn)).flatMap(({ endpointIds }) => endpointIds);
}

/** A policy of a resource, if there is one and it is known. */
export function knownPolicy(policy: PolicyJson | 'unknown' | undefined): PolicyJson | undefined {
  return policy === 'unknown' ? undefined : policy;
}

/**
 * Whether what the policy of a bucket keeps out is for somebody else to say: it is not in the assembly, or follows no
 * access list.
 */
export function isOwners({ policy, keepsOwnPolicy }: Pick<BucketInput, 'policy' | 'keepsOwnPolicy'>): boolean {
  return policy === 'unknown' || keepsOwnPolicy === true;
}

/** The policies that are there and known. */
export function policiesIn(policies: ReadonlyArray<PolicyJson | 'unknown' | undefined>): readonly PolicyJson[] {
  return policies.map(knownPolicy).filter(policy => policy !== undefined);
}

/** Every policy of the input that is known: their constants make the classes of requests. */
export function policiesOf(input: ProofInput): readonly PolicyJson[] {
  const { role, endpoints, buckets, logBuckets = [], keys, otherEndpoints = [] } = input;
  return policiesIn([
    ...role.policies,
    role.boundary,
    role.trust,
    ...endpoints.map(({ policy }) => policy),
    ...otherEndpoints.map(({ policy }) => policy),
    ...buckets.map(({ policy }) => policy),
    ...logBuckets.map(({ policy }) => policy),
    ...keys.map(({ policy }) => policy),
    ...(input.serviceControlPolicies ?? []).flat(),
    ...(input.resourceControlPolicies ?? []),
  ]);
}
