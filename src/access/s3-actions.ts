import { keyActionsFor as neededOfKey } from '../iam';

/** Bucket-level actions that a workload can be granted. */
export const BUCKET_ACTIONS: ReadonlySet<string> = new Set([
  's3:GetBucketLocation',
  's3:ListBucket',
  's3:ListBucketMultipartUploads',
  's3:ListBucketVersions',
]);

/** Bucket-level actions that a prefix can limit: they carry the condition key `s3:prefix`. */
export const PREFIX_CONDITION_ACTIONS: ReadonlySet<string> = new Set(['s3:ListBucket', 's3:ListBucketVersions']);

/** Object-level actions that a workload can be granted. */
export const OBJECT_ACTIONS: ReadonlySet<string> = new Set([
  's3:AbortMultipartUpload',
  's3:DeleteObject',
  's3:DeleteObjectAnnotation',
  's3:DeleteObjectTagging',
  's3:GetObject',
  's3:GetObjectAcl',
  's3:GetObjectAnnotation',
  's3:GetObjectAttributes',
  's3:GetObjectTagging',
  's3:GetObjectVersion',
  's3:GetObjectVersionAcl',
  's3:GetObjectVersionAnnotation',
  's3:GetObjectVersionAttributes',
  's3:GetObjectVersionTagging',
  's3:ListMultipartUploadParts',
  's3:ListObjectAnnotations',
  's3:ListObjectVersionAnnotations',
  's3:PutObject',
  's3:PutObjectAnnotation',
  's3:PutObjectTagging',
  's3:PutObjectVersionAnnotation',
  's3:PutObjectVersionTagging',
  's3:RestoreObject',
]);

/** The action that sets an ACL: granted with the one value `bucket-owner-full-control` only. */
export const BUCKET_OWNER_ACTION = 's3:PutObjectAcl';

/** The ACL that gives the owner of the bucket what they have anyway. */
export const BUCKET_OWNER_ACL = 'bucket-owner-full-control';

/** An action that exists and is refused, with the reason, and what to do where it is not to leave it. */
interface NeverGranted {
  readonly pattern: RegExp;
  readonly reason: string;
  readonly fix?: string;
}

/** Actions that exist and are refused, with the reason. */
export const NEVER_GRANTED: readonly NeverGranted[] = [
  { pattern: /^s3:ListAllMyBuckets$/, reason: 'it lists every bucket of the account' },
  {
    pattern: /^s3:((Put|Delete|Create)Bucket|(Put|Delete)[A-Za-z]*Configuration$)/,
    reason: 'it changes the bucket, its policy or its protection',
  },
  { pattern: /^s3:DeleteObjectVersion/, reason: 'it destroys what versioning keeps' },
  {
    pattern: /^s3:PutObjectAcl$/,
    reason: 'ACLs are disabled on the bucket, and would open an object to others where they are not',
    fix: 'write BucketAccess.writeOnly(prefix, { bucketOwnerFullControl: true }) where the owner of the bucket demands that ACL',
  },
  { pattern: /^s3:PutObjectVersionAcl$/, reason: 'ACLs are disabled on the bucket' },
  {
    pattern: /^s3:(BypassGovernanceRetention|(Get|Put)Object(Retention|LegalHold))$/,
    reason: 'retention and legal hold belong to the data owner',
  },
  { pattern: /^s3:UpdateObjectEncryption$/, reason: 'it moves objects to another key' },
  {
    pattern: /^s3:(Replicate|InitiateReplication|ObjectOwnerOverride|GetObjectVersionForReplication)/,
    reason: 'replication belongs to the S3 service',
  },
];

/**
 * The KMS actions that S3 performs with the caller's credentials for these object actions. An upload in parts needs
 * both: S3 decrypts the parts when it completes the object.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
 */
export function keyActionsFor(objectActions: readonly string[]): string[] {
  return [...new Set(objectActions.flatMap(neededOfKey))].sort();
}
