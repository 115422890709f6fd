import { isBelow } from './construct-paths';
import { isObject, Json, leavesIn, listOf, textOf, textsOf, valueAt } from './json';
import {
  LaunchSettings,
  launchSettings,
  referredSettings,
  templateReference,
  templateSettings,
  withDefaults,
} from './launch-settings';
import { machinesOf } from './machines';
import type { DeclarationModel, PlacedText, RoleModel, WorkloadModel } from './model';
import { hasElasticAddress, interfacesOf, securityGroupNamed, subnetNamed, vpcNamed } from './network';
import type { ResolvedResource } from './resolved-assembly';
import { ResourceIndex, refTo, withKnownServices } from './resource-index';
import { roleBehind, roleDeclared, roleWithArn } from './roles';
import type { PolicyJson } from '../iam';

/** Resources that are no machines, in whose texts keys could lie, and the property; all of them, if there is none. */
const KEY_PLACES: ReadonlyArray<readonly [type: RegExp, property?: string]> = [
  [/^AWS::Lambda::Function$/, 'Environment'],
  [/^AWS::ECS::TaskDefinition$/, 'ContainerDefinitions'],
  [/^AWS::SSM::Parameter$/, 'Value'],
  [/^AWS::SecretsManager::Secret$/, 'SecretString'],
  [/^AWS::(CodeBuild::Project|Batch::JobDefinition|Glue::Job|AppRunner::Service|ElasticBeanstalk::.+|SageMaker::.+)$/],
  [/^AWS::(SSM::Document|Amplify::(App|Branch)|StepFunctions::StateMachine)$/],
  [/^AWS::(EC2::(Instance|LaunchTemplate)|AutoScaling::LaunchConfiguration)$/],
];

/**
 * The machines of an assembly: instances alone, in Auto Scaling groups and in fleets, those that services start with
 * an instance profile or the role of nodes, and those of launch templates and launch configurations that nothing else
 * in the assembly uses; and those elsewhere that a construct made an instance profile for.
 */
export function workloadsOf(index: ResourceIndex): WorkloadModel[] {
  const instances = index
    .ofType('AWS::EC2::Instance')
    .map(each => workloadOf(each, 'instance', instanceSettings(each, index), index));
  const fleets = index
    .ofType('AWS::AutoScaling::AutoScalingGroup')
    .flatMap(each => fleetSettings(each, index).map(settings => workloadOf(each, 'fleet', settings, index)));
  const ofServices = machinesOf(index).map(({ resource, settings, roleArn }) =>
    workloadOf(resource, 'machines of a service', settings, index, roleArn),
  );
  const used = new Set(
    [...instances, ...fleets, ...ofServices].flatMap(({ describedBy }) =>
      describedBy.map(({ stack, logicalId }) => `${stack} ${logicalId}`),
    ),
  );
  const isUnused = ({ stack, logicalId }: ResolvedResource) => !used.has(`${stack} ${logicalId}`);
  const templates = index
    .ofType('AWS::EC2::LaunchTemplate')
    .filter(isUnused)
    .map(each => workloadOf(each, 'launch template', templateSettings(each, index), index));
  const configurations = index
    .ofType('AWS::AutoScaling::LaunchConfiguration')
    .filter(isUnused)
    .map(each => workloadOf(each, 'launch template', launchSettings(each, each.properties, index), index));
  const here = [...instances, ...fleets, ...ofServices, ...templates, ...configurations];
  return [...here, ...workloadsElsewhere(here, index)];
}

/** Where a construct makes an instance profile and no instance, and nothing else in the assembly uses it. */
function workloadsElsewhere(here: readonly WorkloadModel[], index: ResourceIndex): WorkloadModel[] {
  const unused = index.reading.declarations.filter(each => here.every(({ declaration }) => declaration !== each));
  return unused.flatMap(({ constructPath, elsewhere }) =>
    elsewhere === undefined
      ? []
      : index
          .ofType('AWS::IAM::InstanceProfile')
          .filter(profile => isBelow(profile.constructPath, constructPath))
          .map(profile =>
            workloadOf(
              profile,
              'instance profile',
              { sources: [profile], metadataOptions: {}, instanceProfile: profile.ref, ...elsewhere },
              index,
            ),
          ),
  );
}

/** The environments of functions, containers, builds and jobs, and what other machines are made with. */
export function otherTextsOf(index: ResourceIndex): PlacedText[] {
  return index.reading.resources.flatMap(resource => {
    const place = KEY_PLACES.find(([type]) => type.test(resource.type));
    return place === undefined
      ? []
      : [resource.properties, resource.otherTexts ?? {}].flatMap(properties =>
          leavesIn(place[1] === undefined ? properties : properties[place[1]], place[1] ?? 'Properties').map(
            ([path, text]) => ({ where: refTo(resource), path, text }),
          ),
        );
  });
}

function workloadOf(
  resource: ResolvedResource,
  kind: WorkloadModel['kind'],
  settings: LaunchSettings,
  index: ResourceIndex,
  roleArn?: string,
): WorkloadModel {
  const subnets = settings.subnetIds.map(id => subnetNamed(id, index));
  const securityGroups = settings.securityGroupIds.map(id => securityGroupNamed(id, index));
  const groupVpc = settings.securityGroupIds.map(id =>
    textOf(index.named('AWS::EC2::SecurityGroup', id)?.properties.VpcId),
  );
  const { instanceProfile } = settings;
  const ownRole = profileRole(resource, instanceProfile, roleArn, index);
  const declaration = declarationOf(resource, instanceProfile, ownRole, index);
  const endpointVpc = (declaration?.endpointIds ?? []).map(id =>
    textOf(index.named('AWS::EC2::VPCEndpoint', id)?.properties.VpcId),
  );
  const vpcId = [...subnets.map(each => each.vpcId), ...groupVpc, ...endpointVpc].find(id => id !== undefined);
  return {
    where: refTo(resource),
    kind,
    ...(declaration === undefined ? {} : { declaration }),
    environment: resource.environment,
    describedBy: settings.sources.map(refTo),
    metadataOptions: settings.metadataOptions,
    instanceProfile,
    role: roleOf(resource, instanceProfile, ownRole, declaration, index),
    ...(settings.otherVersion === undefined ? {} : { otherVersions: [settings.otherVersion] }),
    vpcId,
    ...(vpcId === undefined ? {} : { vpc: vpcNamed(vpcId, index) }),
    subnets,
    securityGroups,
    interfaces: interfacesOf(resource, settings, index),
    publicIp:
      (settings.publicIp ?? subnets.some(({ publicIps }) => publicIps)) || hasElasticAddress(resource, settings, index),
    volumes: settings.volumes,
    networkInterfaces: settings.networkInterfaces,
    hasSecondaryAddresses: settings.hasSecondaryAddresses,
    texts: settings.sources.flatMap(source => textsOfResource(source)),
  };
}

function instanceSettings(instance: ResolvedResource, index: ResourceIndex): LaunchSettings {
  const reference = templateReference(instance.properties.LaunchTemplate, index);
  const defaults = reference && referredSettings(reference, index);
  return withDefaults(launchSettings(instance, instance.properties, index), defaults);
}

/**
 * One for each launch template that the group uses; a group has the subnets, its template, or the instance that it is
 * made from, everything else.
 */
function fleetSettings(group: ResolvedResource, index: ResourceIndex): LaunchSettings[] {
  const { properties } = group;
  const mixed = valueAt(properties.MixedInstancesPolicy, 'LaunchTemplate');
  const overrides = listOf(valueAt(mixed, 'Overrides')).map(each => valueAt(each, 'LaunchTemplateSpecification'));
  const references = [properties.LaunchTemplate, valueAt(mixed, 'LaunchTemplateSpecification'), ...overrides]
    .map(each => templateReference(each, index))
    .filter(each => each !== undefined);
  const distinct = [...new Map(references.map(each => [`${each.id} ${each.otherVersion}`, each])).values()];
  const configuration = index.named(
    'AWS::AutoScaling::LaunchConfiguration',
    textOf(properties.LaunchConfigurationName),
  );
  const instance = index.named('AWS::EC2::Instance', textOf(properties.InstanceId));
  const described = [
    ...distinct.map(reference => referredSettings(reference, index)),
    ...(configuration === undefined ? [] : [launchSettings(configuration, configuration.properties, index)]),
    ...(instance === undefined ? [] : [instanceSettings(instance, index)]),
  ];
  const own: LaunchSettings = {
    sources: [group],
    metadataOptions: {},
    subnetIds: textsOf(properties.VPCZoneIdentifier),
    securityGroupIds: [],
  };
  return described.length === 0 ? [own] : described.map(each => withDefaults(own, each));
}

function declarationOf(
  { constructPath }: ResolvedResource,
  instanceProfile: string | undefined,
  role: RoleModel | undefined,
  index: ResourceIndex,
): DeclarationModel | undefined {
  const profile = index.named('AWS::IAM::InstanceProfile', instanceProfile);
  const { declarations } = index.reading;
  return (
    declarations.find(each => isBelow(constructPath, each.constructPath)) ??
    declarations.find(each => isBelow(profile?.constructPath, each.constructPath)) ??
    declarations.find(({ roleArn }) => role !== undefined && role.where !== undefined && role.arn === roleArn)
  );
}

/** The role that machines get the credentials of, as far as the assembly tells. */
function profileRole(
  { environment }: ResolvedResource,
  instanceProfile: string | undefined,
  roleArn: string | undefined,
  index: ResourceIndex,
): RoleModel | undefined {
  if (roleArn !== undefined) {
    return roleWithArn(roleArn, environment, index);
  }
  return instanceProfile === undefined ? undefined : roleBehind(instanceProfile, environment, index);
}

/** What the owner of an adopted role must attach to it is taken to be attached. */
function roleOf(
  { environment }: ResolvedResource,
  instanceProfile: string | undefined,
  known: RoleModel | undefined,
  declaration: DeclarationModel | undefined,
  index: ResourceIndex,
): RoleModel | undefined {
  const role =
    known ??
    (instanceProfile === undefined
      ? undefined
      : declaration && roleDeclared(instanceProfile, declaration.roleArn, environment, index));
  if (role === undefined || declaration === undefined || declaration.roleStatements.length === 0) {
    return role;
  }
  const { roleArn: arn } = declaration;
  const roleStatements = listOf(withKnownServices([...declaration.roleStatements] as Json)).filter(isObject);
  const name = `required statements of the role ${role.name}`;
  const attached = new Set(
    role.policies.flatMap(({ document: { Statement } }) => [Statement].flat()).map(each => JSON.stringify(each)),
  );
  const missing = roleStatements.filter(each => !attached.has(JSON.stringify(each)));
  if (missing.length === 0) {
    return { ...role, arn };
  }
  const document = { Version: '2012-10-17', Statement: missing } as unknown as PolicyJson;
  return {
    ...role,
    arn,
    policies: [...role.policies, { name, document, isAssumed: true }],
    assumes: [...(role.assumes ?? []), `the owner of the role ${role.name} attached the required statements`],
  };
}

function textsOfResource(resource: ResolvedResource): PlacedText[] {
  const leaves = [
    ...leavesIn(resource.properties, 'Properties'),
    ...leavesIn(resource.otherTexts, 'Properties'),
    ...leavesIn(resource.metadata, 'Metadata'),
  ];
  return leaves.map(([path, text]) => ({ where: refTo(resource), path, text }));
}
