import { S3EndpointMode } from './s3-endpoint-mode';
import { Problem, isConcrete, unless } from '../private';

/**
 * The Regions with an endpoint service for the FIPS endpoints of S3.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/privatelink-interface-endpoints.html
 * @see https://aws.amazon.com/about-aws/whats-new/2026/09/amazon-s3-privatelink-fips-endpoints
 */
const REGIONS = [
  ...[
    'ca-central-1',
    'ca-west-1',
    'us-east-1',
    'us-east-2',
    'us-gov-east-1',
    'us-gov-west-1',
    'us-west-1',
    'us-west-2',
  ],
];

/** Where S3 has no FIPS endpoint service. It is none of those that AWS lists for use across Regions. */
export function fipsProblems({ _interface: options }: S3EndpointMode, region: string): Problem[] {
  return options?.fips !== true
    ? []
    : [
        ...unless(!isConcrete(region) || REGIONS.includes(region), {
          prop: 's3Endpoint',
          got: `fips in ${region}`,
          allowed: `${REGIONS.join(', ')}: S3 has FIPS endpoint services there only`,
          fix: 'leave fips out, or deploy to one of these Regions',
        }),
        ...unless(options.serviceRegion === undefined, {
          prop: 's3Endpoint',
          got: `fips with the serviceRegion ${options.serviceRegion}`,
          allowed: 'FIPS endpoints of the own Region: AWS offers none across Regions',
          fix: 'leave fips out, or serviceRegion',
        }),
      ];
}
