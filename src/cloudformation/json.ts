/** A value of a JSON file. */
export type Json = string | number | boolean | null | JsonList | JsonObject;

/** A JSON list. */
export interface JsonList extends ReadonlyArray<Json> {}

/** A JSON object. */
export interface JsonObject {
  readonly [key: string]: Json;
}

/** Whether a value is a list. */
export function isList(value: Json | undefined): value is JsonList {
  return Array.isArray(value);
}

/** Whether a value is an object, which a list is not. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !isList(value);
}

/** The text of a scalar: CloudFormation takes numbers and booleans for their text, and the other way round. */
export function textOf(value: Json | undefined): string | undefined {
  return value === undefined || value === null || typeof value === 'object' ? undefined : String(value);
}

/** The values of a list; one value counts as a list of one. */
export function listOf(value: Json | undefined): JsonList {
  if (value === undefined || value === null) {
    return [];
  }
  return isList(value) ? value : [value];
}

/** The texts among the values of a list. */
export function textsOf(value: Json | undefined): string[] {
  return listOf(value)
    .map(textOf)
    .filter(text => text !== undefined);
}

/** The object, or an empty one in place of anything else. */
export function objectOf(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

/** What lies under nested keys; `undefined` where the way there is not made of objects. */
export function valueAt(value: Json | undefined, ...keys: readonly string[]): Json | undefined {
  return keys.reduce<Json | undefined>((found, key) => (isObject(found) ? found[key] : undefined), value);
}

/** Whether a flag is set. */
export function isTrue(value: Json | undefined): boolean {
  return value === true || value === 'true';
}

/** Every text inside a value, keys left out. */
export function textsIn(value: Json | undefined): string[] {
  if (typeof value === 'string') {
    return [value];
  }
  if (value === undefined || value === null || typeof value !== 'object') {
    return [];
  }
  return Object.values(value).flatMap(each => textsIn(each));
}

/** Every scalar inside a value as text, with the way to it. */
export function leavesIn(value: Json | undefined, path: string): ReadonlyArray<readonly [path: string, text: string]> {
  if (value === undefined || value === null) {
    return [];
  }
  if (typeof value !== 'object') {
    return [[path, String(value)]];
  }
  return Object.entries(value).flatMap(([key, each]) => leavesIn(each as Json, `${path}.${key}`));
}
