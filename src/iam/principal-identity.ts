/**
 * What kind of principal makes a request.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export type PrincipalType = 'session' | 'user' | 'federated user' | 'root' | 'service' | 'anonymous' | 'other';

/**
 * Who makes a request, with all the names under which a policy can mean it.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export interface PrincipalIdentity {
  readonly type: PrincipalType;
  /** The principal as the request names it. */
  readonly name: string;
  /** The account of an identity; services, anonymous callers and identities from outside AWS have none. */
  readonly account?: string;
  /** The ARN of the account of an identity. */
  readonly rootArn?: string;
  /** The ARN of the role behind a role session, with its path if `aws:PrincipalArn` tells it. */
  readonly roleArn?: string;
}

const SERVICE_PRINCIPAL = /^[a-z0-9-]+(\.[a-z0-9-]+)*\.amazonaws\.com(\.cn)?$/;

/**
 * Reads the name of a principal. A session ARN lacks the path of its role, so the role's ARN comes from
 * `aws:PrincipalArn` where that fits.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns
 */
export function identify(name: string, principalArn?: string): PrincipalIdentity {
  if (name === 'anonymous') {
    return { type: 'anonymous', name };
  }
  if (!name.startsWith('arn:')) {
    return { type: SERVICE_PRINCIPAL.test(name) ? 'service' : 'other', name };
  }
  const [, partition, service, , account, resource = ''] = name.split(':', 6);
  const inAccount = { name, account, rootArn: `arn:${partition}:iam::${account}:root` };
  const identity =
    service === 'sts'
      ? identityOfSts(inAccount, resource, `arn:${partition}:iam::${account}:role/`, principalArn)
      : service === 'iam'
        ? identityOfIam(inAccount, resource)
        : undefined;
  return identity ?? { type: 'other', name };
}

type InAccount = Required<Pick<PrincipalIdentity, 'name' | 'account' | 'rootArn'>>;

/** What AWS STS issues credentials to: sessions of roles and of federated users. */
function identityOfSts(
  inAccount: InAccount,
  resource: string,
  rolePrefix: string,
  principalArn: string | undefined,
): PrincipalIdentity | undefined {
  const [kind, roleName] = resource.split('/', 2);
  switch (kind) {
    case 'assumed-role':
      return { type: 'session', ...inAccount, roleArn: roleArnOf(rolePrefix, roleName, principalArn) };
    case 'federated-user':
      return { type: 'federated user', ...inAccount };
    default:
      return undefined;
  }
}

/** What IAM names itself: roles, users and the account. */
function identityOfIam(inAccount: InAccount, resource: string): PrincipalIdentity | undefined {
  if (resource === 'root') {
    return { type: 'root', ...inAccount };
  }
  const [kind] = resource.split('/', 1);
  switch (kind) {
    case 'role':
      return { type: 'session', ...inAccount, roleArn: inAccount.name };
    case 'user':
      return { type: 'user', ...inAccount };
    default:
      return undefined;
  }
}

/**
 * Whether the principal is the session of a service-linked role, which no organization policy restricts.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
 */
export function isServiceLinkedRole(principal: PrincipalIdentity): boolean {
  return principal.roleArn !== undefined && principal.roleArn.includes(':role/aws-service-role/');
}

function roleArnOf(prefix: string, roleName: string, principalArn: string | undefined): string {
  const fits = principalArn !== undefined && principalArn.startsWith(prefix) && principalArn.endsWith(`/${roleName}`);
  return fits ? principalArn : `${prefix}${roleName}`;
}
