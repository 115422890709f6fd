import { COMPUTE } from './compute';
import type { ControlSpec, Evidence, Standing } from './control';
import { IDENTITY } from './identity';
import { KEYS, NETWORK } from './network';
import { STORAGE } from './storage';
import { Acknowledgement, isBelow, nameOf, ResourceRef } from '../../analysis';

export type { Evidence } from './control';

/** How a workload stands to a control. */
export type ControlVerdict = 'met' | 'accepted' | 'not met' | 'does not apply';

/** A finding that the app accepts. */
export interface Accepted {
  readonly id: string;
  readonly where: readonly string[];
  readonly reason: string;
}

/** A control, and how the workload stands to it. */
export interface Control {
  readonly area: string;
  readonly title: string;
  readonly ids: readonly string[];
  readonly verdict: ControlVerdict;
  /** How it is met, or what is not. */
  readonly how: string;
  /** The resources that it was checked on; where it is not met, those that fail. */
  readonly where: readonly string[];
  readonly accepted: readonly Accepted[];
}

const AREAS: ReadonlyArray<readonly [area: string, specs: readonly ControlSpec[]]> = [
  ['Identity', IDENTITY],
  ['Compute', COMPUTE],
  ['Network', NETWORK],
  ['Data', STORAGE],
  ['Keys', KEYS],
];

/** Checks every control. */
export function controlsOf(evidence: Evidence): Control[] {
  return AREAS.flatMap(([area, specs]) => specs.map(spec => controlOf(area, spec, evidence)));
}

/**
 * Every finding that is accepted on the workload's construct or on a resource of it, the same for several resources
 * together.
 */
export function acceptedOf({ reading, model, workload }: Evidence): Accepted[] {
  const owner = model.declarations.find(({ constructPath }) =>
    isBelow(workload.where.constructPath, constructPath),
  )?.constructPath;
  const own = reading.acknowledgements.filter(
    ({ constructPath }) => owner === undefined || constructPath === owner || isBelow(constructPath, owner),
  );
  return merged(own);
}

function controlOf(area: string, { title, ids, check }: ControlSpec, evidence: Evidence): Control {
  const standings = check(evidence);
  const failing = standings.filter(({ ok }) => !ok);
  const acknowledged = failing.map(each => acknowledgedFor(each, ids, evidence.reading.acknowledgements));
  const verdict =
    standings.length === 0
      ? 'does not apply'
      : failing.length === 0
        ? 'met'
        : acknowledged.every(list => list.length > 0)
          ? 'accepted'
          : 'not met';
  const shown =
    verdict === 'met'
      ? standings
      : failing.filter((_, index) => verdict === 'accepted' || acknowledged[index].length === 0);
  return {
    area,
    title,
    ids,
    verdict,
    how: [...new Set(shown.map(({ how }) => how))].join('; '),
    where: [...new Set(shown.flatMap(({ where }) => (where === undefined ? [] : [nameOf(where)])))],
    accepted: merged(acknowledged.flat()),
  };
}

/** Findings of one of the ids that are accepted on the resource, or on a construct that it is in. */
function acknowledgedFor(
  { where }: Standing,
  ids: readonly string[],
  all: readonly Acknowledgement[],
): Acknowledgement[] {
  return all.filter(({ id, constructPath }) => isAt(where, constructPath) && ids.some(each => isAbout(id, each)));
}

function isAt(where: ResourceRef | undefined, path: string): boolean {
  return where?.constructPath !== undefined && (where.constructPath === path || isBelow(where.constructPath, path));
}

/** `<plugin>::<rule>`, where the plugin may prefix the rule and append what it found. */
function isAbout(finding: string, id: string): boolean {
  const rule = finding.slice(finding.indexOf('::') + 2).replace(/\[.*$/s, '');
  return rule === id || rule.endsWith(`-${id}`);
}

function merged(all: readonly Acknowledgement[]): Accepted[] {
  const found = new Map<string, Accepted>();
  for (const { id, reason, constructPath } of all) {
    const rule = id.replace(/\[.*$/s, '');
    const key = `${rule} ${reason}`;
    const known = found.get(key);
    found.set(key, { id: rule, reason, where: [...new Set([...(known?.where ?? []), constructPath])] });
  }
  return [...found.values()];
}
