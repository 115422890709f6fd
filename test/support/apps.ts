import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, Environment, Stack } from 'aws-cdk-lib';
import { PrefixList } from 'aws-cdk-lib/aws-ec2';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import {
  AwsOwnedBucket,
  BucketAccess,
  Compute,
  DataBucketSource,
  DataEncryption,
  PerimeterExemption,
  PrivateEc2S3Access,
  PrivateEc2S3AccessProps,
  RemoteAccess,
  S3EndpointMode,
} from '../../src';

/** A resource of a template. */
export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Record<string, unknown>;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly DependsOn?: string[];
}

/** What an app wrote, read back. */
export interface Synthesized {
  /** The template, byte by byte. */
  readonly text: string;
  readonly resources: Record<string, TemplateResource>;
  /** The assets of the stack, by their hash. */
  readonly assets: {
    readonly files: Record<string, { displayName: string }>;
    readonly dockerImages: Record<string, unknown>;
  };
  /** The context look-ups that the app asks for. */
  readonly missingContext: unknown;
  /** The names of the files of the cloud assembly. */
  readonly files: string[];
}

/** Where and how an app is synthesized. */
export interface AppOptions {
  readonly env?: Environment;
  readonly context?: Record<string, unknown>;
}

/** Environments of each partition, and none. */
export const ENVIRONMENTS: Array<[string, Environment | undefined]> = [
  ['no environment', undefined],
  ['us-east-1', { account: '111122223333', region: 'us-east-1' }],
  ['cn-north-1', { account: '111122223333', region: 'cn-north-1' }],
  ['us-gov-west-1', { account: '111122223333', region: 'us-gov-west-1' }],
];

/** Synthesizes an app of one stack, without the validation that the CDK adds to it, and leaves no files behind. */
export function synthesize(define: (stack: Stack) => unknown, options: AppOptions = {}): Synthesized {
  const outdir = mkdtempSync(join(tmpdir(), 'synthesized-'));
  const validation = process.env.CDK_VALIDATION;
  process.env.CDK_VALIDATION = 'false';
  try {
    const app = new App({
      outdir,
      context: options.context,
      analyticsReporting: false,
      stackTraces: false,
      treeMetadata: false,
    });
    const stack = new Stack(app, 'Training', { env: options.env });
    define(stack);
    const { manifest } = app.synth();
    return readAssembly(outdir, stack.artifactId, manifest.missing);
  } finally {
    if (validation === undefined) {
      delete process.env.CDK_VALIDATION;
    } else {
      process.env.CDK_VALIDATION = validation;
    }
    rmSync(outdir, { recursive: true, force: true });
  }
}

function readAssembly(directory: string, stackId: string, missingContext: unknown): Synthesized {
  const text = readFileSync(join(directory, `${stackId}.template.json`), 'utf8');
  return {
    text,
    resources: JSON.parse(text).Resources,
    assets: JSON.parse(readFileSync(join(directory, `${stackId}.assets.json`), 'utf8')),
    missingContext,
    files: readdirSync(directory).sort(),
  };
}

/** The smallest use: one bucket, everything else left out. */
export function oneBucket(stack: Stack, id = 'App'): PrivateEc2S3Access {
  return new PrivateEc2S3Access(stack, id, {
    dataBuckets: { UserData: DataBucketSource.create({ access: [BucketAccess.readWrite()] }) },
  });
}

/** The quick start: two buckets, everything else left out. */
export function quickStart(stack: Stack, id = 'App', props: Partial<PrivateEc2S3AccessProps> = {}): PrivateEc2S3Access {
  return new PrivateEc2S3Access(stack, id, {
    dataBuckets: {
      UserData: DataBucketSource.create({ access: [BucketAccess.readWrite()] }),
      Datasets: DataBucketSource.create({ access: [BucketAccess.readOnly('datasets/')] }),
    },
    ...props,
  });
}

/** Every option that makes resources of its own or changes a policy. */
export function fullExample(stack: Stack, props: Partial<PrivateEc2S3AccessProps> = {}): PrivateEc2S3Access {
  const archive = Bucket.fromBucketAttributes(stack, 'Archive', {
    bucketArn: 'arn:aws:s3:::log-archive-of-the-organization',
    account: '444455556666',
  });
  const deployRole = Role.fromRoleArn(stack, 'Deploy', 'arn:aws:iam::111122223333:role/deploy/Deploy');
  const access = new PrivateEc2S3Access(stack, 'App', {
    compute: Compute.fleet({ minCapacity: 2, maxCapacity: 20 }),
    s3Endpoint: S3EndpointMode.gatewayAndInterface(),
    s3PrefixList: PrefixList.fromPrefixListId(stack, 'S3', 'pl-63a5400a'),
    dataBuckets: {
      UserData: DataBucketSource.create({
        access: [BucketAccess.readWrite()],
        bucketName: 'myapp-prod-user-data-bucket',
      }),
      LogArchive: DataBucketSource.fromBucket(archive, { access: [BucketAccess.writeOnly('myapp/')] }),
      Models: DataBucketSource.create({
        access: [BucketAccess.readOnly('models/'), BucketAccess.of(['s3:GetObjectVersion'], 'models/')],
      }),
    },
    encryption: DataEncryption.customerManagedKey(),
    awsOwnedBuckets: [AwsOwnedBucket.amazonLinux2023Repositories(), AwsOwnedBucket.ssmAgent()],
    remoteAccess: RemoteAccess.sessionManager(),
    organization: {
      organizationId: 'o-a1b2c3d4e5',
      organizationalUnitPaths: ['o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/'],
      accounts: ['111122223333'],
    },
    perimeterExemptions: [PerimeterExemption.permissionSet('BreakGlass'), PerimeterExemption.role(deployRole)],
    credentialBinding: true,
    ...props,
  });
  access.addDataBucket('Scratch', DataBucketSource.create({ access: [BucketAccess.readWrite()] }));
  return access;
}
