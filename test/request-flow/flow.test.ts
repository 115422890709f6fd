import { App, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { GatewayVpcEndpoint, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { allFlows, assumed, breaks, onlyFlow, sentences, synthesized, synthesizedStack } from './support';
import { DataBucketSource, BucketAccess, Compute, DataEncryption, PrivateEc2S3Access, S3EndpointMode } from '../../src';
import { IRELAND, workload } from '../support/resources';
import { everyOption, fullExample, quickStart, s3ManagedThroughInterface } from '../support/scenarios';

const READ_WRITE = { UserData: DataBucketSource.create({ access: [BucketAccess.readWrite()] }) };

function isolatedVpc(stack: Stack): Vpc {
  return new Vpc(stack, 'Vpc', {
    availabilityZones: ['eu-west-1a', 'eu-west-1b'],
    natGateways: 0,
    subnetConfiguration: [{ name: 'app', subnetType: SubnetType.PRIVATE_ISOLATED }],
  });
}

describe('a workload of the library works', () => {
  test.each<[string, (stack: Stack) => unknown]>([
    ['quick start', quickStart],
    ['every option', everyOption],
    ['interface endpoint', s3ManagedThroughInterface],
    ['full example', fullExample],
    ['gateway and interface', stack => workload(stack, { s3Endpoint: S3EndpointMode.gatewayAndInterface() })],
    ['fleet', stack => workload(stack, { compute: Compute.fleet({ minCapacity: 1, maxCapacity: 2 }) })],
    ['S3 managed', stack => workload(stack, { encryption: DataEncryption.s3Managed() })],
  ])('%s', (_, scenario) => {
    const flow = onlyFlow(synthesizedStack(scenario));
    expect(sentences(flow)).toEqual([]);
    expect(flow.ok).toBe(true);
    expect(flow.steps.map(({ step, ok }) => [step, ok])).toEqual([
      [1, true],
      [2, true],
      [3, true],
    ]);
  });

  test.each(['eu-west-1', 'cn-north-1', 'us-gov-west-1'])('in %s', region => {
    const flow = onlyFlow(synthesizedStack(stack => workload(stack), { account: '111122223333', region }));
    expect(sentences(flow)).toEqual([]);
    expect(flow.requests[0].request.principal).toContain(':sts::111122223333:assumed-role/');
    expect(assumed(flow)).toEqual([]);
  });

  test('in a VPC of another stack, in a stage', () => {
    const flow = onlyFlow(
      synthesized(app => {
        const stage = new Stage(app, 'Prod', { env: IRELAND });
        const vpc = isolatedVpc(new Stack(stage, 'Net'));
        new PrivateEc2S3Access(new Stack(stage, 'Work'), 'App', { vpc, dataBuckets: READ_WRITE });
      }),
    );
    expect(sentences(flow)).toEqual([]);
    expect(flow.steps[2].checks[0].sentence).toBe(
      'the route table of Prod/Net/Vpc/appSubnet1/Subnet leads to the gateway endpoint Prod/Work/App/S3Endpoint/Gateway',
    );
  });

  test('in a nested stack, with the key of its parent', () => {
    const flow = onlyFlow(
      synthesized(app => {
        const outer = new Stack(app, 'Outer');
        const key = new Key(outer, 'Key');
        new PrivateEc2S3Access(new NestedStack(outer, 'Inner'), 'App', {
          dataBuckets: READ_WRITE,
          encryption: DataEncryption.existingKey(key),
        });
      }),
    );
    expect(flow.workload.constructPath).toBe('Outer/Inner/App/Compute/Instance/Resource');
    expect(sentences(flow)).toEqual([]);
    expect(
      flow.requests
        .filter(({ request }) => request.action === 'kms:Decrypt')[0]
        .statements.map(({ where }) => where?.constructPath),
    ).toEqual(['Outer/Inner/App/Role/Policies/Policy', 'Outer/Key/Resource']);
  });

  test('in two stacks of one app: each has its flow', () => {
    const flows = allFlows(synthesized((app: App) => ['A', 'B'].forEach(name => quickStart(new Stack(app, name)))));
    expect(flows.map(({ workload: { stack }, ok }) => [stack, ok])).toEqual([
      ['A', true],
      ['B', true],
    ]);
  });
});

describe('the requests of the quick start', () => {
  const flow = onlyFlow(synthesizedStack(quickStart));
  const of = (bucket: string) => flow.requests.filter(each => each.bucket.includes(bucket));

  test('are one for each action that is granted, and what S3 asks KMS', () => {
    expect(of('Datasets').map(({ request: { action, resource } }) => [action, resource.replace(/.*>/, '')])).toEqual([
      ['s3:GetBucketLocation', ''],
      ['s3:ListBucket', ''],
      ['s3:GetObject', '/datasets/object'],
      ['kms:Decrypt', ''],
      ['s3:GetObjectAttributes', '/datasets/object'],
      ['kms:Decrypt', ''],
      ['s3:GetObjectTagging', '/datasets/object'],
    ]);
    expect(of('UserData').map(({ request }) => request.action)).toEqual([
      's3:GetBucketLocation',
      's3:ListBucket',
      's3:ListBucketMultipartUploads',
      's3:AbortMultipartUpload',
      's3:DeleteObject',
      's3:GetObject',
      'kms:Decrypt',
      's3:GetObjectAttributes',
      'kms:Decrypt',
      's3:GetObjectTagging',
      's3:ListMultipartUploadParts',
      's3:PutObject',
      'kms:Decrypt',
      'kms:GenerateDataKey',
      's3:PutObjectTagging',
    ]);
  });

  test('say which statements decided, and through which endpoint', () => {
    const [read] = flow.requests.filter(({ request }) => request.action === 's3:GetObject');
    expect(read.endpointId).toMatch(/^vpce-<Training\.AppS3Endpoint/);
    expect(read.statements).toEqual([
      expect.objectContaining({
        sid: 'ReadObjects',
        policy: 'policy Training/App/Role/Policies/Policy',
        where: expect.objectContaining({ type: 'AWS::IAM::ManagedPolicy' }),
      }),
      expect.objectContaining({
        sid: 'ReadObjects',
        where: expect.objectContaining({ constructPath: 'Training/App/S3Endpoint/Gateway' }),
      }),
    ]);
  });

  test('carry the prefix that the list is limited to', () => {
    const [list] = of('Datasets').filter(({ request }) => request.action === 's3:ListBucket');
    expect(list.request.context['s3:prefix']).toBe('datasets/object');
  });

  test('to KMS come from S3, without the network of the workload', () => {
    const [decrypt] = of('UserData').filter(({ request }) => request.action === 'kms:Decrypt');
    expect(decrypt.endpointId).toBeUndefined();
    expect(decrypt.request.context).toMatchObject({
      'aws:ViaAWSService': 'true',
      'kms:ViaService': 's3.<region>.amazonaws.com',
    });
    expect(decrypt.request.context).not.toHaveProperty(['aws:SourceVpce']);
    expect(decrypt.request.context['kms:EncryptionContext:aws:s3:arn']).toMatch(/^arn:<partition>:s3:::<[^>]+>$/);
  });

  test('take nothing for granted', () => {
    expect(assumed(flow)).toEqual([]);
    expect(breaks(flow)).toEqual([]);
  });
});

describe('what is not in the assembly is taken for granted, and said', () => {
  test('buckets of others and of AWS', () => {
    expect(assumed(onlyFlow(synthesizedStack(everyOption)))).toEqual([
      'the policy of the bucket example-log-archive lets the role in',
      ...[
        '<region>-birdwatcher-prod',
        'amazon-ssm-<region>',
        'amazon-ssm-packages-<region>',
        'aws-ssm-<region>',
        'aws-ssm-distributor-file-<region>',
        'aws-ssm-document-attachments-<region>',
      ].map(name => `the policy of the bucket ${name} lets the role in`),
    ]);
  });

  test('an imported VPC and its endpoint', () => {
    const flow = onlyFlow(
      synthesizedStack(stack => {
        const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', {
          vpcId: 'vpc-0abc',
          availabilityZones: ['eu-west-1a'],
          isolatedSubnetIds: ['subnet-0abc'],
          isolatedSubnetRouteTableIds: ['rtb-0abc'],
        });
        const endpoint = GatewayVpcEndpoint.fromGatewayVpcEndpointId(stack, 'Endpoint', 'vpce-0abc');
        new PrivateEc2S3Access(stack, 'App', {
          vpc,
          dataBuckets: READ_WRITE,
          s3Endpoint: S3EndpointMode.fromGatewayEndpoint(endpoint),
        });
      }, IRELAND),
    );
    expect(sentences(flow)).toEqual([]);
    expect(assumed(flow)).toEqual([
      'the route table of subnet-0abc leads to the S3 endpoint vpce-0abc',
      'the policy of the endpoint vpce-0abc lets the requests through',
      'the VPC vpc-0abc has EnableDnsSupport, which its names need',
      'the network ACLs of the VPC vpc-0abc let HTTPS to S3 and its answers through',
      'the route table of subnet-0abc leads nowhere else',
    ]);
    expect(flow.requests[0].request.context).toMatchObject({
      'aws:SourceVpce': 'vpce-0abc',
      'aws:SourceVpc': 'vpc-0abc',
    });
  });

  test('an imported VPC with an endpoint of ours', () => {
    const flow = onlyFlow(
      synthesizedStack(stack => {
        const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', {
          vpcId: 'vpc-0abc',
          availabilityZones: ['eu-west-1a'],
          isolatedSubnetIds: ['subnet-0abc'],
          isolatedSubnetRouteTableIds: ['rtb-0abc'],
        });
        new PrivateEc2S3Access(stack, 'App', { vpc, dataBuckets: READ_WRITE });
      }, IRELAND),
    );
    expect(sentences(flow)).toEqual([]);
    expect(assumed(flow)).toContain(
      'the route table of subnet-0abc is one of those of Training/App/S3Endpoint/Gateway',
    );
  });

  test('an imported role', () => {
    const flow = onlyFlow(
      synthesizedStack(stack => {
        const role = Role.fromRoleArn(stack, 'Imported', 'arn:aws:iam::111122223333:role/team/App');
        new PrivateEc2S3Access(stack, 'App', { role, dataBuckets: READ_WRITE });
      }, IRELAND),
    );
    expect(assumed(flow)).toEqual([
      'the role App trusts ec2.amazonaws.com',
      'the owner of the role App attached the required statements',
    ]);
    expect(sentences(flow)).toEqual([]);
  });

  test('a key of another account', () => {
    const flow = onlyFlow(
      synthesizedStack(stack => {
        const key = Key.fromKeyArn(
          stack,
          'Theirs',
          'arn:aws:kms:eu-west-1:444455556666:key/11111111-2222-3333-4444-555555555555',
        );
        new PrivateEc2S3Access(stack, 'App', { dataBuckets: READ_WRITE, encryption: DataEncryption.existingKey(key) });
      }, IRELAND),
    );
    expect(sentences(flow)).toEqual([]);
    expect(assumed(flow)).toEqual([
      'the policy of the key arn:aws:kms:eu-west-1:444455556666:key/11111111-2222-3333-4444-555555555555 lets the role use it',
    ]);
  });

  test('a bucket that is adopted from another stack of the app is read there', () => {
    const flow = onlyFlow(
      synthesized(app => {
        const data = new Stack(app, 'Data', { env: IRELAND });
        const bucket = new Bucket(data, 'Bucket', { bucketName: 'shared-data' });
        const access = [BucketAccess.readOnly()];
        new PrivateEc2S3Access(new Stack(app, 'Work', { env: IRELAND }), 'App', {
          dataBuckets: { Shared: DataBucketSource.fromBucket(bucket, { access }) },
        });
      }),
    );
    expect(sentences(flow)).toEqual([]);
    expect(flow.buckets).toEqual(['shared-data']);
    expect(assumed(flow)).toEqual([]);
  });
});
