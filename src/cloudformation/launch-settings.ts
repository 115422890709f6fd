import { isTrue, Json, JsonObject, listOf, objectOf, textOf, textsOf, valueAt } from './json';
import type { MetadataOptionsModel, VolumeModel } from './model';
import type { ResolvedResource } from './resolved-assembly';
import { refTo, ResourceIndex } from './resource-index';

/** How instances are launched, wherever the template says it. */
export interface LaunchSettings {
  /** The resources that say it. */
  readonly sources: readonly ResolvedResource[];
  readonly metadataOptions: MetadataOptionsModel;
  /** The name or the ARN of the instance profile. */
  readonly instanceProfile?: string;
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
  /** Whether it asks for a public address, or for none; absent where its subnet decides. */
  readonly publicIp?: boolean;
  /** The network interfaces that are described one by one. */
  readonly interfaces?: readonly InterfaceSettings[];
  /** How many network interfaces there are, as far as the template tells; one, if it does not. */
  readonly networkInterfaces?: number;
  /** Whether one of them has more private IPv4 addresses than the primary one. */
  readonly hasSecondaryAddresses?: boolean;
  readonly volumes?: readonly VolumeModel[];
  /** The version of the launch template, where it is not the newest one. */
  readonly otherVersion?: string;
}

/** One of several network interfaces. */
export interface InterfaceSettings {
  readonly id?: string;
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
  /** The resource that attaches it, where it is not the machine. */
  readonly attachedBy?: ResolvedResource;
}

/** A reference to a launch template that is not in the assembly, or to one that is. */
export interface TemplateReference {
  readonly id: string;
  readonly template?: ResolvedResource;
  /** The version, where it is not the newest one. */
  readonly otherVersion?: string;
}

/** The launch template that a specification names by id or by name. */
export function templateReference(
  specification: Json | undefined,
  index: ResourceIndex,
): TemplateReference | undefined {
  const id = textOf(valueAt(specification, 'LaunchTemplateId')) ?? textOf(valueAt(specification, 'LaunchTemplateName'));
  if (id === undefined) {
    return undefined;
  }
  const template = index
    .ofType('AWS::EC2::LaunchTemplate')
    .find(each => each.ref === id || textOf(each.properties.LaunchTemplateName) === id);
  return { id, template, ...otherVersion(specification) };
}

/** Without a version it is the default one, which updates of the template leave as it is; the newest is a symbol. */
function otherVersion(specification: Json | undefined): Pick<TemplateReference, 'otherVersion'> {
  const version = textOf(valueAt(specification, 'Version'));
  const isNewest = version === undefined || version === '$Latest' || version.endsWith('#LatestVersionNumber>');
  return isNewest ? {} : { otherVersion: /DefaultVersionNumber/.test(version) ? '$Default' : version };
}

/**
 * What an instance, the data of a launch template or a launch configuration says: they use the same words for almost
 * everything.
 */
export function launchSettings(source: ResolvedResource, properties: JsonObject, index: ResourceIndex): LaunchSettings {
  const profile = properties.IamInstanceProfile;
  const options = objectOf(properties.MetadataOptions);
  const interfaces = networkInterfaces(properties, index);
  const attached = attachedTo(source, index);
  return {
    sources: [source],
    metadataOptions: {
      httpTokens: textOf(options.HttpTokens),
      hopLimit: textOf(options.HttpPutResponseHopLimit),
      httpEndpoint: textOf(options.HttpEndpoint),
    },
    instanceProfile: textOf(profile) ?? textOf(valueAt(profile, 'Arn')) ?? textOf(valueAt(profile, 'Name')),
    subnetIds: unique([...textsOf(properties.SubnetId), ...interfaces.flatMap(each => textsOf(each.SubnetId))]),
    securityGroupIds: unique([
      ...textsOf(properties.SecurityGroupIds),
      ...textsOf(properties.SecurityGroups),
      ...interfaces.flatMap(each => [...textsOf(each.Groups), ...textsOf(each.GroupSet)]),
    ]),
    ...publicIpOf(properties, interfaces),
    interfaces: [...interfaces.map(each => interfaceSettings(each)), ...attached.map(interfaceAttached)],
    networkInterfaces: Math.max(interfaces.length, 1) + attached.length,
    hasSecondaryAddresses: [...interfaces, ...attached.map(each => each.properties)].some(hasSecondary),
    volumes: volumesOf(source, properties),
  };
}

/** Without a mapping, the image says how its volumes are. */
function volumesOf(source: ResolvedResource, { BlockDeviceMappings }: JsonObject): readonly VolumeModel[] {
  const where = refTo(source);
  const mapped = listOf(BlockDeviceMappings)
    .filter(each => valueAt(each, 'Ebs') !== undefined)
    .map(each => {
      const encrypted = valueAt(each, 'Ebs', 'Encrypted');
      return {
        where,
        device: textOf(valueAt(each, 'DeviceName')) ?? '',
        ...(encrypted === undefined ? {} : { encrypted: isTrue(encrypted) ? ('yes' as const) : ('no' as const) }),
      };
    });
  return mapped.length > 0 ? mapped : [{ where }];
}

/** What a launch template says. */
export function templateSettings(template: ResolvedResource, index: ResourceIndex): LaunchSettings {
  return launchSettings(template, objectOf(template.properties.LaunchTemplateData), index);
}

/** What a launch template says that something refers to; nothing where it is not in the assembly. */
export function referredSettings(
  { template, otherVersion: version }: TemplateReference,
  index: ResourceIndex,
): LaunchSettings | undefined {
  return template && { ...templateSettings(template, index), otherVersion: version };
}

/** What the instance says counts, else what its launch template says. */
export function withDefaults(own: LaunchSettings, defaults: LaunchSettings | undefined): LaunchSettings {
  if (defaults === undefined) {
    return own;
  }
  return {
    sources: [...own.sources, ...defaults.sources],
    metadataOptions: metadataWithDefaults(own.metadataOptions, defaults.metadataOptions),
    instanceProfile: own.instanceProfile ?? defaults.instanceProfile,
    otherVersion: own.otherVersion ?? defaults.otherVersion,
    volumes: volumesWithDefaults(own.volumes, defaults.volumes),
    ...networkWithDefaults(own, defaults),
  };
}

function networkWithDefaults(
  own: LaunchSettings,
  defaults: LaunchSettings,
): Pick<
  LaunchSettings,
  'subnetIds' | 'securityGroupIds' | 'publicIp' | 'interfaces' | 'networkInterfaces' | 'hasSecondaryAddresses'
> {
  return {
    subnetIds: own.subnetIds.length > 0 ? own.subnetIds : defaults.subnetIds,
    securityGroupIds: own.securityGroupIds.length > 0 ? own.securityGroupIds : defaults.securityGroupIds,
    publicIp: own.publicIp ?? defaults.publicIp,
    interfaces: [...(own.interfaces ?? []), ...(defaults.interfaces ?? [])],
    networkInterfaces: Math.max(own.networkInterfaces ?? 1, defaults.networkInterfaces ?? 1),
    hasSecondaryAddresses: own.hasSecondaryAddresses === true || defaults.hasSecondaryAddresses === true,
  };
}

function volumesWithDefaults(own: LaunchSettings['volumes'], defaults: LaunchSettings['volumes']) {
  return own?.some(({ device }) => device !== undefined) === true ? own : (defaults ?? own);
}

function metadataWithDefaults(own: MetadataOptionsModel, defaults: MetadataOptionsModel): MetadataOptionsModel {
  return {
    httpTokens: own.httpTokens ?? defaults.httpTokens,
    hopLimit: own.hopLimit ?? defaults.hopLimit,
    httpEndpoint: own.httpEndpoint ?? defaults.httpEndpoint,
  };
}

/**
 * What is said about a public address overrides the subnet; one interface that does not say leaves it to the subnet.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-ip-addressing.html#vpc-public-ip
 */
function publicIpOf(properties: JsonObject, interfaces: readonly JsonObject[]): Pick<LaunchSettings, 'publicIp'> {
  const places = [properties, ...interfaces];
  const said = places.flatMap(({ AssociatePublicIpAddress, AssociateCarrierIpAddress }) =>
    [AssociatePublicIpAddress, AssociateCarrierIpAddress].filter(each => each !== undefined),
  );
  if (said.some(each => textOf(each)?.toLowerCase() !== 'false')) {
    return { publicIp: true };
  }
  const isRefused = ({ AssociatePublicIpAddress }: JsonObject) => AssociatePublicIpAddress !== undefined;
  return isRefused(properties) || (interfaces.length > 0 && interfaces.every(isRefused)) ? { publicIp: false } : {};
}

/** Network interfaces that are described in place, or that are resources of their own. */
function networkInterfaces(properties: JsonObject, index: ResourceIndex): JsonObject[] {
  return listOf(properties.NetworkInterfaces).map(each => {
    const own = objectOf(each);
    return { ...index.named('AWS::EC2::NetworkInterface', textOf(own.NetworkInterfaceId))?.properties, ...own };
  });
}

interface Attached {
  readonly by: ResolvedResource;
  readonly properties: JsonObject;
}

/** Network interfaces that the template attaches to an instance afterwards. */
function attachedTo({ ref }: ResolvedResource, index: ResourceIndex): Attached[] {
  return index
    .ofType('AWS::EC2::NetworkInterfaceAttachment')
    .filter(({ properties }) => textOf(properties.InstanceId) === ref)
    .map(by => {
      const { NetworkInterfaceId } = by.properties;
      const own = index.named('AWS::EC2::NetworkInterface', textOf(NetworkInterfaceId))?.properties;
      return { by, properties: { ...own, NetworkInterfaceId } };
    });
}

function interfaceAttached({ by, properties }: Attached): InterfaceSettings {
  return { ...interfaceSettings(properties), attachedBy: by };
}

function interfaceSettings(properties: JsonObject): InterfaceSettings {
  return {
    id: textOf(properties.NetworkInterfaceId),
    subnetIds: textsOf(properties.SubnetId),
    securityGroupIds: [...textsOf(properties.Groups), ...textsOf(properties.GroupSet)],
  };
}

function hasSecondary({
  SecondaryPrivateIpAddressCount,
  PrivateIpAddresses,
  Ipv4PrefixCount,
  Ipv4Prefixes,
}: JsonObject): boolean {
  return (
    [SecondaryPrivateIpAddressCount, Ipv4PrefixCount].some(count => Number(textOf(count) ?? '0') > 0) ||
    listOf(PrivateIpAddresses).length > 1 ||
    listOf(Ipv4Prefixes).length > 0
  );
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}
