import { textOf } from '../json';
import type { ServiceNetworkModel } from '../network-model';
import { ResourceIndex, refTo } from '../resource-index';

/**
 * The service networks that VPCs have joined: their services are reached without a route of a table.
 *
 * @see https://docs.aws.amazon.com/vpc-lattice/latest/ug/service-network-associations.html
 */
export function serviceNetworksOf(index: ResourceIndex): ServiceNetworkModel[] {
  return index.ofType('AWS::VpcLattice::ServiceNetworkVpcAssociation').map(association => ({
    where: refTo(association),
    vpcId: textOf(association.properties.VpcIdentifier) ?? '',
    name: textOf(association.properties.ServiceNetworkIdentifier) ?? '',
  }));
}
