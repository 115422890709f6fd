import { abroad } from './abroad';
import { OPEN_BUCKET } from '../../authorizers';
import { narrowed, NETWORK } from '../../candidate-request';
import { eachOf, idOf, Property } from '../../property-check';

export const s3Endpoint: Property = {
  id: 'no-way-out[s3-endpoint]',
  decide: check => {
    const { space, assume } = check;
    const { endpoints } = space.input;
    const unknown = endpoints.filter(({ policy }) => policy === 'unknown');
    unknown.forEach(({ id }) => assume(`the policy of ${id} lets nothing out`));
    const known = endpoints.filter(endpoint => !unknown.includes(endpoint));
    return eachOf(known, idOf, ({ id }) => {
      const through = narrowed(space.dimensions(), NETWORK, ({ network }) => network?.endpointId === id);
      return abroad(check, through, space.authorizers.endpoint(OPEN_BUCKET));
    });
  },
};
