import {
  AwsOwnedAccess,
  AwsOwnedSpec,
  isInChina,
  objectArn,
  readsIn,
  readsInOneRegion,
  readsPatches,
  writesSignals,
} from './aws-owned-access';
import {
  CUSTOM_BUCKET,
  CUSTOM_BUCKET_RULES,
  CustomAwsOwnedBucketOptions,
  customObjects,
} from './custom-aws-owned-bucket';
import { Problem, checked, checkedOptions, isConcrete, markAs, optional, text } from '../private';

const QUALIFIER = text({
  allowed: '1 to 10 lower-case letters and digits',
  fix: 'write the qualifier of the bootstrap stack, or leave it out',
  pattern: /^[a-z0-9]{1,10}$/,
  isKnown: true,
});

/**
 * Buckets that belong to AWS and that an isolated instance reaches through the S3 endpoint: package repositories,
 * agents.
 *
 * Each is a statement of its own in the endpoint policy: exact ARNs and one action. It has no condition on the
 * principal, because these requests are unsigned or presigned by AWS. Where the role signs, it gets the grant too.
 * The buckets are those of the stack's Region: an S3 endpoint leads to no other. Their names are those that AWS
 * documents; whether they exist in Regions that AWS adds later, or in the European Sovereign Cloud, was not verified.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies-vpc-endpoint.html
 *
 * @example
 * new PrivateEc2S3Access(this, 'App', {
 *   dataBuckets,
 *   awsOwnedBuckets: [AwsOwnedBucket.amazonLinux2023Repositories()],
 * });
 */
export class AwsOwnedBucket {
  /**
   * The package repositories of Amazon Linux 2023, for `dnf`. Requests are not signed.
   *
   * @see https://docs.aws.amazon.com/linux/al2023/ug/ec2.html
   */
  public static amazonLinux2023Repositories(): AwsOwnedBucket {
    return new AwsOwnedBucket('AmazonLinux2023Repositories', readsIn('al2023-repos-<r>-de612dc2', 'al2023-<r>'), false);
  }

  /**
   * The package repositories of Amazon Linux 2, for `yum`. Requests are not signed. In the Regions of China only
   * `amazonlinux-2-repos-<region>`: the older repositories have the host names of another partition.
   *
   * @see https://docs.aws.amazon.com/linux/al2/ug/al2-live-patching.html
   */
  public static amazonLinux2Repositories(): AwsOwnedBucket {
    const older = ['amazonlinux.<r>.amazonaws.com', 'packages.<r>.amazonaws.com', 'repo.<r>.amazonaws.com'];
    return new AwsOwnedBucket(
      'AmazonLinux2Repositories',
      region => readsIn('amazonlinux-2-repos-<r>', ...(isInChina(region) ? [] : older))(region),
      false,
    );
  }

  /**
   * Updates, documents and packages of the SSM Agent. Requests are signed by the role, or presigned by Systems Manager.
   *
   * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/ssm-agent-technical-details.html
   */
  public static ssmAgent(): AwsOwnedBucket {
    return new AwsOwnedBucket(
      'SsmAgent',
      readsIn(
        '<r>-birdwatcher-prod',
        'amazon-ssm-<r>',
        'amazon-ssm-packages-<r>',
        'aws-ssm-<r>',
        'aws-ssm-distributor-file-<r>',
        'aws-ssm-document-attachments-<r>',
      ),
      true,
    );
  }

  /**
   * The documents and baseline snapshots of Patch Manager, for Linux and Windows. Requests are presigned by Systems
   * Manager or unsigned; the role gets the grant too, because AWS asks for it where a VPC endpoint is used. The stack
   * must have a concrete Region, since the names differ in each; China and GovCloud have the documents in
   * `aws-ssm-<region>`.
   *
   * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-operations-s3-buckets.html
   */
  public static patchManager(): AwsOwnedBucket {
    return new AwsOwnedBucket('PatchManager', readsPatches, true);
  }

  /**
   * The packages of the CloudWatch agent in the stack's Region. Requests are not signed. The global bucket without a
   * Region in its name is left out: it has the same packages, and endpoints of most Regions do not lead to it.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/download-cloudwatch-agent-commandline.html
   */
  public static cloudWatchAgent(): AwsOwnedBucket {
    return new AwsOwnedBucket('CloudWatchAgent', readsIn('amazoncloudwatch-agent-<r>'), false);
  }

  /**
   * The packages of the CodeDeploy agent. Requests are not signed.
   *
   * @see https://docs.aws.amazon.com/codedeploy/latest/userguide/resource-kit.html
   */
  public static codeDeployAgent(): AwsOwnedBucket {
    return new AwsOwnedBucket('CodeDeployAgent', readsIn('aws-codedeploy-<r>'), false);
  }

  /**
   * The layers of the container images in the ECR of the stack's Region. Requests are presigned by ECR. The interface
   * endpoints `ecr.api` and `ecr.dkr` are needed beside it.
   *
   * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html#ecr-minimum-s3-perms
   */
  public static ecrImageLayers(): AwsOwnedBucket {
    return new AwsOwnedBucket('EcrImageLayers', readsIn('prod-<r>-starport-layer-bucket'), false);
  }

  /**
   * Signals of the account's own stacks to CloudFormation, by `PutObject`: wait conditions, and answers of custom
   * resources where the stack has a concrete Region. Requests are presigned by CloudFormation. Only keys of the
   * account's own stacks are open: with the whole buckets, a URL that CloudFormation presigned for a stranger's stack
   * would be a way out. `cfn-signal` for a `CreationPolicy` calls the CloudFormation API, which needs its interface
   * endpoint instead.
   *
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/vpc-interface-endpoints.html
   */
  public static cloudFormationSignals(): AwsOwnedBucket {
    return new AwsOwnedBucket('CloudFormationSignals', writesSignals, false);
  }

  /**
   * The helper scripts of CloudFormation (`cfn-init`, `cfn-signal`), as archives. Requests are not signed. The bucket
   * is in us-east-1 only, and refused elsewhere; Amazon Linux has the scripts in its repositories as
   * `aws-cfn-bootstrap`.
   *
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/cfn-helper-scripts-reference.html
   */
  public static cloudFormationHelperScripts(): AwsOwnedBucket {
    return new AwsOwnedBucket(
      'CloudFormationHelperScripts',
      readsInOneRegion('us-east-1', 'cloudformation-examples'),
      false,
    );
  }

  /**
   * Drivers and tools for Windows. Requests are signed by the role.
   *
   * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/ssm-agent-technical-details.html
   */
  public static windowsDriversAndTools(): AwsOwnedBucket {
    return new AwsOwnedBucket('WindowsDriversAndTools', readsIn('aws-windows-downloads-<r>'), true);
  }

  /**
   * The installers of the AWS CLI, version 1. Requests are not signed. The bucket is in us-east-1 only, and refused
   * elsewhere. Version 2 is not distributed by S3; Amazon Linux 2023 has it in its repositories.
   *
   * @see https://docs.aws.amazon.com/cli/v1/userguide/install-linux.html
   */
  public static awsCli(): AwsOwnedBucket {
    return new AwsOwnedBucket('AwsCli', readsInOneRegion('us-east-1', 'aws-cli'), false);
  }

  /**
   * All file assets of the CDK in this account and Region: files and user data. Requests are signed by the role,
   * which gets the grant; the endpoint lets nobody else through, and no bucket of another account under the same
   * name. Assets that the bootstrap stack encrypts with a key of its own (`--bootstrap-customer-key`) need a grant on
   * that key as well.
   *
   * @param qualifier the qualifier of the bootstrap stack. Default: hnb659fds, the CDK's own
   * @see https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-customizing.html
   */
  public static cdkAssets(qualifier?: string): AwsOwnedBucket {
    const { qualifier: known = 'hnb659fds' } = checked(
      'AwsOwnedBucket.cdkAssets',
      { qualifier },
      { qualifier: optional(QUALIFIER) },
    );
    const objectArns = [objectArn(`cdk-${known}-assets-<a>-<r>/*`)];
    return new AwsOwnedBucket('CdkAssets', () => [{ action: 's3:GetObject', objectArns, ofOwnAccount: true }], true);
  }

  /**
   * Other buckets of AWS, or of a vendor: exact names, reads, and uploads to exact prefixes. The proof takes your
   * word that their owner may know what the workload asks for, and says so among its assumptions.
   *
   * @param options which objects, what can be done with them, and who signs
   */
  public static custom(options: CustomAwsOwnedBucketOptions): AwsOwnedBucket {
    const custom = checkedOptions('AwsOwnedBucket.custom', 'options', options, CUSTOM_BUCKET, ...CUSTOM_BUCKET_RULES);
    return new AwsOwnedBucket(custom.purpose, customObjects(custom), custom.signedByRole, true);
  }

  private constructor(
    /** What the buckets are for, in the `Sid` of their statements. */
    public readonly purpose: string,
    private readonly spec: AwsOwnedSpec,
    /** Whether the workload's role signs the requests, and so needs the grant. */
    public readonly signedByRole: boolean,
    private readonly isCustom = false,
  ) {
    markAs(this, 'AwsOwnedBucket');
  }

  /**
   * Whether the user says what the bucket has.
   *
   * @internal
   */
  public get _isCustom(): boolean {
    return this.isCustom;
  }

  /**
   * What is reached from a Region.
   *
   * @internal
   */
  public _accessIn(region: string): readonly AwsOwnedAccess[] {
    const access = this.spec(region);
    return 'fix' in access ? [] : access;
  }

  /**
   * What is wrong with reaching it from a Region.
   *
   * @internal
   */
  public _problemsIn(region: string): Problem[] {
    const access = this.spec(region);
    return 'fix' in access
      ? [
          {
            prop: 'awsOwnedBuckets',
            got: `${this.purpose} in ${isConcrete(region) ? region : 'a Region that is known at deployment only'}`,
            ...access,
          },
        ]
      : [];
  }
}
