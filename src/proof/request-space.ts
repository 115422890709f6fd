import { accessPointAxis, accessPointContext, strangeAccessPoints, wayThrough } from './access-points';
import { isObject } from '../iam/facts/actions';
import { actorAxis, STRANGER } from './principals';
import { credentialsAxis, headerAxes, organizationAxes, otherAxes, principalAccountAxis, serviceMarkAxis, transportAxis } from './dimensions';
import type { PolicyJson } from '../iam';
import { distinctBy } from './classes';
import { Constants, constantsOf, keysOf, nearMisses, valuesOf, witness } from './constants';
import { Courts, OPEN_BUCKET } from './authorizers';
import { declaredConstants } from './grants';
import { keyNetworkAxis, networkAxis } from './networks';
import { axis, Axis, Context, Target } from './candidate-request';
import { KeySubject, knownPolicy, policiesIn, policiesOf, ProofSubject } from './proof-input';
import { asList } from '../iam/document';
import { containerOf, isAccessPoint, objectsIn } from '../iam/s3-arn';
import { wildcardMatch } from '../iam/wildcard';

/** A bucket with the policy that has to hold. */
export interface HoldingBucket {
  readonly arn: string;
  readonly policy?: PolicyJson | 'unknown';
  readonly dedicated?: boolean;
}

/** The classes of requests about a subject, and the policies that decide them. */
export class World {
  public readonly courts: Courts;
  public readonly constants: Constants;
  public readonly actors: Axis;
  public readonly networks: Axis;
  public readonly keyNetworks: Axis;
  public readonly transports = transportAxis();
  public readonly credentials: Axis;
  /** Which access point requests come through, where the subject has some. */
  public readonly accessPoints: readonly Axis[];
  /** Organization and unit of the principal. */
  public readonly organization: readonly Axis[];
  /** The account of the principal, where policies look at it. */
  public readonly principalAccount: readonly Axis[];
  /** All of these, and the mark of services. */
  public readonly affiliations: readonly Axis[];

  /** What was found out already. */
  private readonly known = {
    axes: new Map<string | undefined, readonly Axis[]>(),
    keyAxes: new Map<string, readonly Axis[]>(),
    objects: new Map<string, readonly Target[]>(),
    holding: new Map<string, PolicyJson>(),
    foreign: undefined as readonly Target[] | undefined,
  };

  constructor(public readonly subject: ProofSubject) {
    this.courts = new Courts(subject);
    this.constants = constantsOf([...policiesOf(subject), ...subject.buckets.flatMap(declaredConstants)]);
    this.actors = actorAxis(subject, this.constants);
    this.networks = networkAxis(subject, this.constants);
    this.keyNetworks = keyNetworkAxis(subject, this.constants);
    this.credentials = credentialsAxis(subject);
    this.accessPoints = accessPointAxis(subject);
    this.organization = organizationAxes(this.constants);
    this.principalAccount = principalAccountAxis(this.constants);
    this.affiliations = [...this.organization, ...this.principalAccount, ...serviceMarkAxis(this.constants)];
  }

  /** Every axis of a request to S3. */
  public axes(keyArn?: string): readonly Axis[] {
    const axes = this.known.axes.get(keyArn) ?? this.makeAxes(keyArn);
    this.known.axes.set(keyArn, axes);
    return axes;
  }

  private makeAxes(keyArn: string | undefined): readonly Axis[] {
    const headers = headerAxes(this.constants, keyArn);
    const known = [this.actors, this.networks, this.transports, ...this.affiliations, this.credentials, ...this.accessPoints, ...headers];
    return [...known, ...otherAxes(this.constants, [...known, this.keyNetworks, callerAccount(this.subject.account)], this.onBehalf())];
  }

  /** Services act on behalf of the workload's account, and of its organization where policies name one. */
  private onBehalf(): Readonly<Record<string, string>> {
    const [organization] = valuesOf(this.constants, 'aws:SourceOrgID');
    return { 'aws:sourceaccount': this.subject.account, ...organization === undefined ? {} : { 'aws:sourceorgid': organization } };
  }

  /** Every axis of a request to KMS. */
  public keyAxes(key: KeySubject): readonly Axis[] {
    const axes = this.known.keyAxes.get(key.account) ?? this.makeKeyAxes(key);
    this.known.keyAxes.set(key.account, axes);
    return axes;
  }

  private makeKeyAxes(key: KeySubject): readonly Axis[] {
    const known = [this.actors, this.keyNetworks, ...this.affiliations, callerAccount(key.account)];
    const elsewhere = [...known, this.networks, this.transports, this.credentials, ...this.accessPoints, ...headerAxes(this.constants, undefined)];
    return [...known, ...otherAxes(this.constants, elsewhere)];
  }

  /** The bucket itself. */
  public bucket({ arn, account }: { readonly arn: string; readonly account: string }): Target {
    return { words: arn, arn, account, context: this.contextOf(arn, account) };
  }

  /** Objects of a bucket: those that a pattern names, those next to it, and one that nobody names; one of those that no pattern tells apart. */
  public objects({ arn, account }: { readonly arn: string; readonly account: string }): readonly Target[] {
    const start = objectsIn(arn);
    const patterns = [...this.constants.resources].filter(each => each.startsWith(start));
    const arns = [`${start}any-object`, ...patterns.flatMap(each => [witness(each), ...nearMisses(each)])];
    const context = this.contextOf(arn, account);
    const objects = this.known.objects.get(arn) ?? this.distinct(arns.filter(each => each.startsWith(start) && each.length > start.length))
      .map(each => ({ words: each, arn: each, account, context }));
    this.known.objects.set(arn, objects);
    return objects;
  }

  /** Buckets and objects of strangers: any, those that a pattern covers beside our buckets, and ours when somebody else has re-created them. */
  public foreign(): readonly Target[] {
    this.known.foreign ??= this.makeForeign();
    return this.known.foreign;
  }

  private makeForeign(): readonly Target[] {
    const { partition, buckets } = this.subject;
    const ours = buckets.map(({ arn }) => arn);
    const anywhere = [`arn:${partition}:s3:::bucket-of-a-stranger`, `arn:${partition}:s3:::bucket-of-a-stranger/loot`];
    const others = [...ours, ...ours.map(arn => `${objectsIn(arn)}any-object`), ...this.coveredBuckets()];
    const accessPoints = strangeAccessPoints(this.subject, this.constants).map(arn => this.inAccount(arn, arn.split(':')[4]));
    return [...this.distinct([...anywhere, ...others]).map(arn => this.strange(arn)), ...accessPoints];
  }

  /** Something in S3 that belongs to a stranger. */
  public strange(arn: string): Target {
    return this.inAccount(arn, STRANGER);
  }

  /** Something in S3 that belongs to an account. */
  public inAccount(arn: string, account: string): Target {
    const way = isAccessPoint(arn) ? accessPointContext(containerOf(arn)) : {};
    return { words: `${arn} of account ${account}`, arn, account, context: { ...this.owner(account), ...way } };
  }

  /** Buckets of the accounts that are not data buckets, and objects in them: any, and those that a pattern covers. */
  public neighbours(): readonly Target[] {
    const { partition, buckets } = this.subject;
    const covered = this.coveredBuckets().filter(each => !buckets.some(({ arn }) => each === arn || each.startsWith(`${arn}/`)));
    const arns = this.distinct([...['another-bucket', 'another-bucket/object'].map(name => `arn:${partition}:s3:::${name}`), ...covered]);
    const accounts = [...new Set([this.subject.account, ...buckets.map(({ account }) => account)])];
    return accounts.flatMap(account => arns.map(arn => this.inAccount(arn, account)));
  }

  /** The account as such, for actions that name no bucket. */
  public everything(): Target {
    const { partition, account } = this.subject;
    return { words: 'the account', arn: `arn:${partition}:s3:::*`, account, context: { 'aws:ResourceAccount': account } };
  }

  /** A key. */
  public key({ arn, account }: { readonly arn: string; readonly account: string }): Target {
    return { words: arn, arn, account, context: { 'aws:ResourceAccount': account } };
  }

  /** The role itself, which can be assumed. */
  public roleTarget(): Target {
    const { account, role: { arn } } = this.subject;
    return { words: arn, arn, account, context: { 'aws:ResourceAccount': account } };
  }

  /** What limits the role by itself. */
  public rolePolicies(): readonly PolicyJson[] {
    const { policies, boundary } = this.subject.role;
    return boundary === undefined ? policies : [...policies, boundary];
  }

  /** Every known policy but those of the organization. */
  public ownPolicies(): readonly PolicyJson[] {
    return policiesOf({ ...this.subject, serviceControlPolicies: undefined, resourceControlPolicies: undefined });
  }

  /** The known policies of the S3 endpoints. */
  public endpointPolicies(): readonly PolicyJson[] {
    return policiesIn(this.subject.endpoints.map(({ policy }) => policy));
  }

  /**
   * What the policy of a bucket has to hold by itself; where the bucket was made for the workload, against a statement beside it that allows
   * everything: what keeps others out there are the Denies, whatever somebody adds.
   *
   * @param keys if given, only the statements that look at one of these context keys have to do it, whatever happens to the others
   */
  public holding(bucket: HoldingBucket, keys: readonly string[] = []): PolicyJson {
    const name = [bucket.arn, ...keys].join();
    const document = this.known.holding.get(name) ?? holdingPolicy(bucket, keys.map(key => key.toLowerCase()));
    this.known.holding.set(name, document);
    return document;
  }

  /** What the patterns for buckets and objects cover, and what is next to it. */
  private coveredBuckets(): readonly string[] {
    const patterns = [...this.constants.resources].filter(each => each.startsWith(`arn:${this.subject.partition}:s3:::`));
    const arns = patterns.flatMap(each => [witness(each), ...nearMisses(each)]).filter(each => !each.endsWith(':') && !each.endsWith('/'));
    return [...arns, ...arns.filter(each => !isObject(each)).map(each => `${each}/object`)];
  }

  /** Requests on a bucket that the workload reaches through an access point alone usually come through that. */
  private contextOf(arn: string, account: string): Context {
    const accessPoint = wayThrough(this.subject.buckets.find(each => each.arn === arn));
    return { ...this.owner(account), ...accessPoint === undefined ? {} : accessPointContext(accessPoint) };
  }

  private owner(account: string): Context {
    const { account: own, buckets } = this.subject;
    const [organization] = valuesOf(this.constants, 'aws:ResourceOrgID');
    const inside = account === own || buckets.some(each => each.account === account);
    return { 'aws:ResourceAccount': account, ...organization === undefined || !inside ? {} : { 'aws:ResourceOrgID': organization } };
  }

  /** One of the ARNs that no pattern of any policy tells apart. */
  private distinct(arns: readonly string[]): readonly string[] {
    const patterns = [...this.constants.resources];
    return distinctBy(arns, arn => `${isObject(arn)}${patterns.map(each => wildcardMatch(each, arn) ? '1' : '0').join('')}`);
  }
}

function holdingPolicy({ policy, dedicated = true }: HoldingBucket, keys: readonly string[]): PolicyJson {
  const known = knownPolicy(policy);
  if (!dedicated) return known ?? { Statement: [] };
  const own = asList(known?.Statement).filter(statement => keys.length === 0 || keys.some(key => keysOf(statement).has(key)));
  return { Version: '2012-10-17', ...known, Statement: [...own, ...asList(OPEN_BUCKET.Statement)] };
}

/** The account that makes a call to KMS; AWS says it in every call, but a proof that needs it says so. */
function callerAccount(account: string): Axis {
  return axis('kms:CallerAccount', [
    { words: '', context: { 'kms:CallerAccount': account } },
    { words: `with kms:CallerAccount ${STRANGER}`, context: { 'kms:CallerAccount': STRANGER } },
    { words: 'without kms:CallerAccount', context: {} },
  ]);
}
