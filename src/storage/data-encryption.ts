import { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { announceKey } from './adopted-key';
import { DataKey } from './data-key';
import type { Removal } from './removal';
import { AccessList } from '../access';
import { KEY, Kind, Problem, checked, markAs, oneOfOurs, otherRegionProblems } from '../private';

/** A choice of encryption. */
export const ENCRYPTION: Kind<DataEncryption> = oneOfOurs<DataEncryption>(
  'DataEncryption',
  'make it with DataEncryption.customerManagedKey(), existingKey(key) or s3Managed()',
);

/**
 * How the data buckets are encrypted at rest.
 *
 * @example
 * new PrivateEc2S3Access(this, 'App', { dataBuckets, encryption: DataEncryption.existingKey(key) });
 */
export class DataEncryption {
  /** With a customer-managed KMS key of their own, rotated every year (SSE-KMS with bucket keys). */
  public static customerManagedKey(): DataEncryption {
    return new DataEncryption('customer-managed');
  }

  /** With S3's own keys (SSE-S3): free, and without a key policy as a second lock. */
  public static s3Managed(): DataEncryption {
    return new DataEncryption('s3-managed');
  }

  /**
   * With a KMS key that exists. Its policy is not touched: it must let the account's IAM policies, or the roles of the
   * access list, use the key through S3.
   *
   * @param key the key, in the Region of the buckets
   */
  public static existingKey(key: IKey): DataEncryption {
    checked('DataEncryption.existingKey', { key }, { key: KEY });
    return new DataEncryption('existing', key);
  }

  private constructor(
    private readonly kind: 'customer-managed' | 's3-managed' | 'existing',
    private readonly key?: IKey,
  ) {
    markAs(this, 'DataEncryption');
  }

  /**
   * The key to encrypt with, made as the child `Key` where it is the construct's own.
   *
   * @internal
   */
  public _bind(parent: Construct, accessList: AccessList, { removalPolicy }: Removal = {}): IKey | undefined {
    announceKey(parent, this.key, accessList);
    return this.kind === 'customer-managed' ? new DataKey(parent, 'Key', { accessList, removalPolicy }) : this.key;
  }

  /**
   * What is wrong with a key that exists, in a Region: S3 and EBS use the keys of their own.
   *
   * @internal
   */
  public _problemsIn(region: string): Problem[] {
    return otherRegionProblems('encryption', this.key, region);
  }

  /**
   * Whether the key's policy is ours, so that EBS volumes can be encrypted with it too.
   *
   * @internal
   */
  public get _ownsKey(): boolean {
    return this.kind === 'customer-managed';
  }
}
