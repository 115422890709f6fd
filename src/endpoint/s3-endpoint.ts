import { Aws, CfnResource, Resource, Stack } from 'aws-cdk-lib';
import {
  CfnVPCEndpoint,
  GatewayVpcEndpoint,
  IGatewayVpcEndpoint,
  IInterfaceVpcEndpoint,
  ISecurityGroup,
  IVpc,
  InterfaceVpcEndpoint,
  SubnetSelection,
} from 'aws-cdk-lib/aws-ec2';
import { PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct, DependencyGroup, IConstruct, IDependable } from 'constructs';
import { GatewayEndpointOptions, InterfaceEndpointOptions } from './endpoint-options';
import { endpointProblems } from './endpoint-problems';
import { makeGateway, makeInterface, makeSecurityGroup } from './made-endpoints';
import { MODE, S3EndpointMode } from './s3-endpoint-mode';
import { ISOLATED } from './subnet-problems';
import { unservedNames } from './unserved-names';
import { ACCESS_LIST, AccessList, IS3Endpoint } from '../access';
import { endpointStatements } from '../policies';
import {
  DerivedPolicyDocument,
  Fields,
  Kind,
  POLICY_LIMITS,
  Problem,
  RequiredPolicyKind,
  STATEMENT,
  SUBNETS,
  VPC,
  announce,
  checked,
  checkedProps,
  describe,
  isConcrete,
  markAs,
  oneOfOurs,
  optional,
  sizeProblems,
  unless,
  warnWhenComplete,
} from '../private';

/** Properties of an `S3Endpoint`. */
export interface S3EndpointProps {
  /** The access list that the endpoint policy follows, in addition to those of workloads that share it. */
  readonly accessList: AccessList;

  /** The VPC of the workload. */
  readonly vpc: IVpc;

  /**
   * The subnets of the workload: their route tables lead to a gateway endpoint, an interface endpoint has an address
   * in each.
   *
   * @default - the isolated subnets
   */
  readonly vpcSubnets?: SubnetSelection;

  /**
   * Which endpoint to make, or which existing one to use.
   *
   * @default S3EndpointMode.gateway()
   */
  readonly mode?: S3EndpointMode;
}

const FIELDS: Fields<S3EndpointProps> = {
  accessList: ACCESS_LIST,
  vpc: VPC,
  vpcSubnets: optional(SUBNETS),
  mode: optional(MODE),
};

/** An S3 endpoint of this library. */
export const S3_ENDPOINT: Kind<S3Endpoint> = oneOfOurs<S3Endpoint>(
  'S3Endpoint',
  'take that of a PrivateEc2S3Access, its s3Endpoint',
);

/** The S3 endpoint of one workload or of several, always with a policy. */
export class S3Endpoint extends Construct implements IS3Endpoint {
  public readonly gatewayEndpoint?: IGatewayVpcEndpoint;

  public readonly interfaceEndpoint?: IInterfaceVpcEndpoint;

  /** What an instance waits for: the endpoints and the rules that open them. */
  public readonly ready: IDependable;

  public readonly ownInterfaceSecurityGroup?: ISecurityGroup;

  private readonly mode: S3EndpointMode;
  private readonly added: PolicyStatement[] = [];
  private readonly made = new DependencyGroup();
  private readonly policy: PolicyDocument;
  private readonly lists: AccessList[] = [];
  private readonly vpc: IVpc;

  constructor(scope: Construct, id: string, props: S3EndpointProps) {
    const {
      accessList,
      vpc,
      mode = S3EndpointMode.gateway(),
      vpcSubnets = ISOLATED,
    } = checkedProps({ type: 'S3Endpoint', scope, id }, props, FIELDS, {
      reads: ['accessList', 'vpc', 'mode', 'vpcSubnets'],
      problems: each =>
        endpointProblems({
          mode: S3EndpointMode.gateway(),
          ...each,
          ...each.accessList,
          region: Stack.of(scope).region,
        }),
    });
    super(scope, id);
    markAs(this, 'S3Endpoint');
    this.mode = mode;
    this.vpc = vpc;
    this.policy = new DerivedPolicyDocument(() => this.derived());
    this.ready = this.made;
    this.gatewayEndpoint =
      this.mode._gateway === undefined ? this.mode._existingGateway : this.addGateway(vpcSubnets, this.mode._gateway);
    this.interfaceEndpoint =
      this.mode._interface === undefined
        ? this.mode._existingInterface
        : this.addInterface(vpcSubnets, this.mode._interface);
    this.ownInterfaceSecurityGroup = this.node.tryFindChild('SecurityGroup') as ISecurityGroup | undefined;
    this._serve(accessList);
    announce(this, {
      id: 'requiredEndpointStatements',
      kind: RequiredPolicyKind.VPC_ENDPOINT,
      resource: this.vpcEndpointIds.join(','),
      account: (this.gatewayEndpoint ?? this.interfaceEndpoint ?? this.vpc).env.account,
      text: 'the policy of the existing S3 endpoint is not touched; it must allow nothing on S3 but',
      statements: () => (this.mode._isExisting ? [...this.derived(), ...this.added] : []),
    });
    warnWhenComplete(this, 'namesBesideInterfaceEndpoint', () =>
      unservedNames(
        this.mode,
        Stack.of(this).region,
        this.lists.flatMap(({ awsOwnedBuckets }) => awsOwnedBuckets),
      ),
    );
    this.node.addValidation({ validate: () => this.problems() });
  }

  public get vpcEndpointIds(): string[] {
    return [this.gatewayEndpoint, this.interfaceEndpoint].flatMap(endpoint =>
      endpoint === undefined ? [] : [endpoint.vpcEndpointId],
    );
  }

  public addToPolicy(statement: PolicyStatement): void {
    checked(
      this,
      { statement },
      { statement: STATEMENT },
      { reads: ['statement'], problems: () => this.lists[0]._lateProblems('statement', statement.sid) },
    );
    this.added.push(statement);
    this.policy.addStatements(statement);
  }

  /** Lets a workload through, as its access list says: requests through the endpoints pass its conditions. */
  public _serve(accessList: AccessList): void {
    this.lists.push(accessList);
    const regions = this.mode._regions(Stack.of(this).region);
    this.vpcEndpointIds.forEach(endpointId => {
      accessList.addVpcEndpoint(endpointId);
      accessList._regions.set(endpointId, regions);
    });
  }

  /** The access lists of the workloads on the endpoint. */
  public get _lists(): readonly AccessList[] {
    return this.lists;
  }

  /**
   * What the buckets of AWS and of vendors that the endpoint leads to are for, and whether the user named them.
   *
   * @internal
   */
  public get _awsOwnedPurposes(): ReadonlyMap<string, boolean> {
    const buckets = this.lists.flatMap(({ awsOwnedBuckets }) => awsOwnedBuckets);
    return new Map(buckets.map(each => [each.purpose, each._isCustom]));
  }

  private derived(): PolicyStatement[] {
    return endpointStatements(this.lists, Stack.of(this).region);
  }

  /** The VPC that it is for. */
  public get _vpc(): IVpc {
    return this.vpc;
  }

  /** Which endpoints there are. */
  public get _mode(): S3EndpointMode {
    return this.mode;
  }

  private addGateway(vpcSubnets: SubnetSelection, options: GatewayEndpointOptions): IGatewayVpcEndpoint {
    const { subnets } = this.vpc.selectSubnets(vpcSubnets);
    const endpoint = makeGateway(this, { vpc: this.vpc, subnets, policy: this.policy }, options);
    this.made.add(endpoint);
    return GatewayVpcEndpoint.fromGatewayVpcEndpointId(this, 'ImportedGateway', endpoint.ref);
  }

  private addInterface(vpcSubnets: SubnetSelection, options: InterfaceEndpointOptions): IInterfaceVpcEndpoint {
    const { vpc } = this;
    const { subnets } = vpc.selectSubnets({ ...(options.subnets ?? vpcSubnets), onePerAz: true });
    const securityGroups = options.securityGroups ?? [makeSecurityGroup(this, vpc)];
    const endpoint = makeInterface(this, { vpc, subnets, policy: this.policy }, options, securityGroups);
    this.made.add(endpoint, ...securityGroups);
    return InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(this, 'ImportedInterface', {
      vpcEndpointId: endpoint.ref,
      port: 443,
      securityGroups,
    });
  }

  private problems(): string[] {
    this.lists.forEach(list => list._close());
    return [
      ...this.lists.flatMap(strangerProblems),
      ...this.twinProblems(),
      ...this.lists.flatMap(regionProblems),
      ...this.idleProblems(),
      ...sizeProblems(
        this,
        this.policy,
        POLICY_LIMITS.endpointPolicy,
        'give buckets the same access so that statements merge, or split the workload into several VPCs with an endpoint each',
      ),
    ].map(problem => describe(this, problem));
  }

  /** EC2 takes no policy without statements, and one that allows nothing is not what anybody wants. */
  private idleProblems(): Problem[] {
    const allows = this.derived().length + this.added.length > 0;
    const isIdle = !this.mode._isExisting && !allows && this.lists.every(({ _followers }) => _followers.length === 0);
    return unless(!isIdle, {
      prop: 'accessList',
      got: [],
      allowed: 'a list that a role follows, or that grants somebody something',
      fix: 'call accessList.allow with this list, or leave the endpoint out',
    });
  }

  /** A route table has room for one S3 gateway endpoint. */
  private twinProblems(): Problem[] {
    const ours = this.node.tryFindChild('Gateway') as CfnVPCEndpoint | undefined;
    const tables = new Set(ours?.routeTableIds);
    const twins = this.node.root.node
      .findAll()
      .filter((node): node is CfnVPCEndpoint => isGateway(node) && node !== ours)
      .filter(twin => twin.serviceName === ours?.serviceName && twin.routeTableIds?.some(table => tables.has(table)));
    return twins.map(twin => ({
      prop: 'vpcSubnets',
      got: twin,
      allowed: 'one S3 gateway endpoint for each route table, and this one is there already',
      fix: 'use S3EndpointMode.shared with the workload that makes it, or S3EndpointMode.fromGatewayEndpoint',
    }));
  }
}

/** A role whose policies follow no list can use none of its grants. */
function strangerProblems({ _followers: followers, grants }: AccessList): Problem[] {
  const strangers = grants
    .map(({ role }) => role)
    .filter(role => Resource.isOwnedResource(role) && !followers.includes(role));
  return [...new Set(strangers)].map(got => ({
    prop: 'accessList',
    got,
    allowed: 'grants to roles whose policies follow the list',
    fix: 'pass it to a PrivateEc2S3Access as its role',
  }));
}

/** A bucket where no endpoint of the list leads to; one that is added by its id may lead anywhere. */
function regionProblems({ _regions: reached, grants, vpcEndpointIds }: AccessList): Problem[] {
  const regions = [...new Set(vpcEndpointIds.flatMap(id => reached.get(id) ?? Aws.REGION))];
  const buckets = [...new Set(grants.map(({ bucket }) => bucket))];
  const others = buckets.filter(({ env }) => isConcrete(env.region) && !regions.includes(env.region));
  return !regions.every(isConcrete)
    ? []
    : others.map(got => ({
        prop: 'accessList',
        got,
        allowed: `buckets in ${regions.join(' and ')}, where the endpoints lead to: this one is in ${got.env.region}`,
        fix: `use a bucket there, or S3EndpointMode.gatewayAndInterface({ serviceRegion: '${got.env.region}' })`,
      }));
}

function isGateway(node: IConstruct): boolean {
  return CfnResource.isCfnResource(node) && node.cfnResourceType === CfnVPCEndpoint.CFN_RESOURCE_TYPE_NAME;
}
