import { Aws } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';

/** What is delivered, and for whom. */
export interface LogDelivery {
  readonly bucketArn: string;
  readonly prefix: string;
  /** The account of the buckets or of the VPC that the logs are about. */
  readonly account: string;
}

/**
 * What lets S3 deliver server access logs of an account's buckets.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
 */
export function accessLogStatements({ bucketArn, prefix, account }: LogDelivery): PolicyStatement[] {
  return [
    new PolicyStatement({
      sid: 'AccessLogDelivery',
      principals: [new ServicePrincipal('logging.s3.amazonaws.com')],
      actions: ['s3:PutObject'],
      resources: [`${bucketArn}/${prefix}*`],
      conditions: { StringEquals: { 'aws:SourceAccount': account } },
    }),
  ];
}

/**
 * What lets VPC deliver the flow logs of an account and a Region.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-permissions.html
 */
export function flowLogStatements({ bucketArn, prefix, account }: LogDelivery, region: string): PolicyStatement[] {
  const delivery = { principals: [new ServicePrincipal('delivery.logs.amazonaws.com')] };
  const { ArnLike, StringEquals } = forAccount(account, region);
  return [
    new PolicyStatement({
      ...delivery,
      sid: 'FlowLogDelivery',
      actions: ['s3:PutObject'],
      resources: [`${bucketArn}/${prefix}AWSLogs/${account}/*`],
      conditions: { ArnLike, StringEquals: { ...StringEquals, 's3:x-amz-acl': 'bucket-owner-full-control' } },
    }),
    new PolicyStatement({
      ...delivery,
      sid: 'FlowLogAclCheck',
      actions: ['s3:GetBucketAcl', 's3:ListBucket'],
      resources: [bucketArn],
      conditions: { ArnLike, StringEquals },
    }),
  ];
}

/**
 * What lets VPC deliver flow logs to a bucket that is encrypted with a key, in the policy of the key.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-cmk-policy.html
 */
export function flowLogKeyStatement(account: string, region: string): PolicyStatement {
  return new PolicyStatement({
    sid: 'FlowLogDelivery',
    principals: [new ServicePrincipal('delivery.logs.amazonaws.com')],
    actions: [
      'kms:Decrypt',
      'kms:DescribeKey',
      'kms:Encrypt',
      'kms:GenerateDataKey',
      'kms:GenerateDataKeyWithoutPlaintext',
      'kms:ReEncryptFrom',
      'kms:ReEncryptTo',
    ],
    resources: ['*'],
    conditions: forAccount(account, region),
  });
}

/** The conditions under which log delivery acts for an account and a Region. */
function forAccount(account: string, region: string) {
  return {
    ArnLike: { 'aws:SourceArn': `arn:${Aws.PARTITION}:logs:${region}:${account}:*` },
    StringEquals: { 'aws:SourceAccount': account },
  };
}
