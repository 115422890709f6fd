import { Stack } from 'aws-cdk-lib';
import { Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { IRole } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { AdoptedBucket } from './adopted-bucket';
import { DataBucket } from './data-bucket';
import { Reach, dataBucketProblems } from './data-bucket-problems';
import { DataBucketSource, SOURCE } from './data-bucket-source';
import { DataEncryption } from './data-encryption';
import { LogDestinations } from './log-destinations';
import type { Removal } from './removal';
import { SharedBucket, managerAmong } from './shared-bucket';
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

  /** Where the endpoint leads to. */
  readonly reach: Reach;

  /** The role of the workload. */
  readonly role: IRole;
}

/** A data bucket: made here, adopted, or of another workload. */
type DataBucketOfWorkload = DataBucket | AdoptedBucket | SharedBucket;

/** The data buckets of a workload, new and adopted, by their ids. */
export class DataBuckets extends Construct {
  private readonly sources = new Map<string, DataBucketSource>();
  private readonly buckets = new Map<string, DataBucketOfWorkload>();

  constructor(
    private readonly workload: Construct,
    id: string,
    private readonly props: DataBucketsProps,
  ) {
    super(workload, id);
  }

  /** Adds a data bucket; a new one is encrypted with the key, or by S3 if there is none. */
  public add(id: string, source: DataBucketSource, encryptionKey: IKey | undefined): DataBucketOfWorkload {
    refuse(this.workload, entryProblems(id, source));
    refuse(this.workload, dataBucketProblems(id, source, this.sources, Stack.of(this), this.props.reach));
    refuse(this.workload, this.props.logs.problemsOf(id, source));
    const dataBucket =
      source._existing === undefined
        ? this.create(id, source, encryptionKey)
        : this.adopt(id, source._existing, source._accessPointName);
    this.sources.set(id, source);
    this.buckets.set(id, dataBucket);
    this.grant(dataBucket, source);
    return dataBucket;
  }

  /** A data bucket by its id. */
  public find(id: string): DataBucketOfWorkload {
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

  /** The requests to a data bucket that S3 answers with an error of the client. */
  public clientErrors(id: string, props?: MetricOptions): Metric {
    const dataBucket = this.find(id);
    return dataBucket instanceof DataBucket
      ? dataBucket.clientErrors(props)
      : refuse(this.workload, [
          {
            prop: 'id',
            got: id,
            allowed:
              'a data bucket that is made here: its requests are counted only where a metrics configuration says so',
            fix: 'call addMetric on the bucket where it is made, and take the metric 4xxErrors of AWS/S3',
          },
        ]);
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

  private adopt(id: string, bucket: IBucket, accessPointName?: string): AdoptedBucket | SharedBucket {
    const { accessList, reach } = this.props;
    const manager = managerAmong(reach.lists, bucket);
    return manager === undefined
      ? new AdoptedBucket(this, id, { bucket, accessList, accessPointName })
      : new SharedBucket(bucket, manager);
  }

  private grant(
    dataBucket: DataBucketOfWorkload,
    { access, _accessPointName: accessPointName }: DataBucketSource,
  ): void {
    const { accessList, role } = this.props;
    const grant = { role, bucket: dataBucket.bucket, access, accessPointName };
    accessList.allow(grant);
    if (dataBucket instanceof SharedBucket) {
      dataBucket.admit(grant);
    }
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
