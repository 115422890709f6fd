import { accessPointDimension, strangeAccessPoints, wayThrough } from './access-points';
import {
  asList,
  assertWellFormed,
  attributesOf,
  byInstance,
  containerOf,
  ContextValue,
  isAccessPoint,
  isObject,
  keysIn,
  NOW,
  objectsIn,
  partsWith,
  PolicyJson,
  saidOf,
  statementsOn,
  TargetPart,
  wildcardMatch,
} from '../iam';
import { AttributeValues, organizationOf } from './attribute-values';
import { Authorizers, OPEN_BUCKET } from './authorizers';
import { dimension, Dimension, Target } from './candidate-request';
import { distinctBy } from './classes';
import { Constants, constantsOf, keysOf, nearMisses, witness } from './constants';
import { declaredConstants } from './declared-constants';
import {
  credentialsDimension,
  headerDimensions,
  organizationDimensions,
  OWNERS_ORGANIZATION,
  otherDimensions,
  transportDimension,
  usualPath,
} from './dimensions';
import { keyNetworkDimension, networkDimension } from './networks';
import { principalDimension } from './principals';
import { BucketInput, KeyInput, knownPolicy, ownersIn, policiesIn, policiesOf, ProofInput } from './proof-input';
import { lettingIn } from './statements';
import { EXTERNAL_ACCOUNT } from './strangers';

/** A bucket with the policy that has to hold. */
export interface HoldingBucket {
  readonly arn: string;
  readonly policy?: PolicyJson | 'unknown';
  readonly exclusive?: boolean;
  readonly taskRoles?: BucketInput['taskRoles'];
}

/** The classes of requests about a input, and the policies that decide them. */
export class RequestSpace {
  public readonly authorizers: Authorizers;
  public readonly constants: Constants;
  public readonly principals: Dimension;
  public readonly networks: Dimension;
  public readonly keyNetworks: Dimension;
  public readonly transports = transportDimension();
  public readonly credentials: Dimension;
  /** Which access point requests come through, where the input has some. */
  public readonly accessPoints: readonly Dimension[];
  /** In which organizations the accounts of a request are. */
  public readonly affiliations: readonly Dimension[];
  /** Where the accounts of the workload are in an organization. */
  public readonly ours: string | undefined;
  /** What the parts of a request can be. */
  public readonly values: AttributeValues;

  /** What was found out already. */
  private readonly known = {
    dimensions: new Map<string | undefined, readonly Dimension[]>(),
    keyDimensions: new Map<string, readonly Dimension[]>(),
    objects: new Map<string, readonly Target[]>(),
    holding: new Map<string, PolicyJson>(),
    foreign: undefined as readonly Target[] | undefined,
    neighbours: undefined as readonly Target[] | undefined,
    patterns: undefined as PolicyJson | undefined,
  };

  constructor(public readonly input: ProofInput) {
    policiesOf(input).forEach(assertWellFormed);
    this.authorizers = new Authorizers(input);
    this.constants = constantsOf([...policiesOf(input), ...input.buckets.flatMap(declaredConstants)]);
    this.values = new AttributeValues(input, this.constants);
    this.principals = principalDimension(input, this.constants, this.values);
    this.networks = networkDimension(input, this.values);
    this.keyNetworks = keyNetworkDimension(input, this.values);
    this.credentials = credentialsDimension(input, this.values);
    this.accessPoints = accessPointDimension(input, this.values);
    const lettingInConstants = constantsOf(policiesOf(input).map(lettingIn));
    this.ours = usualPath(input, lettingInConstants, this.values);
    this.affiliations = organizationDimensions(this.ours, this.constants, this.values);
  }

  /** Every dimension of a request to S3. */
  public dimensions(keyArn?: string): readonly Dimension[] {
    const dimensions = this.known.dimensions.get(keyArn) ?? this.makeDimensions(keyArn);
    this.known.dimensions.set(keyArn, dimensions);
    return dimensions;
  }

  private makeDimensions(keyArn: string | undefined): readonly Dimension[] {
    const headers = headerDimensions(this.constants, keyArn);
    const known = [
      this.principals,
      this.networks,
      this.transports,
      ...this.affiliations,
      this.credentials,
      ...this.accessPoints,
      ...headers,
    ];
    return [
      ...known,
      ...otherDimensions(this.constants, [...known, this.keyNetworks], this.values, 'kms', this.usual()),
    ];
  }

  /**
   * What requests say if nothing else is meant: instances what all requests of instances say; services that they act on
   * behalf of the workload's account.
   */
  private usual(): Readonly<Record<string, ContextValue>> {
    return { ...usualOf(this.input), 'aws:sourceaccount': this.input.account };
  }

  /** Every dimension of a request to KMS. */
  public keyDimensions({ arn }: KeyInput): readonly Dimension[] {
    const region = regionOf(arn);
    const dimensions = this.known.keyDimensions.get(region) ?? inRegionOf(arn, this.makeKeyDimensions());
    this.known.keyDimensions.set(region, dimensions);
    return dimensions;
  }

  private makeKeyDimensions(): readonly Dimension[] {
    const known = [this.principals, this.keyNetworks, this.transports, ...this.affiliations, this.credentials];
    const elsewhere = [...known, ...this.accessPoints, ...headerDimensions(this.constants, undefined)];
    return [...known, ...otherDimensions(this.constants, elsewhere, this.values, 's3')];
  }

  /** The bucket itself. */
  public bucket({ arn, account }: { readonly arn: string; readonly account: string }): Target {
    return { words: arn, arn, account, ...this.aboutBucket(arn, account) };
  }

  /**
   * Objects of a bucket: those that a pattern names, those next to it, and one that nobody names; one of those that
   * no pattern tells apart.
   */
  public objects({ arn, account }: { readonly arn: string; readonly account: string }): readonly Target[] {
    const objects = this.known.objects.get(arn) ?? this.makeObjects(arn, account);
    this.known.objects.set(arn, objects);
    return objects;
  }

  private makeObjects(bucket: string, account: string): readonly Target[] {
    const start = objectsIn(bucket);
    const patterns = [...this.constants.resources].filter(each => each.startsWith(start));
    const arns = [
      `${start}any-object`,
      ...patterns.flatMap(each => [witness(each), ...nearMisses(each)]),
      ...this.values.objects(start),
    ];
    const about = this.aboutBucket(bucket, account);
    const inBucket = arns.filter(each => each.startsWith(start) && each.length > start.length);
    return this.distinct(inBucket).map(arn => ({ words: arn, arn, account, ...about }));
  }

  /**
   * Buckets and objects of strangers: any, those that a pattern covers beside our buckets, and ours when somebody
   * else has re-created them.
   */
  public foreign(): readonly Target[] {
    this.known.foreign ??= this.makeForeign();
    return this.known.foreign;
  }

  private makeForeign(): readonly Target[] {
    const { partition, buckets } = this.input;
    const ours = buckets.map(({ arn }) => arn);
    const anywhere = [`arn:${partition}:s3:::bucket-of-a-stranger`, `arn:${partition}:s3:::bucket-of-a-stranger/loot`];
    const others = [...ours, ...ours.map(arn => `${objectsIn(arn)}any-object`), ...this.coveredBuckets()];
    const accessPoints = strangeAccessPoints(this.input, this.constants).map(arn =>
      this.inAccount(arn, arn.split(':')[4]),
    );
    const arns = this.distinct([...anywhere, ...others]);
    const owned = this.strangers().flatMap(account => arns.map(arn => this.inAccount(arn, account)));
    const isPlain = ({ arn }: Target) => anywhere.includes(arn);
    return [...owned.filter(isPlain), ...accessPoints, ...owned.filter(each => !isPlain(each))];
  }

  /** An account that has nothing to do with the workload, and others that policies tell apart from it. */
  private strangers(): readonly string[] {
    const ours = ownersIn(this.input);
    const isOwnerTold = ['aws:ResourceAccount', 's3:ResourceAccount'].some(key => this.values.comparesKey(key));
    const others = isOwnerTold ? this.values.all('accounts') : [];
    return [...new Set([EXTERNAL_ACCOUNT, ...others.filter(each => !ours.includes(each))])];
  }

  /** Something in S3 that belongs to a stranger. */
  public strange(arn: string): Target {
    return this.inAccount(arn, EXTERNAL_ACCOUNT);
  }

  /** Something in S3 that belongs to an account. */
  public inAccount(arn: string, account: string): Target {
    const accessPoint = isAccessPoint(arn) ? { arn: containerOf(arn) } : undefined;
    return { words: `${arn} of account ${account}`, arn, account, accessPoint, ...this.organizationOf(account) };
  }

  /** Buckets of the accounts that are not data buckets, and objects in them: any, and those that a pattern covers. */
  public neighbours(): readonly Target[] {
    this.known.neighbours ??= this.makeNeighbours();
    return this.known.neighbours;
  }

  private makeNeighbours(): readonly Target[] {
    const { partition, buckets } = this.input;
    const covered = this.coveredBuckets().filter(
      each => !buckets.some(({ arn }) => each === arn || each.startsWith(`${arn}/`)),
    );
    const arns = this.distinct([
      ...['another-bucket', 'another-bucket/object'].map(name => `arn:${partition}:s3:::${name}`),
      ...covered,
    ]);
    const accounts = [...new Set([this.input.account, ...buckets.map(({ account }) => account)])];
    return accounts.flatMap(account => arns.map(arn => this.inAccount(arn, account)));
  }

  /** The account as such, for actions that name no bucket. */
  public everything(): Target {
    const { partition, account } = this.input;
    return { words: 'the account', arn: `arn:${partition}:s3:::*`, account, ...this.organizationOf(account) };
  }

  /** What the workload's account has in another service. */
  public service(name: string): Target {
    const { account } = this.input;
    return { words: `the service ${name}`, arn: '*', account, ...this.organizationOf(account) };
  }

  /** A key. */
  public key({ arn, account }: { readonly arn: string; readonly account: string }): Target {
    return { words: arn, arn, account, ...this.organizationOf(account), ...this.tagsOf(arn) };
  }

  /** The role itself, which can be assumed. */
  public roleTarget(): Target {
    const {
      account,
      role: { arn },
    } = this.input;
    return { words: arn, arn, account, ...this.organizationOf(account) };
  }

  /** What limits the role by itself. */
  public rolePolicies(): readonly PolicyJson[] {
    const { policies, boundary } = this.input.role;
    return boundary === undefined ? policies : [...policies, boundary];
  }

  /** Every known policy but those of the organization. */
  public ownPolicies(): readonly PolicyJson[] {
    return policiesOf({ ...this.input, serviceControlPolicies: undefined, resourceControlPolicies: undefined });
  }

  /** The known policies of the S3 endpoints. */
  public endpointPolicies(): readonly PolicyJson[] {
    return policiesIn(this.input.endpoints.map(({ policy }) => policy));
  }

  /**
   * What the policy of a bucket has to hold by itself; where the bucket was made for the workload, against a
   * statement beside it that allows everything: what keeps others out there are the Denies, whatever somebody adds.
   *
   * @param keys if given, only the statements that look at one of these context keys have to do it, whatever happens
   * to the others
   */
  public holding(bucket: HoldingBucket, keys: readonly string[] = []): PolicyJson {
    const name = [bucket.arn, ...keys].join();
    const document =
      this.known.holding.get(name) ??
      holdingPolicy(
        bucket,
        keys.map(key => key.toLowerCase()),
      );
    this.known.holding.set(name, document);
    return document;
  }

  /** What the patterns for buckets and objects cover, and what is next to it. */
  private coveredBuckets(): readonly string[] {
    const patterns = [...this.constants.resources].filter(each => each.startsWith(`arn:${this.input.partition}:s3:::`));
    const arns = patterns
      .flatMap(each => [witness(each), ...nearMisses(each)])
      .filter(each => /:::[^/]{3,}(\/.|$)/.test(each));
    return [...arns, ...arns.filter(each => !isObject(each)).map(each => `${each}/object`), ...this.values.buckets()];
  }

  /** Requests on a bucket that the workload reaches through an access point alone usually come through that. */
  private aboutBucket(arn: string, account: string): TargetPart {
    const accessPoint = wayThrough(this.input.buckets.find(each => each.arn === arn));
    return {
      ...this.organizationOf(account),
      ...this.tagsOf(arn),
      ...(accessPoint === undefined ? {} : { accessPoint: { arn: accessPoint } }),
    };
  }

  /** The tags that policies ask for and a bucket or key does not have. */
  private tagsOf(arn: string): TargetPart {
    const { buckets, keys } = this.input;
    const known = [...buckets, ...keys].find(each => each.arn === arn)?.tagNames?.map(each => each.toLowerCase());
    const asked = [...this.constants.keys.keys()]
      .filter(key => key.startsWith(RESOURCE_TAG))
      .map(key => key.slice(RESOURCE_TAG.length));
    const lacking = asked.filter(name => known !== undefined && !known.includes(name));
    return lacking.length === 0 ? {} : { tags: Object.fromEntries(lacking.map(name => [name, undefined])) };
  }

  /** The accounts of the workload and its buckets are in the organization that policies name, as far as they ask. */
  public organizationOf(account: string): TargetPart {
    const { account: own, buckets, keys } = this.input;
    const inside = account === own || [...buckets, ...keys].some(each => each.account === account);
    const isAsked = this.affiliations.some(({ name }) => name === OWNERS_ORGANIZATION);
    const path = inside && isAsked ? this.ours : undefined;
    return path === undefined ? {} : { organizationId: organizationOf(path), organizationPaths: [path] };
  }

  /** One of the ARNs that no pattern of any policy tells apart. */
  private distinct(arns: readonly string[]): readonly string[] {
    const patterns = this.values.resourcePatterns();
    this.known.patterns ??= { Statement: patterns.map(Resource => ({ Effect: 'Allow', Resource })) };
    const policy = this.known.patterns;
    const covering = (arn: string) =>
      statementsOn(policy, arn).filter(index => wildcardMatch(patterns[index] ?? '', arn));
    return distinctBy(arns, arn => `${isObject(arn)} ${covering(arn).join()}`);
  }
}

/** The keys that the requests of instances always have, with the values of the workload's. */
function usualOf({ partition, region, account, role: { arn } }: ProofInput): Readonly<Record<string, ContextValue>> {
  const role = { arn, account, tags: {} };
  const sent = byInstance({ partition, region, role, instanceId: 'i-workload', vpcId: '', address: '', time: NOW });
  const said = attributesOf(sent);
  return Object.fromEntries(
    keysIn(said).flatMap(key => {
      const value = saidOf(said, key)?.value;
      return value === undefined ? [] : [[key, value] as const];
    }),
  );
}

const RESOURCE_TAG = 'aws:resourcetag/';

const REGION = 'aws:requestedregion';

/**
 * A key is asked in its own Region only, so that requests on it have one value for `aws:RequestedRegion`.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-requestedregion
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-id-key-ARN
 */
function inRegionOf(arn: string, dimensions: readonly Dimension[]): readonly Dimension[] {
  const region = regionOf(arn);
  const there = dimension(REGION, [{ words: '', parts: partsWith(REGION, region) }]);
  return region === '' ? dimensions : dimensions.map(each => (each.name === REGION ? there : each));
}

function regionOf(arn: string): string {
  return arn.split(':')[3] ?? '';
}

/** What keeps a role to its one task belongs to each statement that spares it. */
function holdingPolicy(
  { policy, exclusive = true, taskRoles = [] }: HoldingBucket,
  keys: readonly string[],
): PolicyJson {
  const known = knownPolicy(policy);
  if (!exclusive) {
    return known ?? { Statement: [] };
  }
  const own = asList(known?.Statement).filter(
    statement =>
      keys.length === 0 ||
      keys.some(key => keysOf(statement).has(key)) ||
      (taskRoles.length > 0 && statement.NotAction !== undefined),
  );
  return { Version: '2012-10-17', ...known, Statement: [...own, ...asList(OPEN_BUCKET.Statement)] };
}
