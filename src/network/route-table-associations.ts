import { CfnResource } from 'aws-cdk-lib';
import { CfnSubnetRouteTableAssociation, ISubnet } from 'aws-cdk-lib/aws-ec2';
import { DependencyGroup, IDependable } from 'constructs';

/**
 * What an instance in these subnets waits for: each is associated with its route table. Imported subnets already are.
 */
export function routeTableAssociations(subnets: readonly ISubnet[]): IDependable {
  const associations = subnets
    .flatMap(subnet => subnet.node.findAll())
    .filter(
      node =>
        CfnResource.isCfnResource(node) &&
        node.cfnResourceType === CfnSubnetRouteTableAssociation.CFN_RESOURCE_TYPE_NAME,
    );
  return new DependencyGroup(...associations);
}
