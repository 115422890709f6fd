import { memoize } from '../base';
import { nameOf, PolicyPart } from '../cloudformation';
import { PolicyJson, PolicySourceKind, withSource } from '../iam';

/** The document of a policy, which says what the policy is attached to and where it is; made once. */
export function documentOf(part: PolicyPart, kind: PolicySourceKind): PolicyJson {
  return documentsOf(part)(kind);
}

const documentsOf = memoize((part: PolicyPart) =>
  memoize((kind: PolicySourceKind) => withSource(part.document, kind, placeOf(part))),
);

/** By the resource that contains it, as users look for it; AWS's own policies have nothing but their names. */
function placeOf({ where, name }: PolicyPart): string {
  return where === undefined ? name : nameOf(where);
}
