/** What the values of a context key are. */
export type KeyType = 'text' | 'number' | 'flag';

/** A context key that no law ties to another: absent, or any value. */
export interface FreeKey {
  readonly name: string;
  readonly type: KeyType;
  readonly multiValued?: boolean;
  readonly service?: 's3' | 'kms';
}

/**
 * The sender of a request chooses the value, or it is a property of something that nothing else is said about.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html#amazons3-policy-keys
 */
export const FREE_KEYS: readonly FreeKey[] = [
  { name: 'aws:UserAgent', type: 'text' },
  { name: 'aws:Referer', type: 'text' },
  { name: 'aws:ResourceTag/env', type: 'text' },
  { name: 'aws:TagKeys', type: 'text', multiValued: true },
  { name: 's3:ExistingObjectTag/class', type: 'text', service: 's3' },
  { name: 's3:x-amz-acl', type: 'text', service: 's3' },
  { name: 's3:signatureAge', type: 'number', service: 's3' },
  { name: 's3:RequestObjectTagKeys', type: 'text', multiValued: true, service: 's3' },
  { name: 's3:ObjectCreationOperation', type: 'flag', service: 's3' },
  { name: 'kms:EncryptionContext:purpose', type: 'text', service: 'kms' },
  { name: 'kms:EncryptionContextKeys', type: 'text', multiValued: true, service: 'kms' },
  { name: 'kms:GrantIsForAWSResource', type: 'flag', service: 'kms' },
];
