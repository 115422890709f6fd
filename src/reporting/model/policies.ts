import type { Place } from './places';
import type { DeclaredBucket } from '../../base';
import type { PolicyJson } from '../../iam';

/** A policy, and what people call it. */
export interface ReportedPolicy {
  readonly name: string;
  readonly document: PolicyJson;
}

/** The policy of a resource: none, or one that its owner keeps and the assembly does not tell. */
export type KnownOrNot = PolicyJson | 'unknown' | undefined;

/** An S3 endpoint. */
export interface ReportedEndpoint {
  readonly label: string;
  readonly id: string;
  readonly kind: 'gateway' | 'interface';
  readonly vpcId: string;
  readonly policy?: PolicyJson | 'unknown';
}

/** A data bucket. */
export interface ReportedBucket {
  readonly label: string;
  readonly arn: string;
  readonly account: string;
  readonly region: string;
  readonly policy?: PolicyJson | 'unknown';
  /** The ARN of the customer-managed key that encrypts it. */
  readonly keyArn?: string;
  readonly bucketKey: boolean;
  /** What the workload comes through. */
  readonly accessPoint?: ReportedAccessPoint;
  /** Its keys, as the policies tell them apart. */
  readonly places: readonly Place[];
  /** The actions of S3 that some policy allows somebody in it. */
  readonly actions: readonly string[];
}

/** An access point of a data bucket: S3 decides what comes through it on both. */
export interface ReportedAccessPoint {
  readonly label: string;
  readonly arn: string;
  readonly policy?: PolicyJson | 'unknown';
}

/** A key of AWS KMS. */
export interface ReportedKey {
  readonly label: string;
  readonly arn: string;
  readonly account: string;
  readonly policy?: PolicyJson | 'unknown';
}

/** Somebody else that a policy names. */
export interface ReportedPrincipal {
  readonly label: string;
  readonly arn: string;
}

/** The role of another workload, which is decided by its own policies. */
export interface ReportedPeer extends ReportedPrincipal {
  readonly account: string;
  readonly tags: Readonly<Record<string, string>>;
  /** The VPC of its machines, where it is known. */
  readonly vpcId?: string;
  /** Absent where they are not known: then it is taken to allow itself everything. */
  readonly policies?: readonly PolicyJson[];
  readonly boundary?: PolicyJson;
  /** What access lists grant it. */
  readonly grants: ReadonlyArray<Pick<DeclaredBucket, 'arn' | 'grants'>>;
}

/** Everything that requests about a workload are decided by, as plain data, so that a page can decide more of them. */
export interface WorkloadPolicies {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  readonly role: {
    readonly label: string;
    readonly arn: string;
    readonly account: string;
    readonly tags: Readonly<Record<string, string>>;
    readonly policies: readonly ReportedPolicy[];
    readonly boundary?: ReportedPolicy;
  };
  readonly endpoints: readonly ReportedEndpoint[];
  readonly buckets: readonly ReportedBucket[];
  readonly keys: readonly ReportedKey[];
  /** Principals that the bucket policies let in from anywhere. */
  readonly exempt: readonly ReportedPrincipal[];
  /** The roles of other workloads of the assembly. */
  readonly peers: readonly ReportedPeer[];
  /** The role that CloudFormation deploys with. */
  readonly deployer: string;
  /** The actions on the key of a bucket without which an action on an object fails. */
  readonly keyActions: Readonly<Record<string, readonly string[]>>;
  /** An account that has nothing to do with the workload. */
  readonly stranger: string;
  /** The organization that the policies name. */
  readonly organization?: { readonly id: string; readonly path: string };
  readonly serviceControlPolicies?: ReadonlyArray<readonly PolicyJson[]>;
  readonly resourceControlPolicies?: readonly PolicyJson[];
}
