import { CATALOG, FINDING_IDS, isFindingId } from '../analysis';

/** What a property or a rule is about, in lines; `undefined` if there is none of that id. */
export function explained(id: string): string[] | undefined {
  if (!isFindingId(id)) {
    return undefined;
  }
  const { title, meaning, severity, fix } = CATALOG[id];
  return [`${id} (${severity})`, `  ${title}`, `  ${meaning}`, `  fix: ${fix}`];
}

/** The ids that can be explained: those of a claim, if it is one, and otherwise all. */
export function explainable(name: string): readonly string[] {
  const ofClaim = FINDING_IDS.filter(id => id.startsWith(`${name}[`));
  return ofClaim.length > 0 ? ofClaim : FINDING_IDS;
}
