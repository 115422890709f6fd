import { prefixListNamed } from './prefix-lists';
import { Json, JsonObject, listOf, objectOf, textOf, textsOf } from '../json';
import type { RuleModel, SecurityGroupModel } from '../network-model';
import type { ResolvedResource } from '../resolved-assembly';
import { ResourceIndex, refTo } from '../resource-index';

/**
 * What EC2 gives a group without a rule for egress.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroup.html
 */
const EVERYTHING: readonly JsonObject[] = [
  { IpProtocol: '-1', CidrIp: '0.0.0.0/0' },
  { IpProtocol: '-1', CidrIpv6: '::/0' },
];

/** What `Fn::GetAtt` of a VPC returns as its default security group. */
export function defaultGroupOf(vpcId: string): string {
  return vpcId.replace(/^vpc-<(.+)>$/, '<$1#DefaultSecurityGroup>');
}

/** A security group with its inline and stand-alone rules. */
export function securityGroupNamed(id: string, index: ResourceIndex): SecurityGroupModel {
  const ofVpc = index.ofType('AWS::EC2::VPC').find(({ ref }) => defaultGroupOf(ref) === id);
  return ofVpc === undefined ? customGroup(id, index) : defaultGroup(id, ofVpc, index);
}

/**
 * It lets everything out, and in what comes from itself, whatever else it is told.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html
 */
function defaultGroup(id: string, vpc: ResolvedResource, index: ResourceIndex): SecurityGroupModel {
  const { ingress, egress } = customGroup(id, index);
  const itself: JsonObject = { IpProtocol: '-1', SourceSecurityGroupId: id };
  return {
    id,
    where: refTo(vpc),
    vpcId: vpc.ref,
    ingress: [ruleOf(vpc, itself, index), ...ingress],
    egress: [...EVERYTHING.map(each => ruleOf(vpc, each, index)), ...egress],
  };
}

function customGroup(id: string, index: ResourceIndex): SecurityGroupModel {
  const group = index.named('AWS::EC2::SecurityGroup', id);
  const alone = (type: string) =>
    index
      .ofType(type)
      .filter(({ properties }) => [properties.GroupId, properties.GroupName].some(each => textOf(each) === id))
      .map(each => ruleOf(each, each.properties, index));
  const inline = (property: string) =>
    group === undefined ? [] : listOf(group.properties[property]).map(each => ruleOf(group, objectOf(each), index));
  const egress = [...inline('SecurityGroupEgress'), ...alone('AWS::EC2::SecurityGroupEgress')];
  return {
    id,
    where: group && refTo(group),
    vpcId: textOf(group?.properties.VpcId),
    ingress: [...inline('SecurityGroupIngress'), ...alone('AWS::EC2::SecurityGroupIngress')],
    egress: egress.length === 0 && group !== undefined ? EVERYTHING.map(each => ruleOf(group, each, index)) : egress,
  };
}

function ruleOf(where: ResolvedResource, rule: JsonObject, index: ResourceIndex): RuleModel {
  return {
    where: refTo(where),
    protocol: (textOf(rule.IpProtocol) ?? '-1').toLowerCase(),
    fromPort: portOf(rule.FromPort),
    toPort: portOf(rule.ToPort),
    ...peerOf(rule, where, index),
  };
}

function portOf(value: Json | undefined): number | undefined {
  const port = Number(textOf(value) ?? Number.NaN);
  return Number.isNaN(port) ? undefined : port;
}

function peerOf(
  rule: JsonObject,
  { environment }: ResolvedResource,
  index: ResourceIndex,
): Pick<RuleModel, 'peer' | 'peerId' | 'list'> {
  const [addresses] = textsOf(rule.CidrIp ?? rule.CidrIpv6);
  if (addresses !== undefined) {
    return { peer: 'addresses', peerId: addresses };
  }
  const [list] = textsOf(rule.DestinationPrefixListId ?? rule.SourcePrefixListId);
  if (list !== undefined) {
    return { peer: 'prefix list', peerId: list, list: prefixListNamed(list, environment.region, index) };
  }
  const [group] = textsOf(
    rule.DestinationSecurityGroupId ?? rule.SourceSecurityGroupId ?? rule.SourceSecurityGroupName,
  );
  return group === undefined ? { peer: 'unknown', peerId: '' } : { peer: 'security group', peerId: group };
}
