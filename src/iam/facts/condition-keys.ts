/**
 * What the values of a condition key are. A `Text` is chosen by somebody, such as the value of a tag, so that any
 * operator makes sense on it; a `Time` is a date or a number of seconds.
 */
export type ValueType = 'String' | 'Text' | 'ARN' | 'Bool' | 'Numeric' | 'Date' | 'Time' | 'IP';

/** A condition key that AWS documents. */
export interface ConditionKey {
  /** In the letters of the documentation; requests and policies may use others. */
  readonly name: string;
  readonly type: ValueType;
  /** Whether a request may carry several values; absent where the documentation is not clear. */
  readonly cardinality?: 'one' | 'many';
}

type Rows = ReadonlyArray<readonly [type: ValueType, cardinality: ConditionKey['cardinality'], names: string]>;

/**
 * The global keys, the cross-service keys of a role session among them.
 *
 * Source: "AWS global condition context keys" of the IAM User Guide, the edition of 2026 that first lists
 * `aws:CalledViaAWSMCP`. `aws:SourceOwner` is an older name of `aws:SourceAccount`, which policies of Amazon SNS
 * still use.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
const GLOBAL: Rows = [
  ['ARN', 'one', 'aws:PrincipalArn aws:SignInSessionArn aws:ChatbotSourceArn aws:SourceArn aws:SourceVpcArn'],
  [
    'ARN',
    'one',
    'ec2:SourceInstanceARN codebuild:BuildArn codebuild:ProjectArn lambda:SourceFunctionArn ssm:SourceInstanceARN',
  ],
  [
    'String',
    'one',
    'aws:PrincipalAccount aws:PrincipalOrgID aws:PrincipalServiceName aws:PrincipalType aws:userid aws:username',
  ],
  ['String', 'one', 'aws:Ec2InstanceSourceVpc aws:SourceVpc aws:SourceVpce aws:VpceAccount aws:VpceOrgID'],
  [
    'String',
    'one',
    'aws:ResourceAccount aws:ResourceOrgID aws:SourceAccount aws:SourceOrgID aws:SourceOwner aws:RequestedRegion',
  ],
  [
    'String',
    'one',
    'aws:CalledViaFirst aws:CalledViaLast aws:CalledViaAWSMCP identitystore:UserId glue:RoleAssumedBy glue:CredentialIssuingService',
  ],
  [
    'String',
    'many',
    'aws:PrincipalOrgPaths aws:PrincipalServiceNamesList aws:VpceOrgPaths aws:ResourceOrgPaths aws:SourceOrgPaths aws:CalledVia',
  ],
  ['Text', 'many', 'aws:TagKeys'],
  ['Text', 'one', 'aws:FederatedProvider aws:SourceIdentity aws:referer aws:UserAgent'],
  [
    'Bool',
    'one',
    'aws:PrincipalIsAWSService aws:AssumedRoot aws:MultiFactorAuthPresent aws:ViaAWSService aws:ViaAWSMCPService aws:IsMcpServiceAction',
  ],
  ['Bool', 'one', 'aws:SecureTransport'],
  ['Numeric', 'one', 'aws:MultiFactorAuthAge ec2:RoleDelivery'],
  ['Date', 'one', 'aws:TokenIssueTime'],
  ['Time', 'one', 'aws:CurrentTime aws:EpochTime'],
  ['IP', 'one', 'aws:SourceIp aws:VpcSourceIp aws:Ec2InstanceSourcePrivateIPv4'],
];

/**
 * The keys of Amazon S3.
 *
 * Source: "Actions, resources, and condition keys for Amazon S3" of the Service Authorization Reference, the edition
 * of 2026 with annotations and with event holds, which are there since 2026-09-08.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html#amazons3-policy-keys
 */
const S3: Rows = [
  ['ARN', 'one', 's3:AccessGrantsInstanceArn s3:DataAccessPointArn s3:deliverySourceArn s3:resourceArnBeingAuthorized'],
  ['ARN', 'one', 's3:x-amz-server-side-encryption-aws-kms-key-id'],
  [
    'String',
    'one',
    's3:AccessPointNetworkOrigin s3:DataAccessPointAccount s3:ResourceAccount s3:authType s3:signatureversion s3:logType',
  ],
  [
    'String',
    'one',
    's3:ExistingJobOperation s3:RequestJobOperation s3:JobSuspendedCause s3:destinationRegion s3:locationconstraint',
  ],
  [
    'String',
    'one',
    's3:object-lock-event-hold s3:object-lock-legal-hold s3:object-lock-mode s3:x-amz-acl s3:x-amz-bucket-namespace',
  ],
  [
    'String',
    'one',
    's3:x-amz-metadata-directive s3:x-amz-object-annotation-directive s3:x-amz-object-ownership s3:x-amz-storage-class',
  ],
  [
    'String',
    'one',
    's3:x-amz-content-sha256 s3:x-amz-server-side-encryption s3:x-amz-server-side-encryption-customer-algorithm',
  ],
  [
    'Text',
    'one',
    's3:AccessGrantScope s3:AccessGrantsLocationScope s3:annotation-prefix s3:delimiter s3:if-match s3:if-none-match s3:prefix',
  ],
  [
    'Text',
    'one',
    's3:versionid s3:x-amz-copy-source s3:x-amz-grant-full-control s3:x-amz-grant-read s3:x-amz-grant-read-acp s3:x-amz-grant-write',
  ],
  ['Text', 'one', 's3:x-amz-grant-write-acp s3:x-amz-object-if-match s3:x-amz-website-redirect-location'],
  ['Text', 'many', 's3:InventoryAccessibleOptionalFields s3:RequestObjectTagKeys'],
  ['Bool', 'one', 's3:ObjectCreationOperation s3:isReplicationPauseRequest'],
  [
    'Numeric',
    'one',
    's3:ExistingJobPriority s3:RequestJobPriority s3:TlsVersion s3:max-keys s3:max-annotation-results s3:signatureAge',
  ],
  ['Numeric', 'one', 's3:object-lock-event-hold-duration-days s3:object-lock-remaining-retention-days'],
  ['Date', 'one', 's3:object-lock-retain-until-date'],
];

/**
 * The keys of AWS KMS.
 *
 * Source: "Actions, resources, and condition keys for AWS Key Management Service" of the Service Authorization
 * Reference, the edition of 2026 with `kms:TrailingDaysWithoutKeyUsage`.
 *
 * @see
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awskeymanagementservice.html#awskeymanagementservice-policy-keys
 */
const KMS: Rows = [
  ['ARN', 'one', 'kms:GrantConstraintSourceArn'],
  [
    'String',
    'one',
    'kms:CallerAccount kms:CustomerMasterKeySpec kms:CustomerMasterKeyUsage kms:DataKeyPairSpec kms:EncryptionAlgorithm',
  ],
  [
    'String',
    'one',
    'kms:ExpirationModel kms:GrantConstraintType kms:KeyAgreementAlgorithm kms:KeyOrigin kms:KeySpec kms:KeyUsage kms:MacAlgorithm',
  ],
  [
    'String',
    'one',
    'kms:MessageType kms:MultiRegionKeyType kms:PrimaryRegion kms:ReplicaRegion kms:SigningAlgorithm kms:ViaService',
  ],
  [
    'String',
    'one',
    'kms:WrappingAlgorithm kms:WrappingKeySpec kms:GranteeServicePrincipal kms:RetiringServicePrincipal',
  ],
  ['Text', 'one', 'kms:GranteePrincipal kms:RetiringPrincipal kms:RequestAlias'],
  ['Text', 'many', 'kms:EncryptionContextKeys kms:GrantOperations kms:ResourceAliases'],
  [
    'Bool',
    'one',
    'kms:BypassPolicyLockoutSafetyCheck kms:GrantIsForAWSResource kms:MultiRegion kms:ReEncryptOnSameKey',
  ],
  [
    'Numeric',
    'one',
    'kms:RotationPeriodInDays kms:ScheduleKeyDeletionPendingWindowInDays kms:TrailingDaysWithoutKeyUsage',
  ],
  ['Date', 'one', 'kms:ValidTo'],
];

/**
 * The keys of AWS STS, IAM and Systems Manager.
 *
 * Source: their pages in the Service Authorization Reference, the editions of 2026. What Systems Manager calls a list
 * may come without a set operator: nothing is said of it.
 *
 * @see
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
const OTHERS: Rows = [
  ['Text', 'one', 'sts:AWSServiceName sts:ExternalId sts:RoleSessionName sts:SigningAlgorithm sts:SourceIdentity'],
  ['ARN', 'one', 'sts:TaskPolicyArn'],
  ['ARN', 'many', 'sts:RequestContextProviders'],
  ['Numeric', 'one', 'sts:DurationSeconds'],
  ['Bool', 'one', 'sts:RoleAuthorizedByIdp'],
  ['Text', 'many', 'sts:IdentityTokenAudience sts:TransitiveTagKeys iam:AccountPropertyNamespaces'],
  [
    'ARN',
    'one',
    'iam:AssociatedResourceArn iam:DelegationRequestOwner iam:PermissionsBoundary iam:PolicyARN iam:RoleTemplateARN iam:TemplateArn',
  ],
  [
    'Text',
    'one',
    'iam:AWSServiceName iam:DelegationDuration iam:FIDO-FIPS-140-2-certification iam:FIDO-FIPS-140-3-certification',
  ],
  [
    'Text',
    'one',
    'iam:FIDO-certification iam:NotificationChannel iam:OrganizationsPolicyId iam:PassedToService iam:RegisterSecurityKey',
  ],
  ['Text', 'one', 'iam:ServiceSpecificCredentialServiceName'],
  ['Numeric', 'one', 'iam:ServiceSpecificCredentialAgeDays'],
  [
    'Text',
    undefined,
    'ssm:AccessRequestId ssm:DocumentCategories ssm:DocumentType ssm:DocumentVersion ssm:InventoryTypeName',
  ],
  ['Text', undefined, 'ssm:NodeAccountId ssm:NodeOrgId ssm:Overwrite ssm:Policies ssm:Recursive ssm:SyncType'],
  ['Bool', undefined, 'ssm:AutoApprove ssm:SessionDocumentAccessCheck'],
];

/** The keys of which the user chooses the end: what they begin with. */
const OPEN_ENDED = [
  'aws:PrincipalTag/',
  'aws:RequestTag/',
  'aws:ResourceTag/',
  's3:AccessPointTag/',
  's3:BucketTag/',
  's3:ExistingObjectTag/',
  's3:RequestObjectTag/',
  'kms:EncryptionContext:',
  'kms:RecipientAttestation:',
  'sts:RequestContext/',
  'iam:ResourceTag/',
  'ssm:resourceTag/',
];

/** The services of which every key is known here. */
const COMPLETE = new Set(['aws', 's3', 'kms', 'sts', 'iam', 'ssm']);

const KEYS: ReadonlyMap<string, ConditionKey> = new Map(
  [...GLOBAL, ...S3, ...KMS, ...OTHERS].flatMap(([type, cardinality, names]) =>
    names.split(' ').map(name => [name.toLowerCase(), { name, type, cardinality }]),
  ),
);

/** The documented key, in any case of its letters; `undefined` if there is none of that name. */
export function conditionKey(key: string): ConditionKey | undefined {
  const wanted = key.toLowerCase();
  const found = KEYS.get(wanted);
  if (found !== undefined) {
    return found;
  }
  const beginning = OPEN_ENDED.find(each => wanted.startsWith(each.toLowerCase()));
  return beginning !== undefined && wanted.length > beginning.length
    ? { name: key, type: 'Text', cardinality: 'one' }
    : undefined;
}

/** The names of all documented keys, and the beginnings of the open-ended ones. */
export function documentedKeys(): string[] {
  return [...[...KEYS.values()].map(({ name }) => name), ...OPEN_ENDED];
}

/** Whether the table has every key of the service that the key names. */
export function isServiceComplete(key: string): boolean {
  return COMPLETE.has(serviceOf(key));
}

/** What stands before the first colon of a key or an action, in lower case. */
export function serviceOf(name: string): string {
  return name.slice(0, Math.max(0, name.indexOf(':'))).toLowerCase();
}
