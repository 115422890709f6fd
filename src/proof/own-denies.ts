import { asList, StatementJson } from '../iam';

/** What the Denies of the library look like, whatever they are called: actions, and what each compares in which way. */
const SHAPES: ReadonlySet<string> = new Set(
  [
    ['s3:*', 'Bool aws:SecureTransport'],
    ['s3:*', 'NumericLessThan s3:TlsVersion'],
    ['s3:*', 'StringNotEquals aws:SourceVpce'],
    ['s3:*', 'ArnNotLike aws:PrincipalArn'],
    ['s3:*', 'BoolIfExists aws:PrincipalIsAWSService', 'StringNotEquals aws:PrincipalOrgID'],
    ['s3:*', 'BoolIfExists aws:PrincipalIsAWSService', 'ForAllValues:StringNotLike aws:PrincipalOrgPaths'],
    ['s3:*', 'BoolIfExists aws:PrincipalIsAWSService', 'StringNotEquals aws:PrincipalAccount'],
    ['s3:*', 'BoolIfExists aws:ViaAWSService', 'StringNotEquals aws:SourceVpc'],
    ['s3:*', 'BoolIfExists aws:ViaAWSService', 'StringNotEquals aws:VpcSourceIp'],
    ['s3:ListBucketMultipartUploads s3:ListBucketVersions', 'StringNotEquals aws:SourceVpce'],
    ['s3:ListBucket', 'StringNotEquals aws:CalledViaFirst', 'StringNotEquals aws:SourceVpce'],
    [
      's3:PutObject s3:UpdateObjectEncryption',
      'Null s3:x-amz-server-side-encryption',
      'StringNotEquals s3:x-amz-server-side-encryption',
    ],
    [
      's3:PutObject s3:UpdateObjectEncryption',
      'Null s3:x-amz-server-side-encryption-aws-kms-key-id',
      'StringNotEquals s3:x-amz-server-side-encryption-aws-kms-key-id',
    ],
    [
      's3:PutObject s3:UpdateObjectEncryption',
      'Null s3:x-amz-server-side-encryption-aws-kms-key-id',
      'StringEquals s3:x-amz-server-side-encryption',
    ],
    ['s3:PutObject', 'Null s3:x-amz-server-side-encryption-customer-algorithm'],
    ['kms:CreateGrant', 'BoolIfExists aws:PrincipalIsAWSService', 'BoolIfExists kms:GrantIsForAWSResource'],
  ].map(([actions, ...conditions]) => shapeOf(actions.split(' '), conditions)),
);

/** Whom most of them spare. */
const EXEMPT = 'ArnNotLike aws:PrincipalArn';

/**
 * Whether a Deny is one that the library makes, by what it says. Of two that compare the same in the same way, which is
 * ours is not to be told.
 *
 * @param statements all of its policy
 */
export function isOwnDeny(statement: StatementJson, statements: readonly StatementJson[]): boolean {
  const shape = shapeIn(statement);
  const alike = statements.filter(each => shapeIn(each) === shape);
  return shape !== undefined && SHAPES.has(shape) && alike.length === 1;
}

function shapeIn({ Effect, Action, NotPrincipal, Condition = {} }: StatementJson): string | undefined {
  if (Effect !== 'Deny' || Action === undefined || NotPrincipal !== undefined) {
    return undefined;
  }
  const conditions = Object.entries(Condition).flatMap(([operator, keys]) =>
    Object.keys(keys).map(key => `${operator} ${key}`),
  );
  const own = conditions.length > 1 ? conditions.filter(each => each !== EXEMPT) : conditions;
  return shapeOf(asList(Action), own);
}

function shapeOf(actions: readonly string[], conditions: readonly string[]): string {
  return [...actions, ...conditions]
    .map(each => each.toLowerCase())
    .sort()
    .join('\n');
}
