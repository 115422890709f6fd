import { containerOf, isAccessPoint, objectsIn } from '../s3-arn';

function named(service: string, names: string): readonly string[] {
  return names
    .trim()
    .split(/\s+/)
    .map(name => `${service}:${name}`);
}

/**
 * Every S3 action whose resource is an object. The first of a class of actions speaks for all of it, so the telling
 * ones are in front.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
 */
export const OBJECT_ACTIONS = named(
  's3',
  `
  GetObject PutObject DeleteObject AbortMultipartUpload BypassGovernanceRetention DeleteObjectAnnotation DeleteObjectTagging
  DeleteObjectVersion DeleteObjectVersionAnnotation DeleteObjectVersionTagging GetObjectAcl GetObjectAnnotation GetObjectAttributes
  GetObjectLegalHold GetObjectRetention GetObjectTagging GetObjectTorrent GetObjectVersion GetObjectVersionAcl GetObjectVersionAnnotation
  GetObjectVersionAnnotationForReplication GetObjectVersionAttributes GetObjectVersionForReplication GetObjectVersionTagging
  GetObjectVersionTorrent InitiateReplication ListMultipartUploadParts ListObjectAnnotations ListObjectVersionAnnotations
  ObjectOwnerOverrideToBucketOwner PutObjectAcl PutObjectAnnotation PutObjectLegalHold PutObjectRetention PutObjectTagging
  PutObjectVersionAcl PutObjectVersionAnnotation PutObjectVersionTagging ReplicateDelete ReplicateObject ReplicateObjectAnnotation
  ReplicateTags RestoreObject UpdateObjectEncryption`,
);

/**
 * The actions on the policy of a bucket, which S3 lets nobody of another account do, whatever the policy says. The root
 * user of its account may always do them.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html
 */
export const BUCKET_POLICY_ACTIONS = named('s3', 'PutBucketPolicy GetBucketPolicy DeleteBucketPolicy');

/**
 * What S3 lets nobody do with a bucket of another account: to handle its policy, or to create it once more.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html
 */
export const OWNERS_ACTIONS: readonly string[] = [...BUCKET_POLICY_ACTIONS, 's3:CreateBucket'];

/**
 * The actions on a bucket that tell the names of its objects.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
 */
export const LIST_ACTIONS = named('s3', 'ListBucket ListBucketMultipartUploads ListBucketVersions');

/**
 * The actions on a bucket's configuration: everything whose resource is a bucket and that does not list objects.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
 */
export const CONTROL_ACTIONS = named(
  's3',
  `
  PutBucketPolicy GetBucketPolicy DeleteBucketPolicy PutReplicationConfiguration PutBucketAcl PutLifecycleConfiguration
  AllowVendedLogDeliveryForResource CreateBucket CreateBucketMetadataTableConfiguration DeleteBucket
  DeleteBucketMetadataTableConfiguration DeleteBucketWebsite GetAccelerateConfiguration GetAnalyticsConfiguration GetBucketAbac
  GetBucketAcl GetBucketCORS GetBucketLocation GetBucketLogging GetBucketMetadataTableConfiguration GetBucketNotification
  GetBucketObjectLockConfiguration GetBucketOwnershipControls GetBucketPolicyStatus GetBucketPublicAccessBlock
  GetBucketRequestPayment GetBucketTagging GetBucketVersioning GetBucketWebsite GetEncryptionConfiguration
  GetIntelligentTieringConfiguration GetInventoryConfiguration GetLifecycleConfiguration GetMetricsConfiguration
  GetReplicationConfiguration ListTagsForResource PauseReplication PutAccelerateConfiguration PutAnalyticsConfiguration
  PutBucketAbac PutBucketCORS PutBucketLogging PutBucketNotification PutBucketObjectLockConfiguration PutBucketOwnershipControls
  PutBucketPublicAccessBlock PutBucketRequestPayment PutBucketTagging PutBucketVersioning PutBucketWebsite
  PutEncryptionConfiguration PutIntelligentTieringConfiguration PutInventoryConfiguration PutMetricsConfiguration TagResource
  UntagResource UpdateBucketMetadataAnnotationTableConfiguration UpdateBucketMetadataInventoryTableConfiguration
  UpdateBucketMetadataJournalTableConfiguration`,
);

/**
 * The actions on the configuration of an access point.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
 */
export const ACCESS_POINT_CONTROL_ACTIONS = named(
  's3',
  `
  PutAccessPointPolicy GetAccessPointPolicy DeleteAccessPointPolicy CreateAccessPoint DeleteAccessPoint GetAccessPoint
  GetAccessPointPolicyStatus ListTagsForResource PutAccessPointPublicAccessBlock TagResource UntagResource`,
);

/**
 * Every S3 action whose resource is a bucket.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
 */
export const BUCKET_ACTIONS: readonly string[] = [...CONTROL_ACTIONS, ...LIST_ACTIONS];

/** Those that only tell how a bucket is configured. */
export const CONFIGURATION_READS: readonly string[] = CONTROL_ACTIONS.filter(each => /^s3:(Get|List)/.test(each));

/**
 * Actions on an account's S3, which name no bucket.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
 */
export const ACCOUNT_ACTIONS = named(
  's3',
  `
  CreateJob GetAccountPublicAccessBlock ListAccessPoints ListAllMyBuckets ListJobs PutAccountPublicAccessBlock
  CreateStorageLensGroup DescribeMultiRegionAccessPointOperation GetDataAccess ListAccessGrantsInstances
  ListAccessPointsForObjectLambda ListMultiRegionAccessPoints ListStorageLensConfigurations ListStorageLensGroups
  PutStorageLensConfiguration`,
);

/**
 * The actions that store an object, and so can say how it is encrypted.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/specifying-kms-encryption.html
 */
export const ENCRYPTING_ACTIONS = named('s3', 'PutObject UpdateObjectEncryption');

/**
 * The actions that use a key, or let somebody else use it.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awskeymanagementservice.html
 */
export const KEY_USES = named(
  'kms',
  `
  CreateGrant Decrypt DeriveSharedSecret Encrypt GenerateDataKey GenerateDataKeyPair GenerateDataKeyPairWithoutPlaintext
  GenerateDataKeyWithoutPlaintext GenerateMac ReEncryptFrom ReEncryptTo Sign Verify VerifyMac`,
);

/**
 * The actions that administer a key.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awskeymanagementservice.html
 */
export const KEY_CONTROL_ACTIONS = named(
  'kms',
  `
  CancelKeyDeletion CreateAlias DeleteAlias DescribeKey DisableKey DisableKeyRotation EnableKey EnableKeyRotation
  GetKeyPolicy GetKeyRotationStatus ListGrants ListKeyPolicies ListKeyRotations ListResourceTags PutKeyPolicy
  RetireGrant RevokeGrant RotateKeyOnDemand ScheduleKeyDeletion TagResource UntagResource UpdateAlias
  UpdateKeyDescription`,
);

/**
 * What CloudFormation does not do to a bucket or key that it keeps and that nobody deletes, beside reading it: a Deny of
 * one of these protects a resource, since whoever may change its policy can lift it.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys-adding-permission.html
 */
export const PROTECTABLE_ACTIONS: ReadonlySet<string> = new Set([
  ...named(
    's3',
    `
    DeleteBucket DeleteBucketWebsite PauseReplication PutAccelerateConfiguration PutAnalyticsConfiguration PutBucketAbac
    PutBucketAcl PutBucketCORS PutBucketRequestPayment PutBucketWebsite PutIntelligentTieringConfiguration
    PutInventoryConfiguration PutMetricsConfiguration PutReplicationConfiguration`,
  ),
  ...named('kms', 'DeleteAlias DisableKey DisableKeyRotation RetireGrant RevokeGrant ScheduleKeyDeletion'),
]);

/**
 * What else administers keys, of other kinds: with imported material, of several Regions, with a public half; or only
 * tells of a key. Nobody needs them to keep a key that encrypts.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awskeymanagementservice.html
 */
export const KEY_KIND_ACTIONS = named(
  'kms',
  `
  DeleteImportedKeyMaterial GetKeyLastUsage GetParametersForImport GetPublicKey ImportKeyMaterial ReplicateKey
  SynchronizeMultiRegionKey UpdatePrimaryRegion`,
);

/**
 * Every action on a key.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awskeymanagementservice.html
 */
export const KEY_ACTIONS: readonly string[] = [...KEY_USES, ...KEY_CONTROL_ACTIONS, ...KEY_KIND_ACTIONS];

/**
 * The actions of S3 on a resource: an object or a bucket.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
 */
export function actionsOn(arn: string): readonly string[] {
  return isObject(arn) ? OBJECT_ACTIONS : BUCKET_ACTIONS;
}

/**
 * Whether an ARN is that of an object, or a pattern for some.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-arn-format.html
 */
export function isObject(arn: string): boolean {
  return isAccessPoint(arn)
    ? arn.startsWith(objectsIn(containerOf(arn)))
    : arn.indexOf('/', arn.lastIndexOf(':::') + 3) !== -1;
}

/**
 * What EC2 does with the key of a volume, with the credentials of whoever starts the instance.
 *
 * @see https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption-requirements.html
 */
export const VOLUME_ACTIONS = named(
  'kms',
  'CreateGrant Decrypt DescribeKey GenerateDataKeyWithoutPlaintext ReEncryptFrom ReEncryptTo',
);

/**
 * What S3 does with a key, with the credentials of whoever reads or writes an object.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
 */
export const S3_KEY_ACTIONS = named('kms', 'Decrypt GenerateDataKey');

/**
 * The actions that a trust policy can allow.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecuritytokenservice.html
 */
export const ROLE_ACTIONS = named(
  'sts',
  'AssumeRole AssumeRoleWithSAML AssumeRoleWithWebIdentity SetContext SetSourceIdentity TagSession',
);

const DECRYPTING: ReadonlySet<string> = new Set(
  named('s3', 'GetObject GetObjectVersion GetObjectAttributes GetObjectVersionAttributes').map(each =>
    each.toLowerCase(),
  ),
);

/**
 * The actions on the key of a bucket without which an action on an object fails. An upload in parts needs both.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
 */
export function keyActionsFor(action: string): readonly string[] {
  const name = action.toLowerCase();
  if (name === 's3:putobject') {
    return S3_KEY_ACTIONS;
  }
  return DECRYPTING.has(name) ? ['kms:Decrypt'] : [];
}
