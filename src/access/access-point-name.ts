import { isConcrete, Problem } from '../private';

/**
 * What is wrong with the name of an access point. It has to be known: policies of other stacks name the access point
 * by it.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-restrictions-limitations-naming-rules.html
 */
export function accessPointNameProblems(prop: string, name: string | undefined): Problem[] {
  const isWellFormed = isConcrete(name) && /^[a-z0-9][a-z0-9-]{1,48}[a-z0-9]$/.test(name) && !/-s3alias$/.test(name);
  return name === undefined || isWellFormed
    ? []
    : [
        {
          prop,
          got: name,
          allowed:
            '3 to 50 lower-case letters, digits and hyphens, with a letter or digit at both ends and not the ending -s3alias',
          fix: 'name the access point after the workload, such as orders-reader',
        },
      ];
}
