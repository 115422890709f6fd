import { IPrefixList, ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { IRole } from 'aws-cdk-lib/aws-iam';
import { IDependable } from 'constructs';
import { S3Endpoint } from '../endpoint';

/** Where instances are placed, and what they wait for. */
export interface WorkloadPlacement {
  /** The VPC. */
  readonly vpc: IVpc;

  /**
   * The subnets: an instance is in the first of them, a fleet is spread over them.
   *
   * @default - the isolated subnets
   */
  readonly vpcSubnets?: SubnetSelection;

  /** The role whose temporary credentials the instances get. */
  readonly role: IRole;

  /** The endpoint that the instances reach S3 through. */
  readonly s3Endpoint: S3Endpoint;

  /**
   * What must be in place before the first boot, beside the endpoint and the role: route-table associations, bucket
   * policies.
   *
   * @default - nothing else
   */
  readonly waitFor?: IDependable[];

  /**
   * The security group.
   *
   * @default - one without ingress, and with HTTPS to S3 as the only egress
   */
  readonly securityGroup?: ISecurityGroup;

  /**
   * The prefix list of S3 in this Region, for the egress of the default security group.
   *
   * @default - the Region's own where its id is known, else any address that the routes reach
   */
  readonly s3PrefixList?: IPrefixList;
}
