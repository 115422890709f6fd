import { abroad } from './abroad';
import { narrowed, PRINCIPAL } from '../../candidate-request';
import { about, Property } from '../../property-check';
import { EXTERNAL_ACCOUNT } from '../../strangers';

export const role: Property = {
  id: 'no-way-out[role]',
  decide: check => {
    const { space } = check;
    const dimensions = narrowed(space.dimensions(), PRINCIPAL, ({ principal }) => principal?.kind === 'workload');
    return about(space.input.role.arn, abroad(check, dimensions, space.authorizers.role(EXTERNAL_ACCOUNT)));
  },
};
