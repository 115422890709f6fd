import { securityGroupNamed } from './security-groups';
import { subnetNamed } from './subnets';
import { JsonObject, objectOf, textsOf, valueAt } from '../json';
import type { RelayModel } from '../network-model';
import { ResourceIndex, refTo } from '../resource-index';

interface Place {
  readonly kind: RelayModel['kind'];
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
}

/**
 * Where each type says in which subnets and groups it is.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking-awsvpc.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html#target-type
 */
const READERS: Readonly<Record<string, (properties: JsonObject) => Place>> = {
  'AWS::ECS::Service': tasks,
  'AWS::ECS::TaskSet': tasks,
  'AWS::ElasticLoadBalancingV2::LoadBalancer': properties => ({
    kind: 'load balancer',
    subnetIds: [
      ...textsOf(properties.Subnets),
      ...[properties.SubnetMappings].flat().flatMap(each => textsOf(valueAt(each, 'SubnetId'))),
    ],
    securityGroupIds: textsOf(properties.SecurityGroups),
  }),
  'AWS::ElasticLoadBalancing::LoadBalancer': ({ Subnets, SecurityGroups }) => ({
    kind: 'load balancer',
    subnetIds: textsOf(Subnets),
    securityGroupIds: textsOf(SecurityGroups),
  }),
};

function tasks({ NetworkConfiguration }: JsonObject): Place {
  const { Subnets, SecurityGroups } = objectOf(valueAt(NetworkConfiguration, 'AwsvpcConfiguration'));
  return { kind: 'tasks', subnetIds: textsOf(Subnets), securityGroupIds: textsOf(SecurityGroups) };
}

/** What takes connections in a network and may pass them on, beside the machines. */
export function relaysOf(index: ResourceIndex): RelayModel[] {
  return Object.entries(READERS).flatMap(([type, read]) =>
    index.ofType(type).map(resource => {
      const { kind, subnetIds, securityGroupIds } = read(resource.properties);
      return {
        where: refTo(resource),
        kind,
        subnets: subnetIds.map(id => subnetNamed(id, index)),
        securityGroups: securityGroupIds.map(id => securityGroupNamed(id, index)),
      };
    }),
  );
}
