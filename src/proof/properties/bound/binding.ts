import { bindsToInstance, workloadDimensions } from './workload';
import { actionsOn, asList, isObject, StatementJson } from '../../../iam';
import { Exception, NETWORK, networkOf, Target, valueIn } from '../../candidate-request';
import { actionClasses } from '../../classes';
import { CREDENTIALS, fitsInstance } from '../../dimensions';
import { about, allDenied, first, Property } from '../../property-check';
import type { RequestSpace } from '../../request-space';
import { isAbout } from '../../statements';

/** What the binding spares: the instance itself on whatever way, and services that make calls for it. */
const ON_INSTANCE: Exception = {
  dimensions: { [NETWORK]: 'everything', [CREDENTIALS]: 'everything' },
  holds: candidate =>
    networkOf(candidate).kind === 'service' ||
    (valueIn(candidate, 'aws:SourceVpc') !== undefined && fitsInstance(key => valueIn(candidate, key))),
};

export const binding: Property = {
  id: 'bound[binding]',
  inapplicable: space => (bindsToInstance(space) ? undefined : 'no Deny of the role binds its credentials'),
  decide: check => {
    const { space } = check;
    const denies = space
      .rolePolicies()
      .flatMap(({ Statement }) => asList(Statement))
      .filter(({ Effect }) => Effect === 'Deny');
    const dimensions = workloadDimensions(space);
    const found = first(toldApart(space, denies), target =>
      first(actionClasses(actionsOn(target.arn), [{ Statement: denies }]), action =>
        allDenied(check, { action, target, dimensions }, space.authorizers.roleDenies(target.account), ON_INSTANCE),
      ),
    );
    return about(space.input.role.arn, found);
  },
};

/** One target for each set of Denies that are about it. */
function toldApart(space: RequestSpace, denies: readonly StatementJson[]): Iterable<Target> {
  const targets = [
    ...space.input.buckets.flatMap(each => [...space.objects(each), space.bucket(each)]),
    ...space.foreign(),
  ];
  const deniedBy = ({ arn }: Target) =>
    [
      isObject(arn),
      ...denies.map(each => isAbout({ ...each, Action: '*', NotAction: undefined }, 's3:GetObject', arn)),
    ].join();
  return new Map([...targets].reverse().map(target => [deniedBy(target), target])).values();
}
