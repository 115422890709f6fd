import { ControlSpec, Evidence, listAt, property, resourceAt, standing, Standing } from './control';
import { decidedBy } from './decided-by';
import type { BucketModel, ResolvedResource } from '../../analysis';

const dataOnly = ({ dataBuckets }: Evidence) => dataBuckets;

const allBuckets = ({ dataBuckets, logBuckets }: Evidence) => [...dataBuckets, ...logBuckets];

type BucketCheck = (bucket: BucketModel, resource: ResolvedResource) => readonly [ok: boolean, yes: string, no: string];

/** A control of every bucket of the assembly that the workload has to do with, those for its logs included. */
function each(check: BucketCheck, which: (evidence: Evidence) => readonly BucketModel[] = allBuckets) {
  return (evidence: Evidence): Standing[] =>
    which(evidence).flatMap(bucket => {
      const resource = resourceAt(bucket.where, evidence);
      return resource === undefined ? [] : [standing(...check(bucket, resource), bucket.where)];
    });
}

/** Data buckets and what keeps them. */
export const STORAGE: readonly ControlSpec[] = [
  {
    title: 'Objects are reached through the endpoint only',
    ids: ['SRA', 'FSBP S3.6', 'NIST AC-3, AC-4'],
    check: ({ proof, dataBuckets }) =>
      decidedBy(
        proof,
        [
          'closed[objects-outside-endpoint]',
          'closed[objects-to-others]',
          'closed[lists-outside-endpoint]',
          'closed[access-point-outside-endpoint]',
          'closed[access-point-to-others]',
        ],
        'nobody else reaches an object',
        dataBuckets[0]?.where,
      ),
  },
  {
    title: 'Public access is blocked',
    ids: [
      'FSBP S3.2',
      'FSBP S3.3',
      'FSBP S3.8',
      'CT.S3.PR.1',
      'CIS 2.1.4',
      'AwsSolutions-S2',
      'S3BucketLevelPublicAccessProhibited',
      'NIST AC-3, SC-7',
    ],
    check: each(({ blocksPublicAccess }) => [blocksPublicAccess, 'all four settings', 'not all four settings']),
  },
  {
    title: 'No access control lists',
    ids: ['FSBP S3.12', 'CT.S3.PR.5', 'NIST AC-3, AC-6'],
    check: each((_, resource) => [
      listAt(resource, 'OwnershipControls', 'Rules').some(
        rule => (rule as { readonly ObjectOwnership?: string }).ObjectOwnership === 'BucketOwnerEnforced',
      ),
      'the owner of the bucket owns its objects',
      'lists may be in use',
    ]),
  },
  {
    title: 'TLS only',
    ids: ['FSBP S3.5', 'CT.S3.PR.8', 'CIS 2.1.1', 'AwsSolutions-S10', 'S3BucketSSLRequestsOnly', 'NIST SC-8'],
    check: ({ proof, dataBuckets }) =>
      decidedBy(proof, ['encrypted[transport]'], 'refused without TLS, and below TLS 1.2', dataBuckets[0]?.where),
  },
  {
    title: 'Encrypted with a key of AWS KMS',
    ids: [
      'Security Hub S3.17',
      'CT.S3.PR.10',
      'S3DefaultEncryptionKMS',
      's3_bucket_default_encryption_kms_check',
      'NIST SC-13, SC-28',
    ],
    check: each(({ encryption }) => [
      encryption?.algorithm.startsWith('aws:kms') === true,
      'SSE-KMS by default',
      'SSE-S3 by default',
    ]),
  },
  {
    title: 'No keys of callers (SSE-C), no other keys',
    ids: ['SRA', 'NIST SC-13'],
    check: ({ proof, dataBuckets }) =>
      decidedBy(
        proof,
        ['encrypted[other-keys]'],
        'uploads under another encryption are refused',
        dataBuckets[0]?.where,
      ),
  },
  {
    title: 'Versioned',
    ids: ['CT.S3.PR.11', 'S3BucketVersioningEnabled', 'NIST CP-9'],
    check: each(({ versioned }) => [versioned, 'on', 'off']),
  },
  {
    title: 'Lifecycle of old versions and broken uploads',
    ids: ['FSBP S3.10', 'FSBP S3.13', 'CT.S3.PR.3', 'CT.S3.PR.6', 'NIST CP-9'],
    check: each((_, resource) => [listAt(resource, 'LifecycleConfiguration', 'Rules').length > 0, 'rules', 'no rules']),
  },
  {
    title: 'Access is logged',
    ids: [
      'FSBP S3.9',
      'CT.S3.PR.2',
      'AwsSolutions-S1',
      'S3BucketLoggingEnabled',
      's3_bucket_logging_enabled_check',
      'NIST AU-2, AU-12',
    ],
    check: each((_, resource) => [
      property(resource, 'LoggingConfiguration') !== undefined,
      'server access logs',
      'no server access logs',
    ]),
  },
  {
    title: 'Events are announced',
    ids: ['FSBP S3.11', 'CT.S3.PR.4', 'NIST CA-7, SI-4'],
    check: each((_, resource) => [
      property(resource, 'NotificationConfiguration') !== undefined,
      'to EventBridge',
      'no notifications',
    ]),
  },
  {
    title: 'Replicated',
    ids: ['S3BucketReplicationEnabled', 'NIST CP-9'],
    check: each((_, resource) => [
      property(resource, 'ReplicationConfiguration') !== undefined,
      'replicated',
      'not replicated',
    ]),
  },
  {
    title: 'Object Lock',
    ids: ['CT.S3.PR.9', 's3_bucket_object_lock_enabled_check', 'NIST CP-6(2)'],
    check: each((_, resource) => [property(resource, 'ObjectLockEnabled') === true, 'on', 'off'], dataOnly),
  },
  {
    title: 'Nobody who administers is locked out',
    ids: ['SRA'],
    check: ({ proof, dataBuckets }) =>
      decidedBy(
        proof,
        [
          'not-locked-out[bucket-configuration]',
          'not-locked-out[bucket-lists]',
          'not-locked-out[key-configuration]',
          'not-locked-out[volumes]',
        ],
        'administrators, root and CloudFormation keep their ways in',
        dataBuckets[0]?.where,
      ),
  },
];
