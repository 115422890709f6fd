import { dimensionsFor, eachExclusiveBucket } from './shared';
import { asList, OBJECT_ACTIONS, PolicyJson, StatementJson, wildcardMatch } from '../../../iam';
import { Dimension, narrowed, PRINCIPAL, RequestClass } from '../../candidate-request';
import { constantsOf, valuesOf } from '../../constants';
import { isInside, ORGANIZATION } from '../../dimensions';
import { looksAt } from '../../exemptions';
import { BucketInput, knownPolicy } from '../../proof-input';
import { allDenied, Finding, first, Property, PropertyCheck } from '../../property-check';
import { objectSlices } from '../../request-slices';
import type { RequestSpace } from '../../request-space';
import { lettingIn } from '../../statements';

export const outsideOrganization: Property = {
  id: 'closed[outside-organization]',
  inapplicable: space =>
    space.input.buckets.some(bucket => namedBy(space, bucket).length > 0)
      ? undefined
      : 'no policy names an organization, a unit or the accounts of principals',
  decide: check =>
    eachExclusiveBucket(check, bucket =>
      first(namedBy(check.space, bucket), outsiders => deny(check, bucket, outsiders)),
    ),
};

const ORGANIZATION_KEYS = ['aws:principalorgid', 'aws:principalorgpaths'];

/** Principals outside of what a policy names, and the context keys that it names them by. */
interface Outsiders {
  readonly keys: readonly string[];
  readonly dimensions: readonly Dimension[];
}

/** What policies name whom they let in by: the organization, the unit, the account. */
function namedBy(space: RequestSpace, bucket: BucketInput): readonly Outsiders[] {
  const principals = narrowed(
    dimensionsFor(space, bucket),
    PRINCIPAL,
    ({ principal }) => principal?.kind !== 'service',
  );
  const ofOthers = new Set((space.input.otherEndpoints ?? []).map(({ policy }) => policy));
  const policies = space
    .ownPolicies()
    .filter(each => !ofOthers.has(each))
    .map(lettingInToObjects);
  const named = constantsOf(policies);
  const outside = ORGANIZATION_KEYS.filter(key => isMeant(space, bucket, key, policies)).map(key => ({
    keys: [key],
    dimensions: narrowed(principals, ORGANIZATION, each => !isInside(each, key, space.input, named)),
  }));
  return [...outside, ...ofOtherAccounts(space, bucket, principals)];
}

/**
 * Whether a bucket has to keep out who is outside by one of the keys: where an organization is declared, by what is
 * declared and by what the policy of the bucket asks for; otherwise by what any policy asks for.
 */
function isMeant(
  { input: { organization } }: RequestSpace,
  { policy }: BucketInput,
  key: string,
  policies: readonly PolicyJson[],
): boolean {
  if (organization === undefined) {
    return policies.some(each => looksAt(each, [key]));
  }
  const { id, unitPaths } = organization;
  const isDeclared = key === 'aws:principalorgid' ? id !== undefined : unitPaths.length > 0;
  return isDeclared || looksAt(lettingInToObjects(knownPolicy(policy)), [key]);
}

/** The statements that name whom they let in, without those that are about buckets only. */
function lettingInToObjects(policy: PolicyJson | undefined): PolicyJson {
  const letting = lettingIn(policy);
  return { ...letting, Statement: asList(letting.Statement).filter(each => !isAboutBucketsOnly(each)) };
}

function isAboutBucketsOnly({ Action }: StatementJson): boolean {
  const patterns = asList(Action).map(each => each.toLowerCase());
  return (
    patterns.length > 0 &&
    patterns.every(
      each => each.startsWith('s3:') && !OBJECT_ACTIONS.some(one => wildcardMatch(each, one.toLowerCase())),
    )
  );
}

/**
 * The principals of other accounts than those that the boundary declares. Where nothing is declared, those that the
 * policy names, but for Denies that spare an account beside something else.
 *
 * @see https://github.com/aws-samples/data-perimeter-policy-examples
 */
function ofOtherAccounts(
  { input: { organization } }: RequestSpace,
  { policy }: BucketInput,
  principals: readonly Dimension[],
): readonly Outsiders[] {
  const key = 'aws:PrincipalAccount';
  const declared = organization?.accounts ?? [];
  const letting = lettingInToObjects(knownPolicy(policy));
  const known = { ...letting, Statement: asList(letting.Statement).filter(each => !sparesBeside(each, key)) };
  if (declared.length === 0 && !looksAt(known, [key])) {
    return [];
  }
  const accounts = declared.length === 0 ? valuesOf(constantsOf([known]), key) : declared;
  const isOutside = ({ principal }: RequestClass) => !accounts.includes(String(principal?.account));
  return [{ keys: [key], dimensions: narrowed(principals, PRINCIPAL, isOutside) }];
}

/** Whether a Deny spares who has one key and who has another: each alone is enough. */
function sparesBeside({ Effect, Condition = {} }: StatementJson, key: string): boolean {
  const named = Object.values(Condition).flatMap(keys => Object.keys(keys).map(each => each.toLowerCase()));
  const others = named.filter(each => each !== key.toLowerCase() && !OF_SERVICES.includes(each));
  return Effect === 'Deny' && named.includes(key.toLowerCase()) && others.length > 0;
}

/** Statements spare services whatever else they are about. */
const OF_SERVICES = ['aws:principalisawsservice', 'aws:viaawsservice'];

function deny(check: PropertyCheck, bucket: BucketInput, { keys, dimensions }: Outsiders): Finding {
  const { space } = check;
  const policy = space.holding(bucket, keys);
  return first(objectSlices(space, bucket, dimensions, [policy]), slice =>
    allDenied(check, slice, space.authorizers.resource(policy)),
  );
}
