import type { Stack } from 'aws-cdk-lib';
import type { ExampleAccess } from './inputs';
import { workloadOfLake } from './lake';
import { BucketAccess, Guardrail } from '../../src';
import type { PolicyJson } from '../../src/iam';
import type { BucketInput, GrantInput, KeyInput, LogBucketInput, ProofInput } from '../../src/proof';
import { documentsOf } from '../organization/documents';
import { ACCOUNT, DeployedStack, REGION } from '../support/deployed';
import { IRELAND, OTHER_ACCOUNT } from '../support/resources';
import { everyOption, quickStart, s3ManagedThroughInterface } from '../support/scenarios';

const LOGS = 'AWS::S3::Bucket';

/** The input of a stack's only workload, read without the template reader. */
function subjectOf(define: (stack: Stack) => unknown, imported: readonly BucketInput[] = []): ProofInput {
  const stack = new DeployedStack(scope => void define(scope));
  const role = stack.id('AWS::IAM::Role', 'AppRole');
  const endpoints = stack.ids('AWS::EC2::VPCEndpoint', 'S3Endpoint');
  return {
    name: 'Training/App',
    partition: 'aws',
    region: REGION,
    account: ACCOUNT,
    role: {
      arn: stack.arn(role),
      policies: stack.rolePolicies(),
      trust: stack.property(role, 'AssumeRolePolicyDocument'),
    },
    endpoints: endpoints.map(id => ({
      id: stack.ref(id),
      kind: stack.property(id, 'VpcEndpointType') === 'Interface' ? 'interface' : 'gateway',
      policy: stack.property<PolicyJson>(id, 'PolicyDocument'),
      vpcId: 'vpc-workload',
      exclusive: true,
    })),
    otherEndpoints: stack
      .ids('AWS::EC2::VPCEndpoint')
      .filter(id => !endpoints.includes(id))
      .map(id => ({
        id: stack.ref(id),
        service: String(stack.property(id, 'ServiceName')).split('.').slice(-1)[0],
        policy: stack.property<PolicyJson>(id, 'PolicyDocument'),
      })),
    buckets: [...stack.ids('AWS::S3::Bucket', 'DataBuckets').map(id => bucketOf(stack, id)), ...imported],
    logBuckets: stack.ids(LOGS, 'AccessLogs').map(id => logBucketOf(stack, id)),
    keys: stack.ids('AWS::KMS::Key').map((id): KeyInput => ({
      arn: stack.arn(id),
      account: ACCOUNT,
      policy: stack.property(id, 'KeyPolicy'),
      exclusive: true,
    })),
  };
}

/** What an access list says of a bucket. */
function granted(...accesses: readonly BucketAccess[]): readonly GrantInput[] {
  return accesses
    .flatMap(({ _lines }) => _lines)
    .map(({ bucketActions, objectActions, prefix, key }) => ({
      actions: [...bucketActions, ...objectActions],
      prefix,
      key,
    }));
}

/** The access list of the quick start. */
const QUICK_START_ACCESS: ExampleAccess = {
  buckets: { userdata: granted(BucketAccess.readWrite()), datasets: granted(BucketAccess.readOnly('datasets/')) },
  awsOwned: [],
};

/** The access list of every option. */
const EVERY_OPTION_ACCESS: ExampleAccess = {
  buckets: {
    'user-data': granted(BucketAccess.readWrite()),
    models: granted(BucketAccess.readOnly('models/'), BucketAccess.of(['s3:GetObjectVersion'], 'models/')),
    'log-archive': granted(BucketAccess.writeOnly('myapp/')),
  },
  awsOwned: [
    ...['al2023-repos-us-east-1-de612dc2', 'al2023-us-east-1'].map(name => ({
      objects: `arn:aws:s3:::${name}/*`,
      action: 's3:GetObject',
      signedByRole: false,
    })),
    ...[
      'us-east-1-birdwatcher-prod',
      'amazon-ssm-us-east-1',
      'amazon-ssm-packages-us-east-1',
      'aws-ssm-us-east-1',
      'aws-ssm-distributor-file-us-east-1',
      'aws-ssm-document-attachments-us-east-1',
    ].map(name => ({ objects: `arn:aws:s3:::${name}/*`, action: 's3:GetObject', signedByRole: true })),
  ],
};

/** Whom every option exempts. */
const EXEMPT: readonly string[] = [
  `arn:aws:iam::${ACCOUNT}:role/aws-reserved/sso.amazonaws.com/*AWSReservedSSO_BreakGlass_*`,
  `arn:aws:iam::${ACCOUNT}:role/deploy/Deployer`,
];

/** Every option, with a bucket of another account whose policy is not in the assembly. */
function everyOptionInput(): ProofInput {
  const input = subjectOf(everyOption, [
    { arn: 'arn:aws:s3:::example-log-archive', account: '999988887777', policy: 'unknown', exclusive: false },
  ]);
  return { ...input, buckets: input.buckets.map(bucket => ({ ...bucket, exemptPrincipalArns: EXEMPT })) };
}

const GUARDRAILS = { resourceControl: { requireOrganizationNetworks: Guardrail.on() } };

/** Everything that the library renders for the tests of the proof. */
export function render() {
  return {
    quickStart: subjectOf(quickStart),
    everyOption: everyOptionInput(),
    s3ManagedThroughInterface: subjectOf(s3ManagedThroughInterface),
    lake: workloadOfLake(IRELAND.account).input,
    lakeOfAnotherAccount: workloadOfLake(OTHER_ACCOUNT).input,
    quickStartAccess: QUICK_START_ACCESS,
    everyOptionAccess: EVERY_OPTION_ACCESS,
    serviceControlPolicies: documentsOf('SERVICE_CONTROL_POLICY', GUARDRAILS),
    resourceControlPolicies: documentsOf('RESOURCE_CONTROL_POLICY', GUARDRAILS),
  };
}

function bucketOf(stack: DeployedStack, id: string): BucketInput {
  const [policy] = stack.ids('AWS::S3::BucketPolicy').filter(each => stack.property(each, 'Bucket') === stack.ref(id));
  const encryption = stack.property<{
    ServerSideEncryptionConfiguration: Array<{ ServerSideEncryptionByDefault: Record<string, string> }>;
  }>(id, 'BucketEncryption');
  const { SSEAlgorithm: algorithm, KMSMasterKeyID: keyArn } =
    encryption.ServerSideEncryptionConfiguration[0].ServerSideEncryptionByDefault;
  return {
    arn: stack.arn(id),
    account: ACCOUNT,
    policy: stack.property(policy, 'PolicyDocument'),
    encryption: { algorithm, keyArn },
    exclusive: true,
  };
}

/** What the server access logs and the flow logs need, as the resources that cause them say. */
function logBucketOf(stack: DeployedStack, id: string): LogBucketInput {
  const [policy] = stack.ids('AWS::S3::BucketPolicy').filter(each => stack.property(each, 'Bucket') === stack.ref(id));
  const arn = stack.arn(id);
  const flowLogs = { 'aws:SourceAccount': ACCOUNT, 'aws:SourceArn': `arn:aws:logs:${REGION}:${ACCOUNT}:*` };
  const service = 'delivery.logs.amazonaws.com';
  return {
    arn,
    account: ACCOUNT,
    policy: stack.property(policy, 'PolicyDocument'),
    deliveries: [
      {
        service: 'logging.s3.amazonaws.com',
        action: 's3:PutObject',
        resource: `${arn}/s3-access-logs/*`,
        keys: { 'aws:SourceAccount': ACCOUNT },
      },
      {
        service,
        action: 's3:PutObject',
        resource: `${arn}/vpc-flow-logs/AWSLogs/${ACCOUNT}/*`,
        keys: { ...flowLogs, 's3:x-amz-acl': 'bucket-owner-full-control' },
      },
      { service, action: 's3:GetBucketAcl', resource: arn, keys: flowLogs },
      { service, action: 's3:ListBucket', resource: arn, keys: flowLogs },
    ],
  };
}
