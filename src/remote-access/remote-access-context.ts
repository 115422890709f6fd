import { ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct, IDependable } from 'constructs';
import { AccessList } from '../access';
import type { UsedEndpoint } from '../network';

/** Where remote access is to be, before anything is made. */
export interface RemoteAccessPlace {
  readonly scope: Construct;
  /** The Regions whose S3 the endpoints lead to. */
  readonly s3Regions: readonly string[];
  /** Absent: one is made. */
  readonly vpc?: IVpc;
}

/** Where remote access is placed; for the parts of this library only. */
export interface RemoteAccessContext {
  readonly vpc: IVpc;
  readonly vpcSubnets: SubnetSelection;
  readonly role: IRole;
  readonly securityGroup: ISecurityGroup;
  /** What the role may do in buckets: those for session logs are added to it. */
  readonly accessList: AccessList;
  /** The Regions whose S3 the endpoints lead to. */
  readonly s3Regions: readonly string[];
  /** The organization that the role is in, where it is named. */
  readonly organizationId?: string;
  /** Whether the VPC is shared with others, who have not been told of endpoints yet. */
  readonly hasNeighbours: boolean;
}

/** A statement that the role needs, and why a wildcard in its resources is accepted. */
export interface BoundStatement {
  readonly statement: PolicyStatement;
  readonly wildcardReason?: string;
}

/** What remote access needs of the workload, and what was made. */
export interface BoundRemoteAccess {
  /** The statements that the role needs. */
  readonly statements: BoundStatement[];
  /** What the instances wait for, so that the agent finds its endpoints at the first boot. */
  readonly ready: IDependable[];
  readonly resources: RemoteAccessResources;
  /** The endpoints that are used, by the last part of the names of their services. */
  readonly endpoints: Readonly<Record<string, UsedEndpoint>>;
}

/** How people reach the instances, as it was made. */
export interface RemoteAccessResources {
  /**
   * The id of the EC2 Instance Connect Endpoint, `eice-...`.
   *
   * @default - none: people do not connect that way
   */
  readonly instanceConnectEndpointId?: string;

  /**
   * The name of the document that sessions are started with, so that they are logged or encrypted:
   * `aws ssm start-session --document-name ... --target i-...`.
   *
   * @default - none: sessions follow the preferences of the account
   */
  readonly sessionDocumentName?: string;
}
