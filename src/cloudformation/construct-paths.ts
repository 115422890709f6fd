import { isObject, Json, listOf, valueAt } from './json';
import type { TemplateJson } from './template-json';

/** The logical ids that a cloud assembly records, with the construct paths of their elements. */
export type PathEntries = ReadonlyArray<readonly [path: string, logicalId: string]>;

/** The entries of a stack's metadata, which cover its nested stacks as well. */
export function pathEntries(metadata: Json | undefined): PathEntries {
  if (!isObject(metadata)) {
    return [];
  }
  return Object.entries(metadata).flatMap(([path, entries]) =>
    listOf(entries)
      .filter(entry => valueAt(entry, 'type') === 'aws:cdk:logicalId')
      .map(entry => [withoutSlash(path), String(valueAt(entry, 'data'))] as const),
  );
}

/**
 * The construct paths of the resources of one stack, by logical id.
 *
 * @param template the stack's template: the CDK may write the paths into it
 * @param entries what the metadata of the cloud assembly says
 * @param stackPath the construct path of the stack
 * @param nested the construct paths of the stacks nested in it, which may use the same logical ids
 */
export function constructPaths(
  template: TemplateJson,
  entries: PathEntries,
  stackPath: string | undefined,
  nested: readonly string[],
): Record<string, string> {
  const own = entries.filter(
    ([path]) => (stackPath === undefined || isBelow(path, stackPath)) && !nested.some(each => isBelow(path, each)),
  );
  const written = Object.entries(template.Resources).flatMap(([logicalId, resource]) => {
    const path = valueAt(resource.Metadata, 'aws:cdk:path');
    return typeof path === 'string' ? [[logicalId, withoutSlash(path)] as const] : [];
  });
  return Object.fromEntries([...written, ...own.map(([path, logicalId]) => [logicalId, path] as const)]);
}

/**
 * The construct path of a nested stack, from that of its resource in the parent:
 * `Outer/Inner.NestedStack/Inner.NestedStackResource`.
 */
export function nestedStackPath(resourcePath: string | undefined): string | undefined {
  return resourcePath?.replace(/\.NestedStack\/[^/]+$/, '');
}

/** Whether a construct path leads to something inside of a construct. */
export function isBelow(path: string | undefined, construct: string): boolean {
  return path?.startsWith(`${construct}/`) === true;
}

/** A construct path as constructs themselves have it: the metadata of an assembly puts a slash in front. */
export function withoutSlash(path: string): string {
  return path.replace(/^\//, '');
}
