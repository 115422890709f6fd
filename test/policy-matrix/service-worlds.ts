import { Stack } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Table } from 'aws-cdk-lib/aws-dynamodb';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Setting, WorldOf } from './setting';
import { EndpointService, PrivateEc2S3Access, PrivateEc2S3AccessProps, RemoteAccess } from '../../src';
import { ACCOUNT, DeployedStack, REGION } from '../support/deployed';
import { workload } from '../support/resources';

const ENV = { account: ACCOUNT, region: REGION };

/** The ARN of something of a service. */
export const arnOf = (service: string, resource: string, account = ACCOUNT): string =>
  `arn:aws:${service}:${REGION}:${account}:${resource}`;

const SECRET = arnOf('secretsmanager', 'secret:db-AbCdEf');

/** The services that people use beside S3, with the grants of the CDK. */
function grantAll(stack: Stack, app: PrivateEc2S3Access): void {
  app.addServiceEndpoint(EndpointService.SQS);
  Queue.fromQueueArn(stack, 'Jobs', arnOf('sqs', 'jobs')).grantSendMessages(app.role);
  app.addServiceEndpoint(EndpointService.SECRETS_MANAGER);
  Secret.fromSecretCompleteArn(stack, 'Secret', SECRET).grantRead(app.role);
  app.addServiceEndpoint(EndpointService.DYNAMODB);
  Table.fromTableArn(stack, 'Table', arnOf('dynamodb', 'table/orders')).grantReadData(app.role);
  app.addServiceEndpoint(EndpointService.CLOUDWATCH_LOGS);
  LogGroup.fromLogGroupArn(stack, 'Logs', arnOf('logs', 'log-group:/app')).grantWrite(app.role);
  app.addServiceEndpoint(EndpointService.CLOUDWATCH);
  Metric.grantPutMetricData(app.role);
}

const services = (props: (stack: Stack) => Partial<PrivateEc2S3AccessProps>): Setting => ({
  stack: new DeployedStack(stack => grantAll(stack, workload(stack, props(stack))), ENV),
});

/** Endpoints of other services. */
export const SERVICE_WORLDS = {
  services: { options: [], setting: () => services(() => ({})) },
  'services in an organization': {
    options: [],
    setting: () => services(() => ({ organization: { organizationId: 'o-a1b2c3d4e5' } })),
  },
  'services of logged sessions': {
    options: [],
    setting: () =>
      services(stack => ({
        remoteAccess: RemoteAccess.sessionManager({
          logGroup: LogGroup.fromLogGroupArn(stack, 'Sessions', arnOf('logs', 'log-group:/sessions')),
        }),
      })),
  },
} satisfies Record<string, WorldOf>;
