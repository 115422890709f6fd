import { closedTo, eachAccessPoint, withoutAccessPoints } from './access-points';
import { asList, PolicyJson } from '../../../iam';
import { narrowed, PRINCIPAL } from '../../candidate-request';
import { isOneOf } from '../../exemptions';
import { knownPolicy, rolesFor } from '../../proof-input';
import type { Property } from '../../property-check';

/** Roles of other apps that the policy names as well are its owner's word. */
export const accessPointToOthers: Property = {
  id: 'closed[access-point-to-others]',
  inapplicable: withoutAccessPoints,
  decide: check =>
    eachAccessPoint(check, accessPoint => {
      const { space, assume } = check;
      const workloads = rolesFor([accessPoint.arn], space.input);
      const shared = sparedIn(knownPolicy(accessPoint.policy)).filter(arn => !workloads.includes(arn));
      shared.forEach(arn => assume(`${accessPoint.arn} is for ${arn}, too`));
      const others = narrowed(
        space.dimensions(),
        PRINCIPAL,
        ({ principal }) => principal !== undefined && !isOneOf([...workloads, ...shared], principal),
      );
      return closedTo(check, accessPoint, others);
    }),
};

/** The roles that the Denies of an access point's policy spare by their exact ARNs. */
function sparedIn(policy: PolicyJson | undefined): readonly string[] {
  const denies = asList(policy?.Statement).filter(({ Effect }) => Effect === 'Deny');
  const spared = denies.flatMap(({ Condition }) => asList(Condition?.ArnNotEquals?.['aws:PrincipalArn']).map(String));
  return [...new Set(spared)].filter(arn => !/[*?]/.test(arn));
}
