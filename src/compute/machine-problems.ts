import { CfnElement, CfnParameter, Size, Stack } from 'aws-cdk-lib';
import { InstanceArchitecture, InstanceType, OperatingSystemType } from 'aws-cdk-lib/aws-ec2';
import { IRole } from 'aws-cdk-lib/aws-iam';
import { Construct, IConstruct } from 'constructs';
import { InstanceOptions } from './instance-options';
import { isConcrete, Problem } from '../private';

/** An image, as it was looked up in a scope. */
export interface Image {
  readonly scope: Construct;
  readonly imageId: string;
  readonly osType: OperatingSystemType;
}

const SMALLEST_WINDOWS = Size.gibibytes(30);

/** How public parameters and images spell the processors. */
const SPELLINGS: ReadonlyArray<readonly [pattern: RegExp, architecture: InstanceArchitecture]> = [
  [/(^|[^a-z0-9])(arm64|aarch64)([^a-z0-9]|$)/, InstanceArchitecture.ARM_64],
  [/(^|[^a-z0-9])(x86_64|amd64)([^a-z0-9]|$)/, InstanceArchitecture.X86_64],
];

/** What is wrong with the hop limit. */
export function hopLimitProblems({ httpPutResponseHopLimit: limit }: InstanceOptions): Problem[] {
  return limit === undefined || limit === 1 || limit === 2
    ? []
    : [
        {
          prop: 'httpPutResponseHopLimit',
          got: limit,
          allowed: '1, or 2 where containers need the credentials of the role: with more they can leave the instance',
          fix: 'leave it out, or use Compute.container()',
        },
      ];
}

/** An instance profile that holds another role than that of the workload, or may do so. */
export function profileProblems({ instanceProfile }: InstanceOptions, role: IRole): Problem[] {
  if (instanceProfile === undefined) {
    return [];
  }
  const held = instanceProfile.role;
  const problem = (fix: string) => [
    {
      prop: 'instanceProfile',
      got: instanceProfile,
      allowed: `an instance profile that is known to hold the role of the workload, ${role.node.path}`,
      fix,
    },
  ];
  if (held === undefined) {
    return problem('import it by InstanceProfile.fromInstanceProfileAttributes, with its role');
  }
  return arnOf(held) === arnOf(role) ? [] : problem('name its role as role of the construct');
}

function arnOf(role: IRole): string {
  return JSON.stringify(Stack.of(role).resolve(role.roleArn));
}

/** What does not fit together of image, types, volume and user data. */
export function machineProblems(options: InstanceOptions, types: readonly InstanceType[], image: Image): Problem[] {
  const prop = options.instanceType === undefined ? 'machineImage' : 'instanceType';
  return [
    ...(image.osType === OperatingSystemType.WINDOWS ? windowsProblems(options, types) : []),
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

/** The processor of an image whose public parameter tells it; an AMI id tells nothing. */
function architectureOf({ scope, imageId }: Image): InstanceArchitecture | undefined {
  const stack = Stack.of(scope);
  const { Ref: ref } = stack.resolve({ imageId }).imageId as { Ref?: string };
  const parameter = stack.node.findAll().find(node => isParameter(node) && stack.resolve(node.logicalId) === ref) as
    CfnParameter | undefined;
  const name = isConcrete(imageId) ? imageId : String(parameter?.default);
  return SPELLINGS.find(([pattern]) => pattern.test(name))?.[1];
}

function isParameter(node: IConstruct): node is CfnParameter {
  return CfnElement.isCfnElement(node) && 'noEcho' in node;
}
