import { bucketActionsOf, isOnObject } from './actions';
import type { BucketModel, RoleModel } from '../cloudformation';
import { asList, ConditionValue, objectsIn, OneOrMany, PolicyJson, StatementJson, wildcardMatch } from '../iam';

/** An action in a bucket that a statement of the role's policies grants. */
export interface Grant {
  readonly action: string;
  readonly bucket: BucketModel;
  /** The bucket, or an object that the statement covers. */
  readonly resource: string;
  /** The access point that the request has to come through for the statement's conditions to hold. */
  readonly accessPoint?: string;
  /** What the request has to say of itself for the statement's conditions to hold, such as `s3:prefix`. */
  readonly parameters: Readonly<Record<string, string>>;
}

interface Target {
  readonly bucket: BucketModel;
  readonly resource: string;
  readonly isObject: boolean;
}

const NAMED_BUCKET = /^arn:[^:]*:s3:::([^/*?]+)(?:\/(.*))?$/s;

const NAMED_ACCESS_POINT = /^(arn:[^:]*:s3:[^:*?]+:([^:*?]+):accesspoint\/[^/*?]+)(?:\/object\/(.*))?$/s;

/** A policy variable, which may have a value for want of another. */
const VARIABLE = /\$\{([^},]+)[^}]*\}/g;

/** The name of an IAM user, which the session of a role never has. */
const NAMES_A_USER = /\$\{\s*aws:username\s*\}/i;

/** The operators that a value of the policy fulfils itself. */
const FULFILLED_BY_VALUE =
  /^(For(Any|All)Values?:)?(Arn(Equals|Like)|String(Equals|Like|EqualsIgnoreCase)|Numeric(Less|Greater)?(Than)?Equals|Bool)(IfExists)?$/i;

/** The keys of S3 that a request sets itself, unlike those that the caller's identity and its way set. */
const PARAMETER =
  /^s3:(prefix|delimiter|max-keys|VersionId|x-amz-.+|RequestObjectTag\/.+|ExistingObjectTag\/.+|object-lock-.+|if-.+)$/i;

/** Anything that a bucket can be called. */
const ANY_BUCKET = 'any-bucket';

/** A session of a role is none of these. */
const KEYS_OF_SERVICES = /^aws:(Source(Arn|Account|OrgID|OrgPaths)|PrincipalServiceName)$/i;

/**
 * What a role is granted in buckets: for each action and resource of each `Allow` of its policies, one request that
 * the statement covers. A role that is granted nothing in a bucket that is named may be granted something in any that
 * fits a pattern, or by the policy of a bucket alone. A workload that nothing declares is granted what the policies of
 * buckets say in any case.
 *
 * @param role the role
 * @param buckets the buckets and access points of the assembly; others that a statement names are added
 * @param isDeclared whether an access list says what the role is for
 */
export function grantsOf(role: RoleModel, buckets: readonly BucketModel[], isDeclared = false): Grant[] {
  const own = role.policies.flatMap(({ document }) => allowsOf(document));
  const named = own.flatMap(statement => grantsIn(statement, targetsOf(statement, buckets, role), role));
  const byBuckets = () =>
    buckets.flatMap(bucket =>
      allowsOf(bucket.policy?.document)
        .filter(statement => letsIn(statement, role))
        .flatMap(statement => grantsIn(statement, targetsOf(statement, [bucket], role), role))
        .filter(grant => grant.bucket === bucket),
    );
  const grants = isDeclared && named.length > 0 ? named : [...named, ...byBuckets()];
  const all = grants.length > 0 ? grants : own.flatMap(statement => wideGrants(statement, role));
  return [
    ...new Map(
      all.map(grant => [JSON.stringify([grant.action, grant.resource, grant.accessPoint, grant.parameters]), grant]),
    ).values(),
  ];
}

function allowsOf(document: PolicyJson | undefined): readonly StatementJson[] {
  return asList(document?.Statement).filter(({ Effect }) => Effect === 'Allow');
}

function grantsIn(statement: StatementJson, targets: readonly Target[], role: RoleModel): Grant[] {
  const said = saidFor(statement);
  const parameters = { ...said.parameters, ...variablesIn(statement, role) };
  return bucketActionsOf(statement).flatMap(action =>
    targets
      .filter(({ isObject }) => isObject === isOnObject(action))
      .map(({ bucket, resource }) => ({ action, bucket, resource, ...said, parameters })),
  );
}

/** Where patterns cover no bucket that is known, one that they cover. */
function wideGrants(statement: StatementJson, role: RoleModel): Grant[] {
  const grants = asList(statement.Resource ?? '*')
    .filter(pattern => /^(\*|arn:[^:]*:(s3|\*):.*[*?].*)$/.test(pattern) && !NAMES_A_USER.test(pattern))
    .flatMap(pattern => {
      const [name, key] = (pattern.split(':')[5] ?? '*').split(/\/(.*)/s);
      const bucket = otherBucket(name.replaceAll('*', ANY_BUCKET).replaceAll('?', 'x'), '*', statement, role);
      const targets = bothTargets(bucket).filter(({ isObject }) => key === undefined || isObject);
      return grantsIn(statement, targets, role);
    });
  return grants.some(({ action }) => isOnObject(action) || /:ListBucket$/i.test(action)) ? grants : [];
}

/**
 * Whether a statement of a bucket's policy lets a session of the role in by itself: it names the role, or everybody
 * whom its conditions do not keep out. One that names the account leaves it to the role's own policies.
 */
function letsIn({ Principal, Condition = {} }: StatementJson, { arn, account }: RoleModel): boolean {
  const named = typeof Principal === 'string' ? [Principal] : asList(Principal?.AWS);
  const comparisons = Object.entries(Condition)
    .filter(([operator]) => !/Not|IfExists|ForAll/i.test(operator))
    .flatMap(([, keys]) => Object.entries(keys));
  return (
    named.some(each => each === '*' || each === arn) &&
    comparisons.every(([key, values]) => {
      const fits = (value: string) => asList(values).some(each => wildcardMatch(String(each), value));
      return (
        !KEYS_OF_SERVICES.test(key) &&
        (!/^aws:PrincipalArn$/i.test(key) || fits(arn)) &&
        (!/^aws:PrincipalAccount$/i.test(key) || fits(account))
      );
    })
  );
}

function targetsOf(statement: StatementJson, buckets: readonly BucketModel[], role: RoleModel): Target[] {
  if (statement.Resource === undefined) {
    const excluded = asList(statement.NotResource);
    return buckets
      .flatMap(bucket => bothTargets(bucket))
      .filter(({ resource }) => !excluded.some(pattern => wildcardMatch(pattern, resource)));
  }
  return asList(statement.Resource)
    .filter(pattern => !NAMES_A_USER.test(pattern))
    .map(pattern => withValues(pattern, role))
    .flatMap(pattern => {
      const throughAccessPoint = NAMED_ACCESS_POINT.exec(pattern);
      if (throughAccessPoint !== null) {
        return [accessPointTarget(throughAccessPoint, buckets)];
      }
      const named = NAMED_BUCKET.exec(pattern);
      return named === null
        ? wildcardTargets(pattern, buckets)
        : [namedTarget(pattern, named[1], named[2], statement, buckets, role)];
    });
}

/** A resource whose policy variables have values: of a tag, the one that the role has. */
function withValues(pattern: string, role: RoleModel): string {
  return pattern.replaceAll(VARIABLE, (_, key: string) => valueOf(key, role));
}

function variablesIn({ Resource }: StatementJson, role: RoleModel): Record<string, string> {
  const keys = asList(Resource).flatMap(pattern => [...pattern.matchAll(VARIABLE)].map(([, key]) => key));
  return Object.fromEntries(keys.filter(key => PARAMETER.test(key)).map(key => [key, valueOf(key, role)]));
}

function valueOf(key: string, { account, tags }: RoleModel): string {
  const [, tag] = /^aws:PrincipalTag\/(.+)$/i.exec(key) ?? [];
  return /^aws:PrincipalAccount$/i.test(key) ? account : ((tag === undefined ? undefined : tags[tag]) ?? 'any');
}

function bothTargets(bucket: BucketModel): Target[] {
  return [
    { bucket, resource: bucket.arn, isObject: false },
    { bucket, resource: `${objectsIn(bucket.arn)}object`, isObject: true },
  ];
}

/** An access point that is not in the assembly is in the account that its ARN names. */
function accessPointTarget([, arn, account, key]: RegExpExecArray, buckets: readonly BucketModel[]): Target {
  const bucket = buckets.find(each => each.arn === arn) ?? {
    name: arn,
    arn,
    account,
    region: arn.split(':')[3],
    blocksPublicAccess: false,
    versioned: false,
  };
  return key === undefined
    ? { bucket, resource: arn, isObject: false }
    : { bucket, resource: `${objectsIn(arn)}${exampleOf(key)}`, isObject: true };
}

function namedTarget(
  pattern: string,
  name: string,
  key: string | undefined,
  statement: StatementJson,
  buckets: readonly BucketModel[],
  role: RoleModel,
): Target {
  const bucket = buckets.find(each => each.name === name) ?? otherBucket(name, pattern.split(':')[1], statement, role);
  return key === undefined
    ? { bucket, resource: bucket.arn, isObject: false }
    : { bucket, resource: `${bucket.arn}/${exampleOf(key)}`, isObject: true };
}

/**
 * A wildcard in the name of the bucket, or in place of the ARN, covers buckets of the assembly and may cover any
 * other.
 */
function wildcardTargets(pattern: string, buckets: readonly BucketModel[]): Target[] {
  const slash = pattern.indexOf('/');
  const [name, key] = slash === -1 ? [pattern, undefined] : [pattern.slice(0, slash), pattern.slice(slash + 1)];
  return buckets
    .filter(({ arn }) => wildcardMatch(name, arn))
    .flatMap(bucket =>
      key === undefined
        ? bothTargets(bucket).filter(({ resource }) => wildcardMatch(pattern, resource))
        : [{ bucket, resource: `${bucket.arn}/${exampleOf(key)}`, isObject: true }],
    );
}

/**
 * A bucket that is not in the assembly belongs to the account that the statement pins it to, else to somebody who is
 * not known.
 */
function otherBucket(name: string, partition: string, statement: StatementJson, role: RoleModel): BucketModel {
  const pinned: OneOrMany<ConditionValue> | undefined = statement.Condition?.StringEquals?.['aws:ResourceAccount'];
  const account = String(asList(pinned)[0] ?? `<owner.${name.replaceAll(/[<>]/g, '')}>`);
  return {
    name,
    arn: `arn:${partition === '*' ? role.arn.split(':')[1] : partition}:s3:::${name}`,
    account,
    region: '',
    blocksPublicAccess: false,
    versioned: false,
  };
}

/** What a request has to say for the conditions of a statement to hold. */
function saidFor(statement: StatementJson): Pick<Grant, 'accessPoint' | 'parameters'> {
  const wanted = Object.entries(statement.Condition ?? {})
    .filter(([operator]) => FULFILLED_BY_VALUE.test(operator))
    .flatMap(([, keys]) => Object.entries(keys))
    .map(([key, values]) => [key, exampleOf(String(asList(values)[0]))] as const);
  const accessPoint = wanted.find(([key]) => key.toLowerCase() === 's3:dataaccesspointarn')?.[1];
  return { accessPoint, parameters: Object.fromEntries(wanted.filter(([key]) => PARAMETER.test(key))) };
}

function exampleOf(pattern: string): string {
  return pattern.replaceAll('*', 'object').replaceAll('?', 'x');
}
