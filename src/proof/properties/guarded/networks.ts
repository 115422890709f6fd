import { closedTo, isSpared, ofResources, sparedBy, withoutGuardrailOn } from './guardrails';
import { narrowed, NETWORK, PRINCIPAL } from '../../candidate-request';
import { about, Property } from '../../property-check';

const KEYS = ['aws:VpceOrgID', 'aws:SourceVpc', 'aws:SourceVpce'];

export const networks: Property = {
  id: 'guarded[networks]',
  inapplicable: space => withoutGuardrailOn(space, ofResources(space), KEYS),
  decide: check => {
    const { space } = check;
    const spared = sparedBy(ofResources(space)).map(({ pattern }) => pattern);
    const found = closedTo(
      check,
      dimensions => {
        const principals = narrowed(
          dimensions,
          PRINCIPAL,
          ({ principal }) =>
            principal?.kind === 'identity' && principal.throughCloudFormation !== true && !isSpared(spared, principal),
        );
        return narrowed(principals, NETWORK, ({ network }) => network?.kind === 'internet');
      },
      'objects',
    );
    return about(space.input.name, found);
  },
};
