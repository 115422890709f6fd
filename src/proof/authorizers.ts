import type { PolicyJson, PolicySet } from '../iam';
import { actorOf, networkOf, Scene } from './candidate-request';
import { Sight, sightOf } from './partition';
import { BucketSubject, knownPolicy, policiesIn, ProofSubject } from './proof-input';

/** The name of statements that stand for everything that somebody could allow. */
export const ANYTHING = 'AnythingThatAllows';

/** Identity policies without limits. */
export const UNLIMITED: readonly PolicyJson[] = [{ Version: '2012-10-17', Statement: [{ Sid: ANYTHING, Effect: 'Allow', Action: '*', Resource: '*' }] }];

/** A bucket of somebody who lets everybody in. */
export const OPEN_BUCKET: PolicyJson = {
  Version: '2012-10-17', Statement: [{ Sid: ANYTHING, Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: '*' }],
};

/** A resource of somebody who lets everybody do everything. */
const OPEN: PolicyJson = { Version: '2012-10-17', Statement: [{ Sid: ANYTHING, Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }] };

/** The policies that scenes are decided by. */
export class Court {
  private seen?: Sight;

  /**
   * @param documents every policy that can take part
   * @param policies those that decide a scene; which ones, depends on nothing but the target, the principal's account and the endpoint
   */
  constructor(public readonly documents: readonly PolicyJson[], public readonly policies: (scene: Scene) => PolicySet) {}

  /** What the policies can tell apart. */
  public get sight(): Sight {
    this.seen ??= sightOf(this.documents, true);
    return this.seen;
  }
}

type Kind = 'bucket' | 'key';

/** The courts about a subject, each made once. */
export class Courts {
  private readonly known = new Map<string, Map<unknown, Court>>();

  constructor(private readonly subject: ProofSubject) {}

  /** What S3 is decided by when the workload's role asks; a bucket whose policy is not known lets its own account's and the workload's identities decide. */
  public workload(bucket: BucketSubject | undefined, account: string): Court {
    return this.once(`workload ${account}`, bucket, () => {
      const resourcePolicy = bucket === undefined || bucket.policy === 'unknown' ? this.delegation(account) : bucket.policy;
      const documents = [...this.roleDocuments(), resourcePolicy, ...this.endpointDocuments()];
      return this.court(documents, { ...this.roleSide(), resourcePolicy }, this.endpointSides());
    });
  }

  /** The role's own policies, while everything else would let it through. */
  public role(account: string, kind: Kind = 'bucket'): Court {
    const { policies, boundary } = this.subject.role;
    return this.once(`role ${account}`, kind, () => this.roleWith(policies, account, kind, boundary));
  }

  /** What the role's Denies leave of unlimited Allows. */
  public roleDenies(account: string): Court {
    return this.once('role denies', account, () => this.roleWith([...this.subject.role.policies, ...UNLIMITED], account));
  }

  /** The role with other policies. */
  public roleWith(identityPolicies: readonly PolicyJson[], account: string, resourcePolicyKind: Kind = 'bucket', permissionsBoundary?: PolicyJson): Court {
    const resourcePolicy = this.delegation(account, resourcePolicyKind);
    const policies: PolicySet = { identityPolicies, permissionsBoundary, resourcePolicy, resourcePolicyKind };
    return new Court([...identityPolicies, ...policiesIn([permissionsBoundary, resourcePolicy])], () => policies);
  }

  /** The role's policies and those of a key. */
  public roleAndKey(resourcePolicy: PolicyJson): Court {
    return this.once('role and key', resourcePolicy, () =>
      this.court([...this.roleDocuments(), resourcePolicy], { ...this.roleSide(), resourcePolicy, resourcePolicyKind: 'key' }));
  }

  /** A resource's policy, while everything else would let everybody through. */
  public resource(resourcePolicy: PolicyJson | undefined, kind: Kind = 'bucket'): Court {
    return this.once(`resource ${kind}`, resourcePolicy, () =>
      this.court([resourcePolicy], { identityPolicies: UNLIMITED, resourcePolicy, resourcePolicyKind: kind }));
  }

  /** A resource's policy, while everything else would let everybody through, guardrails included. */
  public unguarded(resourcePolicy: PolicyJson | undefined, kind: Kind = 'bucket'): Court {
    const policies: PolicySet = { identityPolicies: UNLIMITED, resourcePolicy, resourcePolicyKind: kind };
    return this.once(`unguarded ${kind}`, resourcePolicy, () => new Court(policiesIn([resourcePolicy]), () => policies));
  }

  /** The guardrails of the organization, while everything else would let everybody through. */
  public guardrails(kind: Kind = 'bucket'): Court {
    return this.once('guardrails', kind, () =>
      this.court([OPEN], { identityPolicies: UNLIMITED, resourcePolicy: OPEN, resourcePolicyKind: kind }));
  }

  /** A resource's policy alone: nobody has policies of their own. */
  public alone(resourcePolicy: PolicyJson | undefined, kind: Kind = 'bucket'): Court {
    const policies: PolicySet = { resourcePolicy, resourcePolicyKind: kind };
    return this.once(`alone ${kind}`, resourcePolicy, () => new Court(policiesIn([resourcePolicy]), () => policies));
  }

  /** The endpoints' policies, while everything else would let everybody through. */
  public endpoint(resourcePolicy?: PolicyJson): Court {
    return this.once('endpoint', resourcePolicy, () => {
      const documents = [...policiesIn([resourcePolicy]), ...this.endpointDocuments()];
      return new Court(documents, withMore({ identityPolicies: UNLIMITED, resourcePolicy }, this.endpointSides()));
    });
  }

  private once(name: string, key: unknown, make: () => Court): Court {
    const courts = this.known.get(name) ?? new Map<unknown, Court>();
    const court = courts.get(key) ?? make();
    this.known.set(name, courts.set(key, court));
    return court;
  }

  /** A court with the policies that the principal's and the resource's organization add, as far as they are known. */
  private court(documents: ReadonlyArray<PolicyJson | undefined>, fixed: PolicySet, more?: (scene: Scene) => PolicySet): Court {
    const { serviceControlPolicies, resourceControlPolicies, account } = this.subject;
    const policies = more === undefined ? () => fixed : withMore(fixed, more);
    if (serviceControlPolicies === undefined && resourceControlPolicies === undefined) return new Court(policiesIn(documents), policies);
    const ofOrganization = [...(serviceControlPolicies ?? []).flat(), ...resourceControlPolicies ?? []];
    return new Court([...policiesIn(documents), ...ofOrganization], scene => ({
      ...policies(scene),
      serviceControlPolicies: actorOf(scene).account === account ? serviceControlPolicies : undefined,
      resourceControlPolicies: scene.target.account === account ? resourceControlPolicies : undefined,
    }));
  }

  /** The endpoint's policy, where the request passes an endpoint whose policy is known. */
  private endpointSides(): (scene: Scene) => PolicySet {
    const sides = new Map(this.subject.endpoints.map(({ id, policy, kind }) => [id, { endpointPolicy: knownPolicy(policy), endpointKind: kind }]));
    return scene => sides.get(networkOf(scene).endpointId ?? '') ?? NONE;
  }

  private endpointDocuments(): readonly PolicyJson[] {
    return policiesIn(this.subject.endpoints.map(({ policy }) => policy));
  }

  private roleSide(): PolicySet {
    const { policies, boundary } = this.subject.role;
    return { identityPolicies: policies, permissionsBoundary: boundary };
  }

  private roleDocuments(): readonly PolicyJson[] {
    const { policies, boundary } = this.subject.role;
    return [...policies, ...policiesIn([boundary])];
  }

  /** Leaves the decision to the identity policies of the workload's account. */
  private delegation(account: string, kind: Kind = 'bucket'): PolicyJson | undefined {
    const { partition, account: own } = this.subject;
    if (account === own && kind === 'bucket') return undefined;
    const Principal = { AWS: `arn:${partition}:iam::${own}:root` };
    return { Version: '2012-10-17', Statement: [{ Sid: ANYTHING, Effect: 'Allow', Principal, Action: '*', Resource: '*' }] };
  }
}

const NONE: PolicySet = {};

/** Policies to which a scene adds some; the sets are made once. */
function withMore(fixed: PolicySet, more: (scene: Scene) => PolicySet): (scene: Scene) => PolicySet {
  const sets = new Map<PolicySet, PolicySet>();
  return scene => {
    const added = more(scene);
    const policies = sets.get(added) ?? { ...fixed, ...added };
    sets.set(added, policies);
    return policies;
  };
}
