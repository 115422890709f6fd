import type { PolicyJson, PolicySet } from '../iam';
import { principalOf, networkOf, CandidateRequest } from './candidate-request';
import { Partition, partitionOf } from './partition';
import { BucketInput, knownPolicy, policiesIn, ProofInput } from './proof-input';

/** The name of statements that stand for everything that somebody could allow. */
export const ANYTHING = 'AnythingThatAllows';

/** Identity policies without limits. */
export const UNLIMITED: readonly PolicyJson[] = [
  { Version: '2012-10-17', Statement: [{ Sid: ANYTHING, Effect: 'Allow', Action: '*', Resource: '*' }] },
];

/** A bucket of somebody who lets everybody in. */
export const OPEN_BUCKET: PolicyJson = {
  Version: '2012-10-17',
  Statement: [{ Sid: ANYTHING, Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: '*' }],
};

/** A resource of somebody who lets everybody do everything. */
const OPEN: PolicyJson = {
  Version: '2012-10-17',
  Statement: [{ Sid: ANYTHING, Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
};

/** The policies that candidates are decided by. */
export class Authorizer {
  private seen?: Partition;

  /**
   * @param documents every policy that can take part
   * @param policies those that decide a candidate; which ones, depends on nothing but the target, the principal's
   * account and the endpoint
   */
  constructor(
    public readonly documents: readonly PolicyJson[],
    public readonly policies: (candidate: CandidateRequest) => PolicySet,
  ) {}

  /** What the policies can tell apart. */
  public get requestPartition(): Partition {
    this.seen ??= partitionOf(this.documents, true);
    return this.seen;
  }
}

type Kind = 'bucket' | 'key';

/** The authorizers about a input, each made once. */
export class Authorizers {
  private readonly known = new Map<string, Map<unknown, Authorizer>>();

  constructor(private readonly input: ProofInput) {}

  /**
   * What S3 is decided by when the workload's role asks; a bucket whose policy is not known lets its own account's
   * and the workload's identities decide.
   */
  public workload(bucket: BucketInput | undefined, account: string): Authorizer {
    return this.once(`workload ${account}`, bucket, () => {
      const resourcePolicy =
        bucket === undefined || bucket.policy === 'unknown' ? this.delegation(account) : bucket.policy;
      const documents = [...this.roleDocuments(), resourcePolicy, ...this.endpointDocuments()];
      return this.authorizer(documents, { ...this.roleSide(), resourcePolicy }, this.endpointSides());
    });
  }

  /** What of the role's policies and of its organization decides where no policy of a resource takes part. */
  public identity(): Authorizer {
    return this.once('identity', undefined, () => this.authorizer(this.roleDocuments(), this.roleSide()));
  }

  /** The role's own policies, while everything else would let it through. */
  public role(account: string, kind: Kind = 'bucket'): Authorizer {
    const { policies, boundary } = this.input.role;
    return this.once(`role ${account}`, kind, () => this.roleWith(policies, account, kind, boundary));
  }

  /** What the role's Denies leave of unlimited Allows. */
  public roleDenies(account: string): Authorizer {
    return this.once('role denies', account, () => this.roleWith([...this.input.role.policies, ...UNLIMITED], account));
  }

  /** The role with other policies. */
  public roleWith(
    identityPolicies: readonly PolicyJson[],
    account: string,
    resourcePolicyKind: Kind = 'bucket',
    permissionsBoundary?: PolicyJson,
  ): Authorizer {
    const resourcePolicy = this.delegation(account, resourcePolicyKind);
    const policies: PolicySet = { identityPolicies, permissionsBoundary, resourcePolicy, resourcePolicyKind };
    return new Authorizer([...identityPolicies, ...policiesIn([permissionsBoundary, resourcePolicy])], () => policies);
  }

  /** The role's policies and those of a key. */
  public roleAndKey(resourcePolicy: PolicyJson): Authorizer {
    return this.once('role and key', resourcePolicy, () =>
      this.authorizer([...this.roleDocuments(), resourcePolicy], {
        ...this.roleSide(),
        resourcePolicy,
        resourcePolicyKind: 'key',
      }),
    );
  }

  /** A resource's policy, while everything else would let everybody through. */
  public resource(resourcePolicy: PolicyJson | undefined, kind: Kind = 'bucket'): Authorizer {
    return this.once(`resource ${kind}`, resourcePolicy, () =>
      this.authorizer([resourcePolicy], { identityPolicies: UNLIMITED, resourcePolicy, resourcePolicyKind: kind }),
    );
  }

  /** A resource's policy, while everything else would let everybody through, guardrails included. */
  public unguarded(resourcePolicy: PolicyJson | undefined, kind: Kind = 'bucket'): Authorizer {
    const policies: PolicySet = { identityPolicies: UNLIMITED, resourcePolicy, resourcePolicyKind: kind };
    return this.once(
      `unguarded ${kind}`,
      resourcePolicy,
      () => new Authorizer(policiesIn([resourcePolicy]), () => policies),
    );
  }

  /** The guardrails of the organization, while everything else would let everybody through. */
  public guardrails(kind: Kind = 'bucket'): Authorizer {
    return this.once('guardrails', kind, () =>
      this.authorizer([OPEN], { identityPolicies: UNLIMITED, resourcePolicy: OPEN, resourcePolicyKind: kind }),
    );
  }

  /** A resource's policy alone: nobody has policies of their own. */
  public alone(resourcePolicy: PolicyJson | undefined, kind: Kind = 'bucket'): Authorizer {
    const policies: PolicySet = { resourcePolicy, resourcePolicyKind: kind };
    return this.once(
      `alone ${kind}`,
      resourcePolicy,
      () => new Authorizer(policiesIn([resourcePolicy]), () => policies),
    );
  }

  /** The endpoints' policies, while everything else would let everybody through. */
  public endpoint(resourcePolicy?: PolicyJson): Authorizer {
    return this.once('endpoint', resourcePolicy, () => {
      const documents = [...policiesIn([resourcePolicy]), ...this.endpointDocuments()];
      return new Authorizer(documents, withMore({ identityPolicies: UNLIMITED, resourcePolicy }, this.endpointSides()));
    });
  }

  private once(name: string, key: unknown, make: () => Authorizer): Authorizer {
    const authorizers = this.known.get(name) ?? new Map<unknown, Authorizer>();
    const authorizer = authorizers.get(key) ?? make();
    this.known.set(name, authorizers.set(key, authorizer));
    return authorizer;
  }

  /**
   * A authorizer with the policies that the principal's and the resource's organization add, as far as they are
   * known.
   */
  private authorizer(
    documents: ReadonlyArray<PolicyJson | undefined>,
    fixed: PolicySet,
    more?: (candidate: CandidateRequest) => PolicySet,
  ): Authorizer {
    const { serviceControlPolicies, resourceControlPolicies, account } = this.input;
    const policies = more === undefined ? () => fixed : withMore(fixed, more);
    if (serviceControlPolicies === undefined && resourceControlPolicies === undefined) {
      return new Authorizer(policiesIn(documents), policies);
    }
    const ofOrganization = [...(serviceControlPolicies ?? []).flat(), ...(resourceControlPolicies ?? [])];
    return new Authorizer([...policiesIn(documents), ...ofOrganization], candidate => ({
      ...policies(candidate),
      serviceControlPolicies: principalOf(candidate).account === account ? serviceControlPolicies : undefined,
      resourceControlPolicies: candidate.target.account === account ? resourceControlPolicies : undefined,
    }));
  }

  /** The endpoint's policy, where the request passes an endpoint whose policy is known. */
  private endpointSides(): (candidate: CandidateRequest) => PolicySet {
    const sides = new Map(
      this.input.endpoints.map(({ id, policy, kind }) => [
        id,
        { endpointPolicy: knownPolicy(policy), endpointKind: kind },
      ]),
    );
    return candidate => sides.get(networkOf(candidate).endpointId ?? '') ?? NONE;
  }

  private endpointDocuments(): readonly PolicyJson[] {
    return policiesIn(this.input.endpoints.map(({ policy }) => policy));
  }

  private roleSide(): PolicySet {
    const { policies, boundary } = this.input.role;
    return { identityPolicies: policies, permissionsBoundary: boundary };
  }

  private roleDocuments(): readonly PolicyJson[] {
    const { policies, boundary } = this.input.role;
    return [...policies, ...policiesIn([boundary])];
  }

  /** Leaves the decision to the identity policies of the workload's account. */
  private delegation(account: string, kind: Kind = 'bucket'): PolicyJson | undefined {
    const { partition, account: own } = this.input;
    if (account === own && kind === 'bucket') {
      return undefined;
    }
    const Principal = { AWS: `arn:${partition}:iam::${own}:root` };
    return {
      Version: '2012-10-17',
      Statement: [{ Sid: ANYTHING, Effect: 'Allow', Principal, Action: '*', Resource: '*' }],
    };
  }
}

const NONE: PolicySet = {};

/** Policies to which a candidate adds some; the sets are made once. */
function withMore(
  fixed: PolicySet,
  more: (candidate: CandidateRequest) => PolicySet,
): (candidate: CandidateRequest) => PolicySet {
  const sets = new Map<PolicySet, PolicySet>();
  return candidate => {
    const added = more(candidate);
    const policies = sets.get(added) ?? { ...fixed, ...added };
    sets.set(added, policies);
    return policies;
  };
}
