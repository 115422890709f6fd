import { AttributeValues, organizationOf } from './attribute-values';
import { dimension, Dimension, RequestClass } from './candidate-request';
import { Constants, KeyConstants, valuesOf } from './constants';
import type { ProofInput } from './proof-input';
import { ADDRESS, EXTERNAL_ACCOUNT, OTHER_ADDRESS, OTHER_VPC } from './strangers';
import { isTime, timesFrom } from './times';
import { ContextValue, isChosen, isInEveryRequest, partsWith, RequestParts, serviceOf, wildcardMatch } from '../iam';

const ALGORITHM = 's3:x-amz-server-side-encryption';
const KEY_ID = 's3:x-amz-server-side-encryption-aws-kms-key-id';
const CUSTOMER_ALGORITHM = 's3:x-amz-server-side-encryption-customer-algorithm';

/** A key that belongs to somebody else. */
const FOREIGN_KEY = `arn:aws:kms:us-east-1:${EXTERNAL_ACCOUNT}:key/foreign`;

/** Which transports are good enough. */
export const GOOD_TRANSPORTS: readonly string[] = ['over TLS 1.3', 'over TLS 1.2'];

/**
 * The versions of TLS that AWS speaks, and none. AWS puts `aws:SecureTransport` into every request.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/network-isolation.html
 */
export function transportDimension(): Dimension {
  const tls = (version: string): RequestClass => ({
    words: `over TLS ${version}`,
    parts: { channel: { tls: version } },
  });
  return dimension('transport', [
    ...['1.3', '1.2'].map(tls),
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
export function credentialsDimension(input: ProofInput, values: AttributeValues): Dimension {
  const { endpoints, partition, region, account } = input;
  const ours = endpoints[0]?.vpcId ?? 'vpc-workload';
  const vpcs = values.compares('vpcs') ? values.all('vpcs').filter(each => each !== ours) : [OTHER_VPC];
  const addresses = values.compares('privateAddresses')
    ? values.all('privateAddresses').filter(each => each !== ADDRESS)
    : [OTHER_ADDRESS];
  const usualArn = (vpc: string, address: string) =>
    `arn:${partition}:ec2:${region}:${account}:instance/i-${vpc}${address}`;
  const arns = values.comparesKey('ec2:SourceInstanceARN') ? values.of('ec2:SourceInstanceARN') : [];
  return dimension(
    CREDENTIALS,
    [ours, ...vpcs, undefined].flatMap(vpc =>
      [ADDRESS, ...addresses, undefined].flatMap(address => {
        const usual = vpc === undefined || address === undefined ? undefined : usualArn(vpc, address);
        return [usual, ...arns, ...(arns.length > 0 && usual !== undefined ? [undefined] : [])].map(instanceArn =>
          issued(
            { vpcId: vpc, address, instanceArn },
            ours,
            instanceArn === usual ? '' : (instanceArn ?? 'no instance'),
          ),
        );
      }),
    ),
  );
}

function issued(
  instance: { readonly vpcId?: string; readonly address?: string; readonly instanceArn?: string },
  ours: string,
  to: string,
): RequestClass {
  const { vpcId, address } = instance;
  const words =
    vpcId === ours && address === ADDRESS
      ? ''
      : `with credentials that were issued ${place(vpcId === ours ? 'the VPC' : vpcId, address)}`;
  return { words: to === '' ? words : `${words} (${to})`.trim(), parts: { credentials: { instance } } };
}

/** Whether the credentials of a candidate were issued to the instance that sends the request. */
export function fitsInstance(value: (key: string) => string | readonly string[] | undefined): boolean {
  return (
    value('aws:SourceVpc') === value('aws:Ec2InstanceSourceVpc') &&
    value('aws:VpcSourceIp') === value('aws:Ec2InstanceSourcePrivateIPv4')
  );
}

/** The keys of an organization, and which parts carry them. */
export interface OrganizationOf {
  readonly name: string;
  /** The context key of the account. */
  readonly account: string;
  readonly of: string;
  readonly keys: readonly [id: string, paths: string];
  readonly parts: (organization: { readonly id?: string; readonly paths?: readonly string[] }) => RequestParts;
}

/** The dimension of the principal's organization. */
export const ORGANIZATION = 'organization';

/** The dimension of the organization of the account that owns what is looked at. */
export const OWNERS_ORGANIZATION = 'organization of the owner';

export const ORGANIZATIONS: readonly OrganizationOf[] = [
  {
    name: ORGANIZATION,
    account: 'aws:PrincipalAccount',
    of: 'of',
    keys: ['aws:PrincipalOrgID', 'aws:PrincipalOrgPaths'],
    parts: ({ id, paths }) => ({ principal: { organizationId: id, organizationPaths: paths } }),
  },
  {
    name: OWNERS_ORGANIZATION,
    account: 'aws:ResourceAccount',
    of: 'owned in',
    keys: ['aws:ResourceOrgID', 'aws:ResourceOrgPaths'],
    parts: ({ id, paths }) => ({ target: { organizationId: id, organizationPaths: paths } }),
  },
  {
    name: 'organization of the endpoint',
    account: 'aws:VpceAccount',
    of: 'through an endpoint of',
    keys: ['aws:VpceOrgID', 'aws:VpceOrgPaths'],
    parts: ({ id, paths }) => ({ network: { organizationId: id, organizationPaths: paths } }),
  },
  {
    name: 'organization of the source',
    account: 'aws:SourceAccount',
    of: 'for',
    keys: ['aws:SourceOrgID', 'aws:SourceOrgPaths'],
    parts: ({ id, paths }) => ({ callerChain: { sourceOrganizationId: id, sourceOrganizationPaths: paths } }),
  },
];

/**
 * In which organization, and where in it, the accounts of a request are: principal, owner, endpoint and source, each as
 * far as policies ask for it.
 */
export function organizationDimensions(
  usual: string | undefined,
  constants: Constants,
  values: AttributeValues,
): readonly Dimension[] {
  return ORGANIZATIONS.filter(({ keys }) => keys.some(key => constants.keys.has(key.toLowerCase()))).map(each =>
    organizationDimension(each, usual, constants, values),
  );
}

function organizationDimension(
  { name, of, keys, parts }: OrganizationOf,
  usual: string | undefined,
  constants: Constants,
  values: AttributeValues,
): Dimension {
  const others = values.all('paths').filter(path => path !== usual || name === OWNERS_ORGANIZATION);
  const inside = (path: string) => parts({ id: organizationOf(path), paths: [path] });
  const several = constants.keys.has(keys[1].toLowerCase()) ? severalPaths(values.all('paths')) : [];
  const asItIs = name === OWNERS_ORGANIZATION ? {} : usual === undefined ? parts({}) : inside(usual);
  return dimension(name, [
    { words: '', parts: asItIs },
    ...others.map(path => ({
      words: path === usual ? `${of} the same organization` : `${of} another organization or unit (${path})`,
      parts: inside(path),
    })),
    ...several.map(paths => ({
      words: `${of} the units ${paths.join(' and ')}`,
      parts: parts({ id: organizationOf(paths[0]), paths }),
    })),
    ...(usual === undefined ? [] : [{ words: `${of} no organization`, parts: parts({}) }]),
  ]);
}

/**
 * Where the accounts of the workload are: as is declared, else in what policies name first.
 *
 * @param constants those of statements that name whom they let in
 */
export function usualPath(
  { organization }: ProofInput,
  constants: Constants,
  values: AttributeValues,
): string | undefined {
  const named = (suffix: string) =>
    ORGANIZATIONS.flatMap(({ keys }) => keys.filter(key => key.endsWith(suffix))).flatMap(key =>
      valuesOf(constants, key),
    );
  const id = organization?.id ?? named('OrgID')[0];
  const unit = [...(organization?.unitPaths ?? []), ...named('OrgPaths')][0];
  const isIn = (path: string) => id === undefined || wildcardMatch(id, organizationOf(path));
  const isOf = (path: string) => unit === undefined || wildcardMatch(unit, path);
  const paths = values.all('paths');
  return paths.find(path => isIn(path) && isOf(path)) ?? paths.find(isIn) ?? paths.find(isOf);
}

/**
 * Whether the principal of a class is where the keys of its organization are meant to let somebody in; where nobody
 * says what is meant, that is whatever policies name.
 */
export function isInside(
  { parts: { principal = {} } }: RequestClass,
  key: string,
  { organization }: ProofInput,
  constants: Constants,
): boolean {
  const { organizationId = '', organizationPaths = [] } = principal;
  if (key === 'aws:principalorgid') {
    const ids = organization?.id === undefined ? valuesOf(constants, key) : [organization.id];
    return ids.some(id => wildcardMatch(id, organizationId));
  }
  const { unitPaths = [] } = organization ?? {};
  const units = unitPaths.length === 0 ? valuesOf(constants, key) : unitPaths;
  return organizationPaths.some(path => units.some(unit => wildcardMatch(unit, path)));
}

/** Two and three paths in one organization, where there are several. */
function severalPaths(paths: readonly string[]): ReadonlyArray<readonly string[]> {
  return subsetsOf(paths).filter(
    some => some.length > 1 && some.every(path => organizationOf(path) === organizationOf(some[0])),
  );
}

/** The sets of one, two and three values. */
function subsetsOf(values: readonly string[]): ReadonlyArray<readonly string[]> {
  return values.flatMap((one, index) => [
    [one],
    ...values
      .slice(index + 1)
      .flatMap((two, at) => [[one, two], ...values.slice(index + at + 2).map(three => [one, two, three])]),
  ]);
}

/**
 * A dimension for each context key that no other dimension sets: absent, and each value that policies tell apart.
 *
 * @param otherService the service whose requests are of other dimensions
 */
export function otherDimensions(
  constants: Constants,
  known: ReadonlyArray<Dimension>,
  values: AttributeValues,
  otherService: 's3' | 'kms',
  usual: Readonly<Record<string, ContextValue>> = {},
): readonly Dimension[] {
  const set = new Set(known.flatMap(({ keys }) => [...keys]));
  return [...constants.keys]
    .filter(([key]) => (!set.has(key) || key.startsWith(TAG)) && isChosen(key) && !TARGET_KEYS.has(key))
    .filter(([key]) => serviceOf(key) !== otherService)
    .map(([key, constant]) =>
      dimension(key, isTime(key) ? timesOf(key, constant) : classesOf(key, constant, values.of(key), usual[key])),
    );
}

/** Only temporary credentials have been issued at some time. */
function timesOf(key: string, constant: KeyConstants): readonly RequestClass[] {
  return [...timesFrom(constant), ...(isInEveryRequest(key) ? [] : [{ words: '', parts: {} }])];
}

function classesOf(
  key: string,
  { name, multiValued }: KeyConstants,
  values: readonly string[],
  usual: ContextValue | undefined,
): readonly RequestClass[] {
  const lists: readonly ContextValue[] = multiValued ? subsetsOf(values) : values;
  return [
    ...(usual === undefined ? [] : [{ words: '', parts: partsWith(name, usual) }]),
    ...(isInEveryRequest(key) ? [] : [{ words: '', parts: {} }]),
    ...lists.map((value): RequestClass => ({ words: `with ${name} ${String(value)}`, parts: partsWith(name, value) })),
  ];
}

/** The tags of the workload are known, those of others are not. */
const TAG = 'aws:principaltag/';

/** Keys that the target of a request sets. */
const TARGET_KEYS: ReadonlySet<string> = new Set(['aws:resourceaccount', 's3:resourceaccount']);

function place(vpc: string | undefined, address: string | undefined): string {
  if (vpc === undefined && address === undefined) {
    return 'outside any instance';
  }
  return `in ${vpc ?? 'no VPC'} to ${address === ADDRESS ? 'this address' : (address ?? 'no address')}`;
}
