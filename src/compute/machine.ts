import { App, CfnElement, Size, Stack } from 'aws-cdk-lib';
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
import { Construct, IConstruct } from 'constructs';
import { InstanceOptions } from './instance-options';
import { Image, isImageId, machineProblems, volumeOf } from './machine-problems';
import { Problem, isConcrete } from '../private';

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
 * @param types the types that instances can have instead of the one of the options
 */
export function machineOf(scope: Construct, options: InstanceOptions, types?: readonly InstanceType[]): Machine {
  const { imageId, osType, userData } = imageFor(options, types).getImage(scope);
  const { defaults, instanceTypes } = forSystem(osType, options, types);
  const root = { ...defaults, ...rootOf({ scope, imageId, osType }, defaults) };
  return {
    instanceType: instanceTypes[0],
    machineImage: { getImage: () => ({ imageId, osType, userData }) },
    userData: options.userData ?? userData,
    hopLimit: options.httpPutResponseHopLimit ?? 1,
    credits: instanceTypes.every(type => type.isBurstable()) ? CpuCredits.STANDARD : undefined,
    rootVolume: rootVolume({ ...root, ...known(options) }),
  };
}

/**
 * What is wrong with the machine that options ask for in a stack, before anything is made there: its image is looked
 * up in one that is thrown away.
 */
export function machineProblemsIn(
  { account, region }: Stack,
  options: InstanceOptions,
  types?: readonly InstanceType[],
): Problem[] {
  if (options.machineImage === undefined && options.rootVolumeSize === undefined) {
    return [];
  }
  const env = { account: isConcrete(account) ? account : undefined, region: isConcrete(region) ? region : undefined };
  const scope = new Stack(new App({ autoSynth: false, analyticsReporting: false, treeMetadata: false }), 'Image', {
    env,
  });
  const image = lookedUp(scope, imageFor(options, types));
  return typeof image === 'string'
    ? [
        {
          prop: 'machineImage',
          got: image,
          allowed: 'an image that is known in the Region of the stack',
          fix: 'name the image of this Region, such as MachineImage.latestAmazonLinux2023()',
        },
      ]
    : machineProblems(options, forSystem(image.osType, options, types).instanceTypes, image);
}

/** The image, or why there is none. */
function lookedUp(scope: Construct, image: IMachineImage): Image | string {
  try {
    const { imageId, osType } = image.getImage(scope);
    const [broken] = mappedIds(scope).filter(id => !isImageId(id));
    return typeof imageId === 'string' ? { scope, imageId: broken ?? imageId, osType } : 'an image without an id';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Where the Region is not known, the images of a map become a mapping of the template: one without Regions leads to no image. */
function mappedIds({ node }: Construct): string[] {
  return node.children.filter(isMapping).flatMap(({ mapping }) => {
    const ids = Object.values(mapping).flatMap(({ ami }) => ami ?? []);
    return ids.length === 0 ? [''] : ids;
  });
}

function isMapping(node: IConstruct): node is IConstruct & { readonly mapping: Record<string, { ami?: string }> } {
  return CfnElement.isCfnElement(node) && 'mapping' in node;
}

function imageFor({ machineImage, instanceType }: InstanceOptions, types?: readonly InstanceType[]): IMachineImage {
  return machineImage ?? latestAmazonLinux(types?.[0] ?? instanceType ?? LINUX.instanceType);
}

function forSystem(osType: OperatingSystemType, { instanceType }: InstanceOptions, types?: readonly InstanceType[]) {
  const defaults = osType === OperatingSystemType.WINDOWS ? WINDOWS : LINUX;
  return { defaults, instanceTypes: types ?? [instanceType ?? defaults.instanceType] };
}

/** What the image has in the place of the defaults: not below its size, and its own root device. */
function rootOf(image: Image, { rootDeviceName, rootVolumeSize }: typeof LINUX): Partial<typeof LINUX> {
  const { gibibytes, device } = (image.osType === OperatingSystemType.WINDOWS ? undefined : volumeOf(image)) ?? {
    gibibytes: 0,
  };
  return {
    rootDeviceName: device ?? rootDeviceName,
    rootVolumeSize: Size.gibibytes(Math.max(gibibytes, rootVolumeSize.toGibibytes())),
  };
}

/** The options of the root volume that are given. */
function known({
  rootDeviceName,
  rootVolumeSize,
  volumeEncryptionKey,
}: InstanceOptions): Partial<typeof LINUX & InstanceOptions> {
  return {
    ...(rootDeviceName === undefined ? {} : { rootDeviceName }),
    ...(rootVolumeSize === undefined ? {} : { rootVolumeSize }),
    volumeEncryptionKey,
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
