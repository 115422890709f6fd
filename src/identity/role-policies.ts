import { AspectPriority, Aspects, Lazy, Stack } from 'aws-cdk-lib';
import { CfnManagedPolicy, IRole, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { AccessList } from '../access';
import { managedPoliciesQuota, partitionOfRegion } from '../iam';
import { credentialBindingStatements, roleStatements, withUniqueSids } from '../policies';
import {
  accept,
  acceptedWildcards,
  describe,
  distribute,
  isConcrete,
  markManaged,
  POLICY_LIMITS,
  Problem,
  sizeProblems,
} from '../private';

const OBJECTS_REASON = 'object actions have no narrower resource than all keys under the granted prefix';

const WITHOUT_LIST: Problem = {
  prop: 'accessList',
  got: undefined,
  allowed: 'an access list, or a PrivateEc2S3Access that gets the role',
  fix: 'pass the role as its role prop, or name accessList',
};

/** A statement beside those of the access list. */
interface AddedStatement {
  readonly statement: PolicyStatement;
  readonly wildcardReason?: string;
}

/** Properties of `RolePolicies`. */
export interface RolePoliciesProps {
  /** The role that the policies are attached to. */
  readonly role: IRole;

  /**
   * The access list that the policies follow.
   *
   * @default - that of the construct that gets the role
   */
  readonly accessList?: AccessList;
}

/**
 * The customer-managed policies of a role: as many as its statements need. They are counted when the tree is complete,
 * because buckets can be granted until then.
 */
export class RolePolicies extends Construct {
  private readonly added: AddedStatement[] = [];
  private readonly role: IRole;
  private followed?: AccessList;

  constructor(scope: Construct, id: string, props: RolePoliciesProps) {
    super(scope, id);
    this.role = props.role;
    this.followed = props.accessList;
    props.accessList?._followers.push(props.role);
    markManaged(props.role, this);
    this.attach(1);
    Aspects.of(this).add({ visit: node => node === this && this.attachAll() }, { priority: AspectPriority.MUTATING });
    this.node.addValidation({ validate: () => this.problems() });
  }

  /** Makes the policies of a role without an access list follow one. */
  public follow(accessList: AccessList): void {
    this.followed = accessList;
    accessList._followers.push(this.role);
  }

  /** The access list that the policies follow. */
  public get accessList(): AccessList | undefined {
    return this.followed;
  }

  /** Nothing: these policies are attached here. */
  public get requiredStatements(): PolicyStatement[] {
    return [];
  }

  /**
   * Adds a statement beside those of the access list; a wildcard in its resources is accepted for the reason, if
   * there is one.
   */
  public addStatement(statement: PolicyStatement, wildcardReason?: string): void {
    this.added.push({ statement, wildcardReason });
  }

  /** The statements beside those of the access list. */
  public get addedStatements(): PolicyStatement[] {
    return this.added.map(({ statement }) => statement);
  }

  private documents(): PolicyStatement[][] {
    const added = this.added.map(({ statement }) => statement);
    const statements = [
      ...this.granted(),
      ...added,
      ...(this.followed === undefined ? [] : credentialBindingStatements(this.followed)),
    ];
    return distribute(this, withUniqueSids(statements), POLICY_LIMITS.managedPolicy);
  }

  private granted(): PolicyStatement[] {
    return this.followed === undefined ? [] : roleStatements(this.followed, this.role, Stack.of(this).region);
  }

  private attachAll(): void {
    this.documents().forEach((_, index) => this.attach(index + 1));
    this.acceptWildcards();
  }

  /** Accepts the scanner's findings on our own wildcards, but not where a statement of the user has the same one. */
  private acceptWildcards(): void {
    const ofUser = new Set(
      this.added
        .filter(({ wildcardReason }) => wildcardReason === undefined)
        .flatMap(({ statement }) => statement.resources),
    );
    const ours = [
      ...this.granted().map(statement => ({ statement, wildcardReason: OBJECTS_REASON })),
      ...this.added.filter(({ wildcardReason }) => wildcardReason !== undefined),
    ];
    for (const { statement, wildcardReason } of ours) {
      const wildcards = statement.resources.filter(resource => resource.endsWith('*') && !ofUser.has(resource));
      accept(this, acceptedWildcards(this, wildcards, wildcardReason!));
    }
  }

  private attach(number: number): void {
    const id = number === 1 ? 'Policy' : `Policy${number}`;
    if (this.node.tryFindChild(id) !== undefined) {
      return;
    }
    new CfnManagedPolicy(this, id, {
      description: 'What the workload may do in its data buckets',
      policyDocument: Lazy.any({
        produce: () => new PolicyDocument({ minimize: false, statements: this.documents()[number - 1] }),
      }),
      roles: [this.role.roleName],
    });
  }

  private problems(): string[] {
    if (this.followed === undefined) {
      return [describe(this.role, WITHOUT_LIST)];
    }
    this.followed._close();
    const documents = this.documents();
    const count = documents.length;
    const attached = this.node.children.length;
    return [
      ...(this.followed.vpcEndpointIds.length > 0
        ? []
        : [
            {
              prop: 'accessList',
              got: [],
              allowed: 'a list with an S3 endpoint',
              fix: 'make an S3Endpoint with the list',
            },
          ]),
      ...(count <= attached
        ? []
        : [
            {
              prop: 'accessList',
              got: `${count - attached} policies after the tree was complete`,
              allowed: 'grants before the aspects have run',
              fix: 'grant in constructors, not in an aspect',
            },
          ]),
      ...documents.flatMap(statements =>
        sizeProblems(
          this,
          new PolicyDocument({ minimize: false, statements }),
          POLICY_LIMITS.managedPolicy,
          'name fewer prefixes for a bucket, or one above them',
        ),
      ),
      ...quotaProblems(count, Stack.of(this).region),
    ].map(problem => describe(this.role, problem));
  }
}

function quotaProblems(count: number, region: string): Problem[] {
  const { byDefault, note } = managedPoliciesQuota(isConcrete(region) ? partitionOfRegion(region) : undefined);
  if (count <= byDefault) {
    return [];
  }
  const quota = `${byDefault} managed policies of ${POLICY_LIMITS.managedPolicy} characters, the default quota of one role`;
  return [
    {
      prop: 'accessList',
      got: `statements for ${count} managed policies`,
      allowed: note === undefined ? quota : `${quota} (${note})`,
      fix: 'give buckets the same access so that statements merge, or split the workload into several with a role each',
    },
  ];
}
