import { App, Stack } from 'aws-cdk-lib';
import {
  BucketAccess,
  DataBucketSource,
  Guardrail,
  PrivateEc2S3Access,
  WorkloadsOuGuardrails,
} from 'cdk-private-ec2-s3-access';

const organizationId = 'o-a1b2c3d4e5';
const workloadsOu = 'ou-ab12-11111111';
const breakGlass = 'arn:aws:iam::111122223333:role/break-glass/BreakGlass';

const app = new App();

// The management account, or the delegated administrator for AWS Organizations.
const management = new Stack(app, 'OrganizationGuardrails', { env: { account: '999988887777', region: 'us-east-1' } });
new WorkloadsOuGuardrails(management, 'Workloads', {
  organizationId,
  targetIds: [workloadsOu],
  exemptRoleArns: [breakGlass],
  serviceControl: { denySendCommand: Guardrail.exempting(['arn:aws:iam::111122223333:role/ops/PatchRunner']) },
  declarativeEc2: { exceptionMessage: 'Stopped by a guardrail of the Workloads OU: ask cloud-security@example.com' },
});

// An Application account: every synthesis proves that the workload works under the guardrails.
const workload = new Stack(app, 'GuardedWorkload', { env: { account: '111122223333', region: 'eu-west-1' } });
new PrivateEc2S3Access(workload, 'App', {
  dataBuckets: { UserData: DataBucketSource.create({ access: [BucketAccess.readWrite()] }) },
  organization: {
    organizationId,
    organizationalUnitPaths: [`${organizationId}/r-ab12/${workloadsOu}/`],
    accounts: ['111122223333'],
  },
});
