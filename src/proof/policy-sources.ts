import { nameOf, PolicyPart } from '../cloudformation';
import { PolicyJson, PolicySourceKind, withSource } from '../iam';

/** Documents that say where they come from, by the part of the assembly: each made once. */
const KNOWN = new WeakMap<PolicyPart, PolicyJson>();

/** The document of a policy, which says what the policy is attached to and where it is. */
export function documentOf(part: PolicyPart, kind: PolicySourceKind): PolicyJson {
  const known = KNOWN.get(part) ?? withSource(part.document, { kind, place: placeOf(part) });
  KNOWN.set(part, known);
  return known;
}

/** By the resource that contains it, as users look for it; AWS's own policies have nothing but their names. */
function placeOf({ where, name }: PolicyPart): string {
  return where === undefined ? name : nameOf(where);
}
