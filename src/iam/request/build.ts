import type { AccessRequest, RequestView } from './access-request';
import { Attributes, attributesOf, valueFrom } from './attributes';
import { LAWS } from './laws';
import type { PrincipalName, RequestParts } from './parts';
import { identityOf } from './principals';

/**
 * The request of parts, with every context key that the laws derive from them. Later parts say more than earlier ones.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-reqcontext.html
 */
export function requestOf(action: string, ...parts: readonly RequestParts[]): AccessRequest {
  const attributes = merged(parts);
  const service = serviceOf(action);
  const lawful = LAWS.filter(({ key }) => !key.endsWith('/')).map(({ key }) => key);
  const said = parts.flatMap(each => [...spelled(each)]);
  const context = [...new Set([...lawful, ...said])].map(key => [key, valueFrom(attributes, key, service)] as const);
  return {
    action,
    resource: String(attributes.get('target.arn')),
    resourceAccount: String(attributes.get('target.account')),
    principal: nameOf(attributes).name,
    context: Object.fromEntries(
      context.flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const])),
    ),
  };
}

/** The same request of an instance that differs from the one which sent it in its id alone. */
export function ofInstance(request: AccessRequest, id: string, other: string): AccessRequest {
  const renamed = (value: string) => value.replaceAll(id, other);
  const context = Object.entries(request.context).map(
    ([key, value]) => [key, typeof value === 'string' ? renamed(value) : value.map(renamed)] as const,
  );
  return { ...request, principal: renamed(request.principal), context: Object.fromEntries(context) };
}

/** The same request as the evaluator reads it: no key is derived that nobody looks at. */
export function viewOf(action: string, parts: readonly RequestParts[]): RequestView {
  const attributes = merged(parts);
  const service = serviceOf(action);
  return {
    action: action.toLowerCase(),
    resource: String(attributes.get('target.arn')),
    resourceAccount: String(attributes.get('target.account')),
    principal: identityOf(nameOf(attributes)),
    lookup: key => valueFrom(attributes, key, service),
  };
}

function nameOf(attributes: Attributes): PrincipalName {
  const name = attributes.get('principal.identity') as PrincipalName | undefined;
  if (name === undefined) {
    throw new Error('a request has a principal');
  }
  return name;
}

function merged(parts: readonly RequestParts[]): Attributes {
  const all = new Map<string, unknown>();
  for (const each of parts) {
    attributesOf(each).forEach((value, name) => all.set(name, value));
  }
  return all;
}

/** The keys that parts say themselves, as they spell them. */
function spelled({ parameters = {}, principal }: RequestParts): readonly string[] {
  return [...Object.keys(parameters), ...Object.keys(principal?.tags ?? {}).map(tag => `aws:PrincipalTag/${tag}`)];
}

function serviceOf(action: string): string {
  return action.slice(0, Math.max(0, action.indexOf(':'))).toLowerCase();
}
