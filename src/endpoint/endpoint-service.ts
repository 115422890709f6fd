import { IPrefixList } from 'aws-cdk-lib/aws-ec2';
import { Fields, Kind, PREFIX_LIST, choice, optional } from '../private';

/** Services of AWS that a workload can reach through an endpoint of its own, in addition to S3. */
export enum EndpointService {
  /** CloudWatch metrics, such as of the CloudWatch agent: `Metric.grantPutMetricData(app.role)`. */
  CLOUDWATCH = 'CLOUDWATCH',
  /** CloudWatch Logs: `logGroup.grantWrite(app.role)`. */
  CLOUDWATCH_LOGS = 'CLOUDWATCH_LOGS',
  /** DynamoDB, through a gateway endpoint, which is free: `table.grantReadData(app.role)`. */
  DYNAMODB = 'DYNAMODB',
  /** EventBridge: `bus.grantPutEventsTo(app.role)`. */
  EVENTBRIDGE = 'EVENTBRIDGE',
  /** Kinesis Data Streams: `stream.grantWrite(app.role)`. */
  KINESIS_DATA_STREAMS = 'KINESIS_DATA_STREAMS',
  /** AWS Lambda: `fn.grantInvoke(app.role)`. */
  LAMBDA = 'LAMBDA',
  /** Secrets Manager: `secret.grantRead(app.role)`. */
  SECRETS_MANAGER = 'SECRETS_MANAGER',
  /** Amazon SNS: `topic.grantPublish(app.role)`. */
  SNS = 'SNS',
  /** Amazon SQS: `queue.grantSendMessages(app.role)`. */
  SQS = 'SQS',
  /** Step Functions: `stateMachine.grantStartExecution(app.role)`. */
  STEP_FUNCTIONS = 'STEP_FUNCTIONS',
  /** Systems Manager, for its parameters: `parameter.grantRead(app.role)`. */
  SYSTEMS_MANAGER = 'SYSTEMS_MANAGER',
}

/** How a workload reaches a service. */
export interface ServiceEndpointOptions {
  /**
   * The prefix list of DynamoDB in this Region, `com.amazonaws.<region>.dynamodb`: the egress of the instances is
   * narrowed to it. Required where the subnets have other routes out. For `DYNAMODB` only.
   *
   * @default - any address that the routes reach, which is the endpoints only
   */
  readonly prefixList?: IPrefixList;
}

/** A service as its endpoint, the actions of IAM, and a grant of the CDK name it. */
export interface ServiceNames {
  /** The last part of the name of the endpoint's service. */
  readonly endpoint: string;
  /** What its actions begin with. */
  readonly actions: string;
  /** The construct id of the endpoint. */
  readonly id: string;
  /** A grant, as a user of the CDK writes it. */
  readonly grant: string;
}

const names = (id: string, endpoint: string, grant: string, actions = endpoint): ServiceNames => ({
  id,
  endpoint,
  actions,
  grant: `${grant}(app.role)`,
});

/**
 * The names of the services.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
 */
export const SERVICE_NAMES: Readonly<Record<EndpointService, ServiceNames>> = {
  [EndpointService.CLOUDWATCH]: names('Monitoring', 'monitoring', 'Metric.grantPutMetricData', 'cloudwatch'),
  [EndpointService.CLOUDWATCH_LOGS]: names('Logs', 'logs', 'logGroup.grantWrite'),
  [EndpointService.DYNAMODB]: names('DynamoDb', 'dynamodb', 'table.grantReadData'),
  [EndpointService.EVENTBRIDGE]: names('Events', 'events', 'bus.grantPutEventsTo'),
  [EndpointService.KINESIS_DATA_STREAMS]: names('Kinesis', 'kinesis-streams', 'stream.grantWrite', 'kinesis'),
  [EndpointService.LAMBDA]: names('Lambda', 'lambda', 'fn.grantInvoke'),
  [EndpointService.SECRETS_MANAGER]: names('SecretsManager', 'secretsmanager', 'secret.grantRead'),
  [EndpointService.SNS]: names('Sns', 'sns', 'topic.grantPublish'),
  [EndpointService.SQS]: names('Sqs', 'sqs', 'queue.grantSendMessages'),
  [EndpointService.STEP_FUNCTIONS]: names('States', 'states', 'stateMachine.grantStartExecution'),
  [EndpointService.SYSTEMS_MANAGER]: names('Ssm', 'ssm', 'parameter.grantRead'),
};

/** The arguments of `addServiceEndpoint`. */
export const SERVICE: Kind<EndpointService> = choice('EndpointService', EndpointService);

/** How a workload reaches a service. */
export const SERVICE_ENDPOINT_FIELDS: Fields<ServiceEndpointOptions> = { prefixList: optional(PREFIX_LIST) };
