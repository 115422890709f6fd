import { CfnResource, Stack, Tags } from 'aws-cdk-lib';
import {
  CfnVPCEndpoint, GatewayVpcEndpoint, GatewayVpcEndpointAwsService, IGatewayVpcEndpoint, IInterfaceVpcEndpoint, ISecurityGroup, ISubnet, IVpc,
  InterfaceVpcEndpoint, InterfaceVpcEndpointAwsService, SecurityGroup, SubnetSelection,
} from 'aws-cdk-lib/aws-ec2';
import { IRole, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { Construct, DependencyGroup, IConstruct, IDependable } from 'constructs';
import { S3EndpointMode } from './s3-endpoint-mode';
import { ISOLATED, subnetProblems } from './subnet-problems';
import { AccessList } from '../identity/access-list';
import { endpointStatements } from '../perimeter/endpoint-policy';
import { announce } from '../private/announce';
import { DerivedPolicyDocument } from '../private/derived-policy-document';
import { Problem, describe, refuse } from '../private/errors';
import { POLICY_LIMITS, sizeProblems } from '../private/policy-sizes';

/** Properties of an `S3Endpoint`. */
export interface S3EndpointProps {
  /** The access list that the endpoint policy follows. */
  readonly accessList: AccessList;

  /** The VPC of the workload. */
  readonly vpc: IVpc;

  /**
   * The subnets of the workload: their route tables lead to a gateway endpoint, an interface endpoint has an address in each.
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
   * The security group of the interface endpoint made here.
   *
   * @default - no interface endpoint is made in this mode
   */
  public readonly ownInterfaceSecurityGroup?: ISecurityGroup;

  private readonly isExisting: boolean;
  private readonly added: PolicyStatement[] = [];
  private readonly made = new DependencyGroup();
  private readonly policy: PolicyDocument;

  constructor(scope: Construct, id: string, private readonly props: S3EndpointProps) {
    super(scope, id);
    const mode = props.mode ?? S3EndpointMode.gateway();
    const selection = props.vpcSubnets ?? ISOLATED;
    refuse(this, [
      ...subnetProblems(props.vpc, selection, mode._makesGateway),
      ...props.accessList.awsOwnedBuckets.flatMap(bucket => bucket._problemsIn(Stack.of(this).region)),
    ]);
    const { subnets } = props.vpc.selectSubnets(selection);
    const onePerAz = props.vpc.selectSubnets({ ...selection, onePerAz: true }).subnets;
    this.policy = new DerivedPolicyDocument(() => this.derived());
    this.ready = this.made;
    this.gatewayEndpoint = mode._makesGateway ? this.addGateway(subnets) : mode._existingGateway;
    this.ownInterfaceSecurityGroup = mode._makesInterface ? this.addSecurityGroup() : undefined;
    this.interfaceEndpoint = this.ownInterfaceSecurityGroup === undefined
      ? mode._existingInterface
      : this.addInterface(onePerAz, this.ownInterfaceSecurityGroup, mode._makesGateway);
    this.vpcEndpointIds.forEach(endpointId => props.accessList.addVpcEndpoint(endpointId));
    this.isExisting = mode._isExisting;
    announce(this, {
      id: 'requiredEndpointStatements',
      text: 'the policy of the existing S3 endpoint is not touched; it must allow nothing on S3 but',
      statements: () => this.requiredStatements,
    });
    this.node.addValidation({ validate: () => this.problems() });
  }

  /** The ids of the endpoints. */
  public get vpcEndpointIds(): string[] {
    return [this.gatewayEndpoint, this.interfaceEndpoint].flatMap(endpoint => endpoint === undefined ? [] : [endpoint.vpcEndpointId]);
  }

  /** The statements that the owner of an existing endpoint must add to its policy; empty where the endpoint is made here. */
  public get requiredStatements(): PolicyStatement[] {
    return this.isExisting ? [...this.derived(), ...this.added] : [];
  }

  /**
   * Adds a statement beside those of the access list: to the policy of the endpoints made here, or to what the owner of an
   * existing endpoint must add.
   *
   * @param statement the statement, with a principal
   */
  public addToPolicy(statement: PolicyStatement): void {
    this.added.push(statement);
    this.policy.addStatements(statement);
  }

  /**
   * Lets a role read assets through this endpoint, as its access list says from then on.
   *
   * @internal
   */
  public _allowAssets(role: IRole, assets: readonly Asset[] = []): void {
    assets.forEach(asset => this.props.accessList.allowAsset({ role, asset }));
  }

  private derived(): PolicyStatement[] {
    return endpointStatements(this.props.accessList, Stack.of(this).region);
  }

  private addGateway(subnets: ISubnet[]): IGatewayVpcEndpoint {
    const endpoint = new CfnVPCEndpoint(this, 'Gateway', {
      vpcEndpointType: 'Gateway',
      vpcId: this.props.vpc.vpcId,
      serviceName: GatewayVpcEndpointAwsService.S3.name,
      routeTableIds: [...new Set(subnets.map(({ routeTable }) => routeTable.routeTableId))],
      policyDocument: this.policy,
    });
    Tags.of(endpoint).add('Name', endpoint.node.path);
    this.made.add(endpoint);
    return GatewayVpcEndpoint.fromGatewayVpcEndpointId(this, 'ImportedGateway', endpoint.ref);
  }

  private addInterface(subnets: ISubnet[], securityGroup: ISecurityGroup, besideGateway: boolean): IInterfaceVpcEndpoint {
    const endpoint = new CfnVPCEndpoint(this, 'Interface', {
      vpcEndpointType: 'Interface',
      vpcId: this.props.vpc.vpcId,
      serviceName: new InterfaceVpcEndpointAwsService('s3').name,
      subnetIds: subnets.map(({ subnetId }) => subnetId),
      securityGroupIds: [securityGroup.securityGroupId],
      privateDnsEnabled: true,
      dnsOptions: { privateDnsOnlyForInboundResolverEndpoint: besideGateway ? 'OnlyInboundResolver' : 'AllResolvers' },
      policyDocument: this.policy,
    });
    Tags.of(endpoint).add('Name', endpoint.node.path);
    // private DNS for inbound resolvers only is refused while there is no gateway endpoint
    if (besideGateway) { endpoint.node.addDependency(this.node.findChild('Gateway')); }
    this.made.add(endpoint, securityGroup);
    return InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(this, 'ImportedInterface', {
      vpcEndpointId: endpoint.ref, port: 443, securityGroups: [securityGroup],
    });
  }

  private addSecurityGroup(): ISecurityGroup {
    return new SecurityGroup(this, 'SecurityGroup', {
      vpc: this.props.vpc,
      description: 'S3 interface endpoint: HTTPS from the workload',
      allowAllOutbound: false,
      disableInlineRules: false,
    });
  }

  private problems(): string[] {
    return [...this.twinProblems(), ...sizeProblems(this, this.policy, POLICY_LIMITS.endpointPolicy,
      'give buckets the same access so that statements merge, or split the workload into several VPCs with an endpoint each',
    )].map(problem => describe(this, problem));
  }

  /** A route table has room for one S3 gateway endpoint. */
  private twinProblems(): Problem[] {
    const ours = this.node.tryFindChild('Gateway') as CfnVPCEndpoint | undefined;
    const tables = new Set(ours?.routeTableIds);
    const twins = this.node.root.node.findAll().filter((node): node is CfnVPCEndpoint => isGateway(node) && node !== ours)
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
