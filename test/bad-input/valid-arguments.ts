import { Stack } from 'aws-cdk-lib';
import {
  GatewayVpcEndpoint,
  IGatewayVpcEndpoint,
  IInterfaceVpcEndpoint,
  InterfaceVpcEndpoint,
  InstanceType,
} from 'aws-cdk-lib/aws-ec2';
import { PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, IBucket } from 'aws-cdk-lib/aws-s3';
import { BucketAccess, DataBucketSource, EndpointService, RemoteWorkload } from '../../src';
import { oneBucket, workload } from '../support/resources';

/** Arguments by the names of the parameters, or props by their names. */
export type Arguments = Readonly<Record<string, unknown>>;

const ROLE_ARN = 'arn:aws:iam::111122223333:role/workloads/Reader';
const access = [BucketAccess.readOnly()];
const organization = { organizationId: 'o-a1b2c3d4e5' };
const role = (stack: Stack) =>
  (stack.node.tryFindChild('Theirs') as Role | undefined) ?? Role.fromRoleArn(stack, 'Theirs', ROLE_ARN);
const bucket = (stack: Stack): IBucket => Bucket.fromBucketName(stack, 'Archive', 'example-archive');
const gateway = (stack: Stack): IGatewayVpcEndpoint =>
  GatewayVpcEndpoint.fromGatewayVpcEndpointId(stack, 'Gateway', 'vpce-0123456789abcdef0');
const interfaceEndpoint = (stack: Stack): IInterfaceVpcEndpoint =>
  InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(stack, 'Interface', {
    vpcEndpointId: 'vpce-0123456789abcdef0',
    port: 443,
  });

/** The least that each call of the public API needs, beside scope and id. */
export const VALID_CALLS: Readonly<Record<string, (stack: Stack) => Arguments>> = {
  'AwsOwnedBucket.cdkAssets': () => ({ qualifier: 'hnb659fds' }),
  'AwsOwnedBucket.custom': () => ({
    options: { purpose: 'Packages', signedByRole: false, bucketNames: ['vendor-packages'] },
  }),
  'BucketAccess.of': () => ({ actions: ['s3:GetObjectVersion'] }),
  'BucketAccess.readOnly': () => ({}),
  'BucketAccess.readWrite': () => ({}),
  'BucketAccess.writeOnly': () => ({}),
  'Compute.container': () => ({ options: {} }),
  'Compute.fleet': () => ({ options: { minCapacity: 2, maxCapacity: 9 } }),
  'Compute.instance': () => ({ options: {} }),
  DataBucketPolicy: stack => ({
    props: {
      bucket: new Bucket(stack, 'Shared'),
      workloads: [RemoteWorkload.fromAttributes({ roleArn: ROLE_ARN, access })],
    },
  }),
  'DataBucketSource.create': () => ({ props: { access } }),
  'DataBucketSource.fromBucket': stack => ({ bucket: bucket(stack), props: { access } }),
  'DataEncryption.existingKey': stack => ({ key: new Key(stack, 'Key') }),
  'DnsFirewall.listedDomains': () => ({ options: {} }),
  'Guardrail.exempting': () => ({ roleArns: [ROLE_ARN] }),
  'OnPremisesAccess.fromRole': stack => ({
    role: role(stack),
    options: { access: { UserData: access }, networks: ['192.168.0.0/16'] },
  }),
  'PrivateEc2S3Access.addServiceEndpoint': () => ({ service: EndpointService.SQS }),
  'PerimeterExemption.permissionSet': () => ({ name: 'BreakGlass' }),
  'PerimeterExemption.role': stack => ({ role: role(stack) }),
  'PerimeterExemption.roleArn': () => ({ roleArn: ROLE_ARN }),
  PrivateEc2S3Access: () => ({ props: { dataBuckets: oneBucket() } }),
  'PrivateEc2S3Access.accessPointArn': () => ({ id: 'Archive' }),
  'PrivateEc2S3Access.addDataBucket': () => ({ id: 'More', source: DataBucketSource.create({ access }) }),
  'PrivateEc2S3Access.addToRolePolicy': () => ({
    statement: new PolicyStatement({ actions: ['sqs:SendMessage'], resources: ['*'] }),
  }),
  'PrivateEc2S3Access.dataBucket': () => ({ id: 'UserData' }),
  'RemoteAccess.ec2InstanceConnectEndpoint': () => ({ options: {} }),
  'RemoteAccess.sessionManager': () => ({ options: {} }),
  'PrivateEc2S3Access.metricClientErrors': () => ({ bucketId: 'UserData', props: {} }),
  'PrivateEc2S3Access.metricCpuUtilization': () => ({ props: {} }),
  'RemoteWorkload.fromWorkload': stack => ({ workload: workload(stack), id: 'UserData' }),
  'RemoteWorkload.fromAttributes': () => ({ attributes: { roleArn: ROLE_ARN, access } }),
  'RemoteWorkload.fromPrincipalTag': () => ({
    attributes: {
      access: [BucketAccess.readWrite('teams/')],
      accounts: ['111122223333'],
      organization,
      tagKey: 'team',
    },
  }),
  'S3EndpointMode.fromGatewayEndpoint': stack => ({ endpoint: gateway(stack) }),
  'S3EndpointMode.fromInterfaceEndpoint': stack => ({ endpoint: interfaceEndpoint(stack) }),
  'S3EndpointMode.gateway': () => ({ options: {} }),
  'S3EndpointMode.gatewayAndInterface': () => ({ options: {} }),
  'S3EndpointMode.interfaceEndpoint': () => ({ options: {} }),
  'S3EndpointMode.shared': stack => ({ other: workload(stack) }),
  WorkloadsOuGuardrails: () => ({ props: { ...organization, targetIds: ['ou-ab12-11111111'] } }),
};

/** What a struct inside of another one needs. */
export const VALID_STRUCTS: Readonly<Record<string, () => Arguments>> = {
  MixedInstances: () => ({ instanceTypes: [new InstanceType('t4g.small'), new InstanceType('m7g.large')] }),
  OrganizationBoundary: () => organization,
};

/** An object of a class that has methods. */
export const VALID_OBJECTS: Readonly<Record<string, (stack: Stack) => object>> = {
  PrivateEc2S3Access: stack =>
    workload(stack, {
      dataBuckets: {
        ...oneBucket(),
        Archive: DataBucketSource.fromBucket(bucket(stack), { access, accessPointName: 'orders-reader' }),
      },
    }),
};
