import { Aws } from 'aws-cdk-lib';

/**
 * Buckets that belong to AWS and that an isolated instance reaches through the S3 endpoint: package repositories, agents.
 *
 * Each is a statement of its own in the endpoint policy: exact ARNs and `s3:GetObject`, without a condition on the
 * principal, because these requests are unsigned or presigned by AWS. Where the role signs, it gets the grant too.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies-vpc-endpoint.html
 */
export class AwsOwnedBucket {
  /**
   * The package repositories of Amazon Linux 2023, for `dnf`. Requests are not signed.
   *
   * @see https://docs.aws.amazon.com/linux/al2023/ug/ec2.html
   */
  public static amazonLinux2023Repositories(): AwsOwnedBucket {
    return new AwsOwnedBucket('AmazonLinux2023Repositories', ['al2023-repos-<r>-de612dc2', 'al2023-<r>'], false);
  }

  /**
   * Updates, documents and packages of the SSM Agent. Requests are signed by the role, or presigned by Systems Manager.
   *
   * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/ssm-agent-technical-details.html
   */
  public static ssmAgent(): AwsOwnedBucket {
    return new AwsOwnedBucket('SsmAgent', [
      '<r>-birdwatcher-prod',
      'amazon-ssm-<r>',
      'amazon-ssm-packages-<r>',
      'aws-ssm-<r>',
      'aws-ssm-distributor-file-<r>',
      'aws-ssm-document-attachments-<r>',
    ], true);
  }

  private constructor(
    /** What the buckets are for, in the `Sid` of their statements. */
    public readonly purpose: string,
    private readonly bucketNames: string[],
    /** Whether the workload's role signs the requests, and so needs the grant. */
    public readonly signedByRole: boolean) {
  }

  /** The ARNs of the objects, in the Region of the stack. */
  public get objectArns(): string[] {
    return this.bucketNames.map(name => `arn:${Aws.PARTITION}:s3:::${name.replace('<r>', Aws.REGION)}/*`);
  }
}
