/**
 * The ids of the AWS-managed prefix lists of S3 (`com.amazonaws.<region>.s3`), by Region: an id names different
 * services in different Regions, so it is never looked up without its Region. A Region that is not here is not
 * guessed.
 *
 * Each id was found in at least two independent public sources: outputs of `aws ec2 describe-prefix-lists` (D), the
 * Region maps of public CloudFormation and troposphere templates (M), route tables or documentation of real
 * deployments (R).
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html
 */
export const S3_PREFIX_LISTS: ReadonlyMap<string, string> = new Map([
  ['ap-northeast-1', 'pl-61a54008'], // D, M
  ['ap-northeast-2', 'pl-78a54011'], // D, M
  ['ap-northeast-3', 'pl-a4a540cd'], // M, R
  ['ap-south-1', 'pl-78a54011'], // D, M
  ['ap-southeast-1', 'pl-6fa54006'], // D, M
  ['ap-southeast-2', 'pl-6ca54005'], // D, M
  ['ca-central-1', 'pl-7da54014'], // D, M, R
  ['eu-central-1', 'pl-6ea54007'], // D, M
  ['eu-north-1', 'pl-c3aa4faa'], // M, R
  ['eu-west-1', 'pl-6da54004'], // D, M
  ['eu-west-2', 'pl-7ca54015'], // D, M
  ['eu-west-3', 'pl-23ad484a'], // D, M
  ['sa-east-1', 'pl-6aa54003'], // D, M
  ['us-east-1', 'pl-63a5400a'], // D, M
  ['us-east-2', 'pl-7ba54012'], // D, M
  ['us-west-1', 'pl-6ba54002'], // D, M
  ['us-west-2', 'pl-68a54001'], // D, M
]);
