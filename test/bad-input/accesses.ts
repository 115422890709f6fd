import { Aws } from 'aws-cdk-lib';
import { BadInput, line } from './bad-input';
import { BucketAccess, BucketAccessOptions, DataBucketSource } from '../../src';

type Factory = 'readOnly' | 'writeOnly' | 'readWrite';

function prefix(
  name: string,
  value: string,
  problems: readonly [string, string][],
  factory: Factory = 'readOnly',
): BadInput {
  const error = problems.map(([allowed, fix]) =>
    line(`BucketAccess.${factory}`, 'prefix', JSON.stringify(value), allowed, fix),
  );
  return { name: `a prefix ${name}`, act: () => BucketAccess[factory](value), error };
}

function action(name: string, value: string, error: RegExp, limit?: string): BadInput {
  return { name, act: () => BucketAccess.of([value], limit), error: [error] };
}

function never(value: string, reason: string): BadInput {
  const error = line(
    'BucketAccess.of',
    'actions',
    JSON.stringify(value),
    `actions of a workload, not this one: ${reason}`,
    'leave it to whoever administers the bucket',
  );
  return { name: `the action ${value}`, act: () => BucketAccess.of([value]), error: [error] };
}

function misspelt(name: string, value: string, right: string): BadInput {
  const allowed = 'actions as IAM spells them';
  const error = line('BucketAccess.of', 'actions', JSON.stringify(value), allowed, `write ${right}`);
  return { name, act: () => BucketAccess.of([value]), error: [error] };
}

function operation(value: string, right: string): BadInput {
  const allowed = 'actions of IAM, and this is an operation of the S3 API';
  const error = line('BucketAccess.of', 'actions', JSON.stringify(value), allowed, `write ${right}`);
  return { name: `the operation ${value}`, act: () => BucketAccess.of([value]), error: [error] };
}

function useless(
  factory: Factory,
  limit: string | undefined,
  options: BucketAccessOptions,
  allowed: string,
  fix = 'leave it out',
): BadInput {
  const [name] = Object.keys(options);
  const error = line(`BucketAccess.${factory}`, `options.${name}`, 'true', allowed, fix);
  return {
    name: `${name} of ${factory} ${limit ?? 'without a prefix'}`,
    act: () => BucketAccess[factory](limit, options),
    error: [error],
  };
}

const OPTIONS: readonly BadInput[] = [
  ...[undefined, 'in/'].map(limit =>
    useless(
      'readOnly',
      limit,
      { tagObjects: true },
      'writeOnly: readWrite tags objects already, and readOnly writes nothing',
    ),
  ),
  useless(
    'readWrite',
    'in/',
    { tagObjects: true },
    'writeOnly: readWrite tags objects already, and readOnly writes nothing',
  ),
  useless('readOnly', 'in/', { bucketOwnerFullControl: true }, 'an access that uploads: writeOnly or readWrite'),
  useless(
    'readWrite',
    undefined,
    { listAllUploads: true },
    'an access that does not list the uploads of the whole bucket already',
  ),
  ...(['readOnly', 'readWrite'] as const).map(factory =>
    useless(factory, undefined, { listWholeBucket: true }, 'an access that does not list the whole bucket already'),
  ),
  ...(
    [
      ['readOnly', undefined],
      ['readWrite', undefined],
      ['writeOnly', 'in/'],
    ] as const
  ).map(([factory, limit]) =>
    useless(
      factory,
      limit,
      { prefixRoot: true },
      'an access with a prefix that reads: readOnly or readWrite',
      'name the prefix, or leave it out',
    ),
  ),
  {
    name: 'an option of an access that is misspelt',
    act: () => BucketAccess.readOnly('in/', { root: true } as BucketAccessOptions),
    error: [
      /^BucketAccess\.readOnly: options\.root: got true, allowed: the options .*prefixRoot.*, fix: check the spelling/,
    ],
  },
  {
    name: 'an option of an access that is a text',
    act: () => BucketAccess.readOnly('in/', { prefixRoot: 'yes' } as never),
    error: [/^BucketAccess\.readOnly: options\.prefixRoot: got "yes", allowed: true or false, fix: /],
  },
  {
    name: 'options of an access in the place of the prefix',
    act: () => BucketAccess.readOnly({ prefixRoot: true } as never),
    error: [
      /^BucketAccess\.readOnly: prefix: got \{ prefixRoot: true \}, allowed: a key prefix that ends with \/, fix: /,
    ],
  },
  {
    name: 'an ACL for a new bucket',
    act: () => DataBucketSource.create({ access: [BucketAccess.writeOnly('in/', { bucketOwnerFullControl: true })] }),
    error: [
      line(
        'DataBucketSource.create',
        'access',
        '"bucketOwnerFullControl"',
        'accesses without it: ACLs are disabled on a new bucket, whose owner owns every object',
        'leave the option out',
      ),
    ],
  },
];

const WILDCARDS: [string, string] = [
  'none of $ * ?, which IAM would read as a variable or a wildcard',
  'name one prefix for each access',
];
const NOT_EMPTY: [string, string] = ['a key prefix that ends with /', 'leave it out to grant the whole bucket'];
const slash = (fixed: string): [string, string] => [
  'a prefix that ends with /, or data would also open database/',
  `write "${fixed}"`,
];
const leading = (fixed: string): [string, string] => [
  'no leading slash: S3 keys do not begin with one',
  `write "${fixed}"`,
];

const NEVER: readonly BadInput[] = [
  never('s3:ListAllMyBuckets', 'it lists every bucket of the account'),
  ...[
    's3:PutBucketPolicy',
    's3:DeleteBucket',
    's3:DeleteBucketPolicy',
    's3:PutBucketPublicAccessBlock',
    's3:CreateBucket',
  ].map(value => never(value, 'it changes the bucket, its policy or its protection')),
  ...['s3:DeleteObjectVersion', 's3:DeleteObjectVersionTagging'].map(value =>
    never(value, 'it destroys what versioning keeps'),
  ),
  {
    name: 'the action s3:PutObjectAcl',
    act: () => BucketAccess.of(['s3:PutObjectAcl']),
    error: [
      line(
        'BucketAccess.of',
        'actions',
        '"s3:PutObjectAcl"',
        'actions of a workload, not this one: ACLs are disabled on the bucket, and would open an object to others where they are not',
        'write BucketAccess.writeOnly(prefix, { bucketOwnerFullControl: true }) where the owner of the bucket demands that ACL',
      ),
    ],
  },
  never('s3:PutObjectVersionAcl', 'ACLs are disabled on the bucket'),
  ...['s3:BypassGovernanceRetention', 's3:PutObjectRetention', 's3:PutObjectLegalHold', 's3:GetObjectRetention'].map(
    value => never(value, 'retention and legal hold belong to the data owner'),
  ),
  never('s3:UpdateObjectEncryption', 'it moves objects to another key'),
  ...[
    's3:ReplicateObject',
    's3:ReplicateDelete',
    's3:InitiateReplication',
    's3:ObjectOwnerOverrideToBucketOwner',
    's3:GetObjectVersionForReplication',
  ].map(value => never(value, 'replication belongs to the S3 service')),
];

const UNKNOWN =
  /^BucketAccess\.of: actions: got ".*", allowed: s3:GetBucketLocation, .*s3:GetObject, .*, fix: check the spelling/;
const NOT_GRANTABLE =
  /^BucketAccess\.of: actions: got "s3:\w+", allowed: actions of a workload, and this one is none: s3:GetBucketLocation, .*, fix: leave it to whoever administers the bucket$/;
const NO_WILDCARD =
  /^BucketAccess\.of: actions: got .*, allowed: exact S3 actions without wildcards, fix: list each action by its name/;

const ACTIONS: readonly BadInput[] = [
  {
    name: 'no actions',
    act: () => BucketAccess.of([]),
    error: [
      line(
        'BucketAccess.of',
        'actions',
        'an empty list',
        'one action or more',
        'name the actions, or use readOnly, writeOnly or readWrite',
      ),
    ],
  },
  action('all actions of S3', 's3:*', NO_WILDCARD),
  action('all actions of everything', '*', NO_WILDCARD),
  action('actions with a wildcard at the end', 's3:Get*', NO_WILDCARD),
  action('actions with a wildcard for one letter', 's3:GetObjec?', NO_WILDCARD),
  action('an action that is known at deployment only', Aws.STACK_NAME, NO_WILDCARD),
  action('an action that does not exist', 's3:ReadObject', UNKNOWN),
  misspelt('an action with a misspelt capital', 's3:getObject', 's3:GetObject'),
  misspelt('an action with a misspelt service', 'S3:GetObject', 's3:GetObject'),
  misspelt('an action without its service', 'GetObject', 's3:GetObject'),
  misspelt('an action with a space behind it', 's3:GetObject ', 's3:GetObject'),
  operation('HeadObject', 's3:GetObject'),
  operation('s3:HeadBucket', 's3:ListBucket'),
  operation('ListObjectsV2', 's3:ListBucket'),
  operation('s3:ListObjects', 's3:ListBucket'),
  operation('s3:CopyObject', 's3:PutObject and s3:GetObject'),
  operation('s3:CreateMultipartUpload', 's3:PutObject'),
  operation('s3:ListMultipartUploads', 's3:ListBucketMultipartUploads'),
  ...['s3:GetBucketPolicy', 's3:GetBucketVersioning', 's3:GetObjectTorrent', 's3:CreateJob', 's3:GetAccessPoint'].map(
    value => action(`the action ${value}, which no workload has`, value, NOT_GRANTABLE),
  ),
  action('an action of another service', 'kms:Decrypt', UNKNOWN),
  action('an empty action', '', UNKNOWN),
  action(
    'a list of uploads under a prefix',
    's3:ListBucketMultipartUploads',
    /^BucketAccess\.of: actions: got "s3:ListBucketMultipartUploads", allowed: no prefix with this action: .*, fix: grant it .*/,
    'in/',
  ),
  {
    name: 'several bad actions at once',
    act: () => BucketAccess.of(['s3:*', 's3:GetObject', 's3:PutObjectAcl', 's3:Nothing']),
    error: [NO_WILDCARD, /"s3:PutObjectAcl"/, UNKNOWN],
  },
];

const PREFIXES: readonly BadInput[] = [
  prefix('of nothing', '', [NOT_EMPTY]),
  prefix('of a slash', '/', [NOT_EMPTY]),
  prefix('with a leading slash', '/data/', [leading('data/')]),
  prefix('with several leading slashes', '//data/', [leading('data/')]),
  prefix('without a trailing slash', 'data', [slash('data/')]),
  prefix('without a trailing slash, of a writer', 'data', [slash('data/')], 'writeOnly'),
  prefix('without a trailing slash, of a reader and writer', 'data', [slash('data/')], 'readWrite'),
  prefix('with a policy variable', '${aws:username}/', [WILDCARDS]),
  prefix('with a dollar sign', 'data$/', [WILDCARDS]),
  prefix('with an asterisk', 'data*/', [WILDCARDS]),
  prefix('with an asterisk in the place of its end', 'data/*', [slash('data/'), WILDCARDS]),
  prefix('of an asterisk', '*', [NOT_EMPTY, WILDCARDS]),
  prefix('with a question mark', 'data?/', [WILDCARDS]),
  prefix('with a line feed', 'da\nta/', [['no control characters', 'name the prefix in printable characters']]),
  prefix('with a null character', 'da\u0000ta/', [
    ['no control characters', 'name the prefix in printable characters'],
  ]),
  prefix('of more bytes than a key has', `${'x'.repeat(1023)}/`, [
    ['1,023 bytes or fewer: an S3 key has at most 1,024', 'shorten the prefix'],
  ]),
  {
    name: 'a prefix with characters that IAM does not accept in a policy',
    act: () => BucketAccess.readOnly('データ/'),
    error: [/^BucketAccess\.readOnly: prefix: got "データ\/", allowed: .*, fix: /],
  },
  {
    name: 'a prefix of two slashes',
    act: () => BucketAccess.readOnly('//'),
    error: [/^BucketAccess\.readOnly: prefix: got "\/\/", allowed: .*, fix: leave it out/],
  },
  {
    name: 'a prefix in the wrong form on exact actions',
    act: () => BucketAccess.of(['s3:GetObjectVersion'], 'data'),
    error: [line('BucketAccess.of', 'prefix', '"data"', ...slash('data/'))],
  },
  {
    name: 'a prefix with a slash in front and none behind, with the same fix for both',
    act: () => BucketAccess.readOnly('/data'),
    error: [/allowed: .*leading slash.*, fix: write "data\/"$/, /allowed: .*ends with \/.*, fix: write "data\/"$/],
  },
];

/** Accesses that nobody may have. */
export const ACCESSES: readonly BadInput[] = [...ACTIONS, ...NEVER, ...PREFIXES, ...OPTIONS];
