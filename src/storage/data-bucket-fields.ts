import { Duration } from 'aws-cdk-lib';
import { bucketNameProblems } from './bucket-name';
import type { DataBucketOptions } from './data-bucket-options';
import { Fields, Problem, Rule, duration, optional, ruledText } from '../private';

const EXPIRATION = { allowed: 'whole days, 1 or more', fix: 'write Duration.days(n), or leave it out for 90 days' };

/** How a data bucket is created. */
export const DATA_BUCKET_FIELDS: Fields<DataBucketOptions> = {
  bucketName: optional(
    ruledText('the name of a bucket', 'choose another name, or leave it out to have one generated', () => []),
  ),
  bucketNamePrefix: optional(ruledText('the beginning of a name', 'choose a shorter or plainer prefix', () => [])),
  noncurrentVersionExpiration: optional(duration(EXPIRATION.allowed, EXPIRATION.fix, expirationProblems)),
};

/** The names of a data bucket, in a Region where it is known. */
export function namesIn(region?: string): Rule<DataBucketOptions> {
  return { reads: ['bucketName', 'bucketNamePrefix'], problems: options => bucketNameProblems('', options, region) };
}

function expirationProblems(prop: string, expiration: Duration): Problem[] {
  const days = expiration.isUnresolved() ? 1 : expiration.toDays({ integral: false });
  return Number.isInteger(days) && days >= 1 ? [] : [{ prop, got: expiration.toHumanString(), ...EXPIRATION }];
}
