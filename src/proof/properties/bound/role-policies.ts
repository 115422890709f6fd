import { atHome, classesOn, workloadDimensions } from './workload';
import { targetClasses } from '../../classes';
import { about, allDenied, first, Property } from '../../property-check';

export const rolePolicies: Property = {
  id: 'bound[role-policies]',
  decide: check => {
    const { space } = check;
    const { buckets, role } = space.input;
    const ours = buckets.flatMap(each => [...space.objects(each), space.bucket(each)]);
    const targets = targetClasses(
      [...ours, ...space.neighbours(), ...space.foreign(), space.everything()],
      space.rolePolicies(),
    );
    const dimensions = workloadDimensions(space);
    const home = atHome(space);
    const found = first(targets, target => {
      const authorizer = space.authorizers.role(target.account);
      return first(classesOn(target, authorizer), action =>
        allDenied(check, { action, target, dimensions }, authorizer, home),
      );
    });
    return about(role.arn, found);
  },
};
