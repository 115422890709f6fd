import { isList, isObject, Json, JsonObject, listOf, objectOf, textOf, valueAt } from './json';

const LOOP = 'Fn::ForEach::';

/**
 * A template whose loops (`Fn::ForEach`) are written out, as far as the collections are in it.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-foreach.html
 */
export function withoutLoops(template: JsonObject): JsonObject {
  return JSON.stringify(template).includes(LOOP) ? objectOf(written(template, template)) : template;
}

/** The loops that are written out. */
export function loopsWritten(template: JsonObject, without: JsonObject): readonly string[] {
  const left = new Set(loopsIn(without));
  return [...new Set(loopsIn(template))].filter(loop => !left.has(loop));
}

function loopsIn(value: Json): string[] {
  if (isList(value)) {
    return value.flatMap(loopsIn);
  }
  return isObject(value)
    ? Object.entries(value).flatMap(([key, each]) => [...(key.startsWith(LOOP) ? [key] : []), ...loopsIn(each)])
    : [];
}

function written(value: Json, template: JsonObject): Json {
  if (isList(value)) {
    return value.map(each => written(each, template));
  }
  if (!isObject(value)) {
    return value;
  }
  const entries = Object.entries(value).flatMap(([key, each]): Array<[string, Json]> => {
    const rounds = key.startsWith(LOOP) ? roundsOf(each, template) : undefined;
    return rounds === undefined
      ? [[key, written(each, template)]]
      : rounds.flatMap(round => Object.entries(objectOf(written(round, template))));
  });
  return Object.fromEntries(entries);
}

/** The body of a loop once for each item; `undefined` if the items are not in the template. */
function roundsOf(loop: Json, template: JsonObject): readonly Json[] | undefined {
  const [identifier, collection, body] = listOf(loop);
  const name = textOf(identifier);
  const items = itemsOf(collection, template);
  return name === undefined || items === undefined ? undefined : items.map(item => replaced(body, name, item));
}

function itemsOf(collection: Json | undefined, template: JsonObject): readonly string[] | undefined {
  if (isList(collection)) {
    const parts = collection.map(each => (textOf(each) === undefined ? itemsOf(each, template) : [String(each)]));
    return parts.includes(undefined) ? undefined : parts.flatMap(each => each ?? []);
  }
  const parameter = textOf(valueAt(collection, 'Ref'));
  if (parameter !== undefined) {
    const text = textOf(valueAt(template, 'Parameters', parameter, 'Default'));
    return text?.split(',').map(each => each.trim());
  }
  const [map, first, second] = listOf(valueAt(collection, 'Fn::FindInMap')).map(each => textOf(each) ?? '');
  const found = map === undefined ? undefined : valueAt(template, 'Mappings', map, first, second);
  return isList(found) ? found.map(String) : undefined;
}

/** `${Name}` is the item, `&{Name}` what of it may be part of a logical id. */
function replaced(value: Json | undefined, name: string, item: string): Json {
  if (typeof value === 'string') {
    return value.replaceAll(`\${${name}}`, item).replaceAll(`&{${name}}`, item.replaceAll(/[^A-Za-z0-9]/g, ''));
  }
  if (isList(value)) {
    return value.map(each => replaced(each, name, item));
  }
  if (!isObject(value)) {
    return value ?? null;
  }
  return value.Ref === name
    ? item
    : Object.fromEntries(
        Object.entries(value).map(([key, each]) => [String(replaced(key, name, item)), replaced(each, name, item)]),
      );
}
