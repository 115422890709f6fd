import { IInterfaceVpcEndpoint, IVpc } from 'aws-cdk-lib/aws-ec2';
import { Problem } from '../private';

/**
 * What is wrong with an existing interface endpoint that egress shall lead to: without security groups it is reached
 * at the addresses of its VPC, which have to be known then.
 *
 * @param factory what makes such an endpoint
 */
export function knownAddressProblems(
  prop: string,
  endpoint: IInterfaceVpcEndpoint,
  vpc: IVpc,
  factory: string,
): Problem[] {
  return endpoint.connections.securityGroups.length > 0 || hasKnownRange(vpc)
    ? []
    : [
        {
          prop,
          got: endpoint,
          allowed: `an interface endpoint whose security groups are known, or the addresses of its VPC ${vpc.node.path}`,
          fix: `name securityGroups in ${factory}, or vpcCidrBlock in Vpc.fromVpcAttributes`,
        },
      ];
}

/** An imported VPC throws where its range was not named. */
function hasKnownRange(vpc: IVpc): boolean {
  try {
    return vpc.vpcCidrBlock.length > 0;
  } catch {
    return false;
  }
}
