import {
  closedTo,
  exampleOf,
  isCreatable,
  isSpared,
  ofResources,
  sparedBy,
  valuesIn,
  withoutGuardrailOn,
} from './guardrails';
import { Dimension, narrowed, PRINCIPAL, RequestPrincipal } from '../../candidate-request';
import { isInside, ORGANIZATION } from '../../dimensions';
import { identity } from '../../principals';
import { about, Property } from '../../property-check';
import type { RequestSpace } from '../../request-space';
import { EXTERNAL_ACCOUNT } from '../../strangers';

export const outsiders: Property = {
  id: 'guarded[outsiders]',
  inapplicable: space => withoutGuardrailOn(space, ofResources(space), ['aws:PrincipalOrgID']),
  decide: check => {
    const { space } = check;
    return about(space.input.name, closedTo(check, unsigned) ?? closedTo(check, outside(space)));
  },
};

function unsigned(dimensions: readonly Dimension[]): readonly Dimension[] {
  return narrowed(dimensions, PRINCIPAL, ({ principal }) => principal?.kind === 'anonymous');
}

/** Whoever is of another organization, and roles that they give a name that is spared. */
function outside(space: RequestSpace): (dimensions: readonly Dimension[]) => readonly Dimension[] {
  const { account, partition } = space.input;
  const trusted = [account, ...valuesIn(ofResources(space), 'aws:principalaccount')];
  const spared = sparedBy(ofResources(space)).map(({ pattern }) => pattern);
  const isOutside = (principal: RequestPrincipal | undefined) =>
    principal?.kind === 'identity' && !trusted.includes(String(principal.account)) && !isSpared(spared, principal);
  const namesakes = spared
    .filter(isCreatable)
    .map(pattern => exampleOf(pattern, partition, EXTERNAL_ACCOUNT))
    .map(arn => identity(arn, arn));
  return dimensions => {
    const principals = narrowed(dimensions, PRINCIPAL, ({ principal }) => isOutside(principal)).map(each =>
      each.name === PRINCIPAL ? { ...each, classes: [...each.classes, ...namesakes] } : each,
    );
    return narrowed(
      principals,
      ORGANIZATION,
      each => !isInside(each, 'aws:principalorgid', space.input, space.constants),
    );
  };
}
