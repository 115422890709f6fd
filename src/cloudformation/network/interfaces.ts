import { securityGroupNamed } from './security-groups';
import { subnetNamed } from './subnets';
import { listOf, textOf, valueAt } from '../json';
import type { InterfaceSettings, LaunchSettings } from '../launch-settings';
import type { NetworkInterfaceModel } from '../network-model';
import type { ResolvedResource } from '../resolved-assembly';
import { nameOf, ResourceIndex, refTo } from '../resource-index';

/** The network interfaces of a machine; what one of them does not say, the machine does. */
export function interfacesOf(
  machine: ResolvedResource,
  settings: LaunchSettings,
  index: ResourceIndex,
): NetworkInterfaceModel[] {
  const { interfaces = [], subnetIds, securityGroupIds } = settings;
  const attached = interfaces.filter(({ attachedBy }) => attachedBy !== undefined);
  const described = interfaces.filter(each => !attached.includes(each));
  const several = described.length > 1 ? described : [{ subnetIds, securityGroupIds }];
  const total = several.length + attached.length;
  return [...several, ...attached].map((each: InterfaceSettings, at) => ({
    where: refTo(each.attachedBy ?? machine),
    ...(total === 1 ? {} : { name: `network interface ${each.id ?? String(at)} of ${nameOf(machine)}` }),
    subnets: orElse(each.subnetIds, each.attachedBy === undefined ? subnetIds : []).map(id => subnetNamed(id, index)),
    securityGroups: orElse(each.securityGroupIds, each.attachedBy === undefined ? securityGroupIds : []).map(id =>
      securityGroupNamed(id, index),
    ),
  }));
}

function orElse(ids: readonly string[], others: readonly string[]): readonly string[] {
  return ids.length > 0 ? ids : others;
}

/**
 * Whether an elastic address is associated with a machine or with one of its network interfaces, by whatever property,
 * or an accelerator has addresses for it.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-eip.html
 * @see https://docs.aws.amazon.com/global-accelerator/latest/dg/secure-vpc-connections.html
 */
export function hasElasticAddress(
  machine: ResolvedResource,
  { interfaces = [] }: LaunchSettings,
  index: ResourceIndex,
): boolean {
  const ids = new Set([machine.ref, ...interfaces.flatMap(({ id }) => id ?? [])]);
  const isTarget = (value: Parameters<typeof textOf>[0]) => ids.has(textOf(value) ?? '');
  const isAssociated = ['AWS::EC2::EIP', 'AWS::EC2::EIPAssociation'].some(type =>
    index
      .ofType(type)
      .some(({ properties }) => isTarget(properties.InstanceId) || isTarget(properties.NetworkInterfaceId)),
  );
  const isAccelerated = index
    .ofType('AWS::GlobalAccelerator::EndpointGroup')
    .some(({ properties }) =>
      listOf(properties.EndpointConfigurations).some(each => isTarget(valueAt(each, 'EndpointId'))),
    );
  return isAssociated || isAccelerated;
}
