import { FREE_KEYS } from './free-keys';
import type { DecidedRequest } from './smt-decision';
import type { Key, Naming, Value } from './smt-policy';
import { Alternative, and, FALSE, Formula, matches, not, or, Segment, TRUE } from './smt-text';
import { Variables } from './smt-variables';

/** What there is, whatever the policies say. */
export const WORLD = {
  partition: 'aws',
  region: 'us-east-1',
  account: '111122223333',
  role: 'arn:aws:iam::111122223333:role/App',
  endpoint: 'vpce-0a1b2c3d4e5f60718',
  vpc: 'vpc-0a1b2c3d4e5f60718',
  bucket: 'arn:aws:s3:::app-data',
  key: 'arn:aws:kms:us-east-1:111122223333:key/0b1c2d3e-4f50-6172-8394-a5b6c7d8e9f0',
} as const;

/** What a request is made on. */
export interface SmtTarget {
  readonly service: 's3' | 'kms';
  readonly action: string;
  /** An object of the bucket, an object of somebody else, or the key. */
  readonly resource: 'object' | 'object of a stranger' | 'key';
  /** The tags of the workload's role, which the sessions of its instances have. */
  readonly tags: Readonly<Record<string, string>>;
  /** The names of tags that policies look at. */
  readonly tagNames: readonly string[];
}

/** A request of which everything that AWS does not fix is a variable. */
export interface SmtSpace {
  readonly variables: Variables;
  readonly request: DecidedRequest;
  readonly isWorkload: Formula;
  readonly principalArn: readonly Alternative[];
  /** By the type of the identity. */
  readonly kinds: Readonly<Record<PrincipalKind, Formula>>;
  readonly networks: Readonly<Record<'ours' | 'other' | 'internet' | 'inside', Formula>>;
}

export type PrincipalKind = 'session' | 'user' | 'federated user' | 'root' | 'service' | 'anonymous';

/**
 * The request, with the laws of AWS's pages:
 *
 * - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html for each global key, where
 *   "Availability" says which requests carry it
 * - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#principaltable for the names of
 *   principals
 * - https://docs.aws.amazon.com/IAM/latest/UserGuide/access_forward_access_sessions.html for calls of services
 * - https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html for the keys of AWS KMS
 */
export function smtSpace(target: SmtTarget): SmtSpace {
  const variables = new Variables();
  const principal = principalOf(variables);
  const owner = ownerOf(variables, target);
  const network = networkOf(variables, principal, target);
  const chain = chainOf(variables, principal, network, target);
  const organizations = organizationsOf(variables, [
    { name: 'p', account: principal.account, exists: principal.inAccount },
    { name: 'r', account: owner, exists: TRUE },
    { name: 'e', account: network.account, exists: network.through },
    { name: 's', account: chain.sourceAccount, exists: chain.hasSourceAccount },
  ]);
  const isWorkload = and(principal.kinds.session, matches(WORLD.role, EXACT, principal.arn));
  const keys = new Map<string, Key>([
    ...principalKeys(principal, organizations.p, variables),
    ...tagKeys(variables, principal, isWorkload, target),
    ...sessionKeys(variables, principal),
    ...networkKeys(network, organizations.e),
    ...chainKeys(chain, organizations.s, variables, principal),
    ...ownerKeys(owner, organizations.r, target),
    ...channelKeys(variables, target),
    ...freeKeys(variables, target),
  ]);
  const { kinds, arn } = principal;
  const { ours, other, internet, inside } = network;
  const request: DecidedRequest = {
    action: target.action,
    resource: resourceOf(variables, target),
    keys,
    names: (kind, value) => namingOf(principal, kind, value),
    kinds: { anonymous: kinds.anonymous, root: kinds.root, service: kinds.service },
    serviceLinked: and(kinds.session, `(str.prefixof "aws-service-role/" ${principal.full.variable})`),
    inOwnersAccount: and(principal.inAccount, equal(principal.account, owner)),
    inOurAccount: and(principal.inAccount, equal(principal.account, WORLD.account)),
    ownedByUs: equal(owner, WORLD.account),
    throughOurs: ours,
  };
  return { variables, request, isWorkload, principalArn: arn, kinds, networks: { ours, other, internet, inside } };
}

const EXACT = { wildcards: false, ignoreCase: false };

type Text = Segment;
type Variable = { readonly variable: string };

interface Principal {
  readonly kinds: SmtSpace['kinds'];
  readonly account: Variable;
  /** Path and name. */
  readonly full: Variable;
  readonly name: Variable;
  readonly session: Variable;
  readonly service: Variable;
  /** Everybody but services and the anonymous. */
  readonly inAccount: Formula;
  readonly arn: readonly Alternative[];
}

function principalOf(variables: Variables): Principal {
  const kinds = {
    session: variables.flag('p_is_session'),
    user: variables.flag('p_is_user'),
    'federated user': variables.flag('p_is_federated'),
    root: variables.flag('p_is_root'),
    service: variables.flag('p_is_service'),
    anonymous: variables.flag('p_is_anonymous'),
  };
  variables.oneOf('a principal is of one kind', Object.values(kinds));
  const account = variables.text('p_account', 'account');
  const full = variables.text('p_full', 'pathAndName');
  const path = variables.text('p_path', 'path');
  const name = variables.text('p_name', 'name');
  const pathAndName = `(= ${full.variable} (str.++ ${path.variable} ${name.variable}))`;
  variables.law('a name is behind its path', ['p_name'], pathAndName);
  const inIam = (what: string) => [`arn:${WORLD.partition}:iam::`, account, `:${what}`];
  return {
    kinds,
    account,
    full,
    name,
    session: variables.text('p_session', 'session'),
    service: variables.text('p_service', 'label'),
    inAccount: or(kinds.session, kinds.user, kinds['federated user'], kinds.root),
    arn: [
      { guard: kinds.session, segments: [...inIam('role/'), full] },
      { guard: kinds.user, segments: [...inIam('user/'), full] },
      {
        guard: kinds['federated user'],
        segments: [`arn:${WORLD.partition}:sts::`, account, ':federated-user/', name],
      },
      { guard: kinds.root, segments: inIam('root') },
    ],
  };
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
function namingOf(principal: Principal, kind: 'AWS' | 'Service', value: string): Naming {
  const { kinds, account, name, session, service, inAccount, arn } = principal;
  const nobody: Naming = { direct: FALSE, role: FALSE, account: FALSE };
  if (kind === 'Service') {
    const host = [{ guard: TRUE, segments: [service, '.amazonaws.com'] }];
    return { ...nobody, direct: and(kinds.service, matches(value, EXACT, host)) };
  }
  if (value === '*') {
    return { ...nobody, direct: TRUE };
  }
  const id = /^(?:arn:[^:]+:iam::)?(\d{12})(?::root)?$/.exec(value)?.[1];
  if (id !== undefined) {
    const same = and(inAccount, equal(account, id));
    return { ...nobody, direct: and(same, kinds.root), account: and(same, not(kinds.root)) };
  }
  const [byRole, ...others] = arn;
  const assumed: Alternative = {
    guard: kinds.session,
    segments: [`arn:${WORLD.partition}:sts::`, account, ':assumed-role/', name, '/', session],
  };
  return {
    ...nobody,
    role: matches(value, EXACT, [byRole]),
    direct: or(matches(value, EXACT, [assumed]), matches(value, EXACT, others)),
  };
}

function ownerOf(variables: Variables, { resource }: SmtTarget): Text {
  if (resource !== 'object of a stranger') {
    return WORLD.account;
  }
  const owner = variables.text('r_account', 'account');
  variables.law('a stranger has another account', [], not(equal(owner, WORLD.account)));
  return owner;
}

function resourceOf(variables: Variables, { resource }: SmtTarget): readonly Segment[] {
  if (resource === 'key') {
    return [WORLD.key];
  }
  const key = variables.text('r_key', 'text');
  return resource === 'object'
    ? [`${WORLD.bucket}/`, key]
    : [`arn:${WORLD.partition}:s3:::`, variables.text('r_bucket', 'bucket'), '/', key];
}

interface Network {
  readonly ours: Formula;
  readonly other: Formula;
  readonly internet: Formula;
  readonly inside: Formula;
  readonly through: Formula;
  readonly via: Formula;
  readonly id: Variable;
  readonly vpc: Variable;
  readonly region: Variable;
  readonly account: Variable;
  readonly vpcAccount: Variable;
  readonly privateAddress: string;
  readonly publicAddress: string;
  readonly tellsAddress: Formula;
}

/**
 * Keys of endpoints come through an endpoint only, and the public address on any other way. What services send from
 * inside AWS, for somebody or in their own name, has no keys of an endpoint; the public address that the first request
 * came from may be there.
 */
function networkOf(variables: Variables, { kinds, inAccount }: Principal, { service }: SmtTarget): Network {
  const flag = (name: string) => variables.flag(name);
  const [ours, other, internet, inside] = ['n_is_ours', 'n_is_other', 'n_is_internet', 'n_is_inside'].map(flag);
  variables.oneOf('a request takes one way', [ours, other, internet, inside]);
  const via = variables.flag('c_via');
  variables.law('services call from inside AWS', [], `(= ${inside} ${or(kinds.service, via)})`);
  variables.law('services forward the call of an identity', [], `(=> ${via} ${inAccount})`);
  const network = {
    ours,
    other,
    internet,
    inside,
    via,
    through: or(ours, other),
    id: variables.text('e_id', 'endpoint'),
    vpc: variables.text('e_vpc', 'vpc'),
    region: variables.text('e_region', 'region'),
    account: variables.text('e_account', 'account'),
    vpcAccount: variables.text('e_vpc_account', 'account'),
    privateAddress: variables.address('e_address'),
    publicAddress: variables.address('n_address'),
    tellsAddress: or(internet, and(inside, variables.flag('n_tells_address'))),
  };
  const { id, vpc, region, account, vpcAccount } = network;
  const own: ReadonlyArray<readonly [Variable, string]> = [
    [id, WORLD.endpoint],
    [vpc, WORLD.vpc],
    [region, WORLD.region],
    [account, WORLD.account],
    [vpcAccount, WORLD.account],
  ];
  own.forEach(([variable, value]) =>
    variables.law(
      `${variable.variable} of our endpoint`,
      [variable.variable],
      `(=> ${ours} ${equal(variable, value)})`,
    ),
  );
  if (service === 'kms') {
    variables.law('our endpoint leads to S3 alone', [], not(ours));
  }
  variables.law('another endpoint has another id', [id.variable], `(=> ${other} ${not(equal(id, WORLD.endpoint))})`);
  const { publicAddress } = network;
  variables.law(
    'addresses of the internet are public',
    [publicAddress],
    ...PRIVATE.map(([first, size]) => `(or (< ${publicAddress} ${first}) (>= ${publicAddress} ${first + size}))`),
  );
  return network;
}

/** https://datatracker.ietf.org/doc/html/rfc1918 */
const PRIVATE: ReadonlyArray<readonly [first: number, size: number]> = [
  [10 * 2 ** 24, 2 ** 24],
  [(172 * 256 + 16) * 2 ** 16, 2 ** 20],
  [(192 * 256 + 168) * 2 ** 16, 2 ** 16],
];

interface Chain {
  readonly via: Formula;
  readonly names: ReadonlyArray<Variable>;
  readonly tells: Formula;
  readonly count: ReadonlyArray<Formula>;
  readonly host?: { readonly present: Formula; readonly segments: readonly Segment[] };
  readonly sourceAccount: Variable;
  readonly hasSourceAccount: Formula;
  readonly sourceArn: Key;
}

/** A service tells on whose behalf it acts, as far as it takes part in that. */
function chainOf(variables: Variables, { kinds }: Principal, { via }: Network, { service }: SmtTarget): Chain {
  const names = ['c_first', 'c_second', 'c_third'].map(name => variables.text(name, 'label'));
  const tells = and(via, variables.flag('c_tells'));
  const second = variables.flag('c_has_second');
  const third = and(second, variables.flag('c_has_third'));
  const host = () => ({
    present: and(via, variables.flag('c_tells_host')),
    segments: [
      variables.text('c_host', 'label'),
      '.',
      variables.text('c_host_region', 'region'),
      '.amazonaws.com',
    ] as const,
  });
  const sourceArn = [
    `arn:${WORLD.partition}:`,
    variables.text('s_arn_service', 'withoutColon'),
    ':',
    variables.text('s_arn_region', 'noneOrRegion'),
    ':',
    variables.text('s_arn_account', 'noneOrAccount'),
    ':',
    variables.text('s_arn_rest', 'text'),
  ];
  return {
    via,
    names,
    tells,
    count: [TRUE, second, third],
    host: service === 'kms' ? host() : undefined,
    sourceAccount: variables.text('s_account', 'account'),
    hasSourceAccount: and(kinds.service, variables.flag('s_has_account')),
    sourceArn: single(and(kinds.service, variables.flag('s_has_arn')), [{ guard: TRUE, segments: sourceArn }]),
  };
}

interface Organization {
  readonly member: Formula;
  readonly id: Variable;
  readonly units: readonly Variable[];
  readonly count: readonly Formula[];
}

interface AccountOf {
  readonly name: 'p' | 'r' | 'e' | 's';
  readonly account: Text;
  readonly exists: Formula;
}

/** The organization of an account, and the place in it, are the account's: the same account has the same ones. */
function organizationsOf(
  variables: Variables,
  accounts: readonly AccountOf[],
): Readonly<Record<AccountOf['name'], Organization>> {
  const all = accounts.map(({ name }): readonly [AccountOf['name'], Organization] => {
    const two = variables.flag(`${name}_two_paths`);
    const three = and(two, variables.flag(`${name}_three_paths`));
    return [
      name,
      {
        member: variables.flag(`${name}_is_member`),
        id: variables.text(`${name}_org`, 'organization'),
        units: ['unit', 'unit_2', 'unit_3'].map(each => variables.text(`${name}_${each}`, 'unit')),
        count: [TRUE, two, three],
      },
    ];
  });
  accounts.forEach((first, index) =>
    accounts.slice(index + 1).forEach((other, at) => {
      const same = and(first.exists, other.exists, equal(first.account, other.account));
      const alike = sameOrganization(all[index][1], all[index + 1 + at][1]);
      const about = [first, other].map(({ name }) => `${name}_is_member`);
      variables.law(
        `${first.name} and ${other.name} of one account are of one organization`,
        about,
        `(=> ${same} ${alike})`,
      );
    }),
  );
  return Object.fromEntries(all) as Record<AccountOf['name'], Organization>;
}

function sameOrganization(first: Organization, other: Organization): Formula {
  const units = first.units.map((unit, index) => equal(unit, other.units[index]));
  const counts = first.count.slice(1).map((count, index) => `(= ${count} ${other.count[index + 1]})`);
  return and(
    `(= ${first.member} ${other.member})`,
    `(=> ${first.member} ${and(equal(first.id, other.id), ...units, ...counts)})`,
  );
}

type Entry = readonly [name: string, key: Key];

function principalKeys(principal: Principal, organization: Organization, variables: Variables): readonly Entry[] {
  const { kinds, account, name, service, inAccount, arn } = principal;
  const only = (guard: Formula, ...segments: readonly Segment[]): Alternative => ({ guard, segments });
  const host = [only(TRUE, service, '.amazonaws.com')];
  const strange = variables.text('p_service_account', 'account');
  variables.law('a service has no account of a customer', [strange.variable], not(equal(strange, WORLD.account)));
  const tellsAccount = and(kinds.service, variables.flag('p_tells_account'));
  const id = variables.text('p_id', 'text');
  const type = variables.text('p_service_type', 'text');
  const others = ['p_service_2', 'p_service_3'].map(each => variables.text(each, 'label'));
  const two = variables.flag('p_two_services');
  const three = and(two, variables.flag('p_three_services'));
  return [
    ['aws:principalarn', single(inAccount, arn)],
    [
      'aws:principalaccount',
      single(or(inAccount, kinds.anonymous, tellsAccount), [
        only(inAccount, account),
        only(kinds.anonymous, 'anonymous'),
        only(kinds.service, strange),
      ]),
    ],
    [
      'aws:principaltype',
      single(TRUE, [
        only(kinds.session, 'AssumedRole'),
        only(kinds.user, 'User'),
        only(kinds['federated user'], 'FederatedUser'),
        only(kinds.root, 'Account'),
        only(kinds.anonymous, 'Anonymous'),
        only(kinds.service, type),
      ]),
    ],
    [
      'aws:userid',
      // nothing tells whether services have one
      single(or(not(kinds.service), variables.flag('p_service_has_id')), [
        only(kinds.root, account),
        only(kinds.anonymous, 'anonymous'),
        only(kinds['federated user'], account, ':', name),
        only(or(kinds.session, kinds.user, kinds.service), id),
      ]),
    ],
    ['aws:username', single(kinds.user, [only(TRUE, name)])],
    ['aws:principalisawsservice', { present: not(kinds.anonymous), values: [one({ flag: kinds.service })] }],
    ['aws:principalservicename', single(kinds.service, host)],
    [
      'aws:principalservicenameslist',
      list(kinds.service, [TRUE, two, three], [host, ...others.map(each => [only(TRUE, each, '.amazonaws.com')])]),
    ],
    ...organizationKeys('principal', inAccount, organization),
  ];
}

function organizationKeys(of: string, guard: Formula, { member, id, units, count }: Organization): readonly Entry[] {
  const present = and(guard, member);
  const paths = units.map(unit => [{ guard: TRUE, segments: [id, '/', unit] }]);
  return [
    [`aws:${of}orgid`, single(present, [{ guard: TRUE, segments: [id] }])],
    [`aws:${of}orgpaths`, list(present, count, paths)],
  ];
}

/** Users and roles have tags; sessions of federated users can have some; those of the workload are known. */
function tagKeys(
  variables: Variables,
  { kinds }: Principal,
  isWorkload: Formula,
  { tags, tagNames }: SmtTarget,
): readonly Entry[] {
  return tagNames.map((tag, index) => {
    const there = variables.flag(`p_has_tag_${index}`);
    const value = variables.text(`p_tag_${index}`, 'text');
    const known = Object.entries(tags).find(([name]) => name.toLowerCase() === tag.toLowerCase())?.[1];
    variables.law(
      `the workload's tag ${tag}`,
      [there],
      `(=> ${isWorkload} ${known === undefined ? not(there) : and(there, equal(value, known))})`,
    );
    const taggable = or(kinds.session, kinds.user, kinds['federated user']);
    const key = single(and(taggable, there), [{ guard: TRUE, segments: [value] }]);
    return [`aws:principaltag/${tag.toLowerCase()}`, key];
  });
}

/** What the session was made for; where AWS says nothing about keys coming together, they need not. */
function sessionKeys(variables: Variables, { kinds }: Principal): readonly Entry[] {
  const { session } = kinds;
  const optional = (name: string) => and(session, variables.flag(`i_has_${name}`));
  const vpc = variables.text('i_vpc', 'vpc');
  const instance = [
    `arn:${WORLD.partition}:ec2:`,
    variables.text('i_region', 'region'),
    ':',
    variables.text('i_account', 'account'),
    ':instance/',
    variables.text('i_id', 'text'),
  ];
  const delivery = variables.real('i_delivery');
  variables.law('the metadata service has two versions', [delivery], `(or (= ${delivery} 1.0) (= ${delivery} 2.0))`);
  const temporary = or(session, kinds['federated user']);
  const perhaps = and(or(kinds.user, kinds.root, kinds.service), variables.flag('i_is_temporary'));
  return [
    ['aws:ec2instancesourcevpc', single(optional('vpc'), [{ guard: TRUE, segments: [vpc] }])],
    [
      'aws:ec2instancesourceprivateipv4',
      { present: optional('address'), values: [one({ address: variables.address('i_address') })] },
    ],
    ['ec2:sourceinstancearn', single(optional('arn'), [{ guard: TRUE, segments: instance }])],
    ['ec2:roledelivery', { present: optional('delivery'), values: [one({ real: delivery })] }],
    ['aws:tokenissuetime', { present: or(temporary, perhaps), values: [one({ real: variables.moment('i_issued') })] }],
  ];
}

/** S3 and AWS KMS are among the services that tell who owns an endpoint. */
function networkKeys(network: Network, organization: Organization): readonly Entry[] {
  const { through, id, vpc, region, account, vpcAccount, privateAddress, publicAddress, tellsAddress } = network;
  const arn = [`arn:${WORLD.partition}:ec2:`, region, ':', vpcAccount, ':vpc/', vpc];
  const text = (...segments: readonly Segment[]) => single(through, [{ guard: TRUE, segments }]);
  return [
    ['aws:sourcevpce', text(id)],
    ['aws:sourcevpc', text(vpc)],
    ['aws:sourcevpcarn', text(...arn)],
    ['aws:vpceaccount', text(account)],
    ['aws:vpcsourceip', { present: through, values: [one({ address: privateAddress })] }],
    ['aws:sourceip', { present: tellsAddress, values: [one({ address: publicAddress })] }],
    ...organizationKeys('vpce', through, organization),
  ];
}

function chainKeys(
  chain: Chain,
  organization: Organization,
  variables: Variables,
  { kinds, account, inAccount }: Principal,
): readonly Entry[] {
  const { via, names, tells, count, host, sourceAccount, hasSourceAccount, sourceArn } = chain;
  const host_ = (name: Variable): readonly Alternative[] => [{ guard: TRUE, segments: [name, '.amazonaws.com'] }];
  const [first, second, third] = names.map(host_);
  const guarded = (guard: Formula, [{ segments }]: readonly Alternative[]) => ({ guard, segments });
  const last = [guarded(not(count[1]), first), guarded(and(count[1], not(count[2])), second), guarded(count[2], third)];
  const sourceOrganization = and(kinds.service, variables.flag('s_tells_org'));
  const kms: readonly Entry[] =
    host === undefined
      ? []
      : [
          ['kms:viaservice', single(host.present, [{ guard: TRUE, segments: host.segments }])],
          ['kms:calleraccount', single(inAccount, [{ guard: TRUE, segments: [account] }])],
        ];
  return [
    ['aws:viaawsservice', { present: TRUE, values: [one({ flag: via })] }],
    ['aws:calledvia', list(tells, count, [first, second, third])],
    ['aws:calledviafirst', single(tells, first)],
    ['aws:calledvialast', single(tells, last)],
    ['aws:sourceaccount', single(hasSourceAccount, [{ guard: TRUE, segments: [sourceAccount] }])],
    ['aws:sourcearn', sourceArn],
    ...organizationKeys('source', sourceOrganization, organization),
    ...kms,
  ];
}

function ownerKeys(owner: Text, organization: Organization, { service }: SmtTarget): readonly Entry[] {
  const account = single(TRUE, [{ guard: TRUE, segments: [owner] }]);
  return [
    ['aws:resourceaccount', account],
    ...(service === 's3' ? [['s3:resourceaccount', account] as const] : []),
    ...organizationKeys('resource', TRUE, organization),
  ];
}

/**
 * S3 answers HTTP and takes TLS 1.2 and 1.3.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/network-isolation.html
 */
function channelKeys(variables: Variables, { service }: SmtTarget): readonly Entry[] {
  const tls = variables.flag('t_tls');
  const version = variables.real('t_version');
  variables.law('S3 speaks two versions of TLS', [version], `(or (= ${version} 1.2) (= ${version} 1.3))`);
  const region = variables.text('t_region', 'region');
  if (service === 'kms') {
    variables.law('a key is asked in its own Region', [region.variable], equal(region, WORLD.region));
  }
  return [
    ['aws:securetransport', { present: TRUE, values: [one({ flag: tls })] }],
    ['aws:requestedregion', single(TRUE, [{ guard: TRUE, segments: [region] }])],
    ['aws:currenttime', { present: TRUE, values: [one({ real: variables.moment('t_time') })] }],
    ...(service === 's3' ? [['s3:tlsversion', { present: tls, values: [one({ real: version })] }] as const] : []),
  ];
}

function freeKeys(variables: Variables, { service }: SmtTarget): readonly Entry[] {
  return FREE_KEYS.filter(key => key.service === undefined || key.service === service).map((key, index) => {
    const present = variables.flag(`f_has_${index}`);
    const name = `f_${index}`;
    if (key.type !== 'text') {
      const value = key.type === 'flag' ? { flag: variables.flag(name) } : { real: variables.real(name) };
      return [key.name.toLowerCase(), { present, values: [one(value)] }];
    }
    const value = (of: string) => [{ guard: TRUE, segments: [variables.text(of, 'text')] }];
    if (key.multiValued !== true) {
      return [key.name.toLowerCase(), single(present, value(name))];
    }
    const two = variables.flag(`f_two_${index}`);
    const three = and(two, variables.flag(`f_three_${index}`));
    const values = [value(name), value(`${name}_2`), value(`${name}_3`)];
    return [key.name.toLowerCase(), list(present, [TRUE, two, three], values)];
  });
}

function one(value: Value): { readonly guard: Formula; readonly value: Value } {
  return { guard: TRUE, value };
}

function single(present: Formula, texts: readonly Alternative[]): Key {
  return { present, values: [one({ texts })] };
}

function list(present: Formula, guards: readonly Formula[], values: ReadonlyArray<readonly Alternative[]>): Key {
  return { present, values: values.map((texts, index) => ({ guard: guards[index], value: { texts } })) };
}

function equal(text: Text, other: Text): Formula {
  const side = (of: Text) => (typeof of === 'string' ? `"${of}"` : of.variable);
  if (typeof text === 'string' && typeof other === 'string') {
    return text === other ? TRUE : FALSE;
  }
  return `(= ${side(text)} ${side(other)})`;
}
