import { CfnResource, Stack } from 'aws-cdk-lib';
import { Trail } from 'aws-cdk-lib/aws-cloudtrail';
import { FlowLogDestination } from 'aws-cdk-lib/aws-ec2';
import { CfnLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { IRole, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Bucket, CfnBucket, IBucket } from 'aws-cdk-lib/aws-s3';
import { importedVpc } from './resources';

/** Makes something in a stack that delivers to a bucket. */
export type Deliver = (stack: Stack, bucket: IBucket) => unknown;

/** What AWS delivers to buckets, by what it is called in errors. */
export const DELIVERIES: Readonly<Record<string, Deliver>> = {
  inventory: (stack, bucket) => new Bucket(stack, 'Source', { inventories: [{ destination: { bucket } }] }),
  'server access logs': (stack, bucket) => new Bucket(stack, 'Source', { serverAccessLogsBucket: bucket }),
  'flow logs': (stack, bucket) =>
    importedVpc(stack).addFlowLog('Log', { destination: FlowLogDestination.toS3(bucket, 'network/') }),
  trail: (stack, bucket) => new Trail(stack, 'Trail', { bucket }),
  analytics: (stack, { bucketArn }) =>
    new CfnBucket(stack, 'Source', {
      analyticsConfigurations: [
        {
          id: 'All',
          storageClassAnalysis: {
            dataExport: { outputSchemaVersion: 'V_1', destination: { bucketArn, format: 'CSV' } },
          },
        },
      ],
    }),
  replication: (stack, destination) => replicating(stack, destination),
  logs: (stack, { bucketName }) =>
    new CfnLoadBalancer(stack, 'Balancer', {
      subnets: ['subnet-1', 'subnet-2'],
      loadBalancerAttributes: [
        { key: 'access_logs.s3.enabled', value: 'true' },
        { key: 'access_logs.s3.bucket', value: bucketName },
      ],
    }),
  stream: (stack, { bucketArn: BucketARN }) =>
    new CfnResource(stack, 'Stream', {
      type: 'AWS::KinesisFirehose::DeliveryStream',
      properties: { ExtendedS3DestinationConfiguration: { BucketARN, RoleARN: 'arn:aws:iam::111122223333:role/S' } },
    }),
  history: (stack, { bucketName: S3BucketName }) =>
    new CfnResource(stack, 'Channel', { type: 'AWS::Config::DeliveryChannel', properties: { S3BucketName } }),
};

/** A bucket that replicates into another one by a role. */
export function replicating(stack: Stack, destination: IBucket, role?: IRole): Bucket {
  return new Bucket(stack, 'Source', {
    versioned: true,
    replicationRules: [{ destination, priority: 1 }],
    replicationRole: role,
  });
}

/** A role that S3 replicates with. */
export function replicationRole(stack: Stack): Role {
  return new Role(stack, 'Replication', { assumedBy: new ServicePrincipal('s3.amazonaws.com') });
}
