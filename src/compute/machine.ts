import { Size } from 'aws-cdk-lib';
import {
  AmazonLinuxCpuType,
  BlockDevice,
  BlockDeviceVolume,
  CpuCredits,
  EbsDeviceVolumeType,
  IMachineImage,
  InstanceArchitecture,
  InstanceClass,
  InstanceSize,
  InstanceType,
  MachineImage,
  OperatingSystemType,
  UserData,
} from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { InstanceOptions } from './instance-options';
import { Image, machineProblems } from './machine-problems';
import { isConcrete, refuse } from '../private';

/** What instances are made of: the options, and the defaults for the operating system of their image. */
export interface Machine {
  readonly instanceType: InstanceType;
  readonly machineImage: IMachineImage;
  readonly userData: UserData;
  readonly hopLimit: number;
  readonly credits?: CpuCredits;
  readonly rootVolume: BlockDevice;
}

/** The size of the root volume where containers run, which is also that of the images made for them. */
export const CONTAINER_VOLUME = Size.gibibytes(30);

const LINUX = {
  instanceType: InstanceType.of(InstanceClass.T4G, InstanceSize.MICRO),
  rootDeviceName: '/dev/xvda',
  rootVolumeSize: Size.gibibytes(8),
};
const WINDOWS = {
  instanceType: InstanceType.of(InstanceClass.T3, InstanceSize.MEDIUM),
  rootDeviceName: '/dev/sda1',
  rootVolumeSize: Size.gibibytes(30),
};

/**
 * The machine that options ask for.
 *
 * @param scope where its image is looked up, once
 * @param where the construct path in errors
 * @param types the types that instances can have instead of the one of the options
 * @throws when the image, the type, the volume and the user data do not fit each other
 */
export function machineOf(
  scope: Construct,
  where: string,
  options: InstanceOptions,
  types?: readonly InstanceType[],
): Machine {
  const linuxTypes = types ?? [options.instanceType ?? LINUX.instanceType];
  const { imageId, osType, userData } = (options.machineImage ?? latestAmazonLinux(linuxTypes[0])).getImage(scope);
  const defaults = osType === OperatingSystemType.WINDOWS ? WINDOWS : LINUX;
  const instanceTypes = types ?? [options.instanceType ?? defaults.instanceType];
  const image: Image = { scope, imageId, osType };
  refuse(where, machineProblems(options, instanceTypes, image));
  return {
    instanceType: instanceTypes[0],
    machineImage: { getImage: () => ({ imageId, osType, userData }) },
    userData: options.userData ?? userData,
    hopLimit: options.httpPutResponseHopLimit ?? 1,
    credits: instanceTypes.every(type => type.isBurstable()) ? CpuCredits.STANDARD : undefined,
    rootVolume: rootVolume({ ...defaults, ...options }),
  };
}

/** Amazon Linux 2023 for the processor of the instance. */
function latestAmazonLinux(instanceType: InstanceType): IMachineImage {
  const isArm = isConcrete(instanceType.toString()) && instanceType.architecture === InstanceArchitecture.ARM_64;
  return MachineImage.latestAmazonLinux2023({ cpuType: isArm ? AmazonLinuxCpuType.ARM_64 : AmazonLinuxCpuType.X86_64 });
}

/** The encrypted root volume. */
function rootVolume({
  rootDeviceName,
  rootVolumeSize,
  volumeEncryptionKey: kmsKey,
}: typeof LINUX & InstanceOptions): BlockDevice {
  return {
    deviceName: rootDeviceName,
    volume: BlockDeviceVolume.ebs(rootVolumeSize.toGibibytes(), {
      encrypted: true,
      kmsKey,
      volumeType: EbsDeviceVolumeType.GP3,
      deleteOnTermination: true,
    }),
  };
}
