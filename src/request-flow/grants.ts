import { bucketActionsOf, isOnObject } from './actions';
import type { BucketModel, RoleModel } from '../cloudformation';
import { asList, ConditionValue, objectsIn, OneOrMany, StatementJson, wildcardMatch } from '../iam';

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

/** The operators that a value of the policy fulfils itself. */
const FULFILLED_BY_VALUE =
  /^(For(Any|All)Values?:)?(Arn(Equals|Like)|String(Equals|Like|EqualsIgnoreCase)|Numeric(Less|Greater)?(Than)?Equals|Bool)(IfExists)?$/i;

/** The keys of S3 that a request sets itself, unlike those that the caller's identity and its way set. */
const PARAMETER =
  /^s3:(prefix|delimiter|max-keys|VersionId|x-amz-.+|RequestObjectTag\/.+|ExistingObjectTag\/.+|object-lock-.+|if-.+)$/i;

/**
 * What the policies of a role grant in buckets: for each action and resource of each `Allow`, one request that the
 * statement covers. Resources with policy variables are left out, since what they cover depends on the caller.
 *
 * @param role the role
 * @param buckets the buckets and access points of the assembly; others that a statement names are added
 */
export function grantsOf(role: RoleModel, buckets: readonly BucketModel[]): Grant[] {
  const statements = role.policies
    .flatMap(({ document }) => asList(document.Statement))
    .filter(({ Effect }) => Effect === 'Allow');
  const grants = statements.flatMap(statement => {
    const targets = targetsOf(statement, buckets, role);
    return bucketActionsOf(statement).flatMap(action =>
      targets
        .filter(({ isObject }) => isObject === isOnObject(action))
        .map(({ bucket, resource }) => ({ action, bucket, resource, ...saidFor(statement) })),
    );
  });
  return [
    ...new Map(
      grants.map(grant => [JSON.stringify([grant.action, grant.resource, grant.accessPoint, grant.parameters]), grant]),
    ).values(),
  ];
}

function targetsOf(statement: StatementJson, buckets: readonly BucketModel[], role: RoleModel): Target[] {
  if (statement.Resource === undefined) {
    const excluded = asList(statement.NotResource);
    return buckets
      .flatMap(bucket => bothTargets(bucket))
      .filter(({ resource }) => !excluded.some(pattern => wildcardMatch(pattern, resource)));
  }
  return asList(statement.Resource)
    .filter(pattern => !pattern.includes('${'))
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
