import {
  IInterfaceVpcEndpoint,
  InterfaceVpcEndpoint,
  InterfaceVpcEndpointAwsService,
  Peer,
  Port,
  SecurityGroup,
} from 'aws-cdk-lib/aws-ec2';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnDocument } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { BoundStatement, RemoteAccessContext } from './remote-access-context';
import { SessionLogInputs, allowSessionLogs } from './session-log-bucket';
import { SessionManagerOptions } from './session-manager-options';
import { warnNeighbours } from '../endpoint';
import { UsedEndpoint, egressToEndpoint, endpointsIn, inline } from '../network';
import {
  decryptSessions,
  findLogGroups,
  MESSAGE_ACTIONS,
  sessionManagerEndpointStatement,
  sessionManagerRoleStatement,
  Side,
  systemsManagerActions,
  writeSessionLogs,
} from '../policies';
import { RequiredPolicyKind, announce, warnWhenComplete } from '../private';

const NO_RESOURCE = 'the actions of Session Manager cannot be limited to a resource';
const ALL_GROUPS = 'the agent finds its log group by a list, which cannot be limited to one group';

/** The endpoints and permissions of Session Manager. */
export class SessionManager extends Construct {
  /** What the role needs. */
  public readonly statements: BoundStatement[];

  /** The document that sessions are started with, where they are logged or encrypted. */
  public readonly sessionDocumentName?: string;

  /** The endpoints that are used, by the last part of the names of their services. */
  public readonly endpoints: Record<string, UsedEndpoint> = {};

  private readonly securityGroup?: SecurityGroup;

  /** For whom the endpoints are. */
  private readonly caller: Side;

  constructor(
    scope: Construct,
    id: string,
    private readonly context: RemoteAccessContext,
    private readonly options: SessionManagerOptions,
  ) {
    super(scope, id);
    this.statements = [{ statement: sessionManagerRoleStatement(options), wildcardReason: NO_RESOURCE }];
    const { encryptionKey, endpoints: { ssm, ssmMessages } = {}, logBucket, logGroup } = options;
    const logInputs = allowSessionLogs(context, options);
    this.caller = { role: context.role, organizationId: context.organizationId };
    if (context.hasNeighbours && !this.makesNone()) {
      warnNeighbours(this, 'name the endpoints that exist, in RemoteAccess.sessionManager({ endpoints })');
    }
    this.securityGroup = this.makesNone() ? undefined : this.addSecurityGroup();
    this.addEndpoint('Ssm', 'ssm', [sessionManagerEndpointStatement(systemsManagerActions(options), this.caller)], ssm);
    this.addEndpoint(
      'SsmMessages',
      'ssmmessages',
      [sessionManagerEndpointStatement(MESSAGE_ACTIONS, this.caller)],
      ssmMessages,
    );
    if (logGroup !== undefined) {
      this.addLogging();
    }
    if (encryptionKey !== undefined) {
      this.addEncryption();
    }
    const isPlain = [logBucket, logGroup, encryptionKey].every(each => each === undefined);
    this.sessionDocumentName = isPlain ? undefined : this.addDocument(logInputs).ref;
    warnWhenComplete(this, 'twoEndpointsOfService', () => this.conflicts());
  }

  /** The private names of a service lead to one endpoint in a VPC: the one that is first in the tree may have them. */
  private conflicts(): string | undefined {
    const twins = Object.entries(this.endpoints)
      .filter(([, { isMade }]) => isMade)
      .flatMap(([service, { endpoint }]) => {
        const first = endpointsIn(this, this.context.vpc, service).find(each => each.privateDnsEnabled !== false);
        return first === undefined || first === endpoint.node.defaultChild ? [] : [`${first.node.path} (${service})`];
      });
    return twins.length === 0
      ? undefined
      : `${twins.join(', ')}: made in the same VPC already, where the names of a service lead to one endpoint only, so ` +
          'the deployment fails. Name the endpoints that exist, in RemoteAccess.sessionManager({ endpoints })';
  }

  private makesNone(): boolean {
    const { encryptionKey, endpoints: { ssm, ssmMessages, logs, kms } = {}, logGroup } = this.options;
    return (
      ssm !== undefined &&
      ssmMessages !== undefined &&
      (logGroup === undefined || logs !== undefined) &&
      (encryptionKey === undefined || kms !== undefined)
    );
  }

  private addSecurityGroup(): SecurityGroup {
    const { vpc, securityGroup: workload } = this.context;
    const securityGroup = new SecurityGroup(this, 'SecurityGroup', {
      vpc,
      description: 'Session Manager endpoints: HTTPS from the workload',
      allowAllOutbound: false,
      disableInlineRules: false,
    });
    securityGroup.addIngressRule(workload, Port.tcp(443), 'HTTPS from the workload');
    workload.addEgressRule(
      egressToEndpoint(securityGroup).peer,
      Port.tcp(443),
      'HTTPS to the Session Manager endpoints',
    );
    return securityGroup;
  }

  private addLogging(): void {
    const group = this.options.logGroup!.logGroupArn;
    const endpoint = this.addEndpoint(
      'Logs',
      'logs',
      [writeSessionLogs(group, this.caller), findLogGroups(this, this.caller)],
      this.options.endpoints?.logs,
    );
    this.statements.push(
      {
        statement: writeSessionLogs(group, { endpoint }),
        wildcardReason: 'the streams of the log group have no names before there is a session',
      },
      { statement: findLogGroups(this, { endpoint }), wildcardReason: ALL_GROUPS },
    );
  }

  private addEncryption(): void {
    const key = this.options.encryptionKey!.keyArn;
    const endpoint = this.addEndpoint('Kms', 'kms', [decryptSessions(key, this.caller)], this.options.endpoints?.kms);
    this.statements.push({ statement: decryptSessions(key, { endpoint }) });
  }

  /** What the account's own preferences say, which other sessions use, is left as it is. */
  private addDocument(logInputs: SessionLogInputs): CfnDocument {
    const { encryptionKey, logGroup } = this.options;
    return new CfnDocument(this, 'Document', {
      documentType: 'Session',
      documentFormat: 'JSON',
      updateMethod: 'NewVersion',
      content: {
        schemaVersion: '1.0',
        description: `Sessions on the instances of ${this.node.path}`,
        sessionType: 'Standard_Stream',
        inputs: {
          ...logInputs,
          ...(logGroup === undefined
            ? {}
            : {
                cloudWatchLogGroupName: logGroup.logGroupName,
                cloudWatchEncryptionEnabled:
                  (logGroup.node.defaultChild as CfnLogGroup | undefined)?.kmsKeyId !== undefined,
                cloudWatchStreamingEnabled: true,
              }),
          ...(encryptionKey === undefined ? {} : { kmsKeyId: encryptionKey.keyArn }),
        },
      },
    });
  }

  private addEndpoint(
    id: string,
    service: string,
    statements: PolicyStatement[],
    existing?: IInterfaceVpcEndpoint,
  ): IInterfaceVpcEndpoint {
    const endpoint =
      existing === undefined
        ? this.makeEndpoint(id, service, statements)
        : this.adoptEndpoint(id, service, statements, existing);
    this.endpoints[service] = { endpoint, statements, isMade: existing === undefined };
    return endpoint;
  }

  private makeEndpoint(id: string, service: string, statements: PolicyStatement[]): IInterfaceVpcEndpoint {
    const { vpc, vpcSubnets } = this.context;
    // eslint-disable-next-line awscdk/no-variable-construct-id -- one for each service, named by the callers
    const endpoint = new InterfaceVpcEndpoint(this, id, {
      vpc,
      service: new InterfaceVpcEndpointAwsService(service),
      subnets: vpcSubnets,
      securityGroups: this.securityGroup === undefined ? [] : [this.securityGroup],
      privateDnsEnabled: true,
      open: false,
    });
    statements.forEach(statement => endpoint.addToPolicy(statement));
    return endpoint;
  }

  /** The policy and the security groups of an endpoint that exists are its owner's. */
  private adoptEndpoint(
    id: string,
    service: string,
    statements: PolicyStatement[],
    endpoint: IInterfaceVpcEndpoint,
  ): IInterfaceVpcEndpoint {
    const { securityGroup: workload, vpc } = this.context;
    const { securityGroups } = endpoint.connections;
    const peers =
      securityGroups.length > 0
        ? securityGroups.map(group => egressToEndpoint(group).peer)
        : [inline(Peer.ipv4(vpc.vpcCidrBlock))];
    peers.forEach(peer => workload.addEgressRule(peer, Port.tcp(443), 'HTTPS to the Session Manager endpoints'));
    // eslint-disable-next-line awscdk/no-variable-construct-id -- as above
    announce(new Construct(this, id), {
      id: 'requiredEndpointStatements',
      kind: RequiredPolicyKind.VPC_ENDPOINT,
      resource: endpoint.vpcEndpointId,
      account: endpoint.env.account,
      text:
        `the policy of the existing endpoint of ${service} is not touched, nor are its security groups, ` +
        'which must let HTTPS in from the workload; its policy must allow',
      statements: () => statements,
    });
    return endpoint;
  }
}
