import { isObject } from './actions';
import { actorAxis, STRANGER } from './actors';
import { credentialsAxis, headerAxes, organizationAxes, otherAxes, serviceMarkAxis, transportAxis } from './axes';
import type { PolicyJson, PolicySet } from '../policy';
import { distinctBy } from './classes';
import { Constants, constantsOf, keysOf, nearMisses, valuesOf, witness } from './constants';
import { declaredConstants } from './grants';
import { keyNetworkAxis, networkAxis } from './networks';
import { actorOf, axis, Axis, Context, networkOf, Scene, Target } from './scene';
import type { Court } from './search';
import { BucketSubject, KeySubject, knownPolicy, policiesIn, policiesOf, ProofSubject } from './subject';
import { asList } from '../policy/document';
import { wildcardMatch } from '../policy/wildcard';

/** Identity policies without limits. */
export const UNLIMITED: readonly PolicyJson[] = [{ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }];

/** A bucket of somebody who lets everybody in. */
export const OPEN_BUCKET: PolicyJson = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: '*' }] };

/** A bucket with the policy that has to hold. */
export interface HoldingBucket {
  readonly arn: string;
  readonly policy?: PolicyJson | 'unknown';
  readonly dedicated?: boolean;
}

/** The classes of requests about a subject, and the policies that decide them. */
export class World {
  public readonly constants: Constants;
  public readonly actors: Axis;
  public readonly networks: Axis;
  public readonly keyNetworks: Axis;
  public readonly transports = transportAxis();
  public readonly credentials: Axis;
  /** Organization and unit of the principal, and the mark of services. */
  public readonly affiliations: readonly Axis[];

  /** What was found out already. */
  private readonly known = {
    axes: new Map<string | undefined, readonly Axis[]>(),
    objects: new Map<string, readonly Target[]>(),
    holding: new Map<string, PolicyJson>(),
    foreign: undefined as readonly Target[] | undefined,
  };

  constructor(public readonly subject: ProofSubject) {
    this.constants = constantsOf([...policiesOf(subject), ...subject.buckets.flatMap(declaredConstants)]);
    this.actors = actorAxis(subject, this.constants);
    this.networks = networkAxis(subject, this.constants);
    this.keyNetworks = keyNetworkAxis(subject, this.constants);
    this.credentials = credentialsAxis(subject);
    this.affiliations = [...organizationAxes(this.constants), ...serviceMarkAxis(this.constants)];
  }

  /** Every axis of a request to S3. */
  public axes(keyArn?: string): readonly Axis[] {
    const axes = this.known.axes.get(keyArn) ?? this.makeAxes(keyArn);
    this.known.axes.set(keyArn, axes);
    return axes;
  }

  private makeAxes(keyArn: string | undefined): readonly Axis[] {
    const known = [this.actors, this.networks, this.transports, ...this.affiliations, this.credentials, ...headerAxes(this.constants, keyArn)];
    return [...known, ...otherAxes(this.constants, [...known, this.keyNetworks, callerAccount(this.subject.account)], { 'aws:sourceaccount': this.subject.account })];
  }

  /** Every axis of a request to KMS. */
  public keyAxes(key: KeySubject): readonly Axis[] {
    const known = [this.actors, this.keyNetworks, ...this.affiliations, callerAccount(key.account)];
    const elsewhere = [...known, this.networks, this.transports, this.credentials, ...headerAxes(this.constants, undefined)];
    return [...known, ...otherAxes(this.constants, elsewhere)];
  }

  /** The bucket itself. */
  public bucket({ arn, account }: { readonly arn: string; readonly account: string }): Target {
    return { words: arn, arn, account, context: this.owner(account) };
  }

  /** Objects of a bucket: those that a pattern names, those next to it, and one that nobody names; one of those that no pattern tells apart. */
  public objects({ arn, account }: { readonly arn: string; readonly account: string }): readonly Target[] {
    const patterns = [...this.constants.resources].filter(each => each.startsWith(`${arn}/`));
    const arns = [`${arn}/any-object`, ...patterns.flatMap(each => [witness(each), ...nearMisses(each)])];
    const objects = this.known.objects.get(arn) ?? this.distinct(arns.filter(each => each.startsWith(`${arn}/`) && each.length > arn.length + 1))
      .map(each => ({ words: each, arn: each, account, context: this.owner(account) }));
    this.known.objects.set(arn, objects);
    return objects;
  }

  /** Buckets and objects of strangers: any, those that a pattern covers beside our buckets, and ours when somebody else has re-created them. */
  public foreign(): readonly Target[] {
    const { partition, buckets } = this.subject;
    const ours = buckets.map(({ arn }) => arn);
    const anywhere = [`arn:${partition}:s3:::bucket-of-a-stranger`, `arn:${partition}:s3:::bucket-of-a-stranger/loot`];
    this.known.foreign ??= this.distinct([...anywhere, ...ours, ...ours.map(arn => `${arn}/any-object`), ...this.coveredBuckets()])
      .map(arn => this.strange(arn));
    return this.known.foreign;
  }

  /** Something in S3 that belongs to a stranger. */
  public strange(arn: string): Target {
    return { words: `${arn} of account ${STRANGER}`, arn, account: STRANGER, context: this.owner(STRANGER) };
  }

  /** Buckets of the accounts that are not data buckets, and objects in them: any, and those that a pattern covers. */
  public neighbours(): readonly Target[] {
    const { partition, buckets } = this.subject;
    const covered = this.coveredBuckets().filter(each => !buckets.some(({ arn }) => each === arn || each.startsWith(`${arn}/`)));
    const arns = this.distinct([...['another-bucket', 'another-bucket/object'].map(name => `arn:${partition}:s3:::${name}`), ...covered]);
    const accounts = [...new Set([this.subject.account, ...buckets.map(({ account }) => account)])];
    return accounts.flatMap(account => arns.map(arn => ({ words: `${arn} of account ${account}`, arn, account, context: this.owner(account) })));
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

  /** The known policies of the S3 endpoints. */
  public endpointPolicies(): readonly PolicyJson[] {
    return policiesIn(this.subject.endpoints.map(({ policy }) => policy));
  }

  /** What S3 is decided by when the workload's role asks; a bucket whose policy is not known lets its own account's and the workload's identities decide. */
  public workloadCourt(bucket: BucketSubject | undefined, account: string): Court {
    const resourcePolicy = bucket === undefined || bucket.policy === 'unknown' ? this.delegation(account) : bucket.policy;
    return scene => ({ ...this.organizationPolicies(scene), ...this.roleSide(), resourcePolicy, ...this.endpointSide(scene) });
  }

  /** The role's own policies, while everything else would let it through. */
  public roleCourt(account: string, kind: 'bucket' | 'key' = 'bucket'): Court {
    const resourcePolicy = this.delegation(account, kind);
    return () => ({ ...this.roleSide(), resourcePolicy, resourcePolicyKind: kind });
  }

  /**
   * What the policy of a bucket has to hold by itself; where the bucket was made for the workload, against a statement beside it that allows
   * everything: what keeps others out there are the Denies, whatever somebody adds.
   *
   * @param keys if given, only the statements that look at one of these context keys have to do it, whatever happens to the others
   */
  public holding({ arn, policy, dedicated = true }: HoldingBucket, keys?: readonly string[]): PolicyJson {
    const name = [arn, ...keys ?? ['all']].join();
    const known = knownPolicy(policy);
    const wanted = keys?.map(key => key.toLowerCase());
    const own = asList(known?.Statement).filter(statement => wanted?.some(key => keysOf(statement).has(key)) !== false);
    const open = asList(OPEN_BUCKET.Statement);
    const document = this.known.holding.get(name)
      ?? (dedicated ? { Version: '2012-10-17', ...known, Statement: [...own, ...open] } : known ?? { Statement: [] });
    this.known.holding.set(name, document);
    return document;
  }

  /** What the role's Denies leave of unlimited Allows. */
  public roleDeniesCourt(account: string): Court {
    const court = this.roleCourt(account);
    return scene => {
      const policies = court(scene);
      return { ...policies, identityPolicies: [...policies.identityPolicies ?? [], ...UNLIMITED], permissionsBoundary: undefined };
    };
  }

  /** The role's policies and those of a key. */
  public roleAndKeyCourt(resourcePolicy: PolicyJson): Court {
    return scene => ({ ...this.organizationPolicies(scene), ...this.roleSide(), resourcePolicy, resourcePolicyKind: 'key' });
  }

  /** A resource's policy, while everything else would let everybody through. */
  public resourceCourt(resourcePolicy: PolicyJson | undefined, kind: 'bucket' | 'key' = 'bucket'): Court {
    return scene => ({ ...this.organizationPolicies(scene), identityPolicies: UNLIMITED, resourcePolicy, resourcePolicyKind: kind });
  }

  /** The endpoints' policies, while everything else would let everybody through. */
  public endpointCourt(resourcePolicy?: PolicyJson): Court {
    return scene => ({ identityPolicies: UNLIMITED, resourcePolicy, ...this.endpointSide(scene) });
  }

  /** What the principal's and the resource's organization add. */
  public organizationPolicies(scene: Scene): PolicySet {
    const { serviceControlPolicies, resourceControlPolicies, account } = this.subject;
    return {
      serviceControlPolicies: actorOf(scene).account === account ? serviceControlPolicies : undefined,
      resourceControlPolicies: scene.target.account === account ? resourceControlPolicies : undefined,
    };
  }

  /** The endpoint's policy, where the request passes an endpoint whose policy is known. */
  public endpointSide(scene: Scene): PolicySet {
    const endpoint = this.subject.endpoints.find(({ id }) => id === networkOf(scene).endpointId);
    return { endpointPolicy: knownPolicy(endpoint?.policy), endpointKind: endpoint?.kind };
  }

  private roleSide(): PolicySet {
    const { policies, boundary } = this.subject.role;
    return { identityPolicies: policies, permissionsBoundary: boundary };
  }

  /** Leaves the decision to the identity policies of the workload's account. */
  private delegation(account: string, kind: 'bucket' | 'key' = 'bucket'): PolicyJson | undefined {
    const { partition, account: own } = this.subject;
    if (account === own && kind === 'bucket') return undefined;
    const Principal = { AWS: `arn:${partition}:iam::${own}:root` };
    return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal, Action: '*', Resource: '*' }] };
  }

  /** What the patterns for buckets and objects cover, and what is next to it. */
  private coveredBuckets(): readonly string[] {
    const patterns = [...this.constants.resources].filter(each => each.startsWith(`arn:${this.subject.partition}:s3:::`));
    const arns = patterns.flatMap(each => [witness(each), ...nearMisses(each)]).filter(each => !each.endsWith(':') && !each.endsWith('/'));
    return [...arns, ...arns.filter(each => !isObject(each)).map(each => `${each}/object`)];
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

/** The account that makes a call to KMS; AWS says it in every call, but a proof that needs it says so. */
function callerAccount(account: string): Axis {
  return axis('kms:CallerAccount', [
    { words: '', context: { 'kms:CallerAccount': account } },
    { words: `with kms:CallerAccount ${STRANGER}`, context: { 'kms:CallerAccount': STRANGER } },
    { words: 'without kms:CallerAccount', context: {} },
  ]);
}
