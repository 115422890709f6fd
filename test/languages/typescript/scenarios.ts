import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, CfnOutput, Duration, Fn, RemovalPolicy, Size, Stack, Validations } from 'aws-cdk-lib';
import { GatewayVpcEndpoint, InstanceType, PrefixList, SubnetType, UserData } from 'aws-cdk-lib/aws-ec2';
import { AnyPrincipal, InstanceProfile, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { badInputs } from './bad-inputs';
import { guardrails } from './guardrails';
import { hosts } from './hosts';
import { isolatedVpc, paths } from './paths';
import { sharing } from './sharing';
import {
  AwsOwnedBucket,
  BucketAccess,
  Compute,
  DataBucketPolicy,
  DataBucketSource,
  DataEncryption,
  EndpointService,
  OnPremisesAccess,
  PerimeterExemption,
  PrivateEc2S3Access,
  RemoteAccess,
  RemoteWorkload,
  S3EndpointMode,
} from 'cdk-private-ec2-s3-access';

/** What others must attach, by the names of the statements. */
function sidsOf({ requiredPolicies }: PrivateEc2S3Access): string {
  return requiredPolicies.flatMap(({ statements }) => statements.map(({ sid }) => sid)).join(',');
}

/** The quick start of the README. */
function quickStart(app: App): void {
  const stack = new Stack(app, 'Training');
  new PrivateEc2S3Access(stack, 'App', {
    dataBuckets: {
      UserData: DataBucketSource.create({ access: [BucketAccess.readWrite()] }),
      Datasets: DataBucketSource.create({ access: [BucketAccess.readOnly('datasets/')] }),
    },
  });
}

/** Every option of the contract at once, and what the construct hands out. */
function everyOption(scope: App): void {
  const stack = new Stack(scope, 'Training');
  const archive = Bucket.fromBucketAttributes(stack, 'Archive', {
    bucketArn: 'arn:aws:s3:::example-log-archive',
    account: '444455556666',
  });
  const app = new PrivateEc2S3Access(stack, 'App', {
    vpc: isolatedVpc(stack),
    vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED },
    compute: Compute.fleet({ minCapacity: 2, maxCapacity: 20 }),
    role: new Role(stack, 'Role', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') }),
    s3Endpoint: S3EndpointMode.gateway(),
    s3PrefixList: PrefixList.fromPrefixListId(stack, 'S3', 'pl-63a5400a'),
    dataBuckets: {
      UserData: DataBucketSource.create({
        access: [BucketAccess.readWrite()],
        bucketName: 'myapp-prod-user-data-bucket',
      }),
      LogArchive: DataBucketSource.fromBucket(archive, {
        access: [BucketAccess.writeOnly('myapp/', { bucketOwnerFullControl: true, tagObjects: true })],
      }),
      Models: DataBucketSource.create({
        access: [
          BucketAccess.readOnly('models/', { listAllUploads: true, listWholeBucket: true, prefixRoot: true }),
          BucketAccess.of(['s3:GetObjectVersion'], 'models/'),
        ],
      }),
    },
    encryption: DataEncryption.customerManagedKey(),
    awsOwnedBuckets: [AwsOwnedBucket.amazonLinux2023Repositories(), AwsOwnedBucket.ssmAgent()],
    remoteAccess: RemoteAccess.sessionManager(),
    organization: {
      organizationId: 'o-a1b2c3d4e5',
      organizationalUnitPaths: ['o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/'],
    },
    perimeterExemptions: [
      PerimeterExemption.permissionSet('BreakGlass'),
      PerimeterExemption.role(Role.fromRoleArn(stack, 'Deploy', 'arn:aws:iam::111122223333:role/deploy/Deploy')),
    ],
    credentialBinding: true,
    proveAtSynthesis: true,
  });
  const scratch = app.addDataBucket('Scratch', DataBucketSource.create({ access: [BucketAccess.readWrite()] }));
  new Role(stack, 'Reader', { assumedBy: app.grantPrincipal });
  new CfnOutput(stack, 'ScratchName', { value: scratch.bucketName });
  new CfnOutput(stack, 'UserDataArn', { value: app.dataBucket('UserData').bucketArn });
  new CfnOutput(stack, 'RoleArn', { value: app.role.roleArn });
  new CfnOutput(stack, 'VpcId', { value: app.vpc.vpcId });
  new CfnOutput(stack, 'SecurityGroups', {
    value: Fn.join(
      ',',
      app.connections.securityGroups.map(group => group.securityGroupId),
    ),
  });
  new CfnOutput(stack, 'Endpoints', { value: Fn.join(',', app.s3Endpoint.vpcEndpointIds) });
  new CfnOutput(stack, 'ForTheArchive', {
    value: sidsOf(app),
  });
}

/** A bucket of one stack, adopted by the workload of another. */
function twoStacks(app: App): void {
  const owned = new Bucket(new Stack(app, 'Storage'), 'Shared');
  const stack = new Stack(app, 'Training');
  const workload = new PrivateEc2S3Access(stack, 'App', {
    dataBuckets: { Shared: DataBucketSource.fromBucket(owned, { access: [BucketAccess.readOnly()] }) },
  });
  new CfnOutput(stack, 'ForTheOwner', {
    value: sidsOf(workload),
  });
}

/** The choices that the contract does not take. */
function otherChoices(app: App): void {
  const one = new Stack(app, 'ThroughInterface', { env: { account: '111122223333', region: 'us-east-1' } });
  const userData = UserData.forLinux();
  userData.addCommands('echo "started" > /var/log/started');
  new PrivateEc2S3Access(one, 'App', {
    dataBuckets: {
      UserData: DataBucketSource.create({
        access: [BucketAccess.readWrite()],
        noncurrentVersionExpiration: Duration.days(30),
      }),
    },
    compute: Compute.instance({
      instanceType: new InstanceType('t4g.small'),
      rootVolumeSize: Size.gibibytes(20),
      userData,
    }),
    encryption: DataEncryption.s3Managed(),
    s3Endpoint: S3EndpointMode.interfaceEndpoint(),
    remoteAccess: RemoteAccess.none(),
  });
  const two = new Stack(app, 'OwnKey');
  const bound = new PrivateEc2S3Access(two, 'App', {
    dataBuckets: { UserData: DataBucketSource.create({ access: [BucketAccess.readWrite('in/')] }) },
    encryption: DataEncryption.existingKey(new Key(two, 'Key')),
    s3Endpoint: S3EndpointMode.gatewayAndInterface(),
    perimeterExemptions: [PerimeterExemption.roleArn('arn:aws:iam::111122223333:role/deploy/Deploy')],
    credentialBinding: false,
    proveAtSynthesis: false,
    removalPolicy: RemovalPolicy.DESTROY,
    autoDeleteObjects: true,
  });
  bound.role.addToPrincipalPolicy(
    new PolicyStatement({ actions: ['sqs:SendMessage'], resources: ['arn:aws:sqs:us-east-1:111122223333:jobs'] }),
  );
  const three = new Stack(app, 'TheirEndpoint');
  const endpoint = GatewayVpcEndpoint.fromGatewayVpcEndpointId(three, 'Theirs', 'vpce-0123456789abcdef0');
  const theirs = new PrivateEc2S3Access(three, 'App', {
    vpc: isolatedVpc(three),
    dataBuckets: { UserData: DataBucketSource.create({ access: [BucketAccess.readOnly()] }) },
    s3Endpoint: S3EndpointMode.fromGatewayEndpoint(endpoint),
  });
  new CfnOutput(three, 'ForTheEndpoint', {
    value: sidsOf(theirs),
  });
}

/** Endpoints of other services, and what the role may do there. */
function otherServices(access: PrivateEc2S3Access): void {
  [
    EndpointService.CLOUDWATCH,
    EndpointService.CLOUDWATCH_LOGS,
    EndpointService.EVENTBRIDGE,
    EndpointService.KINESIS_DATA_STREAMS,
    EndpointService.LAMBDA,
    EndpointService.SECRETS_MANAGER,
    EndpointService.SNS,
    EndpointService.SQS,
    EndpointService.STEP_FUNCTIONS,
    EndpointService.SYSTEMS_MANAGER,
  ].forEach(service => access.addServiceEndpoint(service));
  access.addServiceEndpoint(EndpointService.DYNAMODB, {
    prefixList: PrefixList.fromPrefixListId(access, 'DynamoDb', 'pl-02cd2c6b'),
  });
  access.role.addToPrincipalPolicy(
    new PolicyStatement({
      actions: [
        'cloudwatch:PutMetricData',
        'dynamodb:GetItem',
        'events:PutEvents',
        'kinesis:PutRecord',
        'lambda:InvokeFunction',
        'logs:PutLogEvents',
        'secretsmanager:GetSecretValue',
        'sns:Publish',
        'sqs:SendMessage',
        'ssm:GetParameter',
        'states:StartExecution',
      ],
      resources: ['*'],
    }),
  );
}

/**
 * Visitors from on-premises networks, logs of sessions, an instance profile of the user's own; a bucket that tagged
 * roles share; access points.
 */
function visitorsAndTags(app: App): void {
  const stack = new Stack(app, 'Training');
  const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') });
  const uploader = Role.fromRoleArn(stack, 'Uploader', 'arn:aws:iam::111122223333:role/Uploader');
  const lake = Bucket.fromBucketAttributes(stack, 'Lake', { bucketName: 'example-lake', account: '444455556666' });
  const userData = DataBucketSource.create({ access: [BucketAccess.readWrite()] });
  const uploads = OnPremisesAccess.fromRole(uploader, {
    networks: ['192.168.0.0/16'],
    access: { UserData: [BucketAccess.writeOnly('uploads/')] },
  });
  const access = new PrivateEc2S3Access(stack, 'App', {
    role,
    compute: Compute.instance({ instanceProfile: new InstanceProfile(stack, 'Profile', { role }) }),
    dataBuckets: {
      UserData: userData,
      Lake: DataBucketSource.fromBucket(lake, { access: [BucketAccess.readOnly()], accessPointName: 'lake-app' }),
    },
    s3Endpoint: S3EndpointMode.gatewayAndInterface(),
    onPremises: { Uploads: uploads },
    remoteAccess: RemoteAccess.sessionManager({
      logBucket: Bucket.fromBucketName(stack, 'SessionLogs', 'example-session-logs'),
      logBucketPrefix: 'sessions/',
    }),
  });
  otherServices(access);
  new CfnOutput(stack, 'VisitorRole', { value: uploads.role.roleArn });
  new CfnOutput(stack, 'OwnActions', { value: userData.access[0].objectActions.join(',') });
  new CfnOutput(stack, 'LakeAccessPoint', { value: access.accessPointArn('Lake') });
  new CfnOutput(stack, 'ForTheOwners', { value: sidsOf(access) });
  const owner = new Stack(app, 'Owner', { env: { account: '444455556666', region: 'us-east-1' } });
  const teams = RemoteWorkload.fromPrincipalTag({
    tagKey: 'team',
    accounts: ['111122223333', '999900001111'],
    organization: { organizationId: 'o-a1b2c3d4e5' },
    access: [BucketAccess.readWrite('teams/')],
  });
  const reader = RemoteWorkload.fromAttributes({
    roleArn: 'arn:aws:iam::111122223333:role/Reader',
    access: [BucketAccess.readOnly()],
    accessPointName: 'shared-reader',
  });
  new DataBucketPolicy(owner, 'Policy', { bucket: new Bucket(owner, 'Shared'), workloads: [teams, reader] });
}

/** A workload whose endpoint lets everybody through. */
function widened(app: App, proveAtSynthesis = true): PrivateEc2S3Access {
  const access = new PrivateEc2S3Access(new Stack(app, 'Training'), 'App', {
    dataBuckets: { UserData: DataBucketSource.create({ access: [BucketAccess.readWrite()] }) },
    proveAtSynthesis,
  });
  access.s3Endpoint.addToPolicy(
    new PolicyStatement({ sid: 'Wide', principals: [new AnyPrincipal()], actions: ['s3:*'], resources: ['*'] }),
  );
  return access;
}

/** What the proof finds is acknowledged, with its reason. */
function acknowledged(app: App): void {
  const access = widened(app);
  acknowledge(access, ['closed[endpoint-to-others]', 'no-way-out[s3-endpoint]'], 'a test');
}

function acknowledge(access: PrivateEc2S3Access, rules: string[], reason: string): void {
  for (const rule of rules) {
    Validations.of(access).acknowledge({ id: `cdk-private-ec2-s3-access::${rule}`, reason });
  }
}

function refusals(app: App): Record<string, () => unknown> {
  const create = (prefix?: string) => DataBucketSource.create({ access: [BucketAccess.readOnly(prefix)] });
  const define = (id: string, dataBuckets: Record<string, DataBucketSource>) =>
    new PrivateEc2S3Access(new Stack(app, id), 'App', { dataBuckets });
  return {
    'a prefix without its slash': () => create('data'),
    'no access': () => DataBucketSource.create({ access: [] }),
    'a fleet that shrinks': () => Compute.fleet({ minCapacity: 4, maxCapacity: 2 }),
    'a wildcard': () => BucketAccess.of(['s3:*']),
    'a session': () => PerimeterExemption.roleArn('arn:aws:sts::111122223333:assumed-role/Deploy/me'),
    'no bucket': () => define('Nothing', {}),
    'two problems': () => define('Two', { 'User/Data': create(), Übung: create() }),
    'an unknown bucket': () => define('Unknown', { UserData: create() }).dataBucket('Datasets'),
    'a bucket twice': () => define('Twice', { UserData: create() }).addDataBucket('UserData', create()),
    'a directory bucket': () =>
      define('Directory', {
        Data: DataBucketSource.fromBucket(
          Bucket.fromBucketName(new Stack(app, 'Their'), 'Data', 'data--use1-az4--x-s3'),
          { access: [BucketAccess.readOnly()] },
        ),
      }),
  };
}

function refused(action: () => unknown): { type: string; message: string } {
  try {
    action();
    return { type: 'none', message: '' };
  } catch (error) {
    return { type: (error as Error).constructor.name, message: (error as Error).message };
  }
}

const SCENARIOS: Record<string, (app: App) => unknown> = {
  'quick-start': quickStart,
  'every-option': everyOption,
  'two-stacks': twoStacks,
  'other-choices': otherChoices,
  'visitors-and-tags': visitorsAndTags,
  guardrails: guardrails,
  hosts: hosts,
  paths: paths,
  sharing: sharing,
  unproven: app => widened(app, false),
  acknowledged: acknowledged,
};

/** Writes the cloud assembly of each scenario, and the errors of what is refused, into a folder. */
function main(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, define] of Object.entries(SCENARIOS)) {
    const app = new App({ outdir: join(folder, name) });
    define(app);
    app.synth();
  }
  const app = new App({ outdir: join(folder, 'widened') });
  widened(app);
  const bad = new App({ outdir: join(folder, 'refused') });
  const actions = { ...refusals(bad), ...badInputs(bad), 'a wide endpoint': () => app.synth() };
  const errors = Object.fromEntries(Object.entries(actions).map(([name, action]) => [name, refused(action)]));
  writeFileSync(join(folder, 'errors.json'), JSON.stringify(errors, undefined, 2));
}

main(process.argv[2]);
