/**
 * Ranges in which S3 has its public addresses, in all Regions and partitions; the prefix list of a Region has parts of
 * them. They are wider than what AWS publishes, since that changes: the 256 addresses of a /24 come and go within
 * hours. What S3 answers at for Multi-Region Access Points, and single ranges of 16 addresses that are in no prefix
 * list, are left out: no gateway endpoint leads there.
 *
 * Compared with two copies of AWS's list: of 2026-02-06 for the commercial Regions, AWS GovCloud (US) and the European
 * Sovereign Cloud (github.com/chriselsen/s3-only-pubvif, data/s3-prefixes.json at 160fad4), and of the same winter for
 * China (github.com/disposable/cloud-ip-ranges, csv/aws-details.csv at fc6a01e).
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/aws-ip-ranges.html
 * @see https://ip-ranges.amazonaws.com/ip-ranges.json
 */
export const S3_RANGES: readonly string[] = [
  ...['1.178.0.0/17', '3.2.64.0/20', '3.5.0.0/16', '16.12.0.0/16', '16.15.0.0/16', '16.182.0.0/16', '18.34.0.0/16'],
  ...['52.92.0.0/16', '52.95.128.0/18', '52.216.0.0/14', '54.231.0.0/16'],
  // AWS GovCloud (US), European Sovereign Cloud
  ...['108.175.48.0/20', '136.18.0.0/23', '83.118.240.0/21'],
  // China
  ...['52.82.164.0/22', '52.82.184.0/23', '52.82.188.0/22', '54.222.48.0/21', '54.222.96.0/21', '54.222.112.0/20'],
  ...['2001:3fc0::/28', '2406:da00::/24', '240f:8000::/24', '2600:1f00::/24', '2600:f0f0::/30', '2a05:d000::/25'],
];

/** The least specific prefix in a prefix list of S3: a route that is less specific does not take its place. */
export const SHORTEST_OF_S3 = { 4: 15, 6: 36 } as const;

/** Of DynamoDB, the other service with gateway endpoints: some of its addresses stand for all of them. */
export const DYNAMODB_RANGES: readonly string[] = ['52.94.0.0/16'];
