import { Aws } from 'aws-cdk-lib';
import { IRole } from 'aws-cdk-lib/aws-iam';
import {
  EXACT_ROLE_ARN,
  Kind,
  Problem,
  ROLE,
  also,
  checked,
  isConcrete,
  listOf,
  markAs,
  oneOfOurs,
  otherPartitionProblems,
  text,
  isArnOf,
  unless,
} from '../private';

const ROLE_ARN = text({
  allowed: 'the exact ARN of a role, with its path and without wildcards',
  fix: 'name the role, not a session of it, as in arn:aws:iam::111122223333:role/path/Name',
  pattern: EXACT_ROLE_ARN,
});

const PERMISSION_SET = text({
  allowed: '1 to 32 letters, digits and any of _+=,.@-',
  fix: 'write the name of the permission set as Identity Center shows it',
  pattern: /^[\w+=,.@-]{1,32}$/,
  isKnown: true,
});

/** Exemptions, none of them too. */
export const EXEMPTIONS: Kind<PerimeterExemption[]> = listOf(
  oneOfOurs<PerimeterExemption>('PerimeterExemption', 'make it with PerimeterExemption.role, roleArn or permissionSet'),
  'exemptions',
  'leave it out for nobody',
  { mayBeEmpty: true },
);

/** What is wrong with exemptions of the workload itself: its credentials would reach the buckets from anywhere. */
export function exemptRoleProblems(exemptions: readonly PerimeterExemption[] | undefined, role: IRole): Problem[] {
  const isExempt = (exemptions ?? []).some(({ principalArnPattern }) => isArnOf(role, principalArnPattern));
  return unless(!isExempt, {
    prop: 'perimeterExemptions',
    got: role,
    allowed: 'principals other than the workload, whose credentials would reach the buckets from anywhere',
    fix: 'leave the role of the workload out',
  });
}

/** What is wrong with a role of another partition than that of a Region. */
export function rolePartitionProblems(prop: string, role: IRole, region: string): Problem[] {
  return otherPartitionProblems(prop, [role.roleArn], region).map(problem => ({ ...problem, got: role }));
}

/** What is wrong with exemptions of another partition. */
export function partitionProblems(exemptions: readonly PerimeterExemption[] | undefined, region: string): Problem[] {
  const arns = (exemptions ?? []).map(({ principalArnPattern }) => principalArnPattern);
  return otherPartitionProblems('perimeterExemptions', arns, region);
}

/**
 * A principal that the bucket policies let reach the objects from outside the S3 endpoint, as far as its own policies
 * allow it. TLS and encryption are still required of it, and the organization where one is named. A role of another
 * account also needs an Allow in the bucket policy, which `bucket.addToResourcePolicy` adds.
 *
 * @see
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn
 *
 * @example
 * new PrivateEc2S3Access(this, 'App', {
 *   dataBuckets,
 *   perimeterExemptions: [PerimeterExemption.permissionSet('BreakGlass'), PerimeterExemption.role(deployRole)],
 * });
 */
export class PerimeterExemption {
  /**
   * One role, by its exact ARN with its path: a deploy role, a backup role.
   *
   * @param role the role, such as one imported by `Role.fromRoleArn`
   */
  public static role(role: IRole): PerimeterExemption {
    checked(
      'PerimeterExemption.role',
      { role },
      { role: also(ROLE, (prop, { roleArn }) => ROLE_ARN.problems(prop, roleArn)) },
    );
    return new PerimeterExemption(role.roleArn, role.env.account);
  }

  /**
   * One role, by its exact ARN with its path.
   *
   * @param roleArn the ARN of the role, not of a session, and without wildcards
   */
  public static roleArn(roleArn: string): PerimeterExemption {
    checked('PerimeterExemption.roleArn', { roleArn }, { roleArn: ROLE_ARN });
    const account = roleArn.split(':').at(4);
    return new PerimeterExemption(roleArn, account !== undefined && isConcrete(account) ? account : Aws.ACCOUNT_ID);
  }

  /**
   * The roles that IAM Identity Center made in this account for a permission set. Customers cannot create roles under
   * the reserved path. Permission sets whose name begins with this one and an underscore match too: AWS documents no
   * other form of the suffix than `_*`. This is the way to give administrators a break-glass access.
   *
   * @param name the name of the permission set, such as `BreakGlass`
   * @see https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
   */
  public static permissionSet(name: string): PerimeterExemption {
    checked('PerimeterExemption.permissionSet', { name }, { name: PERMISSION_SET });
    return new PerimeterExemption(
      `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:role/aws-reserved/sso.amazonaws.com/*AWSReservedSSO_${name}_*`,
      Aws.ACCOUNT_ID,
    );
  }

  private constructor(
    /** The value that the policies compare `aws:PrincipalArn` with, by `ArnLike`. */
    public readonly principalArnPattern: string,
    /** The account of the principals. */
    public readonly account: string,
  ) {
    markAs(this, 'PerimeterExemption');
  }
}
