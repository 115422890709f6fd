import * as fc from 'fast-check';
import type { Many, Statement } from './smt-policy';
import { WORLD } from './smt-request';

type Type = 'text' | 'arn' | 'flag' | 'number' | 'date' | 'address';

/** A context key with values that policies compare it with. */
interface Compared {
  readonly key: string;
  readonly type: Type;
  readonly multiValued?: boolean;
  readonly service?: 's3' | 'kms';
  readonly values: readonly string[];
}

const ACCOUNTS = ['111122223333', '444455556666', '1111*', '11112222????', '*'];
const ORGANIZATIONS = ['o-a1b2c3d4e5', 'o-z9y8x7w6v5', 'o-a1*'];
const PATHS = ['o-a1b2c3d4e5/*', 'o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/*', 'o-*/r-ab12/ou-*', 'o-z9y8x7w6v5/r-zz99/'];
const PRINCIPALS = [
  WORLD.role,
  'arn:aws:iam::111122223333:role/ops/Admin',
  'arn:aws:iam::111122223333:role/ops/*',
  'arn:aws:iam::*:role/App',
  'arn:*:iam::111122223333:*',
  'arn:aws:iam::11112222????:role/*',
  'arn:aws:iam::444455556666:role/team/*',
  '*/App',
  'arn:aws:iam::111122223333:user/*',
  'arn:aws:*::*:federated-user/Guest',
  '*:root',
  'arn:aws:iam::*:role/aws-service-role/*',
  'arn:aws:iam::${aws:ResourceAccount}:role/App',
];
const HOSTS = ['cloudformation.amazonaws.com', 'athena.amazonaws.com', '*.amazonaws.com', 'logging.s3.amazonaws.com'];
const RANGES = ['203.0.113.0/24', '198.51.100.7', '203.0.113.128/25'];
const PRIVATE_RANGES = ['10.0.0.0/16', '10.0.0.10/32', '192.168.0.0/16'];

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html */
const KEYS: readonly Compared[] = [
  { key: 'aws:PrincipalArn', type: 'arn', values: PRINCIPALS },
  { key: 'aws:PrincipalArn', type: 'arn', values: PRINCIPALS },
  { key: 'aws:PrincipalAccount', type: 'text', values: [...ACCOUNTS, 'anonymous', '${aws:ResourceAccount}'] },
  { key: 'aws:PrincipalOrgID', type: 'text', values: [...ORGANIZATIONS, '${aws:ResourceOrgID}'] },
  { key: 'aws:PrincipalOrgPaths', type: 'text', multiValued: true, values: PATHS },
  { key: 'aws:PrincipalTag/team', type: 'text', values: ['red', 'blue', 'r*', '${aws:ResourceTag/env}'] },
  { key: 'aws:principaltag/Stage', type: 'text', values: ['prod', 'p?od'] },
  { key: 'aws:PrincipalType', type: 'text', values: ['AssumedRole', 'User', 'Account', 'A*'] },
  { key: 'aws:PrincipalIsAWSService', type: 'flag', values: [] },
  { key: 'aws:PrincipalServiceName', type: 'text', values: HOSTS },
  { key: 'aws:PrincipalServiceNamesList', type: 'text', multiValued: true, values: HOSTS },
  { key: 'aws:userid', type: 'text', values: ['AROAEXAMPLE0001:*', '111122223333', 'anonymous'] },
  { key: 'aws:username', type: 'text', values: ['alice', 'a*'] },
  { key: 'aws:SourceVpce', type: 'text', values: [WORLD.endpoint, 'vpce-0f0f0f0f0f0f0f0f0', 'vpce-0a*'] },
  { key: 'aws:SourceVpc', type: 'text', values: [WORLD.vpc, 'vpc-0f0f0f0f0f0f0f0f0', '${aws:Ec2InstanceSourceVpc}'] },
  {
    key: 'aws:SourceVpcArn',
    type: 'arn',
    values: [
      `arn:aws:ec2:us-east-1:111122223333:vpc/${WORLD.vpc}`,
      'arn:aws:ec2:*:111122223333:vpc/*',
      'arn:aws:ec2:eu-*:*:*',
    ],
  },
  { key: 'aws:VpceAccount', type: 'text', values: [...ACCOUNTS, '${aws:PrincipalAccount}'] },
  { key: 'aws:VpceOrgID', type: 'text', values: [...ORGANIZATIONS, '${aws:PrincipalOrgID}'] },
  { key: 'aws:VpceOrgPaths', type: 'text', multiValued: true, values: PATHS },
  { key: 'aws:VpcSourceIp', type: 'address', values: PRIVATE_RANGES },
  { key: 'aws:SourceIp', type: 'address', values: RANGES },
  { key: 'aws:ViaAWSService', type: 'flag', values: [] },
  { key: 'aws:CalledVia', type: 'text', multiValued: true, values: HOSTS },
  { key: 'aws:CalledViaFirst', type: 'text', values: HOSTS },
  { key: 'aws:CalledViaLast', type: 'text', values: HOSTS },
  { key: 'aws:SourceAccount', type: 'text', values: [...ACCOUNTS, '${aws:ResourceAccount}'] },
  {
    key: 'aws:SourceArn',
    type: 'arn',
    values: ['arn:aws:s3:*:111122223333:*', 'arn:aws:cloudtrail:us-east-1:*:trail/main', 'arn:aws:*:*:4444*:*'],
  },
  { key: 'aws:SourceOrgID', type: 'text', values: ORGANIZATIONS },
  { key: 'aws:SourceOrgPaths', type: 'text', multiValued: true, values: PATHS },
  {
    key: 'kms:ViaService',
    type: 'text',
    service: 'kms',
    values: ['s3.us-east-1.amazonaws.com', 's3.*.amazonaws.com', 'ec2.us-east-1.amazonaws.com'],
  },
  { key: 'kms:CallerAccount', type: 'text', service: 'kms', values: ACCOUNTS },
  { key: 'kms:EncryptionContext:purpose', type: 'text', service: 'kms', values: ['backup', 'b*'] },
  { key: 'kms:EncryptionContextKeys', type: 'text', multiValued: true, service: 'kms', values: ['purpose', 'aws:*'] },
  { key: 'kms:GrantIsForAWSResource', type: 'flag', service: 'kms', values: [] },
  { key: 'aws:ResourceAccount', type: 'text', values: [...ACCOUNTS, '${aws:PrincipalAccount}'] },
  { key: 's3:ResourceAccount', type: 'text', service: 's3', values: ACCOUNTS },
  { key: 'aws:ResourceOrgID', type: 'text', values: [...ORGANIZATIONS, '${aws:PrincipalOrgID}'] },
  { key: 'aws:ResourceOrgPaths', type: 'text', multiValued: true, values: PATHS },
  { key: 'aws:ResourceTag/env', type: 'text', values: ['prod', 'p*', '${aws:PrincipalTag/team}'] },
  { key: 'aws:SecureTransport', type: 'flag', values: [] },
  { key: 's3:TlsVersion', type: 'number', service: 's3', values: ['1.2', '1.3', '1.1'] },
  { key: 'aws:RequestedRegion', type: 'text', values: ['us-east-1', 'eu-*'] },
  { key: 'aws:CurrentTime', type: 'date', values: ['2026-01-01T00:00:00Z', '2030-06-01T12:00:00Z'] },
  { key: 'aws:TokenIssueTime', type: 'date', values: ['2026-01-01T00:00:00Z'] },
  { key: 'aws:UserAgent', type: 'text', values: ['secret', 'aws-cli/*'] },
  { key: 'aws:Referer', type: 'text', values: ['https://example.com/*'] },
  { key: 'aws:TagKeys', type: 'text', multiValued: true, values: ['team', 't*'] },
  { key: 's3:ExistingObjectTag/class', type: 'text', service: 's3', values: ['public', 'PUBLIC', 'p*'] },
  { key: 's3:RequestObjectTagKeys', type: 'text', multiValued: true, service: 's3', values: ['class', 'c*'] },
  { key: 's3:x-amz-acl', type: 'text', service: 's3', values: ['private', 'public-*'] },
  { key: 's3:signatureAge', type: 'number', service: 's3', values: ['600000', '1000'] },
  { key: 's3:ObjectCreationOperation', type: 'flag', service: 's3', values: [] },
  { key: 'aws:Ec2InstanceSourceVpc', type: 'text', values: [WORLD.vpc, '${aws:SourceVpc}'] },
  { key: 'aws:Ec2InstanceSourcePrivateIPv4', type: 'address', values: [...PRIVATE_RANGES] },
  { key: 'ec2:RoleDelivery', type: 'number', values: ['2.0', '1.0'] },
  {
    key: 'ec2:SourceInstanceARN',
    type: 'arn',
    values: ['arn:aws:ec2:us-east-1:111122223333:instance/i-0123456789abcdef0', 'arn:aws:ec2:*:1111*:instance/*'],
  },
];

const TEXT = ['StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLike'];
const ORDER = ['Equals', 'NotEquals', 'LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals'];
const OPERATORS: Readonly<Record<Type, readonly string[]>> = {
  text: [...TEXT, ...TEXT, 'StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase'],
  arn: ['ArnEquals', 'ArnNotEquals', 'ArnLike', 'ArnNotLike', 'StringLike', 'StringNotLike', 'StringEquals'],
  flag: ['Bool'],
  number: ORDER.map(each => `Numeric${each}`),
  date: ORDER.map(each => `Date${each}`),
  address: ['IpAddress', 'NotIpAddress'],
};

interface Atom {
  readonly operator: string;
  readonly key: string;
  readonly values: Many;
}

/** A `Condition` with as many keys, or none. */
export function conditions(service: 's3' | 'kms', least: number, most: number): fc.Arbitrary<Statement['Condition']> {
  const keys = KEYS.filter(each => each.service === undefined || each.service === service);
  const atom = fc.constantFrom(...keys).chain(atomOf);
  return fc.array(atom, { minLength: least, maxLength: most }).map(atoms => {
    const condition: Record<string, Record<string, Many>> = {};
    for (const { operator, key, values } of atoms) {
      condition[operator] = { ...condition[operator], [key]: values };
    }
    return atoms.length === 0 ? undefined : condition;
  });
}

function atomOf(compared: Compared): fc.Arbitrary<Atom> {
  const { key, type, values } = compared;
  const expected = type === 'flag' ? ['true', 'false'] : values;
  return fc.oneof(
    { arbitrary: fc.constantFrom('true', 'false').map(each => ({ operator: 'Null', key, values: each })), weight: 1 },
    {
      arbitrary: fc
        .tuple(operatorOf(compared), fc.uniqueArray(fc.constantFrom(...expected), SOME))
        .map(([operator, some]): Atom => ({ operator, key, values: fitting(operator, some) })),
      weight: 8,
    },
  );
}

const SOME = { minLength: 1, maxLength: 2 };

/** Policy variables stand in values of text operators, and not beside letters in another case. */
function fitting(operator: string, values: readonly string[]): Many {
  const fit = operator.includes('IgnoreCase') ? values.filter(each => !each.includes('${')) : values;
  return fit.length === 0 ? 'x' : fit.length === 1 ? fit[0] : fit;
}

function operatorOf({ type, multiValued }: Compared): fc.Arbitrary<string> {
  const prefix = multiValued
    ? fc.constantFrom('ForAnyValue:', 'ForAllValues:')
    : fc.constantFrom('', '', '', '', '', '', 'ForAnyValue:', 'ForAllValues:');
  const suffix = fc.constantFrom('', '', '', 'IfExists');
  return fc.tuple(prefix, fc.constantFrom(...OPERATORS[type]), suffix).map(parts => parts.join(''));
}
