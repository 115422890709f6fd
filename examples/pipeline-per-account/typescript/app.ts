import { App, Environment, Stack, Stage } from 'aws-cdk-lib';
import { PipelineType } from 'aws-cdk-lib/aws-codepipeline';
import { CodePipeline, CodePipelineSource, ManualApprovalStep, ShellStep } from 'aws-cdk-lib/pipelines';
import { BucketAccess, DataBucketSource, PrivateEc2S3Access } from 'cdk-private-ec2-s3-access';
import { Construct } from 'constructs';
import { acceptFindings } from './accepted-findings';

const accounts = { test: '111122223333', production: '444455556666' };
const region = 'eu-west-1';

class WorkloadStage extends Stage {
  constructor(scope: Construct, id: string, env: Environment) {
    super(scope, id, { env });
    new PrivateEc2S3Access(new Stack(this, 'PipelinedWorkload'), 'App', {
      dataBuckets: { UserData: DataBucketSource.create({ access: [BucketAccess.readWrite()] }) },
      organization: { organizationId: 'o-a1b2c3d4e5', accounts: [String(env.account)] },
    });
  }
}

const stack = new Stack(new App(), 'PipelinePerAccount', { env: { account: '777788889999', region } });
const connectionArn = 'arn:aws:codeconnections:eu-west-1:777788889999:connection/11111111-2222-3333-4444-555555555555';
const pipeline = new CodePipeline(stack, 'Pipeline', {
  crossAccountKeys: true,
  enableKeyRotation: true,
  pipelineType: PipelineType.V2,
  synth: new ShellStep('Synth', {
    input: CodePipelineSource.connection('example/private-workload', 'main', { connectionArn }),
    commands: ['npm ci', 'npx cdk synth'],
  }),
});
pipeline.addStage(new WorkloadStage(stack, 'Test', { account: accounts.test, region }));
pipeline.addStage(new WorkloadStage(stack, 'Production', { account: accounts.production, region }), {
  pre: [new ManualApprovalStep('Release')],
});
pipeline.buildPipeline();
acceptFindings(pipeline);
