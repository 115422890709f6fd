const ACCESS_POINT = /^arn:[^:]*:s3:[^:]+:[^:]*:accesspoint\/[^/]+/;

/**
 * Whether an ARN is that of an access point, or of an object as it names it.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-naming.html
 */
export function isAccessPoint(arn: string): boolean {
  return ACCESS_POINT.test(arn);
}

/**
 * What the ARNs of the objects in a bucket begin with, or of those behind an access point.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-arn-format.html
 */
export function objectsIn(arn: string): string {
  return isAccessPoint(arn) ? `${arn}/object/` : `${arn}/`;
}

/**
 * The ARN of the bucket or of the access point that an object is named by; that of a bucket itself stays as it is.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-arn-format.html
 */
export function containerOf(arn: string): string {
  return ACCESS_POINT.exec(arn)?.[0] ?? arn.split('/')[0];
}
