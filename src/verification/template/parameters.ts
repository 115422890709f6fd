import { Json, listOf, objectOf, textOf } from './json';
import { below, Place } from './place';
import type { Resolution } from './resolution';
import type { ParameterJson } from './template-json';
import { opaqueSymbol, storedSymbol } from './symbols';

/**
 * The value of a parameter: what the parent stack passes to a nested stack, else the default. Parameters that are read from Systems Manager at
 * deployment are symbols.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
 */
export function parameterValue(name: string, at: Place, resolution: Resolution): Json {
  const parameter: ParameterJson = at.stack.template.Parameters?.[name] ?? {};
  const type = parameter.Type ?? 'String';
  const given = passedByParent(name, at, resolution) ?? parameter.Default;
  if (given === undefined) return missing(name, type, at, resolution);
  const text = listOf(given).map(each => textOf(each)).join(',');
  if (type.startsWith('AWS::SSM::Parameter::Value<')) return list(type, [storedSymbol('ssm', text)]);
  return list(type, text === '' ? [] : text.split(',').map(each => each.trim()), text);
}

function passedByParent(name: string, at: Place, resolution: Resolution): Json | undefined {
  const { parent } = at.stack;
  if (parent === undefined) return undefined;
  const passed = objectOf(parent.stack.template.Resources[parent.logicalId].Properties?.Parameters);
  return resolution.resolve(passed[name], below({ stack: parent.stack, logicalId: parent.logicalId, path: 'Properties.Parameters' }, name));
}

function missing(name: string, type: string, at: Place, resolution: Resolution): Json {
  resolution.unresolvable(at, 'Ref', `the parameter ${name} has no default`, [at.stack.id, name]);
  return list(type, [opaqueSymbol(at.stack.id, name, 'Parameter')]);
}

function list(type: string, values: readonly string[], text = values.join(',')): Json {
  return type.includes('List') ? values : text;
}
