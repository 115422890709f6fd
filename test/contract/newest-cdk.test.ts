import { rmSync, writeFileSync } from 'fs';
import { join } from 'path';
import library from '../../package.json';
import { CdkVersion, ConsumerProject, consumerProject, synthesizeApp, templatesOf } from '../support/packed';

/**
 * A JavaScript app of a user: every kind of resource that the library makes, and one bad resource when it is asked
 * for.
 */
const APP = `
const { App, CfnResource, Stack } = require('aws-cdk-lib');
const { version } = require('aws-cdk-lib/package.json');
const { PrefixList } = require('aws-cdk-lib/aws-ec2');
const { Construct } = require('constructs');
const s3 = require('cdk-private-ec2-s3-access');

const app = new App();
const stack = new Stack(app, 'Training');
const access = [s3.BucketAccess.readWrite()];
const quickStart = new s3.PrivateEc2S3Access(stack, 'QuickStart', {
  dataBuckets: { UserData: s3.DataBucketSource.create({ access }) },
});
new s3.PrivateEc2S3Access(stack, 'Full', {
  compute: s3.Compute.fleet({ minCapacity: 2, maxCapacity: 20 }),
  s3Endpoint: s3.S3EndpointMode.gatewayAndInterface(),
  s3PrefixList: PrefixList.fromPrefixListId(stack, 'S3', 'pl-63a5400a'),
  dataBuckets: {
    UserData: s3.DataBucketSource.create({ access, bucketName: 'myapp-prod-user-data-bucket' }),
    Models: s3.DataBucketSource.create({ access: [s3.BucketAccess.readOnly('models/')] }),
  },
  awsOwnedBuckets: [s3.AwsOwnedBucket.amazonLinux2023Repositories(), s3.AwsOwnedBucket.ssmAgent()],
  remoteAccess: s3.RemoteAccess.sessionManager(),
  organization: { organizationId: 'o-a1b2c3d4e5', organizationalUnitPaths: ['o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/'] },
  perimeterExemptions: [s3.PerimeterExemption.permissionSet('BreakGlass')],
});
if (process.argv.includes('--planted')) {
  new CfnResource(stack, 'Planted', { type: 'AWS::S3::Bucket', properties: { VersioningConfiguration: 'yes', NoSuchProperty: true } });
}
app.synth();
console.log(JSON.stringify({ version, oneConstructsLibrary: quickStart instanceof Construct && stack instanceof Construct }));
`;

interface Run {
  readonly said: { version: string; oneConstructsLibrary: boolean };
  readonly findings: string;
  readonly resources: Record<string, unknown>;
}

describe('the packed library', () => {
  const projects: ConsumerProject[] = [];
  const runs = new Map<CdkVersion, Run>();

  function run(cdk: CdkVersion): Run {
    const project = consumerProject(cdk);
    projects.push(project);
    writeFileSync(join(project.directory, 'app.js'), APP);
    const { assembly, stdout, stderr } = synthesizeApp(project, 'node app.js');
    return {
      said: JSON.parse(stdout.trim().split('\n').pop()!),
      findings: stderr,
      resources: templatesOf(assembly).Training.Resources,
    };
  }

  beforeAll(() => {
    (['aws-cdk-lib', 'aws-cdk-lib-newest'] as const).forEach(cdk => runs.set(cdk, run(cdk)));
  });

  afterAll(() => {
    projects.forEach(({ directory }) => rmSync(directory, { recursive: true, force: true }));
  });

  test('is tried on the oldest CDK that it supports and on the newest', () => {
    expect(`^${runs.get('aws-cdk-lib')!.said.version}`).toBe(library.peerDependencies['aws-cdk-lib']);
    expect(runs.get('aws-cdk-lib-newest')!.said.version).toBe(
      library.devDependencies['aws-cdk-lib-newest'].replace('npm:aws-cdk-lib@', ''),
    );
    expect(runs.get('aws-cdk-lib-newest')!.said.version).not.toBe(runs.get('aws-cdk-lib')!.said.version);
  });

  test.each(['aws-cdk-lib', 'aws-cdk-lib-newest'] as const)('shares its constructs library with %s', cdk => {
    expect(runs.get(cdk)!.said.oneConstructsLibrary).toBe(true);
  });

  test('makes the same resources with both', () => {
    const oldest = runs.get('aws-cdk-lib')!.resources;

    expect(Object.keys(oldest).length).toBeGreaterThan(40);
    expect(runs.get('aws-cdk-lib-newest')!.resources).toEqual(oldest);
  });

  test.each(['aws-cdk-lib', 'aws-cdk-lib-newest'] as const)('passes the validation of %s without a finding', cdk => {
    expect(runs.get(cdk)!.findings).toBe('');
  });

  test('is under a validation that finds a planted bad resource', () => {
    const { stderr } = synthesizeApp(projects[1], 'node app.js --planted');

    expect(stderr.match(/^ +Training\S+/gm)).toEqual(['   Training/Planted', '   Training/Planted']);
  });
});
