import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { AdoptedBucket } from './adopted-bucket';
import { DataBucket } from './data-bucket';
import { dataBucketProblems } from './data-bucket-problems';
import { DataBucketSource, SOURCE } from './data-bucket-source';
import { DataEncryption } from './data-encryption';
import { LogDestinations } from './log-destinations';
import type { Removal } from './removal';
import { AccessList } from '../access';
import { ANY_TEXT, CONSTRUCT_ID, Problem, accessPointArnOf, refuse } from '../private';

/** Properties of `DataBuckets`. */
export interface DataBucketsProps {
  /** The access list that the policies follow. */
  readonly accessList: AccessList;

  /** The buckets for logs: the one for server access logs is made when the first data bucket needs it. */
  readonly logs: LogDestinations;

  /** What becomes of new buckets when the stack is deleted. */
  readonly removal: Removal;

  /** The Regions whose S3 the endpoints lead to. */
  readonly regions: readonly string[];
}

/** The data buckets of a workload, new and adopted, by their ids. */
export class DataBuckets extends Construct {
  private readonly sources = new Map<string, DataBucketSource>();
  private readonly buckets = new Map<string, DataBucket | AdoptedBucket>();

  constructor(
    private readonly workload: Construct,
    id: string,
    private readonly props: DataBucketsProps,
  ) {
    super(workload, id);
  }

  /** Adds a data bucket; a new one is encrypted with the key, or by S3 if there is none. */
  public add(id: string, source: DataBucketSource, encryptionKey: IKey | undefined): DataBucket | AdoptedBucket {
    refuse(this.workload, entryProblems(id, source));
    refuse(this.workload, dataBucketProblems(id, source, this.sources, Stack.of(this), this.props.regions));
    refuse(this.workload, this.props.logs.problemsOf(id, source));
    const dataBucket =
      source._existing === undefined ? this.create(id, source, encryptionKey) : this.adopt(id, source._existing);
    this.sources.set(id, source);
    this.buckets.set(id, dataBucket);
    return dataBucket;
  }

  /** A data bucket by its id. */
  public find(id: string): DataBucket | AdoptedBucket {
    const dataBucket = this.buckets.get(id);
    if (dataBucket === undefined) {
      return refuse(this.workload, [
        {
          prop: 'id',
          got: id,
          allowed: [...this.buckets.keys()].join(', '),
          fix: 'name a data bucket of this construct',
        },
      ]);
    }
    return dataBucket;
  }

  /** The ARN of the access point that the workload comes through to a data bucket. */
  public accessPointArn(id: string): string {
    const { bucket } = this.find(id);
    const name = this.sources.get(id)?._accessPointName;
    return name !== undefined
      ? accessPointArnOf(bucket, name)
      : refuse(this.workload, [
          {
            prop: 'id',
            got: id,
            allowed: 'a data bucket with an access point',
            fix: 'name accessPointName in DataBucketSource.fromBucket, or use the bucket',
          },
        ]);
  }

  /** What the owner of a data bucket must write into the policy of its access point; empty where there is none. */
  public requiredAccessPointStatements(id: string): PolicyStatement[] {
    const dataBucket = this.find(id);
    return dataBucket instanceof AdoptedBucket ? dataBucket.requiredAccessPointStatements : [];
  }

  private create(id: string, { _options: options }: DataBucketSource, encryptionKey: IKey | undefined): DataBucket {
    const encryption =
      encryptionKey === undefined ? DataEncryption.s3Managed() : DataEncryption.existingKey(encryptionKey);
    return new DataBucket(this, id, {
      ...options,
      ...this.props.removal,
      accessList: this.props.accessList,
      encryption,
      accessLogsBucket: this.props.logs.accessLogs(),
    });
  }

  private adopt(id: string, bucket: IBucket): AdoptedBucket {
    return new AdoptedBucket(this, id, { bucket, accessList: this.props.accessList });
  }
}

/** What is wrong with an entry by itself, before it is compared with the others. */
function entryProblems(id: string, source: DataBucketSource): Problem[] {
  const ofId = ANY_TEXT.problems('id', id);
  return [
    ...(ofId.length > 0 ? ofId : CONSTRUCT_ID.problems('dataBuckets', id)),
    ...SOURCE.problems(ofId.length > 0 ? 'source' : `dataBuckets.${id}`, source),
  ];
}
