/**
 * The actions that operations of the S3 API are decided by, where they have another name.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
 */
export const ACTIONS_OF_OPERATIONS: ReadonlyMap<string, readonly string[]> = new Map([
  ['CompleteMultipartUpload', ['s3:PutObject']],
  ['CopyObject', ['s3:PutObject', 's3:GetObject']],
  ['CreateMultipartUpload', ['s3:PutObject']],
  ['DeleteObjects', ['s3:DeleteObject']],
  ['HeadBucket', ['s3:ListBucket']],
  ['HeadObject', ['s3:GetObject']],
  ['ListMultipartUploads', ['s3:ListBucketMultipartUploads']],
  ['ListObjectVersions', ['s3:ListBucketVersions']],
  ['ListObjects', ['s3:ListBucket']],
  ['ListObjectsV2', ['s3:ListBucket']],
  ['ListParts', ['s3:ListMultipartUploadParts']],
  ['PostObject', ['s3:PutObject']],
  ['SelectObjectContent', ['s3:GetObject']],
  ['UploadPart', ['s3:PutObject']],
  ['UploadPartCopy', ['s3:PutObject', 's3:GetObject']],
]);
