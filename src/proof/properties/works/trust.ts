import { PRINCIPAL, usualCandidate } from '../../candidate-request';
import { service } from '../../principals';
import { about, counterexample, Property } from '../../property-check';
import { trusted } from '../../trust';

export const trust: Property = {
  id: 'works[trust]',
  inapplicable: ({ input: { role } }) =>
    role.trust === undefined ? 'the trust policy of the role is not in the assembly' : undefined,
  decide: check => {
    const { space, search } = check;
    const picked = { [PRINCIPAL]: service('ec2.amazonaws.com') };
    const candidate = usualCandidate('sts:AssumeRole', space.roleTarget(), space.dimensions(), picked);
    const decision = search.decide(candidate, space.authorizers.resource(space.input.role.trust, 'key'));
    return decision.verdict === 'Allowed'
      ? []
      : about(space.input.role.arn, trusted(counterexample(check, { candidate, decision }, 'allowed')));
  },
};
