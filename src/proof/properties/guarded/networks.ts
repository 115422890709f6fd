import { closedTo, isSpared, ofResources, sparedBy, valuesIn, withoutGuardrailOn } from './guardrails';
import { unlessSpared } from './spared-by-choice';
import { narrowed, NETWORK, PRINCIPAL } from '../../candidate-request';
import { about, Property } from '../../property-check';

const KEYS = ['aws:VpceOrgID', 'aws:SourceVpc', 'aws:SourceVpce'];

export const networks: Property = {
  id: 'guarded[networks]',
  inapplicable: space => withoutGuardrailOn(space, ofResources(space), KEYS),
  decide: check => {
    const { space } = check;
    const spared = sparedBy(ofResources(space)).map(({ pattern }) => pattern);
    const partners = valuesIn(ofResources(space), 'aws:principalaccount');
    const found = closedTo(
      check,
      dimensions => {
        const principals = narrowed(
          dimensions,
          PRINCIPAL,
          ({ principal }) =>
            principal?.kind === 'identity' &&
            principal.throughCloudFormation !== true &&
            !partners.includes(String(principal.account)) &&
            !isSpared(spared, principal),
        );
        const outside = narrowed(principals, NETWORK, ({ network }) => network?.kind === 'internet');
        return unlessSpared(check, ofResources(space), KEYS, outside);
      },
      'objects',
    );
    return about(space.input.name, found);
  },
};
