import { App, Stack } from 'aws-cdk-lib';
import { CfnBackupSelection } from 'aws-cdk-lib/aws-backup';
import { InterfaceVpcEndpoint, InterfaceVpcEndpointService, UserData } from 'aws-cdk-lib/aws-ec2';
import {
  AnyPrincipal,
  ArnPrincipal,
  Effect,
  FederatedPrincipal,
  PolicyStatement,
  PolicyStatementProps,
  Role,
  ServicePrincipal,
} from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { CfnBucketPolicy, IBucket } from 'aws-cdk-lib/aws-s3';
import {
  BucketAccess,
  Compute,
  DataBucketSource,
  PerimeterExemption,
  PrivateEc2S3Access,
  PrivateEc2S3AccessProps,
  S3EndpointMode,
} from '../../src';
import { denyInBucket, IRELAND, isolatedVpc } from '../support/resources';
import { quickStart } from '../support/scenarios';
import { validated } from '../support/validated';

const ORGANIZATION = 'o-a1b2c3d4e5';

type Conditions = Record<string, Record<string, string | string[]>>;

function workload(app: App, props: Partial<PrivateEc2S3AccessProps> = {}): PrivateEc2S3Access {
  return quickStart(new Stack(app, 'Training', { env: IRELAND }), props);
}

/** A Deny of the user in the policies of the role. */
function roleDenies(conditions: Conditions, actions = ['*']): (app: App) => void {
  return app =>
    workload(app).role.addToPrincipalPolicy(
      new PolicyStatement({ effect: Effect.DENY, actions, resources: ['*'], conditions }),
    );
}

/** A Deny of the user in the policy of a data bucket. */
function bucketDenies(conditions: Conditions, props: Partial<PrivateEc2S3AccessProps> = {}): (app: App) => void {
  return app => denyInBucket(workload(app, props), conditions);
}

/** A service that the role may use as a whole, through an endpoint with a policy of the user. */
function service(name: string, actions: string[], conditions: Conditions): (app: App) => void {
  return app => {
    const stack = new Stack(app, 'Training', { env: IRELAND });
    const vpc = isolatedVpc(stack);
    const { role } = quickStart(stack, { vpc });
    role.addToPrincipalPolicy(new PolicyStatement({ actions, resources: ['*'] }));
    const endpoint = new InterfaceVpcEndpoint(stack, 'Beside', {
      vpc,
      service: new InterfaceVpcEndpointService(`com.amazonaws.eu-west-1.${name}`),
    });
    const principals = [new AnyPrincipal()];
    endpoint.addToPolicy(new PolicyStatement({ principals, actions: ['*'], resources: ['*'], conditions }));
  };
}

/** A statement of the user in the policy of a data bucket. */
function bucketStates(
  props: (bucket: IBucket, access: PrivateEc2S3Access) => PolicyStatementProps,
): (app: App) => void {
  return app => {
    const access = workload(app);
    const bucket = access.dataBucket('UserData');
    bucket.addToResourcePolicy(
      new PolicyStatement({
        principals: [new AnyPrincipal()],
        resources: [bucket.bucketArn],
        ...props(bucket, access),
      }),
    );
  };
}

/** The Denies of a data bucket that keep others out spare more than the role. */
function bucketSpares(arn: (roleArn: string) => string): (app: App) => void {
  return app => {
    const access = workload(app);
    const roleArn = Stack.of(access).resolve(access.role.roleArn) as unknown;
    const policies = access.node.findAll().filter((each): each is CfnBucketPolicy => each instanceof CfnBucketPolicy);
    const spares = { 'Fn::Sub': [arn('${Role}'), { Role: roleArn }] };
    policies.forEach(policy => {
      const { Statement } = Stack.of(policy).resolve(policy.policyDocument) as { Statement: Array<{ Sid: string }> };
      const index = Statement.findIndex(({ Sid }) => Sid === 'DenyObjectsToOthers');
      if (index >= 0) {
        const path = `PolicyDocument.Statement.${index}.Condition.ArnNotLike`;
        policy.addPropertyOverride(path, { 'aws:PrincipalArn': [roleArn, spares] });
      }
    });
  };
}

function endpointLetsOut(resource: (bucket: IBucket) => string): (app: App) => void {
  return app => {
    const access = workload(app);
    const resources = [resource(access.dataBucket('UserData'))];
    access.s3Endpoint.addToPolicy(
      new PolicyStatement({ principals: [new AnyPrincipal()], actions: ['s3:PutObject'], resources }),
    );
  };
}

/** Two workloads on one pair of endpoints, whose credentials are not bound to their instances. */
function onSharedEndpoints(app: App): void {
  const stack = new Stack(app, 'Training', { env: IRELAND });
  const shared = { vpc: isolatedVpc(stack), credentialBinding: false };
  const owner = quickStart(stack, { ...shared, s3Endpoint: S3EndpointMode.gatewayAndInterface() });
  new PrivateEc2S3Access(stack, 'Guest', {
    ...shared,
    s3Endpoint: S3EndpointMode.shared(owner),
    dataBuckets: { Reports: DataBucketSource.create({ access: [BucketAccess.readWrite()] }) },
  });
}

function keyAllows(actions: string[]): (app: App) => void {
  return app => {
    const key = workload(app)
      .node.findAll()
      .find((each): each is Key => each instanceof Key)!;
    const principals = [new ArnPrincipal('arn:aws:iam::111122223333:role/Inventory')];
    key.addToResourcePolicy(new PolicyStatement({ principals, actions, resources: ['*'] }));
  };
}

function exemptAuditor(accounts: string[], account: string): (app: App) => void {
  return app =>
    workload(app, {
      organization: { organizationId: ORGANIZATION, accounts },
      perimeterExemptions: [PerimeterExemption.roleArn(`arn:aws:iam::${account}:role/Auditor`)],
    });
}

function userData(...lines: string[]): (app: App) => void {
  return app => {
    const commands = UserData.forLinux();
    commands.addCommands(...lines);
    workload(app, { compute: Compute.instance({ userData: commands }) });
  };
}

function backedUp(isExempt: boolean): (app: App) => void {
  return app => {
    const stack = new Stack(app, 'Training', { env: IRELAND });
    const role = new Role(stack, 'Backup', { assumedBy: new ServicePrincipal('backup.amazonaws.com') });
    const exemptions = isExempt ? { perimeterExemptions: [PerimeterExemption.role(role)] } : {};
    const { bucketArn } = quickStart(stack, exemptions).dataBucket('UserData');
    new CfnBackupSelection(stack, 'Selection', {
      backupPlanId: 'plan',
      backupSelection: { iamRoleArn: role.roleArn, selectionName: 'data', resources: [bucketArn] },
    });
  };
}

/** The rules that make the synthesis fail. */
function errors(define: (app: App) => unknown): readonly string[] {
  const { error, violations } = validated(define);
  return error === undefined ? [] : violations.map(({ ruleName }) => ruleName);
}

const IN_ORGANIZATION = { 'aws:PrincipalOrgID': ORGANIZATION, 'aws:ResourceOrgID': ORGANIZATION };

describe('policies that are right are not refused', () => {
  test.each<[string, (app: App) => unknown]>([
    [
      'a role for two Regions only',
      roleDenies({ StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1', 'us-east-1'] } }),
    ],
    ['a role that uses no key elsewhere', roleDenies({ StringNotLike: { 'aws:RequestedRegion': 'eu-*' } }, ['kms:*'])],
    [
      'a role that asks for nothing in one Region',
      roleDenies({ StringEquals: { 'aws:RequestedRegion': 'us-west-2' } }),
    ],
    ['a role that speaks TLS only', roleDenies({ Bool: { 'aws:SecureTransport': 'false' } })],
    ['a role for credentials of IMDSv2 only', roleDenies({ NumericLessThan: { 'ec2:RoleDelivery': '2.0' } })],
    [
      'users without MFA, should the policy be theirs',
      roleDenies({
        BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' },
        StringLike: { 'aws:userid': 'AIDA*' },
      }),
    ],
    [
      'metrics through the endpoint that AWS recommends',
      service('monitoring', ['cloudwatch:PutMetricData'], { StringEquals: IN_ORGANIZATION }),
    ],
    [
      'logs through the endpoint that AWS recommends',
      service('logs', ['logs:PutLogEvents'], { StringEquals: IN_ORGANIZATION }),
    ],
    [
      'an organization and, beside it, an account that a Deny spares',
      bucketDenies(
        {
          StringNotEqualsIfExists: { 'aws:PrincipalOrgID': ORGANIZATION, 'aws:PrincipalAccount': '111122223333' },
          BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
        },
        { organization: { organizationId: ORGANIZATION } },
      ),
    ],
    [
      'keys of the organization only',
      roleDenies({ StringNotEqualsIfExists: { 'aws:ResourceOrgID': ORGANIZATION } }, ['kms:*']),
    ],
    [
      'objects that a foreign account copies',
      bucketDenies({
        StringNotEquals: { 'aws:PrincipalAccount': '111122223333' },
        Null: { 's3:x-amz-copy-source': 'false' },
      }),
    ],
    ['roles on a pair of endpoints that belongs to one of them', onSharedEndpoints],
    ['a role that looks at the key', keyAllows(['kms:DescribeKey', 'kms:ListResourceTags'])],
    [
      'a Deny that keeps those outside an organization from deleting the bucket',
      bucketStates(() => ({
        effect: Effect.DENY,
        actions: ['s3:DeleteBucket'],
        conditions: { StringNotEquals: { 'aws:PrincipalOrgID': ORGANIZATION } },
      })),
    ],
    [
      'a role of the account that reads the configuration of the bucket',
      bucketStates(() => ({
        principals: [new ArnPrincipal('arn:aws:iam::111122223333:role/Auditor')],
        actions: ['s3:GetBucketPolicy', 's3:GetEncryptionConfiguration', 's3:ListTagsForResource'],
      })),
    ],
    ['an exempt role outside the accounts', exemptAuditor(['111122223333'], '555566667777')],
    ['an exempt role inside the accounts', exemptAuditor(['111122223333', '555566667777'], '555566667777')],
    ['a backup with a role that is exempt', backedUp(true)],
    ['user data that tells of keys', userData('echo "no aws_access_key_id is needed here"')],
    [
      'user data that asks for keys',
      userData('[[ -v AWS_ACCESS_KEY_ID ]] && exit 1', 'printenv AWS_SECRET_ACCESS_KEY'),
    ],
    ['a service without keys', userData('sed -i "/Service/a UnsetEnvironment=AWS_SECRET_ACCESS_KEY" a.service')],
  ])('%s', (_, define) => {
    expect(errors(define)).toEqual([]);
  });
});

describe('what is wrong beside them is still refused', () => {
  test.each<[string, (app: App) => unknown, string]>([
    ['a role that speaks no TLS', roleDenies({ Bool: { 'aws:SecureTransport': 'true' } }, ['kms:*']), 'works[keys]'],
    [
      'a role that uses no key through S3',
      roleDenies({ StringLike: { 'kms:ViaService': 's3.*' } }, ['kms:*']),
      'works[keys]',
    ],
    [
      'a role for another Region only',
      roleDenies({ StringNotEquals: { 'aws:RequestedRegion': 'us-east-1' } }),
      'works[keys]',
    ],
    ['a role that the key policy lets use the key', keyAllows(['kms:Decrypt']), 'closed[key-policy-alone]'],
    ['a role that the key policy lets change it', keyAllows(['kms:PutKeyPolicy']), 'closed[key-policy-alone]'],
    [
      'a role of the account that changes the configuration of the bucket',
      bucketStates(() => ({
        principals: [new ArnPrincipal('arn:aws:iam::111122223333:role/Auditor')],
        actions: ['s3:GetBucketPolicy', 's3:PutLifecycleConfiguration'],
      })),
      'closed[bucket-policy-alone]',
    ],
    [
      'a role of another account that reads the configuration of the bucket',
      bucketStates(() => ({
        principals: [new ArnPrincipal('arn:aws:iam::555566667777:role/Auditor')],
        actions: ['s3:GetBucketPolicyStatus'],
      })),
      'closed[bucket-configuration]',
    ],
    [
      'a Deny that keeps those outside an organization from the objects, beside the accounts',
      bucketStates(bucket => ({
        effect: Effect.DENY,
        actions: ['s3:Get*'],
        resources: [bucket.arnForObjects('*')],
        conditions: { StringNotEquals: { 'aws:PrincipalOrgID': ORGANIZATION } },
      })),
      'closed[outside-organization]',
    ],
    ...['cognito-identity.amazonaws.com', 'accounts.google.com', 'arn:aws:iam::555566667777:saml-provider/Theirs'].map(
      (provider): [string, (app: App) => unknown, string] => [
        `whom ${provider} signs in`,
        bucketStates(() => ({
          principals: [new FederatedPrincipal(provider, {})],
          actions: ['s3:PutLifecycleConfiguration'],
        })),
        'closed[bucket-configuration]',
      ],
    ),
    ['roles whose names begin as that of the workload', bucketSpares(role => `${role}*`), 'closed[objects-to-others]'],
    [
      'roles below a path that begins as the name of the workload',
      bucketSpares(role => `${role}/*`),
      'closed[objects-to-others]',
    ],
    [
      'buckets whose names begin as that of a data bucket',
      endpointLetsOut(bucket => `${bucket.bucketArn}*/*`),
      'no-way-out[s3-endpoint]',
    ],
    [
      'a bucket whose name goes on behind that of a data bucket',
      endpointLetsOut(bucket => `${bucket.bucketArn}-copy/*`),
      'no-way-out[s3-endpoint]',
    ],
    ['a backup with a role that is not exempt', backedUp(false), 'further-readers'],
    [
      'a secret that is echoed',
      userData('echo aws_secret_access_key wJalrXUtnFEMIK7MDENGbPxRfiCYzzzzzzzzKEY'),
      'temporary-credentials',
    ],
    [
      'a key that is written where commands read it',
      userData('echo aws_secret_access_key = abc >> /root/.aws/credentials'),
      'temporary-credentials',
    ],
  ])('%s', (_, define, rule) => {
    expect(errors(define)).toContain(rule);
  });
});
