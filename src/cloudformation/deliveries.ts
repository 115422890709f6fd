import { listOf, textOf, valueAt } from './json';
import type { DeliveryModel } from './model';
import type { ResolvedResource } from './resolved-assembly';
import { ResourceIndex, refTo } from './resource-index';

/** The lists of a notification configuration, and where each entry has the ARN of what it notifies. */
const NOTIFICATIONS = [
  ['LambdaConfigurations', 'Function'],
  ['QueueConfigurations', 'Queue'],
  ['TopicConfigurations', 'Topic'],
] as const;

/** What S3 and VPC deliver into buckets by themselves, as the resources that make them do it say. */
export function deliveriesOf(index: ResourceIndex): DeliveryModel[] {
  return [
    ...index.ofType('AWS::S3::Bucket').flatMap(ofBucket),
    ...index.ofType('AWS::EC2::FlowLog').flatMap(ofFlowLog),
  ];
}

function ofBucket(resource: ResolvedResource): DeliveryModel[] {
  const { properties, ref } = resource;
  const delivery = (kind: DeliveryModel['kind'], bucket: string | undefined, prefix?: string): DeliveryModel[] =>
    bucket === undefined
      ? []
      : [
          {
            kind,
            where: refTo(resource),
            source: ref,
            destination: bucket.split(':').slice(-1)[0].split('/')[0],
            prefix: prefix ?? '',
          },
        ];
  const logging = properties.LoggingConfiguration;
  return [
    ...(logging === undefined
      ? []
      : delivery(
          'access logs',
          textOf(valueAt(logging, 'DestinationBucketName')) ?? ref,
          textOf(valueAt(logging, 'LogFilePrefix')),
        )),
    ...listOf(properties.InventoryConfigurations).flatMap(each =>
      delivery(
        'inventory',
        textOf(valueAt(each, 'Destination', 'BucketArn')),
        textOf(valueAt(each, 'Destination', 'Prefix')),
      ),
    ),
    ...listOf(properties.AnalyticsConfigurations).flatMap(each =>
      delivery('analytics', textOf(valueAt(each, 'StorageClassAnalysis', 'DataExport', 'Destination', 'BucketArn'))),
    ),
    ...NOTIFICATIONS.flatMap(([list, target]) =>
      listOf(valueAt(properties.NotificationConfiguration, list)).flatMap(each => {
        const destination = textOf(valueAt(each, target));
        return destination === undefined
          ? []
          : [{ kind: 'events' as const, where: refTo(resource), source: ref, destination, prefix: '' }];
      }),
    ),
    ...listOf(valueAt(properties.ReplicationConfiguration, 'Rules'))
      .filter(each => valueAt(each, 'Status') !== 'Disabled')
      .flatMap(each => delivery('replication', textOf(valueAt(each, 'Destination', 'Bucket')))),
  ];
}

/** The destination is the ARN of a bucket, with a folder behind it where one is wanted. */
function ofFlowLog(resource: ResolvedResource): DeliveryModel[] {
  const { LogDestinationType: type, LogDestination: destination, ResourceId: source } = resource.properties;
  const [, bucket, folder] = /^arn:[^:]+:s3:::([^/]+)\/?(.*)$/.exec(textOf(destination) ?? '') ?? [];
  if (textOf(type) !== 's3' || bucket === undefined) {
    return [];
  }
  const prefix = folder === '' || folder.endsWith('/') ? folder : `${folder}/`;
  return [{ kind: 'flow logs', where: refTo(resource), source: textOf(source) ?? '', destination: bucket, prefix }];
}
