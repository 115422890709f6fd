import { text } from '../private';

/**
 * The name of an access point. It has to be known: policies of other stacks name the access point by it.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-restrictions-limitations-naming-rules.html
 */
export const ACCESS_POINT_NAME = text({
  allowed:
    '3 to 50 lower-case letters, digits and hyphens, with a letter or digit at both ends and not the ending -s3alias',
  fix: 'name the access point after the workload, such as orders-reader',
  pattern: /^(?!.*-s3alias$)[a-z0-9][a-z0-9-]{1,48}[a-z0-9]$/,
  isKnown: true,
});
