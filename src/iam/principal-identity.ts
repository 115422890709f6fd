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
  const [kind, roleName] = resource.split('/', 2);
  if (service === 'sts' && kind === 'assumed-role') {
    return {
      type: 'session',
      ...inAccount,
      roleArn: roleArnOf(`arn:${partition}:iam::${account}:role/`, roleName, principalArn),
    };
  }
  if (service === 'sts' && kind === 'federated-user') {
    return { type: 'federated user', ...inAccount };
  }
  if (service === 'iam' && kind === 'role') {
    return { type: 'session', ...inAccount, roleArn: name };
  }
  if (service === 'iam' && kind === 'user') {
    return { type: 'user', ...inAccount };
  }
  if (service === 'iam' && resource === 'root') {
    return { type: 'root', ...inAccount };
  }
  return { type: 'other', name };
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
