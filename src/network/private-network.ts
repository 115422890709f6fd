import { Fn } from 'aws-cdk-lib';
import {
  CfnRouteTable,
  CfnSubnet,
  CfnSubnetRouteTableAssociation,
  CfnVPC,
  IIpAddresses,
  ISubnet,
  IVpc,
  IpAddresses,
  SubnetType,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct, DependencyGroup, IDependable } from 'constructs';
import { DNS_FIREWALL, DnsFirewall } from './dns-firewall';
import { FLOW_LOGS_PREFIX, FlowLogs } from './flow-logs';
import { addressesProblems } from './network-addresses';
import { ACCEPTED, BUCKET, Fields, IP_ADDRESSES, accept, checkedProps, nameByPath, optional, whole } from '../private';
import { LogBucket } from '../storage';

/** Properties of a `PrivateNetwork`. */
export interface PrivateNetworkProps {
  /**
   * Which names the VPC resolves.
   *
   * @default - any name, which is charged less and lets data out in names
   */
  readonly dnsFirewall?: DnsFirewall;

  /**
   * The addresses of the VPC and its subnets: /16 to /28, with room for a subnet of /28 or larger in each Availability
   * Zone. Only the deployment tells whether they overlap with those of networks that the VPC is connected with.
   *
   * @default IpAddresses.cidr('10.0.0.0/16')
   */
  readonly ipAddresses?: IIpAddresses;

  /**
   * In how many Availability Zones there is a subnet: 1 to 6, and no more than the Region has, which only the
   * deployment tells.
   *
   * @default 2
   */
  readonly maxAzs?: number;

  /**
   * The bucket that receives the flow logs, under `vpc-flow-logs/`. Its policy must let `delivery.logs.amazonaws.com`
   * write there.
   *
   * @default - a log bucket of its own
   */
  readonly flowLogsBucket?: IBucket;
}

/** What a new VPC is like. */
export const NETWORK_FIELDS: Fields<PrivateNetworkProps> = {
  dnsFirewall: optional(DNS_FIREWALL),
  flowLogsBucket: optional(BUCKET),
  ipAddresses: optional(IP_ADDRESSES),
  maxAzs: optional(whole(1, 6, 'a whole number from 1 to 6', 'leave it out for 2')),
};

/**
 * A VPC without a way out: isolated subnets, no internet gateway, no NAT, no public address, no default route, and flow
 * logs for all traffic.
 *
 * The Availability Zones are the first of the Region where the stack is deployed, so there is no look-up, with or
 * without a concrete `env`.
 *
 * @see https://docs.aws.amazon.com/prescriptive-guidance/latest/security-reference-architecture/application.html
 */
export class PrivateNetwork extends Construct {
  /** The VPC, with its subnets as isolated subnets. */
  public readonly vpc: IVpc;

  /** What an instance waits for: its subnet is associated with its route table, and names are looked at. */
  public readonly routed: IDependable;

  constructor(scope: Construct, id: string, props?: PrivateNetworkProps) {
    const valid = checkedProps({ type: 'PrivateNetwork', scope, id }, props, NETWORK_FIELDS, {
      reads: ['ipAddresses', 'maxAzs'],
      problems: ({ ipAddresses, maxAzs = 2 }) =>
        ipAddresses === undefined ? [] : addressesProblems('ipAddresses', ipAddresses, maxAzs),
    });
    super(scope, id);
    const { maxAzs = 2, ipAddresses: addresses = IpAddresses.cidr('10.0.0.0/16'), flowLogsBucket, dnsFirewall } = valid;
    const resource = this.addVpc(addresses);
    const subnets = this.addSubnets(resource, addresses, maxAzs);
    const routeTable = this.addRouteTable(resource);
    const associations = this.associate(subnets, routeTable);
    this.vpc = Vpc.fromVpcAttributes(this, 'Vpc', {
      vpcId: resource.ref,
      vpcCidrBlock: resource.attrCidrBlock,
      availabilityZones: subnets.map(({ attrAvailabilityZone }) => attrAvailabilityZone),
      isolatedSubnetIds: subnets.map(({ ref }) => ref),
      isolatedSubnetRouteTableIds: subnets.map(() => routeTable.ref),
    });
    this.routed =
      dnsFirewall === undefined ? associations : new DependencyGroup(associations, dnsFirewall._bind(this, this.vpc));
    this.addFlowLogs(resource, flowLogsBucket);
  }

  /** The subnets, one in each Availability Zone. */
  public get subnets(): ISubnet[] {
    return this.vpc.selectSubnets({ subnetType: SubnetType.PRIVATE_ISOLATED }).subnets;
  }

  private addVpc(addresses: IIpAddresses): CfnVPC {
    const { cidrBlock, ipv4IpamPoolId, ipv4NetmaskLength } = addresses.allocateVpcCidr();
    const vpc = new CfnVPC(this, 'Resource', {
      cidrBlock,
      ipv4IpamPoolId,
      ipv4NetmaskLength,
      enableDnsHostnames: true,
      enableDnsSupport: true,
    });
    nameByPath(vpc, this);
    accept(vpc, ACCEPTED.vpc);
    return vpc;
  }

  private addSubnets(vpc: CfnVPC, addresses: IIpAddresses, maxAzs: number): CfnSubnet[] {
    const zones = Array.from({ length: maxAzs }, (_, index) => Fn.select(index, Fn.getAzs()));
    const { allocatedSubnets } = addresses.allocateSubnetsCidr({
      vpcCidr: vpc.attrCidrBlock,
      requestedSubnets: zones.map((availabilityZone, index) => ({
        availabilityZone,
        configuration: { name: 'Isolated', subnetType: SubnetType.PRIVATE_ISOLATED },
        subnetConstructId: `IsolatedSubnet${index + 1}`,
      })),
    });
    return zones.map((availabilityZone, index) => {
      const subnet = new CfnSubnet(this, `IsolatedSubnet${index + 1}`, {
        vpcId: vpc.ref,
        availabilityZone,
        cidrBlock: allocatedSubnets[index].cidr,
        mapPublicIpOnLaunch: false,
      });
      nameByPath(subnet);
      return subnet;
    });
  }

  private addRouteTable(vpc: CfnVPC): CfnRouteTable {
    const routeTable = new CfnRouteTable(this, 'RouteTable', { vpcId: vpc.ref });
    nameByPath(routeTable, this);
    return routeTable;
  }

  private associate(subnets: CfnSubnet[], routeTable: CfnRouteTable): IDependable {
    return new DependencyGroup(
      ...subnets.map(
        (subnet, index) =>
          new CfnSubnetRouteTableAssociation(this, `RouteTableAssociation${index + 1}`, {
            subnetId: subnet.ref,
            routeTableId: routeTable.ref,
          }),
      ),
    );
  }

  private addFlowLogs(vpc: CfnVPC, bucket: IBucket | undefined): void {
    if (bucket !== undefined) {
      new FlowLogs(this, 'FlowLogs', { vpcId: vpc.ref, bucket });
      return;
    }
    const logs = new LogBucket(this, 'Logs');
    logs.allowFlowLogs(FLOW_LOGS_PREFIX);
    new FlowLogs(this, 'FlowLogs', { vpcId: vpc.ref, bucket: logs.bucket });
  }
}
