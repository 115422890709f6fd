import { isObject, Json, JsonObject, objectOf, textsIn } from './json';
import { namingOf } from './names';
import type { ResourceJson } from './template-json';
import type { StackTemplate } from './template-location';

/** What matters only where something that matters refers to it. */
const PASSIVE = new RegExp(
  '^AWS::(S3::Bucket|KMS::Key|SNS::Topic|IAM::(Role|User|Group|ManagedPolicy)|' +
    'EC2::(VPC|Subnet|RouteTable|SecurityGroup|NetworkAcl|InternetGateway|EgressOnlyInternetGateway|NatGateway|EIP|' +
    'PrefixList|TransitGateway|VPNGateway|NetworkInterface|CustomerGateway|DHCPOptions|KeyPair|Volume|PlacementGroup)|' +
    'Route53Resolver::(ResolverRule|FirewallRuleGroup|FirewallDomainList))$',
);

/** What acts on something: it matters where that does, or where it is not in the assembly. */
const TARGETS: Readonly<Record<string, readonly string[]>> = {
  'AWS::S3::BucketPolicy': ['Bucket'],
  'AWS::S3::AccessPoint': ['Bucket'],
  'AWS::KMS::Alias': ['TargetKeyId'],
  'AWS::IAM::Policy': ['Roles', 'Users', 'Groups'],
  'AWS::IAM::RolePolicy': ['RoleName'],
  'AWS::IAM::ManagedPolicy': ['Roles'],
  'AWS::IAM::InstanceProfile': ['Roles'],
  'AWS::EC2::Route': ['RouteTableId'],
  'AWS::EC2::SubnetRouteTableAssociation': ['SubnetId'],
  'AWS::EC2::SubnetNetworkAclAssociation': ['SubnetId'],
  'AWS::EC2::NetworkAclEntry': ['NetworkAclId'],
  'AWS::EC2::SecurityGroupIngress': ['GroupId'],
  'AWS::EC2::SecurityGroupEgress': ['GroupId'],
  'AWS::EC2::VPCEndpoint': ['VpcId'],
  'AWS::EC2::VPCGatewayAttachment': ['VpcId'],
  'AWS::EC2::FlowLog': ['ResourceId'],
  'AWS::EC2::NetworkInterfaceAttachment': ['InstanceId'],
  'AWS::ECS::Service': ['NetworkConfiguration'],
  'AWS::ECS::TaskSet': ['NetworkConfiguration'],
  'AWS::ElasticLoadBalancing::LoadBalancer': ['SecurityGroups', 'Subnets'],
  'AWS::ElasticLoadBalancingV2::LoadBalancer': ['SecurityGroups', 'Subnets', 'SubnetMappings'],
  'AWS::GlobalAccelerator::EndpointGroup': ['EndpointConfigurations'],
  'AWS::SNS::Subscription': ['TopicArn'],
  'AWS::SNS::TopicPolicy': ['Topics'],
  'AWS::DataSync::LocationS3': ['S3BucketArn'],
  'AWS::EC2::EIP': ['InstanceId', 'NetworkInterfaceId'],
  'AWS::EC2::VPCCidrBlock': ['VpcId'],
  'AWS::EC2::SubnetCidrBlock': ['SubnetId'],
  'AWS::EC2::VPCDHCPOptionsAssociation': ['VpcId'],
  'AWS::EC2::VPNGatewayRoutePropagation': ['RouteTableIds'],
  'AWS::EC2::RouteServerPropagation': ['RouteTableId'],
  'AWS::Route53::HostedZone': ['VPCs'],
  'AWS::Route53Profiles::ProfileAssociation': ['ResourceId'],
  'AWS::Route53Resolver::ResolverRuleAssociation': ['VPCId'],
  'AWS::Route53Resolver::FirewallRuleGroupAssociation': ['VpcId'],
  'AWS::Route53Resolver::FirewallConfig': ['ResourceId'],
  'AWS::VpcLattice::ServiceNetworkVpcAssociation': ['VpcIdentifier'],
  'AWS::EC2::EIPAssociation': ['InstanceId', 'NetworkInterfaceId', 'EIP', 'AllocationId'],
};

/** Resources of which nothing is looked at but the texts in which keys may lie. */
const TEXTS_ONLY = new RegExp(
  '^AWS::(Lambda::Function|ECS::TaskDefinition|SSM::Parameter|CodeBuild::Project|' +
    'Batch::JobDefinition|Glue::Job|AppRunner::Service|SecretsManager::Secret|' +
    'SSM::Document|Amplify::App|Amplify::Branch|StepFunctions::StateMachine)$',
);

/** A name of which less than this is known may be that of anything. */
const SHORTEST_NAME = 4;

interface Node {
  readonly key: string;
  readonly stack: StackTemplate;
  readonly resource: ResourceJson;
  readonly text: string;
  readonly words: ReadonlySet<string>;
  /** What of its name the template writes out; absent where it is named at deployment. */
  readonly name?: string;
}

/** The key of a resource in the set of those that matter. */
export function keyOf(stack: StackTemplate, logicalId: string): string {
  return `${stack.id} ${logicalId}`;
}

/**
 * The resources that may matter to a workload, whatever the conditions are: machines, what they refer to, and what
 * acts on that. A condition that only others depend on need not be tried both ways.
 *
 * @param stacks the stacks
 * @param isLookedAt whether the proof looks at a type at all
 */
export function relevantResources(
  stacks: readonly StackTemplate[],
  isLookedAt: (type: string) => boolean,
): ReadonlySet<string> {
  const nodes = stacks.flatMap(stack => nodesOf(stack, isLookedAt));
  const wide = nodes.some(({ resource }) => hasWideGrant(resource.Properties));
  const outside = stacks.flatMap(textsFromOutside);
  const relevant = new Map<string, Node>();
  const add = (node: Node): void => {
    if (relevant.has(node.key)) {
      return;
    }
    relevant.set(node.key, node);
    nodes.filter(other => refersTo(node, other)).forEach(add);
  };
  nodes.filter(node => isRoot(node, wide) || outside.some(text => names(text, node))).forEach(add);
  let before = -1;
  while (before !== relevant.size) {
    before = relevant.size;
    nodes.filter(node => !relevant.has(node.key) && acts(node, nodes, relevant)).forEach(add);
  }
  return new Set(relevant.keys());
}

function nodesOf(stack: StackTemplate, isLookedAt: (type: string) => boolean): Node[] {
  return Object.entries(stack.template.Resources)
    .filter(([, { Type }]) => isLookedAt(Type) && !TEXTS_ONLY.test(Type))
    .map(([logicalId, resource]) => {
      const text = JSON.stringify([resource.Properties ?? {}, resource.Condition ?? '']);
      const property = namingOf(resource.Type)?.name;
      const given = property === undefined ? undefined : objectOf(resource.Properties)[property];
      return {
        key: keyOf(stack, logicalId),
        stack,
        resource,
        text,
        words: new Set(text.match(/[A-Za-z0-9]+/g) ?? []),
        ...(given === undefined ? {} : { name: longestText(given) }),
      };
    });
}

function isRoot({ resource: { Type, Properties }, name }: Node, wide: boolean): boolean {
  if (Type === 'AWS::EC2::Instance') {
    return Properties?.IamInstanceProfile !== undefined || Properties?.LaunchTemplate !== undefined;
  }
  if (Type === 'AWS::S3::Bucket' && wide) {
    return true;
  }
  return (!PASSIVE.test(Type) && TARGETS[Type] === undefined) || (name !== undefined && name.length < SHORTEST_NAME);
}

/** Whether something acts on what matters, or on what is not in the assembly. */
function acts({ stack, resource }: Node, nodes: readonly Node[], relevant: ReadonlyMap<string, Node>): boolean {
  const properties = TARGETS[resource.Type] ?? [];
  return properties
    .map(property => resource.Properties?.[property])
    .filter(target => target !== undefined)
    .some(target => {
      const text = JSON.stringify(target);
      const named = nodes.filter(node => refersBy(text, wordsIn(text), stack, node));
      return named.length === 0 || named.some(({ key }) => relevant.has(key));
    });
}

function refersTo(node: Node, other: Node): boolean {
  return node !== other && refersBy(node.text, node.words, node.stack, other);
}

function refersBy(text: string, words: ReadonlySet<string>, stack: StackTemplate, other: Node): boolean {
  const logicalId = other.key.slice(other.stack.id.length + 1);
  return (stack === other.stack && words.has(logicalId)) || names(text, other);
}

/** Whether a text has the name that a template gives to something, or is its key. */
function names(text: string, { name, key }: Node): boolean {
  return text === key || (name !== undefined && name.length >= SHORTEST_NAME && text.includes(name));
}

function wordsIn(text: string): ReadonlySet<string> {
  return new Set(text.match(/[A-Za-z0-9]+/g) ?? []);
}

function longestText(value: Json): string {
  const parts = textsIn(value).flatMap(text => text.split(/\$\{[^}]*\}/));
  return parts.reduce((longest, part) => (part.length > longest.length ? part : longest), '');
}

/** What other stacks and the access lists of constructs refer to: keys of resources, and names. */
function textsFromOutside(stack: StackTemplate): string[] {
  const outputs = Object.values(stack.template.Outputs ?? {}).filter(
    ({ Export }) => Export !== undefined || stack.parent !== undefined,
  );
  const declared = (stack.declarations ?? []).map(({ data }) => data);
  const texts = [
    ...outputs.map(({ Value }) => JSON.stringify(Value ?? '')),
    ...declared.map(each => JSON.stringify(each)),
  ];
  return texts.flatMap(text => [text, ...[...wordsIn(text)].map(word => keyOf(stack, word))]);
}

/** Whether a policy allows something of S3 in buckets that it does not name. */
function hasWideGrant(value: Json | undefined): boolean {
  if (isObject(value) && value.Effect === 'Allow') {
    const actions = textsIn(value.Action);
    const isOfS3 = value.NotAction !== undefined || actions.some(each => /^(\*|s3:)/i.test(each));
    const resources = value.NotResource === undefined ? textsIn(value.Resource) : ['*'];
    return isOfS3 && resources.some(each => /^\*$|:s3:::[^/]*[*?]/.test(each));
  }
  return typeof value === 'object' && value !== null && Object.values(value).some(each => hasWideGrant(each as Json));
}

/** What decides nothing about a workload, but may have a key in it. */
const LOOSE = /^(UserData|ImageId|InstanceType|KeyName|LifecycleConfiguration|Description|GroupDescription)$/;

/**
 * The properties of a resource that decide nothing, and the others: a condition that only the former depend on need
 * not be tried both ways. The tags of a role are those of its sessions.
 */
export function splitProperties(
  type: string,
  properties: JsonObject,
): readonly [strict: JsonObject, loose: JsonObject] {
  const isLoose = (key: string) =>
    TEXTS_ONLY.test(type) || LOOSE.test(key) || (key === 'Tags' && !type.startsWith('AWS::IAM::'));
  const entries = Object.entries(properties);
  const data = objectOf(properties.LaunchTemplateData);
  const [strict, loose] = [false, true].map(wanted => [
    ...entries.filter(([key]) => key !== 'LaunchTemplateData' && isLoose(key) === wanted),
    ...(Object.keys(data).length === 0
      ? []
      : [['LaunchTemplateData', Object.fromEntries(Object.entries(data).filter(([key]) => isLoose(key) === wanted))]]),
  ]);
  return [Object.fromEntries(strict) as JsonObject, Object.fromEntries(loose) as JsonObject];
}

/** Whether nothing of a resource is looked at but its texts: it is taken to be there, whatever its condition says. */
export function hasTextsOnly(type: string): boolean {
  return TEXTS_ONLY.test(type);
}
