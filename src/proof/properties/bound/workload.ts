import { ACCOUNT_ACTIONS, actionsOn } from '../../../iam';
import type { Authorizer } from '../../authorizers';
import {
  Dimension,
  Exception,
  narrowed,
  NETWORK,
  networkOf,
  PRINCIPAL,
  Target,
  valueIn,
} from '../../candidate-request';
import { actionClasses } from '../../classes';
import { CREDENTIALS, fitsInstance } from '../../dimensions';
import { BINDING_KEYS, looksAt } from '../../exemptions';
import type { RequestSpace } from '../../request-space';

/** The dimensions of requests with the workload's credentials. */
export function workloadDimensions(space: RequestSpace, keyArn?: string): readonly Dimension[] {
  return narrowed(space.dimensions(keyArn), PRINCIPAL, ({ principal }) => principal?.kind === 'workload');
}

/**
 * The way that the workload takes: through its endpoint, and, unless the user wants it otherwise, from the instance
 * that the credentials were issued to.
 */
export function atHome({ input: { credentialBinding } }: RequestSpace): Exception {
  return {
    dimensions: { [NETWORK]: 'everything', [CREDENTIALS]: 'everything' },
    holds: candidate =>
      networkOf(candidate).kind === 'endpoint' &&
      (credentialBinding === false || fitsInstance(key => valueIn(candidate, key))),
  };
}

/** The actions on a target that the policies of an authorizer tell apart. */
export function classesOn({ arn }: Target, { documents }: Authorizer): readonly string[] {
  return [
    ...actionClasses(actionsOn(arn), documents),
    ...(arn.endsWith(':::*') ? actionClasses(ACCOUNT_ACTIONS, documents) : []),
  ];
}

/** Whether a policy of the role binds its credentials to the instance. */
export function bindsToInstance(space: RequestSpace): boolean {
  return space.rolePolicies().some(policy => looksAt(policy, BINDING_KEYS));
}
