import { RemovalPolicy } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { REMOVAL_FIELDS, removalPolicyOf } from './removal';
import { ACCESS_LIST, AccessList } from '../access';
import { keyStatements } from '../policies';
import {
  DerivedPolicyDocument,
  Fields,
  POLICY_LIMITS,
  checkedProps,
  describe,
  markManaged,
  optional,
  sizeProblems,
  text,
} from '../private';

/** Properties of a `DataKey`. */
export interface DataKeyProps {
  /** The access list that the key policy follows. */
  readonly accessList: AccessList;

  /**
   * What the key is for, as the KMS console shows it. At most 8,192 characters.
   *
   * @default - names the construct
   */
  readonly description?: string;

  /**
   * What becomes of the key when its stack is deleted. With `RemovalPolicy.DESTROY` KMS deletes it after 30 days.
   *
   * @default RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE
   */
  readonly removalPolicy?: RemovalPolicy;
}

const FIELDS: Fields<DataKeyProps> = {
  accessList: ACCESS_LIST,
  removalPolicy: REMOVAL_FIELDS.removalPolicy,
  description: optional(text({ allowed: '1 to 8,192 characters', fix: 'shorten it', pattern: /^[^]{1,8192}$/ })),
};

/**
 * The customer-managed KMS key of the data buckets: rotated every year, kept when the stack is deleted.
 *
 * Its policy lets the account administer it but not read with it, and the workload's roles use it through S3 only.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
 */
export class DataKey extends Key {
  constructor(scope: Construct, id: string, props: DataKeyProps) {
    const { accessList, description, removalPolicy } = checkedProps({ type: 'DataKey', scope, id }, props, FIELDS);
    const policy = new DerivedPolicyDocument(() =>
      keyStatements({
        accessList,
        account: this.env.account,
        region: this.env.region,
        keyPath: this.node.path,
      }),
    );
    super(scope, id, {
      description: description ?? `Encrypts the data buckets of ${scope.node.path}`,
      enableKeyRotation: true,
      removalPolicy: removalPolicyOf({ removalPolicy }),
      policy,
    });
    markManaged(this, this);
    this.node.addValidation({
      validate: () =>
        sizeProblems(
          this,
          policy,
          POLICY_LIMITS.keyPolicy,
          'exempt fewer principals, or let fewer roles share the key',
        ).map(problem => describe(this, problem)),
    });
  }
}
