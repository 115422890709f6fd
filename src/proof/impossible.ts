import { ACCESS_POINT } from './access-points';
import {
  CandidateRequest,
  contextsIn,
  Dimension,
  Exception,
  Network,
  NETWORK,
  networkOf,
  PRINCIPAL,
  principalOf,
  RequestClass,
  requestOf,
  valueIn,
  valueSaid,
} from './candidate-request';
import { ORGANIZATIONS, OrganizationOf } from './dimensions';
import { memoize } from '../base';
import { identityOf, KEY_CONTROL_ACTIONS, OWNERS_ACTIONS } from '../iam';

/**
 * Services act from inside AWS, in their own name or, in a forward access session, for an identity; nobody else is
 * there.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_forward_access_sessions.html
 */
const CALLERS: Exception = {
  dimensions: {
    [PRINCIPAL]: ({ principal }) => [
      principal?.kind === 'service' || principal?.throughCloudFormation,
      principal?.kind === 'anonymous',
    ],
    [NETWORK]: ({ network }) => [network?.kind === 'inside', network?.kind === 'service'],
  },
  holds: candidate => {
    const { kind, throughCloudFormation } = principalOf(candidate);
    const { kind: network } = networkOf(candidate);
    const isService = kind === 'service' || throughCloudFormation === true;
    return isService !== (network === 'inside') || (kind === 'anonymous' && network === 'service');
  },
};

/**
 * S3 refuses what comes to an access point of a VPC from outside of any.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-vpc.html
 */
const ORIGINS: Exception = {
  dimensions: {
    [NETWORK]: ({ network }) => isOutsideVpcs(network),
    [ACCESS_POINT]: each => valueSaid(each, ORIGIN),
  },
  holds: candidate => isOutsideVpcs(networkOf(candidate)) && valueIn(candidate, ORIGIN) === 'VPC',
};

const ORIGIN = 's3:AccessPointNetworkOrigin';

function isOutsideVpcs(network: Network | undefined): boolean {
  return network?.kind === 'internet';
}

const TOKEN = 'aws:tokenissuetime';

/**
 * Sessions always have a token.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-tokenissuetime
 */
const TOKENS: Exception = {
  dimensions: { [PRINCIPAL]: isSession, [TOKEN]: 'everything' },
  holds: candidate => candidate.classes.some(isSession) && requestOf(candidate).lookup(TOKEN) === undefined,
};

function isSession({ parts: { principal } }: RequestClass): boolean {
  const { identity } = principal ?? {};
  return identity !== undefined && ['session', 'federated user'].includes(identityOf(identity).type);
}

/**
 * The same account is in one organization, and in one place of it.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_getting-started_concepts.html
 */
const oneOrganization = memoize((names: string): Exception => {
  const all = ORGANIZATIONS.filter(({ name }) => names.split(',').includes(name));
  return {
    dimensions: {
      [PRINCIPAL]: ({ principal }) => principal?.account,
      [NETWORK]: requestClass => valueSaid(requestClass, 'aws:VpceAccount'),
      'aws:sourceaccount': 'everything',
      ...Object.fromEntries(all.map(({ name }) => [name, 'everything'] as const)),
    },
    holds: candidate => {
      const known = new Map<string, string>();
      return all.some(each => {
        const account = accountOf(each, candidate);
        const place = placeOf(each, candidate);
        const other = account === undefined ? undefined : known.get(account);
        known.set(account ?? '', place);
        return other !== undefined && other !== place;
      });
    },
  };
});

function accountOf({ account }: OrganizationOf, candidate: CandidateRequest): string | undefined {
  return valueIn(candidate, account)?.toString();
}

function placeOf({ keys }: OrganizationOf, candidate: CandidateRequest): string {
  return JSON.stringify(keys.map(key => valueIn(candidate, key) ?? ''));
}

/**
 * Only what encrypts and decrypts has a context.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-encryption-context
 */
const contextOf = memoize((names: string): Exception => {
  const all = names.split(',');
  return {
    dimensions: Object.fromEntries(all.map(name => [name, 'everything'] as const)),
    holds: candidate =>
      KEY_CONTROL_ACTIONS.includes(candidate.action) && all.some(name => valueIn(candidate, name) !== undefined),
  };
});

/**
 * The bucket belongs to somebody else; whether that keeps a service away, AWS does not say.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html
 */
const OWNERS: Exception = {
  dimensions: { [PRINCIPAL]: ({ principal }) => [principal?.kind, principal?.account] },
  holds: ({ action, target, classes }) => {
    const { kind, account } = principalOf({ action, target, classes });
    return OWNERS_ACTIONS.includes(action) && kind !== 'service' && account !== target.account;
  },
};

/**
 * What requests of some dimensions cannot be, though each of their classes is possible.
 *
 * @param action what they ask for
 */
export function impossibleAmong(dimensions: readonly Dimension[], action: string): readonly Exception[] {
  const names = dimensions.map(({ name }) => name);
  return possibleExceptions(
    [
      ...(OWNERS_ACTIONS.includes(action) ? [OF_OWNERS] : []),
      ...[PRINCIPAL, NETWORK, TOKEN, ACCESS_POINT, ...ORGANIZATIONS.map(({ name }) => name)].filter(name =>
        names.includes(name),
      ),
      ...Object.keys(contextsIn(dimensions)),
    ].join(),
  );
}

const OF_OWNERS = 'of owners only';

const possibleExceptions = memoize((joined: string): readonly Exception[] => {
  const names = joined.split(',');
  const contexts = names.filter(name => name.startsWith('kms:encryptioncontext:'));
  const organizations = ORGANIZATIONS.map(({ name }) => name).filter(name => names.includes(name));
  return [
    ...(names.includes(OF_OWNERS) && names.includes(PRINCIPAL) ? [OWNERS] : []),
    ...(names.includes(PRINCIPAL) && names.includes(NETWORK) ? [CALLERS] : []),
    ...(contexts.length > 0 ? [contextOf(contexts.join())] : []),
    ...(names.includes(TOKEN) ? [TOKENS] : []),
    ...(names.includes(NETWORK) && names.includes(ACCESS_POINT) ? [ORIGINS] : []),
    ...(organizations.length > 1 ? [oneOrganization(organizations.join())] : []),
  ];
});
