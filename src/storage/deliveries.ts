import { CfnResource, DefaultTokenResolver, Reference, StringConcat, Tokenization } from 'aws-cdk-lib';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { IConstruct } from 'constructs';
import { PerimeterExemption } from '../access';
import { Problem } from '../private';

/** What a resource delivers to a bucket, and where it says so: steps of a path, of which `*` is each of a list. */
interface Delivery {
  readonly what: string;
  readonly to: string;
  /** The role that delivers: absent where a service does it by itself. */
  readonly by?: string;
}

const LOGS = 'logs';

/**
 * What services put into buckets of others, by the type of the resource that makes them do it.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-and-resource-policy.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html
 */
const DELIVERIES: Readonly<Record<string, readonly Delivery[]>> = {
  'AWS::S3::Bucket': [
    { what: 'server access logs', to: 'LoggingConfiguration.DestinationBucketName' },
    { what: 'inventory', to: 'InventoryConfigurations.*.Destination.BucketArn' },
    { what: 'analytics', to: 'AnalyticsConfigurations.*.StorageClassAnalysis.DataExport.Destination.BucketArn' },
    {
      what: 'replication',
      to: 'ReplicationConfiguration.Rules.*.Destination.Bucket',
      by: 'ReplicationConfiguration.Role',
    },
  ],
  'AWS::S3::StorageLens': [{ what: 'Storage Lens', to: 'StorageLensConfiguration.DataExport.S3BucketDestination.Arn' }],
  'AWS::EC2::FlowLog': [{ what: 'flow logs', to: 'LogDestination' }],
  'AWS::CloudTrail::Trail': [{ what: 'trail', to: 'S3BucketName' }],
  'AWS::Config::DeliveryChannel': [{ what: 'history', to: 'S3BucketName' }],
  'AWS::ElasticLoadBalancing::LoadBalancer': [{ what: LOGS, to: 'AccessLoggingPolicy.S3BucketName' }],
  'AWS::ElasticLoadBalancingV2::LoadBalancer': [{ what: LOGS, to: 'LoadBalancerAttributes.*.Value' }],
  'AWS::CloudFront::Distribution': [{ what: LOGS, to: 'DistributionConfig.Logging.Bucket' }],
  'AWS::Logs::DeliveryDestination': [{ what: LOGS, to: 'DestinationResourceArn' }],
  'AWS::Route53Resolver::ResolverQueryLoggingConfig': [{ what: LOGS, to: 'DestinationArn' }],
  'AWS::VpcLattice::AccessLogSubscription': [{ what: LOGS, to: 'DestinationArn' }],
  'AWS::WAFv2::LoggingConfiguration': [{ what: LOGS, to: 'LogDestinationConfigs.*' }],
  'AWS::GuardDuty::PublishingDestination': [{ what: 'findings', to: 'DestinationProperties.*.Value' }],
  'AWS::CUR::ReportDefinition': [{ what: 'report', to: 'S3Bucket' }],
  'AWS::BCMDataExports::Export': [{ what: 'export', to: 'Export.DestinationConfigurations.S3Destination.S3Bucket' }],
  'AWS::SSM::ResourceDataSync': [{ what: 'inventory', to: 'S3Destination.BucketName' }],
  'AWS::KinesisFirehose::DeliveryStream': ['ExtendedS3DestinationConfiguration', 'S3DestinationConfiguration'].map(
    destination => ({ what: 'stream', to: `${destination}.BucketARN`, by: `${destination}.RoleARN` }),
  ),
};

/** What is wrong with a data bucket that others deliver to: the perimeter would deny it, and nobody would be told. */
export function deliveryProblems(
  prop: string,
  bucket: IBucket,
  exemptions: readonly PerimeterExemption[] = [],
): Problem[] {
  const resource = bucket.node.defaultChild;
  return resource === undefined
    ? []
    : bucket.node.root.node
        .findAll()
        .filter(CfnResource.isCfnResource)
        .flatMap(source =>
          (DELIVERIES[source.cfnResourceType] ?? [])
            .filter(delivery => delivers(source, delivery, resource, exemptions))
            .map(delivery => problemOf(prop, bucket, source, delivery)),
        );
}

function problemOf(prop: string, got: IBucket, source: CfnResource, { what, by }: Delivery): Problem {
  return {
    prop,
    got,
    allowed: `a bucket that nothing else is delivered to: the perimeter would deny the ${what} of ${source.node.path}`,
    fix:
      by === undefined
        ? 'use a bucket for data alone'
        : 'exempt the role that delivers by PerimeterExemption.role(role), or use a bucket for data alone',
  };
}

function delivers(
  source: CfnResource,
  { to, by }: Delivery,
  bucket: IConstruct,
  exemptions: readonly PerimeterExemption[],
): boolean {
  const properties = propertiesOf(source);
  const exempt = exemptions.map(({ principalArnPattern }) => textOf(marked(principalArnPattern, source)));
  const isDestination = valuesAt(properties, to.split('.')).some(value => textOf(value).includes(markOf(bucket)));
  const roles = by === undefined ? [] : valuesAt(properties, by.split('.'));
  return (
    (isDestination || (source === bucket && logsToItself(properties, to))) &&
    !roles.some(role => exempt.includes(textOf(role)))
  );
}

/** A bucket whose logging names no destination is its own. */
function logsToItself(properties: unknown, to: string): boolean {
  const [logging, name] = to.split('.');
  return (
    name === 'DestinationBucketName' &&
    valuesAt(properties, [logging]).length > 0 &&
    valuesAt(properties, [logging, name]).length === 0
  );
}

/** The properties of a resource as they are written, with a mark for each resource that they name. */
function propertiesOf(source: CfnResource): unknown {
  try {
    const { Resources: resources } = marked(source._toCloudFormation(), source) as Template;
    return Object.values(resources)[0].Properties;
  } catch {
    // what cannot be rendered yet, or at all, is for the synthesis to tell
    return undefined;
  }
}

interface Template {
  readonly Resources: Readonly<Record<string, { readonly Properties?: unknown }>>;
}

function marked(value: unknown, scope: IConstruct): unknown {
  return Tokenization.resolve(value, { scope, resolver: MARKS, preparing: false });
}

/** Logical ids are those of a stack: two stacks have the same, and a mark is of one resource. */
class Marks extends DefaultTokenResolver {
  public override resolveToken(...[token, context, post]: Parameters<DefaultTokenResolver['resolveToken']>): unknown {
    return Reference.isReference(token) ? markOf(token.target) : super.resolveToken(token, context, post);
  }
}

const MARKS = new Marks(new StringConcat());

function markOf({ node }: IConstruct): string {
  return `{${node.addr}}`;
}

function valuesAt(value: unknown, [step, ...deeper]: readonly string[]): unknown[] {
  if (step === undefined || value === undefined) {
    return value === undefined ? [] : [value];
  }
  if (step === '*') {
    return Array.isArray(value) ? value.flatMap(each => valuesAt(each, deeper)) : [];
  }
  return valuesAt((value as Readonly<Record<string, unknown>> | null)?.[step], deeper);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
