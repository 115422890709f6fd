import { CfnElement, CfnParameter, Size, SizeRoundingBehavior, Stack } from 'aws-cdk-lib';
import { InstanceArchitecture, InstanceType, OperatingSystemType, UserData } from 'aws-cdk-lib/aws-ec2';
import { IRole } from 'aws-cdk-lib/aws-iam';
import { Construct, IConstruct } from 'constructs';
import { InstanceOptions } from './instance-options';
import { Problem, describe, isConcrete, unless, withoutTokens } from '../private';

/** An image, as it was looked up in a scope. */
export interface Image {
  readonly scope: Construct;
  readonly imageId: string;
  readonly osType: OperatingSystemType;
}

const SMALLEST_WINDOWS = Size.gibibytes(30);

/** The root volume of an image. */
export interface ImageVolume {
  readonly gibibytes: number;
  /** Absent: that of Amazon Linux. */
  readonly device?: string;
}

/** The volumes of Linux images that public parameters lead to; those of other images are not known. */
const IMAGE_VOLUMES: ReadonlyArray<readonly [parameter: RegExp, volume: ImageVolume]> = [
  [/^\/aws\/service\/ami-amazon-linux-latest\/(al2023-ami|amzn2-ami)-minimal-/, { gibibytes: 2 }],
  [/^\/aws\/service\/ami-amazon-linux-latest\/(al2023-ami-(kernel|2023)|amzn2-ami-)/, { gibibytes: 8 }],
  [/^\/aws\/service\/ecs\/optimized-ami\//, { gibibytes: 30 }],
  [/^\/aws\/service\/eks\/optimized-ami\//, { gibibytes: 20 }],
  [/^\/aws\/service\/canonical\/ubuntu\//, { gibibytes: 8, device: '/dev/sda1' }],
  [/^\/aws\/service\/suse\//, { gibibytes: 10, device: '/dev/sda1' }],
  [/^\/aws\/service\/debian\//, { gibibytes: 8 }],
];

/** How public parameters and images spell the processors. */
const SPELLINGS: ReadonlyArray<readonly [pattern: RegExp, architecture: InstanceArchitecture]> = [
  [/(^|[^a-z0-9])(arm64|aarch64)([^a-z0-9]|$)/, InstanceArchitecture.ARM_64],
  [/(^|[^a-z0-9])(x86_64|amd64)([^a-z0-9]|$)/, InstanceArchitecture.X86_64],
];

const LARGEST_VOLUME = Size.tebibytes(64);

const MOST_USER_DATA = 16 * 1024;

/**
 * What is wrong with the size of a volume by itself: root volumes are of the type gp3.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVolume.html
 */
export function volumeProblems(prop: string, volume: Size): Problem[] {
  const gibibytes = volume.isUnresolved() ? 8 : volume.toGibibytes({ rounding: SizeRoundingBehavior.NONE });
  return unless(Number.isInteger(gibibytes) && gibibytes >= 1 && gibibytes <= LARGEST_VOLUME.toGibibytes(), {
    prop,
    got: `${gibibytes} GiB`,
    allowed: `whole gibibytes, 1 to ${LARGEST_VOLUME.toGibibytes()}`,
    fix: 'write Size.gibibytes(30), or leave it out',
  });
}

/**
 * What is wrong with user data by itself. Tokens in it count as one character: only the deployment knows their length.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html
 */
export function userDataProblems(prop: string, userData: UserData): Problem[] {
  const bytes = Buffer.byteLength(withoutTokens(userData.render()));
  return unless(bytes <= MOST_USER_DATA, {
    prop,
    got: `user data of ${bytes} bytes`,
    allowed: `${MOST_USER_DATA} bytes at the most`,
    fix: 'put the script into an asset, and fetch it with addS3DownloadCommand and userDataAssets',
  });
}

/** User data grows until the app is synthesized. */
export function validateUserData(machine: IConstruct, userData: UserData): void {
  machine.node.addValidation({
    validate: () => userDataProblems('userData', userData).map(problem => describe(machine, problem)),
  });
}

/**
 * Types of old generations that EC2 does not launch as EBS-optimized: all of a family, or the sizes of it that are not
 * in the list of AWS.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ebs-optimized.html#previous for those that it does launch
 */
const NOT_EBS_OPTIMIZED = [
  /^(t1|t2|cc2|cg1|cr1|hi1|hs1)\./,
  /^(m1\.(small|medium)|m2\.xlarge|m3\.(medium|large)|c1\.medium)$/,
  /^(c3\.(large|8xlarge)|g2\.8xlarge|r3\.(large|8xlarge)|i2\.8xlarge)$/,
];

/**
 * What is wrong with an instance type by itself.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-mac-instances.html
 */
export function typeProblems(prop: string, type: InstanceType): Problem[] {
  const got: string | undefined = type.toString();
  if (got !== undefined && !isConcrete(got)) {
    return [];
  }
  return [
    ...unless(/^(?!undefined)[a-z][a-z0-9-]*\.[a-z0-9-]+$/.test(got ?? ''), {
      prop,
      got,
      allowed: 'a type as EC2 spells it, such as t4g.small',
      fix: "write new InstanceType('t4g.small')",
    }),
    ...unless(!/^mac/.test(got ?? ''), {
      prop,
      got,
      allowed: 'types that run on shared hardware: a Mac needs a dedicated host of its own',
      fix: 'name a type such as t4g.small',
    }),
    ...unless(!NOT_EBS_OPTIMIZED.some(types => types.test(got ?? '')), {
      prop,
      got,
      allowed: 'types that can be EBS-optimized',
      fix: 'name a type of a newer generation, such as t4g.small or t3.small',
    }),
  ];
}

/** An instance profile that holds another role than that of the workload, or may do so. */
export function profileProblems({ instanceProfile }: InstanceOptions, role: IRole | undefined): Problem[] {
  if (instanceProfile === undefined) {
    return [];
  }
  const held = instanceProfile.role;
  const problem = (fix: string) => [
    {
      prop: 'instanceProfile',
      got: instanceProfile,
      allowed:
        role === undefined
          ? 'an instance profile together with its role: a new role is in no profile that exists'
          : `an instance profile that is known to hold the role of the workload, ${role.node.path}`,
      fix,
    },
  ];
  if (held === undefined) {
    return problem('import it by InstanceProfile.fromInstanceProfileAttributes, with its role');
  }
  return role !== undefined && arnOf(held) === arnOf(role) ? [] : problem('name its role as role of the construct');
}

function arnOf(role: IRole): string {
  return JSON.stringify(Stack.of(role).resolve(role.roleArn));
}

/** Whether an image can have an id, as far as it is known. */
export function isImageId(id: string): boolean {
  return !isConcrete(id) || /^(ami-[0-9a-f]+$|resolve:ssm:)/.test(id);
}

/** What does not fit together of image, types, volume and user data. */
export function machineProblems(options: InstanceOptions, types: readonly InstanceType[], image: Image): Problem[] {
  const prop = options.instanceType === undefined ? 'machineImage' : 'instanceType';
  return [
    ...unless(isImageId(image.imageId), {
      prop: 'machineImage',
      got: image.imageId,
      allowed: 'the id of an image, ami-...',
      fix: 'copy the id from the EC2 console, or use MachineImage.latestAmazonLinux2023()',
    }),
    ...(image.osType === OperatingSystemType.WINDOWS ? windowsProblems(options, types) : smallProblems(options, image)),
    ...types
      .filter(type => contradicts(type, image))
      .map(type => ({
        prop,
        got: type.toString(),
        allowed: `types for the processor of the image, ${architectureOf(image)}`,
        fix: 'name a type and an image for the same processor, or leave the image out',
      })),
  ];
}

function windowsProblems({ rootVolumeSize, userData }: InstanceOptions, types: readonly InstanceType[]): Problem[] {
  return [
    ...types
      .filter(type => architecture(type) === InstanceArchitecture.ARM_64)
      .map(type => ({
        prop: 'instanceType',
        got: type.toString(),
        allowed: 'x86_64 types: there is no Windows Server for arm64',
        fix: 'name a type such as t3.medium or m7i.large',
      })),
    ...(rootVolumeSize === undefined ||
    rootVolumeSize.isUnresolved() ||
    rootVolumeSize.toGibibytes() >= SMALLEST_WINDOWS.toGibibytes()
      ? []
      : [
          {
            prop: 'rootVolumeSize',
            got: `${rootVolumeSize.toGibibytes()} GiB`,
            allowed: '30 GiB or more for Windows, the size of its images',
            fix: 'write Size.gibibytes(30)',
          },
        ]),
    ...(userData?.render().startsWith('#!')
      ? [
          {
            prop: 'userData',
            got: 'a shell script',
            allowed: 'user data for Windows',
            fix: 'make it with UserData.forWindows()',
          },
        ]
      : []),
  ];
}

function contradicts(type: InstanceType, image: Image): boolean {
  const [wanted, has] = [architectureOf(image), architecture(type)];
  return wanted !== undefined && has !== undefined && wanted !== has;
}

function architecture(type: InstanceType): InstanceArchitecture | undefined {
  return isConcrete(type.toString()) ? type.architecture : undefined;
}

/** The root volume of a Linux image, where its public parameter tells it. */
export function volumeOf(image: Image): ImageVolume | undefined {
  const name = sourceOf(image);
  return IMAGE_VOLUMES.find(([parameter]) => parameter.test(name))?.[1];
}

/** A volume below that of its image, where that is known. */
function smallProblems({ rootVolumeSize }: InstanceOptions, image: Image): Problem[] {
  const smallest = volumeOf(image)?.gibibytes ?? 1;
  const isUnknown = rootVolumeSize === undefined || rootVolumeSize.isUnresolved();
  return unless(isUnknown || rootVolumeSize.toGibibytes() >= smallest, {
    prop: 'rootVolumeSize',
    got: `${rootVolumeSize?.toGibibytes()} GiB`,
    allowed: `${smallest} GiB or more, the size of the image`,
    fix: `write Size.gibibytes(${smallest}), or leave it out`,
  });
}

/** The processor of an image whose public parameter tells it; an AMI id tells nothing. */
function architectureOf(image: Image): InstanceArchitecture | undefined {
  const name = sourceOf(image);
  return SPELLINGS.find(([pattern]) => pattern.test(name))?.[1];
}

/** The public parameter that leads to an image, or its id. */
function sourceOf({ scope, imageId }: Image): string {
  const stack = Stack.of(scope);
  const { Ref: ref } = stack.resolve({ imageId }).imageId as { Ref?: string };
  const parameter = stack.node.findAll().find(node => isParameter(node) && stack.resolve(node.logicalId) === ref) as
    CfnParameter | undefined;
  return isConcrete(imageId) ? imageId : String(parameter?.default);
}

function isParameter(node: IConstruct): node is CfnParameter {
  return CfnElement.isCfnElement(node) && 'noEcho' in node;
}
