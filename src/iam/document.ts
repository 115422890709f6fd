/**
 * One value or a list of values: policy documents allow both almost everywhere.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export type OneOrMany<T> = T | readonly T[];

/**
 * A value in a condition; JSON numbers and booleans mean the same as their text.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export type ConditionValue = string | number | boolean;

/**
 * The `Condition` block: operator, then context key, then the values to compare with.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html
 */
export type ConditionJson = Readonly<Record<string, Readonly<Record<string, OneOrMany<ConditionValue>>>>>;

/**
 * The value of `Principal` and `NotPrincipal`, by kind of principal.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export interface PrincipalMapJson {
  readonly AWS?: OneOrMany<string>;
  readonly Service?: OneOrMany<string>;
  readonly Federated?: OneOrMany<string>;
  readonly CanonicalUser?: OneOrMany<string>;
}

/**
 * `"*"`, or the named principals.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export type PrincipalJson = string | PrincipalMapJson;

/**
 * One statement of a policy.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_statement.html
 */
export interface StatementJson {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: PrincipalJson;
  readonly NotPrincipal?: PrincipalJson;
  readonly Action?: OneOrMany<string>;
  readonly NotAction?: OneOrMany<string>;
  readonly Resource?: OneOrMany<string>;
  readonly NotResource?: OneOrMany<string>;
  readonly Condition?: ConditionJson;
}

/** Under which name a document carries where it comes from: no part of its JSON, and copied with it. */
export const SOURCE: unique symbol = Symbol('source');

/** What a policy is attached to. */
export type PolicySourceKind =
  | 'resource control policy'
  | 'service control policy'
  | 'endpoint policy'
  | 'bucket policy'
  | 'access point policy'
  | 'key policy'
  | 'trust policy'
  | 'identity policy'
  | 'permissions boundary';

/** Where a policy comes from. */
export interface PolicySource {
  readonly kind: PolicySourceKind;
  /** The construct path or the logical id of the resource that contains it, else the name of the policy. */
  readonly place: string;
  /** The document as it stands there. */
  readonly document: PolicyJson;
}

/**
 * A policy document as plain JSON, without unresolved references.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
 */
export interface PolicyJson {
  readonly Version?: string;
  readonly Id?: string;
  readonly Statement: OneOrMany<StatementJson>;
  readonly [SOURCE]?: PolicySource;
}

/** The same document, which says where it comes from. */
export function withSource(document: PolicyJson, kind: PolicySourceKind, place: string): PolicyJson {
  return { ...document, [SOURCE]: { kind, place, document } };
}

/** The document as it stands where it comes from, if it says so. */
export function originalOf(policy: PolicyJson): PolicyJson {
  return policy[SOURCE]?.document ?? policy;
}

/** What a policy is called in a sentence, as far as it says where it comes from. */
export function nameOfPolicy({ [SOURCE]: source }: PolicyJson): string | undefined {
  return source && `${source.kind} ${source.place}`;
}

/**
 * The values as a list.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function asList<T>(value: OneOrMany<T> | undefined): readonly T[] {
  if (value === undefined) {
    return [];
  }
  return isList(value) ? value : [value];
}

/**
 * Whether one of the values fulfils the predicate.
 *
 * @see
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
 */
export function anyOf<T>(value: OneOrMany<T> | undefined, predicate: (one: T) => boolean): boolean {
  if (value === undefined) {
    return false;
  }
  return isList(value) ? value.some(predicate) : predicate(value);
}

/**
 * Whether the document's language version replaces `${...}`; older versions, and documents without one, take it
 * literally.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html
 */
export function supportsVariables(policy: PolicyJson): boolean {
  return policy.Version === '2012-10-17';
}

function isList<T>(value: OneOrMany<T>): value is readonly T[] {
  return Array.isArray(value);
}
