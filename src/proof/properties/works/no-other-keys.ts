import { KEY_USES } from '../../../iam';
import { narrowed, PRINCIPAL } from '../../candidate-request';
import { actionClasses } from '../../classes';
import type { KeyInput, ProofInput } from '../../proof-input';
import { about, allDenied, first, Property } from '../../property-check';
import { EXTERNAL_ACCOUNT } from '../../strangers';

export const noOtherKeys: Property = {
  id: 'works[no-other-keys]',
  decide: check => {
    const { space } = check;
    const found = first(othersOf(space.input), key => {
      const dimensions = narrowed(
        space.keyDimensions(key),
        PRINCIPAL,
        ({ principal }) => principal?.kind === 'workload',
      );
      return first(actionClasses(KEY_USES, space.rolePolicies()), action =>
        allDenied(check, { action, target: space.key(key), dimensions }, space.authorizers.role(key.account, 'key')),
      );
    });
    return about(space.input.role.arn, found);
  },
};

/** A key of the account, and one of somebody else. */
function othersOf({ partition, region, account }: ProofInput): readonly KeyInput[] {
  return [account, EXTERNAL_ACCOUNT].map(owner => ({
    arn: `arn:${partition}:kms:${region}:${owner}:key/another`,
    account: owner,
    policy: 'unknown',
    exclusive: false,
  }));
}
