import { ISecurityGroup, IVpc, InterfaceVpcEndpoint, InterfaceVpcEndpointAwsService, Port, SecurityGroup, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct, IDependable } from 'constructs';
import { egressToEndpoint } from '../network/s3-egress';
import { MESSAGE_ACTIONS, SYSTEMS_MANAGER_ACTIONS, sessionManagerEndpointStatement, sessionManagerRoleStatement } from '../perimeter/session-manager-policy';

/** Where remote access is placed; for the parts of this library only. */
export interface RemoteAccessContext {
  readonly vpc: IVpc;
  readonly vpcSubnets: SubnetSelection;
  readonly role: IRole;
  readonly securityGroup: ISecurityGroup;
}

/** What remote access needs of the workload. */
export interface BoundRemoteAccess {
  /** The statements that the role needs. */
  readonly statements: PolicyStatement[];
  /** What the instances wait for, so that the agent finds its endpoints at the first boot. */
  readonly ready: IDependable[];
}

/** How people reach the instances. */
export class RemoteAccess {
  /** Nobody does. */
  public static none(): RemoteAccess {
    return new RemoteAccess(() => ({ statements: [], ready: [] }));
  }

  /**
   * Shells through AWS Systems Manager Session Manager, without an open port: interface endpoints for `ssm` and
   * `ssmmessages` in the workload's subnets, billed by the hour, and the permissions of the agent. Needs SSM Agent 3.3.40.0
   * or newer.
   *
   * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager.html
   */
  public static sessionManager(): RemoteAccess {
    return new RemoteAccess((parent, context) => {
      const sessionManager = new SessionManager(parent, 'SessionManager', context);
      return { statements: [sessionManagerRoleStatement()], ready: [sessionManager] };
    });
  }

  private constructor(private readonly add: (scope: Construct, context: RemoteAccessContext) => BoundRemoteAccess) {
  }

  /**
   * Adds what it needs, and returns what the workload needs.
   *
   * @internal
   */
  public _bind(scope: Construct, context: RemoteAccessContext): BoundRemoteAccess {
    return this.add(scope, context);
  }
}

/** The endpoints and permissions of Session Manager. */
class SessionManager extends Construct {
  constructor(scope: Construct, id: string, private readonly context: RemoteAccessContext) {
    super(scope, id);
    const securityGroup = this.addSecurityGroup();
    this.addEndpoint('Ssm', 'ssm', SYSTEMS_MANAGER_ACTIONS, securityGroup);
    this.addEndpoint('SsmMessages', 'ssmmessages', MESSAGE_ACTIONS, securityGroup);
  }

  private addSecurityGroup(): SecurityGroup {
    const { vpc, securityGroup: workload } = this.context;
    const securityGroup = new SecurityGroup(this, 'SecurityGroup', {
      vpc, description: 'Session Manager endpoints: HTTPS from the workload', allowAllOutbound: false, disableInlineRules: false,
    });
    securityGroup.addIngressRule(workload, Port.tcp(443), 'HTTPS from the workload');
    workload.addEgressRule(egressToEndpoint(securityGroup).peer, Port.tcp(443), 'HTTPS to the Session Manager endpoints');
    return securityGroup;
  }

  private addEndpoint(id: string, service: string, actions: string[], securityGroup: SecurityGroup): void {
    const { vpc, vpcSubnets, role } = this.context;
    const endpoint = new InterfaceVpcEndpoint(this, id, {
      vpc,
      service: new InterfaceVpcEndpointAwsService(service),
      subnets: vpcSubnets,
      securityGroups: [securityGroup],
      privateDnsEnabled: true,
      open: false,
    });
    endpoint.addToPolicy(sessionManagerEndpointStatement(actions, role));
  }
}
