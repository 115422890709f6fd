import { CfnResource, Resource } from 'aws-cdk-lib';
import { MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import {
  IGatewayVpcEndpoint,
  IInterfaceVpcEndpoint,
  IIpAddresses,
  IMachineImage,
  IPrefixList,
  ISecurityGroup,
  IVpc,
  InstanceType,
  SubnetSelection,
  UserData,
} from 'aws-cdk-lib/aws-ec2';
import { IInstanceProfile, IManagedPolicy, IRole, Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnKey, IKey } from 'aws-cdk-lib/aws-kms';
import { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { Construct, Dependable, IDependable } from 'constructs';
import { Check, Kind, isAbsent, kind } from './kind';
import { instance, isPlain } from './values';
import { Problem, unless } from '../errors';
import { holdsNothing, isConcrete, withoutTokens } from '../tokens';

/** Members of an interface that are used here, and those that only another interface with the same members has. */
interface Members {
  readonly has: readonly string[];
  readonly lacks?: readonly string[];
}

/** A resource of the CDK, made or imported, told by the members that are used: who implements an interface need not extend a class. */
function resource<T>(allowed: string, fix: string, members: Members, check?: Check<T>): Kind<T> {
  const checked = kind(allowed, fix, value => isResource(value) && fits(value, members), check);
  const problems = (prop: string, value: unknown) => {
    const wrapped = CfnResource.isCfnResource(value) ? WRAPPERS[value.cfnResourceType] : undefined;
    return wrapped === undefined
      ? checked.problems(prop, value)
      : [
          {
            prop,
            got: value,
            allowed: `${allowed}, not the resource of CloudFormation itself`,
            fix: `pass ${wrapped}`,
          },
        ];
  };
  return { ...checked, problems };
}

/** What takes a resource of CloudFormation and gives what is passed here. */
const WRAPPERS: Readonly<Record<string, string>> = {
  'AWS::EC2::SecurityGroup': "SecurityGroup.fromSecurityGroupId(this, 'Group', group.attrGroupId)",
  'AWS::EC2::VPC': "Vpc.fromVpcAttributes(this, 'Vpc', { vpcId: vpc.attrVpcId, ... })",
  'AWS::IAM::Role': "Role.fromRoleArn(this, 'Role', role.attrArn)",
  'AWS::KMS::Key': 'Key.fromCfnKey(key)',
  'AWS::Logs::LogGroup': "LogGroup.fromLogGroupArn(this, 'Logs', group.attrArn)",
  'AWS::S3::Bucket': 'Bucket.fromCfnBucket(bucket)',
};

function isResource(value: unknown): value is Construct {
  return Construct.isConstruct(value) && Resource.isResource(value);
}

function fits(value: object, { has, lacks = [] }: Members): boolean {
  return has.every(member => member in value) && !lacks.some(member => member in value);
}

export const BUCKET = resource<IBucket>(
  'a bucket',
  'pass a Bucket, or import it by Bucket.fromBucketAttributes',
  { has: ['bucketArn', 'bucketName', 'addToResourcePolicy'] },
  (prop, { bucketArn, bucketName }) => [
    ...idProblems(prop, bucketName, 'a bucket with a name'),
    ...unless(!isConcrete(bucketArn) || /^arn:[^:]*:s3:::[^/*?]*$/.test(bucketArn), {
      prop: `${prop}.bucketArn`,
      got: bucketArn,
      allowed: 'the ARN of a bucket, arn:aws:s3:::name',
      fix: 'import the bucket itself, without objects of it',
    }),
    ...otherServiceProblems(`${prop}.bucketName`, bucketName),
  ],
);

export const ROLE = resource<IRole>(
  'a role',
  'pass a Role, or import it by Role.fromRoleArn',
  { has: ['roleArn', 'roleName', 'grantPrincipal', 'assumeRoleAction'] },
  (prop, { roleArn }) => idProblems(prop, roleArn, 'a role with an ARN'),
);

export const KEY = resource<IKey>(
  'a KMS key',
  'pass a Key, or import it by Key.fromKeyArn',
  { has: ['keyArn', 'keyId', 'addToResourcePolicy'] },
  keyProblems,
);

export const VPC = resource<IVpc>(
  'a VPC',
  'pass a Vpc, or import it by Vpc.fromVpcAttributes',
  {
    has: ['vpcId', 'selectSubnets', 'isolatedSubnets'],
  },
  (prop, { vpcId }) => formProblems(prop, vpcId, 'vpc', 'VPC'),
);

export const SECURITY_GROUP = resource<ISecurityGroup>(
  'a security group',
  'pass a SecurityGroup, or import it by SecurityGroup.fromSecurityGroupId',
  { has: ['securityGroupId', 'addEgressRule'] },
  (prop, { securityGroupId }) => formProblems(prop, securityGroupId, 'sg', 'security group'),
);

export const PREFIX_LIST = resource<IPrefixList>(
  'a prefix list',
  "import it by PrefixList.fromPrefixListId(this, 'S3', 'pl-...')",
  { has: ['prefixListId'] },
  (prop, { prefixListId: got }) =>
    unless(isId(got) && (!isConcrete(got) || /^pl-[0-9a-z]+$/.test(got)), {
      prop,
      got,
      allowed: 'the id of a prefix list, pl-...',
      fix: 'copy the id of the list of S3 from the VPC console',
    }),
);

export const GATEWAY_ENDPOINT = resource<IGatewayVpcEndpoint>(
  'a gateway endpoint',
  'import it by GatewayVpcEndpoint.fromGatewayVpcEndpointId',
  { has: ['vpcEndpointId'], lacks: ['connections'] },
  (prop, endpoint) => endpointIdProblems(prop, endpoint.vpcEndpointId),
);

export const INTERFACE_ENDPOINT = resource<IInterfaceVpcEndpoint>(
  'an interface endpoint',
  'import it by InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes',
  { has: ['vpcEndpointId', 'connections'] },
  (prop, endpoint) => endpointIdProblems(prop, endpoint.vpcEndpointId),
);

export const INSTANCE_PROFILE = resource<IInstanceProfile>(
  'an instance profile',
  'import it by InstanceProfile.fromInstanceProfileAttributes, with its role',
  { has: ['instanceProfileArn', 'instanceProfileName'] },
  (prop, { instanceProfileName }) => idProblems(prop, instanceProfileName, 'an instance profile with a name'),
);

export const LOG_GROUP = resource<ILogGroup>(
  'a log group',
  'pass a LogGroup, or import it by LogGroup.fromLogGroupName',
  { has: ['logGroupArn', 'logGroupName'] },
  (prop, { logGroupName }) => idProblems(prop, logGroupName, 'a log group with a name'),
);

export const INLINE_POLICY = resource<Policy>('a policy', 'pass a Policy', { has: ['policyName', 'attachToRole'] });

export const ASSET = instance<Asset>(
  'aws-cdk-lib.aws_s3_assets.Asset',
  'an asset',
  "make it with new Asset(this, 'File', { path })",
);
export const INSTANCE_TYPE = instance<InstanceType>(
  'aws-cdk-lib.aws_ec2.InstanceType',
  'an instance type',
  "write new InstanceType('t4g.small')",
);
export const USER_DATA = instance<UserData>(
  'aws-cdk-lib.aws_ec2.UserData',
  'user data',
  'make it with UserData.forLinux()',
);
export const STATEMENT = instance<PolicyStatement>(
  'aws-cdk-lib.aws_iam.PolicyStatement',
  'a policy statement',
  'make it with new PolicyStatement({ ... })',
);

/** How a metric is shown. */
export const METRIC_OPTIONS = cdkStruct<MetricOptions>('options of a metric', 'write { period: Duration.minutes(5) }', [
  'account',
  'color',
  'dimensionsMap',
  'label',
  'period',
  'region',
  'statistic',
  'unit',
]);

/** Policies of AWS are no constructs. */
export const MANAGED_POLICY = implementing<IManagedPolicy>(
  'a managed policy',
  'pass a ManagedPolicy, or import it by ManagedPolicy.fromManagedPolicyArn',
  'managedPolicyArn',
  (prop, { managedPolicyArn: got }) =>
    unless(isId(got) && (!isConcrete(got) || /^arn:aws(-[a-z]+)*:iam::(aws|\d{12}):policy\/.+$/.test(got)), {
      prop,
      got,
      allowed: 'a managed policy with its ARN',
      fix: 'import it by ManagedPolicy.fromManagedPolicyArn, with arn:aws:iam::111122223333:policy/Name',
    }),
);
export const MACHINE_IMAGE = implementing<IMachineImage>(
  'a machine image',
  'make it with MachineImage.latestAmazonLinux2023()',
  'getImage',
);
export const IP_ADDRESSES = implementing<IIpAddresses>(
  'a source of addresses',
  "write IpAddresses.cidr('10.0.0.0/16')",
  'allocateVpcCidr',
);

export const DEPENDABLE = kind<IDependable>(
  'what can be waited for',
  'pass a construct or a DependencyGroup',
  isDependable,
);

const SUBNET_MEMBERS: ReadonlyArray<keyof SubnetSelection> = [
  'availabilityZones',
  'onePerAz',
  'subnetFilters',
  'subnetGroupName',
  'subnets',
  'subnetType',
];
export const SUBNETS = cdkStruct<SubnetSelection>(
  'a selection of subnets',
  'write { subnetType: SubnetType.PRIVATE_ISOLATED }',
  SUBNET_MEMBERS,
);

/** Options of the CDK: what else is in them is the business of the CDK, of which a newer one has more. */
export function cdkStruct<T>(allowed: string, fix: string, members: ReadonlyArray<keyof T & string>): Kind<T> {
  return kind(
    allowed,
    fix,
    value =>
      isPlain(value) ||
      (typeof value === 'object' && !isAbsent(value) && !Array.isArray(value) && members.some(each => each in value)),
  );
}

/** What implements an interface without being a resource; a literal does not. */
function implementing<T>(allowed: string, fix: string, name: string, check?: Check<T>): Kind<T> {
  return kind(allowed, fix, value => typeof value === 'object' && !isAbsent(value) && name in value, check);
}

function isDependable(value: unknown): boolean {
  try {
    return typeof value === 'object' && Dependable.of(value as IDependable) !== undefined;
  } catch {
    return false;
  }
}

function endpointIdProblems(prop: string, got: string): Problem[] {
  return unless(isId(got) && (!isConcrete(got) || /^vpce-[0-9a-z]+$/.test(got)), {
    prop,
    got,
    allowed: 'the id of a VPC endpoint, vpce-...',
    fix: 'copy the id of the endpoint from the VPC console',
  });
}

/** S3, EBS and Session Manager encrypt with symmetric keys, and policies name keys by their own ARN. */
function keyProblems(prop: string, key: IKey): Problem[] {
  const { keySpec, keyUsage } = (key.node.defaultChild ?? {}) as Partial<CfnKey>;
  const isSymmetric =
    [undefined, 'SYMMETRIC_DEFAULT'].includes(keySpec) && [undefined, 'ENCRYPT_DECRYPT'].includes(keyUsage);
  return [
    ...idProblems(prop, key.keyArn, 'a key with an ARN'),
    ...('aliasName' in key || key.keyArn.includes(':alias/')
      ? [
          {
            prop,
            got: key,
            allowed: 'a key: policies do not match the ARN of an alias',
            fix: 'import the key itself by Key.fromKeyArn',
          },
        ]
      : []),
    ...(isSymmetric
      ? []
      : [{ prop, got: key, allowed: 'a symmetric key for encryption', fix: 'make it without keySpec and keyUsage' }]),
  ];
}

/** What was imported by a value that is not there, or by that of something else. */
export function formProblems(prop: string, got: unknown, prefix: string, name: string): Problem[] {
  return unless(isId(got) && (!isConcrete(got) || new RegExp(`^${prefix}-[0-9a-z-]+$`).test(got)), {
    prop,
    got,
    allowed: `a ${name} with an id, ${prefix}-...`,
    fix: `copy the id of the ${name} from the VPC console`,
  });
}

/** What was imported by a value that is not there. */
function idProblems(prop: string, value: unknown, allowed: string): Problem[] {
  return unless(isId(value), { prop, got: value, allowed, fix: 'see to the value that it is imported by' });
}

/** Whether a text names something: ARNs end with a name. */
function isId(value: unknown): value is string {
  return typeof value === 'string' && !/(^|[:/])$/.test(withoutTokens(value)) && !holdsNothing(value);
}

/** What the names of buckets end with that the S3 endpoints do not lead to, and those of what is no bucket. */
const OTHER_SERVICES: ReadonlyArray<readonly [broken: RegExp, allowed: string]> = [
  [/--x-s3$/, 'no directory bucket (--x-s3), which is another service with another endpoint'],
  [/(-s3alias|--ol-s3|\.mrap|--table-s3)$/, 'a bucket, not an access point or a table bucket'],
];

/** What is wrong with the name of a bucket that exists: it may be of a kind that the S3 endpoint does not lead to. */
function otherServiceProblems(prop: string, got: string): Problem[] {
  return OTHER_SERVICES.filter(([broken]) => isConcrete(got) && broken.test(got)).map(([, allowed]) => ({
    prop,
    got,
    allowed,
    fix: 'name the general purpose bucket itself',
  }));
}
