/**
 * How CloudFormation names what a type of resource makes. The patterns know `{name}`, `{partition}`, `{account}`,
 * `{region}`, `{suffix}` and `{path}`, the property `Path` of IAM.
 */
export interface Naming {
  /** The property that holds the physical name; without it the name is made up at deployment. */
  readonly name?: string;
  /** What ids of this type begin with. */
  readonly prefix?: string;
  /** What `Ref` returns. */
  readonly ref: string;
  /** What `Fn::GetAtt` returns, by attribute. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Attributes that are the property of the same name, where it is given. */
  readonly copies: readonly string[];
}

function naming(parts: Partial<Naming>): Naming {
  return { ref: '{name}', attributes: {}, copies: [], ...parts };
}

/** Something of EC2: `Ref` and the attribute are the id. */
function ec2(prefix: string, idAttribute: string, ...copies: readonly string[]): Naming {
  return naming({ prefix: `${prefix}-`, attributes: { [idAttribute]: '{name}' }, copies });
}

function iam(kind: string, name: string): Naming {
  return naming({ name, attributes: { Arn: `arn:{partition}:iam::{account}:${kind}{path}{name}` } });
}

const MANAGED_POLICY_ARN = 'arn:{partition}:iam::{account}:policy{path}{name}';

const KEY: Naming = naming({
  attributes: { Arn: 'arn:{partition}:kms:{region}:{account}:key/{name}', KeyId: '{name}' },
});

const TOPIC_ARN = 'arn:{partition}:sns:{region}:{account}:{name}';

/**
 * The types whose names and ARNs matter to the pattern.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html
 */
const NAMINGS: Readonly<Record<string, Naming>> = {
  'AWS::S3::Bucket': naming({
    name: 'BucketName',
    attributes: {
      Arn: 'arn:{partition}:s3:::{name}',
      DomainName: '{name}.s3.{suffix}',
      RegionalDomainName: '{name}.s3.{region}.{suffix}',
      DualStackDomainName: '{name}.s3.dualstack.{region}.{suffix}',
    },
  }),
  'AWS::S3::AccessPoint': naming({
    name: 'Name',
    attributes: { Arn: 'arn:{partition}:s3:{region}:{account}:accesspoint/{name}' },
  }),
  'AWS::KMS::Key': KEY,
  'AWS::KMS::ReplicaKey': KEY,
  'AWS::KMS::Alias': naming({ name: 'AliasName' }),
  'AWS::IAM::Role': iam('role', 'RoleName'),
  'AWS::IAM::User': iam('user', 'UserName'),
  'AWS::IAM::Group': iam('group', 'GroupName'),
  'AWS::IAM::InstanceProfile': iam('instance-profile', 'InstanceProfileName'),
  'AWS::IAM::ManagedPolicy': naming({
    name: 'ManagedPolicyName',
    ref: MANAGED_POLICY_ARN,
    attributes: { PolicyArn: MANAGED_POLICY_ARN },
  }),
  'AWS::IAM::AccessKey': naming({ prefix: 'AKIA' }),
  'AWS::EC2::VPC': ec2('vpc', 'VpcId', 'CidrBlock'),
  'AWS::EC2::Subnet': ec2('subnet', 'SubnetId', 'VpcId', 'CidrBlock', 'AvailabilityZone'),
  'AWS::EC2::RouteTable': ec2('rtb', 'RouteTableId'),
  'AWS::EC2::SecurityGroup': ec2('sg', 'GroupId', 'VpcId'),
  'AWS::EC2::VPCEndpoint': ec2('vpce', 'Id'),
  'AWS::EC2::InternetGateway': ec2('igw', 'InternetGatewayId'),
  'AWS::EC2::EgressOnlyInternetGateway': ec2('eigw', 'Id'),
  'AWS::EC2::NatGateway': ec2('nat', 'NatGatewayId'),
  'AWS::EC2::TransitGateway': ec2('tgw', 'Id'),
  'AWS::EC2::VPNGateway': ec2('vgw', 'VPNGatewayId'),
  'AWS::EC2::VPCPeeringConnection': ec2('pcx', 'Id'),
  'AWS::EC2::PrefixList': ec2('pl', 'PrefixListId'),
  'AWS::EC2::NetworkInterface': ec2('eni', 'Id'),
  'AWS::EC2::LaunchTemplate': ec2('lt', 'LaunchTemplateId'),
  'AWS::EC2::Instance': ec2('i', 'InstanceId'),
  'AWS::EC2::DHCPOptions': ec2('dopt', 'DhcpOptionsId'),
  'AWS::EC2::NetworkAcl': ec2('acl', 'Id'),
  'AWS::EC2::CarrierGateway': ec2('cagw', 'CarrierGatewayId'),
  'AWS::Route53Resolver::ResolverRule': naming({ attributes: { ResolverRuleId: '{name}' } }),
  'AWS::Route53Resolver::FirewallRuleGroup': naming({ attributes: { Id: '{name}' } }),
  'AWS::Route53Resolver::FirewallDomainList': naming({ attributes: { Id: '{name}' } }),
  'AWS::AutoScaling::AutoScalingGroup': naming({ name: 'AutoScalingGroupName' }),
  'AWS::AutoScaling::LaunchConfiguration': naming({ name: 'LaunchConfigurationName' }),
  'AWS::Lambda::Function': naming({
    name: 'FunctionName',
    attributes: { Arn: 'arn:{partition}:lambda:{region}:{account}:function:{name}' },
  }),
  'AWS::SSM::Parameter': naming({ name: 'Name', copies: ['Type', 'Value'] }),
  'AWS::SNS::Topic': naming({
    name: 'TopicName',
    ref: TOPIC_ARN,
    attributes: { TopicArn: TOPIC_ARN, TopicName: '{name}' },
  }),
  'AWS::SQS::Queue': naming({
    name: 'QueueName',
    ref: 'https://sqs.{region}.{suffix}/{account}/{name}',
    attributes: { Arn: 'arn:{partition}:sqs:{region}:{account}:{name}', QueueName: '{name}' },
  }),
  'AWS::Logs::LogGroup': naming({
    name: 'LogGroupName',
    attributes: { Arn: 'arn:{partition}:logs:{region}:{account}:log-group:{name}:*' },
  }),
};

/** How CloudFormation names a type of resource; `undefined` if that is not known here. */
export function namingOf(type: string): Naming | undefined {
  return Object.hasOwn(NAMINGS, type) ? NAMINGS[type] : undefined;
}

/**
 * The pattern of the ARN of something of a type that is not in the table: well-formed, and the same for the same
 * resource only.
 */
export function genericArn(type: string): string {
  const service = (type.split('::')[1] ?? 'custom').toLowerCase();
  return `arn:{partition}:${service}:{region}:{account}:{name}`;
}

/** A pattern with its placeholders replaced. */
export function fill(pattern: string, values: Readonly<Record<string, string>>): string {
  return pattern.replaceAll(/\{(\w+)\}/g, (placeholder, key: string) => values[key] ?? placeholder);
}
