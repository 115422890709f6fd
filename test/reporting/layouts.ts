import { Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import {
  BucketAccess,
  Compute,
  DataBucketSource,
  PerimeterExemption,
  PrivateEc2S3Access,
  S3EndpointMode,
} from '../../src';
import { PrivateNetwork } from '../support/parts';

/** What the picture depends on. */
export interface Layout {
  readonly buckets: number;
  readonly azs: number;
  readonly endpoint: 'gateway' | 'interface' | 'both';
  /** How many of the buckets belong to another account. */
  readonly others?: number;
  readonly fleet?: boolean;
  readonly longNames?: boolean;
}

const MODES = {
  gateway: S3EndpointMode.gateway,
  interface: S3EndpointMode.interfaceEndpoint,
  both: S3EndpointMode.gatewayAndInterface,
};

const ACCESSES = [
  () => [BucketAccess.readWrite()],
  () => [BucketAccess.readOnly('datasets/')],
  () => [BucketAccess.writeOnly('out/'), BucketAccess.readOnly('in/')],
];

/** The name of a layout, for tests and files. */
export function layoutName({ buckets, azs, endpoint, others = 0, fleet = false, longNames = false }: Layout): string {
  return [
    `${buckets} buckets`,
    `${azs} AZs`,
    endpoint,
    ...(others > 0 ? [`${others} of others`] : []),
    ...(fleet ? ['fleet'] : []),
    ...(longNames ? ['long names'] : []),
  ].join(', ');
}

/** Defines a workload of a layout. */
export function defineLayout({
  buckets,
  azs,
  endpoint,
  others = 0,
  fleet = false,
  longNames = false,
}: Layout): (stack: Stack) => PrivateEc2S3Access {
  return stack => {
    const idOf = (index: number) =>
      longNames ? `TheDataBucketOfTheVeryLongDepartmentNameNumber${index + 1}` : `Bucket${index + 1}`;
    const access = (index: number) => ACCESSES[index % ACCESSES.length]();
    const own = Array.from(
      { length: buckets - others },
      (_, index) =>
        [
          idOf(index),
          DataBucketSource.create({
            access: access(index),
            ...(longNames
              ? {
                  bucketName: `the-longest-name-of-a-bucket-that-s3-takes-has-63-characters-${String(index).padStart(2, '0')}`,
                }
              : {}),
          }),
        ] as const,
    );
    const foreign = Array.from({ length: others }, (_, index) => {
      const bucket = Bucket.fromBucketAttributes(stack, `Foreign${index}`, {
        bucketArn: `arn:aws:s3:::archive-of-the-organization-${index}`,
        account: `99998888777${index % 2}`,
      });
      return [
        `Archive${index + 1}`,
        DataBucketSource.fromBucket(bucket, { access: [BucketAccess.writeOnly('myapp/')] }),
      ] as const;
    });
    return new PrivateEc2S3Access(stack, 'App', {
      vpc: new PrivateNetwork(stack, 'Network', { maxAzs: azs }).vpc,
      compute: fleet ? Compute.fleet({ minCapacity: 2, maxCapacity: 20 }) : Compute.instance(),
      s3Endpoint: MODES[endpoint](),
      dataBuckets: Object.fromEntries([...own, ...foreign]),
      perimeterExemptions: longNames ? [PerimeterExemption.permissionSet('BreakGlassOfTheDepartment')] : [],
      proveAtSynthesis: false,
    });
  };
}

/** One layout for each thing that the picture can be made of, and the largest. */
export const LAYOUTS: readonly Layout[] = [
  { buckets: 1, azs: 1, endpoint: 'gateway' },
  { buckets: 2, azs: 2, endpoint: 'interface' },
  { buckets: 3, azs: 3, endpoint: 'both', fleet: true },
  { buckets: 5, azs: 2, endpoint: 'gateway', others: 2 },
  { buckets: 1, azs: 1, endpoint: 'both', others: 1 },
  { buckets: 12, azs: 3, endpoint: 'both', fleet: true, longNames: true },
  { buckets: 12, azs: 3, endpoint: 'both', others: 6, fleet: true },
];
