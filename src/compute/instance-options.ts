import { Size } from 'aws-cdk-lib';
import { IMachineImage, InstanceType, UserData } from 'aws-cdk-lib/aws-ec2';
import { IKey } from 'aws-cdk-lib/aws-kms';

/** What an instance of the workload is like. */
export interface InstanceOptions {
  /**
   * The type of the instance, of a Nitro generation.
   *
   * @default - t4g.micro
   */
  readonly instanceType?: InstanceType;

  /**
   * The image of the instance. A pinned image (`MachineImage.genericLinux`) keeps the instance when AWS publishes a new one.
   *
   * @default - the latest Amazon Linux 2023 for the processor of the instance type: the instance is replaced by the first deployment after a new image
   */
  readonly machineImage?: IMachineImage;

  /**
   * The name of the image's root device: the volume of another name would be added, and the root left as the image has it.
   *
   * @default - /dev/xvda, the root device of Amazon Linux
   * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/device_naming.html
   */
  readonly rootDeviceName?: string;

  /**
   * The size of the root volume, not below that of the image. Whole gibibytes.
   *
   * @default Size.gibibytes(8)
   */
  readonly rootVolumeSize?: Size;

  /**
   * What the instance runs at its first boot. It must not contain secrets, nor fetch from anywhere but the data buckets.
   *
   * @default - nothing
   */
  readonly userData?: UserData;

  /**
   * The key that the root volume is encrypted with. For a fleet, the key's policy must let the service-linked role of Auto
   * Scaling use it.
   *
   * @default - the account's default key for EBS; for the one instance of PrivateEc2S3Access the key of its data buckets
   */
  readonly volumeEncryptionKey?: IKey;
}
