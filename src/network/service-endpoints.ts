import { Stack } from 'aws-cdk-lib';
import {
  CfnVPCEndpoint,
  GatewayVpcEndpoint,
  GatewayVpcEndpointAwsService,
  IInterfaceVpcEndpoint,
  IPeer,
  ISecurityGroup,
  IVpc,
  IVpcEndpoint,
  InterfaceVpcEndpoint,
  InterfaceVpcEndpointAwsService,
  Peer,
  Port,
  SecurityGroup,
  SubnetSelection,
} from 'aws-cdk-lib/aws-ec2';
import { IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { egressToEndpoint, inline } from './s3-egress';
import { serviceProblems } from './service-problems';
import { EndpointService, SERVICE_NAMES, ServiceEndpointOptions, ServiceNames, warnNeighbours } from '../endpoint';
import { serviceEndpointStatements } from '../policies';
import { DerivedPolicyDocument, POLICY_LIMITS, Problem, describe, refuse, sizeProblems } from '../private';

/** An endpoint that something else of the workload has for a service, and what it is for. */
export interface UsedEndpoint {
  readonly endpoint: IInterfaceVpcEndpoint;
  readonly statements: readonly PolicyStatement[];
  /** Whether it is made here; the policy of one that exists is its owner's. */
  readonly isMade: boolean;
}

/** Where the endpoints are, and for whom. */
export interface ServiceEndpointsPlace {
  readonly vpc: IVpc;
  readonly vpcSubnets: SubnetSelection;
  readonly role: IRole;
  readonly securityGroup: ISecurityGroup;
  /** The organization that the role has to be in. */
  readonly organizationId?: string;
  /** Whether others may use the VPC. */
  readonly isShared: boolean;
  /** What the role is granted, when the tree is complete. */
  readonly granted: () => readonly PolicyStatement[];
  /** The endpoints of remote access, by the last part of the names of their services. */
  readonly used: Readonly<Record<string, UsedEndpoint>>;
}

/** The endpoints of a workload for services in addition to S3: each lets through what the role is granted of its service. */
export class ServiceEndpoints extends Construct {
  private readonly made = new Map<EndpointService, IVpcEndpoint>();
  private ownSecurityGroup?: SecurityGroup;

  constructor(
    scope: Construct,
    id: string,
    private readonly place: ServiceEndpointsPlace,
  ) {
    super(scope, id);
  }

  /** The endpoint of a service, made or taken over from remote access. */
  public add(service: EndpointService, options: ServiceEndpointOptions): IVpcEndpoint {
    const names = SERVICE_NAMES[service];
    const { used, isShared } = this.place;
    refuse(this, serviceProblems(service, options, { ...this.place, scope: this, isTaken: this.made.has(service) }));
    if (isShared && this.made.size === 0) {
      warnNeighbours(
        this,
        'let the workload through an endpoint that exists: app.connections.allowTo(endpoint, Port.tcp(443))',
      );
    }
    const shared = used[names.endpoint];
    const endpoint =
      shared === undefined
        ? service === EndpointService.DYNAMODB
          ? this.addGateway(names, options)
          : this.addInterface(names)
        : shared.endpoint;
    this.derivePolicy(endpoint, names, shared?.statements ?? []);
    this.made.set(service, endpoint);
    return endpoint;
  }

  private addInterface({ id, endpoint }: ServiceNames): IVpcEndpoint {
    const { vpc, vpcSubnets } = this.place;
    // eslint-disable-next-line awscdk/no-variable-construct-id -- one for each service, by its name
    return new InterfaceVpcEndpoint(this, id, {
      vpc,
      service: new InterfaceVpcEndpointAwsService(endpoint),
      subnets: vpcSubnets,
      securityGroups: [this.securityGroup()],
      privateDnsEnabled: true,
      open: false,
    });
  }

  private addGateway({ id }: ServiceNames, { prefixList }: ServiceEndpointOptions): IVpcEndpoint {
    const { vpc, vpcSubnets, securityGroup } = this.place;
    const peer: IPeer = prefixList === undefined ? Peer.anyIpv4() : Peer.prefixList(prefixList.prefixListId);
    const where = prefixList === undefined ? 'wherever the routes lead, which is the endpoints' : 'DynamoDB';
    securityGroup.addEgressRule(inline(peer), Port.tcp(443), `HTTPS to ${where}`);
    // eslint-disable-next-line awscdk/no-variable-construct-id -- as above
    return new GatewayVpcEndpoint(this, id, {
      vpc,
      service: GatewayVpcEndpointAwsService.DYNAMODB,
      subnets: [vpcSubnets],
    });
  }

  private securityGroup(): SecurityGroup {
    if (this.ownSecurityGroup === undefined) {
      const { vpc, securityGroup: workload } = this.place;
      const group = new SecurityGroup(this, 'SecurityGroup', {
        vpc,
        description: 'Endpoints of other services: HTTPS from the workload',
        allowAllOutbound: false,
        disableInlineRules: false,
      });
      group.addIngressRule(workload, Port.tcp(443), 'HTTPS from the workload');
      workload.addEgressRule(egressToEndpoint(group).peer, Port.tcp(443), 'HTTPS to the endpoints of other services');
      this.ownSecurityGroup = group;
    }
    return this.ownSecurityGroup;
  }

  /** Grants that come later reach the policy, too. */
  private derivePolicy(endpoint: IVpcEndpoint, names: ServiceNames, own: readonly PolicyStatement[]): void {
    const { granted, organizationId, role } = this.place;
    const { account } = Stack.of(this);
    const derived = () =>
      serviceEndpointStatements(granted(), { service: names.actions, role, account, organizationId });
    const document = new DerivedPolicyDocument(() => [...own, ...derived()]);
    (endpoint.node.defaultChild as CfnVPCEndpoint).policyDocument = document;
    this.node.addValidation({
      validate: () =>
        [
          ...this.grantProblems(names, derived()),
          ...sizeProblems(this, document, POLICY_LIMITS.endpointPolicy, FIX),
        ].map(problem => describe(this, problem)),
    });
  }

  private grantProblems({ endpoint, grant }: ServiceNames, statements: readonly PolicyStatement[]): Problem[] {
    return statements.length > 0
      ? []
      : [
          {
            prop: 'service',
            got: endpoint,
            allowed: 'a service that the role is granted something of: an endpoint without it lets nobody through',
            fix: `grant it in this stack, as in ${grant}, or leave the endpoint out`,
          },
        ];
  }
}

const FIX = 'grant fewer resources one by one';
