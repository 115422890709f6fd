import { CfnResource, Stack, Validations } from 'aws-cdk-lib';
import { CodePipeline } from 'aws-cdk-lib/pipelines';

const OF_CDK_PIPELINES =
  'CDK Pipelines renders this policy for its artifacts, its logs, and the roles of the bootstrap that it deploys with';
const ARTIFACTS =
  'the artifacts are synthesized from the repository again at any time, and hold no data of the workloads';
const KEY = 'CDK Pipelines renders the policy of the key, for the accounts that the pipeline deploys to';
const BUILD_LOGS = 'CodeBuild logs to CloudWatch Logs by default';

const ACTIONS = [
  's3:Abort*',
  's3:DeleteObject*',
  's3:GetBucket*',
  's3:GetObject*',
  's3:List*',
  'kms:GenerateDataKey*',
  'kms:ReEncrypt*',
];

/** Acknowledges what scanners find on the resources of CDK Pipelines, and on nothing else. */
export function acceptFindings(pipeline: CodePipeline): void {
  const { account, region } = Stack.of(pipeline);
  const named = (type: string) =>
    pipeline.node
      .findAll()
      .filter(CfnResource.isCfnResource)
      .filter(({ cfnResourceType }) => cfnResourceType === type)
      .map(each => String(Stack.of(pipeline).resolve(each.logicalId)));
  const resources = [
    '*',
    `arn:*:iam::${account}:role/*`,
    ...named('AWS::S3::Bucket').map(bucket => `<${bucket}.Arn>/*`),
    ...named('AWS::CodeBuild::Project').flatMap(project => [
      `arn:<AWS::Partition>:logs:${region}:${account}:log-group:/aws/codebuild/<${project}>:*`,
      `arn:<AWS::Partition>:codebuild:${region}:${account}:report-group/<${project}>-*`,
    ]),
  ];
  const accept = (reason: string, ...ids: string[]) =>
    Validations.of(pipeline).acknowledge(...ids.map(id => ({ id, reason })));
  accept(
    OF_CDK_PIPELINES,
    'NIST.800.53.R5::NIST.800.53.R5-IAMNoInlinePolicy',
    ...ACTIONS.map(action => `AwsSolutions::AwsSolutions-IAM5[Action::${action}]`),
    ...resources.map(resource => `AwsSolutions::AwsSolutions-IAM5[Resource::${resource}]`),
  );
  accept(
    ARTIFACTS,
    'AwsSolutions::AwsSolutions-S1',
    ...['Logging', 'Replication', 'Versioning'].map(what => `NIST.800.53.R5::NIST.800.53.R5-S3Bucket${what}Enabled`),
    ...[
      'bucket_versioning_enabled',
      'bucket_logging_enabled',
      'event_notifications_enabled',
      'lifecycle_policy',
      'bucket_object_lock_enabled',
    ].map(what => `cdk-validator-cfnguard::s3_${what}_check`),
  );
  accept(KEY, 'cdk-validator-cfnguard::kms_create_grant_aws_service_check');
  accept(BUILD_LOGS, 'cdk-validator-cfnguard::codebuild_project_logging_enabled_check');
}
