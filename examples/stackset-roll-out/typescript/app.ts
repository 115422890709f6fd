import { App, BootstraplessSynthesizer, CfnStackSet, Stack, Stage } from 'aws-cdk-lib';
import { BucketAccess, DataBucketSource, PrivateEc2S3Access } from 'cdk-private-ec2-s3-access';

const app = new App();

// The template that every account gets: no assets, no look-ups, and no bootstrap.
const pattern = new Stage(app, 'Pattern');
const workload = new Stack(pattern, 'PrivateWorkload', { synthesizer: new BootstraplessSynthesizer() });
new PrivateEc2S3Access(workload, 'App', {
  dataBuckets: { UserData: DataBucketSource.create({ access: [BucketAccess.readWrite()] }) },
  organization: { organizationId: 'o-a1b2c3d4e5', organizationalUnitPaths: ['o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/'] },
});
const { template } = pattern.synth().getStackArtifact(workload.artifactId);

// The management account rolls it out to the accounts of the OU, and to those that join it.
const management = new Stack(app, 'StackSetRollOut');
new CfnStackSet(management, 'Workloads', {
  stackSetName: 'private-workloads',
  permissionModel: 'SERVICE_MANAGED',
  autoDeployment: { enabled: true, retainStacksOnAccountRemoval: true },
  capabilities: ['CAPABILITY_IAM'],
  managedExecution: { Active: true },
  operationPreferences: { failureToleranceCount: 0, maxConcurrentPercentage: 25 },
  stackInstancesGroup: [{ deploymentTargets: { organizationalUnitIds: ['ou-ab12-11111111'] }, regions: ['eu-west-1'] }],
  templateBody: JSON.stringify(template),
});
