import { Stack } from 'aws-cdk-lib';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { IConstruct } from 'constructs';
import { AccessList } from '../access';
import { useStatements } from '../policies';
import { RequiredPolicyKind, announce, managerOf, markManaged } from '../private';

/**
 * Announces what the owner of a key in another account must add to its policy; a key of this account trusts its IAM
 * policies.
 */
export function announceKey(construct: IConstruct, key: IKey | undefined, accessList: AccessList): void {
  if (key === undefined || managerOf(key) !== undefined || key.env.account === Stack.of(construct).account) {
    return;
  }
  markManaged(key, construct);
  announce(construct, {
    id: 'requiredKeyStatements',
    kind: RequiredPolicyKind.KEY,
    resource: key.keyArn,
    account: key.env.account,
    text: `the policy of the key ${key.node.path} is not touched, because another account owns it; its owner must add`,
    statements: () =>
      useStatements({
        accessList,
        account: Stack.of(construct).account,
        region: key.env.region,
        keyPath: key.node.path,
      }),
  });
}
