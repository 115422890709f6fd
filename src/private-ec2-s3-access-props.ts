import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { IPrefixList, ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { IRole } from 'aws-cdk-lib/aws-iam';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import {
  ACCESS_LIST_FIELDS,
  AwsOwnedBucket,
  OrganizationBoundary,
  PerimeterExemption,
  exemptRoleProblems,
  outsideAccountsProblems,
  partitionProblems,
} from './access';
import { COMPUTE, Compute, egressProblems, outboundProblems } from './compute';
import {
  ISOLATED,
  MODE,
  ON_PREMISES,
  OnPremisesAccess,
  S3EndpointMode,
  endpointProblems,
  onPremisesProblems,
  zoneProblems,
} from './endpoint';
import { roleProblems } from './identity';
import { DNS_FIREWALL, DnsFirewall, prefixListProblems } from './network';
import {
  BUCKET,
  FLAG,
  Fields,
  PREFIX_LIST,
  Problem,
  ROLE,
  Rule,
  SECURITY_GROUP,
  SUBNETS,
  VPC,
  isConcrete,
  optional,
  otherRegionProblems,
  otherVpcProblems,
  unless,
} from './private';
import { REMOTE_ACCESS, RemoteAccess } from './remote-access';
import {
  DATA_BUCKETS,
  DataBucketSource,
  DataEncryption,
  ENCRYPTION,
  REMOVAL_FIELDS,
  REMOVAL_RULE,
  accessLogsBucketProblems,
  dataBucketsProblems,
  logBucketProblems,
} from './storage';

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
   * `requiredLogBucketStatements` shows.
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
   * `requiredLogBucketStatements` shows.
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
   * The role of the workload: a `WorkloadRole` without an access list of its own, to choose name, path and
   * permissions boundary, or any role that EC2 can assume. If another stack or account owns it, its owner must attach
   * what `requiredRoleStatements` shows.
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
   * The prefix list of S3 in this Region, as the only target of egress. Only the first request tells whether an id
   * that is not known here is that of S3. Required in a VPC with other routes out, where
   * the Region's own is not known.
   *
   * @default - the Region's own where its id is known, else any address that the routes reach
   */
  readonly s3PrefixList?: IPrefixList;

  /**
   * The security group of the instances. HTTPS to S3 is added to it as egress; no ingress is. A group that lets
   * everything out is refused where the app defines it; where it is imported so that the CDK adds no rules, a warning
   * says what its owner must allow.
   *
   * @default - a new one, without ingress and with HTTPS to S3 as the only egress
   */
  readonly securityGroup?: ISecurityGroup;

  /**
   * The VPC of the workload. Of one that is imported, only the deployment tells whether it and its subnets are there,
   * and whether its route tables have a gateway endpoint of S3 already.
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

/** The props by their names. */
export const PROPS: Fields<PrivateEc2S3AccessProps> = {
  dataBuckets: DATA_BUCKETS,
  role: optional(ROLE),
  onPremises: optional(ON_PREMISES),
  accessLogsBucket: optional(BUCKET),
  flowLogsBucket: optional(BUCKET),
  ...ACCESS_LIST_FIELDS,
  vpc: optional(VPC),
  vpcSubnets: optional(SUBNETS),
  dnsFirewall: optional(DNS_FIREWALL),
  s3Endpoint: optional(MODE),
  s3PrefixList: optional(PREFIX_LIST),
  securityGroup: optional(SECURITY_GROUP),
  compute: optional(COMPUTE),
  encryption: optional(ENCRYPTION),
  remoteAccess: optional(REMOTE_ACCESS),
  proveAtSynthesis: optional(FLAG),
  ...REMOVAL_FIELDS,
};

/** What the props are together, and in the stack of the scope. */
export function propsRules(scope: Construct): Array<Rule<PrivateEc2S3AccessProps>> {
  const stack = () => Stack.of(scope);
  return [
    { reads: ['dataBuckets', 's3Endpoint'], problems: props => bucketsIn(props, stack()) },
    REMOVAL_RULE,
    { reads: ['role'], problems: ({ role }) => roleProblems(role, stack()) },
    {
      reads: ['onPremises', 'dataBuckets', 's3Endpoint', 'role', 'perimeterExemptions'],
      problems: props => networksIn(props, stack()),
    },
    { reads: ['accessLogsBucket'], problems: props => accessLogsBucketProblems(props.accessLogsBucket, stack()) },
    { reads: ['vpc', 'flowLogsBucket'], problems: flowLogsBucketProblems },
    { reads: ['organization'], problems: props => outsideAccountsProblems(props.organization, stack().account) },
    {
      reads: ['vpc', 'vpcSubnets', 's3Endpoint', 'credentialBinding', 'awsOwnedBuckets'],
      problems: props => endpointProblems({ ...props, mode: modeOf(props), region: stack().region }),
    },
    { reads: ['vpc', 's3Endpoint'], problems: props => sharedVpcProblems(props, stack().account) },
    {
      reads: ['dnsFirewall', 'vpc'],
      problems: ({ dnsFirewall, vpc }) => dnsFirewall?._problemsIn(scope, vpc) ?? [],
    },
    {
      reads: ['role', 'perimeterExemptions'],
      problems: ({ role, perimeterExemptions }) =>
        role === undefined ? [] : exemptRoleProblems(perimeterExemptions, role),
    },
    { reads: ['perimeterExemptions'], problems: props => partitionProblems(props.perimeterExemptions, stack().region) },
    { reads: ['encryption'], problems: ({ encryption }) => encryption?._problemsIn(stack().region) ?? [] },
    {
      reads: ['dataBuckets', 'accessLogsBucket', 'flowLogsBucket', 'perimeterExemptions'],
      problems: props => logBucketProblems(props.dataBuckets, props, stack()),
    },
    { reads: ['securityGroup', 'vpc'], problems: props => securityGroupProblems(props, stack().region) },
    {
      reads: ['vpc', 'vpcSubnets', 's3Endpoint', 's3PrefixList'],
      problems: props => egressProblems(modeOf(props), stack().region, props),
    },
    { reads: ['s3PrefixList'], problems: props => prefixListProblems(props.s3PrefixList, stack().region) },
    { reads: ['compute', 'role'], problems: ({ compute, role }) => compute?._problemsIn(stack(), role) ?? [] },
    {
      reads: ['compute', 'vpc', 'vpcSubnets'],
      problems: ({ compute, vpc, vpcSubnets }) =>
        vpc === undefined || compute?._hasMachines === false ? [] : zoneProblems(vpc, vpcSubnets ?? ISOLATED),
    },
    {
      reads: ['remoteAccess', 'vpc', 's3Endpoint'],
      problems: props =>
        props.remoteAccess?._problemsIn({ scope, vpc: props.vpc, s3Regions: modeOf(props)._regions(stack().region) }) ??
        [],
    },
  ];
}

function modeOf({ s3Endpoint }: PrivateEc2S3AccessProps): S3EndpointMode {
  return s3Endpoint ?? S3EndpointMode.gateway();
}

function bucketsIn(props: PrivateEc2S3AccessProps, stack: Stack): Problem[] {
  return dataBucketsProblems(props.dataBuckets, stack, modeOf(props)._regions(stack.region));
}

function networksIn(props: PrivateEc2S3AccessProps, { account, region }: Stack): Problem[] {
  return onPremisesProblems(props.onPremises, {
    account,
    region,
    perimeterExemptions: props.perimeterExemptions,
    bucketIds: Object.keys(props.dataBuckets).sort(),
    makesInterface: modeOf(props)._makesInterface,
    role: props.role,
  });
}

/** Security groups are of one VPC, and nothing that exists is in one that is made here. */
function securityGroupProblems({ securityGroup, vpc }: PrivateEc2S3AccessProps, region: string): Problem[] {
  if (securityGroup === undefined) {
    return [];
  }
  return [
    ...unless(vpc !== undefined, {
      prop: 'securityGroup',
      got: securityGroup,
      allowed: 'one together with its vpc: a group that exists is in no VPC that is made here',
      fix: 'name the vpc of the group, or leave the group out',
    }),
    ...(vpc === undefined ? [] : otherVpcProblems('securityGroup', [securityGroup], vpc)),
    ...otherRegionProblems('securityGroup', securityGroup, region),
    ...outboundProblems(securityGroup),
  ];
}

/** What is wrong with an endpoint in a VPC that another account shares: its participants make none. */
function sharedVpcProblems({ vpc, s3Endpoint }: PrivateEc2S3AccessProps, account: string): Problem[] {
  const owner = vpc?.env.account;
  const isShared = isConcrete(owner) && isConcrete(account) && owner !== account;
  return isShared && !s3Endpoint?._isExisting
    ? [
        {
          prop: 's3Endpoint',
          got: s3Endpoint === undefined ? undefined : 'an endpoint to make',
          allowed: `an endpoint that exists, in a VPC that the account ${owner} shares: only its owner can make endpoints there`,
          fix: 'let the owner make it, and use S3EndpointMode.fromGatewayEndpoint or S3EndpointMode.fromInterfaceEndpoint',
        },
      ]
    : [];
}

/** Flow logs of a VPC that exists are the business of whoever made it. */
function flowLogsBucketProblems({ vpc, flowLogsBucket }: PrivateEc2S3AccessProps): Problem[] {
  return vpc === undefined || flowLogsBucket === undefined
    ? []
    : [
        {
          prop: 'flowLogsBucket',
          got: flowLogsBucket,
          allowed: 'no bucket together with vpc: flow logs are made for the new VPC only',
          fix: 'leave it out, and call vpc.addFlowLog',
        },
      ];
}
