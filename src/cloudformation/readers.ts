import { Json, listOf, textOf, textsIn, valueAt } from './json';
import type { ReaderModel } from './model';
import type { ResolvedResource } from './resolved-assembly';
import { nameOf, refTo, ResourceIndex } from './resource-index';

/** Services that copy what is in a bucket, or open it in another way, with rights of their own. */
const COPIES: ReadonlyArray<readonly [type: RegExp, does: string]> = [
  [/^AWS::S3Files::/, 'opens the objects as files (S3 Files)'],
  [/^AWS::DataSync::LocationS3$/, 'is a location that DataSync copies from'],
  [/^AWS::Backup::BackupSelection$/, 'has AWS Backup copy the objects to a vault'],
];

/** The settings of a bucket by which S3 itself writes about its objects elsewhere. */
const TABLES = ['MetadataConfiguration', 'MetadataTableConfiguration'];

/** Protocols that lead out of AWS. */
const OUTSIDE = ['http', 'https', 'email', 'email-json', 'sms'];

/** What passes on what is in the buckets of an assembly, or what happens there. */
export function readersOf(index: ResourceIndex): ReaderModel[] {
  const buckets = index.ofType('AWS::S3::Bucket');
  const accounts = new Set(index.reading.environments.map(({ account }) => account));
  const copies = index.reading.resources.flatMap(resource => {
    const found = COPIES.find(([type]) => type.test(resource.type));
    const named = found === undefined ? [] : buckets.filter(bucket => mentions(resource, bucket));
    return found === undefined || named.length === 0
      ? []
      : [
          {
            where: refTo(resource),
            buckets: named.map(({ ref }) => ref),
            does: found[1],
            roleArn: textOf(valueAt(resource.properties, 'BackupSelection', 'IamRoleArn')),
            isForeign: false,
          },
        ];
  });
  const tables = buckets
    .filter(({ properties }) => TABLES.some(each => properties[each] !== undefined))
    .map(bucket => ({
      where: refTo(bucket),
      buckets: [bucket.ref],
      does: 'has S3 write the names and tags of its objects into metadata tables, which other policies guard',
      isForeign: false,
    }));
  return [
    ...copies,
    ...tables,
    ...buckets.flatMap(bucket => [...throughTopics(bucket, index, accounts), ...throughBus(bucket, index, accounts)]),
  ];
}

/** A backup selection may take everything, or what has a tag. */
function mentions({ type, properties }: ResolvedResource, bucket: ResolvedResource): boolean {
  const texts = textsIn(properties);
  const isAll = type === 'AWS::Backup::BackupSelection' && texts.some(text => text === '*' || /:s3:::\*$/.test(text));
  const byTag =
    type === 'AWS::Backup::BackupSelection' &&
    textsIn(valueAt(properties, 'BackupSelection', 'Resources')).length === 0;
  return isAll || byTag || texts.some(text => text === bucket.ref || text.startsWith(String(bucket.arn)));
}

function throughTopics(bucket: ResolvedResource, index: ResourceIndex, accounts: ReadonlySet<string>): ReaderModel[] {
  const topics = listOf(valueAt(bucket.properties.NotificationConfiguration, 'TopicConfigurations')).map(each =>
    textOf(valueAt(each, 'Topic')),
  );
  return topics.flatMap(topic => {
    const inline = index
      .ofType('AWS::SNS::Topic')
      .filter(({ ref }) => ref === topic)
      .flatMap(each => listOf(each.properties.Subscription).map(entry => [each, entry] as const));
    const alone = index
      .ofType('AWS::SNS::Subscription')
      .filter(({ properties }) => textOf(properties.TopicArn) === topic)
      .map(each => [each, each.properties] as const);
    return [
      ...[...inline, ...alone].flatMap(([where, entry]) => subscribed(bucket, where, entry, accounts)),
      ...index
        .ofType('AWS::SNS::TopicPolicy')
        .filter(({ properties }) => listOf(properties.Topics).some(each => textOf(each) === topic))
        .flatMap(where => subscribing(bucket, where, accounts)),
    ];
  });
}

function subscribed(
  bucket: ResolvedResource,
  where: ResolvedResource,
  entry: Json,
  accounts: ReadonlySet<string>,
): ReaderModel[] {
  const [protocol, endpoint] = [textOf(valueAt(entry, 'Protocol')) ?? '', textOf(valueAt(entry, 'Endpoint')) ?? ''];
  const isForeign = accountsIn(endpoint).some(account => !accounts.has(account));
  return isForeign || OUTSIDE.includes(protocol)
    ? [
        {
          where: refTo(where),
          buckets: [bucket.ref],
          does: `passes the events of ${nameOf(bucket)}, with the key of each object that changes, from the topic on to ${endpoint}`,
          isForeign,
        },
      ]
    : [];
}

function subscribing(bucket: ResolvedResource, where: ResolvedResource, accounts: ReadonlySet<string>): ReaderModel[] {
  const statements = listOf(valueAt(where.properties.PolicyDocument, 'Statement'));
  const foreign = statements
    .filter(
      each => valueAt(each, 'Effect') === 'Allow' && /subscribe|\*/i.test(textsIn(valueAt(each, 'Action')).join()),
    )
    .flatMap(each => textsIn(valueAt(each, 'Principal')))
    .filter(each => accountsIn(each).some(account => !accounts.has(account)));
  return foreign.length === 0
    ? []
    : [
        {
          where: refTo(where),
          buckets: [bucket.ref],
          does: `lets ${foreign[0]} subscribe to the topic of the events of ${nameOf(bucket)}`,
          isForeign: true,
        },
      ];
}

/** Rules of EventBridge that take events of S3, where the bucket sends them there. */
function throughBus(bucket: ResolvedResource, index: ResourceIndex, accounts: ReadonlySet<string>): ReaderModel[] {
  const { properties, environment } = bucket;
  const sends = valueAt(properties.NotificationConfiguration, 'EventBridgeConfiguration');
  if (sends === undefined || textOf(valueAt(sends, 'EventBridgeEnabled')) === 'false') {
    return [];
  }
  return index
    .ofType('AWS::Events::Rule')
    .filter(rule => rule.environment.account === environment.account && takesEventsOf(rule, bucket))
    .flatMap(rule =>
      listOf(rule.properties.Targets)
        .map(target => textOf(valueAt(target, 'Arn')) ?? '')
        .filter(arn => /:api-destination\//.test(arn) || accountsIn(arn).some(account => !accounts.has(account)))
        .map(arn => ({
          where: refTo(rule),
          buckets: [bucket.ref],
          does: `passes the events of ${nameOf(bucket)}, with the key of each object that changes, from EventBridge on to ${arn}`,
          isForeign: !/:api-destination\//.test(arn),
        })),
    );
}

function takesEventsOf({ properties }: ResolvedResource, bucket: ResolvedResource): boolean {
  const pattern = properties.EventPattern;
  const sources = textsIn(valueAt(pattern, 'source'));
  const names = textsIn(valueAt(pattern, 'detail', 'bucket', 'name'));
  const isOf = (source: string) => source === 'aws.s3' || source === 'aws.' || source === 'aws';
  return (
    pattern !== undefined &&
    (sources.length === 0 || sources.some(isOf)) &&
    (names.length === 0 || names.some(name => bucket.ref.startsWith(name)))
  );
}

function accountsIn(text: string): string[] {
  return [...text.matchAll(/\b(\d{12})\b/g)].map(([, account]) => account);
}
