import {
  AmazonLinuxCpuType, BlockDevice, BlockDeviceVolume, CpuCredits, EbsDeviceVolumeType, IMachineImage, InstanceClass, InstanceSize, InstanceType,
  MachineImage,
} from 'aws-cdk-lib/aws-ec2';
import { IKey } from 'aws-cdk-lib/aws-kms';

/** The instance type that is used unless another is named. */
export const DEFAULT_INSTANCE_TYPE = InstanceType.of(InstanceClass.T4G, InstanceSize.MICRO);

/** Burstable types do not run up a bill beyond their credits. */
export function creditsOf(instanceType: InstanceType): CpuCredits | undefined {
  return instanceType.isBurstable() ? CpuCredits.STANDARD : undefined;
}

/** The image that is used unless another is named. */
export function latestAmazonLinux(): IMachineImage {
  return MachineImage.latestAmazonLinux2023({ cpuType: AmazonLinuxCpuType.ARM_64 });
}

/** The encrypted root volume of Amazon Linux, 8 GiB. */
export function rootVolume(kmsKey: IKey | undefined): BlockDevice {
  return {
    deviceName: '/dev/xvda',
    volume: BlockDeviceVolume.ebs(8, { encrypted: true, kmsKey, volumeType: EbsDeviceVolumeType.GP3, deleteOnTermination: true }),
  };
}
