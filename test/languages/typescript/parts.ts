import { App, CfnOutput, Fn, Stack } from 'aws-cdk-lib';
import { SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, IBucket } from 'aws-cdk-lib/aws-s3';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { setupScript } from './hosts';
import {
  AccessList,
  AwsOwnedBucket,
  BucketAccess,
  DataBucket,
  DataBucketPolicy,
  DataEncryption,
  DataKey,
  DnsFirewall,
  PerimeterExemption,
  PrivateFleet,
  PrivateNetwork,
  RemoteWorkload,
  S3Endpoint,
  S3EndpointMode,
  WorkloadRole,
} from 'cdk-private-ec2-s3-access';

/** Every option of the parts, what they hand out, and the owner of a bucket that others reach. */
export function parts(app: App): void {
  const owner = new Stack(app, 'Owner', { env: { account: '444455556666', region: 'eu-west-1' } });
  const lake = new Bucket(owner, 'Lake', { bucketName: 'example-lake' });
  const stack = new Stack(app, 'Parts', { env: { account: '111122223333', region: 'eu-west-1' } });
  const deploy = PerimeterExemption.roleArn('arn:aws:iam::111122223333:role/deploy/Deploy');
  const accessList = new AccessList({
    awsOwnedBuckets: [AwsOwnedBucket.ssmAgent()],
    credentialBinding: true,
    organization: { organizationId: 'o-a1b2c3d4e5', accounts: ['111122223333', '444455556666'] },
    perimeterExemptions: [deploy],
  });
  workload(stack, accessList, lake);
  policyOf(owner, accessList, lake);
  tell(stack, accessList, deploy);
}

function workload(stack: Stack, accessList: AccessList, lake: IBucket): void {
  const logs = Bucket.fromBucketName(stack, 'Logs', 'example-logs');
  const network = new PrivateNetwork(stack, 'Network', {
    dnsFirewall: DnsFirewall.listedDomains(),
    flowLogsBucket: logs,
  });
  const vpc = network.vpc;
  const s3Endpoint = new S3Endpoint(stack, 'S3Endpoint', {
    accessList,
    vpc,
    mode: S3EndpointMode.gateway(),
    vpcSubnets: { subnets: network.subnets },
  });
  const key = new DataKey(stack, 'Key', { accessList, description: 'The data of the workload' });
  const data = new DataBucket(stack, 'Data', {
    accessList,
    accessLogsBucket: logs,
    bucketNamePrefix: 'example',
    encryption: DataEncryption.existingKey(key),
  });
  const role = new WorkloadRole(stack, 'Role', {
    accessList,
    description: 'Reads and writes data',
    permissionsBoundary: ManagedPolicy.fromManagedPolicyName(stack, 'Boundary', 'WorkloadBoundary'),
    roleName: 'Workload',
  });
  accessList.addVpcEndpoint('vpce-0fedcba9876543210');
  accessList.allow({ role, bucket: data.bucket, access: [BucketAccess.readWrite()] });
  accessList.allow({ role, bucket: lake, access: [BucketAccess.readOnly('raw/')], accessPointName: 'lake-workload' });
  accessList.allowAsset({
    role,
    asset: new Asset(stack, 'Setup', { path: setupScript() }),
    encryptionKey: Key.fromKeyArn(
      stack,
      'AssetKey',
      'arn:aws:kms:eu-west-1:111122223333:key/01234567-89ab-cdef-0123-456789abcdef',
    ),
  });
  const { autoScalingGroup } = new PrivateFleet(stack, 'Fleet', {
    vpc,
    s3Endpoint,
    role,
    securityGroup: new SecurityGroup(stack, 'Workload', { vpc }),
    minCapacity: 1,
    maxCapacity: 2,
    waitFor: [network.routed, data.policy, s3Endpoint.ready],
  });
  new CfnOutput(stack, 'GroupName', { value: autoScalingGroup.autoScalingGroupName });
  new CfnOutput(stack, 'ForTheBucket', { value: String(data.requiredStatements.length) });
}

/** The owner of the bucket lets the workload in, and others. */
function policyOf(owner: Stack, accessList: AccessList, lake: Bucket): void {
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
    workloads: [RemoteWorkload.fromAccessList(accessList, lake), reporting, teams],
    networkPerimeter: true,
    perimeterExemptions: [PerimeterExemption.permissionSet('DataStewards')],
  });
  new CfnOutput(owner, 'Statements', { value: policy.bucketStatements.map(({ sid }) => sid).join(',') });
  new CfnOutput(owner, 'ForTheKey', { value: String(policy.requiredKeyStatements.length) });
}

function tell(stack: Stack, accessList: AccessList, deploy: PerimeterExemption): void {
  const ofLake = accessList.grants[0].access[0];
  const ofSetup = accessList.assetGrants[0];
  new CfnOutput(stack, 'List', {
    value: [
      accessList.awsOwnedBuckets.map(({ purpose }) => purpose).join(','),
      String(accessList.credentialBinding),
      accessList.organization!.organizationId,
      accessList.perimeterExemptions.map(({ principalArnPattern }) => principalArnPattern).join(','),
      deploy.account,
    ].join(' '),
  });
  new CfnOutput(stack, 'Endpoints', { value: Fn.join(',', accessList.vpcEndpointIds) });
  new CfnOutput(stack, 'LakeAccess', {
    value: [...ofLake.bucketActions, ...ofLake.objectActions, ...ofLake.keyActions, ofLake.prefix].join(','),
  });
  new CfnOutput(stack, 'Asset', {
    value: Fn.join(' ', [ofSetup.role.roleName, ofSetup.asset.s3ObjectKey, ofSetup.encryptionKey!.keyArn]),
  });
}
