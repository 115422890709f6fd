import { eachExclusiveKey, exemptFrom } from './keys';
import { S3_KEY_ACTIONS } from '../../../iam';
import { PRINCIPAL, usualCandidate } from '../../candidate-request';
import { witness } from '../../constants';
import { identity } from '../../principals';
import { KeyInput, knownPolicy } from '../../proof-input';
import { counterexample, Finding, first, Property, PropertyCheck } from '../../property-check';
import { fromNoInstance } from '../../request-slices';

export const keyExemptions: Property = {
  id: 'closed[key-exemptions]',
  inapplicable: ({ input }) =>
    input.keys.some(key => exemptFrom(key, input).length > 0)
      ? undefined
      : 'nobody is exempt from the policy of a bucket with a customer-managed key',
  decide: check =>
    eachExclusiveKey(check, key =>
      first(exemptFrom(key, check.space.input).map(witness), arn =>
        first(S3_KEY_ACTIONS, action => mayUse(check, key, arn, action)),
      ),
    ),
};

function mayUse(check: PropertyCheck, key: KeyInput, arn: string, action: string): Finding {
  const { space, search } = check;
  const picked = { [PRINCIPAL]: identity(`the exempt principal ${arn}`, arn) };
  const candidate = fromNoInstance(usualCandidate(action, space.key(key), space.keyDimensions(key), picked));
  const decision = search.decide(candidate, space.authorizers.resource(knownPolicy(key.policy), 'key'));
  return decision.verdict === 'Allowed' ? undefined : counterexample(check, { candidate, decision }, 'allowed');
}
