import { IConnectable, IGatewayVpcEndpoint, IInterfaceVpcEndpoint, ISecurityGroup, IVpc } from 'aws-cdk-lib/aws-ec2';
import { IGrantable, IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { IConstruct } from 'constructs';
import { AccessList } from './access-list';
import { Kind, oneOfOurs } from '../private';

/**
 * The S3 endpoint of a workload, always with a policy: the workload's role, its buckets and its actions, the named
 * buckets of AWS, and nothing else.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-s3.html
 */
export interface IS3Endpoint extends IConstruct {
  /**
   * The gateway endpoint.
   *
   * @default - none in this mode
   */
  readonly gatewayEndpoint?: IGatewayVpcEndpoint;

  /**
   * The interface endpoint.
   *
   * @default - none in this mode
   */
  readonly interfaceEndpoint?: IInterfaceVpcEndpoint;

  /**
   * The security group that is made for the interface endpoint.
   *
   * @default - no interface endpoint is made in this mode, or it has the security groups that the mode names
   */
  readonly ownInterfaceSecurityGroup?: ISecurityGroup;

  /** The ids of the endpoints. */
  readonly vpcEndpointIds: string[];

  /**
   * Adds a statement beside those of the workloads: to the policy of the endpoints made here, or to what the owner of
   * an existing endpoint must add.
   *
   * @param statement the statement, with a principal
   * @throws when the policies are rendered already
   */
  addToPolicy(statement: PolicyStatement): void;
}

/** A `PrivateEc2S3Access`, as others are told of it. */
export interface IPrivateEc2S3Access extends IConstruct, IGrantable, IConnectable {
  /** The role of the workload. */
  readonly role: IRole;

  /** The S3 endpoint of the workload. */
  readonly s3Endpoint: IS3Endpoint;

  /** The VPC of the workload. */
  readonly vpc: IVpc;

  /**
   * Who may do what in which bucket, for the parts of this library.
   *
   * @internal
   */
  readonly _accessList: AccessList;

  /**
   * A data bucket by its id.
   *
   * @param id the key of the bucket in `dataBuckets`, or its id in `addDataBucket`
   * @throws when there is no such bucket
   */
  dataBucket(id: string): IBucket;
}

/** A workload of this library. */
export const WORKLOAD: Kind<IPrivateEc2S3Access> = oneOfOurs<IPrivateEc2S3Access>(
  'PrivateEc2S3Access',
  "make it with new PrivateEc2S3Access(this, 'App', { ... })",
);
