import { documentOf } from './policy-sources';
import type { DeliveryInput, LogBucketInput } from './proof-input';
import type { AssemblyModel, BucketModel, DeliveryModel, ResourceRef, WorkloadModel } from '../cloudformation';

type IsOwn = (where: ResourceRef | undefined) => boolean;

/**
 * The buckets that receive the access logs of the data buckets and the flow logs of the network, and what the
 * services need there.
 *
 * @param workload the workload
 * @param buckets its data buckets
 * @param model what the assembly defines
 * @param isOwn whether something was made for the workload
 */
export function logBucketsOf(
  workload: WorkloadModel,
  buckets: readonly BucketModel[],
  model: AssemblyModel,
  isOwn: IsOwn,
): LogBucketInput[] {
  const sources = new Set([
    ...buckets.map(({ name }) => name),
    workload.vpcId,
    ...workload.subnets.map(({ id }) => id),
  ]);
  const logs = model.deliveries.filter(({ kind }) => kind === 'access logs' || kind === 'flow logs');
  const names = new Set(
    logs
      .filter(({ source, destination }) => sources.has(source) && buckets.every(({ name }) => name !== destination))
      .map(({ destination }) => destination),
  );
  return [...names].flatMap(name => {
    const bucket = model.buckets.find(each => each.name === name);
    const arn = `arn:${workload.environment.partition}:s3:::${name}`;
    const deliveries = logs
      .filter(({ destination }) => destination === name)
      .flatMap(delivery => needsOf(delivery, arn, workload, buckets));
    if (bucket === undefined) {
      return [];
    }
    return [
      {
        arn: bucket.arn,
        account: bucket.account,
        policy: bucket.policy && documentOf(bucket.policy, 'bucket policy'),
        deliveries,
        keepsOwnPolicy: !isOwn(bucket.where),
        deploymentRoleArns: bucket.deploymentRoleArns,
      },
    ];
  });
}

/**
 * What a delivery needs.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-permissions.html
 */
function needsOf(
  { kind, prefix, source }: DeliveryModel,
  arn: string,
  { environment: { account, region, partition } }: WorkloadModel,
  buckets: readonly BucketModel[],
): DeliveryInput[] {
  if (kind === 'access logs') {
    const [resource, writes] = [folderOf(prefix), prefix].map(folder => `${arn}/${folder}*`);
    const logged = buckets.find(({ name }) => name === source);
    return [
      {
        service: 'logging.s3.amazonaws.com',
        action: 's3:PutObject',
        resource,
        writes,
        keys: { 'aws:SourceAccount': logged?.account ?? account },
        says: { 'aws:SourceArn': logged?.arn ?? `arn:${partition}:s3:::${source}` },
      },
    ];
  }
  const fromAccount = { 'aws:SourceAccount': account };
  const service = 'delivery.logs.amazonaws.com';
  const keys = { ...fromAccount, 'aws:SourceArn': `arn:${partition}:logs:${region}:${account}:*` };
  return [
    {
      service,
      action: 's3:PutObject',
      resource: `${arn}/${prefix}AWSLogs/${account}/*`,
      keys: { ...keys, 's3:x-amz-acl': 'bucket-owner-full-control' },
    },
    { service, action: 's3:GetBucketAcl', resource: arn, keys },
    { service, action: 's3:ListBucket', resource: arn, keys },
  ];
}

/** Logs of several buckets share the folder at the top. */
function folderOf(prefix: string): string {
  const end = prefix.indexOf('/');
  return end === -1 ? prefix : prefix.slice(0, end + 1);
}
