import { Stack } from 'aws-cdk-lib';
import { InterfaceVpcEndpoint } from 'aws-cdk-lib/aws-ec2';
import { Key } from 'aws-cdk-lib/aws-kms';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import type { ExistingEndpoint, Setting, WorldOf } from './setting';
import { InstanceConnectProtocol, PrivateEc2S3AccessProps, RemoteAccess } from '../../src';
import { ACCOUNT, DELEGATED, DeployedStack, REGION } from '../support/deployed';
import { workload } from '../support/resources';

const SESSION_KEY = `arn:aws:kms:${REGION}:${ACCOUNT}:key/sessions`;
const OTHER_KEY = `arn:aws:kms:${REGION}:${ACCOUNT}:key/others`;
const LOG_GROUP = `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:/sessions`;
const ENV = { account: ACCOUNT, region: REGION };
const KEYS = { Sessions: { arn: SESSION_KEY, policy: DELEGATED }, Others: { arn: OTHER_KEY, policy: DELEGATED } };

const keyOf = (stack: Stack) => Key.fromKeyArn(stack, 'SessionKey', SESSION_KEY);
const groupOf = (stack: Stack) => LogGroup.fromLogGroupArn(stack, 'Sessions', LOG_GROUP);

function withSessions(
  remoteAccessOf: (stack: Stack) => RemoteAccess,
  props: Partial<PrivateEc2S3AccessProps> = {},
): Setting {
  return {
    stack: new DeployedStack(stack => void workload(stack, { remoteAccess: remoteAccessOf(stack), ...props }), ENV),
    kmsKeys: KEYS,
  };
}

const sessionLogs = () =>
  withSessions(stack =>
    RemoteAccess.sessionManager({
      logBucket: new Bucket(stack, 'SessionLogs', {
        encryption: BucketEncryption.KMS,
        encryptionKey: new Key(stack, 'LogKey'),
      }),
      logBucketPrefix: 'fleet/shells/',
    }),
  );

const OPEN_ENDPOINT = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
} as const;
const existing = (id: string): ExistingEndpoint => ({ id, kind: 'interface', policy: OPEN_ENDPOINT });

/** Endpoints that the VPC has already, as AWS makes them: open. */
function existingEndpoints(): Setting {
  const ids = {
    ssm: 'vpce-0aaaaaaaaaaaaaaa1',
    ssmmessages: 'vpce-0aaaaaaaaaaaaaaa2',
    logs: 'vpce-0aaaaaaaaaaaaaaa3',
    kms: 'vpce-0aaaaaaaaaaaaaaa4',
  };
  const setting = withSessions(stack => {
    const endpoint = (id: string, vpcEndpointId: string) =>
      InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(stack, id, { vpcEndpointId, port: 443 });
    return RemoteAccess.sessionManager({
      encryptionKey: keyOf(stack),
      logGroup: groupOf(stack),
      endpoints: {
        ssm: endpoint('Ssm', ids.ssm),
        ssmMessages: endpoint('Messages', ids.ssmmessages),
        logs: endpoint('Logs', ids.logs),
        kms: endpoint('Kms', ids.kms),
      },
    });
  });
  return {
    ...setting,
    endpoints: Object.fromEntries(Object.entries(ids).map(([service, id]) => [service, existing(id)])),
  };
}

/** How people reach the instances. */
export const SESSION_WORLDS = {
  sessions: {
    options: ['PrivateEc2S3AccessProps.remoteAccess', 'RemoteAccess.sessionManager'],
    setting: () => withSessions(() => RemoteAccess.sessionManager()),
  },
  'sessions in an organization': {
    options: ['RemoteAccess.sessionManager', 'PrivateEc2S3AccessProps.organization'],
    setting: () =>
      withSessions(stack => RemoteAccess.sessionManager({ logGroup: groupOf(stack) }), {
        organization: { organizationId: 'o-a1b2c3d4e5' },
      }),
  },
  'session logs in S3': {
    options: ['SessionManagerOptions.logBucket', 'SessionManagerOptions.logBucketPrefix'],
    setting: sessionLogs,
  },
  'session logs in CloudWatch': {
    options: ['SessionManagerOptions.logGroup'],
    setting: () => withSessions(stack => RemoteAccess.sessionManager({ logGroup: groupOf(stack) })),
  },
  'encrypted sessions': {
    options: ['SessionManagerOptions.encryptionKey'],
    setting: () => withSessions(stack => RemoteAccess.sessionManager({ encryptionKey: keyOf(stack) })),
  },
  'existing session endpoints': {
    options: [
      'SessionManagerOptions.endpoints',
      'SessionManagerEndpoints.kms',
      'SessionManagerEndpoints.logs',
      'SessionManagerEndpoints.ssm',
      'SessionManagerEndpoints.ssmMessages',
    ],
    setting: existingEndpoints,
  },
  patching: {
    options: ['SessionManagerOptions.patching'],
    setting: () => withSessions(() => RemoteAccess.sessionManager({ patching: true })),
  },
  inventory: {
    options: ['SessionManagerOptions.inventory'],
    setting: () => withSessions(() => RemoteAccess.sessionManager({ inventory: true })),
  },
  'instance connect': {
    options: ['RemoteAccess.ec2InstanceConnectEndpoint', 'InstanceConnectOptions.protocol'],
    setting: () =>
      withSessions(() => RemoteAccess.ec2InstanceConnectEndpoint({ protocol: InstanceConnectProtocol.RDP })),
  },
  'instance connect over SSH': {
    options: ['InstanceConnectOptions.protocol'],
    setting: () => withSessions(() => RemoteAccess.ec2InstanceConnectEndpoint()),
  },
} satisfies Record<string, WorldOf>;
