/**
 * The type of the metadata in which a workload's access list stands in the cloud assembly, so that the proof compares
 * the policies with what was meant, and not only with each other.
 */
export const DECLARED_ACCESS = 'cdk-private-ec2-s3-access:declared-access';

/** The access list of one role, as plain data; ARNs may be tokens until it is written. */
export interface DeclaredAccess {
  readonly roleArn: string;
  /** The accounts that the organization boundary names: a stack without a concrete one is deployed to one of them. */
  readonly accounts: readonly string[];
  /** The organization that the boundary names; absent: there is none. */
  readonly organizationId?: string;
  /** The paths of the organizational units that the organization boundary names. */
  readonly organizationalUnitPaths: readonly string[];
  /** Whether the role's credentials are bound to the instance that they were issued to. */
  readonly credentialBinding: boolean;
  /** The roles that the policies take to deploy the stack, as patterns of their ARNs. */
  readonly deploymentRoleArns: readonly string[];
  /** Who is exempt from the perimeter, as patterns of ARNs. */
  readonly exemptPrincipalArns: readonly string[];
  /** The S3 endpoints that the policies let the role through. */
  readonly endpointIds: readonly string[];
  readonly buckets: readonly DeclaredBucket[];
  readonly awsOwned: readonly DeclaredAwsOwned[];
  /** What roles of other networks may do in the data buckets, through the endpoints only; absent: there are none. */
  readonly onPremisesRoles?: readonly DeclaredOnPremisesRole[];
  /** How many hops the answers of the metadata service may take, where it is more than one. */
  readonly hopLimit?: number;
  /**
   * Where instances are that are made elsewhere, with the instance profile of the workload; absent where it makes its
   * own.
   */
  readonly elsewhere?: DeclaredPlacement;
  /**
   * Whether the workload is composed of parts by hand: what the assembly makes is then taken to be made for it.
   */
  readonly isOfParts?: boolean;
  /** Whether the buckets and the key go with their stack; absent: they are kept. */
  readonly isRemoved?: boolean;
  /** The names of the buckets for logs that exist: their policies are their owners'. */
  readonly logBuckets: readonly string[];
  /** What the owner of an adopted role must attach to it: the proof takes it to be attached. */
  readonly roleStatements: readonly object[];
}

/** A data bucket or an access point of one, and what the role may do in it. */
export interface DeclaredBucket {
  readonly arn: string;
  /** Whether its policy follows the access list; otherwise it is its owner's. */
  readonly hasPerimeter: boolean;
  readonly grants: readonly DeclaredGrant[];
  /** Roles that do one task from outside the endpoint, and nothing else; absent: there are none. */
  readonly taskRoles?: readonly DeclaredTaskRole[];
}

/** A role with one task in a bucket. */
export interface DeclaredTaskRole {
  readonly roleArn: string;
  /** What the task needs of the bucket and its objects, as patterns of actions. */
  readonly actions: readonly string[];
}

/** A line of the list: what may be done in a bucket. */
export interface DeclaredGrant {
  readonly actions: readonly string[];
  /** Absent: the whole bucket. */
  readonly prefix?: string;
  /** The one key that it is about, instead of a prefix: an object, and lists by exactly that text. */
  readonly key?: string;
  /** The one ACL that a request may set. */
  readonly acl?: string;
  /** The access point that requests come through; absent: the bucket itself. */
  readonly accessPointArn?: string;
}

/** What a role of other networks may do in one data bucket. */
export interface DeclaredOnPremisesRole extends DeclaredBucket {
  readonly roleArn: string;
}

/** Objects in a bucket that is none of the data buckets: of AWS, of a vendor, or the assets of the account. */
export interface DeclaredAwsOwned {
  /** The ARN of the objects; the only wildcard is at its end. */
  readonly objects: string;
  /** What can be done with them: `s3:GetObject` or `s3:PutObject`. */
  readonly action: string;
  /** The account of the bucket, if it is the workload's own. */
  readonly account?: string;
  /** Whether the role signs the requests; otherwise nobody does. */
  readonly signedByRole: boolean;
}

/** Where instances are. */
export interface DeclaredPlacement {
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
}
