import { Aws } from 'aws-cdk-lib';
import { patchingBuckets } from '../iam';
import { isConcrete, Problem } from '../private';

/** What a workload can do with objects of a bucket that is not its own. */
export type AwsOwnedAction = 's3:GetObject' | 's3:PutObject';

/** Objects that a workload reaches, as the policies name them. */
export interface AwsOwnedAccess {
  readonly action: AwsOwnedAction;
  /** ARNs, each with the only wildcard at its end. */
  readonly objectArns: readonly string[];
  /** Whether the buckets belong to the workload's own account, so that nobody else's under the same name will do. */
  readonly ofOwnAccount?: boolean;
}

/** What there is in a Region; or why there is nothing. */
export type AwsOwnedSpec = (region: string) => readonly AwsOwnedAccess[] | AwsOwnedRefusal;

/** Why buckets cannot be reached from a Region, in the words of the error grammar. */
export type AwsOwnedRefusal = Pick<Problem, 'allowed' | 'fix'>;

/** Reads all objects of the buckets; in their names, `<r>` is the Region. */
export function readsIn(...names: readonly string[]): AwsOwnedSpec {
  return () => [{ action: 's3:GetObject', objectArns: names.map(name => objectArn(`${name}/*`)) }];
}

/** Reads a bucket that exists in one Region only: the S3 endpoint of another Region does not lead to it. */
export function readsInOneRegion(home: string, name: string): AwsOwnedSpec {
  const read = readsIn(name);
  return region =>
    region === home
      ? read(region)
      : {
          allowed: `a stack in ${home}, where the bucket ${name} is: the S3 endpoint of another Region does not lead there`,
          fix: 'leave it out, and bring the files in the image or in a data bucket',
        };
}

/**
 * Writes what CloudFormation presigned for the account's own stacks. The name of the second bucket has the Region
 * without hyphens, which no template can make.
 */
export const writesSignals: AwsOwnedSpec = region => [
  {
    action: 's3:PutObject',
    objectArns: [
      'cloudformation-waitcondition-<r>',
      ...(isConcrete(region) ? [`cloudformation-custom-resource-response-${region.replaceAll('-', '')}`] : []),
    ].map(name => objectArn(`${name}/arn:<p>:cloudformation:<r>:<a>:stack/*`)),
  },
];

/** Reads the buckets of Patch Manager. */
export const readsPatches: AwsOwnedSpec = region => {
  const names = isConcrete(region) ? patchingBuckets(region) : undefined;
  return names !== undefined
    ? readsIn(...names.map(name => name.replace(region, '<r>')))(region)
    : {
        allowed:
          'a stack with a concrete Region whose patching buckets are known: their names have an ending of their own in each',
        fix: 'name the Region in env of the stack; where AWS lists a new one, use AwsOwnedBucket.custom',
      };
};

/** The ARN of objects; in their names, `<r>` is the Region, `<a>` the account, `<p>` the partition. */
export function objectArn(objects: string): string {
  const filled = objects
    .replaceAll('<r>', () => Aws.REGION)
    .replaceAll('<a>', () => Aws.ACCOUNT_ID)
    .replaceAll('<p>', () => Aws.PARTITION);
  return `arn:${Aws.PARTITION}:s3:::${filled}`;
}

/** Whether a Region is one of China, as far as it is known. */
export function isInChina(region: string): boolean {
  return isConcrete(region) && region.startsWith('cn-');
}
