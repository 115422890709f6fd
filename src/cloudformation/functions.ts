import { importedValue, stackOutputValue } from './cross-stack';
import { isList, isObject, Json, listOf, objectOf, textOf, textsOf, valueAt } from './json';
import { attributeOf, refOf } from './references';
import type { Resolution } from './resolution';
import { expressionSymbol, isSymbolic, opaqueSymbol } from './symbols';
import { below, TemplateLocation } from './template-location';
import { base64, join, select, split, substitute } from './text-functions';
import { ipRangeOf, ipText } from '../iam';

type Intrinsic = (argument: Json, at: TemplateLocation, resolution: Resolution) => Json | undefined;

/** More zones than any Region has. */
const ZONES = ['a', 'b', 'c', 'd', 'e', 'f'];

const INTRINSICS: Readonly<Record<string, Intrinsic>> = {
  Ref: (argument, at, resolution) => refOf(textOf(argument) ?? '', at, resolution),
  'Fn::GetAtt': getAttribute,
  'Fn::Sub': substitute,
  'Fn::Join': join,
  'Fn::Select': select,
  'Fn::Split': split,
  'Fn::If': chosenBranch,
  'Fn::FindInMap': findInMap,
  'Fn::ImportValue': importedValue,
  'Fn::GetStackOutput': stackOutputValue,
  'Fn::GetAZs': availabilityZones,
  'Fn::Base64': base64,
  'Fn::Cidr': addressRanges,
  'Fn::Length': listLength,
  'Fn::ToJsonString': (argument, at, resolution) => JSON.stringify(resolution.resolve(argument, at)),
};

/** The intrinsic function that an object is, if it is one: an object with one key, `Ref` or `Fn::` and a name. */
export function intrinsicIn(value: Json): readonly [name: string, argument: Json] | undefined {
  if (!isObject(value)) {
    return undefined;
  }
  const keys = Object.keys(value);
  return keys.length === 1 && (keys[0] === 'Ref' || keys[0].startsWith('Fn::')) ? [keys[0], value[keys[0]]] : undefined;
}

/** The value of an intrinsic function; one that is not known here is reported. */
export function evaluate(name: string, argument: Json, at: TemplateLocation, resolution: Resolution): Json | undefined {
  return Object.hasOwn(INTRINSICS, name)
    ? INTRINSICS[name](argument, at, resolution)
    : resolution.unresolvable(at, name, 'this function is not known here', [at.stack.id, argument]);
}

/** `Fn::GetAtt`, as a list or as a text with a dot. */
function getAttribute(argument: Json, at: TemplateLocation, resolution: Resolution): Json | undefined {
  const [name, ...rest] = isList(argument) ? argument : (textOf(argument) ?? '').split('.');
  const attribute = rest.map(part => textOf(resolution.resolve(part, at))).join('.');
  return attributeOf(textOf(name) ?? '', attribute, at, resolution);
}

function chosenBranch(argument: Json, at: TemplateLocation, resolution: Resolution): Json | undefined {
  const [condition, whenTrue, whenFalse] = listOf(argument);
  const index = resolution.holds(textOf(condition) ?? '', at) ? 1 : 2;
  return resolution.resolve(index === 1 ? whenTrue : whenFalse, below(at, index));
}

/**
 * `Fn::FindInMap`.
 *
 * @see
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-findinmap.html
 */
function findInMap(argument: Json, at: TemplateLocation, resolution: Resolution): Json | undefined {
  const parts = listOf(argument);
  const [map, first, second] = parts
    .slice(0, 3)
    .map((each, index) => textOf(resolution.resolve(each, below(at, index))) ?? '');
  const mapping = at.stack.template.Mappings?.[map];
  const found = valueAt(mapping, first, second);
  if (found !== undefined) {
    return found;
  }
  const fallback = valueAt(parts[3], 'DefaultValue');
  const otherwise = fallback === undefined ? undefined : resolution.resolve(fallback, at);
  if (mapping !== undefined && [first, second].some(isSymbolic)) {
    const entries = under(mapping, first).flatMap(each => under(each, second));
    const values = otherwise === undefined ? entries : [...entries, otherwise];
    return oneOf(values, expressionSymbol('FindInMap', JSON.stringify([at.stack.id, map, first, second])), resolution);
  }
  return (
    otherwise ??
    resolution.unresolvable(at, 'Fn::FindInMap', `the mapping ${map} has no ${first}, ${second}`, [
      at.stack.id,
      map,
      first,
      second,
    ])
  );
}

/** What is under a key; under one that is known at deployment only, everything. */
function under(value: Json, key: string): readonly Json[] {
  const found = isSymbolic(key) ? Object.values(objectOf(value)) : [valueAt(value, key)];
  return found.filter(each => each !== undefined);
}

/** Where the Region is known at deployment only, so is what a mapping has for it, unless that is always the same. */
function oneOf(values: readonly Json[], symbol: string, resolution: Resolution): Json {
  const distinct = new Map(values.map(each => [JSON.stringify(each), each]));
  const [only] = distinct.values();
  return distinct.size === 1 ? only : resolution.anyText(symbol, [...distinct.values()].flatMap(textsOf));
}

/** `Fn::GetAZs`: which zones there are is known at deployment only, but the first one is always the same. */
function availabilityZones(argument: Json, at: TemplateLocation, resolution: Resolution): Json {
  const given = textOf(resolution.resolve(argument, at)) ?? '';
  const region = given === '' ? resolution.environmentOf(at.stack).region : given;
  return ZONES.map(zone => opaqueSymbol('zones', region, zone));
}

/** `Fn::Cidr`: the ranges, or symbols for them where the block is not known; the same ones for the same range. */
function addressRanges(argument: Json, at: TemplateLocation, resolution: Resolution): Json {
  const [block, count, bits] = listOf(argument).map(
    (each, index) => textOf(resolution.resolve(each, below(at, index))) ?? '',
  );
  const known = rangesOf(block, Number(count) || 0, Number(bits));
  if (known !== undefined) {
    return known;
  }
  const name = `${block}-${bits}`.replaceAll(/[/:<>#]/g, '.');
  return Array.from({ length: Number(count) || 0 }, (_, index) => opaqueSymbol('cidr', name, String(index)));
}

function rangesOf(block: string, count: number, bits: number): string[] | undefined {
  const range = ipRangeOf(block);
  if (range === undefined || !Number.isInteger(bits)) {
    return undefined;
  }
  const { family, first } = range;
  const most = family === 4 ? 32 : 128;
  return Array.from(
    { length: count },
    (_, at) => `${ipText(first + BigInt(at) * 2n ** BigInt(bits), family)}/${most - bits}`,
  );
}

function listLength(argument: Json, at: TemplateLocation, resolution: Resolution): Json {
  const list = resolution.resolve(argument, at);
  return isList(list)
    ? list.length
    : resolution.unresolvable(at, 'Fn::Length', 'the list is known at deployment only', list ?? '');
}
