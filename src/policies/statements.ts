import { Aws } from 'aws-cdk-lib';
import { ArnPrincipal, Effect, PolicyStatement, StarPrincipal } from 'aws-cdk-lib/aws-iam';
import { AccessList } from '../access';
import { isConcrete } from '../private';

/** The parts of a statement, before it has an effect and a principal. */
export interface StatementParts {
  readonly sid: string;
  readonly actions: readonly string[];
  /** Every action but these, in the place of `actions`. */
  readonly notActions?: readonly string[];
  readonly resources: readonly string[];
  readonly conditions?: Record<string, Record<string, unknown> | undefined>;
}

/** An Allow of an identity policy: it has no principal. */
export function allow(parts: StatementParts): PolicyStatement {
  return new PolicyStatement({ effect: Effect.ALLOW, ...explicit(parts) });
}

/** A Deny of an identity policy: it has no principal. */
export function denyCaller(parts: StatementParts): PolicyStatement {
  return new PolicyStatement({ effect: Effect.DENY, ...explicit(parts) });
}

/** A Deny of a resource policy, for everybody: what it spares stands in its conditions. */
export function denyEveryone(parts: StatementParts): PolicyStatement {
  return new PolicyStatement({ effect: Effect.DENY, principals: [new StarPrincipal()], ...explicit(parts) });
}

/** An Allow of an endpoint policy, where the principal is always `*` and conditions name the role. */
export function allowThroughEndpoint(parts: StatementParts): PolicyStatement {
  return new PolicyStatement({ effect: Effect.ALLOW, principals: [new StarPrincipal()], ...explicit(parts) });
}

/** An Allow of a resource policy for accounts, whose own policies delegate it further. */
export function allowAccounts(accounts: readonly string[], parts: StatementParts): PolicyStatement {
  const principals = accounts.map(account => new ArnPrincipal(`arn:${Aws.PARTITION}:iam::${account}:root`));
  return new PolicyStatement({ effect: Effect.ALLOW, principals, ...explicit(parts) });
}

/** The condition block of a statement that spares the exempt principals, and nobody when there are none. */
export function unlessExempt(
  list: AccessList,
  ...morePatterns: readonly string[]
): Record<string, Record<string, unknown> | undefined> {
  const patterns = [...morePatterns, ...list.perimeterExemptions.map(({ principalArnPattern }) => principalArnPattern)];
  return { ArnNotLike: patterns.length === 0 ? undefined : { 'aws:PrincipalArn': patterns } };
}

/**
 * The conditions of an Allow that only principals of the list's organization, and of its units, fulfil (rule 6); none
 * without one.
 */
export function withinOrganization({
  organization,
}: Pick<AccessList, 'organization'>): Record<string, Record<string, unknown> | undefined> {
  const { organizationId, organizationalUnitPaths } = organization ?? {};
  return {
    StringEquals: organizationId === undefined ? undefined : { 'aws:PrincipalOrgID': organizationId },
    'ForAnyValue:StringLike': organizationalUnitPaths && {
      'aws:PrincipalOrgPaths': organizationalUnitPaths.map(path => `${path}*`),
    },
  };
}

/**
 * The values of `kms:ViaService` for a service. The KMS guide names `amazonaws.com` for every partition; the China
 * partition's own suffix is accepted beside it wherever the Region may be one of China.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
 */
export function viaService(service: string, region: string): string[] {
  const everywhere = `${service}.${region}.amazonaws.com`;
  return isConcrete(region) && !region.startsWith('cn-')
    ? [everywhere]
    : [everywhere, `${service}.${region}.${Aws.URL_SUFFIX}`];
}

/** Gives every statement a `Sid` of its own: `ReadObjects`, `ReadObjects2`, ... */
export function withUniqueSids(statements: readonly PolicyStatement[]): PolicyStatement[] {
  const seen = new Map<string, number>();
  return statements.map(statement => {
    const sid = statement.sid ?? 'Statement';
    const count = (seen.get(sid) ?? 0) + 1;
    seen.set(sid, count);
    return count === 1 && statement.sid !== undefined
      ? statement
      : statement.copy({ sid: count === 1 ? sid : `${sid}${count}` });
  });
}

/** The name of a statement that allows these S3 actions. */
export function sidOf(actions: readonly string[]): string {
  const has = (...names: string[]) => names.some(name => actions.includes(`s3:${name}`));
  if (has('ListBucket', 'ListBucketVersions', 'ListBucketMultipartUploads')) {
    return 'ListDataBuckets';
  }
  if (has('GetBucketLocation')) {
    return 'LocateDataBuckets';
  }
  if (has('GetEncryptionConfiguration')) {
    return 'SeeEncryptionOfSessionLogs';
  }
  const reads = actions.some(action => /^s3:(Get|Restore)/.test(action));
  const writes = actions.some(action => /^s3:(Put|Delete|Abort)/.test(action));
  return reads && writes ? 'ReadWriteObjects' : writes ? 'WriteObjects' : 'ReadObjects';
}

/** What PolicyStatement wants: mutable lists, and no condition operator without a value. */
function explicit({ sid, actions, notActions, resources, conditions }: StatementParts) {
  const operators = Object.entries(conditions ?? {}).filter(([, keys]) => keys !== undefined);
  return {
    sid,
    actions: [...actions],
    notActions: notActions && [...notActions],
    resources: [...resources],
    conditions: Object.fromEntries(operators),
  };
}
