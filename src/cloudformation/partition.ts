import { UNKNOWN_PARTITION, UNKNOWN_REGION, UNKNOWN_URL_SUFFIX } from './symbols';
import { AWS_DOMAINS } from '../base';
import { partitionOfRegion } from '../iam';

/** The partitions of AWS. */
export const KNOWN_PARTITIONS: readonly string[] = [...AWS_DOMAINS.keys()];

/** The partition of a Region. */
export function partitionOf(region: string): string {
  if (region === UNKNOWN_REGION) {
    return UNKNOWN_PARTITION;
  }
  return partitionOfRegion(region);
}

/** The domain of AWS in a partition. */
export function urlSuffixOf(partition: string): string {
  return AWS_DOMAINS.get(partition)?.[0] ?? UNKNOWN_URL_SUFFIX;
}
