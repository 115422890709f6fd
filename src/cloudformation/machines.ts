import { Json, listOf, objectOf, textOf, textsOf, valueAt } from './json';
import { LaunchSettings, launchSettings, referredSettings, templateReference, withDefaults } from './launch-settings';
import type { ResolvedResource } from './resolved-assembly';
import type { ResourceIndex } from './resource-index';

/** Machines that a fleet or a service starts. */
export interface Machines {
  readonly resource: ResolvedResource;
  readonly settings: LaunchSettings;
  /** The role, where it is named itself, and no instance profile. */
  readonly roleArn?: string;
}

type Reader = (resource: ResolvedResource, index: ResourceIndex) => readonly Machines[];

/** What starts machines, and where it says how. */
const READERS: Readonly<Record<string, Reader>> = {
  'AWS::EC2::SpotFleet': spotFleet,
  'AWS::EC2::EC2Fleet': (resource, index) => fromConfigs(resource, resource.properties.LaunchTemplateConfigs, index),
  'AWS::ImageBuilder::InfrastructureConfiguration': imageBuilder,
  'AWS::Batch::ComputeEnvironment': batch,
  'AWS::EKS::Nodegroup': nodeGroup,
  'AWS::EKS::Cluster': autoMode,
};

/** Properties of other types that name an instance profile, at whatever depth. */
const PROFILES =
  /^((Iam|Ec2|Default)?InstanceProfile(Name|Arn|Id)?|JobFlowRole|InstanceRole|resourceRole|IamInstanceProfileName)$/;

/** Where a property is named in a list: options of Elastic Beanstalk, fields of AWS Data Pipeline. */
const NAMED: ReadonlyArray<readonly [name: string, value: string]> = [
  ['OptionName', 'Value'],
  ['Key', 'StringValue'],
];

/** The machines of fleets and services, and whatever else names an instance profile. */
export function machinesOf(index: ResourceIndex): Machines[] {
  const read = Object.entries(READERS).flatMap(([type, reader]) =>
    index.ofType(type).flatMap(resource => reader(resource, index)),
  );
  const others: Machines[] = index.reading.resources
    .filter(({ type }) => !/^AWS::(EC2|AutoScaling|IAM)::/.test(type) && READERS[type] === undefined)
    .flatMap(resource =>
      profilesIn(resource.properties).map(instanceProfile => ({
        resource,
        settings: { ...plain(resource), instanceProfile },
      })),
    );
  return [...read, ...others].filter(
    ({ settings, roleArn }) => settings.instanceProfile !== undefined || roleArn !== undefined,
  );
}

function spotFleet(resource: ResolvedResource, index: ResourceIndex): Machines[] {
  const data = valueAt(resource.properties, 'SpotFleetRequestConfigData');
  const inline = listOf(valueAt(data, 'LaunchSpecifications')).map(each => {
    const own = objectOf(each);
    const groups = listOf(own.SecurityGroups).map(group => textOf(valueAt(group, 'GroupId')) ?? group);
    return { resource, settings: launchSettings(resource, { ...own, SecurityGroups: groups }, index) };
  });
  return [...inline, ...fromConfigs(resource, valueAt(data, 'LaunchTemplateConfigs'), index)];
}

/** Overrides choose subnets; everything else is in the launch template. */
function fromConfigs(resource: ResolvedResource, configs: Json | undefined, index: ResourceIndex): Machines[] {
  return listOf(configs).flatMap(config => {
    const reference = templateReference(valueAt(config, 'LaunchTemplateSpecification'), index);
    const subnetIds = listOf(valueAt(config, 'Overrides')).flatMap(each => textsOf(valueAt(each, 'SubnetId')));
    const settings = reference && referredSettings(reference, index);
    return settings === undefined
      ? []
      : [{ resource, settings: withDefaults({ ...plain(resource), subnetIds }, settings) }];
  });
}

function imageBuilder(resource: ResolvedResource): Machines[] {
  const { InstanceProfileName, SubnetId, SecurityGroupIds, InstanceMetadataOptions: options } = resource.properties;
  return [
    {
      resource,
      settings: {
        ...plain(resource),
        instanceProfile: textOf(InstanceProfileName),
        subnetIds: textsOf(SubnetId),
        securityGroupIds: textsOf(SecurityGroupIds),
        metadataOptions: {
          httpTokens: textOf(valueAt(options, 'HttpTokens')),
          hopLimit: textOf(valueAt(options, 'HttpPutResponseHopLimit')),
        },
      },
    },
  ];
}

function batch(resource: ResolvedResource, index: ResourceIndex): Machines[] {
  const compute = valueAt(resource.properties, 'ComputeResources');
  const reference = templateReference(valueAt(compute, 'LaunchTemplate'), index);
  const own = {
    ...plain(resource),
    instanceProfile: textOf(valueAt(compute, 'InstanceRole')),
    subnetIds: textsOf(valueAt(compute, 'Subnets')),
    securityGroupIds: textsOf(valueAt(compute, 'SecurityGroupIds')),
  };
  return [{ resource, settings: withDefaults(own, reference && referredSettings(reference, index)) }];
}

function nodeGroup(resource: ResolvedResource, index: ResourceIndex): Machines[] {
  const { NodeRole, Subnets, LaunchTemplate } = resource.properties;
  const { Id, Name, Version } = objectOf(LaunchTemplate);
  const named = { LaunchTemplateId: Id, LaunchTemplateName: Name, Version };
  const specification = Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined));
  const reference = templateReference(specification as Json, index);
  const own = { ...plain(resource), subnetIds: textsOf(Subnets) };
  const settings = withDefaults(own, reference && referredSettings(reference, index));
  return [{ resource, settings, roleArn: textOf(NodeRole) }];
}

/** In Auto Mode, the cluster itself starts nodes with their role. */
function autoMode(resource: ResolvedResource): Machines[] {
  const { ComputeConfig, ResourcesVpcConfig } = resource.properties;
  const settings = {
    ...plain(resource),
    subnetIds: textsOf(valueAt(ResourcesVpcConfig, 'SubnetIds')),
    securityGroupIds: textsOf(valueAt(ResourcesVpcConfig, 'SecurityGroupIds')),
  };
  return [{ resource, settings, roleArn: textOf(valueAt(ComputeConfig, 'NodeRoleArn')) }];
}

function plain(resource: ResolvedResource): LaunchSettings {
  return { sources: [resource], metadataOptions: {}, subnetIds: [], securityGroupIds: [] };
}

/** Some services take what they call as JSON in a text. */
function profilesIn(value: Json): string[] {
  if (typeof value === 'string') {
    return /^\s*\{/.test(value) ? profilesIn(parsed(value)) : [];
  }
  const listed = NAMED.find(([name]) => PROFILES.test(textOf(valueAt(value, name)) ?? ''));
  if (listed !== undefined) {
    return textsOf(valueAt(value, listed[1]));
  }
  const entries = Array.isArray(value)
    ? value.map((each): [string, Json] => ['', each])
    : Object.entries(objectOf(value));
  return entries.flatMap(([key, each]) => {
    const named = PROFILES.test(key) ? profileNamed(each) : undefined;
    return named === undefined ? profilesIn(each) : [named];
  });
}

/** EC2 takes the name or the ARN. */
function profileNamed(value: Json): string | undefined {
  return textOf(value) ?? textOf(valueAt(value, 'Arn')) ?? textOf(valueAt(value, 'Name'));
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}
