import { App, CfnOutput, Fn, Stack } from 'aws-cdk-lib';
import { IpAddresses } from 'aws-cdk-lib/aws-ec2';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { setupScript } from './hosts';
import {
  AwsOwnedBucket,
  BucketAccess,
  Compute,
  DataBucketPolicy,
  DataBucketSource,
  IPrivateEc2S3Access,
  PerimeterExemption,
  PrivateEc2S3Access,
  RemoteWorkload,
  RequiredPolicyKind,
  S3EndpointMode,
} from 'cdk-private-ec2-s3-access';

/** Two workloads on one endpoint, what they hand out, and the owner of a bucket that others reach. */
export function sharing(app: App): void {
  const owner = new Stack(app, 'Owner', { env: { account: '444455556666', region: 'eu-west-1' } });
  const lake = new Bucket(owner, 'Lake', { bucketName: 'example-lake' });
  const stack = new Stack(app, 'Sharing', { env: { account: '111122223333', region: 'eu-west-1' } });
  const deploy = PerimeterExemption.roleArn('arn:aws:iam::111122223333:role/deploy/Deploy');
  const agent = AwsOwnedBucket.ssmAgent();
  const collectors = first(stack, lake, deploy, agent);
  second(stack, collectors);
  policyOf(owner, collectors, lake);
  tell(stack, collectors, deploy, agent);
}

function first(stack: Stack, lake: Bucket, deploy: PerimeterExemption, agent: AwsOwnedBucket): PrivateEc2S3Access {
  const keyArn = 'arn:aws:kms:eu-west-1:111122223333:key/01234567-89ab-cdef-0123-456789abcdef';
  const collectors = new PrivateEc2S3Access(stack, 'Collectors', {
    ipAddresses: IpAddresses.cidr('10.1.0.0/16'),
    maxAzs: 3,
    role: new Role(stack, 'Role', {
      assumedBy: new ServicePrincipal('ec2.amazonaws.com'),
      permissionsBoundary: ManagedPolicy.fromManagedPolicyName(stack, 'Boundary', 'WorkloadBoundary'),
      roleName: 'Collector',
    }),
    awsOwnedBuckets: [agent],
    organization: { organizationId: 'o-a1b2c3d4e5', accounts: ['111122223333', '444455556666'] },
    perimeterExemptions: [deploy],
    compute: Compute.instance({
      userDataAssets: [new Asset(stack, 'Setup', { path: setupScript() })],
      userDataAssetsKey: Key.fromKeyArn(stack, 'AssetKey', keyArn),
    }),
    dataBuckets: {
      Lake: DataBucketSource.fromBucket(lake, {
        access: [BucketAccess.readOnly('raw/')],
        accessPointName: 'lake-collector',
      }),
      Shared: DataBucketSource.create({ access: [BucketAccess.writeOnly('raw/')] }),
    },
  });
  collectors.addToRolePolicy(
    new PolicyStatement({ actions: ['sqs:SendMessage'], resources: ['arn:aws:sqs:eu-west-1:111122223333:jobs'] }),
  );
  return collectors;
}

function second(stack: Stack, collectors: IPrivateEc2S3Access): void {
  const shared = collectors.dataBucket('Shared');
  const trainers = new PrivateEc2S3Access(stack, 'Trainers', {
    vpc: collectors.vpc,
    s3Endpoint: S3EndpointMode.shared(collectors),
    dataBuckets: {
      Shared: DataBucketSource.fromBucket(shared, { access: [BucketAccess.readOnly('raw/')] }),
    },
  });
  new CfnOutput(stack, 'Roles', { value: Fn.join(',', [collectors.role.roleName, trainers.role.roleName]) });
  new CfnOutput(stack, 'Endpoints', { value: Fn.join(',', collectors.s3Endpoint.vpcEndpointIds) });
}

/** The owner of the bucket lets the workload in, and others. */
function policyOf(owner: Stack, collectors: IPrivateEc2S3Access, lake: Bucket): void {
  const reporting = RemoteWorkload.fromAttributes({
    roleArn: 'arn:aws:iam::777788889999:role/Reporting',
    access: [BucketAccess.readOnly('reports/')],
    vpcEndpointAccount: '777788889999',
    vpcEndpointIds: ['vpce-0123456789abcdef0'],
  });
  const teams = RemoteWorkload.fromPrincipalTag({
    tagKey: 'team',
    accounts: ['777788889999'],
    organization: { organizationId: 'o-a1b2c3d4e5' },
    access: [BucketAccess.readWrite('teams/')],
    rolePath: '/teams/',
    vpcEndpointIds: ['vpce-0123456789abcdef0'],
  });
  const policy = new DataBucketPolicy(owner, 'Policy', {
    bucket: lake,
    workloads: [RemoteWorkload.fromWorkload(collectors, 'Lake'), reporting, teams],
    networkPerimeter: true,
    perimeterExemptions: [PerimeterExemption.permissionSet('DataStewards')],
  });
  new CfnOutput(owner, 'ForTheKey', { value: String(policy.requiredPolicies.length) });
}

/** What the workload hands out: what others must attach, its metrics, what it may do. */
function tell(stack: Stack, collectors: PrivateEc2S3Access, deploy: PerimeterExemption, agent: AwsOwnedBucket): void {
  const kinds = [
    RequiredPolicyKind.ACCESS_POINT,
    RequiredPolicyKind.BUCKET,
    RequiredPolicyKind.KEY,
    RequiredPolicyKind.ROLE,
    RequiredPolicyKind.VPC_ENDPOINT,
  ];
  const required = collectors.requiredPolicies.filter(({ kind }) => kinds.includes(kind));
  new CfnOutput(stack, 'Required', {
    value: Fn.join(
      ' ',
      required.map(({ account, resource, statements }) => Fn.join('/', [account, resource, String(statements.length)])),
    ),
  });
  new CfnOutput(stack, 'ForTheAccessPoint', { value: required[0].document });
  const errors = collectors.metricClientErrors('Shared');
  const utilization = collectors.metricCpuUtilization();
  new CfnOutput(stack, 'Metrics', { value: [errors.metricName, utilization.metricName].join(',') });
  const raw = BucketAccess.readOnly('raw/');
  new CfnOutput(stack, 'Access', {
    value: [...raw.bucketActions, ...raw.objectActions, ...raw.keyActions, raw.prefix].join(','),
  });
  new CfnOutput(stack, 'Exemption', {
    value: [agent.purpose, deploy.principalArnPattern, deploy.account].join(' '),
  });
}
