import { RemovalPolicy } from 'aws-cdk-lib';
import { IIpAddresses, IPrefixList, ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { IRole } from 'aws-cdk-lib/aws-iam';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { AwsOwnedBucket, OrganizationBoundary, PerimeterExemption } from './access';
import { Compute } from './compute';
import { OnPremisesAccess, S3EndpointMode } from './endpoint';
import { DnsFirewall } from './network';
import { RemoteAccess } from './remote-access';
import { DataBucketSource, DataEncryption } from './storage';

/** Properties of `PrivateEc2S3Access`. */
export interface PrivateEc2S3AccessProps {
  /**
   * The data buckets and what the workload may do in them. The key is the construct id, so the order of the entries
   * changes nothing.
   */
  readonly dataBuckets: { [id: string]: DataBucketSource };

  /**
   * The bucket that receives the server access logs of new data buckets, under `s3-access-logs/`: of the same account
   * and Region. If this stack owns it, its policy gets what lets S3 write; else its owner must add what
   * `requiredPolicies` shows.
   *
   * @default - a log bucket of the construct
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
   */
  readonly accessLogsBucket?: IBucket;

  /**
   * Whether the new buckets are emptied when the stack is deleted, log bucket included: by a function of the CDK, which
   * the buckets' policies let delete and nothing else. Only with `RemovalPolicy.DESTROY`. It needs a bootstrapped
   * account, and leaves the log group of the function.
   *
   * @default false
   */
  readonly autoDeleteObjects?: boolean;

  /**
   * AWS's own buckets that the instances need, such as package repositories.
   *
   * @default - none: the instances cannot install or update packages
   */
  readonly awsOwnedBuckets?: AwsOwnedBucket[];

  /**
   * What the workload runs on.
   *
   * @default Compute.instance()
   */
  readonly compute?: Compute;

  /**
   * Whether the role's credentials reach no S3 data outside the VPC and the instance that they were issued to.
   * What Session Manager needs of `ssm` and `ssmmessages` is not bound.
   *
   * @default true
   * @see
   * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-ec2instancesourcevpc
   */
  readonly credentialBinding?: boolean;

  /**
   * Which names the VPC of the workload resolves. Queries through a DNS Firewall are charged, so none is made unless
   * it is asked for.
   *
   * @default - any name: that none carries data out is an assumption of the proof
   * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-dns-firewall.html
   */
  readonly dnsFirewall?: DnsFirewall;

  /**
   * How the data buckets are encrypted at rest.
   *
   * @default DataEncryption.customerManagedKey()
   */
  readonly encryption?: DataEncryption;

  /**
   * The bucket that receives the flow logs of the new VPC, under `vpc-flow-logs/`, also of another account, such as
   * that of the log archive. If this stack owns it, its policy gets what lets VPC write; else its owner must add what
   * `requiredPolicies` shows.
   *
   * @default - a log bucket of the construct
   * @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-permissions.html
   */
  readonly flowLogsBucket?: IBucket;

  /**
   * Roles of on-premises networks that reach data buckets through the interface endpoint, which has to be made here:
   * `interfaceEndpoint` or `gatewayAndInterface`. The key is a construct id.
   *
   * @default - nobody: the policy of the interface endpoint allows the workload's role only
   */
  readonly onPremises?: { [id: string]: OnPremisesAccess };

  /**
   * The addresses of the new VPC and its subnets: /16 to /28, with room for a subnet of /28 or larger in each
   * Availability Zone. Only the deployment tells whether they overlap with those of networks that the VPC is connected
   * with.
   *
   * @default IpAddresses.cidr('10.0.0.0/16')
   */
  readonly ipAddresses?: IIpAddresses;

  /**
   * In how many Availability Zones the new VPC has a subnet: 1 to 6, and no more than the Region has, which only the
   * deployment tells.
   *
   * @default 2
   */
  readonly maxAzs?: number;

  /**
   * The organization, and the organizational units of it, that principals and buckets belong to.
   *
   * @default - not tied to an organization
   */
  readonly organization?: OrganizationBoundary;

  /**
   * Principals that reach the objects from outside the endpoint, as far as their own policies allow it.
   *
   * @default - nobody
   */
  readonly perimeterExemptions?: PerimeterExemption[];

  /**
   * Whether every synthesis of the app proves that only the intended path is open, and fails with a counterexample if
   * it is not.
   *
   * @default true
   */
  readonly proveAtSynthesis?: boolean;

  /**
   * What becomes of the new buckets, their policies and the key when the stack is deleted: for a test stack
   * `RemovalPolicy.DESTROY`. CloudFormation does not empty buckets: name `autoDeleteObjects` too, or the deletion fails
   * at the first bucket with an object in it. KMS deletes the key 30 days later.
   *
   * @default RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * How people reach the instances.
   *
   * @default RemoteAccess.none()
   */
  readonly remoteAccess?: RemoteAccess;

  /**
   * The role of the workload, to choose its name, path or permissions boundary: any role that EC2 can assume. If this
   * stack owns it, managed policies are attached to it; if another stack or account does, its owner must attach what
   * `requiredPolicies` shows.
   *
   * @default - a new role that EC2 alone can assume
   */
  readonly role?: IRole;

  /**
   * Which S3 endpoint the workload uses.
   *
   * @default S3EndpointMode.gateway()
   */
  readonly s3Endpoint?: S3EndpointMode;

  /**
   * The prefix list of S3 in this Region, as the only target of egress. Only the first request tells whether an id
   * that is not known here is that of S3. Required in a VPC with other routes out, where
   * the Region's own is not known.
   *
   * @default - the Region's own where its id is known, else any address that the routes reach
   */
  readonly s3PrefixList?: IPrefixList;

  /**
   * The security group of the instances. HTTPS to S3 is added to it as egress; no ingress is. A group that lets
   * everything out is refused where the app defines it. Where it is imported so that the CDK adds no rules, a warning
   * says what its owner must allow.
   *
   * @default - a new one, without ingress and with HTTPS to S3 as the only egress
   */
  readonly securityGroup?: ISecurityGroup;

  /**
   * The VPC of the workload. Of one that is imported, only the deployment tells whether it and its subnets are there,
   * and whether its route tables have a gateway endpoint of S3 already.
   *
   * @default - a new one without a way out: isolated subnets, no internet gateway, no NAT, no public address
   */
  readonly vpc?: IVpc;

  /**
   * The subnets of the workload. Public subnets are refused.
   *
   * @default - the isolated subnets of the VPC
   */
  readonly vpcSubnets?: SubnetSelection;
}
