import { Stack } from 'aws-cdk-lib';
import { ACCESS_POINT_WORLDS } from './access-point-worlds';
import { CLIENT_WORLDS } from './client-worlds';
import { COMPUTE_WORLDS } from './compute-worlds';
import { ENDPOINT_WORLDS } from './endpoint-worlds';
import { IDENTITY_WORLDS } from './identity-worlds';
import { SERVICE_WORLDS } from './service-worlds';
import { SESSION_WORLDS } from './session-worlds';
import type { Setting, WorldOf } from './setting';
import { STORAGE_WORLDS } from './storage-worlds';
import { BucketAccess, DataBucketSource, PrivateEc2S3Access } from '../../src';
import { ACCOUNT, DeployedStack, REGION } from '../support/deployed';
import { everyAwsOwnedBucket, everyOption } from '../support/scenarios';

function threeBuckets(stack: Stack): void {
  new PrivateEc2S3Access(stack, 'App', {
    dataBuckets: {
      UserData: DataBucketSource.create({ access: [BucketAccess.readWrite()] }),
      Datasets: DataBucketSource.create({ access: [BucketAccess.readOnly('datasets/')] }),
      Uploads: DataBucketSource.create({ access: [BucketAccess.writeOnly('in/')] }),
    },
  });
}

/** The plain path, every option at once, and the buckets of AWS. */
const SHARED_WORLDS = {
  plain: {
    options: [
      'PrivateEc2S3AccessProps.dataBuckets',
      'PrivateEc2S3AccessProps.compute',
      'NewDataBucketProps.access',
      'DataBucketSource.create',
      'BucketAccess.readOnly',
      'BucketAccess.readWrite',
      'BucketAccess.writeOnly',
      'Compute.instance',
      'DataEncryption.customerManagedKey',
      'RemoteAccess.none',
      'S3EndpointMode.gateway',
    ],
    setting: () => ({ stack: new DeployedStack(threeBuckets) }),
  },
  full: {
    options: ['BucketAccess.of', 'NewDataBucketProps.bucketName'],
    setting: () => ({ stack: new DeployedStack(stack => void everyOption(stack)) }),
  },
  agents: {
    options: [
      'PrivateEc2S3AccessProps.awsOwnedBuckets',
      ...[
        'amazonLinux2023Repositories',
        'amazonLinux2Repositories',
        'awsCli',
        'cdkAssets',
        'cloudFormationHelperScripts',
        'cloudFormationSignals',
        'cloudWatchAgent',
        'codeDeployAgent',
        'custom',
        'ecrImageLayers',
        'patchManager',
        'ssmAgent',
        'windowsDriversAndTools',
      ].map(factory => `AwsOwnedBucket.${factory}`),
      ...['actions', 'bucketNames', 'objectArns', 'purpose', 'signedByRole'].map(
        prop => `CustomAwsOwnedBucketOptions.${prop}`,
      ),
    ],
    setting: () => ({
      stack: new DeployedStack(stack => void everyAwsOwnedBucket(stack), { account: ACCOUNT, region: REGION }),
    }),
  },
} satisfies Record<string, WorldOf>;

/** Deployed stacks by name: each has the options that it lists, and the defaults for the rest. */
export const WORLDS = {
  ...SHARED_WORLDS,
  ...ENDPOINT_WORLDS,
  ...IDENTITY_WORLDS,
  ...ACCESS_POINT_WORLDS,
  ...STORAGE_WORLDS,
  ...SESSION_WORLDS,
  ...COMPUTE_WORLDS,
  ...CLIENT_WORLDS,
  ...SERVICE_WORLDS,
} satisfies Record<string, WorldOf>;

export type WorldName = keyof typeof WORLDS;

const made = new Map<WorldName, Setting>();

/** A setting, synthesized when it is first asked for. */
export function settingOf(name: WorldName): Setting {
  const setting = made.get(name) ?? WORLDS[name].setting();
  made.set(name, setting);
  return setting;
}
