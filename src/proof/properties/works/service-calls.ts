import { NETWORK, RequestClass, usualCandidate } from '../../candidate-request';
import { BINDING_KEYS, looksAt } from '../../exemptions';
import { about, counterexample, first, Property } from '../../property-check';

export const serviceCalls: Property = {
  id: 'works[service-calls]',
  inapplicable: space =>
    space.rolePolicies().some(policy => looksAt(policy, BINDING_KEYS))
      ? undefined
      : 'no Deny of the role binds its credentials',
  decide: check => {
    const { space, search } = check;
    const byService = space.networks.classes.find(({ network }) => network?.kind === 'service');
    const picked: Record<string, RequestClass> = byService === undefined ? {} : { [NETWORK]: byService };
    const targets = space.input.buckets.flatMap(bucket => space.objects(bucket).slice(0, 1));
    const found = first(targets, target => {
      const candidate = usualCandidate('s3:GetObject', target, space.dimensions(), picked);
      const decision = search.decide(candidate, space.authorizers.roleDenies(target.account));
      return decision.verdict === 'ExplicitlyDenied'
        ? counterexample(check, { candidate, decision }, 'not denied')
        : undefined;
    });
    return about(space.input.role.arn, found);
  },
};
