import { isSymbolic, ResourceRef } from '../../analysis';

/** Segments of construct paths that say nothing to people. */
const SILENT: ReadonlySet<string> = new Set(['Resource', 'Default', 'Bucket', 'Policy']);

/** The segments of a construct path that say something; the logical id where there is no path. */
function segmentsOf({ constructPath, logicalId }: ResourceRef): readonly string[] {
  const segments = (constructPath ?? logicalId).split('/');
  while (segments.length > 1 && SILENT.has(segments[segments.length - 1])) {
    segments.pop();
  }
  return segments;
}

/** What a resource is called in short: the last segment of its construct path that says something. */
export function shortName(where: ResourceRef): string {
  return segmentsOf(where).slice(-1)[0];
}

/**
 * Short names that differ: where two are the same, more of their paths is told.
 *
 * @param items the resources, or a name for those that are not in the assembly
 */
export function distinctNames(items: ReadonlyArray<ResourceRef | string>): string[] {
  const paths = items.map(item => (typeof item === 'string' ? [item] : segmentsOf(item)));
  const names = paths.map(path => path.slice(-1)[0]);
  return names.map((name, index) => {
    const isTaken = names.some((other, at) => other === name && at !== index);
    return isTaken ? `${paths[index].slice(-3).join('/')}${paths[index].length === 1 ? ` (${index + 1})` : ''}` : name;
  });
}

/** A name or an id that is known, or words for one that the deployment makes. */
export function knownOr(value: string | undefined, otherwise: string): string {
  return value === undefined || isSymbolic(value) ? otherwise : value;
}

/** A principal in short: the permission set that a reserved role belongs to, or the name of the role. */
export function principalName(arn: string): string {
  const [, permissionSet] = /AWSReservedSSO_([^*]+?)_?\*?$/.exec(arn) ?? [];
  const name = arn.slice(arn.lastIndexOf('/') + 1);
  if (permissionSet !== undefined) {
    return `permission set ${permissionSet}`;
  }
  return isSymbolic(name) ? `role ${name.replaceAll(/[<>]/g, '').split('.').slice(-1)[0]}` : `role ${name}`;
}
