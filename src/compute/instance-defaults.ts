import { Size } from 'aws-cdk-lib';
import {
  AmazonLinuxCpuType, BlockDevice, BlockDeviceVolume, CpuCredits, EbsDeviceVolumeType, IMachineImage, InstanceArchitecture, InstanceClass,
  InstanceSize, InstanceType, MachineImage,
} from 'aws-cdk-lib/aws-ec2';
import { InstanceOptions } from './instance-options';

/** The instance type that is used unless another is named. */
export const DEFAULT_INSTANCE_TYPE = InstanceType.of(InstanceClass.T4G, InstanceSize.MICRO);

/** Burstable types do not run up a bill beyond their credits. */
export function creditsOf(instanceType: InstanceType): CpuCredits | undefined {
  return instanceType.isBurstable() ? CpuCredits.STANDARD : undefined;
}

/** The image that is used unless another is named: Amazon Linux 2023 for the processor of the instance. */
export function latestAmazonLinux({ architecture }: InstanceType): IMachineImage {
  const cpuType = architecture === InstanceArchitecture.ARM_64 ? AmazonLinuxCpuType.ARM_64 : AmazonLinuxCpuType.X86_64;
  return MachineImage.latestAmazonLinux2023({ cpuType });
}

/** The encrypted root volume. */
export function rootVolume({ rootDeviceName, rootVolumeSize, volumeEncryptionKey: kmsKey }: InstanceOptions): BlockDevice {
  return {
    deviceName: rootDeviceName ?? '/dev/xvda',
    volume: BlockDeviceVolume.ebs((rootVolumeSize ?? Size.gibibytes(8)).toGibibytes(), {
      encrypted: true, kmsKey, volumeType: EbsDeviceVolumeType.GP3, deleteOnTermination: true,
    }),
  };
}
