import { Stack } from 'aws-cdk-lib';
import { IPrefixList, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { IRole } from 'aws-cdk-lib/aws-iam';
import { Compute } from './compute/compute';
import { AwsOwnedBucket } from './endpoint/aws-owned-bucket';
import { S3EndpointMode } from './endpoint/s3-endpoint-mode';
import { ISOLATED, subnetProblems } from './endpoint/subnet-problems';
import { roleProblems } from './identity/adopted-role';
import { OrganizationBoundary, organizationProblems, outsideAccountsProblems } from './organization/organization-boundary';
import { PerimeterExemption } from './perimeter/perimeter-exemption';
import { Problem } from './private/errors';
import { RemoteAccess } from './remote-access/remote-access';
import { dataBucketsProblems } from './storage/data-bucket-problems';
import { DataBucketSource } from './storage/data-bucket-source';
import { DataEncryption } from './storage/data-encryption';

/** Properties of `PrivateEc2S3Access`. */
export interface PrivateEc2S3AccessProps {
  /**
   * The data buckets and what the workload may do in them. The key is the construct id, so the order of the entries
   * changes nothing.
   */
  readonly dataBuckets: { [id: string]: DataBucketSource };

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
   * Whether the role's credentials are useless outside the VPC and the instance that they were issued to.
   *
   * @default true
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-ec2instancesourcevpc
   */
  readonly credentialBinding?: boolean;

  /**
   * How the data buckets are encrypted at rest.
   *
   * @default DataEncryption.customerManagedKey()
   */
  readonly encryption?: DataEncryption;

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
   * Whether every synthesis of the app proves that only the intended path is open, and fails with a counterexample if it is not.
   *
   * @default true
   */
  readonly proveAtSynthesis?: boolean;

  /**
   * How people reach the instances.
   *
   * @default RemoteAccess.none()
   */
  readonly remoteAccess?: RemoteAccess;

  /**
   * The role of the workload. If another stack or account owns it, its owner must attach what `requiredRoleStatements` shows.
   *
   * @default - a new WorkloadRole
   */
  readonly role?: IRole;

  /**
   * Which S3 endpoint the workload uses.
   *
   * @default S3EndpointMode.gateway()
   */
  readonly s3Endpoint?: S3EndpointMode;

  /**
   * The prefix list of S3 in this Region, as the only target of egress. Required in a VPC with other routes out, where
   * the Region's own is not known.
   *
   * @default - the Region's own where its id is known, else any address that the routes reach
   */
  readonly s3PrefixList?: IPrefixList;

  /**
   * The VPC of the workload.
   *
   * @default - a new PrivateNetwork
   */
  readonly vpc?: IVpc;

  /**
   * The subnets of the workload. Public subnets are refused.
   *
   * @default - the isolated subnets of the VPC
   */
  readonly vpcSubnets?: SubnetSelection;
}

/** What is wrong with the props, all of it, before anything is made. */
export function propsProblems(props: PrivateEc2S3AccessProps, { account, region }: Stack): Problem[] {
  const makesGateway = (props.s3Endpoint ?? S3EndpointMode.gateway())._makesGateway;
  return [
    ...dataBucketsProblems(props.dataBuckets, region),
    ...roleProblems(props.role, account),
    ...organizationProblems(props.organization),
    ...outsideAccountsProblems(props.organization, account),
    ...(props.awsOwnedBuckets ?? []).flatMap(bucket => bucket._problemsIn(region)),
    ...props.vpc === undefined ? [] : subnetProblems(props.vpc, props.vpcSubnets ?? ISOLATED, makesGateway),
  ];
}
