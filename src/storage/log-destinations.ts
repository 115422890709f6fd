import { Stack } from 'aws-cdk-lib';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { AdoptedLogBucket } from './adopted-log-bucket';
import type { DataBucketSource } from './data-bucket-source';
import { deliveryProblems } from './deliveries';
import { ACCESS_LOGS_PREFIX, LogBucket } from './log-bucket';
import type { Removal } from './removal';
import type { PerimeterExemption } from '../access';
import { Problem, isConcrete, isOwnedBy } from '../private';

/** What is wrong with data buckets before they are adopted, by what is delivered to them. */
export function logBucketProblems(
  dataBuckets: Readonly<Record<string, DataBucketSource>>,
  { accessLogsBucket, flowLogsBucket, perimeterExemptions }: ExistingLogBuckets,
  stack: Stack,
): Problem[] {
  const forLogs = [accessLogsBucket, flowLogsBucket].filter(bucket => bucket !== undefined);
  const isForLogs = (bucket: IBucket) =>
    forLogs.some(each => each === bucket || (isConcrete(bucket.bucketName) && each.bucketName === bucket.bucketName));
  return Object.keys(dataBuckets)
    .sort()
    .flatMap(id => {
      const { _existing: existing } = dataBuckets[id];
      const prop = `dataBuckets.${id}`;
      if (existing === undefined) {
        return [];
      }
      return isForLogs(existing)
        ? [logBucketProblem(prop, existing)]
        : isOwnedBy(stack, existing)
          ? deliveryProblems(prop, existing, perimeterExemptions)
          : [];
    });
}

function logBucketProblem(prop: string, got: IBucket): Problem {
  return {
    prop,
    got,
    allowed: 'a bucket that receives no logs: the perimeter would deny their deliveries',
    fix: 'use a bucket for data alone',
  };
}

/** The buckets for logs that exist, and who is spared by the perimeter. */
export interface ExistingLogBuckets {
  readonly accessLogsBucket?: IBucket;
  readonly flowLogsBucket?: IBucket;
  readonly perimeterExemptions?: readonly PerimeterExemption[];
}

/**
 * Where the logs of a workload go: to buckets that exist, or to one of its own, which is made when the first log
 * needs it.
 */
export class LogDestinations {
  private readonly adopted = new Map<string, AdoptedLogBucket>();

  constructor(
    private readonly workload: Construct,
    private readonly props: ExistingLogBuckets & Removal,
  ) {}

  /** What is wrong with one more data bucket beside the buckets for logs. */
  public problemsOf(id: string, source: DataBucketSource): Problem[] {
    return logBucketProblems({ [id]: source }, this.props, Stack.of(this.workload));
  }

  /** The buckets that exist. */
  public get existing(): IBucket[] {
    return [...this.adopted.values()].map(({ bucket }) => bucket);
  }

  /** The bucket for the server access logs of the data buckets, with what lets S3 write there. */
  public accessLogs(): IBucket {
    return this.bucketFor('AccessLogsBucket', this.props.accessLogsBucket, each =>
      each.allowAccessLogs(ACCESS_LOGS_PREFIX),
    );
  }

  /** The bucket for the flow logs of the VPC, with what lets VPC write there. */
  public flowLogs(prefix: string): IBucket {
    return this.bucketFor('FlowLogsBucket', this.props.flowLogsBucket, each => each.allowFlowLogs(prefix));
  }

  private bucketFor(
    id: string,
    existing: IBucket | undefined,
    allow: (bucket: LogBucket | AdoptedLogBucket) => void,
  ): IBucket {
    const known = this.adopted.get(id);
    if (known !== undefined) {
      return known.bucket;
    }
    const bucket = existing === undefined ? this.own() : this.adopt(id, existing);
    allow(bucket);
    return bucket.bucket;
  }

  private adopt(id: string, existing: IBucket): AdoptedLogBucket {
    // eslint-disable-next-line awscdk/no-variable-construct-id -- one of two ids
    const bucket = new AdoptedLogBucket(this.workload, id, { bucket: existing });
    this.adopted.set(id, bucket);
    return bucket;
  }

  private own(): LogBucket {
    return (
      (this.workload.node.tryFindChild('AccessLogs') as LogBucket | undefined) ??
      new LogBucket(this.workload, 'AccessLogs', this.props)
    );
  }
}
