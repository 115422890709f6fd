import { PolicyJson, ROLE_ACTIONS } from '../../../iam';
import { narrowed, PRINCIPAL } from '../../candidate-request';
import { actionClasses } from '../../classes';
import { about, allDenied, Counterexample, first, Property, PropertyCheck } from '../../property-check';
import { trusted } from '../../trust';

const ASSUME = 'sts:AssumeRole';

export const trust: Property = {
  id: 'bound[trust]',
  decide: check => {
    const { trust: policy, arn } = check.space.input.role;
    if (policy === undefined) {
      check.assume(`nobody but EC2 can assume ${arn}`);
      return [];
    }
    return byEc2Only(check, policy);
  },
};

function byEc2Only(check: PropertyCheck, policy: PolicyJson): readonly Counterexample[] {
  const { space } = check;
  const everybody = space.dimensions();
  const others = narrowed(everybody, PRINCIPAL, ({ principal }) => principal?.name !== 'ec2.amazonaws.com');
  const found = first(actionClasses(ROLE_ACTIONS, [policy], [[ASSUME]]), action => {
    const dimensions = action === ASSUME ? others : everybody;
    const slice = { action, target: space.roleTarget(), dimensions };
    return allDenied(check, slice, space.authorizers.resource(policy, 'key'));
  });
  return about(space.input.role.arn, trusted(found));
}
