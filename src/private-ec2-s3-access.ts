import { AspectPriority, Aspects, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Connections, IConnectable, ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { IGrantable, IPrincipal, IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct, DependencyGroup, IConstruct } from 'constructs';
import { AccessList, AccessListProps, declareAccess } from './access';
import { proveAtSynthesis } from './analysis';
import { AdoptedSecurityGroup, BoundCompute, Compute, ComputeResources, WorkloadSecurityGroup } from './compute';
import { ISOLATED, OnPremisesRole, S3Endpoint, warnNeighbours } from './endpoint';
import { AdoptedRole, RolePolicies, WorkloadRole, adoptRole } from './identity';
import { FLOW_LOGS_PREFIX, PrivateNetwork, routeTableAssociations } from './network';
import { Problem, checkedProps, refuse } from './private';
import { PROPS, PrivateEc2S3AccessProps, propsRules } from './private-ec2-s3-access-props';
import { RemoteAccess, RemoteAccessResources } from './remote-access';
import { DataBucketSource, DataBuckets, DataEncryption, LogDestinations } from './storage';

/**
 * A private EC2 workload that reaches its S3 data buckets without the internet and without stored keys, as the AWS
 * Security Reference Architecture draws it for the Application account.
 *
 * One access list drives the policies of role, endpoint, buckets and key, so that only the intended path is open.
 *
 * @see https://docs.aws.amazon.com/prescriptive-guidance/latest/security-reference-architecture/application.html
 */
export class PrivateEc2S3Access extends Construct implements IGrantable, IConnectable {
  /** Who may do what in which bucket: the source of all policies. */
  public readonly accessList: AccessList;

  /** The instance, the fleet or the instance profile of the workload. */
  public readonly compute: ComputeResources;

  /** The network connections of the instances: no ingress, and HTTPS towards the endpoints as the only egress. */
  public readonly connections: Connections;

  /** The role, for grants beside S3. */
  public readonly grantPrincipal: IPrincipal;

  /** The session document, or the EC2 Instance Connect Endpoint. */
  public readonly remoteAccess: RemoteAccessResources;

  /** The role of the workload. */
  public readonly role: IRole;

  /** The S3 endpoint of the workload. */
  public readonly s3Endpoint: S3Endpoint;

  /** The VPC of the workload. */
  public readonly vpc: IVpc;

  private readonly rolePolicies: RolePolicies | AdoptedRole;
  private readonly encryptionKey?: IKey;
  private readonly place: { readonly vpc: IVpc; readonly vpcSubnets: SubnetSelection };
  private readonly pathIsOpen = new DependencyGroup();
  private readonly logs: LogDestinations;
  private readonly dataBuckets: DataBuckets;
  private isComplete = false;
  private readonly onPremises: ReadonlyMap<string, OnPremisesRole>;

  constructor(scope: Construct, id: string, props: PrivateEc2S3AccessProps) {
    const valid = checkedProps({ type: 'PrivateEc2S3Access', scope, id }, props, PROPS, ...propsRules(scope));
    super(scope, id);
    this.accessList = new AccessList(listProps(valid));
    this.logs = new LogDestinations(this, valid);
    const vpcSubnets = valid.vpcSubnets ?? ISOLATED;
    this.vpc = valid.vpc === undefined ? this.addNetwork(valid) : this.adoptNetwork(valid.vpc, vpcSubnets, valid);
    this.place = { vpc: this.vpc, vpcSubnets };
    this.encryptionKey = (valid.encryption ?? DataEncryption.customerManagedKey())._bind(this, this.accessList, valid);
    const { role, policies } = this.addRole(valid);
    this.role = role;
    this.rolePolicies = policies;
    this.grantPrincipal = this.role.grantPrincipal;
    this.s3Endpoint = new S3Endpoint(this, 'S3Endpoint', {
      ...this.place,
      accessList: this.accessList,
      mode: valid.s3Endpoint,
    });
    const securityGroup = this.addSecurityGroup(valid);
    this.connections = new Connections({ securityGroups: [securityGroup] });
    this.remoteAccess = this.addRemoteAccess(valid, securityGroup);
    this.dataBuckets = new DataBuckets(this, 'DataBuckets', {
      accessList: this.accessList,
      logs: this.logs,
      removal: { autoDeleteObjects: valid.autoDeleteObjects, removalPolicy: valid.removalPolicy },
      regions: this.s3Endpoint._mode._regions(Stack.of(this).region),
    });
    Object.keys(valid.dataBuckets)
      .sort()
      .forEach(bucketId => this.addDataBucket(bucketId, valid.dataBuckets[bucketId]));
    this.onPremises = this.addOnPremises(valid);
    const { resources, declared } = this.addCompute(valid, securityGroup);
    this.compute = resources;
    declareAccess(this, this, { ...declared, isRemoved: valid.removalPolicy === RemovalPolicy.DESTROY || undefined });
    this.completeWithPolicies();
    if (valid.proveAtSynthesis ?? true) {
      proveAtSynthesis(this);
    }
  }

  /** The statements that the owner of an adopted role must attach to it; empty where this construct attaches them. */
  public get requiredRoleStatements(): PolicyStatement[] {
    return this.rolePolicies.requiredStatements;
  }

  /**
   * Adds a data bucket: the policies of role, endpoint and key follow, and the instances wait for it.
   *
   * @param id the construct id of the bucket
   * @param source where it comes from, and what the workload may do in it
   * @returns the bucket
   * @throws when the id or the bucket is there already
   */
  public addDataBucket(id: string, source: DataBucketSource): IBucket {
    refuse(this, this.isComplete ? [tooLate(id)] : []);
    const dataBucket = this.dataBuckets.add(id, source, this.encryptionKey);
    this.accessList.allow({
      role: this.role,
      bucket: dataBucket.bucket,
      access: source.access,
      accessPointName: source._accessPointName,
    });
    this.pathIsOpen.add(...(dataBucket.policy === undefined ? [] : [dataBucket.policy]));
    return dataBucket.bucket;
  }

  /**
   * A data bucket by its id.
   *
   * @param id the key of the bucket in `dataBuckets`, or its id in `addDataBucket`
   * @throws when there is no such bucket
   */
  public dataBucket(id: string): IBucket {
    return this.dataBuckets.find(id).bucket;
  }

  /**
   * The ARN of the access point that the workload reaches a data bucket through: what its programs name in the place
   * of the bucket.
   *
   * @param id the key of the bucket in `dataBuckets`, or its id in `addDataBucket`
   * @throws when there is no such bucket, or no access point of it
   */
  public accessPointArn(id: string): string {
    return this.dataBuckets.accessPointArn(id);
  }

  /**
   * The statements that the owner of an adopted bucket must add to its policy; empty where this construct adds them.
   *
   * @param id the key of the bucket in `dataBuckets`, or its id in `addDataBucket`
   * @throws when there is no such bucket
   */
  public requiredBucketStatements(id: string): PolicyStatement[] {
    return this.dataBuckets.find(id).requiredStatements;
  }

  /**
   * The statements that the owner of an adopted bucket must write into the policy of the access point that the
   * workload comes through; empty where it comes through none.
   *
   * @param id the key of the bucket in `dataBuckets`, or its id in `addDataBucket`
   * @throws when there is no such bucket
   */
  public requiredAccessPointStatements(id: string): PolicyStatement[] {
    return this.dataBuckets.requiredAccessPointStatements(id);
  }

  /**
   * The statements that the owner of a role of on-premises networks must attach to it; empty where this construct
   * attaches them.
   *
   * @param id its key in `onPremises`
   * @throws when there is no such role
   */
  public requiredOnPremisesStatements(id: string): PolicyStatement[] {
    return (
      this.onPremises.get(id)?.requiredStatements ??
      refuse(this, [
        {
          prop: 'id',
          got: id,
          allowed:
            this.onPremises.size === 0 ? 'none: onPremises names nobody' : [...this.onPremises.keys()].join(', '),
          fix: 'name a key of onPremises',
        },
      ])
    );
  }

  /**
   * The statements that the owners of `accessLogsBucket` and `flowLogsBucket` must add to their policies; empty where
   * this construct adds them.
   */
  public get requiredLogBucketStatements(): PolicyStatement[] {
    return this.logs.requiredStatements;
  }

  /**
   * The statements that the owner of the key of `flowLogsBucket` must add to its policy; empty where this construct
   * adds them, or there is no key.
   */
  public get requiredLogKeyStatements(): PolicyStatement[] {
    return this.logs.requiredKeyStatements;
  }

  /**
   * The buckets for logs that exist, for the proof.
   *
   * @internal
   */
  public get _existingLogBuckets(): IBucket[] {
    return this.logs.existing;
  }

  /** The aspects of a bucket have to run before those of the policies, which is too late once these have begun. */
  private completeWithPolicies(): void {
    const visit = (node: IConstruct) => {
      this.isComplete ||= node === this;
    };
    Aspects.of(this).add({ visit }, { priority: AspectPriority.MUTATING });
  }

  private addNetwork({ dnsFirewall }: PrivateEc2S3AccessProps): IVpc {
    const flowLogsBucket = this.logs.flowLogs(FLOW_LOGS_PREFIX);
    const network = new PrivateNetwork(this, 'Network', { flowLogsBucket, dnsFirewall });
    this.pathIsOpen.add(network.routed);
    return network.vpc;
  }

  private adoptNetwork(
    vpc: IVpc,
    vpcSubnets: SubnetSelection,
    { s3Endpoint, dnsFirewall }: PrivateEc2S3AccessProps,
  ): IVpc {
    if (!s3Endpoint?._isExisting) {
      warnNeighbours(this, 'S3EndpointMode.fromGatewayEndpoint');
    }
    this.pathIsOpen.add(...(dnsFirewall === undefined ? [] : [dnsFirewall._bind(this, vpc)]));
    this.pathIsOpen.add(routeTableAssociations(vpc.selectSubnets(vpcSubnets).subnets));
    return vpc;
  }

  private addRole({ role: existing }: PrivateEc2S3AccessProps): { role: IRole; policies: RolePolicies | AdoptedRole } {
    const role = existing ?? new WorkloadRole(this, 'Role');
    return { role, policies: adoptRole(this, role, this.accessList) };
  }

  private addSecurityGroup({ securityGroup: existing, s3PrefixList }: PrivateEc2S3AccessProps): ISecurityGroup {
    const path = { ...this.place, s3Endpoint: this.s3Endpoint, s3PrefixList };
    if (existing === undefined) {
      return new WorkloadSecurityGroup(this, 'SecurityGroup', path);
    }
    const adopted = new AdoptedSecurityGroup(this, 'AdoptedSecurityGroup', { ...path, securityGroup: existing });
    this.pathIsOpen.add(adopted.ready);
    return adopted.securityGroup;
  }

  private addRemoteAccess(props: PrivateEc2S3AccessProps, securityGroup: ISecurityGroup): RemoteAccessResources {
    const { organization, remoteAccess, s3Endpoint, vpc } = props;
    const { accessList, role } = this;
    const { statements, ready, resources } = (remoteAccess ?? RemoteAccess.none())._bind(this, {
      ...this.place,
      accessList,
      role,
      securityGroup,
      s3Regions: this.s3Endpoint._mode._regions(Stack.of(this).region),
      organizationId: organization?.organizationId,
      hasNeighbours: vpc !== undefined && s3Endpoint?._isExisting === true,
    });
    this.pathIsOpen.add(...ready);
    statements.forEach(({ statement, wildcardReason }) => this.rolePolicies.addStatement(statement, wildcardReason));
    return resources;
  }

  private addOnPremises({ onPremises = {} }: PrivateEc2S3AccessProps): Map<string, OnPremisesRole> {
    const { accessList, s3Endpoint } = this;
    const ids = Object.keys(onPremises).sort();
    if (ids.length === 0) {
      return new Map();
    }
    const parent = new Construct(this, 'OnPremises');
    const place = { accessList, s3Endpoint, dataBucket: (id: string) => this.dataBucket(id) };
    // eslint-disable-next-line awscdk/no-variable-construct-id -- the keys of a map, as those of the data buckets
    return new Map(ids.map(id => [id, new OnPremisesRole(parent, id, onPremises[id], place)]));
  }

  private addCompute(
    { compute, encryption, s3PrefixList }: PrivateEc2S3AccessProps,
    securityGroup: ISecurityGroup,
  ): BoundCompute {
    return (compute ?? Compute.instance())._bind(new Construct(this, 'Compute'), {
      ownKey: encryption?._ownsKey === false ? undefined : this.encryptionKey,
      placement: {
        ...this.place,
        role: this.role,
        securityGroup,
        s3Endpoint: this.s3Endpoint,
        s3PrefixList,
        waitFor: [this.pathIsOpen, this.rolePolicies],
      },
    });
  }
}

/** What the access list is made with. */
function listProps({
  awsOwnedBuckets,
  credentialBinding,
  organization,
  perimeterExemptions,
}: AccessListProps): AccessListProps {
  return { awsOwnedBuckets, credentialBinding, organization, perimeterExemptions };
}

function tooLate(id: string): Problem {
  return {
    prop: 'dataBuckets',
    got: id,
    allowed: 'data buckets before the policies are rendered',
    fix: 'call addDataBucket in a constructor, or in an aspect with a priority below AspectPriority.MUTATING',
  };
}
