import { CfnResource, Stack } from 'aws-cdk-lib';
import { CfnSubnetRouteTableAssociation, ISubnet } from 'aws-cdk-lib/aws-ec2';
import { DependencyGroup, IConstruct, IDependable } from 'constructs';

/**
 * What an instance in these subnets waits for: each is associated with its route table. Those that another stack or
 * nobody in the app makes already are.
 */
export function routeTableAssociations(stack: Stack, subnets: readonly ISubnet[]): IDependable {
  const ids = new Set(subnets.map(({ subnetId }) => subnetId));
  const associations = [...new Set([stack, ...subnets].flatMap(({ node }) => node.findAll()))]
    .filter(isAssociation)
    .filter(each => ids.has(each.subnetId) || subnets.some(subnet => subnet.node.findAll().includes(each)));
  return new DependencyGroup(...associations);
}

function isAssociation(node: IConstruct): node is CfnSubnetRouteTableAssociation {
  return (
    CfnResource.isCfnResource(node) && node.cfnResourceType === CfnSubnetRouteTableAssociation.CFN_RESOURCE_TYPE_NAME
  );
}
