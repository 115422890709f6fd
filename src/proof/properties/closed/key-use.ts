import { eachKey, exemptFrom, withoutKeys } from './keys';
import { KEY_USES, S3_KEY_ACTIONS, VOLUME_ACTIONS } from '../../../iam';
import {
  CandidateRequest,
  contextsIn,
  Dimension,
  Exception,
  NETWORK,
  networkOf,
  PRINCIPAL,
  principalOf,
  valueIn,
  valueSaid,
} from '../../candidate-request';
import { actionClasses } from '../../classes';
import { isOneOf } from '../../exemptions';
import { isService } from '../../networks';
import { KeyInput, knownPolicy, policiesIn, ProofInput, rolesFor, VisitorInput } from '../../proof-input';
import { allDenied, first, Property } from '../../property-check';

export const keyUse: Property = {
  id: 'closed[key-use]',
  inapplicable: withoutKeys,
  decide: check =>
    eachKey(check, key => {
      const { space } = check;
      const authorizer = space.authorizers.resource(knownPolicy(key.policy), 'key');
      const dimensions = space.keyDimensions(key);
      const except = asMeant(key, space.input, dimensions);
      const apart = [S3_KEY_ACTIONS, VOLUME_ACTIONS, ['kms:CreateGrant']];
      return first(actionClasses(KEY_USES, policiesIn([key.policy]), apart), action =>
        allDenied(check, { action, target: space.key(key), dimensions }, authorizer, except),
      );
    }),
};

function asMeant(key: KeyInput, input: ProofInput, dimensions: readonly Dimension[]): Exception {
  const encrypted = input.buckets.filter(({ encryption }) => encryption?.keyArn === key.arn);
  const own = rolesFor(
    encrypted.map(({ arn }) => arn),
    input,
  );
  const users: readonly VisitorInput[] = [
    ...[...own, ...exemptFrom(key, input)].map(roleArn => ({ roleArn })),
    ...encrypted.flatMap(({ visitors = [] }) => visitors),
  ];
  const arns = users.map(({ roleArn }) => roleArn);
  return {
    dimensions: {
      [PRINCIPAL]: ({ principal }) => principal !== undefined && isOneOf(arns, principal),
      [NETWORK]: ({ network }) => ['s3', 'ec2'].map(service => isService(network?.viaService, service, input)),
      ...contextsIn(dimensions),
      'kms:grantisforawsresource': each => valueSaid(each, 'kms:GrantIsForAWSResource') === 'true',
    },
    holds: candidate =>
      isOfAnotherContext(candidate) ||
      isOfAccount(candidate, input, key) ||
      isForVolume(candidate, input, key) ||
      isThroughS3(candidate, input, users),
  };
}

/**
 * What a service does in its own name with a context that S3 never sets cannot decrypt an object, whose context names
 * its bucket or itself.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/encrypt_context.html
 */
function isOfAnotherContext(candidate: CandidateRequest): boolean {
  const contexts = candidate.classes.flatMap(({ parts }) => Object.entries(parts.parameters ?? {}));
  return (
    principalOf(candidate).kind === 'service' &&
    candidate.action !== 'kms:CreateGrant' &&
    contexts.some(([key, value]) => OTHER_CONTEXT.test(key) && value !== undefined)
  );
}

const OTHER_CONTEXT = /^kms:encryptioncontext:(?!aws:s3:arn$)/i;

/** A key that serves others too may be used by its account as its account likes. */
function isOfAccount(candidate: CandidateRequest, input: ProofInput, key: KeyInput): boolean {
  const { account } = principalOf(candidate);
  return !key.exclusive && account !== undefined && [key.account, input.account].includes(account);
}

function isForVolume(candidate: CandidateRequest, input: ProofInput, key: KeyInput): boolean {
  return (
    VOLUME_ACTIONS.includes(candidate.action) &&
    isService(networkOf(candidate).viaService, 'ec2', input) &&
    principalOf(candidate).account === key.account &&
    valueIn(candidate, 'kms:CallerAccount') === key.account &&
    (candidate.action !== 'kms:CreateGrant' || valueIn(candidate, 'kms:GrantIsForAWSResource') === 'true')
  );
}

function isThroughS3(candidate: CandidateRequest, input: ProofInput, users: readonly VisitorInput[]): boolean {
  return (
    S3_KEY_ACTIONS.includes(candidate.action) &&
    isService(networkOf(candidate).viaService, 's3', input) &&
    users.some(
      ({ roleArn, tagKey }) =>
        isOneOf([roleArn], principalOf(candidate)) &&
        (tagKey === undefined || valueIn(candidate, `aws:PrincipalTag/${tagKey}`) !== undefined),
    )
  );
}
