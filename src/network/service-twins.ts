import { CfnVPCEndpoint, IVpc } from 'aws-cdk-lib/aws-ec2';
import { IConstruct } from 'constructs';
import { withoutTokens } from '../private';

/**
 * The endpoints of a service that the app makes in a VPC, in the order of the tree.
 *
 * @param service the last part of the name of the service
 */
export function endpointsIn(scope: IConstruct, vpc: IVpc, service: string): CfnVPCEndpoint[] {
  return scope.node.root.node
    .findAll()
    .filter((node): node is CfnVPCEndpoint => CfnVPCEndpoint.isCfnVPCEndpoint(node))
    .filter(({ vpcId, serviceName }) => vpcId === vpc.vpcId && isOf(service, serviceName));
}

/** What stands around the last part of the name is known at deployment only where the Region is. */
function isOf(service: string, serviceName: string | undefined): boolean {
  return serviceName !== undefined && withoutTokens(serviceName).replace(/x$/, '').endsWith(`.${service}`);
}
