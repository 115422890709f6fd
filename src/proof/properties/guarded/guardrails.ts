import { actionsOn, arnMatch, asList, KEY_USES, PolicyJson, RequestParts, StatementJson } from '../../../iam';
import {
  CandidateRequest,
  Dimension,
  NETWORK,
  PRINCIPAL,
  RequestClass,
  RequestPrincipal,
  Target,
  usualCandidate,
} from '../../candidate-request';
import { actionClasses, targetClasses } from '../../classes';
import { keysOf, witness } from '../../constants';
import { CREDENTIALS } from '../../dimensions';
import { looksAt } from '../../exemptions';
import { INTERNET } from '../../networks';
import { allDenied, counterexample, Finding, first, PropertyCheck } from '../../property-check';
import type { RequestSpace } from '../../request-space';

/** Something that somebody does beside the requests of the workload. */
export interface Step {
  readonly action: string;
  readonly target: Target;
  readonly parameters?: RequestParts['parameters'];
}

/** Why nothing is to be decided about guardrails. */
export function withoutGuardrails({ input }: RequestSpace): string | undefined {
  return input.serviceControlPolicies === undefined && input.resourceControlPolicies === undefined
    ? 'the assembly has no guardrails of the organization'
    : undefined;
}

/** Why nothing is to be decided where no guardrail of a kind looks at a key. */
export function withoutGuardrailOn(
  space: RequestSpace,
  policies: readonly PolicyJson[],
  keys: readonly string[],
): string | undefined {
  const none = `no guardrail looks at ${keys.join(' or ')}`;
  return withoutGuardrails(space) ?? (policies.some(policy => looksAt(policy, keys)) ? undefined : none);
}

/** The policies of the organization on what the account owns. */
export function ofResources({ input }: RequestSpace): readonly PolicyJson[] {
  return input.resourceControlPolicies ?? [];
}

/** The policies of the organization on what the account's identities may do. */
export function ofIdentities({ input }: RequestSpace): readonly PolicyJson[] {
  return (input.serviceControlPolicies ?? []).flat();
}

/** Actions of a service on a target. */
export function steps(service: string, target: Target, names: string): readonly Step[] {
  return names
    .trim()
    .split(/\s+/)
    .map(name => ({ action: `${service}:${name}`, target }));
}

/** A resource of the account. */
export function resource(space: RequestSpace, service: string, name: string): Target {
  const { partition, region, account } = space.input;
  const arn = `arn:${partition}:${service}:${service === 'iam' ? '' : region}:${account}:${name}`;
  return { words: arn, arn, account, ...space.organizationOf(account) };
}

/** Whether the guardrails let somebody take a step. */
export function possible(check: PropertyCheck, who: RequestClass, { action, target, parameters }: Step): Finding {
  const { space, search } = check;
  const candidate = fromInternet(space, who, action, target, parameters);
  const authorizer = space.authorizers.guardrails(action.startsWith('kms:') ? 'key' : 'bucket');
  const decision = search.decide(candidate, authorizer);
  return decision.verdict === 'Allowed' ? undefined : counterexample(check, { candidate, decision }, 'allowed');
}

/** A request from the internet, with credentials that no instance has. */
function fromInternet(
  space: RequestSpace,
  who: RequestClass,
  action: string,
  target: Target,
  parameters: RequestParts['parameters'] = {},
): CandidateRequest {
  const usual = usualCandidate(action, target, space.dimensions(), {
    [PRINCIPAL]: who,
    [NETWORK]: INTERNET,
    [CREDENTIALS]: { words: '', parts: {} },
  });
  return { ...usual, classes: [...usual.classes, { words: '', parts: { parameters } }] };
}

/** The first request that the guardrails do not deny to the data of the account. */
export function closedTo(
  check: PropertyCheck,
  narrow: (dimensions: readonly Dimension[]) => readonly Dimension[],
  what: 'everything' | 'objects' = 'everything',
): Finding {
  return dataClosedTo(check, narrow, what) ?? (what === 'objects' ? undefined : keysClosedTo(check, narrow));
}

function dataClosedTo(
  check: PropertyCheck,
  narrow: (dimensions: readonly Dimension[]) => readonly Dimension[],
  what: 'everything' | 'objects',
): Finding {
  const { space } = check;
  const documents = ofResources(space);
  const all = ownedBy(space, space.input.buckets).flatMap((bucket): readonly Target[] => [
    ...space.objects(bucket),
    ...(what === 'objects' ? [] : [space.bucket(bucket)]),
  ]);
  const dimensions = narrow(space.dimensions());
  return first(targetClasses(all, documents), target =>
    first(actionClasses(actionsOn(target.arn), documents), action =>
      allDenied(check, { action, target, dimensions }, space.authorizers.guardrails()),
    ),
  );
}

function keysClosedTo(
  check: PropertyCheck,
  narrow: (dimensions: readonly Dimension[]) => readonly Dimension[],
): Finding {
  const { space } = check;
  return first(ownedBy(space, space.input.keys), key => {
    const dimensions = narrow(space.keyDimensions(key));
    return first(actionClasses(KEY_USES, ofResources(space)), action =>
      allDenied(check, { action, target: space.key(key), dimensions }, space.authorizers.guardrails('key')),
    );
  });
}

function ownedBy<T extends { readonly account: string }>({ input }: RequestSpace, items: readonly T[]): readonly T[] {
  return items.filter(({ account }) => account === input.account);
}

/** A principal that a statement spares. */
export interface Spared {
  readonly pattern: string;
  readonly sid: string;
}

/** The principals that Denies spare by `aws:PrincipalArn`. */
export function sparedBy(policies: readonly PolicyJson[]): readonly Spared[] {
  return policies
    .flatMap(({ Statement }) => asList(Statement))
    .filter(({ Effect }) => Effect === 'Deny')
    .flatMap((statement, index) =>
      conditionValues(statement, /^(Arn|String)Not(Equals|Like)(IfExists)?$/i, 'aws:principalarn').map(pattern => ({
        pattern,
        sid: statement.Sid ?? `#${index + 1}`,
      })),
    );
}

/** The values that statements spare by a key. */
export function valuesIn(policies: readonly PolicyJson[], key: string): readonly string[] {
  return policies
    .flatMap(({ Statement }) => asList(Statement))
    .filter(statement => keysOf(statement).has(key))
    .flatMap(statement => conditionValues(statement, /Not/i, key));
}

function conditionValues({ Condition = {} }: StatementJson, operators: RegExp, key: string): readonly string[] {
  return Object.entries(Condition)
    .filter(([operator]) => operators.test(operator))
    .flatMap(([, keys]) => Object.entries(keys))
    .filter(([name]) => name.toLowerCase() === key)
    .flatMap(([, values]) => asList(values).map(String));
}

/** Patterns under which anybody can make a role spare nobody here. */
export function isSpared(patterns: readonly string[], { arn }: RequestPrincipal): boolean {
  return arn !== undefined && patterns.some(pattern => !isCreatable(pattern) && arnMatch(pattern, arn));
}

/** Customers make no roles under the paths of AWS, none with a colon in the name, and no root users. */
export function isCreatable(pattern: string): boolean {
  const name = /^arn:[^:]*:iam::[^:]*:role\/(.*)$/.exec(pattern)?.[1];
  return name !== undefined && /[*?]/.test(pattern) && !/^(aws-reserved|aws-service-role)\/|:/.test(name);
}

/** A role of an account that a pattern spares. */
export function exampleOf(pattern: string, partition: string, account: string): string {
  return `arn:${partition}:iam::${account}:${witness(pattern.split(':').slice(5).join(':'))}`;
}
