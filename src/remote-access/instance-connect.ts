import { CfnInstanceConnectEndpoint, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { RemoteAccessContext } from './remote-access-context';
import { egressToEndpoint } from '../network';
import { Fields, choice, nameByPath, optional } from '../private';

/** What people talk to the instances with. */
export enum InstanceConnectProtocol {
  /** SSH, for Linux: port 22. */
  SSH = 'SSH',
  /** The remote desktop, for Windows: port 3389. */
  RDP = 'RDP',
}

/** What an EC2 Instance Connect Endpoint is for. */
export interface InstanceConnectOptions {
  /**
   * What people talk to the instances with: its port is the only one that is opened.
   *
   * @default InstanceConnectProtocol.SSH
   */
  readonly protocol?: InstanceConnectProtocol;
}

/** What an EC2 Instance Connect Endpoint is for. */
export const INSTANCE_CONNECT_FIELDS: Fields<InstanceConnectOptions> = {
  protocol: optional(choice('InstanceConnectProtocol', InstanceConnectProtocol)),
};

const PORTS: Readonly<Record<InstanceConnectProtocol, number>> = { SSH: 22, RDP: 3389 };

/** An EC2 Instance Connect Endpoint that reaches the workload, on one port, and nothing else. */
export class InstanceConnect extends Construct {
  /** The id of the endpoint. */
  public readonly endpointId: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly context: RemoteAccessContext,
    options: InstanceConnectOptions,
  ) {
    super(scope, id);
    const securityGroup = this.addSecurityGroup(options.protocol ?? InstanceConnectProtocol.SSH);
    const endpoint = new CfnInstanceConnectEndpoint(this, 'Endpoint', {
      subnetId: context.vpc.selectSubnets(context.vpcSubnets).subnetIds[0],
      securityGroupIds: [securityGroup.securityGroupId],
      preserveClientIp: false,
    });
    nameByPath(endpoint);
    this.endpointId = endpoint.attrId;
  }

  private addSecurityGroup(protocol: InstanceConnectProtocol): SecurityGroup {
    const { vpc, securityGroup: workload } = this.context;
    const port = Port.tcp(PORTS[protocol]);
    const securityGroup = new SecurityGroup(this, 'SecurityGroup', {
      vpc,
      description: `EC2 Instance Connect Endpoint: ${protocol} to the workload`,
      allowAllOutbound: false,
      disableInlineRules: false,
    });
    securityGroup.addEgressRule(egressToEndpoint(workload).peer, port, `${protocol} to the workload`);
    workload.addIngressRule(securityGroup, port, `${protocol} from the EC2 Instance Connect Endpoint`);
    return securityGroup;
  }
}
