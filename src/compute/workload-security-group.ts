import { Annotations, Stack } from 'aws-cdk-lib';
import { IPrefixList, ISecurityGroup, IVpc, Peer, Port, SecurityGroup, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { S3Endpoint } from '../endpoint/s3-endpoint';
import { ISOLATED, hasOtherRoutes } from '../endpoint/subnet-problems';
import { Egress, egressToEndpoint, egressToPrefixList, egressToS3, inline } from '../network/s3-egress';
import { refuse } from '../private/errors';

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
  const { gatewayEndpoint, ownInterfaceSecurityGroup } = props.s3Endpoint;
  if (gatewayEndpoint === undefined) {
    ownInterfaceSecurityGroup?.addIngressRule(securityGroup, Port.tcp(443), 'HTTPS from the workload');
  }
  for (const egress of egressesOf(securityGroup, props)) {
    securityGroup.addEgressRule(egress.peer, Port.tcp(443), egress.description);
    if (egress.anywhere) { explainAnywhere(securityGroup, props); }
  }
}

function explainAnywhere(securityGroup: ISecurityGroup, { vpc, vpcSubnets }: WorkloadSecurityGroupProps): void {
  refuse(securityGroup, hasOtherRoutes(vpc, vpcSubnets ?? ISOLATED) ? [{
    prop: 's3PrefixList',
    got: undefined,
    allowed: 'the prefix list of S3 where the subnets have other routes out',
    fix: "name it, as in PrefixList.fromPrefixListId(this, 'S3', 'pl-...')",
  }] : []);
  Annotations.of(securityGroup).addInfo(`${securityGroup.node.path}: the id of the S3 prefix list is not known for this Region, ` +
    'so HTTPS egress is open to any address; the route tables lead to the S3 endpoint only. Name the list in s3PrefixList to narrow the rule');
}

function egressesOf(scope: ISecurityGroup, { vpc, s3Endpoint, s3PrefixList }: WorkloadSecurityGroupProps): Egress[] {
  if (s3Endpoint.interfaceEndpoint === undefined || s3Endpoint.gatewayEndpoint !== undefined) {
    return [s3PrefixList === undefined ? egressToS3(Stack.of(scope).region) : egressToPrefixList(s3PrefixList)];
  }
  const securityGroups: ISecurityGroup[] = s3Endpoint.interfaceEndpoint.connections.securityGroups;
  return securityGroups.length > 0
    ? securityGroups.map(egressToEndpoint)
    : [{ peer: inline(Peer.ipv4(vpc.vpcCidrBlock)), description: 'HTTPS to the interface endpoint', anywhere: false }];
}
