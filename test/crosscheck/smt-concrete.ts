import type { Policies } from './smt-decision';
import { evaluate, Assignment, Ground } from './smt-evaluate';
import type { Key, Value } from './smt-policy';
import type { PrincipalKind, SmtSpace, SmtTarget } from './smt-request';
import { and, Formula, joined } from './smt-text';
import type { AccessRequest, PolicySet } from '../../src/iam';

/** The request that the values of the variables make. */
export function concreteRequest(space: SmtSpace, { action }: SmtTarget, values: Assignment): AccessRequest {
  const { request } = space;
  const context: Record<string, string | readonly string[]> = {};
  for (const [name, key] of request.keys) {
    const value = valueOf(key, values);
    if (value !== undefined) {
      context[name] = value;
    }
  }
  return {
    action,
    resource: String(evaluate(joined(request.resource), values)),
    resourceAccount: String(context['aws:resourceaccount']),
    principal: principalOf(space, values),
    context,
  };
}

/** What does not matter has a value, too: no key that may be absent is there. */
export function withDefaults(values: Assignment, sorts: ReadonlyMap<string, string>): Assignment {
  const defaults: Readonly<Record<string, Ground>> = { Bool: false, Int: 0, Real: 0, String: 'x' };
  return new Map([...sorts].map(([name, sort]) => [name, values.get(name) ?? defaults[sort]]));
}

/** The policies that bind the request that the values make. */
export function bindingPolicies(policies: Policies, { request }: SmtSpace, values: Assignment): PolicySet {
  const { identity, boundary, resource, resourceKind, endpoint, serviceControl, resourceControl } = policies;
  const when = <T>(guard: Formula, value: T) => (evaluate(guard, values) === true ? value : undefined);
  return {
    identityPolicies: identity,
    permissionsBoundary: boundary,
    resourcePolicy: resource,
    resourcePolicyKind: resourceKind,
    endpointPolicy: when(request.throughOurs, endpoint),
    serviceControlPolicies: when(request.inOurAccount, serviceControl),
    resourceControlPolicies: when(request.ownedByUs, resourceControl),
  };
}

function principalOf({ kinds, principalArn }: SmtSpace, values: Assignment): string {
  const [kind] = Object.entries(kinds).find(([, guard]) => evaluate(guard, values) === true)! as [
    PrincipalKind,
    Formula,
  ];
  const name = (variable: string) => String(values.get(variable));
  if (kind === 'anonymous') {
    return 'anonymous';
  }
  if (kind === 'service') {
    return `${name('p_service')}.amazonaws.com`;
  }
  if (kind === 'session') {
    return `arn:aws:sts::${name('p_account')}:assumed-role/${name('p_full').split('/').pop()}/${name('p_session')}`;
  }
  const arn = principalArn.find(({ guard }) => evaluate(guard, values) === true)!;
  return String(evaluate(joined(arn.segments), values));
}

function valueOf({ present, values: each }: Key, values: Assignment): string | readonly string[] | undefined {
  if (evaluate(present, values) !== true) {
    return undefined;
  }
  const texts = each.filter(({ guard }) => evaluate(guard, values) === true).map(({ value }) => textOf(value, values));
  return each.length > 1 ? texts : texts[0];
}

function textOf(value: Value, values: Assignment): string {
  if ('flag' in value) {
    return String(evaluate(value.flag, values));
  }
  if ('address' in value) {
    const address = Number(evaluate(value.address, values));
    return [24, 16, 8, 0].map(shift => Math.floor(address / 2 ** shift) % 256).join('.');
  }
  if ('real' in value) {
    const number = Number(evaluate(value.real, values));
    return /time|issued/.test(value.real) ? new Date(number * 1000).toISOString() : String(number);
  }
  const found = value.texts.find(({ guard }) => evaluate(and(guard), values) === true)!;
  return String(evaluate(joined(found.segments), values));
}
