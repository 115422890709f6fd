import { UNKNOWN_PARTITION, UNKNOWN_REGION, UNKNOWN_URL_SUFFIX } from './symbols';
import { partitionOfRegion } from '../iam';

const URL_SUFFIXES: Readonly<Record<string, string>> = {
  aws: 'amazonaws.com',
  'aws-cn': 'amazonaws.com.cn',
  'aws-us-gov': 'amazonaws.com',
  'aws-iso': 'c2s.ic.gov',
  'aws-iso-b': 'sc2s.sgov.gov',
  'aws-iso-e': 'cloud.adc-e.uk',
  'aws-iso-f': 'csp.hci.ic.gov',
  'aws-eusc': 'amazonaws.eu',
};

/** The partitions of AWS. */
export const KNOWN_PARTITIONS: readonly string[] = Object.keys(URL_SUFFIXES);

/** The partition of a Region. */
export function partitionOf(region: string): string {
  if (region === UNKNOWN_REGION) {
    return UNKNOWN_PARTITION;
  }
  return partitionOfRegion(region);
}

/** The domain of AWS in a partition. */
export function urlSuffixOf(partition: string): string {
  return URL_SUFFIXES[partition] ?? UNKNOWN_URL_SUFFIX;
}
