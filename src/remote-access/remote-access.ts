import { CfnInstanceConnectEndpoint } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { INSTANCE_CONNECT_FIELDS, InstanceConnect, InstanceConnectOptions } from './instance-connect';
import { BoundRemoteAccess, RemoteAccessContext, RemoteAccessPlace } from './remote-access-context';
import { SessionManager } from './session-manager';
import { SESSION_MANAGER_FIELDS, SESSION_MANAGER_RULES, SessionManagerOptions } from './session-manager-options';
import { sessionManagerProblems } from './session-manager-problems';
import { AwsOwnedBucket } from '../access';
import { Kind, Problem, checkedOptions, markAs, oneOfOurs, unless } from '../private';

/** A choice of remote access. */
export const REMOTE_ACCESS: Kind<RemoteAccess> = oneOfOurs<RemoteAccess>(
  'RemoteAccess',
  'make it with RemoteAccess.sessionManager(), ec2InstanceConnectEndpoint() or none()',
);

/**
 * How people reach the instances.
 *
 * @example
 * new PrivateEc2S3Access(this, 'App', { dataBuckets, remoteAccess: RemoteAccess.sessionManager() });
 */
export class RemoteAccess {
  /**
   * SSH or a remote desktop through an EC2 Instance Connect Endpoint in the first of the workload's subnets: without
   * an agent, a public address or charges by the hour. Its own security group reaches the workload on the one port,
   * and the workload takes the port from that group only. Addresses of people are not preserved, so nothing else has
   * to be let in.
   *
   * Who connects needs IAM policies of yours: `ec2-instance-connect:OpenTunnel` on the endpoint (with its conditions
   * `remotePort`, `privateIpAddress` and `maxTunnelDuration`), `ec2:DescribeInstances` and
   * `ec2:DescribeInstanceConnectEndpoints`. For SSH add `ec2-instance-connect:SendSSHPublicKey` on the instances
   * (with `ec2:osuser`): the instances have no key pair. A Windows instance needs accounts of its own for the same
   * reason, such as those of a directory. CloudTrail logs each tunnel; what is done in it is not logged.
   *
   * By default a VPC can have one such endpoint. Where there is one already, use `none()`, and let its security group
   * in: `app.connections.allowFrom(theirs, Port.tcp(22))`.
   *
   * @param options what people talk to the instances with. Default: SSH
   * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/permissions-for-ec2-instance-connect-endpoint.html
   * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/eice-quotas.html
   */
  public static ec2InstanceConnectEndpoint(options?: InstanceConnectOptions): RemoteAccess {
    const valid = checkedOptions(
      'RemoteAccess.ec2InstanceConnectEndpoint',
      'options',
      options,
      INSTANCE_CONNECT_FIELDS,
    );
    return new RemoteAccess((parent, context) => {
      const { endpointId } = new InstanceConnect(parent, 'InstanceConnect', context, valid);
      return { statements: [], ready: [], endpoints: {}, resources: { instanceConnectEndpointId: endpointId } };
    }, twinProblems);
  }

  /** Nobody does. */
  public static none(): RemoteAccess {
    return new RemoteAccess(() => ({ statements: [], ready: [], endpoints: {}, resources: {} }));
  }

  /**
   * Shells through AWS Systems Manager Session Manager, without an open port. It makes interface endpoints for `ssm`
   * and `ssmmessages` in the workload's subnets, billed by the hour, and grants the permissions of the agent. Needs
   * SSM Agent 3.3.40.0 or newer.
   *
   * Sessions that are logged to CloudWatch or encrypted need the endpoints `logs` and `kms` too, logs to S3 go
   * through the S3 endpoint. Each of them needs a session document, which is made: start sessions with it
   * (`remoteAccess.sessionDocumentName`), and let people use no other.
   *
   * Patching and inventory take more of the same endpoint, and are opened by options of their own.
   *
   * @param options how sessions are logged and encrypted, and what else the nodes are managed for. Default: sessions only
   * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager.html
   */
  public static sessionManager(options?: SessionManagerOptions): RemoteAccess {
    const valid = checkedOptions(
      'RemoteAccess.sessionManager',
      'options',
      options,
      SESSION_MANAGER_FIELDS,
      ...SESSION_MANAGER_RULES,
    );
    return new RemoteAccess(
      (parent, context) => {
        const sessionManager = new SessionManager(parent, 'SessionManager', context, valid);
        const { endpoints, statements, sessionDocumentName } = sessionManager;
        return { statements, ready: [sessionManager], endpoints, resources: { sessionDocumentName } };
      },
      place => sessionManagerProblems(valid, place),
      valid.patching === true ? [AwsOwnedBucket.patchManager(), AwsOwnedBucket.ssmAgent()] : [],
    );
  }

  private constructor(
    private readonly add: (scope: Construct, context: RemoteAccessContext) => BoundRemoteAccess,
    private readonly check: (place: RemoteAccessPlace) => Problem[] = () => [],
    /** The buckets of AWS that it needs. @internal */
    public readonly _awsOwnedBuckets: readonly AwsOwnedBucket[] = [],
  ) {
    markAs(this, 'RemoteAccess');
  }

  /**
   * What is wrong with it in a VPC, in the tree of a scope; absent: a VPC that is made.
   *
   * @internal
   */
  public _problemsIn(place: RemoteAccessPlace): Problem[] {
    return this.check(place);
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

/**
 * A VPC has one EC2 Instance Connect Endpoint.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/eice-quotas.html
 */
function twinProblems({ vpc, scope }: RemoteAccessPlace): Problem[] {
  const subnets = vpc === undefined ? [] : [...vpc.isolatedSubnets, ...vpc.privateSubnets, ...vpc.publicSubnets];
  const ids = subnets.map(({ subnetId }) => subnetId);
  const twin = scope.node.root.node
    .findAll()
    .find(node => CfnInstanceConnectEndpoint.isCfnInstanceConnectEndpoint(node) && ids.includes(node.subnetId));
  return unless(twin === undefined, {
    prop: 'remoteAccess',
    got: 'an EC2 Instance Connect Endpoint',
    allowed: `one in a VPC, and ${twin?.node.path} is in this one`,
    fix: 'use RemoteAccess.none(), and let the security group of the other endpoint in',
  });
}
