import { Annotations, Stack } from 'aws-cdk-lib';
import {
  IInterfaceVpcEndpoint,
  IPrefixList,
  ISecurityGroup,
  IVpc,
  Peer,
  Port,
  SecurityGroup,
  SubnetSelection,
  VpcEndpointIpAddressType,
} from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import {
  GatewayEndpointOptions,
  hasIpv6,
  hasOtherRoutes,
  ISOLATED,
  S3Endpoint,
  S3EndpointMode,
  subnetProblems,
} from '../endpoint';
import { Egress, EGRESS_TO_ANY_IPV6, egressToEndpoint, egressToPrefixList, egressToS3, inline } from '../network';
import { Problem, refuse, unless } from '../private';

/** Properties of a `WorkloadSecurityGroup`. */
export interface WorkloadSecurityGroupProps {
  /** The VPC of the workload. */
  readonly vpc: IVpc;

  /** The endpoint that the workload reaches S3 through. */
  readonly s3Endpoint: S3Endpoint;

  /**
   * The subnets of the workload.
   *
   * @default - the isolated subnets
   */
  readonly vpcSubnets?: SubnetSelection;

  /**
   * The prefix list of S3 in this Region.
   *
   * @default - the Region's own where its id is known, else any address that the routes reach
   */
  readonly s3PrefixList?: IPrefixList;
}

/** The security group of a workload: no ingress, and HTTPS to S3 as the only egress. */
export class WorkloadSecurityGroup extends SecurityGroup {
  constructor(scope: Construct, id: string, props: WorkloadSecurityGroupProps) {
    super(scope, id, {
      vpc: props.vpc,
      description: 'Workload: no ingress, HTTPS to S3 only',
      allowAllOutbound: false,
      disableInlineRules: false,
    });
    openPathToS3(this, props);
  }
}

/** Adds the rules that lead to S3, and to nothing else, to a security group without rules. */
export function openPathToS3(securityGroup: ISecurityGroup, props: WorkloadSecurityGroupProps): void {
  const { _mode: mode, ownInterfaceSecurityGroup } = props.s3Endpoint;
  if (mode._workloadUsesInterface) {
    const groups =
      mode._interface?.securityGroups ?? (ownInterfaceSecurityGroup === undefined ? [] : [ownInterfaceSecurityGroup]);
    groups.forEach(group => group.addIngressRule(securityGroup, Port.tcp(443), 'HTTPS from the workload'));
  }
  for (const egress of egressesOf(securityGroup, props)) {
    securityGroup.addEgressRule(egress.peer, Port.tcp(443), egress.description);
    if (egress.anywhere) {
      refuse(securityGroup, anywhereProblems(props.vpc, props.vpcSubnets, egress.anywhere));
      explainAnywhere(securityGroup, egress.anywhere);
    }
  }
}

/** What is wrong with the egress of a workload in a VPC, before anything is made there. */
export function egressProblems(
  { _gateway, _existingGateway }: S3EndpointMode,
  region: string,
  { vpc, vpcSubnets, s3PrefixList }: Partial<Omit<WorkloadSecurityGroupProps, 's3Endpoint'>>,
): Problem[] {
  const isElsewhere = _gateway === undefined && _existingGateway === undefined;
  return vpc === undefined ||
    isElsewhere ||
    subnetProblems(vpc, vpcSubnets ?? ISOLATED, _gateway !== undefined).length > 0
    ? []
    : egressToGateway(region, s3PrefixList, _gateway).flatMap(({ anywhere }) =>
        anywhere === undefined ? [] : anywhereProblems(vpc, vpcSubnets, anywhere),
      );
}

type Family = Egress['anywhere'] & string;

const LISTS: Readonly<Record<Family, readonly [prop: string, list: string]>> = {
  IPv4: ['s3PrefixList', 'the prefix list of S3'],
  IPv6: ['ipv6PrefixList', 'the IPv6 prefix list of S3'],
};

function anywhereProblems(vpc: IVpc, vpcSubnets: SubnetSelection = ISOLATED, family: Family): Problem[] {
  const [prop, list] = LISTS[family];
  return unless(!hasOtherRoutes(vpc, vpcSubnets), {
    prop,
    got: undefined,
    allowed: `${list} where the subnets have other routes out`,
    fix: "name it, as in PrefixList.fromPrefixListId(this, 'S3', 'pl-...')",
  });
}

function explainAnywhere(securityGroup: ISecurityGroup, family: Family): void {
  const [prop] = LISTS[family];
  const list = family === 'IPv4' ? 'S3 prefix list' : 'IPv6 prefix list of S3';
  Annotations.of(securityGroup).addInfo(
    `${securityGroup.node.path}: the routes lead to the S3 endpoint only. The rule for HTTPS names any ` +
      `${family === 'IPv4' ? '' : 'IPv6 '}address, because the id of the ${list} is not known at synthesis: ` +
      `give the stack a Region, or name the list in ${prop}, to narrow the rule too`,
  );
}

function egressesOf(scope: ISecurityGroup, { vpc, s3Endpoint, s3PrefixList }: WorkloadSecurityGroupProps): Egress[] {
  const { _mode: mode, interfaceEndpoint, gatewayEndpoint } = s3Endpoint;
  return [
    ...(gatewayEndpoint === undefined ? [] : egressToGateway(Stack.of(scope).region, s3PrefixList, mode._gateway)),
    ...(interfaceEndpoint !== undefined && mode._workloadUsesInterface
      ? egressToInterface(interfaceEndpoint, mode._hub ?? vpc)
      : []),
  ];
}

function egressToGateway(
  region: string,
  s3PrefixList: IPrefixList | undefined,
  options: GatewayEndpointOptions = {},
): Egress[] {
  const overIpv4 = s3PrefixList === undefined ? egressToS3(region) : egressToPrefixList(s3PrefixList);
  return [
    ...(options.ipAddressType === VpcEndpointIpAddressType.IPV6 ? [] : [overIpv4]),
    ...(hasIpv6(options)
      ? [options.ipv6PrefixList === undefined ? EGRESS_TO_ANY_IPV6 : egressToPrefixList(options.ipv6PrefixList)]
      : []),
  ];
}

/** To the security groups of the endpoint; where they are not known, or in another VPC, to the addresses of its VPC. */
function egressToInterface({ connections }: IInterfaceVpcEndpoint, vpc: IVpc): Egress[] {
  const securityGroups: ISecurityGroup[] = connections.securityGroups;
  return securityGroups.length > 0
    ? securityGroups.map(egressToEndpoint)
    : [{ peer: inline(Peer.ipv4(vpc.vpcCidrBlock)), description: 'HTTPS to the interface endpoint' }];
}
