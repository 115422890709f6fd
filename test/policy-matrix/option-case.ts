import type { Case } from './cases';
import type { What, Where, Who } from './world';
import type { WorldName } from './worlds';

type Context = What['context'];

/** Cases against one world. */
export const casesIn =
  (world: WorldName) =>
  (who: Who, where: Where, what: What, expect: string): Case => ({ world, who, where, what, expect });

/** An action on an object; of the data bucket unless another is named. */
export const object = (action: string, key = 'a/b.csv', bucket = 'UserData', context?: Context): What => ({
  action: `s3:${action}`,
  bucket,
  key,
  context,
});

/** An action on a bucket; the data bucket unless another is named. */
export const inBucket = (action: string, bucket = 'UserData', context?: Context): What => ({
  action: `s3:${action}`,
  bucket,
  context,
});

/** An action on a key; the only one unless another is named. */
export const kms = (action: string, kmsKey?: string, context?: Context): What => ({
  action: `kms:${action}`,
  kmsKey,
  context,
});

/** An upload to a bucket of somebody who would like to have the data. */
export const LOOT: What = { action: 's3:PutObject', key: 'loot' };

export const SSE = 's3:x-amz-server-side-encryption';
export const SSE_KEY = 's3:x-amz-server-side-encryption-aws-kms-key-id';
export const SSE_C = 's3:x-amz-server-side-encryption-customer-algorithm';
export const FOREIGN_KEY = 'arn:aws:kms:us-east-1:444455556666:key/foreign';
export const PLAIN_TEXT: Context = { 'aws:SecureTransport': 'false', 's3:TlsVersion': [] };

/** The reasons. */
export const NETWORK = 'statement DenyObjectsOutsideEndpoint of the bucket policy';
export const OTHERS = 'statement DenyObjectsToOthers of the bucket policy';
export const LISTS = 'statement DenyListsOutsideEndpoint of the bucket policy';
export const VERSIONS = 'statement DenyVersionListsOutsideEndpoint of the bucket policy';
export const OUTSIDE_VPC = 'statement DenyCredentialsOutsideVpc of the identity policy';
export const OUTSIDE_INSTANCE = 'statement DenyCredentialsOutsideInstance of the identity policy';
export const NO_GRANT = 'no statement of the identity policy';
export const NO_PASSAGE = 'no statement of the endpoint policy';
export const NO_BUCKET_GRANT = 'no statement of the bucket policy';
export const NO_KEY_GRANT = 'no statement of the key policy';
