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
    this.openTowards(props.s3Endpoint);
    for (const egress of egressesOf(this, props)) {
      this.addEgressRule(egress.peer, Port.tcp(443), egress.description);
      if (egress.anywhere) { this.explainAnywhere(props); }
    }
  }

  /** Lets the workload in where the endpoint is an interface of ours. */
  private openTowards({ gatewayEndpoint, ownInterfaceSecurityGroup }: S3Endpoint): void {
    if (gatewayEndpoint === undefined) {
      ownInterfaceSecurityGroup?.addIngressRule(this, Port.tcp(443), 'HTTPS from the workload');
    }
  }

  private explainAnywhere({ vpc, vpcSubnets }: WorkloadSecurityGroupProps): void {
    refuse(this, hasOtherRoutes(vpc, vpcSubnets ?? ISOLATED) ? [{
      prop: 's3PrefixList', got: undefined, allowed: 'the prefix list of S3 where the subnets have other routes out', fix: "name it, as in PrefixList.fromPrefixListId(this, 'S3', 'pl-...')",
    }] : []);
    Annotations.of(this).addInfo(`${this.node.path}: the id of the S3 prefix list is not known for this Region, so HTTPS egress is open to any address; ` +
      'the route tables lead to the S3 endpoint only. Name the list in s3PrefixList to narrow the rule');
  }
}

function egressesOf(scope: Construct, { vpc, s3Endpoint, s3PrefixList }: WorkloadSecurityGroupProps): Egress[] {
  if (s3Endpoint.interfaceEndpoint === undefined || s3Endpoint.gatewayEndpoint !== undefined) {
    return [s3PrefixList === undefined ? egressToS3(Stack.of(scope).region) : egressToPrefixList(s3PrefixList)];
  }
  const securityGroups: ISecurityGroup[] = s3Endpoint.interfaceEndpoint.connections.securityGroups;
  return securityGroups.length > 0
    ? securityGroups.map(egressToEndpoint)
    : [{ peer: inline(Peer.ipv4(vpc.vpcCidrBlock)), description: 'HTTPS to the interface endpoint', anywhere: false }];
}
