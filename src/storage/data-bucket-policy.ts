import { AspectPriority, Aspects, Lazy, Stack } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, CfnAccessPoint, IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct, IConstruct } from 'constructs';
import {
  bucketProblems,
  ownAccountProblems,
  partitionsOf,
  taggedOf,
  unnamedRoleProblems,
} from './data-bucket-policy-problems';
import { deliveryProblems } from './deliveries';
import { handlerProblems } from './handler-problems';
import { RemoteWorkload } from './remote-workload';
import { AccessList, EXEMPTIONS, PerimeterExemption, deploymentRoleArns } from '../access';
import { DECLARED_VISITORS, DeclaredVisitors } from '../base';
import {
  AccessPointUser,
  EndpointUser,
  TaggedGrant,
  accessPointNames,
  accessPointStatements,
  accountAllowStatements,
  delegationStatements,
  endpointsOfUsers,
  networkStatements,
  taggedAllowStatements,
  taggedRoles,
  taggedUseStatements,
  transportStatements,
  useStatements,
  withUniqueSids,
} from '../policies';
import {
  BUCKET,
  FLAG,
  Fields,
  POLICY_LIMITS,
  Problem,
  RequiredPolicy,
  RequiredPolicyKind,
  announce,
  bucketArnOf,
  checkedProps,
  describe,
  isConcrete,
  isOwnedBy,
  listOf,
  markShared,
  oneOfOurs,
  optional,
  refuse,
  requiredPoliciesOf,
  roleArnOf,
  sizeProblems,
} from '../private';

/** Properties of a `DataBucketPolicy`. */
export interface DataBucketPolicyProps {
  /**
   * The bucket, made in the same stack. Its `encryptionKey` gets what the workloads of other accounts need, where it
   * is made there, too; otherwise its owner must add what `requiredPolicies` and a warning show.
   */
  readonly bucket: IBucket;

  /**
   * The workloads of other stacks and accounts that reach the bucket: one or more. For those that name an access
   * point it is made here, with a policy for them alone. The bucket's policy grows by its ARN only.
   */
  readonly workloads: RemoteWorkload[];

  /**
   * Whether objects, and lists of them, are reachable through the workloads' endpoints only. Whatever else uses the
   * bucket is shut out, log deliveries included.
   *
   * @default false
   */
  readonly networkPerimeter?: boolean;

  /**
   * Principals that the network perimeter spares.
   *
   * @default - nobody
   */
  readonly perimeterExemptions?: PerimeterExemption[];
}

const FIELDS: Fields<DataBucketPolicyProps> = {
  bucket: BUCKET,
  workloads: listOf(
    oneOfOurs<RemoteWorkload>(
      'RemoteWorkload',
      'make it with RemoteWorkload.fromWorkload, fromAttributes or fromPrincipalTag',
    ),
    'one workload or more',
    'add RemoteWorkload.fromWorkload(...) or fromAttributes(...)',
  ),
  networkPerimeter: optional(FLAG),
  perimeterExemptions: optional(EXEMPTIONS),
};

/**
 * What workloads of other stacks and accounts need in the policy of a bucket and of its key, in the stack of their
 * owner, such as the log archive account. It is an Allow for the account of each workload, limited to its role, its
 * actions and its endpoint. Where the workload names an access point, it is in the policy of that. Nothing is
 * reachable without TLS 1.2.
 *
 * Neither stack needs the other in both directions. Where the workload's stack refers to the bucket, the role has to
 * be named (`roleName`), and the endpoint is known by its account (`aws:VpceAccount`). Where the workload names the
 * bucket by `Bucket.fromBucketAttributes`, this stack may refer to the role and, in the same account, to the
 * endpoint.
 *
 * @see https://docs.aws.amazon.com/prescriptive-guidance/latest/security-reference-architecture/log-archive.html
 *
 * @example
 * new DataBucketPolicy(this, 'ArchivePolicy', {
 *   bucket: new Bucket(this, 'Archive', { bucketName: 'example-archive' }),
 *   workloads: [
 *     RemoteWorkload.fromAttributes({
 *       roleArn: 'arn:aws:iam::111122223333:role/myapp/Worker',
 *       access: [BucketAccess.writeOnly('myapp/')],
 *     }),
 *   ],
 * });
 */
export class DataBucketPolicy extends Construct {
  private readonly accessPointPolicies: PolicyDocument[] = [];

  private readonly props: DataBucketPolicyProps;

  constructor(scope: Construct, id: string, props: DataBucketPolicyProps) {
    const valid = checkedProps(
      { type: 'DataBucketPolicy', scope, id },
      props,
      FIELDS,
      { reads: ['bucket'], problems: each => bucketProblems(each, Stack.of(scope)) },
      { reads: ['bucket', 'workloads'], problems: ownAccountProblems },
      { reads: ['bucket', 'workloads'], problems: unnamedRoleProblems },
      { reads: ['workloads'], problems: each => partitionsOf(each, Stack.of(scope).region) },
    );
    super(scope, id);
    this.props = valid;
    markShared(valid.bucket, this);
    transportStatements(valid.bucket.bucketArn).forEach(statement => valid.bucket.addToResourcePolicy(statement));
    let attached = false;
    const visit = () => {
      if (attached) {
        return;
      }
      attached = true;
      this.attach();
    };
    Aspects.of(this).add({ visit }, { priority: AspectPriority.MUTATING });
    this.node.addMetadata(DECLARED_VISITORS, Lazy.any({ produce: () => Stack.of(this).resolve(this.visitors()) }));
    announce(this, {
      id: 'requiredKeyStatements',
      kind: RequiredPolicyKind.KEY,
      resource: valid.bucket.encryptionKey?.keyArn ?? '',
      account: valid.bucket.encryptionKey?.env.account ?? '',
      text:
        `the policy of the key ${valid.bucket.encryptionKey?.node.path} is not touched, because it is not ` +
        'made in this stack; its owner must add',
      statements: () => (this.ownsKey ? [] : this.keyStatements()),
    });
    this.node.addValidation({ validate: () => this.problems().map(problem => describe(this, problem)) });
  }

  /** The statements in the bucket's policy beside those that ask for TLS, when the tree is complete. */
  private bucketStatements(): PolicyStatement[] {
    const lists = this.lists();
    return withUniqueSids([
      ...lists.flatMap(({ list, account, endpointAccount }) =>
        accountAllowStatements(list, this.props.bucket, account, endpointAccount),
      ),
      ...delegationStatements(lists, this.props.bucket),
      ...this.tagged.flatMap(grant => taggedAllowStatements(grant, this.props.bucket)),
      ...(this.props.networkPerimeter === true ? this.perimeter(lists) : []),
    ]);
  }

  /** What the owner of the bucket's key must add to its policy, where this stack does not make the key; else empty. */
  public get requiredPolicies(): RequiredPolicy[] {
    return requiredPoliciesOf(this);
  }

  private attach(): void {
    refuse(this, unnamedRoleProblems(this.props));
    const { bucket } = this.props;
    this.bucketStatements().forEach(statement => bucket.addToResourcePolicy(statement));
    const users = this.lists();
    accessPointNames(users, bucket).forEach(name => this.addAccessPoint(name, users));
    if (this.ownsKey) {
      this.keyStatements().forEach(statement => bucket.encryptionKey!.addToResourcePolicy(statement));
    }
  }

  /** Its network origin stays open, because it could never be changed: its policy names the endpoints. */
  private addAccessPoint(name: string, users: readonly AccessPointUser[]): void {
    const { bucket } = this.props;
    const statements = accessPointStatements(name, users, bucket);
    const policy = new PolicyDocument({ minimize: false, statements });
    // eslint-disable-next-line awscdk/no-variable-construct-id -- the name of an access point is its identity
    new CfnAccessPoint(this, `AccessPoint ${name}`, {
      bucket: bucket.bucketName,
      name,
      policy,
      publicAccessBlockConfiguration: BlockPublicAccess.BLOCK_ALL,
    });
    this.accessPointPolicies.push(policy);
  }

  private get ownsKey(): boolean {
    const { encryptionKey } = this.props.bucket;
    return encryptionKey !== undefined && isOwnedBy(Stack.of(this), encryptionKey);
  }

  /** In the account of the key its policy trusts the IAM policies of the account, as the CDK makes it. */
  private keyStatements(): PolicyStatement[] {
    const { encryptionKey: key } = this.props.bucket;
    if (key === undefined) {
      return [];
    }
    const { account, region } = key.env;
    return withUniqueSids([
      ...this.lists()
        .filter(each => each.account !== account)
        .flatMap(({ list }) => useStatements({ accessList: list, account, region, keyPath: key.node.path })),
      ...this.tagged.flatMap(grant => taggedUseStatements(grant, region)),
    ]);
  }

  private visitors(): DeclaredVisitors {
    const named = this.lists().flatMap(({ list }) => list._allGrants.map(({ role }) => ({ roleArn: roleArnOf(role) })));
    return { bucketArn: bucketArnOf(this.props.bucket), visitors: [...named, ...this.tagged.flatMap(taggedRoles)] };
  }

  private get tagged(): TaggedGrant[] {
    return taggedOf(this.props.workloads);
  }

  /** What can only be known when the whole tree is there. */
  private problems(): Problem[] {
    return [...this.grantProblems(), ...this.nameProblems(), ...this.handlerProblems(), ...this.sizeProblems()];
  }

  private sizeProblems(): Problem[] {
    const document = this.props.bucket.policy?.document;
    const fix = 'give workloads the same prefix, an access point or a bucket each';
    const documents = [...(document === undefined ? [] : [document]), ...this.accessPointPolicies];
    return documents.flatMap(each => sizeProblems(this, each, POLICY_LIMITS.bucketPolicy, fix));
  }

  /**
   * A workload names the bucket by its construct: another construct of the same bucket would get nothing, in silence.
   */
  private grantProblems(): Problem[] {
    const { bucket, workloads } = this.props;
    const named = workloads.filter(({ _tagged }) => _tagged === undefined);
    return named
      .filter(workload => workload._grantsIn(this, bucket).grants.length === 0)
      .map(workload => ({
        prop: 'workloads',
        got: workload._bucket,
        allowed: 'the bucket that the workload names, with a grant in it',
        fix: "write RemoteWorkload.fromWorkload(app, '...') with the id of this bucket there",
      }));
  }

  /** An account has the name of an access point once in a Region. */
  private nameProblems(): Problem[] {
    const isAccessPoint = (node: IConstruct): node is CfnAccessPoint => node instanceof CfnAccessPoint;
    const own = this.node.children.filter(isAccessPoint);
    const others =
      own.length === 0
        ? []
        : this.node.root.node
            .findAll()
            .filter(isAccessPoint)
            .filter(each => !own.includes(each));
    const isSame = (one: CfnAccessPoint, other: CfnAccessPoint) =>
      one.name === other.name &&
      Stack.of(one).account === Stack.of(other).account &&
      Stack.of(one).region === Stack.of(other).region;
    return own.flatMap(accessPoint =>
      others
        .filter(other => isSame(accessPoint, other))
        .map(other => ({
          prop: 'workloads',
          got: accessPoint.name,
          allowed: `names that no other access point of the account has in the Region, and ${other.node.path} has this one`,
          fix: 'name the access point of one of them in another way',
        })),
    );
  }

  /** The functions of the CDK that empty or fill a bucket work from outside the endpoints. */
  private handlerProblems(): Problem[] {
    const { bucket, networkPerimeter, perimeterExemptions } = this.props;
    return networkPerimeter === true
      ? [
          ...handlerProblems(bucket, new AccessList({ perimeterExemptions })),
          ...deliveryProblems('bucket', bucket, perimeterExemptions),
        ]
      : [];
  }

  private perimeter(lists: readonly AccessPointUser[]): PolicyStatement[] {
    const ofTagged = this.tagged.flatMap(({ accounts, vpcEndpointIds }) =>
      accounts.map((endpointAccount): EndpointUser => ({ list: { vpcEndpointIds }, endpointAccount })),
    );
    return networkStatements({
      accessList: new AccessList({ perimeterExemptions: this.props.perimeterExemptions }),
      bucketArn: this.props.bucket.bucketArn,
      ...endpointsOfUsers([...lists, ...ofTagged]),
      deploymentRoleArns: deploymentRoleArns(Stack.of(this)),
    });
  }

  /** An access list for each role, which names the bucket as this stack does. */
  private lists(): AccessPointUser[] {
    const { bucket, workloads } = this.props;
    return workloads.flatMap(workload => {
      const remote = workload._grantsIn(this, bucket);
      return remote.grants.map(({ accessPointName, role, access }) => {
        const list = new AccessList({ organization: remote.organization });
        list.allow({ accessPointName, role, bucket, access });
        const refers =
          workload._bucket !== undefined && (workload._bucket === bucket || role.env.account !== bucket.env.account);
        remote.vpcEndpointIds
          .filter(endpointId => !refers || isConcrete(endpointId))
          .forEach(endpointId => list.addVpcEndpoint(endpointId));
        return { list, account: role.env.account, endpointAccount: remote.vpcEndpointAccount ?? role.env.account };
      });
    });
  }
}
