import { closedTo, ofResources, withoutGuardrailOn } from './guardrails';
import { Dimension, dimension, narrowed, PRINCIPAL } from '../../candidate-request';
import { about, Property } from '../../property-check';
import { EXTERNAL_ACCOUNT } from '../../strangers';

const ON_BEHALF = dimension('source', [
  {
    words: `on behalf of account ${EXTERNAL_ACCOUNT}`,
    parts: { callerChain: { sourceAccount: EXTERNAL_ACCOUNT, sourceOrganizationId: undefined } },
  },
  {
    words: 'on behalf of another organization',
    parts: { callerChain: { sourceAccount: EXTERNAL_ACCOUNT, sourceOrganizationId: 'o-anotherone00' } },
  },
]);

export const deputies: Property = {
  id: 'guarded[deputies]',
  inapplicable: space => withoutGuardrailOn(space, ofResources(space), ['aws:SourceOrgID']),
  decide: check =>
    about(
      check.space.input.name,
      closedTo(check, dimensions => [...services(dimensions), ON_BEHALF]),
    ),
};

function services(dimensions: readonly Dimension[]): readonly Dimension[] {
  const all = narrowed(dimensions, PRINCIPAL, ({ principal }) => principal?.kind === 'service');
  return narrowed(all, 'service mark', ({ words }) => words === '');
}
