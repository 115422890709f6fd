import { AWS_OWNED } from './aws-owned-cases';
import {
  FOREIGN_KEY,
  LISTS,
  NETWORK,
  NO_GRANT,
  NO_PASSAGE,
  OTHERS,
  SSE,
  SSE_C,
  SSE_KEY,
  VERSIONS,
} from './option-case';
import { OPTION_CASES } from './option-cases';
import type { What, Where, Who } from './world';
import type { WorldName } from './worlds';

/** One case: who, from where, what, and what comes of it. */
export interface Case {
  readonly who: Who;
  readonly where: Where;
  readonly what: What;
  /** `allowed`, or the words of the reason why it is denied. */
  readonly expect: string;
  /** The rule or the trap of `docs/policy-rules.md` that the case covers. */
  readonly covers?: string;
  /** The stack that the request is made against; the plain one unless it is said otherwise. */
  readonly world?: WorldName;
}

const user = (action: string, context?: What['context']): What => ({
  action: `s3:${action}`,
  bucket: 'UserData',
  key: 'a/b.csv',
  context,
});
const userBucket = (action: string, context?: What['context']): What => ({
  action: `s3:${action}`,
  bucket: 'UserData',
  context,
});
const dataset = (action: string, key: string): What => ({ action: `s3:${action}`, bucket: 'Datasets', key });
const datasetBucket = (action: string, context?: What['context']): What => ({
  action: `s3:${action}`,
  bucket: 'Datasets',
  context,
});
const upload = (action: string, key = 'in/a.csv'): What => ({ action: `s3:${action}`, bucket: 'Uploads', key });
const uploadBucket = (action: string): What => ({ action: `s3:${action}`, bucket: 'Uploads' });
const key = (action: string, context?: What['context']): What => ({ action: `kms:${action}`, context });

/** The path that is meant to be open. */
export const OPEN: Case[] = [
  ...[
    'GetObject',
    'GetObjectAttributes',
    'GetObjectTagging',
    'PutObject',
    'PutObjectTagging',
    'DeleteObject',
    'AbortMultipartUpload',
    'ListMultipartUploadParts',
  ].map((action): Case => ({ who: 'workload', where: 'instance', what: user(action), expect: 'allowed' })),
  ...['ListBucket', 'GetBucketLocation', 'ListBucketMultipartUploads'].map((action): Case => ({
    who: 'workload',
    where: 'instance',
    what: userBucket(action),
    expect: 'allowed',
  })),
  { who: 'workload', where: 'instance', what: dataset('GetObject', 'datasets/2026/a.csv'), expect: 'allowed' },
  {
    who: 'workload',
    where: 'instance',
    what: datasetBucket('ListBucket', { 's3:prefix': 'datasets/2026/' }),
    expect: 'allowed',
  },
  { who: 'workload', where: 'instance', what: datasetBucket('GetBucketLocation'), expect: 'allowed' },
  { who: 'workload', where: 'instance', what: upload('PutObject'), expect: 'allowed' },
  { who: 'workload', where: 'instance', what: upload('AbortMultipartUpload'), expect: 'allowed' },
  {
    who: 'workload',
    where: 'instance',
    what: user('PutObject', { [SSE]: 'aws:kms', [SSE_KEY]: 'OUR_KEY' }),
    expect: 'allowed',
    covers: 'rule 4e',
  },
  { who: 'workload', where: 'service', what: key('Decrypt'), expect: 'allowed', covers: 'trap 19' },
  { who: 'workload', where: 'service', what: key('GenerateDataKey'), expect: 'allowed', covers: 'trap 19' },
];

/** The role goes no further than its access list. */
export const ROLE: Case[] = [
  {
    who: 'workload',
    where: 'instance',
    what: dataset('GetObject', 'secret/a.csv'),
    expect: NO_PASSAGE,
    covers: 'trap 15d',
  },
  {
    who: 'workload',
    where: 'instance',
    what: dataset('GetObject', 'datasets-private/a.csv'),
    expect: NO_PASSAGE,
    covers: 'trap 15d',
  },
  { who: 'workload', where: 'instance', what: dataset('PutObject', 'datasets/a.csv'), expect: NO_PASSAGE },
  { who: 'workload', where: 'instance', what: dataset('DeleteObject', 'datasets/a.csv'), expect: NO_PASSAGE },
  { who: 'workload', where: 'instance', what: datasetBucket('ListBucket'), expect: NO_GRANT },
  {
    who: 'workload',
    where: 'instance',
    what: datasetBucket('ListBucket', { 's3:prefix': 'secret/' }),
    expect: NO_GRANT,
  },
  { who: 'workload', where: 'instance', what: datasetBucket('ListBucketMultipartUploads'), expect: NO_PASSAGE },
  { who: 'workload', where: 'instance', what: upload('GetObject'), expect: NO_PASSAGE },
  { who: 'workload', where: 'instance', what: upload('DeleteObject'), expect: NO_PASSAGE },
  { who: 'workload', where: 'instance', what: upload('PutObject', 'out/a.csv'), expect: NO_PASSAGE },
  { who: 'workload', where: 'instance', what: uploadBucket('ListBucket'), expect: NO_PASSAGE },
  ...[
    'DeleteObjectVersion',
    'GetObjectVersion',
    'PutObjectAcl',
    'PutObjectRetention',
    'BypassGovernanceRetention',
    'UpdateObjectEncryption',
    'GetObjectVersionForReplication',
  ].map((action): Case => ({
    who: 'workload',
    where: 'instance',
    what: user(action),
    expect: NO_PASSAGE,
    covers: 'rule 1',
  })),
  ...[
    'PutBucketPolicy',
    'DeleteBucketPolicy',
    'PutEncryptionConfiguration',
    'PutBucketPublicAccessBlock',
    'PutLifecycleConfiguration',
    'ListBucketVersions',
  ].map((action): Case => ({
    who: 'workload',
    where: 'instance',
    what: userBucket(action),
    expect: NO_PASSAGE,
    covers: 'rule 1',
  })),
  {
    who: 'workload',
    where: 'internet',
    what: key('Decrypt', { 'kms:CallerAccount': '111122223333' }),
    expect: 'of the key policy',
    covers: 'rule 1',
  },
  {
    who: 'workload',
    where: 'service',
    what: key('CreateGrant'),
    expect: 'denied by statement DenyGrantsExceptForAwsResources',
    covers: 'rule 1',
  },
  { who: 'workload', where: 'service', what: key('ReEncryptFrom'), expect: 'of the key policy', covers: 'rule 1' },
  { who: 'workload', where: 'service', what: key('PutKeyPolicy'), expect: NO_GRANT, covers: 'rule 1' },
];

/** Credentials that leave the instance are useless. */
export const STOLEN: Case[] = [
  {
    who: 'workload',
    where: 'neighbour',
    what: user('GetObject'),
    expect: 'statement DenyCredentialsOutsideInstance',
    covers: 'rule 2',
  },
  { who: 'workload', where: 'other endpoint', what: user('GetObject'), expect: NETWORK, covers: 'trap 15f' },
  { who: 'workload', where: 'other vpc', what: user('GetObject'), expect: NETWORK, covers: 'rule 2' },
  { who: 'workload', where: 'internet', what: user('GetObject'), expect: NETWORK, covers: 'trap 3' },
  { who: 'workload', where: 'internet', what: user('PutObject'), expect: NETWORK, covers: 'trap 30' },
  {
    who: 'workload',
    where: 'internet',
    what: userBucket('GetBucketLocation'),
    expect: 'statement DenyCredentialsOutsideVpc',
    covers: 'trap 4d',
  },
  {
    who: 'workload',
    where: 'other vpc',
    what: userBucket('GetBucketLocation'),
    expect: 'statement DenyCredentialsOutsideVpc',
    covers: 'rule 2',
  },
  {
    who: 'workload',
    where: 'instance',
    what: user('GetObject', {
      'aws:Ec2InstanceSourceVpc': [],
      'aws:Ec2InstanceSourcePrivateIPv4': [],
      'ec2:SourceInstanceARN': [],
    }),
    expect: 'statement DenyCredentialsOutsideVpc',
    covers: 'trap 4d',
  },
  {
    who: 'workload',
    where: 'instance',
    what: user('GetObject', { 'aws:Ec2InstanceSourcePrivateIPv4': '10.9.9.9' }),
    expect: 'statement DenyCredentialsOutsideInstance',
    covers: 'rule 2',
  },
];

/** Nobody else reaches the objects, whatever their own policies allow. */
export const CLOSED: Case[] = [
  ...(
    [
      'admin',
      'root',
      'cloudformation',
      'caller of cloudformation',
      'stackset',
      'stranger',
      'anybody',
      'break glass',
      'deployer',
    ] as const
  ).flatMap(who =>
    ['GetObject', 'PutObject'].map((action): Case => ({
      who,
      where: 'internet',
      what: user(action),
      expect: NETWORK,
      covers: 'traps 1, 3, 6, 15',
    })),
  ),
  ...[
    'GetObjectVersion',
    'GetObjectVersionForReplication',
    'GetObjectAnnotation',
    'PutObjectRetention',
    'DeleteObjectVersion',
    'RestoreObject',
    'ReplicateObject',
  ].map((action): Case => ({
    who: 'admin',
    where: 'internet',
    what: user(action),
    expect: NETWORK,
    covers: 'trap 1b',
  })),
  { who: 'admin', where: 'instance', what: user('GetObject'), expect: OTHERS, covers: 'trap 15f' },
  { who: 'admin', where: 'instance', what: userBucket('ListBucket'), expect: NO_PASSAGE },
  { who: 'stranger', where: 'instance', what: user('GetObject'), expect: OTHERS },
  { who: 'anybody', where: 'instance', what: user('GetObject'), expect: OTHERS, covers: 'trap 15' },
  { who: 'admin', where: 'internet', what: userBucket('ListBucket'), expect: LISTS, covers: 'trap 2' },
  { who: 'anybody', where: 'internet', what: userBucket('ListBucket'), expect: LISTS, covers: 'trap 4c' },
  { who: 'admin', where: 'internet', what: userBucket('ListBucketVersions'), expect: VERSIONS },
  { who: 'cloudformation', where: 'internet', what: userBucket('ListBucketVersions'), expect: VERSIONS },
  { who: 'admin', where: 'internet', what: userBucket('ListBucketMultipartUploads'), expect: VERSIONS },
  {
    who: 'stranger',
    where: 'internet',
    what: userBucket('GetBucketPolicy'),
    expect: 'no statement of the bucket policy',
  },
  { who: 'admin', where: 'service', what: key('Decrypt'), expect: 'of the key policy', covers: 'rule 10' },
  { who: 'admin', where: 'internet', what: key('Decrypt'), expect: 'of the key policy' },
  { who: 'stranger', where: 'service', what: key('Decrypt'), expect: 'of the key policy' },
];

/** Data does not leave through the endpoint. */
export const NO_WAY_OUT: Case[] = [
  {
    who: 'workload',
    where: 'instance',
    what: { action: 's3:PutObject', key: 'loot' },
    expect: NO_PASSAGE,
    covers: 'trap 13',
  },
  {
    who: 'stranger',
    where: 'instance',
    what: { action: 's3:PutObject', key: 'loot' },
    expect: NO_PASSAGE,
    covers: 'trap 15e',
  },
  { who: 'anybody', where: 'instance', what: { action: 's3:PutObject', key: 'loot' }, expect: NO_PASSAGE },
  {
    who: 'workload',
    where: 'instance',
    what: user('PutObject', { 'aws:ResourceAccount': '444455556666' }),
    expect: NO_PASSAGE,
    covers: 'rule 1',
  },
  {
    who: 'workload',
    where: 'instance',
    what: userBucket('ListBucket', { 'aws:ResourceAccount': '444455556666' }),
    expect: NO_PASSAGE,
    covers: 'rule 1',
  },
];

/** Nothing in plain text, nothing under another key. */
export const ENCRYPTED: Case[] = [
  {
    who: 'workload',
    where: 'instance',
    what: user('GetObject', { 'aws:SecureTransport': 'false', 's3:TlsVersion': [] }),
    expect: 'statement DenyWithoutTls',
  },
  {
    who: 'admin',
    where: 'internet',
    what: userBucket('GetBucketPolicy', { 'aws:SecureTransport': 'false', 's3:TlsVersion': [] }),
    expect: 'statement DenyWithoutTls',
  },
  {
    who: 'workload',
    where: 'instance',
    what: user('GetObject', { 's3:TlsVersion': '1.1' }),
    expect: 'statement DenyOldTls',
  },
  {
    who: 'workload',
    where: 'instance',
    what: user('PutObject', { [SSE]: 'AES256' }),
    expect: 'statement DenyOtherEncryption',
    covers: 'trap 15c',
  },
  {
    who: 'workload',
    where: 'instance',
    what: user('PutObject', { [SSE]: 'aws:kms:dsse', [SSE_KEY]: 'OUR_KEY' }),
    expect: 'statement DenyOtherEncryption',
  },
  {
    who: 'workload',
    where: 'instance',
    what: user('PutObject', { [SSE]: 'aws:kms', [SSE_KEY]: FOREIGN_KEY }),
    expect: 'statement DenyOtherKeys',
    covers: 'trap 15c',
  },
  {
    who: 'workload',
    where: 'instance',
    what: user('PutObject', { [SSE]: 'aws:kms' }),
    expect: 'statement DenyKmsWithoutKeyId',
    covers: 'trap 15c',
  },
  {
    who: 'workload',
    where: 'instance',
    what: user('PutObject', { [SSE_C]: 'AES256' }),
    expect: 'statement DenyCustomerProvidedKeys',
  },
];

/** Nobody is locked out of the bucket's or the key's configuration. */
export const NOT_LOCKED_OUT: Case[] = [
  ...(['cloudformation', 'caller of cloudformation', 'stackset'] as const).flatMap(who =>
    [
      'ListBucket',
      'PutBucketPolicy',
      'DeleteBucketPolicy',
      'PutEncryptionConfiguration',
      'PutBucketVersioning',
      'DeleteBucket',
      'PutLifecycleConfiguration',
    ].map((action): Case => ({
      who,
      where: 'internet',
      what: userBucket(action),
      expect: 'allowed',
      covers: 'traps 1, 2',
    })),
  ),
  ...(['admin', 'root'] as const).flatMap(who =>
    ['GetBucketPolicy', 'PutBucketPolicy', 'DeleteBucketPolicy', 'GetEncryptionConfiguration', 'PutBucketLogging'].map(
      (action): Case => ({ who, where: 'internet', what: userBucket(action), expect: 'allowed', covers: 'trap 1' }),
    ),
  ),
  ...(['admin', 'root', 'cloudformation'] as const).flatMap(who =>
    ['DescribeKey', 'PutKeyPolicy', 'EnableKeyRotation', 'ScheduleKeyDeletion', 'CancelKeyDeletion', 'TagResource'].map(
      (action): Case => ({ who, where: 'internet', what: key(action), expect: 'allowed', covers: 'rule 10' }),
    ),
  ),
  {
    who: 'cloudformation',
    where: 'ec2 service',
    what: key('CreateGrant', { 'kms:GrantIsForAWSResource': 'true' }),
    expect: 'allowed',
    covers: 'trap 20',
  },
  {
    who: 'cloudformation',
    where: 'ec2 service',
    what: key('GenerateDataKeyWithoutPlaintext'),
    expect: 'allowed',
    covers: 'trap 20',
  },
  {
    who: 'admin',
    where: 'internet',
    what: key('CreateGrant', { 'kms:GrantIsForAWSResource': 'false' }),
    expect: 'statement DenyGrantsExceptForAwsResources',
  },
];

/** What the options open, and no more. */
export const OPTIONS: Case[] = [
  ...(['break glass', 'deployer'] as const).flatMap(who => [
    ...['GetObject', 'PutObject', 'GetObjectVersion'].map((action): Case => ({
      world: 'full',
      who,
      where: 'internet',
      what: user(action),
      expect: 'allowed',
      covers: 'rule 5',
    })),
    {
      world: 'full',
      who,
      where: 'internet',
      what: userBucket('ListBucket'),
      expect: 'allowed',
      covers: 'rule 5',
    } as const,
    { world: 'full', who, where: 'service', what: key('Decrypt'), expect: 'allowed', covers: 'rule 5' } as const,
    {
      world: 'full',
      who,
      where: 'internet',
      what: user('PutObject', { [SSE]: 'AES256' }),
      expect: 'statement DenyOtherEncryption',
      covers: 'rule 5',
    } as const,
    {
      world: 'full',
      who,
      where: 'internet',
      what: user('GetObject', { 's3:TlsVersion': '1.0' }),
      expect: 'statement DenyOldTls',
      covers: 'rule 5',
    } as const,
  ]),
  { world: 'full', who: 'impostor', where: 'internet', what: user('GetObject'), expect: NETWORK, covers: 'rule 5' },
  { world: 'full', who: 'admin', where: 'internet', what: user('GetObject'), expect: NETWORK },
  { world: 'full', who: 'workload', where: 'instance', what: user('GetObject'), expect: 'allowed' },
  {
    world: 'full',
    who: 'workload',
    where: 'instance',
    what: user('GetObject', { 'aws:PrincipalOrgID': 'o-zzzz999999' }),
    expect: 'statement DenyOutsideOrganization',
    covers: 'trap 4b',
  },
  {
    world: 'full',
    who: 'workload',
    where: 'instance',
    what: user('GetObject', { 'aws:PrincipalOrgID': [], 'aws:PrincipalOrgPaths': [] }),
    expect: 'statement DenyOutsideOrganization',
    covers: 'trap 4b',
  },
  {
    world: 'full',
    who: 'deployer',
    where: 'internet',
    what: user('GetObject', { 'aws:PrincipalOrgPaths': ['o-a1b2c3d4e5/r-ab12/ou-ab12-22222222/'] }),
    expect: 'statement DenyOutsideOrganizationalUnits',
    covers: 'trap 4b',
  },
  {
    world: 'full',
    who: 'deployer',
    where: 'internet',
    what: user('GetObject', { 'aws:PrincipalOrgPaths': [] }),
    expect: 'statement DenyOutsideOrganizationalUnits',
    covers: 'trap 4b',
  },
  {
    world: 'full',
    who: 'deployer',
    where: 'internet',
    what: user('GetObject', { 'aws:PrincipalAccount': '444455556666' }),
    expect: 'statement DenyOutsideAccounts',
  },
  {
    world: 'full',
    who: 'deployer',
    where: 'internet',
    what: userBucket('GetBucketPolicy', { 'aws:PrincipalAccount': '444455556666' }),
    expect: 'allowed',
  },
  {
    world: 'full',
    who: 'deployer',
    where: 'internet',
    what: user('GetObject', { 'aws:PrincipalOrgPaths': ['o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/ou-ab12-33333333/'] }),
    expect: 'allowed',
  },
  {
    world: 'full',
    who: 'workload',
    where: 'instance',
    what: { action: 's3:GetObjectVersion', bucket: 'Models', key: 'models/a' },
    expect: 'allowed',
  },
  {
    world: 'full',
    who: 'workload',
    where: 'instance',
    what: { action: 's3:GetObjectVersion', bucket: 'Models', key: 'other/a' },
    expect: NO_PASSAGE,
  },
];

export const CASES: Readonly<Record<string, Case[]>> = {
  'the path that is meant to be open': OPEN,
  'the role goes no further than its access list': ROLE,
  'credentials that leave the instance are useless': STOLEN,
  'nobody else reaches the objects': CLOSED,
  'data does not leave through the endpoint': NO_WAY_OUT,
  'nothing in plain text, nothing under another key': ENCRYPTED,
  'nobody is locked out': NOT_LOCKED_OUT,
  'what the options open, and no more': OPTIONS,
  'buckets of AWS: their objects, and no more': AWS_OWNED,
  ...OPTION_CASES,
};
