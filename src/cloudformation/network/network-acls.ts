import { isTrue, Json, JsonObject, objectOf, textOf, valueAt } from '../json';
import type { NetworkAclEntryModel, NetworkAclModel } from '../network-model';
import type { ResolvedResource } from '../resolved-assembly';
import { ResourceIndex, refTo } from '../resource-index';

/**
 * What the default network ACL of a VPC has.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/default-network-acl.html
 */
const DEFAULT_ENTRIES: readonly JsonObject[] = [true, false].flatMap((Egress): JsonObject[] => [
  { Egress, RuleNumber: 100, Protocol: -1, RuleAction: 'allow', CidrBlock: '0.0.0.0/0' },
  { Egress, RuleNumber: 101, Protocol: -1, RuleAction: 'allow', Ipv6CidrBlock: '::/0' },
]);

/**
 * The network ACL of a subnet: the one that the assembly associates, or the default one of a VPC that it defines;
 * nothing where neither is in the assembly.
 */
export function networkAclOf(
  subnetId: string,
  vpcId: string | undefined,
  index: ResourceIndex,
): NetworkAclModel | undefined {
  const association = index
    .ofType('AWS::EC2::SubnetNetworkAclAssociation')
    .find(({ properties }) => textOf(properties.SubnetId) === subnetId);
  const id = textOf(association?.properties.NetworkAclId);
  const vpc = index.named('AWS::EC2::VPC', vpcId);
  const defaultId = vpc && defaultAclOf(vpc);
  if (id !== undefined && id !== defaultId) {
    const acl = index.named('AWS::EC2::NetworkAcl', id);
    return acl && { id, where: refTo(acl), entries: entriesOf(id, index) };
  }
  return (
    vpc && {
      id: defaultId ?? '',
      where: refTo(vpc),
      entries: [...DEFAULT_ENTRIES.map(each => entryOf(vpc, each)), ...entriesOf(defaultId ?? '', index)],
    }
  );
}

/** What `Fn::GetAtt` of a VPC returns as its default network ACL. */
function defaultAclOf({ ref }: ResolvedResource): string {
  return ref.replace(/^vpc-<(.+)>$/, '<$1#DefaultNetworkAcl>');
}

function entriesOf(id: string, index: ResourceIndex): NetworkAclEntryModel[] {
  return index
    .ofType('AWS::EC2::NetworkAclEntry')
    .filter(({ properties }) => textOf(properties.NetworkAclId) === id)
    .map(each => entryOf(each, each.properties));
}

function entryOf(where: ResolvedResource, entry: JsonObject): NetworkAclEntryModel {
  const ports = objectOf(entry.PortRange);
  return {
    where: refTo(where),
    isEgress: isTrue(entry.Egress),
    number: numberAt(entry.RuleNumber) ?? 0,
    allows: textOf(entry.RuleAction)?.toLowerCase() === 'allow',
    protocol: (textOf(entry.Protocol) ?? '-1').toLowerCase(),
    range: textOf(entry.CidrBlock ?? entry.Ipv6CidrBlock) ?? '',
    fromPort: numberAt(valueAt(ports, 'From')),
    toPort: numberAt(valueAt(ports, 'To')),
  };
}

function numberAt(value: Json | undefined): number | undefined {
  const number = Number(textOf(value) ?? Number.NaN);
  return Number.isNaN(number) ? undefined : number;
}
