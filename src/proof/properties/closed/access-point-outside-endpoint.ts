import { closedTo, eachAccessPoint, withoutAccessPoints } from './access-points';
import { narrowed, NETWORK, PRINCIPAL, RequestClass, valueSaid } from '../../candidate-request';
import { constantsOf, valuesOf } from '../../constants';
import { isOneOf } from '../../exemptions';
import { through } from '../../networks';
import { policiesIn, rolesFor } from '../../proof-input';
import type { Property } from '../../property-check';
import { EXTERNAL_ACCOUNT } from '../../strangers';

/** The endpoint of another account. */
const OTHER_ACCOUNTS: RequestClass = {
  words: `through an endpoint of account ${EXTERNAL_ACCOUNT}`,
  parts: through({ id: 'vpce-strange', vpcId: 'vpc-strange', address: '10.0.0.10', account: EXTERNAL_ACCOUNT }),
  network: { kind: 'other VPC' },
};

/** Where the policy can only name the account of endpoints, it is assumed that these are the only ones there. */
export const accessPointOutsideEndpoint: Property = {
  id: 'closed[access-point-outside-endpoint]',
  inapplicable: withoutAccessPoints,
  decide: check =>
    eachAccessPoint(check, accessPoint => {
      const { space, assume } = check;
      const accounts = valuesOf(constantsOf(policiesIn([accessPoint.policy])), 'aws:VpceAccount');
      accounts.forEach(account =>
        assume(`account ${account} has no other S3 endpoint that lets the workload through to ${accessPoint.arn}`),
      );
      const workloads = rolesFor([accessPoint.arn], space.input);
      const ours = narrowed(
        space.dimensions(),
        PRINCIPAL,
        ({ principal }) => principal !== undefined && isOneOf(workloads, principal),
      );
      const elsewhere = (each: RequestClass) =>
        each.network?.kind !== 'endpoint' && !accounts.includes(String(valueSaid(each, 'aws:VpceAccount')));
      const dimensions = ours.map(each =>
        each.name === NETWORK ? { ...each, classes: [...each.classes, OTHER_ACCOUNTS] } : each,
      );
      return closedTo(check, accessPoint, narrowed(dimensions, NETWORK, elsewhere));
    }),
};
