/**
 * The domains of AWS by partition: the one that names of endpoints end with, and that of endpoints with addresses of
 * both families.
 *
 * @see https://docs.aws.amazon.com/general/latest/gr/rande.html
 * @see https://github.com/boto/botocore/blob/develop/botocore/data/partitions.json
 */
export const AWS_DOMAINS: ReadonlyMap<string, readonly [suffix: string, dualStack: string]> = new Map([
  ['aws', ['amazonaws.com', 'api.aws']],
  ['aws-cn', ['amazonaws.com.cn', 'api.amazonwebservices.com.cn']],
  ['aws-us-gov', ['amazonaws.com', 'api.aws']],
  ['aws-iso', ['c2s.ic.gov', 'api.aws.ic.gov']],
  ['aws-iso-b', ['sc2s.sgov.gov', 'api.aws.scloud']],
  ['aws-iso-e', ['cloud.adc-e.uk', 'api.cloud-aws.adc-e.uk']],
  ['aws-iso-f', ['csp.hci.ic.gov', 'api.aws.hci.ic.gov']],
  ['aws-eusc', ['amazonaws.eu', 'api.amazonwebservices.eu']],
]);
