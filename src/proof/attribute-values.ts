import { FAMILIES, Family, keySet } from './attribute-families';
import { comparedWith, Constants, hasVariables, variablesIn } from './constants';
import { hasOrganizationPolicies, ownersIn, ProofInput } from './proof-input';
import { RecursiveMemo } from './recursive-memo';
import { ADDRESS, EXTERNAL_ACCOUNT, OTHER_ADDRESS, OTHER_VPC, PUBLIC_ADDRESS } from './strangers';
import { addressesAround, conditionKey, expandText, NOW } from '../iam';
import type { Automaton } from './texts/automaton';
import { canMeet } from './texts/beginnings';
import * as domains from './texts/domains';
import { ANY_TEXT, Comparison, keyValues, textsOf } from './texts/key-values';
import { arnLike, endingWith, exactly, inAccount, like, MOST_CELLS, TextSet, witnessesOf } from './texts/text-set';
import { symbolsInBuckets, symbolsInPrincipals } from './texts/unknown-names';

/** Keys that ask what kind of principal it is. */
const OF_KIND = keySet('aws:PrincipalType aws:username aws:userid aws:TokenIssueTime aws:PrincipalTag');

/** The kinds of principals that have ARNs, those of services in an account among them. */
const KINDS = ['*:role/*', '*:user/*', '*:federated-user/*', '*:root', '*:role/aws-service-role/*'].map(like);

/** A service that works with the credentials of its caller. */
const SERVICE = 'athena.amazonaws.com';

/** Addresses that the internet does not know: https://datatracker.ietf.org/doc/html/rfc1918 */
const PRIVATE = /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/;

/** What is known at deployment only. */
const SYMBOL = /^<[^<>]+>/;

/** What can be in the name of a bucket, which a policy variable is part of. */
const IN_NAMES: TextSet = { automaton: domains.BUCKET_NAMES };

/**
 * What the parts of a request can be: a value for each class that policies and the input tell apart.
 *
 * Each kind of value is looked for when it is asked for.
 */
export class AttributeValues {
  /** The kinds of values that have too many classes: nothing is proven of what looks at them. */
  public readonly undecided = new Set<string>();

  private readonly found = new RecursiveMemo();
  private readonly knownAccounts: readonly string[];
  private readonly symbols: readonly string[];

  private readonly makers: Readonly<Record<Family, () => readonly string[]>> = {
    accounts: () => this.accounts(),
    principals: () => this.principals(),
    organizations: () => [...new Set(this.all('paths').map(organizationOf))],
    paths: () => this.paths(),
    services: () =>
      this.find(
        'services',
        domains.hosts(this.input.partition),
        [...[...this.constants.services].map(exactly), ...this.setsOf('services')],
        ['another.amazonaws.com'],
      ),
    callers: () => {
      const found = this.find('callers', domains.hosts(this.input.partition), this.setsOf('callers'), [SERVICE]);
      return [...found.filter(each => each === SERVICE), ...found.filter(each => each !== SERVICE)];
    },
    vpcs: () => this.all('vpcArns').map(vpcOf),
    vpcArns: () => this.vpcArns(),
    accessPoints: () => this.accessPoints(),
    endpoints: () => this.find('endpoints', domains.ENDPOINT_IDS, this.setsOf('endpoints'), ['vpce-other']),
    privateAddresses: () => this.addresses('privateAddresses', [ADDRESS, OTHER_ADDRESS]),
    publicAddresses: () =>
      this.addresses('publicAddresses', [PUBLIC_ADDRESS]).filter(address => !PRIVATE.test(address)),
  };

  constructor(
    private readonly input: ProofInput,
    private readonly constants: Constants,
  ) {
    this.knownAccounts = [...ownersIn(input), EXTERNAL_ACCOUNT];
    const compared = [...FAMILIES.accounts].flatMap(key => [...(constants.keys.get(key)?.values ?? [])]);
    const arns = [...constants.principals, ...(constants.keys.get('aws:principalarn')?.values ?? [])];
    this.symbols = [...this.knownAccounts, ...compared, ...arns.map(accountIn)].filter(each => SYMBOL.test(each));
  }

  /** The account of the workload. */
  public get own(): string {
    return this.input.account;
  }

  /** Whether policies compare one of the keys of a kind. */
  public compares(family: Family): boolean {
    return [...FAMILIES[family]].some(key => this.constants.keys.has(key));
  }

  /** Whether policies look at a context key. */
  public comparesKey(key: string): boolean {
    return this.constants.keys.has(key.toLowerCase());
  }

  /** The values of a context key. */
  public of(key: string): readonly string[] {
    const name = key.toLowerCase();
    const family = (Object.keys(FAMILIES) as Family[]).find(each => FAMILIES[each].has(name));
    return family === undefined ? this.found.once(name, () => this.free(name)) : this.all(family);
  }

  /** The values of one kind. */
  public all(family: Family): readonly string[] {
    return this.found.once(family, () => this.makers[family]());
  }

  /** The ARNs of the objects of a bucket. */
  public objects(start: string): readonly string[] {
    return this.found.once(`objects ${start}`, () =>
      this.find('objects', domains.objectsOf(start), this.resourcePatterns().filter(canMeet(start)).map(like)),
    );
  }

  /** The ARNs of buckets and of objects in them, which no pattern need tell apart. */
  public buckets(): readonly string[] {
    const { partition } = this.input;
    return this.found.once('buckets', () =>
      this.find('buckets', domains.bucketsAndObjects(partition, symbolsInBuckets(this.resourcePatterns())), [
        ...this.resources(),
        like(`arn:${partition}:s3:::*/*`),
      ]),
    );
  }

  /** The patterns of resources, for every value that policy variables can have. */
  public resourcePatterns(): readonly string[] {
    const { resources, variableResources } = this.constants;
    return this.found.once('resources', () => {
      const expanded = [...variableResources].flatMap(value => this.expanded({ operator: 'StringLike', value }));
      return [...new Set([...resources, ...expanded.map(({ value }) => value)])];
    });
  }

  private accounts(): readonly string[] {
    const { keys, principals } = this.constants;
    const ofArns = [...keys.values()].flatMap(({ comparisons }) =>
      comparisons
        .filter(({ operator, value }) => /^Arn/i.test(operator) && !hasVariables(value))
        .map(({ value }) => accountIn(value)),
    );
    const ofPrincipals = [...principals].flatMap(each => /(?<!\d)\d{12}(?!\d)/.exec(each)?.[0] ?? []);
    const isCompared = [...FAMILIES.accounts].some(key => keys.get(key)?.comparisons.some(hasVariable));
    // where accounts are compared with each other, two strangers can be the same or not
    const known = this.knownAccounts.filter(each => isCompared || each !== EXTERNAL_ACCOUNT);
    return this.find(
      'accounts',
      domains.accountNumbers(this.symbols),
      [
        ...[...known, ...ofPrincipals].map(exactly),
        ...ofArns.filter(each => each !== '').map(like),
        ...this.setsOf('accounts'),
      ],
      [EXTERNAL_ACCOUNT],
    );
  }

  private principals(): readonly string[] {
    const { partition, role, deploymentRoleArns = [], peers = [], onPremisesRoles = [] } = this.input;
    const named = [...this.constants.principals].filter(each => each.startsWith('arn:'));
    const specified = [role.arn, ...[...peers, ...onPremisesRoles].map(({ roleArn }) => roleArn)];
    const preferred = this.all('accounts').map(account => `arn:${partition}:iam::${account}:role/Admin`);
    const sets = [
      ...this.setsOf('principals'),
      ...named.map(exactly),
      ...[...specified, ...deploymentRoleArns].map(arnLike),
      ...this.all('accounts').map(inAccount),
      ...['aws:PrincipalAccount', 'kms:CallerAccount'].flatMap(key => this.comparisonsOf(key)).map(lifted),
      ...[...this.comparisonsOf('aws:username').map(({ value }) => value), ...this.inResources('aws:username')].map(
        endingWith('user/'),
      ),
      ...(this.asksKind() ? KINDS : []),
    ];
    const inNames = symbolsInPrincipals(this.comparisonsOf('aws:PrincipalArn').map(({ value }) => value));
    return this.find('principals', domains.principalArns(partition, this.symbols, inNames), sets, preferred);
  }

  private asksKind(): boolean {
    return (
      hasOrganizationPolicies(this.input) || [...this.constants.keys.keys()].some(key => OF_KIND.has(key.split('/')[0]))
    );
  }

  private paths(): readonly string[] {
    const ids = [...FAMILIES.organizations].flatMap(key => this.comparisonsOf(key)).map(inLowerCase);
    const texts = [...ids, ...[...FAMILIES.paths].flatMap(key => this.comparisonsOf(key))];
    const symbols = texts.flatMap(({ value }) => SYMBOL.exec(value)?.[0] ?? []);
    return this.find('paths', domains.organizationPaths(symbols), [
      ...ids.map(({ value }) => like(`${value}/*`)),
      ...this.setsOf('paths'),
    ]);
  }

  private vpcArns(): readonly string[] {
    const { partition, region, account, endpoints } = this.input;
    const ids = [...FAMILIES.vpcs].flatMap(key => this.comparisonsOf(key));
    const own = [...endpoints.map(({ vpcId }) => vpcId), OTHER_VPC];
    const found = this.find('VPCs', domains.vpcArns(partition, region, this.symbols), [
      ...ids.map(({ value }) => endingWith('vpc/')(value)),
      ...this.setsOf('vpcArns'),
    ]);
    return [...new Set([...own.map(id => `arn:${partition}:ec2:${region}:${account}:vpc/${id}`), ...found])];
  }

  private accessPoints(): readonly string[] {
    const { partition, region, account } = this.input;
    const accounts = this.comparisonsOf('s3:DataAccessPointAccount');
    return this.find(
      'access points',
      domains.accessPointArns(partition, region, this.symbols),
      [...accounts.map(lifted), ...this.setsOf('accessPoints')],
      [account, EXTERNAL_ACCOUNT].map(owner => `arn:${partition}:s3:${region}:${owner}:accesspoint/another`),
    );
  }

  private addresses(family: Family, usual: readonly string[]): readonly string[] {
    const ranges = [...FAMILIES[family]].flatMap(key => this.comparisonsOf(key)).map(({ value }) => value);
    return [...new Set([...usual, ...ranges.flatMap(addressesAround)])];
  }

  private resources(): readonly TextSet[] {
    return this.resourcePatterns().map(like);
  }

  /** The values of a key that no other key is like. */
  private free(key: string): readonly string[] {
    const { type = 'Text' } = conditionKey(key) ?? {};
    if (type === 'Bool') {
      return ['true', 'false'];
    }
    if (key === 'ec2:roledelivery') {
      return ['1.0', '2.0'];
    }
    const found = keyValues(this.comparisonsOf(key), this.domainOf(key), [
      ...this.namesWith(key),
      ...this.mirrored(key),
    ]);
    if (found === undefined) {
      this.undecided.add(key);
    }
    const values = [...(found ?? []), ...this.tagOfRole(key)];
    switch (type) {
      case 'Numeric':
        return atLeastOne(
          values.filter(each => /^\d/.test(each)),
          '1',
        );
      case 'Date':
      case 'Time':
        return atLeastOne(
          values.filter(each => !Number.isNaN(Date.parse(each))),
          NOW,
        );
      default:
        return values;
    }
  }

  /** The value that the sessions of the workload have for a tag. */
  private tagOfRole(key: string): readonly string[] {
    const tags = Object.entries(this.input.role.tags ?? {});
    return tags.filter(([name]) => key === `aws:principaltag/${name.toLowerCase()}`).map(([, value]) => value);
  }

  /** Whether a policy variable puts the value of a key into the names of buckets or objects. */
  private isInResources(key: string): boolean {
    return [...this.constants.variableResources].some(each =>
      variablesIn(each).some(name => name.toLowerCase() === key.toLowerCase()),
    );
  }

  private namesWith(key: string): readonly TextSet[] {
    return this.isInResources(key) ? [IN_NAMES] : [];
  }

  private inResources(key: string): readonly string[] {
    return this.isInResources(key) ? this.of(key) : [];
  }

  private domainOf(key: string): Automaton {
    const { partition, region } = this.input;
    switch (key) {
      case 'aws:requestedregion':
        return domains.regions([region]);
      case 'kms:viaservice':
        return domains.regionalHosts(partition, [region]);
      case 'aws:sourcearn':
        return domains.sourceArns(partition, region, this.symbols);
      case 'ec2:sourceinstancearn':
        return domains.instanceArns(partition, region, this.symbols);
      default:
        return ANY_TEXT;
    }
  }

  private setsOf(family: Family): readonly TextSet[] {
    return [...FAMILIES[family]].flatMap(key => [...this.comparisonsOf(key).flatMap(textsOf), ...this.mirrored(key)]);
  }

  /** What a key has to be for the values of other keys that policies compare with it by a policy variable. */
  private mirrored(key: string): readonly TextSet[] {
    return comparedWith(this.constants, key).flatMap(({ name, variable, value }) => {
      const [before, after] = value.split(variable);
      const own = FAMILIES.endpoints.has(name) ? this.input.endpoints.map(({ id }) => id) : [];
      return [...this.of(name), ...own]
        .filter(each => each.length > before.length + after.length && each.startsWith(before) && each.endsWith(after))
        .map(each => exactly(each.slice(before.length, each.length - after.length)));
    });
  }

  /** What policies compare a key with, for every value that policy variables can have. */
  private comparisonsOf(key: string): readonly Comparison[] {
    return (this.constants.keys.get(key.toLowerCase())?.comparisons ?? []).flatMap(each => this.expanded(each));
  }

  private expanded({ operator, value }: Comparison): readonly Comparison[] {
    let lookups: ReadonlyArray<Readonly<Record<string, string | undefined>>> = [{}];
    for (const name of new Set(variablesIn(value).map(each => each.toLowerCase()))) {
      const values = [undefined, ...this.of(name)];
      lookups = lookups.flatMap(lookup => values.map(each => ({ ...lookup, [name]: each })));
      if (lookups.length > MOST_CELLS) {
        this.undecided.add(`values of ${value}`);
        lookups = lookups.slice(0, MOST_CELLS);
      }
    }
    return lookups.flatMap(lookup => {
      const text = expandText(value, key => lookup[key.toLowerCase()]);
      return text === undefined ? [] : [{ operator, value: text }];
    });
  }

  private find(
    kind: string,
    domain: Automaton,
    sets: readonly TextSet[],
    preferred: readonly string[] = [],
  ): readonly string[] {
    const found = witnessesOf(domain, sets, preferred);
    if (found === undefined) {
      this.undecided.add(kind);
    }
    return found ?? [];
  }
}

function hasVariable({ value }: Comparison): boolean {
  return hasVariables(value);
}

function accountIn(arn: string): string {
  return arn.split(':')[4] ?? '';
}

/** The principals in an account that a comparison means. */
function lifted({ value }: Comparison): TextSet {
  return inAccount(value);
}

/** Ids of organizations have small letters only. */
function inLowerCase({ operator, value }: Comparison): Comparison {
  return { operator, value: /IgnoreCase/i.test(operator) ? value.toLowerCase() : value };
}

/** The organization that a path is in. */
export function organizationOf(path: string): string {
  return path.split('/')[0];
}

/** The id of the VPC that an ARN names. */
export function vpcOf(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

function atLeastOne(values: readonly string[], otherwise: string): readonly string[] {
  return values.length === 0 ? [otherwise] : values;
}
