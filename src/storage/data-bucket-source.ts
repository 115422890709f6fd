import { IBucket } from 'aws-cdk-lib/aws-s3';
import { DATA_BUCKET_FIELDS, namesIn } from './data-bucket-fields';
import type { DataBucketOptions, NewDataBucketProps } from './data-bucket-options';
import { ACCESSES, ACCESS_POINT_NAME, BUCKET_OWNER_ACTION, BucketAccess } from '../access';
import {
  BUCKET,
  Fields,
  Kind,
  Rule,
  checkedOptions,
  checkedWith,
  markAs,
  optional,
  oneOfOurs,
  unless,
} from '../private';

/** A data bucket that exists, and what the workload may do in it. */
export interface ExistingDataBucketProps {
  /**
   * The name of the access point that the workload reaches the bucket through: 3 to 50 lower-case letters, digits and
   * hyphens. It is in the account and the Region of the bucket, and made by its owner, such as by a
   * `DataBucketPolicy` for this workload. The workload's programs name it in the place of the bucket, by its ARN
   * (`accessPointArn`) or its alias; roles of `onPremises` name the bucket itself. Another name makes another access
   * point, and so does another bucket, which needs one.
   *
   * @default - the bucket itself
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points.html
   */
  readonly accessPointName?: string;

  /** What the workload may do in the bucket: one access or more. */
  readonly access: BucketAccess[];
}

const NEW_FIELDS: Fields<NewDataBucketProps> = { access: ACCESSES, ...DATA_BUCKET_FIELDS };

const NAMES: Rule<NewDataBucketProps> = { reads: ['bucketName', 'bucketNamePrefix'], problems: namesIn().problems };

/** On a new bucket, ACLs are disabled: its owner owns every object. */
const WITHOUT_ACL: Rule<NewDataBucketProps> = {
  reads: ['access'],
  problems: ({ access }) =>
    unless(!access.some(({ objectActions }) => objectActions.includes(BUCKET_OWNER_ACTION)), {
      prop: 'access',
      got: 'bucketOwnerFullControl',
      allowed: 'accesses without it: ACLs are disabled on a new bucket, whose owner owns every object',
      fix: 'leave the option out',
    }),
};

const EXISTING: Fields<{ bucket: IBucket }> = { bucket: BUCKET };

const EXISTING_FIELDS: Fields<ExistingDataBucketProps> = {
  access: ACCESSES,
  accessPointName: optional(ACCESS_POINT_NAME),
};

/** A data bucket in a map of them. */
export const SOURCE: Kind<DataBucketSource> = oneOfOurs<DataBucketSource>(
  'DataBucketSource',
  'make it with DataBucketSource.create or DataBucketSource.fromBucket',
);

/**
 * Where a data bucket of `PrivateEc2S3Access` comes from: created here, or adopted.
 *
 * @example
 * new PrivateEc2S3Access(this, 'App', {
 *   dataBuckets: {
 *     UserData: DataBucketSource.create({ access: [BucketAccess.readWrite()] }),
 *     LogArchive: DataBucketSource.fromBucket(archiveBucketInOtherAccount, { access: [BucketAccess.writeOnly('myapp/')] }),
 *   },
 * });
 */
export class DataBucketSource {
  /**
   * A new bucket behind the perimeter.
   *
   * @param props what the workload may do in it, and how it is named
   */
  public static create(props: NewDataBucketProps): DataBucketSource {
    const { access, ...options } = checkedOptions(
      'DataBucketSource.create',
      'props',
      props,
      NEW_FIELDS,
      NAMES,
      WITHOUT_ACL,
    );
    return new DataBucketSource(access, options);
  }

  /**
   * A bucket that exists: of this stack, of another stack, or of another account (imported by
   * `Bucket.fromBucketAttributes` with its `account`, and with its `encryptionKey` where it has one).
   *
   * A bucket that this stack owns gets the perimeter's statements into its policy. Any other bucket keeps its own
   * policy, and with it its own perimeter. What another account must add is in a warning and in `requiredPolicies`. A
   * bucket of another workload of this library is refused, unless both share an endpoint (`S3EndpointMode.shared`):
   * then its policy and that of its key let both in.
   *
   * Where many workloads share a bucket, each can come through an access point of its own (`accessPointName`), whose
   * policy is for it alone. What its owner must write there is shown in the same places.
   *
   * @param bucket the bucket
   * @param props what the workload may do in it
   */
  public static fromBucket(bucket: IBucket, props: ExistingDataBucketProps): DataBucketSource {
    const { access, accessPointName } = checkedWith(
      'DataBucketSource.fromBucket',
      { bucket },
      EXISTING,
      'props',
      props,
      EXISTING_FIELDS,
    );
    return new DataBucketSource(access, undefined, bucket, accessPointName);
  }

  private constructor(
    /** What the workload may do in the bucket. */
    public readonly access: BucketAccess[],
    private readonly options?: DataBucketOptions,
    private readonly existing?: IBucket,
    private readonly accessPointName?: string,
  ) {
    markAs(this, 'DataBucketSource');
  }

  /**
   * The access point that the workload comes through; absent: the bucket itself.
   *
   * @internal
   */
  public get _accessPointName(): string | undefined {
    return this.accessPointName;
  }

  /**
   * The bucket that is adopted; absent: one is created.
   *
   * @internal
   */
  public get _existing(): IBucket | undefined {
    return this.existing;
  }

  /**
   * How the bucket is created.
   *
   * @internal
   */
  public get _options(): DataBucketOptions {
    return this.options ?? {};
  }
}
