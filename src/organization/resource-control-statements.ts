import { Aws } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { denyEveryone } from '../policies';

/** What the statements of a resource control policy are about. */
export interface ResourceControlScope {
  readonly organizationId: string;
  /** Accounts outside of the organization that are trusted. */
  readonly trustedAccounts: readonly string[];
  /** The exact ARNs of the roles that a statement spares. */
  readonly exemptRoleArns: readonly string[];
}

const SERVICES = ['kms:*', 's3:*'];

/** Anonymous requests lack all of these keys: with the `IfExists` forms they are denied, too. */
export function denyOutsideOrganization({
  organizationId,
  trustedAccounts,
  exemptRoleArns,
}: ResourceControlScope): PolicyStatement {
  return denyEveryone({
    sid: 'DenyOutsideOrganization',
    actions: SERVICES,
    resources: ['*'],
    conditions: {
      ...unlessExempt(exemptRoleArns),
      BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
      StringNotEqualsIfExists: {
        'aws:PrincipalOrgID': organizationId,
        ...unlessAccount('aws:PrincipalAccount', trustedAccounts),
      },
    },
  });
}

/**
 * Not every service says on whose behalf it acts: only those that send `aws:SourceAccount` also send
 * `aws:SourceOrgID`, if there is one.
 */
export function denyConfusedDeputies({ organizationId, trustedAccounts }: ResourceControlScope): PolicyStatement {
  return denyEveryone({
    sid: 'DenyConfusedDeputies',
    actions: SERVICES,
    resources: ['*'],
    conditions: {
      Bool: { 'aws:PrincipalIsAWSService': 'true' },
      Null: { 'aws:SourceAccount': 'false' },
      StringNotEqualsIfExists: {
        'aws:SourceOrgID': organizationId,
        ...unlessAccount('aws:SourceAccount', trustedAccounts),
      },
    },
  });
}

/** On objects only: no action on a bucket's configuration has the ARN of an object, so nobody is locked out of it. */
export function denyOutsideNetworks({
  organizationId,
  trustedAccounts,
  exemptRoleArns,
}: ResourceControlScope): PolicyStatement {
  return denyEveryone({
    sid: 'DenyObjectsOutsideNetworks',
    actions: ['s3:*'],
    resources: [`arn:${Aws.PARTITION}:s3:::*/*`],
    conditions: {
      ...unlessExempt(exemptRoleArns),
      BoolIfExists: { 'aws:PrincipalIsAWSService': 'false', 'aws:ViaAWSService': 'false' },
      StringNotEqualsIfExists: {
        'aws:VpceOrgID': organizationId,
        ...unlessAccount('aws:VpceAccount', trustedAccounts),
      },
    },
  });
}

function unlessExempt(arns: readonly string[]): Record<string, Record<string, unknown> | undefined> {
  return { ArnNotLikeIfExists: arns.length === 0 ? undefined : { 'aws:PrincipalArn': arns } };
}

function unlessAccount(key: string, accounts: readonly string[]): Record<string, unknown> {
  return accounts.length === 0 ? {} : { [key]: accounts };
}
