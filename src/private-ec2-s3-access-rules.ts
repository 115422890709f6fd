import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import {
  ACCESS_LIST_FIELDS,
  AccessListProps,
  AwsOwnedBucket,
  exemptRoleProblems,
  outsideAccountsProblems,
  partitionProblems,
} from './access';
import { COMPUTE, egressProblems, outboundProblems } from './compute';
import {
  ISOLATED,
  MODE,
  ON_PREMISES,
  S3EndpointMode,
  endpointProblems,
  onPremisesProblems,
  sharedProblems,
  zoneProblems,
} from './endpoint';
import { roleProblems } from './identity';
import { DNS_FIREWALL, NETWORK_FIELDS, addressesProblems, prefixListProblems } from './network';
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
import { PrivateEc2S3AccessProps } from './private-ec2-s3-access-props';
import { REMOTE_ACCESS } from './remote-access';
import {
  DATA_BUCKETS,
  ENCRYPTION,
  REMOVAL_FIELDS,
  REMOVAL_RULE,
  accessLogsBucketProblems,
  dataBucketsProblems,
  logBucketProblems,
} from './storage';

/** The props by their names. */
export const PROPS: Fields<PrivateEc2S3AccessProps> = {
  dataBuckets: DATA_BUCKETS,
  role: optional(ROLE),
  onPremises: optional(ON_PREMISES),
  accessLogsBucket: optional(BUCKET),
  flowLogsBucket: optional(BUCKET),
  ...ACCESS_LIST_FIELDS,
  vpc: optional(VPC),
  ipAddresses: NETWORK_FIELDS.ipAddresses,
  maxAzs: NETWORK_FIELDS.maxAzs,
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
    { reads: ['vpc', 'ipAddresses', 'maxAzs'], problems: addressesOfNewVpc },
    { reads: ['organization'], problems: props => outsideAccountsProblems(props.organization, stack().account) },
    {
      reads: ['vpc', 'vpcSubnets', 's3Endpoint', 'credentialBinding', 'awsOwnedBuckets', 'remoteAccess'],
      problems: props => endpointIn(props, stack()),
    },
    { reads: ['vpc', 's3Endpoint'], problems: props => sharedVpcProblems(props, stack().account) },
    { reads: ['vpc', 's3Endpoint'], problems: props => sharedProblems(modeOf(props), props.vpc, stack()) },
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

function endpointIn(props: PrivateEc2S3AccessProps, { region }: Stack): Problem[] {
  return endpointProblems({ ...props, awsOwnedBuckets: awsOwnedBucketsOf(props), mode: modeOf(props), region });
}

/** What the access list is made with. */
export function listProps(props: PrivateEc2S3AccessProps): AccessListProps {
  const { credentialBinding, organization, perimeterExemptions } = props;
  return { awsOwnedBuckets: awsOwnedBucketsOf(props), credentialBinding, organization, perimeterExemptions };
}

/** The buckets of AWS that are named, and those that remote access needs in addition. */
function awsOwnedBucketsOf({
  awsOwnedBuckets = [],
  remoteAccess,
}: Pick<PrivateEc2S3AccessProps, 'awsOwnedBuckets' | 'remoteAccess'>): AwsOwnedBucket[] {
  const named = new Set(awsOwnedBuckets.map(({ purpose }) => purpose));
  const needed = remoteAccess?._awsOwnedBuckets ?? [];
  return [...awsOwnedBuckets, ...needed.filter(({ purpose }) => !named.has(purpose))];
}

function modeOf({ s3Endpoint }: PrivateEc2S3AccessProps): S3EndpointMode {
  return s3Endpoint ?? S3EndpointMode.gateway();
}

function bucketsIn(props: PrivateEc2S3AccessProps, stack: Stack): Problem[] {
  const mode = modeOf(props);
  return dataBucketsProblems(props.dataBuckets, stack, { regions: mode._regions(stack.region), lists: mode._lists });
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
  return isShared && s3Endpoint?._isNew !== false
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

/** What exists has its addresses and its subnets already. */
function addressesOfNewVpc({ vpc, ipAddresses, maxAzs }: PrivateEc2S3AccessProps): Problem[] {
  const isNew = vpc === undefined;
  const problem = (prop: string, got: unknown) => ({
    prop,
    got,
    allowed: 'nothing together with vpc: it is about the new VPC only',
    fix: 'leave it out, or leave vpc out',
  });
  return [
    ...unless(isNew || ipAddresses === undefined, problem('ipAddresses', 'addresses')),
    ...unless(isNew || maxAzs === undefined, problem('maxAzs', maxAzs)),
    ...(isNew && ipAddresses !== undefined ? addressesProblems('ipAddresses', ipAddresses, maxAzs ?? 2) : []),
  ];
}

/** Something is added when the policies are there already. */
export function tooLate(prop: string, got: string, method: string): Problem {
  return {
    prop,
    got,
    allowed: 'what is added before the policies are rendered',
    fix: `call ${method} in a constructor, or in an aspect with a priority below AspectPriority.MUTATING`,
  };
}
