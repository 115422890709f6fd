import { existsSync } from 'fs';
import { join } from 'path';
import { constructPaths, nestedStackPath, PathEntries } from './construct-paths';
import { isObject, Json, objectOf, textsIn, valueAt } from './json';
import { readTemplate, ResourceJson } from './template-json';
import { StackTemplate, Unresolved, unresolvedAt } from './template-location';

/** A stack with all stacks nested in it. */
export interface StackFamily {
  readonly stacks: readonly StackTemplate[];
  readonly problems: readonly Unresolved[];
}

/** What is known of the files of a stack. */
export interface StackFiles {
  /** The files that the stack uploads, by the names that its template refers to. */
  readonly assets: Json | undefined;
  /** The construct paths of the stack and its nested stacks. */
  readonly entries: PathEntries;
}

/**
 * A stack and the stacks nested in it, whose templates are assets that the resource's `TemplateURL` names.
 *
 * @param stack the stack, as yet without the construct paths of its resources
 * @param files the files of the stack
 */
export function withNestedStacks(stack: StackTemplate, files: StackFiles): StackFamily {
  const resources = Object.entries(stack.template.Resources).filter(
    ([, resource]) => resource.Type === 'AWS::CloudFormation::Stack',
  );
  const preliminary = constructPaths(stack.template, files.entries, stack.constructPath, []);
  const nestedPaths = resources
    .map(([logicalId]) => nestedStackPath(preliminary[logicalId]))
    .filter(path => path !== undefined);
  const paths = constructPaths(stack.template, files.entries, stack.constructPath, nestedPaths);
  const parent: StackTemplate = { ...stack, paths };
  const families = resources.map(([logicalId, resource]) => nestedStack(parent, logicalId, resource, files));
  return {
    stacks: [parent, ...families.flatMap(({ stacks }) => stacks)],
    problems: families.flatMap(({ problems }) => problems),
  };
}

function nestedStack(parent: StackTemplate, logicalId: string, resource: ResourceJson, files: StackFiles): StackFamily {
  const file = templateFile(parent, resource, files.assets);
  if (file === undefined) {
    const at = { stack: parent, logicalId, path: 'Properties.TemplateURL' };
    return {
      stacks: [],
      problems: [unresolvedAt(at, 'TemplateURL', 'the template of the nested stack is not in the assembly')],
    };
  }
  const constructPath = nestedStackPath(parent.paths[logicalId]);
  const nested: StackTemplate = {
    ...parent,
    id: `${parent.id}+${logicalId}`,
    name: constructPath ?? `${parent.name}/${logicalId}`,
    constructPath,
    ...readTemplate(file),
    parameters: undefined,
    parent: { stack: parent, logicalId },
  };
  return withNestedStacks(nested, files);
}

function templateFile(parent: StackTemplate, resource: ResourceJson, assets: Json | undefined): string | undefined {
  const url = textsIn(resource.Properties?.TemplateURL).join('');
  const hashes = Object.entries(objectOf(valueAt(assets, 'files')));
  const asset = hashes.find(([hash, file]) => isObject(file) && url.includes(hash))?.[1];
  const candidates = [valueAt(asset, 'source', 'path'), valueAt(resource.Metadata, 'aws:asset:path'), url];
  return candidates
    .filter(path => typeof path === 'string' && path !== '' && !path.includes('://'))
    .map(path => join(parent.directory, String(path)))
    .find(path => existsSync(path));
}
