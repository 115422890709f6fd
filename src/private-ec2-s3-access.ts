import { AspectPriority, Aspects, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { Connections, ISecurityGroup, IVpc, IVpcEndpoint, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { IPrincipal, IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct, DependencyGroup, IConstruct } from 'constructs';
import { AccessList, IPrivateEc2S3Access, IS3Endpoint, declareAccess } from './access';
import { proveAtSynthesis } from './analysis';
import {
  AdoptedSecurityGroup,
  BoundCompute,
  Compute,
  ComputeResources,
  WorkloadSecurityGroup,
  cpuUtilization,
} from './compute';
import {
  EndpointService,
  ISOLATED,
  S3Endpoint,
  SERVICE,
  SERVICE_ENDPOINT_FIELDS,
  SERVICE_NAMES,
  ServiceEndpointOptions,
  addOnPremisesRoles,
  warnNeighbours,
} from './endpoint';
import { AdoptedRole, RolePolicies, WorkloadRole, adoptRole, warnOfS3Grant } from './identity';
import {
  FLOW_LOGS_PREFIX,
  PrivateNetwork,
  routeTableAssociations,
  ServiceEndpoints,
  ServiceEndpointsPlace,
} from './network';
import { denyServiceOutsideEndpoint } from './policies';
import {
  ANY_TEXT,
  Fields,
  METRIC_OPTIONS,
  RequiredPolicy,
  STATEMENT,
  checked,
  checkedProps,
  markAs,
  optional,
  refuse,
  requiredPoliciesOf,
  struct,
} from './private';
import { PrivateEc2S3AccessProps } from './private-ec2-s3-access-props';
import { PROPS, listProps, propsRules, tooLate } from './private-ec2-s3-access-rules';
import { BoundRemoteAccess, RemoteAccess, RemoteAccessResources } from './remote-access';
import { DataBucketSource, DataBuckets, DataEncryption, LogDestinations } from './storage';

/**
 * A private EC2 workload that reaches its S3 data buckets without the internet and without stored keys, as the AWS
 * Security Reference Architecture draws it for the Application account.
 *
 * One access list drives the policies of role, endpoint, buckets and key, so that only the intended path is open.
 *
 * @see https://docs.aws.amazon.com/prescriptive-guidance/latest/security-reference-architecture/application.html
 *
 * @example
 * new PrivateEc2S3Access(this, 'App', {
 *   dataBuckets: {
 *     UserData: DataBucketSource.create({ access: [BucketAccess.readWrite()] }),
 *     Datasets: DataBucketSource.create({ access: [BucketAccess.readOnly('datasets/')] }),
 *   },
 * });
 */
export class PrivateEc2S3Access extends Construct implements IPrivateEc2S3Access {
  /**
   * Who may do what in which bucket: the source of all policies.
   *
   * @internal
   */
  public readonly _accessList: AccessList;

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
  public readonly s3Endpoint: IS3Endpoint;

  /** The VPC of the workload. */
  public readonly vpc: IVpc;

  private readonly servicesPlace: ServiceEndpointsPlace;
  private serviceEndpoints?: ServiceEndpoints;
  private readonly rolePolicies: RolePolicies | AdoptedRole;
  private readonly encryptionKey?: IKey;
  private readonly place: { readonly vpc: IVpc; readonly vpcSubnets: SubnetSelection };
  private readonly pathIsOpen = new DependencyGroup();
  private readonly logs: LogDestinations;
  private readonly dataBuckets: DataBuckets;
  private isComplete = false;
  private readonly endpoint: S3Endpoint;

  constructor(scope: Construct, id: string, props: PrivateEc2S3AccessProps) {
    const valid = checkedProps({ type: 'PrivateEc2S3Access', scope, id }, props, PROPS, ...propsRules(scope));
    super(scope, id);
    markAs(this, 'PrivateEc2S3Access');
    this._accessList = new AccessList(listProps(valid));
    this.logs = new LogDestinations(this, valid);
    const vpcSubnets = valid.vpcSubnets ?? ISOLATED;
    this.vpc = valid.vpc === undefined ? this.addNetwork(valid) : this.adoptNetwork(valid.vpc, vpcSubnets, valid);
    this.place = { vpc: this.vpc, vpcSubnets };
    this.encryptionKey = (valid.encryption ?? DataEncryption.customerManagedKey())._bind(this, this._accessList, valid);
    const { role, policies } = this.addRole(valid);
    this.role = role;
    this.rolePolicies = policies;
    this.grantPrincipal = this.role.grantPrincipal;
    this.endpoint = this.addEndpoint(valid);
    this.s3Endpoint = this.endpoint;
    const securityGroup = this.addSecurityGroup(valid);
    this.connections = new Connections({ securityGroups: [securityGroup] });
    const { resources: remoteAccess, endpoints } = this.addRemoteAccess(valid, securityGroup);
    this.remoteAccess = remoteAccess;
    this.servicesPlace = this.placeOfServices(valid, securityGroup, endpoints);
    this.dataBuckets = new DataBuckets(this, 'DataBuckets', {
      accessList: this._accessList,
      logs: this.logs,
      removal: { autoDeleteObjects: valid.autoDeleteObjects, removalPolicy: valid.removalPolicy },
      reach: {
        regions: this.endpoint._mode._regions(Stack.of(this).region),
        lists: valid.s3Endpoint?._shared === undefined ? [] : this.endpoint._lists,
      },
      role: this.role,
    });
    Object.keys(valid.dataBuckets)
      .sort()
      .forEach(bucketId => this.addDataBucket(bucketId, valid.dataBuckets[bucketId]));
    addOnPremisesRoles(this, valid.onPremises, {
      accessList: this._accessList,
      s3Endpoint: this.endpoint,
      dataBucket: bucketId => this.dataBucket(bucketId),
    });
    const { resources, declared } = this.addCompute(valid, securityGroup);
    this.compute = resources;
    declareAccess(
      this,
      {
        accessList: this._accessList,
        role,
        requiredStatements: () => policies.requiredStatements,
        existingLogBuckets: () => this.logs.existing,
      },
      { ...declared, isRemoved: valid.removalPolicy === RemovalPolicy.DESTROY || undefined },
    );
    this.completeWithPolicies();
    if (valid.proveAtSynthesis ?? true) {
      proveAtSynthesis(this);
    }
  }

  /**
   * What others must attach to what they own, for what was granted so far: to an adopted role, bucket, access point,
   * key or endpoint that this stack does not touch. Each is in a warning, too; empty where there is none.
   */
  public get requiredPolicies(): RequiredPolicy[] {
    return [this, ...(this.endpoint.node.scope === this ? [] : [this.endpoint])].flatMap(requiredPoliciesOf);
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
    refuse(this, this.isComplete ? [tooLate('dataBuckets', id, 'addDataBucket')] : []);
    const dataBucket = this.dataBuckets.add(id, source, this.encryptionKey);
    this.pathIsOpen.add(...(dataBucket.policy === undefined ? [] : [dataBucket.policy]));
    return dataBucket.bucket;
  }

  /**
   * Adds the endpoint of a service in addition to S3, and the egress to it. Its policy lets through what the role is
   * granted of the service, on resources of this account: `queue.grantSendMessages(app.role)`, before or after. The
   * role's credentials reach the service through this endpoint only. Interface endpoints cost by the hour in each
   * Availability Zone; that of DynamoDB is a gateway endpoint, which is free.
   *
   * @param service the service
   * @param options how it is reached. Default: as the service needs it
   * @returns the endpoint, such as for the policy of a queue
   * @throws when the service has an endpoint in the VPC already, or only another account can make one there
   * @see https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
   */
  public addServiceEndpoint(service: EndpointService, options?: ServiceEndpointOptions): IVpcEndpoint {
    const valid = checked(
      this,
      { service, options },
      { service: SERVICE, options: optional(struct(SERVICE_ENDPOINT_FIELDS)) },
    );
    refuse(this, this.isComplete ? [tooLate('service', service, 'addServiceEndpoint')] : []);
    this.serviceEndpoints ??= new ServiceEndpoints(this, 'ServiceEndpoints', this.servicesPlace);
    const endpoint = this.serviceEndpoints.add(valid.service, valid.options ?? {});
    this.rolePolicies.addStatement(
      denyServiceOutsideEndpoint(SERVICE_NAMES[valid.service].actions, endpoint.vpcEndpointId),
      'a Deny is for everything',
    );
    this.pathIsOpen.add(endpoint, this.serviceEndpoints);
    return endpoint;
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
   * Adds a statement to the policies of the role, in addition to those for its data buckets; where the role is not
   * touched, to `requiredPolicies`. A grant on S3 is warned of: endpoint and bucket do not know it, so it opens
   * nothing.
   *
   * @param statement the statement, without a principal
   * @throws when the policies are rendered already
   */
  public addToRolePolicy(statement: PolicyStatement): void {
    checked(
      this,
      { statement },
      { statement: STATEMENT },
      { reads: ['statement'], problems: () => this._accessList._lateProblems('statement', statement.sid) },
    );
    this.rolePolicies.addStatement(statement);
    warnOfS3Grant(this, statement);
  }

  /**
   * The requests to a data bucket that S3 answers with an error of the client (`4xxErrors`): those that a policy denies
   * (403), and those for objects that are not there. Every minute, by best effort. The bucket gets a metrics
   * configuration when this is called, and CloudWatch charges for request metrics.
   *
   * @param bucketId the key of the bucket in `dataBuckets`, or its id in `addDataBucket`
   * @param props how the metric is shown. Default: the sum of a minute
   * @throws when there is no such bucket, or it is not made here
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/metrics-dimensions.html
   */
  public metricClientErrors(bucketId: string, props?: MetricOptions): Metric {
    const valid = checked(this, { bucketId, props }, METRIC_FIELDS);
    return this.dataBuckets.clientErrors(valid.bucketId, valid.props);
  }

  /**
   * The CPU utilization of the instance, or of the fleet on average, in percent.
   *
   * @param props how the metric is shown. Default: the average of a minute
   * @throws when instances are made elsewhere (`Compute.instanceProfile`)
   * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/viewing_metrics_with_cloudwatch.html
   */
  public metricCpuUtilization(props?: MetricOptions): Metric {
    return cpuUtilization(this, this.compute, checked(this, { props }, { props: METRIC_FIELDS.props }).props);
  }

  /** The aspects of a bucket have to run before those of the policies, which is too late once these have begun. */
  private completeWithPolicies(): void {
    const visit = (node: IConstruct) => {
      this.isComplete ||= node === this;
    };
    Aspects.of(this).add({ visit }, { priority: AspectPriority.MUTATING });
  }

  private addNetwork({ dnsFirewall, ipAddresses, maxAzs }: PrivateEc2S3AccessProps): IVpc {
    const flowLogsBucket = this.logs.flowLogs(FLOW_LOGS_PREFIX);
    const network = new PrivateNetwork(this, 'Network', { flowLogsBucket, dnsFirewall, ipAddresses, maxAzs });
    this.pathIsOpen.add(network.routed);
    return network.vpc;
  }

  private adoptNetwork(
    vpc: IVpc,
    vpcSubnets: SubnetSelection,
    { s3Endpoint, dnsFirewall }: PrivateEc2S3AccessProps,
  ): IVpc {
    if (s3Endpoint?._isNew !== false) {
      warnNeighbours(this, 'S3EndpointMode.fromGatewayEndpoint');
    }
    this.pathIsOpen.add(...(dnsFirewall === undefined ? [] : [dnsFirewall._bind(this, vpc)]));
    this.pathIsOpen.add(routeTableAssociations(Stack.of(this), vpc.selectSubnets(vpcSubnets).subnets));
    return vpc;
  }

  private addRole({ role: existing }: PrivateEc2S3AccessProps): { role: IRole; policies: RolePolicies | AdoptedRole } {
    const role = existing ?? new WorkloadRole(this, 'Role');
    return { role, policies: adoptRole(this, role, this._accessList) };
  }

  private addEndpoint({ s3Endpoint: mode }: PrivateEc2S3AccessProps): S3Endpoint {
    const accessList = this._accessList;
    if (mode?._shared === undefined) {
      return new S3Endpoint(this, 'S3Endpoint', { ...this.place, accessList, mode });
    }
    const shared = mode._shared.s3Endpoint as S3Endpoint;
    shared._serve(accessList);
    return shared;
  }

  private addSecurityGroup({ securityGroup: existing, s3PrefixList }: PrivateEc2S3AccessProps): ISecurityGroup {
    const path = { ...this.place, s3Endpoint: this.endpoint, s3PrefixList };
    if (existing === undefined) {
      return new WorkloadSecurityGroup(this, 'SecurityGroup', path);
    }
    const adopted = new AdoptedSecurityGroup(this, 'AdoptedSecurityGroup', { ...path, securityGroup: existing });
    this.pathIsOpen.add(adopted.ready);
    return adopted.securityGroup;
  }

  private placeOfServices(
    { organization, vpc }: PrivateEc2S3AccessProps,
    securityGroup: ISecurityGroup,
    used: BoundRemoteAccess['endpoints'],
  ): ServiceEndpointsPlace {
    const own = new Set(this.rolePolicies.addedStatements);
    return {
      ...this.place,
      role: this.role,
      securityGroup,
      organizationId: organization?.organizationId,
      isShared: vpc !== undefined,
      granted: () => this.rolePolicies.addedStatements.filter(each => !own.has(each)),
      used,
    };
  }

  private addRemoteAccess(props: PrivateEc2S3AccessProps, securityGroup: ISecurityGroup): BoundRemoteAccess {
    const { organization, remoteAccess, s3Endpoint, vpc } = props;
    const { _accessList: accessList, role } = this;
    const bound = (remoteAccess ?? RemoteAccess.none())._bind(this, {
      ...this.place,
      accessList,
      role,
      securityGroup,
      s3Regions: this.endpoint._mode._regions(Stack.of(this).region),
      organizationId: organization?.organizationId,
      hasNeighbours: vpc !== undefined && s3Endpoint?._isNew === false,
    });
    this.pathIsOpen.add(...bound.ready);
    bound.statements.forEach(({ statement, wildcardReason }) =>
      this.rolePolicies.addStatement(statement, wildcardReason),
    );
    return bound;
  }

  private addCompute(
    { compute, encryption, s3PrefixList }: PrivateEc2S3AccessProps,
    securityGroup: ISecurityGroup,
  ): BoundCompute {
    return (compute ?? Compute.instance())._bind(new Construct(this, 'Compute'), {
      accessList: this._accessList,
      ownKey: encryption?._ownsKey === false ? undefined : this.encryptionKey,
      placement: {
        ...this.place,
        role: this.role,
        securityGroup,
        s3Endpoint: this.endpoint,
        s3PrefixList,
        waitFor: [this.pathIsOpen, this.rolePolicies],
      },
    });
  }
}

/** What a metric is asked for with. */
const METRIC_FIELDS: Fields<{ bucketId: string; props: MetricOptions | undefined }> = {
  bucketId: ANY_TEXT,
  props: optional(METRIC_OPTIONS),
};
