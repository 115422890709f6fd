import { identify, PrincipalIdentity } from '../principal-identity';
import type { ContextLookup } from '../variables';

/**
 * A call to AWS, with everything that policies can look at.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-reqcontext.html
 */
export interface AccessRequest {
  /** The action, such as `s3:GetObject`. */
  readonly action: string;
  /** The ARN of the resource that the call is made on. */
  readonly resource: string;
  /** The id of the account that owns the resource. */
  readonly resourceAccount: string;
  /** Assumed-role session ARN, user ARN, root ARN, host name of a service principal, or `anonymous`. */
  readonly principal: string;
  /** Every context key that the request carries; a key that is not here is absent, a list is a multi-valued key. */
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}

/**
 * A request as the matching functions read it.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-reqcontext.html
 */
export interface RequestView {
  /** The action in lower case, since actions are compared without regard to case. */
  readonly action: string;
  readonly resource: string;
  readonly resourceAccount: string;
  readonly principal: PrincipalIdentity;
  /** The value of a context key, whatever the case of its name. */
  readonly lookup: ContextLookup;
}

/**
 * Prepares a request for matching.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-reqcontext.html
 */
export function viewRequest(request: AccessRequest): RequestView {
  const lookup = contextLookup(request.context);
  const principalArn = lookup('aws:PrincipalArn');
  return {
    action: request.action.toLowerCase(),
    resource: request.resource,
    resourceAccount: request.resourceAccount,
    principal: identify(request.principal, typeof principalArn === 'string' ? principalArn : undefined),
    lookup,
  };
}

function contextLookup(context: AccessRequest['context']): ContextLookup {
  return key => {
    const name = Object.hasOwn(context, key) ? key : sameName(context, key);
    const value = name === undefined ? undefined : context[name];
    return typeof value !== 'string' && value?.length === 0 ? undefined : value;
  };
}

/** The name of the key in the context that differs in case only. */
function sameName(context: AccessRequest['context'], key: string): string | undefined {
  const wanted = key.toLowerCase();
  for (const name in context) {
    if (name.length === wanted.length && name.toLowerCase() === wanted) {
      return name;
    }
  }
  return undefined;
}
