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
import { IRole, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { Construct, DependencyGroup, IConstruct, IDependable } from 'constructs';
import { GatewayEndpointOptions, InterfaceEndpointOptions } from './endpoint-options';
import { endpointProblems } from './endpoint-problems';
import { makeGateway, makeInterface, makeSecurityGroup } from './made-endpoints';
import { MODE, S3EndpointMode } from './s3-endpoint-mode';
import { ISOLATED } from './subnet-problems';
import { unservedNames } from './unserved-names';
import { ACCESS_LIST, AccessList } from '../access';
import { endpointStatements } from '../policies';
import {
  DerivedPolicyDocument,
  Fields,
  Kind,
  POLICY_LIMITS,
  Problem,
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
  /** The access list that the endpoint policy follows. */
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
  "make it with new S3Endpoint(this, 'S3', { ... })",
);

/**
 * The S3 endpoint of a workload, always with a policy: the workload's roles, their buckets and their actions, the named
 * buckets of AWS, and nothing else.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-s3.html
 */
export class S3Endpoint extends Construct {
  /**
   * The gateway endpoint.
   *
   * @default - none in this mode
   */
  public readonly gatewayEndpoint?: IGatewayVpcEndpoint;

  /**
   * The interface endpoint.
   *
   * @default - none in this mode
   */
  public readonly interfaceEndpoint?: IInterfaceVpcEndpoint;

  /** What an instance waits for: the endpoints and the rules that open them. */
  public readonly ready: IDependable;

  /**
   * The security group that is made here for the interface endpoint.
   *
   * @default - no interface endpoint is made in this mode, or it has the security groups that the mode names
   */
  public readonly ownInterfaceSecurityGroup?: ISecurityGroup;

  private readonly mode: S3EndpointMode;
  private readonly added: PolicyStatement[] = [];
  private readonly made = new DependencyGroup();
  private readonly policy: PolicyDocument;
  private readonly accessList: AccessList;
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
    this.accessList = accessList;
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
    const regions = mode._regions(Stack.of(this).region);
    this.vpcEndpointIds.forEach(endpointId => {
      accessList.addVpcEndpoint(endpointId);
      accessList._regions.set(endpointId, regions);
    });
    announce(this, {
      id: 'requiredEndpointStatements',
      text: 'the policy of the existing S3 endpoint is not touched; it must allow nothing on S3 but',
      statements: () => this.requiredStatements,
    });
    warnWhenComplete(this, 'namesBesideInterfaceEndpoint', () =>
      unservedNames(this.mode, Stack.of(this).region, accessList.awsOwnedBuckets),
    );
    this.node.addValidation({ validate: () => this.problems() });
  }

  /** The ids of the endpoints. */
  public get vpcEndpointIds(): string[] {
    return [this.gatewayEndpoint, this.interfaceEndpoint].flatMap(endpoint =>
      endpoint === undefined ? [] : [endpoint.vpcEndpointId],
    );
  }

  /**
   * The statements that the owner of an existing endpoint must add to its policy; empty where the endpoint is made
   * here.
   */
  public get requiredStatements(): PolicyStatement[] {
    return this.mode._isExisting ? [...this.derived(), ...this.added] : [];
  }

  /**
   * Adds a statement beside those of the access list: to the policy of the endpoints made here, or to what the owner
   * of an existing endpoint must add.
   *
   * @param statement the statement, with a principal
   */
  public addToPolicy(statement: PolicyStatement): void {
    checked(
      this,
      { statement },
      { statement: STATEMENT },
      { reads: ['statement'], problems: () => this.accessList._lateProblems('statement', statement.sid) },
    );
    this.added.push(statement);
    this.policy.addStatements(statement);
  }

  /**
   * Lets a role read assets through this endpoint, as its access list says from then on.
   *
   * @internal
   */
  public _allowAssets(role: IRole, assets: readonly Asset[] = []): void {
    assets.forEach(asset => this.accessList.allowAsset({ role, asset }));
  }

  private derived(): PolicyStatement[] {
    return endpointStatements(this.accessList, Stack.of(this).region);
  }

  /**
   * The VPC that it is for, for the parts of this library.
   *
   * @internal
   */
  public get _vpc(): IVpc {
    return this.vpc;
  }

  /**
   * Which endpoints there are, for the parts of this library.
   *
   * @internal
   */
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
    this.accessList._close();
    return [
      ...this.strangerProblems(),
      ...this.twinProblems(),
      ...this.regionProblems(),
      ...this.idleProblems(),
      ...sizeProblems(
        this,
        this.policy,
        POLICY_LIMITS.endpointPolicy,
        'give buckets the same access so that statements merge, or split the workload into several VPCs with an endpoint each',
      ),
    ].map(problem => describe(this, problem));
  }

  /** A role whose policies follow no list can use none of its grants. */
  private strangerProblems(): Problem[] {
    const { _followers: followers, grants } = this.accessList;
    const strangers = grants
      .map(({ role }) => role)
      .filter(role => Resource.isOwnedResource(role) && !followers.includes(role));
    return [...new Set(strangers)].map(got => ({
      prop: 'accessList',
      got,
      allowed: 'grants to roles whose policies follow the list',
      fix: "make the role with new WorkloadRole(this, 'Role', { accessList }), or pass it to a PrivateEc2S3Access as its role",
    }));
  }

  /** A bucket where no endpoint of the list leads to; one that is added by its id may lead anywhere. */
  private regionProblems(): Problem[] {
    const { _regions: reached, grants, vpcEndpointIds } = this.accessList;
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

  /** EC2 takes no policy without statements, and one that allows nothing is not what anybody wants. */
  private idleProblems(): Problem[] {
    const allows = this.derived().length + this.added.length > 0;
    const isIdle = !this.mode._isExisting && !allows && this.accessList._followers.length === 0;
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
      fix: 'use S3EndpointMode.fromGatewayEndpoint, or share one S3Endpoint and one AccessList between the workloads',
    }));
  }
}

function isGateway(node: IConstruct): boolean {
  return CfnResource.isCfnResource(node) && node.cfnResourceType === CfnVPCEndpoint.CFN_RESOURCE_TYPE_NAME;
}
