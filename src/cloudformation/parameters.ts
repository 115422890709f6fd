import { Json, listOf, objectOf, textOf, textsOf } from './json';
import type { Resolution } from './resolution';
import { opaqueSymbol, storedSymbol } from './symbols';
import type { ParameterJson } from './template-json';
import { below, TemplateLocation } from './template-location';

/**
 * The value of a parameter: what is given, what the parent stack passes to a nested stack, else the default. Parameters that are
 * read from Systems Manager at deployment are symbols.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
 */
export function parameterValue(name: string, at: TemplateLocation, resolution: Resolution): Json {
  const parameter: ParameterJson = at.stack.template.Parameters?.[name] ?? {};
  const type = parameter.Type ?? 'String';
  const passed = passedTo(name, at, resolution);
  const given = passed ?? parameter.Default;
  if (given === undefined) {
    return missing(name, type, at, resolution);
  }
  if (passed === undefined && !isStored(type)) {
    resolution.takesDefault(at.stack, name, given);
  }
  const text = listOf(given)
    .map(each => textOf(each))
    .join(',');
  if (isStored(type)) {
    return list(type, [unknown(storedSymbol('ssm', text), type, resolution)]);
  }
  return list(type, text === '' ? [] : text.split(',').map(each => each.trim()), text);
}

function isStored(type: string): boolean {
  return type.startsWith('AWS::SSM::Parameter::Value<');
}

/** What is given for a stack, or what its parent passes. */
function passedTo(name: string, at: TemplateLocation, resolution: Resolution): Json | undefined {
  return at.stack.parameters?.[name] ?? passedByParent(name, at, resolution);
}

function passedByParent(name: string, at: TemplateLocation, resolution: Resolution): Json | undefined {
  const { parent } = at.stack;
  if (parent === undefined) {
    return undefined;
  }
  const passed = objectOf(parent.stack.template.Resources[parent.logicalId].Properties?.Parameters);
  return resolution.resolve(
    passed[name],
    below({ stack: parent.stack, logicalId: parent.logicalId, path: 'Properties.Parameters' }, name),
  );
}

/** Whoever deploys the stack gives the value: a symbol stands for it. */
function missing(name: string, type: string, at: TemplateLocation, resolution: Resolution): Json {
  resolution.takesDefault(at.stack, name, undefined);
  const { AllowedValues } = at.stack.template.Parameters?.[name] ?? {};
  return list(type, [unknown(opaqueSymbol(at.stack.id, name, 'Parameter'), type, resolution, textsOf(AllowedValues))]);
}

/** CloudFormation checks that the value of a type of AWS names something that is there: no wildcard is one. */
function unknown(symbol: string, type: string, resolution: Resolution, allowed: readonly string[] = []): string {
  return /(^|<)AWS::(?!SSM::Parameter::Value)/.test(type)
    ? symbol
    : resolution.anyText(symbol, allowed.length === 0 ? undefined : allowed);
}

function list(type: string, values: readonly string[], text = values.join(',')): Json {
  return type.includes('List') ? values : text;
}
