import { addressOf, Key, real, secondsOf, Value } from './smt-policy';
import type { PrincipalKind, SmtSpace } from './smt-request';
import { and, FALSE, Formula, matches, not, or } from './smt-text';
import { named } from './smt-variables';
import type { RequestView } from '../../src/iam';

/** A counterexample of the product, with the endpoint of the workload that it passes. */
export interface ProductRequest {
  readonly view: RequestView;
  readonly throughOurs: boolean;
}

/**
 * That the request of the encoding is this one, in assertions that an unsatisfiable core can name. A key that no policy
 * looks at may be missing in a counterexample.
 *
 * @param looksAt the keys that policies look at, in lower case
 */
export function sameRequest(
  space: SmtSpace,
  { view, throughOurs }: ProductRequest,
  looksAt: ReadonlySet<string>,
): readonly string[] {
  const { request, networks } = space;
  const { principal, lookup, resource } = view;
  const kind = space.kinds[principal.type as PrincipalKind] ?? FALSE;
  const arn = principal.type === 'session' ? principal.roleArn : principal.name;
  const told = [...request.keys].filter(([name]) => looksAt.has(name) || lookup(name) !== undefined);
  const unknown = [...looksAt].filter(name => !request.keys.has(name) && lookup(name) !== undefined);
  const assertions: Array<readonly [string, Formula]> = [
    ['request: kind of principal', kind],
    ['request: resource', matches(resource, EXACT, [{ guard: 'true', segments: request.resource }])],
    ['request: way', throughOurs ? networks.ours : not(networks.ours)],
    ...(principal.account === undefined
      ? []
      : [['request: principal', matches(arn!, EXACT, space.principalArn)] as const]),
    ...told.map(([name, key]) => [`request: ${name}`, sameKey(key, lookup(name))] as const),
    ...unknown.map(name => [`request: no such request has ${name}`, FALSE] as const),
  ];
  return assertions.map(([name, formula]) => named(name, formula));
}

const EXACT = { wildcards: false, ignoreCase: false };

function sameKey({ present, values }: Key, actual: string | readonly string[] | undefined): Formula {
  if (actual === undefined) {
    return not(present);
  }
  const texts = typeof actual === 'string' ? [actual] : actual;
  const each = values.map(({ guard, value }, index) =>
    index < texts.length ? and(guard, sameValue(value, texts[index])) : not(guard),
  );
  return texts.length > values.length ? FALSE : and(present, ...each);
}

function sameValue(value: Value, text: string): Formula {
  if ('flag' in value) {
    return text === 'true' ? value.flag : text === 'false' ? not(value.flag) : FALSE;
  }
  if ('address' in value) {
    return /^[\d.]+$/.test(text) ? `(= ${value.address} ${addressOf(text)})` : FALSE;
  }
  if ('real' in value) {
    const number = secondsOf(text);
    return Number.isNaN(number) ? FALSE : `(= ${value.real} ${real(number)})`;
  }
  return or(...value.texts.map(alternative => matches(text, EXACT, [alternative])));
}
