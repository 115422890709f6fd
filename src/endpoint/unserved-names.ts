import { VpcEndpointIpAddressType } from 'aws-cdk-lib/aws-ec2';
import { InterfaceEndpointOptions } from './endpoint-options';
import { S3EndpointMode } from './s3-endpoint-mode';
import { AwsOwnedBucket } from '../access';

/** The repositories that `dnf` asks for by a dual-stack name of S3 only. */
const DUAL_STACK_ONLY = 'AmazonLinux2023Repositories';

/** Where older SDKs and tools ask for the global name of S3, unless they are told to use the regional one. */
const GLOBAL_NAME_REGION = 'us-east-1';

/**
 * What an interface endpoint alone does not serve of what its machines ask for: then they wait for public addresses
 * that no route leads to. A gateway endpoint is for the addresses of S3, whatever the name.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/privatelink-interface-endpoints.html#private-dns
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-s3-regional-us-east-1-endpoint.html
 * @see https://github.com/amazonlinux/amazon-linux-2023/issues/535
 */
export function unservedNames(
  { _interface: options, _makesGateway }: S3EndpointMode,
  region: string,
  buckets: readonly AwsOwnedBucket[],
): string | undefined {
  if (options === undefined || _makesGateway || options.serviceRegion !== undefined) {
    return undefined;
  }
  const unserved = [
    ...buckets.filter(bucket => !serves(options, bucket)).map(({ purpose }) => `the bucket names of ${purpose}`),
    ...(region === GLOBAL_NAME_REGION && servesRegionalNames(options)
      ? ['the global name s3.amazonaws.com, which older SDKs and tools ask for here']
      : []),
  ];
  return unserved.length === 0
    ? undefined
    : `no private DNS name of the interface endpoint is for ${unserved.join(', ')}; use ` +
        'S3EndpointMode.gatewayAndInterface(), whose gateway endpoint serves every name of S3 in the Region';
}

function servesRegionalNames({ privateDnsEnabled = true, fips = false }: InterfaceEndpointOptions): boolean {
  return privateDnsEnabled && !fips;
}

function serves(options: InterfaceEndpointOptions, { purpose }: AwsOwnedBucket): boolean {
  const { ipAddressType = VpcEndpointIpAddressType.IPV4 } = options;
  const hasDualStackNames = ipAddressType !== VpcEndpointIpAddressType.IPV4;
  return servesRegionalNames(options) && (hasDualStackNames || purpose !== DUAL_STACK_ONLY);
}
