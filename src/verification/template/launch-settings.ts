import type { Facts } from './facts';
import { isTrue, Json, JsonObject, listOf, objectOf, textOf, textsOf, valueAt } from './json';
import type { MetadataOptionsModel } from './model';
import type { ResolvedResource } from './reading';

/** How instances are launched, wherever the template says it. */
export interface LaunchSettings {
  /** The resources that say it. */
  readonly sources: readonly ResolvedResource[];
  readonly metadataOptions: MetadataOptionsModel;
  /** The name or the ARN of the instance profile. */
  readonly instanceProfile?: string;
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
  readonly publicIp: boolean;
}

/** A reference to a launch template that is not in the assembly, or to one that is. */
export interface TemplateReference {
  readonly id: string;
  readonly template?: ResolvedResource;
}

/** The launch template that a specification names by id or by name. */
export function templateReference(specification: Json | undefined, facts: Facts): TemplateReference | undefined {
  const id = textOf(valueAt(specification, 'LaunchTemplateId')) ?? textOf(valueAt(specification, 'LaunchTemplateName'));
  if (id === undefined) return undefined;
  const template = facts.ofType('AWS::EC2::LaunchTemplate').find(each => each.ref === id || textOf(each.properties.LaunchTemplateName) === id);
  return { id, template };
}

/** What an instance, the data of a launch template or a launch configuration says: they use the same words for almost everything. */
export function launchSettings(source: ResolvedResource, properties: JsonObject, facts: Facts): LaunchSettings {
  const profile = properties.IamInstanceProfile;
  const options = objectOf(properties.MetadataOptions);
  const interfaces = networkInterfaces(properties, facts);
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
    publicIp: isTrue(properties.AssociatePublicIpAddress) || interfaces.some(each => isTrue(each.AssociatePublicIpAddress)),
  };
}

/** What the instance says counts, else what its launch template says. */
export function withDefaults(own: LaunchSettings, defaults: LaunchSettings | undefined): LaunchSettings {
  if (defaults === undefined) return own;
  return {
    sources: [...own.sources, ...defaults.sources],
    metadataOptions: {
      httpTokens: own.metadataOptions.httpTokens ?? defaults.metadataOptions.httpTokens,
      hopLimit: own.metadataOptions.hopLimit ?? defaults.metadataOptions.hopLimit,
      httpEndpoint: own.metadataOptions.httpEndpoint ?? defaults.metadataOptions.httpEndpoint,
    },
    instanceProfile: own.instanceProfile ?? defaults.instanceProfile,
    subnetIds: own.subnetIds.length > 0 ? own.subnetIds : defaults.subnetIds,
    securityGroupIds: own.securityGroupIds.length > 0 ? own.securityGroupIds : defaults.securityGroupIds,
    publicIp: own.publicIp || defaults.publicIp,
  };
}

/** Network interfaces that are described in place, or that are resources of their own. */
function networkInterfaces(properties: JsonObject, facts: Facts): JsonObject[] {
  return listOf(properties.NetworkInterfaces).map(each => {
    const own = objectOf(each);
    return { ...facts.named('AWS::EC2::NetworkInterface', textOf(own.NetworkInterfaceId))?.properties, ...own };
  });
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}
