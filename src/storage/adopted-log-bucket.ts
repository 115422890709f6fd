import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { accessLogStatements, flowLogKeyStatement, flowLogStatements } from '../policies';
import { Problem, RequiredPolicyKind, announce, isConcrete, isOwnedBy } from '../private';

/** Properties of an `AdoptedLogBucket`. */
export interface AdoptedLogBucketProps {
  /** The bucket that exists. */
  readonly bucket: IBucket;
}

/**
 * A bucket for logs that exists. If this stack owns it, its policy gets what lets the services write, and so does
 * that of its key; else nothing is touched, and what its owner must add is announced.
 */
export class AdoptedLogBucket extends Construct {
  /** The bucket itself. */
  public readonly bucket: IBucket;

  private readonly required: PolicyStatement[] = [];
  private readonly requiredOfKey: PolicyStatement[] = [];

  constructor(scope: Construct, id: string, { bucket }: AdoptedLogBucketProps) {
    super(scope, id);
    this.bucket = bucket;
    announce(this, {
      id: 'requiredLogBucketStatements',
      kind: RequiredPolicyKind.BUCKET,
      resource: bucket.bucketArn,
      account: bucket.env.account,
      text: `the policy of the log bucket ${bucket.node.path} is not touched, because another stack or account owns it; its owner must add`,
      statements: () => this.required,
    });
    announce(this, {
      id: 'requiredLogKeyStatements',
      kind: RequiredPolicyKind.KEY,
      resource: bucket.encryptionKey?.keyArn ?? '',
      account: bucket.encryptionKey?.env.account ?? '',
      text:
        `the policy of the key ${bucket.encryptionKey?.node.path} is not touched, because another stack or ` +
        'account owns it; its owner must add',
      statements: () => this.requiredOfKey,
    });
  }

  /** Lets S3 deliver the server access logs of this account's buckets under a prefix. */
  public allowAccessLogs(prefix: string): void {
    const { account } = Stack.of(this);
    this.attach(accessLogStatements({ bucketArn: this.bucket.bucketArn, prefix, account }));
  }

  /** Lets VPC deliver the flow logs of this account and Region under a prefix. */
  public allowFlowLogs(prefix: string): void {
    const { account, region } = Stack.of(this);
    this.attach(flowLogStatements({ bucketArn: this.bucket.bucketArn, prefix, account }, region));
    this.attachToKey(flowLogKeyStatement(account, region));
  }

  private attach(statements: readonly PolicyStatement[]): void {
    statements.forEach(statement =>
      this.owns(this.bucket) ? this.bucket.addToResourcePolicy(statement) : this.required.push(statement),
    );
  }

  private attachToKey(statement: PolicyStatement): void {
    const { encryptionKey } = this.bucket;
    if (encryptionKey === undefined) {
      return;
    }
    if (this.owns(encryptionKey)) {
      encryptionKey.addToResourcePolicy(statement);
    } else {
      this.requiredOfKey.push(statement);
    }
  }

  private owns(resource: IBucket | IKey): boolean {
    return isOwnedBy(Stack.of(this), resource);
  }
}

/** What is wrong with a bucket for server access logs: S3 delivers them within an account and a Region. */
export function accessLogsBucketProblems(bucket: IBucket | undefined, { account, region }: Stack): Problem[] {
  const differs = (there: string | undefined, here: string) => isConcrete(there) && isConcrete(here) && there !== here;
  return differs(bucket?.env.account, account) || differs(bucket?.env.region, region)
    ? [
        {
          prop: 'accessLogsBucket',
          got: bucket,
          allowed: `a bucket of the account ${account} in ${region}: S3 delivers server access logs to no other`,
          fix: 'leave it out for a bucket of its own, and replicate that one to the central account',
        },
      ]
    : [];
}
