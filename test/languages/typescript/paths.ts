import { App, CfnOutput, Fn, Stack } from 'aws-cdk-lib';
import {
  InterfaceVpcEndpoint,
  IpAddresses,
  IpProtocol,
  PrefixList,
  SecurityGroup,
  SubnetType,
  Vpc,
  VpcEndpointDnsRecordIpType,
  VpcEndpointIpAddressType,
} from 'aws-cdk-lib/aws-ec2';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import {
  BucketAccess,
  Compute,
  DataBucketSource,
  DnsFirewall,
  PrivateEc2S3Access,
  S3EndpointMode,
} from 'cdk-private-ec2-s3-access';

const dataBuckets = () => ({
  UserData: DataBucketSource.create({ access: [BucketAccess.readWrite()], bucketNamePrefix: 'example-data' }),
});

/** Every option of the endpoints, and where the logs go that others keep. */
export function paths(app: App): void {
  const env = { account: '111122223333', region: 'eu-west-1' };
  dualStack(new Stack(app, 'DualStack', { env }));
  ownInterface(new Stack(app, 'OwnInterface', { env: { ...env, region: 'us-east-1' } }));
  otherRegion(new Stack(app, 'OtherRegion', { env }));
  hub(new Stack(app, 'Hub'));
  logsElsewhere(new Stack(app, 'LogsElsewhere'));
}

/** A VPC of isolated subnets. */
export function isolatedVpc(stack: Stack): Vpc {
  return new Vpc(stack, 'Network', {
    natGateways: 0,
    subnetConfiguration: [{ name: 'Isolated', subnetType: SubnetType.PRIVATE_ISOLATED }],
  });
}

function dualStack(stack: Stack): void {
  const access = new PrivateEc2S3Access(stack, 'App', {
    vpc: new Vpc(stack, 'Vpc', {
      ipProtocol: IpProtocol.DUAL_STACK,
      subnetConfiguration: [{ name: 'Isolated', subnetType: SubnetType.PRIVATE_ISOLATED }],
    }),
    credentialBinding: false,
    dataBuckets: dataBuckets(),
    s3Endpoint: S3EndpointMode.gateway({
      ipAddressType: VpcEndpointIpAddressType.DUALSTACK,
      dnsRecordIpType: VpcEndpointDnsRecordIpType.DUALSTACK,
      ipv6PrefixList: PrefixList.fromPrefixListId(stack, 'S3OverIpv6', 'pl-0123456789abcdef6'),
    }),
  });
  new CfnOutput(stack, 'Gateway', { value: access.s3Endpoint.gatewayEndpoint!.vpcEndpointId });
}

function ownInterface(stack: Stack): void {
  const vpc = isolatedVpc(stack);
  const access = new PrivateEc2S3Access(stack, 'App', {
    vpc,
    dataBuckets: dataBuckets(),
    s3Endpoint: S3EndpointMode.gatewayAndInterface({
      dnsRecordIpType: VpcEndpointDnsRecordIpType.IPV4,
      fips: true,
      ipAddressType: VpcEndpointIpAddressType.IPV4,
      privateDnsEnabled: false,
      singleAz: true,
      subnets: { subnetType: SubnetType.PRIVATE_ISOLATED },
    }),
  });
  new CfnOutput(stack, 'Group', { value: access.s3Endpoint.ownInterfaceSecurityGroup!.securityGroupId });
}

function otherRegion(stack: Stack): void {
  const central = Bucket.fromBucketAttributes(stack, 'Central', {
    bucketName: 'example-central',
    account: '444455556666',
    region: 'eu-central-1',
  });
  const vpc = isolatedVpc(stack);
  const access = new PrivateEc2S3Access(stack, 'App', {
    vpc,
    securityGroup: new SecurityGroup(stack, 'Workload', { vpc, allowAllOutbound: false }),
    credentialBinding: false,
    dataBuckets: { Central: DataBucketSource.fromBucket(central, { access: [BucketAccess.readOnly()] }) },
    s3Endpoint: S3EndpointMode.interfaceEndpoint({
      securityGroups: [new SecurityGroup(stack, 'Endpoint', { vpc })],
      serviceRegion: 'eu-central-1',
    }),
  });
  new CfnOutput(stack, 'Interface', { value: access.s3Endpoint.interfaceEndpoint!.vpcEndpointId });
}

function hub(stack: Stack): void {
  const vpc = new Vpc(stack, 'Hub', { ipAddresses: IpAddresses.cidr('10.9.0.0/16'), natGateways: 0 });
  const endpoint = InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(stack, 'Theirs', {
    vpcEndpointId: 'vpce-0123456789abcdef0',
    port: 443,
  });
  new PrivateEc2S3Access(stack, 'App', {
    vpc: isolatedVpc(stack),
    credentialBinding: false,
    dataBuckets: dataBuckets(),
    s3Endpoint: S3EndpointMode.fromInterfaceEndpoint(endpoint, { vpc }),
  });
}

function logsElsewhere(stack: Stack): void {
  const access = new PrivateEc2S3Access(stack, 'App', {
    accessLogsBucket: Bucket.fromBucketName(stack, 'AccessLogs', 'example-access-logs'),
    flowLogsBucket: Bucket.fromBucketName(stack, 'FlowLogs', 'example-flow-logs'),
    compute: Compute.instanceProfile(),
    dnsFirewall: DnsFirewall.listedDomains({ additionalDomains: ['*.corp.example.com'], priority: 200 }),
    role: Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111122223333:role/Workload', { mutable: false }),
    dataBuckets: dataBuckets(),
  });
  const sids = access.requiredPolicies.map(({ statements }) => statements.map(({ sid }) => sid).join(','));
  new CfnOutput(stack, 'ForTheOwners', { value: Fn.join(';', sids) });
}
