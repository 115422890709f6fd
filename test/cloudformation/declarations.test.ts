import { NestedStack, Stack } from 'aws-cdk-lib';
import { CfnFlowLog, GatewayVpcEndpoint } from 'aws-cdk-lib/aws-ec2';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { handmade, modelOf, of, synthesized, synthesizedStack } from './support';
import {
  AwsOwnedBucket,
  BucketAccess,
  DataBucketSource,
  PrivateEc2S3Access,
  PrivateEc2S3AccessProps,
  S3EndpointMode,
} from '../../src';
import { proofInputsOf } from '../../src/proof';
import { requestFlows } from '../../src/request-flow/request-flows';
import { importedVpc } from '../support/resources';

const UNPROVEN = { proveAtSynthesis: false };
const READ_WRITE = { UserData: DataBucketSource.create({ access: [BucketAccess.readWrite()] }) };

function declared(define: (stack: Stack) => PrivateEc2S3AccessProps) {
  return modelOf(synthesizedStack(stack => new PrivateEc2S3Access(stack, 'App', { ...define(stack), ...UNPROVEN })));
}

function subject(define: (stack: Stack) => PrivateEc2S3AccessProps) {
  const model = declared(define);
  const [found, ...others] = proofInputsOf(model, requestFlows(model));
  expect(others).toEqual([]);
  return found;
}

describe('the access list in the cloud assembly', () => {
  test('says what is granted, also what is added later, with the ARNs of the model', () => {
    const { declarations, buckets, endpoints, workloads } = modelOf(
      synthesizedStack(stack => {
        const access = new PrivateEc2S3Access(stack, 'App', {
          dataBuckets: READ_WRITE,
          awsOwnedBuckets: [AwsOwnedBucket.amazonLinux2023Repositories()],
          ...UNPROVEN,
        });
        access.addDataBucket('Later', DataBucketSource.create({ access: [BucketAccess.readOnly('in/')] }));
      }),
    );
    const arnOf = (part: string) => buckets.find(({ name }) => name.includes(part))?.arn;

    expect(declarations).toEqual([
      {
        constructPath: 'Training/App',
        roleArn: workloads[0].role?.arn,
        accounts: [],
        exemptPrincipalArns: [],
        organizationId: undefined,
        organizationalUnitPaths: [],
        logBuckets: [],
        credentialBinding: true,
        deploymentRoleArns: [
          'arn:<partition>:iam::<account>:role/cdk-hnb659fds-cfn-exec-role-<account>-<region>',
          'arn:<partition>:iam::<account>:role/AWSCloudFormationStackSetExecutionRole',
          'arn:<partition>:iam::<account>:role/stacksets-exec-*',
        ],
        endpointIds: [endpoints[0].id],
        roleStatements: [],
        onPremisesRoles: [],
        buckets: [
          {
            arn: arnOf('Later'),
            hasPerimeter: true,
            grants: [{ actions: expect.arrayContaining(['s3:ListBucket', 's3:GetObject']), prefix: 'in/' }],
          },
          {
            arn: arnOf('UserData'),
            hasPerimeter: true,
            grants: [{ actions: expect.arrayContaining(['s3:PutObject']), prefix: undefined }],
          },
        ],
        awsOwned: [
          {
            objects: 'arn:<partition>:s3:::al2023-repos-<region>-de612dc2/*',
            action: 's3:GetObject',
            account: undefined,
            signedByRole: false,
          },
          {
            objects: 'arn:<partition>:s3:::al2023-<region>/*',
            action: 's3:GetObject',
            account: undefined,
            signedByRole: false,
          },
        ],
      },
    ]);
  });

  test('is not in the template', () => {
    const assembly = synthesizedStack(
      stack => new PrivateEc2S3Access(stack, 'App', { dataBuckets: READ_WRITE, ...UNPROVEN }),
    );

    expect(assembly.stacks.map(({ declarations }) => declarations?.length)).toEqual([1]);
    expect(JSON.stringify(assembly.stacks[0].template)).not.toContain('declared-access');
  });

  test('is resolved in the nested stack that the construct is in', () => {
    const { declarations, buckets } = modelOf(
      synthesizedStack(
        stack =>
          new PrivateEc2S3Access(new NestedStack(stack, 'Nested'), 'App', { dataBuckets: READ_WRITE, ...UNPROVEN }),
      ),
    );

    expect(declarations.map(({ constructPath }) => constructPath)).toEqual(['Training/Nested/App']);
    expect(buckets.map(({ arn }) => arn)).toContain(declarations[0].buckets[0].arn);
  });

  test('names a bucket of another stack as its own stack does', () => {
    const { declarations, buckets } = modelOf(
      synthesized(app => {
        const shared = new Bucket(new Stack(app, 'Data'), 'Shared');
        const dataBuckets = { Shared: DataBucketSource.fromBucket(shared, { access: [BucketAccess.readOnly()] }) };
        new PrivateEc2S3Access(new Stack(app, 'Work'), 'App', { dataBuckets, ...UNPROVEN });
      }),
    );

    expect(declarations[0].buckets).toEqual([expect.objectContaining({ hasPerimeter: false })]);
    expect(buckets.map(({ arn }) => arn)).toContain(declarations[0].buckets[0].arn);
  });

  test('is nothing where a template was made otherwise', () => {
    expect(modelOf(handmade({ Resources: { Data: of('AWS::S3::Bucket', {}) } })).declarations).toEqual([]);
  });
});

describe('an adopted role', () => {
  const ROLE = 'arn:aws:iam::111122223333:role/team/Worker';
  const adopted = () =>
    subject(stack => ({ dataBuckets: READ_WRITE, role: Role.fromRoleArn(stack, 'Imported', ROLE) }));

  test('is taken to have what its owner must attach, and that is said', () => {
    const { role, assumptions } = adopted();

    expect(role.arn).toBe(ROLE);
    expect(JSON.stringify(role.policies)).toContain('ReadWriteObjects');
    expect(assumptions).toContain('the owner of the role Worker attached the required statements');
  });

  test('tells the account of a stack without one', () => {
    expect(adopted().account).toBe('111122223333');
  });
});

describe('the subject of a workload', () => {
  test('has the access list, so that the policies are compared with what was meant', () => {
    expect(subject(() => ({ dataBuckets: READ_WRITE })).buckets.map(({ declared: grants }) => grants?.length)).toEqual([
      1,
    ]);
  });

  test('has an imported endpoint, whose policy is not known', () => {
    const { endpoints } = subject(stack => ({
      dataBuckets: READ_WRITE,
      vpc: importedVpc(stack),
      s3Endpoint: S3EndpointMode.fromGatewayEndpoint(
        GatewayVpcEndpoint.fromGatewayVpcEndpointId(stack, 'Theirs', 'vpce-0123456789abcdef0'),
      ),
    }));

    expect(endpoints).toEqual([
      expect.objectContaining({ id: 'vpce-0123456789abcdef0', policy: 'unknown', exclusive: false }),
    ]);
  });

  test('has no endpoint of another workload in the same VPC', () => {
    const model = modelOf(
      synthesizedStack(stack => {
        const { vpc } = new PrivateEc2S3Access(stack, 'App', { dataBuckets: READ_WRITE, ...UNPROVEN });
        new PrivateEc2S3Access(stack, 'Other', {
          vpc,
          dataBuckets: READ_WRITE,
          s3Endpoint: S3EndpointMode.interfaceEndpoint(),
          ...UNPROVEN,
        });
      }),
    );
    const other = proofInputsOf(model, requestFlows(model)).find(({ name }) => name.startsWith('Training/Other/'));

    expect(other?.endpoints.map(({ kind }) => kind)).toEqual(['interface']);
  });

  test('knows the services that write logs for it, from the resources that make them write', () => {
    const { logBuckets = [] } = subject(() => ({ dataBuckets: READ_WRITE }));

    expect(logBuckets).toHaveLength(1);
    expect([...new Set(logBuckets[0].deliveries.map(({ service }) => service))].sort()).toEqual([
      'delivery.logs.amazonaws.com',
      'logging.s3.amazonaws.com',
    ]);
    expect(logBuckets[0].deliveries.every(({ keys }) => keys['aws:SourceAccount'] === '<account>')).toBe(true);
  });
});

describe('what services deliver', () => {
  const bucket = (properties: object) =>
    modelOf(
      handmade({ Resources: { Data: of('AWS::S3::Bucket', { BucketName: 'data', ...properties }) } }),
    ).deliveries.map(({ kind, destination, prefix }) => [kind, destination, prefix]);

  test.each<[string, object, unknown[]]>([
    [
      'access logs',
      { LoggingConfiguration: { DestinationBucketName: 'logs', LogFilePrefix: 'of-data/' } },
      ['access logs', 'logs', 'of-data/'],
    ],
    ['access logs into the bucket itself', { LoggingConfiguration: {} }, ['access logs', 'data', '']],
    [
      'inventories',
      { InventoryConfigurations: [{ Destination: { BucketArn: 'arn:aws:s3:::lists', Prefix: 'all' } }] },
      ['inventory', 'lists', 'all'],
    ],
    [
      'analytics',
      {
        AnalyticsConfigurations: [
          { StorageClassAnalysis: { DataExport: { Destination: { BucketArn: 'arn:aws:s3:::figures' } } } },
        ],
      },
      ['analytics', 'figures', ''],
    ],
    [
      'replicas',
      { ReplicationConfiguration: { Rules: [{ Status: 'Enabled', Destination: { Bucket: 'arn:aws:s3:::copy' } }] } },
      ['replication', 'copy', ''],
    ],
    [
      'events',
      { NotificationConfiguration: { QueueConfigurations: [{ Queue: 'arn:aws:sqs:eu-west-1:111122223333:q' }] } },
      ['events', 'arn:aws:sqs:eu-west-1:111122223333:q', ''],
    ],
  ])('%s', (_, properties, expected) => {
    expect(bucket(properties)).toEqual([expected]);
  });

  test('no replicas by a rule that is disabled', () => {
    expect(
      bucket({
        ReplicationConfiguration: { Rules: [{ Status: 'Disabled', Destination: { Bucket: 'arn:aws:s3:::copy' } }] },
      }),
    ).toEqual([]);
  });

  test('flow logs to S3, and none to CloudWatch Logs', () => {
    const flowLog = (props: object) =>
      modelOf(
        synthesizedStack(
          stack =>
            new CfnFlowLog(stack, 'Log', { resourceId: 'vpc-1', resourceType: 'VPC', trafficType: 'ALL', ...props }),
        ),
      ).deliveries;

    expect(flowLog({ logDestinationType: 's3', logDestination: 'arn:aws:s3:::logs/network' })).toEqual([
      expect.objectContaining({ kind: 'flow logs', source: 'vpc-1', destination: 'logs', prefix: 'network/' }),
    ]);
    expect(
      flowLog({
        logDestinationType: 'cloud-watch-logs',
        logDestination: 'arn:aws:logs:eu-west-1:111122223333:log-group:x',
      }),
    ).toEqual([]);
  });
});
