import { BucketInput, ProofInput } from '../../proof-input';

/** The data buckets: what comes through an access point, the policy of its bucket refuses as well. */
export function dataBuckets({ buckets }: ProofInput): readonly BucketInput[] {
  return buckets.filter(({ accessPointOf }) => accessPointOf === undefined);
}

/** The context keys that ask for an encryption. */
export const ENCRYPTION_KEYS = ['', '-aws-kms-key-id', '-customer-algorithm'].map(
  suffix => `s3:x-amz-server-side-encryption${suffix}`,
);
