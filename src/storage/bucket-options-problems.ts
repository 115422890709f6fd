import { Duration } from 'aws-cdk-lib';
import { bucketNameProblems } from './bucket-name';
import type { DataBucketOptions } from './data-bucket-options';
import { Problem } from '../private';

/** What is wrong with how a data bucket is to be created. */
export function bucketOptionsProblems(path: string, options: DataBucketOptions, region?: string): Problem[] {
  return [
    ...bucketNameProblems(path, options, region),
    ...expirationProblems(path, options.noncurrentVersionExpiration),
  ];
}

function expirationProblems(path: string, expiration: Duration | undefined): Problem[] {
  const days = expiration?.isUnresolved() === false ? expiration.toDays({ integral: false }) : 1;
  return Number.isInteger(days) && days >= 1
    ? []
    : [
        {
          prop: `${path}noncurrentVersionExpiration`,
          got: expiration?.toHumanString(),
          allowed: 'whole days, 1 or more',
          fix: 'write Duration.days(n), or leave it out for 90 days',
        },
      ];
}
