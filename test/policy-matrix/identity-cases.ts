import type { Case } from './cases';
import {
  LISTS,
  LOOT,
  NETWORK,
  NO_GRANT,
  NO_KEY_GRANT,
  NO_PASSAGE,
  OTHERS,
  OUTSIDE_INSTANCE,
  OUTSIDE_VPC,
  PLAIN_TEXT,
  SSE,
  VERSIONS,
  casesIn,
  inBucket,
  kms,
  object,
} from './option-case';
import type { WorldName } from './worlds';

const bare = casesIn('bare role');
const bounded = casesIn('bounded role');
const unbound = casesIn('unbound');
const permissionSet = casesIn('exempt permission set');
const organization = casesIn('organization');
const units = casesIn('organizational units');
const accounts = casesIn('accounts');

const NO_BOUNDARY = 'no statement of the permissions boundary';
const as = (roleArn: string) => object('GetObject', undefined, undefined, { 'aws:PrincipalArn': roleArn });
const ROLES = 'arn:aws:iam::111122223333:role';
const SETS = 'aws-reserved/sso.amazonaws.com';

/** A role that exists has what a new one has, from its policies or from those that its owner attaches. */
const EXISTING_ROLES: Case[] = [
  ...(['own role', 'imported role'] satisfies WorldName[])
    .map(casesIn)
    .flatMap(ask => [
      ask('workload', 'instance', object('PutObject'), 'allowed'),
      ask('workload', 'service', kms('Decrypt'), 'allowed'),
      ask('workload', 'internet', kms('Decrypt'), NO_KEY_GRANT),
      ask('workload', 'neighbour', object('PutObject'), OUTSIDE_INSTANCE),
      ask('workload', 'internet', inBucket('GetBucketLocation'), OUTSIDE_VPC),
      ask('workload', 'internet', object('GetObject'), NETWORK),
      ask('workload', 'instance', object('DeleteObjectVersion'), NO_PASSAGE),
      ask('workload', 'instance', LOOT, NO_PASSAGE),
      ask('admin', 'instance', object('GetObject'), OTHERS),
    ]),
  bare('workload', 'instance', object('GetObject'), NO_GRANT),
  bare('workload', 'instance', inBucket('ListBucket'), NO_GRANT),
  bare('workload', 'service', kms('Decrypt'), NO_GRANT),
  bounded('workload', 'instance', object('GetObject'), 'allowed'),
  bounded('workload', 'instance', inBucket('ListBucket'), 'allowed'),
  bounded('workload', 'instance', object('PutObject'), NO_BOUNDARY),
  bounded('workload', 'instance', object('DeleteObject'), NO_BOUNDARY),
  bounded('workload', 'service', kms('GenerateDataKey'), NO_BOUNDARY),
  bounded('workload', 'neighbour', object('GetObject'), OUTSIDE_INSTANCE),
];

/** Without credential binding the whole VPC can use the credentials, through the endpoint, and nobody outside. */
const UNBOUND: Case[] = [
  unbound('workload', 'instance', object('GetObject'), 'allowed'),
  unbound('workload', 'neighbour', object('GetObject'), 'allowed'),
  unbound('workload', 'internet', object('GetObject'), NETWORK),
  unbound('workload', 'other vpc', object('GetObject'), NETWORK),
  unbound('workload', 'other endpoint', object('PutObject'), NETWORK),
  unbound('workload', 'internet', inBucket('GetBucketLocation'), NO_GRANT),
  unbound('workload', 'other vpc', inBucket('GetBucketLocation'), NO_GRANT),
  unbound('workload', 'neighbour', LOOT, NO_PASSAGE),
  unbound('admin', 'neighbour', object('GetObject'), OTHERS),
];

/** An exempt role is exact, with its path; TLS and encryption are asked of it too, and everybody else stays out. */
const EXEMPT_ROLES: Case[] = (['exempt role', 'exempt role ARN'] satisfies WorldName[])
  .map(casesIn)
  .flatMap(ask => [
    ask('deployer', 'internet', object('GetObject'), 'allowed'),
    ask('deployer', 'internet', inBucket('ListBucketVersions'), 'allowed'),
    ask('deployer', 'service', kms('Decrypt'), 'allowed'),
    ask('deployer', 'internet', kms('Decrypt'), NO_KEY_GRANT),
    ask('deployer', 'internet', object('GetObject', undefined, undefined, PLAIN_TEXT), 'statement DenyWithoutTls'),
    ask(
      'deployer',
      'internet',
      object('PutObject', undefined, undefined, { [SSE]: 'AES256' }),
      'statement DenyOtherEncryption',
    ),
    ask('deployer', 'internet', as(`${ROLES}/Deployer`), NETWORK),
    ask('deployer', 'internet', as(`${ROLES}/deploy/Deployer2`), NETWORK),
    ask('deployer', 'internet', as('arn:aws:iam::444455556666:role/deploy/Deployer'), NETWORK),
    ask('break glass', 'internet', object('GetObject'), NETWORK),
    ask('admin', 'internet', object('GetObject'), NETWORK),
    ask('admin', 'service', kms('Decrypt'), NO_KEY_GRANT),
    ask('workload', 'internet', object('GetObject'), NETWORK),
  ]);

/** A permission set, and those whose name begins with it and an underscore, of this account. */
const EXEMPT_PERMISSION_SETS: Case[] = [
  permissionSet('break glass', 'internet', object('GetObject'), 'allowed'),
  permissionSet('break glass', 'service', kms('Decrypt'), 'allowed'),
  permissionSet(
    'break glass',
    'internet',
    as(`${ROLES}/${SETS}/AWSReservedSSO_BreakGlass_0123456789abcdef`),
    'allowed',
  ),
  permissionSet(
    'break glass',
    'internet',
    as(`${ROLES}/${SETS}/eu-west-1/AWSReservedSSO_BreakGlass_Audit_0123456789abcdef`),
    'allowed',
  ),
  permissionSet(
    'break glass',
    'internet',
    as(`${ROLES}/${SETS}/eu-west-1/AWSReservedSSO_BreakGlasses_0123456789abcdef`),
    NETWORK,
  ),
  permissionSet(
    'break glass',
    'internet',
    as(`arn:aws:iam::444455556666:role/${SETS}/AWSReservedSSO_BreakGlass_0123456789abcdef`),
    NETWORK,
  ),
  permissionSet(
    'break glass',
    'internet',
    object('GetObject', undefined, undefined, PLAIN_TEXT),
    'statement DenyWithoutTls',
  ),
  permissionSet('break glass', 'internet', kms('Decrypt'), NO_KEY_GRANT),
  permissionSet('impostor', 'internet', object('GetObject'), NETWORK),
  permissionSet('impostor', 'internet', inBucket('ListBucket'), LISTS),
  permissionSet('impostor', 'internet', inBucket('ListBucketVersions'), VERSIONS),
  permissionSet('impostor', 'service', kms('Decrypt'), NO_KEY_GRANT),
  permissionSet('deployer', 'internet', object('GetObject'), NETWORK),
];

const unit = (path: string) => ({ 'aws:PrincipalOrgPaths': [path] });
const elsewhere = { 'aws:PrincipalOrgID': 'o-zzzz999999' };
const nowhere = { 'aws:PrincipalOrgID': [], 'aws:PrincipalOrgPaths': [] };

/**
 * Principals and buckets are of the organization, of its units and of the accounts, whoever is exempt from the
 * network.
 */
const ORGANIZATION: Case[] = [
  organization('workload', 'instance', object('GetObject'), 'allowed'),
  organization('deployer', 'internet', object('GetObject'), 'allowed'),
  organization(
    'deployer',
    'internet',
    object('GetObject', undefined, undefined, unit('o-a1b2c3d4e5/r-ab12/ou-ab12-22222222/')),
    'allowed',
  ),
  organization(
    'deployer',
    'internet',
    object('GetObject', undefined, undefined, elsewhere),
    'statement DenyOutsideOrganization of the bucket policy',
  ),
  organization(
    'deployer',
    'internet',
    object('GetObject', undefined, undefined, nowhere),
    'statement DenyOutsideOrganization of the bucket policy',
  ),
  organization('deployer', 'service', kms('Decrypt', undefined, elsewhere), NO_KEY_GRANT),
  organization('workload', 'service', kms('Decrypt', undefined, elsewhere), NO_KEY_GRANT),
  organization('workload', 'instance', inBucket('ListBucket', undefined, elsewhere), NO_PASSAGE),
  organization(
    'workload',
    'instance',
    inBucket('ListBucket', undefined, { 'aws:ResourceOrgID': 'o-zzzz999999' }),
    NO_PASSAGE,
  ),
  organization(
    'workload',
    'instance',
    object('PutObject', undefined, undefined, { 'aws:ResourceOrgID': [] }),
    NO_PASSAGE,
  ),
  units('workload', 'instance', object('GetObject'), 'allowed'),
  units(
    'deployer',
    'internet',
    object('GetObject', undefined, undefined, unit('o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/ou-ab12-33333333/')),
    'allowed',
  ),
  ...['o-a1b2c3d4e5/r-ab12/', 'o-a1b2c3d4e5/r-ab12/ou-ab12-22222222/', 'o-a1b2c3d4e5/r-ab12/ou-ab12-111111119/'].map(
    path =>
      units(
        'deployer',
        'internet',
        object('GetObject', undefined, undefined, unit(path)),
        'statement DenyOutsideOrganizationalUnits of the bucket policy',
      ),
  ),
  ...[units, accounts].map(ask =>
    ask(
      'deployer',
      'internet',
      object('GetObject', undefined, undefined, elsewhere),
      'statement DenyOutsideOrganization of the bucket policy',
    ),
  ),
  units('deployer', 'service', kms('Decrypt', undefined, unit('o-a1b2c3d4e5/r-ab12/ou-ab12-22222222/')), NO_KEY_GRANT),
  accounts('workload', 'instance', object('GetObject'), 'allowed'),
  accounts(
    'deployer',
    'internet',
    object('GetObject', undefined, undefined, unit('o-a1b2c3d4e5/r-ab12/ou-ab12-22222222/')),
    'allowed',
  ),
  accounts(
    'deployer',
    'internet',
    object('GetObject', undefined, undefined, { 'aws:PrincipalAccount': '444455556666' }),
    'statement DenyOutsideAccounts of the bucket policy',
  ),
  accounts(
    'deployer',
    'internet',
    object('PutObject', undefined, undefined, { 'aws:PrincipalAccount': [] }),
    'statement DenyOutsideAccounts of the bucket policy',
  ),
];

export const IDENTITY_CASES: Readonly<Record<string, Case[]>> = {
  'roles that exist': EXISTING_ROLES,
  'credentials that are not bound': UNBOUND,
  'exempt roles': EXEMPT_ROLES,
  'exempt permission sets': EXEMPT_PERMISSION_SETS,
  'the organization, its units and accounts': ORGANIZATION,
};
