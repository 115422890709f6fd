import { applies, Naming, Policy, SmtRequest } from './smt-policy';
import { and, FALSE, Formula, not, or, TRUE } from './smt-text';

/** The policies that a request is decided by. */
export interface Policies {
  readonly identity: readonly Policy[];
  readonly boundary?: Policy;
  readonly resource?: Policy;
  readonly resourceKind: 'bucket' | 'key';
  /** Of our gateway endpoint; absent where it is not asked about. */
  readonly endpoint?: Policy;
  /** By level. They bind our account. */
  readonly serviceControl?: ReadonlyArray<readonly Policy[]>;
  /** They bind what our account owns. */
  readonly resourceControl?: readonly Policy[];
}

/** The context keys that policies look at, in lower case, those of policy variables included. */
export function keysOf(policies: Policies): ReadonlySet<string> {
  const { identity, boundary, resource, endpoint, serviceControl = [], resourceControl = [] } = policies;
  const all = known([...identity, boundary, resource, endpoint, ...serviceControl.flat(), ...resourceControl]);
  const statements = all.flatMap(({ Statement }) => Statement);
  const conditions = statements.flatMap(({ Condition }) => Object.values(Condition ?? {}).flatMap(Object.keys));
  const variables = [...JSON.stringify(statements).matchAll(/\$\{([^},\s]+)/g)].map(([, key]) => key);
  return new Set([...conditions, ...variables].map(key => key.toLowerCase()));
}

/** A request with everything that decides which policies bind it. */
export interface DecidedRequest extends SmtRequest {
  readonly kinds: Readonly<Record<'anonymous' | 'root' | 'service', Formula>>;
  /** A session of a service-linked role. */
  readonly serviceLinked: Formula;
  readonly inOwnersAccount: Formula;
  readonly inOurAccount: Formula;
  readonly ownedByUs: Formula;
  readonly throughOurs: Formula;
}

/**
 * Whether AWS allows the request.
 *
 * - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 * - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics.html
 * - https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
 * - https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
 * - https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
export function allowed(policies: Policies, request: DecidedRequest): Formula {
  return and(not(denied(policies, request)), guardrailsAllow(policies, request), granted(policies, request));
}

function denied(policies: Policies, request: DecidedRequest): Formula {
  const { identity, boundary, resource, endpoint, serviceControl = [], resourceControl = [] } = policies;
  const denies = (documents: ReadonlyArray<Policy | undefined>, of: SmtRequest = request) =>
    applies('Deny', known(documents), of);
  return or(
    and(bindsOwned(request), denies(resourceControl)),
    and(bindsAccount(request), denies(serviceControl.flat())),
    and(request.throughOurs, denies([endpoint], throughGateway(request))),
    denies([resource]),
    and(hasPolicies(request), denies([...identity, boundary])),
  );
}

function guardrailsAllow({ endpoint, serviceControl = [] }: Policies, request: DecidedRequest): Formula {
  const levels = serviceControl.map(level => or(not(bindsAccount(request)), applies('Allow', level, request)));
  const through =
    endpoint === undefined ? TRUE : or(not(request.throughOurs), applies('Allow', [endpoint], throughGateway(request)));
  return and(...levels, through);
}

/**
 * Services and the anonymous need the resource's policy. Across accounts both sides have to allow; in one account one
 * of them is enough, but a key's policy has to leave it to the account first.
 */
function granted(policies: Policies, request: DecidedRequest): Formula {
  const { identity, boundary, resource, resourceKind } = policies;
  const { kinds, inOwnersAccount } = request;
  const byResource = (level?: keyof Naming) => applies('Allow', known([resource]), request, level);
  const byIdentity = or(kinds.root, and(hasPolicies(request), applies('Allow', identity, request)));
  const inBoundary =
    boundary === undefined ? TRUE : or(not(hasPolicies(request)), applies('Allow', [boundary], request));
  const outsider = and(or(kinds.service, resourceKind === 'key' ? FALSE : kinds.anonymous), byResource());
  const account = not(or(kinds.service, kinds.anonymous));
  const across = and(account, not(inOwnersAccount), byIdentity, byResource(), inBoundary);
  const delegated = resourceKind === 'key' ? byResource() : TRUE;
  const inside = or(byResource('direct'), and(byResource('role'), inBoundary), and(delegated, byIdentity, inBoundary));
  return or(outsider, across, and(account, inOwnersAccount, inside));
}

/** Users, roles and federated users; the root user has no policies. */
function hasPolicies({ kinds }: DecidedRequest): Formula {
  return not(or(kinds.root, kinds.service, kinds.anonymous));
}

function bindsAccount({ inOurAccount, serviceLinked }: DecidedRequest): Formula {
  return and(inOurAccount, not(serviceLinked));
}

function bindsOwned({ ownedByUs, serviceLinked }: DecidedRequest): Formula {
  return and(ownedByUs, not(serviceLinked));
}

/**
 * Principals other than `*` mean root users in the policy of a gateway endpoint.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
 */
function throughGateway(request: DecidedRequest): SmtRequest {
  const { names, kinds } = request;
  return {
    ...request,
    names: (kind, value) => {
      const naming = names(kind, value);
      return value === '*'
        ? naming
        : { direct: and(kinds.root, naming.direct), role: FALSE, account: and(kinds.root, naming.account) };
    },
  };
}

function known(documents: ReadonlyArray<Policy | undefined>): readonly Policy[] {
  return documents.filter(document => document !== undefined);
}
