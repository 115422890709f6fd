import { exportedAcrossRegions, nestedOutput } from './cross-stack';
import { Json, objectOf, textOf, valueAt } from './json';
import { fill, genericArn, Naming, namingOf } from './names';
import { parameterValue } from './parameters';
import type { Resolution, StackResource } from './resolution';
import { nameSymbol, opaqueSymbol } from './symbols';
import { below, TemplateLocation } from './template-location';

/** The value of `Ref`: a pseudo parameter, a parameter or the name of a resource. */
export function refOf(name: string, at: TemplateLocation, resolution: Resolution): Json | undefined {
  if (name.startsWith('AWS::')) {
    return pseudoParameter(name, at, resolution);
  }
  if (at.stack.template.Parameters?.[name] !== undefined) {
    return resolution.once(`parameter ${at.stack.id} ${name}`, at, () => parameterValue(name, at, resolution));
  }
  const found = resourceNamed(name, at, resolution, 'Ref');
  return typeof found === 'string'
    ? found
    : resolution.once(`ref ${at.stack.id} ${name}`, at, () => reference(found, resolution));
}

/** The value of `Fn::GetAtt`. */
export function attributeOf(
  name: string,
  attribute: string,
  at: TemplateLocation,
  resolution: Resolution,
): Json | undefined {
  const found = resourceNamed(name, at, resolution, 'Fn::GetAtt');
  if (typeof found === 'string') {
    return found;
  }
  return resolution.once(`attribute ${at.stack.id} ${name} ${attribute}`, at, () =>
    attributeValue(found, attribute, at, resolution),
  );
}

function resourceNamed(
  logicalId: string,
  at: TemplateLocation,
  resolution: Resolution,
  functionName: string,
): StackResource | string {
  const resource = at.stack.template.Resources[logicalId];
  const identity = [at.stack.id, logicalId];
  if (resource === undefined) {
    return resolution.unresolvable(at, functionName, `the template has no ${logicalId}`, identity);
  }
  const exists =
    resource.Condition === undefined ||
    resolution.holds(resource.Condition, { stack: at.stack, logicalId, path: 'Condition' });
  return exists
    ? { stack: at.stack, logicalId, resource }
    : resolution.unresolvable(
        at,
        functionName,
        `the condition ${resource.Condition} keeps ${logicalId} from existing`,
        identity,
      );
}

/**
 * A pseudo parameter.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html
 */
function pseudoParameter(name: string, at: TemplateLocation, resolution: Resolution): Json | undefined {
  const { account, region, partition, urlSuffix } = resolution.environmentOf(at.stack);
  const stackName = at.stack.parent === undefined ? at.stack.name : opaqueSymbol(at.stack.id, 'AWS', 'StackName');
  const stackId = opaqueSymbol(at.stack.id, 'AWS', 'StackId');
  switch (name) {
    case 'AWS::AccountId':
      return account;
    case 'AWS::Region':
      return region;
    case 'AWS::Partition':
      return partition;
    case 'AWS::URLSuffix':
      return urlSuffix;
    case 'AWS::StackName':
      return stackName;
    case 'AWS::StackId':
      return `arn:${partition}:cloudformation:${region}:${account}:stack/${stackName}/${stackId}`;
    case 'AWS::NoValue':
      return undefined;
    default:
      return resolution.unresolvable(at, 'Ref', `the value of ${name} is known at deployment only`, [
        at.stack.id,
        name,
      ]);
  }
}

function reference(found: StackResource, resolution: Resolution): string {
  const naming = namingOf(found.resource.Type);
  return naming === undefined
    ? answer(found, 'Ref', resolution)
    : fill(naming.ref, placeholders(found, naming, resolution));
}

function attributeValue(
  found: StackResource,
  attribute: string,
  at: TemplateLocation,
  resolution: Resolution,
): Json | undefined {
  const { resource } = found;
  if (resource.Type === 'AWS::CloudFormation::Stack') {
    return nestedOutput(found, attribute, at, resolution);
  }
  const exported = exportedAcrossRegions(found, attribute, at, resolution);
  if (exported !== undefined) {
    return exported;
  }
  const naming = namingOf(resource.Type);
  const copied = naming?.copies.includes(attribute)
    ? resolution.resolve(resource.Properties?.[attribute], placeOf(found, attribute))
    : undefined;
  if (copied !== undefined) {
    return copied;
  }
  const pattern = naming === undefined ? genericPattern(resource.Type, attribute) : naming.attributes[attribute];
  return pattern === undefined
    ? answer(found, attribute, resolution)
    : fill(pattern, placeholders(found, naming, resolution));
}

/** Of a type of AWS that is not in the table, only the ARN is known. */
function genericPattern(type: string, attribute: string): string | undefined {
  return attribute === 'Arn' && type.startsWith('AWS::') ? genericArn(type) : undefined;
}

/** What AWS makes up has no wildcards; what a handler of somebody answers, or an instance signals, is any text. */
function answer({ stack, logicalId, resource: { Type } }: StackResource, name: string, resolution: Resolution): string {
  const symbol = opaqueSymbol(stack.id, logicalId, name);
  return /^AWS::(?!CloudFormation::(CustomResource|WaitCondition)$)/.test(Type) ? symbol : resolution.anyText(symbol);
}

function placeholders(
  found: StackResource,
  naming: Naming | undefined,
  resolution: Resolution,
): Record<string, string> {
  const { account, region, partition, urlSuffix } = resolution.environmentOf(found.stack);
  const path = textOf(resolution.resolve(valueAt(found.resource.Properties, 'Path'), placeOf(found, 'Path')));
  return {
    account,
    region,
    partition,
    suffix: urlSuffix,
    path: path ?? '/',
    name: physicalName(found, naming, resolution),
  };
}

/** The name that the template gives, or a symbol for the one that is made up at deployment. */
function physicalName(found: StackResource, naming: Naming | undefined, resolution: Resolution): string {
  const made = `${naming?.prefix ?? ''}${nameSymbol(found.stack.id, found.logicalId)}`;
  const given = naming?.name === undefined ? undefined : objectOf(found.resource.Properties)[naming.name];
  if (given === undefined) {
    return made;
  }
  return textOf(resolution.resolve(given, placeOf(found, String(naming?.name)))) ?? made;
}

function placeOf({ stack, logicalId }: StackResource, property: string): TemplateLocation {
  return below({ stack, logicalId, path: 'Properties' }, property);
}
