import { dimension, Dimension, RequestClass } from './candidate-request';
import { Constants, FRESH, KeyConstants, nearMisses, valuesOf, witness } from './constants';
import { ADDRESS, OTHER_VPC } from './networks';
import { EXTERNAL_ACCOUNT } from './principals';
import type { ProofInput } from './proof-input';
import { isTime, timesFrom } from './times';
import { ContextValue, ipInRange, isChosen, partsWith, RequestParts } from '../iam';

const ALGORITHM = 's3:x-amz-server-side-encryption';
const KEY_ID = 's3:x-amz-server-side-encryption-aws-kms-key-id';
const CUSTOMER_ALGORITHM = 's3:x-amz-server-side-encryption-customer-algorithm';

/** A key that belongs to somebody else. */
const FOREIGN_KEY = `arn:aws:kms:us-east-1:${EXTERNAL_ACCOUNT}:key/foreign`;

/** Which transports are good enough. */
export const GOOD_TRANSPORTS: readonly string[] = ['over TLS 1.3', 'over TLS 1.2'];

/** The versions of TLS, and none. AWS puts `aws:SecureTransport` into every request. */
export function transportDimension(): Dimension {
  const tls = (version: string): RequestClass => ({
    words: `over TLS ${version}`,
    parts: { channel: { tls: version } },
  });
  return dimension('transport', [
    ...['1.3', '1.2', '1.1', '1.0'].map(tls),
    { words: 'without TLS', parts: { channel: { tls: 'none' } } },
  ]);
}

/** The headers that ask for an encryption. */
export function headerDimensions(constants: Constants, keyArn: string | undefined): readonly Dimension[] {
  const header = (key: string, name: string, values: readonly string[]) =>
    dimension(name, [
      { words: '', parts: {} },
      ...[...new Set([...values, ''])].map((value): RequestClass => ({
        words: `${name} ${value === '' ? 'without a value' : value}`,
        parts: { parameters: { [key]: value } },
      })),
    ]);
  return [
    header(ALGORITHM, HEADERS[0], [...valuesOf(constants, ALGORITHM), 'aws:kms', 'AES256', 'aws:kms:dsse']),
    header(KEY_ID, HEADERS[1], [
      ...(keyArn === undefined ? [] : [keyArn]),
      ...valuesOf(constants, KEY_ID),
      FOREIGN_KEY,
    ]),
    header(CUSTOMER_ALGORITHM, HEADERS[2], ['AES256']),
  ];
}

/** The names of the dimensions of the headers. */
export const HEADERS: readonly string[] = ['encryption header', 'encryption key', 'customer-provided key'];

/** The classes of an upload that names an encryption. */
export function headersFor(algorithm: string, keyArn: string | undefined): Readonly<Record<string, RequestClass>> {
  const [header, key] = HEADERS;
  return {
    [header]: { words: `${header} ${algorithm}`, parts: { parameters: { [ALGORITHM]: algorithm } } },
    ...(keyArn === undefined
      ? {}
      : { [key]: { words: `${key} ${keyArn}`, parts: { parameters: { [KEY_ID]: keyArn } } } }),
  };
}

/** What the headers of a request ask for. */
export function headersOf(
  value: (key: string) => string | readonly string[] | undefined,
): readonly (string | undefined)[] {
  return [ALGORITHM, KEY_ID, CUSTOMER_ALGORITHM].map(key => value(key)?.toString());
}

/** The name of the dimension that tells to which instance credentials were issued. */
export const CREDENTIALS = 'credentials';

/**
 * Where the credentials of a role session were issued: to the instance that sends the request, or elsewhere, or not
 * to an instance at all.
 */
export function credentialsDimension({ endpoints, partition, region, account }: ProofInput): Dimension {
  const ours = endpoints[0]?.vpcId ?? 'vpc-workload';
  const issued = (vpc: string | undefined, address: string | undefined): RequestClass => ({
    words:
      vpc === ours && address === ADDRESS
        ? ''
        : `with credentials that were issued ${place(vpc === ours ? 'the VPC' : vpc, address)}`,
    parts: {
      credentials: {
        instance: {
          vpcId: vpc,
          address,
          instanceArn:
            vpc === undefined || address === undefined
              ? undefined
              : `arn:${partition}:ec2:${region}:${account}:instance/i-${vpc}${address}`,
        },
      },
    },
  });
  const addresses = [ADDRESS, '10.0.0.99', undefined];
  return dimension(
    CREDENTIALS,
    [ours, OTHER_VPC, undefined].flatMap(vpc => addresses.map(address => issued(vpc, address))),
  );
}

/** Whether the credentials of a candidate were issued to the instance that sends the request. */
export function fitsInstance(value: (key: string) => string | readonly string[] | undefined): boolean {
  return (
    value('aws:SourceVpc') === value('aws:Ec2InstanceSourceVpc') &&
    value('aws:VpcSourceIp') === value('aws:Ec2InstanceSourcePrivateIPv4')
  );
}

/**
 * The organization and the unit of the principal, each on its own: ours, another, none. Only as far as policies name
 * one.
 */
export function organizationDimensions(constants: Constants, lettingIn = constants): readonly Dimension[] {
  const [organization] = valuesOf(lettingIn, 'aws:PrincipalOrgID');
  const [unit] = valuesOf(lettingIn, 'aws:PrincipalOrgPaths');
  return [
    ...(organization === undefined
      ? foreignOnly('organization', valuesOf(constants, 'aws:PrincipalOrgID'), organizationId => ({ organizationId }))
      : [
          dimension('organization', [
            { words: '', parts: { principal: { organizationId: organization } } },
            { words: 'of another organization', parts: { principal: { organizationId: 'o-anotherone00' } } },
            { words: 'of no organization', parts: {} },
          ]),
        ]),
    ...(unit === undefined
      ? foreignOnly('unit', valuesOf(constants, 'aws:PrincipalOrgPaths').map(witness), path => ({
          organizationPaths: [path],
        }))
      : [
          dimension('unit', [
            { words: '', parts: { principal: { organizationPaths: [witness(unit)] } } },
            ...[...nearMisses(unit), 'o-anotherone00/r-zz99/ou-zz99-99999999/'].map((path): RequestClass => ({
              words: `of the unit ${path}`,
              parts: { principal: { organizationPaths: [path] } },
            })),
            { words: 'of no unit', parts: {} },
          ]),
        ]),
  ];
}

/** Where policies name only whom they keep out. */
function foreignOnly(
  name: string,
  values: readonly string[],
  principalOf: (value: string) => RequestParts['principal'],
): readonly Dimension[] {
  const foreign = values.map((value): RequestClass => ({
    words: `of ${name} ${value}`,
    parts: { principal: principalOf(value) },
  }));
  return values.length === 0 ? [] : [dimension(name, [{ words: '', parts: {} }, ...foreign])];
}

/** AWS leaves `aws:PrincipalIsAWSService` out of some requests: no proof relies on it. */
export function serviceMarkDimension(constants: Constants): readonly Dimension[] {
  return constants.keys.has('aws:principalisawsservice')
    ? [
        dimension('service mark', [
          { words: '', parts: {} },
          {
            words: 'without aws:PrincipalIsAWSService',
            parts: { omitted: { 'aws:PrincipalIsAWSService': true } },
          },
        ]),
      ]
    : [];
}

/**
 * A dimension for each context key that no other dimension sets: absent, each constant with its near misses, and a
 * value that occurs nowhere.
 */
export function otherDimensions(
  constants: Constants,
  known: ReadonlyArray<Dimension>,
  usual: Readonly<Record<string, ContextValue>> = {},
): readonly Dimension[] {
  const set = new Set(known.flatMap(({ keys }) => [...keys]));
  return [...constants.keys]
    .filter(([key]) => !set.has(key) && isChosen(key) && !TARGET_KEYS.has(key))
    .map(([key, constant]) => {
      if (isTime(key)) {
        return dimension(key, timesFrom(constant));
      }
      const absent: RequestClass = { words: '', parts: {} };
      const values = valuesFor(constant).map((value): RequestClass => ({
        words: `with ${constant.name} ${value}`,
        parts: partsWith(constant.name, constant.multiValued ? [value] : value),
      }));
      const first = usual[key] === undefined ? [] : [{ words: '', parts: partsWith(constant.name, usual[key]) }];
      return dimension(key, [...first, absent, ...values]);
    });
}

/** Keys that the target of a request sets. */
const TARGET_KEYS: ReadonlySet<string> = new Set([
  'aws:resourceaccount',
  's3:resourceaccount',
  'aws:resourceorgid',
  'aws:resourceorgpaths',
]);

function valuesFor({ values }: KeyConstants): readonly string[] {
  if ([...values].every(each => /^(true|false)$/i.test(each)) && values.size > 0) {
    return ['true', 'false'];
  }
  const numbers = [...values]
    .filter(each => /^\d+(\.\d+)?$/.test(each))
    .flatMap(each => [Number(each) - 1, Number(each) + 1].map(String));
  const places = [...values].flatMap(neighbours);
  const texts = [...values].flatMap(each => [witness(each), ...(each.includes('*') ? nearMisses(each) : [])]);
  return [...new Set([...texts, ...numbers, ...places, FRESH])].filter(each => each !== '');
}

/** What is in and next to a range of addresses. */
function neighbours(value: string): readonly string[] {
  const [address, bits] = value.split('/');
  if (bits !== undefined && ipInRange(address, value)) {
    return [address, address.includes(':') ? '2001:db8::9' : '203.0.113.9'];
  }
  return [];
}

function place(vpc: string | undefined, address: string | undefined): string {
  if (vpc === undefined && address === undefined) {
    return 'outside any instance';
  }
  return `in ${vpc ?? 'no VPC'} to ${address === ADDRESS ? 'this address' : (address ?? 'no address')}`;
}
