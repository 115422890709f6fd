import {
  asList,
  KEY_ACTIONS,
  KEY_CONTROL_ACTIONS,
  KEY_USES,
  PolicyJson,
  S3_KEY_ACTIONS,
  VOLUME_ACTIONS,
} from '../../iam';
import {
  PRINCIPAL,
  principalOf,
  Exception,
  narrowed,
  NETWORK,
  networkOf,
  CandidateRequest,
  usualCandidate,
  valueIn,
  valueSaid,
} from '../candidate-request';
import { actionClasses } from '../classes';
import { witness } from '../constants';
import { exemptionsOf, isOneOf } from '../exemptions';
import { isService } from '../networks';
import { identity } from '../principals';
import { KeyInput, knownPolicy, policiesIn, rolesOf } from '../proof-input';
import { allDenied, Property, counterexample, Finding, first, PropertyCheck } from '../property-check';
import type { RequestSpace } from '../request-space';

const KEY_FIX =
  "let the key policy allow use through S3 only, for the workload's role and exemptions; the account as such may only administer";
const ITSELF_FIX =
  "name the account as principal of the key policy's Allows, and the role in a condition on aws:PrincipalArn";
const GRANTS_FIX = 'deny kms:CreateGrant in the key policy unless kms:GrantIsForAWSResource is true';
const EXEMPT_FIX = 'allow the exempt principals kms:Decrypt and kms:GenerateDataKey through S3 in the key policy';

/**
 * Every use of a key: through S3 by the workload and the exempt, through EC2 for volumes inside the account,
 * otherwise not at all.
 */
export const keyUse: Property = check =>
  first(check.space.input.keys, key => {
    if (key.policy === 'unknown') {
      return check.assume(`the policy of ${key.arn} keeps everybody else out`);
    }
    const { space, search } = check;
    const exempt = space.input.buckets
      .filter(({ encryption }) => encryption?.keyArn === key.arn)
      .flatMap(each => exemptionsOf(each, space.input));
    const users = [...rolesOf(space.input), ...exempt];
    const except: Exception = {
      dimensions: {
        [PRINCIPAL]: ({ principal }) => principal !== undefined && isOneOf(users, principal),
        [NETWORK]: ({ network }) => ['s3', 'ec2'].map(service => isService(network?.viaService, service, space.input)),
        'kms:grantisforawsresource': each => valueSaid(each, 'kms:GrantIsForAWSResource') === 'true',
      },
      holds: candidate => isMeant(candidate, space, key, users),
    };
    const authorizer = space.authorizers.resource(key.policy, 'key');
    const dimensions = space.keyDimensions(key);
    const uses = actionClasses(KEY_USES, [key.policy], [S3_KEY_ACTIONS, VOLUME_ACTIONS, ['kms:CreateGrant']]);
    return (
      byItself(check, key) ??
      outsiders(check, key) ??
      otherGrants(check, key) ??
      first(uses, action =>
        allDenied(search, { action, target: space.key(key), dimensions }, authorizer, KEY_FIX, except),
      ) ??
      (key.exclusive ? exemptUseKey(check, key, exempt.map(witness)) : undefined)
    );
  });

/** A key that serves others too may be used by its account as its account likes. */
function isMeant(
  candidate: CandidateRequest,
  { input }: RequestSpace,
  key: KeyInput,
  users: readonly string[],
): boolean {
  const principal = principalOf(candidate);
  const { viaService } = networkOf(candidate);
  if (!key.exclusive && principal.account !== undefined && [key.account, input.account].includes(principal.account)) {
    return true;
  }
  const forVolume =
    VOLUME_ACTIONS.includes(candidate.action) &&
    isService(viaService, 'ec2', input) &&
    principal.account === key.account &&
    valueIn(candidate, 'kms:CallerAccount') === key.account &&
    (candidate.action !== 'kms:CreateGrant' || valueIn(candidate, 'kms:GrantIsForAWSResource') === 'true');
  return (
    forVolume ||
    (S3_KEY_ACTIONS.includes(candidate.action) && isService(viaService, 's3', input) && isOneOf(users, principal))
  );
}

/** Without identity policies, the policy of a key that was made for the workload grants nothing. */
function byItself({ space, search }: PropertyCheck, key: KeyInput): Finding {
  if (!key.exclusive) {
    return undefined;
  }
  const dimensions = narrowed(
    space.keyDimensions(key),
    PRINCIPAL,
    ({ principal }) => principal?.kind === 'workload' || principal?.kind === 'identity',
  );
  const authorizer = space.authorizers.alone(knownPolicy(key.policy), 'key');
  return first(actionClasses(KEY_ACTIONS, policiesIn([key.policy])), action =>
    allDenied(search, { action, target: space.key(key), dimensions }, authorizer, ITSELF_FIX),
  );
}

/** Nobody from outside the accounts administers the key either. */
function outsiders({ space, search }: PropertyCheck, key: KeyInput): Finding {
  const accounts = new Set([key.account, space.input.account]);
  const dimensions = narrowed(
    space.keyDimensions(key),
    PRINCIPAL,
    ({ principal }) => principal?.account === undefined || !accounts.has(principal.account),
  );
  const authorizer = space.authorizers.resource(knownPolicy(key.policy), 'key');
  return first(actionClasses(KEY_CONTROL_ACTIONS, policiesIn([key.policy])), action =>
    allDenied(search, { action, target: space.key(key), dimensions }, authorizer, KEY_FIX),
  );
}

/** A grant hands the key on: whatever somebody adds to the policy of a exclusive key, only AWS resources get one. */
function otherGrants({ space, search }: PropertyCheck, key: KeyInput): Finding {
  if (!key.exclusive) {
    return undefined;
  }
  const policy = knownPolicy(key.policy);
  const open: PolicyJson = {
    Version: '2012-10-17',
    ...policy,
    Statement: [...asList(policy?.Statement), ...asList(OPEN.Statement)],
  };
  const dimensions = narrowed(
    narrowed(space.keyDimensions(key), PRINCIPAL, ({ principal }) => principal?.kind !== 'service'),
    'kms:grantisforawsresource',
    ({ words }) => !words.endsWith(' true'),
  );
  return allDenied(
    search,
    { action: 'kms:CreateGrant', target: space.key(key), dimensions },
    space.authorizers.resource(open, 'key'),
    GRANTS_FIX,
  );
}

const OPEN: PolicyJson = { Statement: [{ Effect: 'Allow', Principal: '*', Action: 'kms:*', Resource: '*' }] };

function exemptUseKey({ space, search }: PropertyCheck, key: KeyInput, arns: readonly string[]): Finding {
  return first(arns, arn =>
    first(S3_KEY_ACTIONS, action => {
      const candidate = usualCandidate(action, space.key(key), space.keyDimensions(key), {
        [PRINCIPAL]: identity(`the exempt principal ${arn}`, arn),
      });
      const decision = search.decide(candidate, space.authorizers.resource(knownPolicy(key.policy), 'key'));
      return decision.verdict === 'Allowed'
        ? undefined
        : counterexample({ candidate, decision }, 'allowed', EXEMPT_FIX);
    }),
  );
}
