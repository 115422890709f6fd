import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AdditionalHealthCheckType, HealthChecks } from 'aws-cdk-lib/aws-autoscaling';
import { Peer, Port } from 'aws-cdk-lib/aws-ec2';
import { NetworkLoadBalancer, Protocol } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import fc from 'fast-check';
import {
  BucketAccess,
  BucketAccessOptions,
  EndpointService,
  PrivateEc2S3Access,
  PrivateEc2S3AccessProps,
  RemoteAccess,
  SessionManagerOptions,
} from '../../src';

const CLIENT_OPTIONS = [
  'bucketOwnerFullControl',
  'listAllUploads',
  'listWholeBucket',
  'prefixRoot',
  'tagObjects',
] as const satisfies ReadonlyArray<keyof BucketAccessOptions>;

/** One access to a bucket. */
export interface RandomAccess {
  readonly kind: 'readOnly' | 'writeOnly' | 'readWrite';
  readonly prefix?: string;
  readonly options: ReadonlyArray<keyof BucketAccessOptions>;
}

/** Accesses of one bucket. */
export const randomAccess: fc.Arbitrary<RandomAccess[]> = fc.uniqueArray(
  fc.record<RandomAccess>({
    kind: fc.constantFrom('readOnly', 'writeOnly', 'readWrite'),
    prefix: fc.option(fc.constantFrom('a/', 'a/b/', 'ä ö/', 'in+out/', '%20/'), { nil: undefined }),
    options: fc.uniqueArray(fc.constantFrom(...CLIENT_OPTIONS), { maxLength: 2 }),
  }),
  { minLength: 1, maxLength: 3, selector: ({ kind, prefix }) => `${kind} ${prefix}` },
);

/** The access with those of its options that it has a use for. */
export function accessOf({ kind, prefix, options }: RandomAccess, exists: boolean): BucketAccess {
  const isOfUse: Record<keyof BucketAccessOptions, boolean> = {
    bucketOwnerFullControl: exists && kind !== 'readOnly',
    listAllUploads: kind !== 'readWrite' || prefix !== undefined,
    listWholeBucket: kind === 'writeOnly' || prefix !== undefined,
    prefixRoot: kind !== 'writeOnly' && prefix !== undefined,
    tagObjects: kind === 'writeOnly',
  };
  const used = options.filter(option => isOfUse[option]);
  return BucketAccess[kind](prefix, Object.fromEntries(used.map(option => [option, true])));
}

/** What Systems Manager does in addition to sessions. */
export type RandomSessions = 'sessions' | 'patching' | 'inventory' | 'patching and inventory';

export const RANDOM_SESSIONS = ['sessions', 'patching', 'inventory', 'patching and inventory'] as const;

/** The buckets of Patch Manager have names in some Regions only. */
export function sessionsOf(kind: RandomSessions, { region }: Stack): RemoteAccess {
  const options: SessionManagerOptions = {
    ...(kind.startsWith('patching') && region === 'eu-west-1' ? { patching: true } : {}),
    ...(kind.endsWith('inventory') ? { inventory: true } : {}),
  };
  return RemoteAccess.sessionManager(options);
}

/** What becomes of the buckets. */
export type RandomRemoval = 'default' | 'retained' | 'destroyed' | 'emptied and destroyed';

export const RANDOM_REMOVALS = ['default', 'default', 'retained', 'destroyed', 'emptied and destroyed'] as const;

export function removalOf(
  removal: RandomRemoval,
): Pick<PrivateEc2S3AccessProps, 'autoDeleteObjects' | 'removalPolicy'> {
  const choices = {
    default: {},
    retained: { removalPolicy: RemovalPolicy.RETAIN },
    destroyed: { removalPolicy: RemovalPolicy.DESTROY },
    'emptied and destroyed': { removalPolicy: RemovalPolicy.DESTROY, autoDeleteObjects: true },
  };
  return choices[removal];
}

/** A grant for each service: its action and its resource. */
const GRANTS: Readonly<Record<EndpointService, readonly [action: string, resource?: readonly [string, string]]>> = {
  [EndpointService.CLOUDWATCH]: ['cloudwatch:PutMetricData'],
  [EndpointService.CLOUDWATCH_LOGS]: ['logs:PutLogEvents', ['logs', 'log-group:/app:*']],
  [EndpointService.DYNAMODB]: ['dynamodb:GetItem', ['dynamodb', 'table/orders']],
  [EndpointService.EVENTBRIDGE]: ['events:PutEvents', ['events', 'event-bus/orders']],
  [EndpointService.KINESIS_DATA_STREAMS]: ['kinesis:PutRecord', ['kinesis', 'stream/orders']],
  [EndpointService.LAMBDA]: ['lambda:InvokeFunction', ['lambda', 'function:orders']],
  [EndpointService.SECRETS_MANAGER]: ['secretsmanager:GetSecretValue', ['secretsmanager', 'secret:db-AbCdEf']],
  [EndpointService.SNS]: ['sns:Publish', ['sns', 'orders']],
  [EndpointService.SQS]: ['sqs:SendMessage', ['sqs', 'orders']],
  [EndpointService.STEP_FUNCTIONS]: ['states:StartExecution', ['states', 'stateMachine:orders']],
  [EndpointService.SYSTEMS_MANAGER]: ['ssm:GetParameter', ['ssm', 'parameter/app/url']],
};

/** Services in addition to S3. */
export const randomServices: fc.Arbitrary<EndpointService[]> = fc.oneof(
  { arbitrary: fc.constant<EndpointService[]>([]), weight: 2 },
  { arbitrary: fc.uniqueArray(fc.constantFrom(...Object.values(EndpointService)), { maxLength: 3 }), weight: 1 },
);

/** An endpoint for each service, and a grant: before it or after. */
export function addServices(access: PrivateEc2S3Access, services: readonly EndpointService[]): void {
  const { account, partition, region } = Stack.of(access);
  services.forEach((service, index) => {
    const [action, resource] = GRANTS[service];
    const arn = resource === undefined ? '*' : `arn:${partition}:${resource[0]}:${region}:${account}:${resource[1]}`;
    const steps = [
      () => access.addToRolePolicy(new PolicyStatement({ actions: [action], resources: [arn] })),
      () => void access.addServiceEndpoint(service),
    ];
    (index % 2 === 0 ? steps : steps.reverse()).forEach(step => step());
  });
}

/** Instances are replaced when the load balancer says that they do not answer. */
export const JUDGED_BY_LOAD_BALANCER = HealthChecks.withAdditionalChecks({
  additionalTypes: [AdditionalHealthCheckType.ELB],
  gracePeriod: Duration.minutes(5),
});

/** A load balancer within the VPC, in front of the fleet. */
export function addLoadBalancer(access: PrivateEc2S3Access): void {
  const balancer = new NetworkLoadBalancer(access, 'Balancer', {
    vpc: access.vpc,
    vpcSubnets: { subnets: access.vpc.isolatedSubnets },
  });
  balancer.addListener('Tcp', { port: 443, protocol: Protocol.TCP }).addTargets('Servers', {
    port: 8443,
    targets: [access.compute.autoScalingGroup!],
  });
  access.connections.allowFrom(Peer.ipv4('10.0.0.0/16'), Port.tcp(8443));
}
