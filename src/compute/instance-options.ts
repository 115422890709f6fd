import { Size } from 'aws-cdk-lib';
import { IMachineImage, InstanceType, UserData } from 'aws-cdk-lib/aws-ec2';
import { IInstanceProfile } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';

/** What an instance of the workload is like. */
export interface InstanceOptions {
  /**
   * How many network hops the answers of the instance metadata service may take. With 1 they stay on the instance;
   * with 2 they also reach containers with a bridge network. Nothing else is allowed.
   *
   * @default - 1; 2 for Compute.container()
   * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html#imds-considerations
   */
  readonly httpPutResponseHopLimit?: number;

  /**
   * An instance profile that exists and holds the role of the workload, which has to be named as `role` of the
   * construct. One that is imported by `InstanceProfile.fromInstanceProfileAttributes` tells its role; by its name or
   * ARN alone it does not, and is refused.
   *
   * @default - a new one for the role
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_switch-role-ec2_instance-profiles.html
   */
  readonly instanceProfile?: IInstanceProfile;

  /**
   * The type of the instance, of a Nitro generation, and for the processor of the image. Only the deployment tells
   * whether the Region and the zones of the subnets have it, and whether the quota of the account has room for it.
   *
   * @default - t4g.micro; t3.medium for a Windows image
   */
  readonly instanceType?: InstanceType;

  /**
   * The image of the instance: Linux, or Windows Server for x86_64.
   *
   * The latest image of a public parameter (`MachineImage.latestAmazonLinux2023`, `MachineImage.latestWindows`) is
   * looked up by CloudFormation at every deployment. The first deployment after AWS published a new one replaces the
   * instance, and what is on its volume is lost. A pinned image (`MachineImage.genericLinux`,
   * `MachineImage.genericWindows`) keeps the instance until you name another one, and gets no patches by itself. A
   * fleet replaces its instances as its update policy says, in either case.
   *
   * @default - the latest Amazon Linux 2023 for the processor of the instance type
   */
  readonly machineImage?: IMachineImage;

  /**
   * The name of the image's root device: the volume of another name would be added, and the root left as the image
   * has it.
   *
   * @default - /dev/xvda, the root device of Amazon Linux; /dev/sda1 for a Windows image, and for one of Ubuntu or SUSE
   * that is named by its public parameter
   * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/device_naming.html
   */
  readonly rootDeviceName?: string;

  /**
   * The size of the root volume, not below that of the image: 30 GiB or more for Windows. Whole gibibytes. Of an image
   * that is named by its id only the deployment tells its size, its processor and whether it is there.
   *
   * @default - 8 GiB, or more where an image that is named by its public parameter has more, such as one for
   * containers. 30 GiB for a Windows image and for Compute.container()
   */
  readonly rootVolumeSize?: Size;

  /**
   * What the instance runs at its first boot. It must not contain secrets, nor fetch from anywhere but the data
   * buckets and the buckets of AWS that are named.
   *
   * @default - nothing
   */
  readonly userData?: UserData;

  /**
   * Whether the instance is replaced when its user data changes, so that the new user data runs. What is on its
   * volume is lost, and its id and address are new. Otherwise CloudFormation stops and starts it, and the new user
   * data does not run. Not for a fleet, which replaces its instances as its update policy says. `Compute.instance`
   * and `Compute.container` only.
   *
   * @default false
   */
  readonly userDataCausesReplacement?: boolean;

  /**
   * The files of the app that the user data fetches with `addS3DownloadCommand`: the role and the endpoint let each
   * of these objects of the bootstrap bucket through, and no other. Not `asset.grantRead`, which the endpoint does
   * not know of.
   *
   * @default - none
   */
  readonly userDataAssets?: Asset[];

  /**
   * The key of the bootstrap bucket that holds the assets. Name it where the account was bootstrapped with a key of its
   * own (`cdk bootstrap --bootstrap-kms-key-id`), and let its policy delegate to IAM policies.
   *
   * @default - the AWS-managed key, or the one that `cdk bootstrap --bootstrap-customer-key` made: they let the
   * account in
   */
  readonly userDataAssetsKey?: IKey;

  /**
   * The key that the root volume is encrypted with. For a fleet, the key's policy must let the service-linked role of
   * Auto Scaling use it.
   *
   * @default - the account's default key for EBS; for the one instance of PrivateEc2S3Access the key of its data
   * buckets
   */
  readonly volumeEncryptionKey?: IKey;
}
