import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { IRole, ManagedPolicy, PolicyStatement, Role, ServicePrincipal, StarPrincipal } from 'aws-cdk-lib/aws-iam';
import {
  BucketAccess,
  DataBucketSource,
  OnPremisesAccess,
  PrivateEc2S3Access,
  PrivateEc2S3AccessProps,
  S3EndpointMode,
} from '../../src';
import { AccessRequest, PolicyJson, decide } from '../../src/iam';
import { ACCOUNT, DeployedStack, REGION } from '../support/deployed';
import { required } from '../support/required';
import { TYPE, annotationsWith, filledIn, logicalId, newStack, resources } from '../support/resources';
import { validatedStack } from '../support/validated';

const ARN = `arn:aws:iam::${ACCOUNT}:role/on-premises/Uploader`;
const NETWORK = '192.168.0.0/16';
const imported = (stack: Stack): IRole => Role.fromRoleArn(stack, 'Uploader', ARN);
const own = (stack: Stack): IRole =>
  new Role(stack, 'Uploader', { assumedBy: new ServicePrincipal('rolesanywhere.amazonaws.com') });

function define(stack: Stack, roleOf = imported, props: Partial<PrivateEc2S3AccessProps> = {}): PrivateEc2S3Access {
  return new PrivateEc2S3Access(stack, 'App', {
    dataBuckets: {
      UserData: DataBucketSource.create({ access: [BucketAccess.readWrite()] }),
      Datasets: DataBucketSource.create({ access: [BucketAccess.readOnly()] }),
    },
    s3Endpoint: S3EndpointMode.gatewayAndInterface(),
    onPremises: {
      Uploads: OnPremisesAccess.fromRole(roleOf(stack), {
        networks: [NETWORK],
        access: { UserData: [BucketAccess.writeOnly('uploads/')] },
      }),
    },
    ...props,
  });
}

const stack = new DeployedStack(each => void define(each));
const BUCKET = stack.arn(stack.id('AWS::S3::Bucket', 'UserData'));
const DATASETS = stack.arn(stack.id('AWS::S3::Bucket', 'Datasets'));
const INTERFACE = stack.ref(stack.id('AWS::EC2::VPCEndpoint', 'Interface'));
const POLICY = stack.property<PolicyJson>(stack.id('AWS::EC2::VPCEndpoint', 'Interface'), 'PolicyDocument');
const ALL: PolicyJson = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };

/** What the owner of the role is told to attach to it. */
function attached(): PolicyJson {
  const plain = newStack();
  const statements = required(define(plain), 'ROLE').map(each => plain.resolve(each.toStatementJson()) as unknown);
  return filledIn({ Version: '2012-10-17', Statement: statements }, nameOf) as PolicyJson;
}

function nameOf(name: string): string {
  const known: Record<string, string> = {
    'AWS::Partition': 'aws',
    'AWS::AccountId': ACCOUNT,
    'AWS::Region': REGION,
    'AWS::URLSuffix': 'amazonaws.com',
  };
  const [id, attribute] = name.split('.');
  return known[name] ?? (attribute === undefined ? stack.ref(id) : stack.arn(id));
}

interface From {
  readonly role?: string;
  readonly endpoint?: string;
  readonly policies?: PolicyJson;
}

function verdict(
  action: string,
  resource: string,
  { role = ARN, endpoint = INTERFACE, policies = attached() }: From = {},
): string {
  const isKey = action.startsWith('kms:');
  const bucket = resource.startsWith(DATASETS) ? 'Datasets' : 'UserData';
  const context: AccessRequest['context'] = {
    'aws:PrincipalArn': role,
    'aws:PrincipalAccount': ACCOUNT,
    'aws:PrincipalIsAWSService': 'false',
    'aws:SecureTransport': 'true',
    's3:TlsVersion': '1.3',
    'aws:ResourceAccount': ACCOUNT,
    ...(endpoint === ''
      ? {}
      : { 'aws:SourceVpce': endpoint, 'aws:SourceVpc': 'vpc-workload', 'aws:VpcSourceIp': '192.168.1.7' }),
    ...(isKey ? { 'aws:ViaAWSService': 'true', 'kms:ViaService': `s3.${REGION}.amazonaws.com` } : {}),
  };
  return decide(
    {
      action,
      resource,
      resourceAccount: ACCOUNT,
      principal: `arn:aws:sts::${ACCOUNT}:assumed-role/${role.split('/').pop()}/s`,
      context,
    },
    {
      identityPolicies: [policies],
      resourcePolicy: isKey ? stack.keyPolicy() : stack.bucketPolicy(bucket),
      resourcePolicyKind: isKey ? 'key' : 'bucket',
      endpointPolicy: endpoint === INTERFACE && !isKey ? POLICY : undefined,
    },
  ).verdict;
}

describe('a role of on-premises networks', () => {
  test.each([
    ['s3:PutObject', `${BUCKET}/uploads/a.csv`],
    ['s3:AbortMultipartUpload', `${BUCKET}/uploads/a.csv`],
    ['s3:GetBucketLocation', BUCKET],
    ['kms:GenerateDataKey', stack.arn(stack.id('AWS::KMS::Key'))],
  ])('may %s on %s with what its owner attaches to it', (action, resource) =>
    expect(verdict(action, resource)).toBe('Allowed'),
  );

  test.each([
    ['s3:PutObject', `${BUCKET}/other/a.csv`],
    ['s3:GetObject', `${BUCKET}/uploads/a.csv`],
    ['s3:DeleteObject', `${BUCKET}/uploads/a.csv`],
    ['s3:PutObjectAcl', `${BUCKET}/uploads/a.csv`],
    ['s3:ListBucket', BUCKET],
    ['s3:GetBucketPolicy', BUCKET],
    ['s3:GetObject', `${DATASETS}/a.csv`],
    ['s3:PutObject', `${DATASETS}/uploads/a.csv`],
    ['s3:GetBucketLocation', DATASETS],
  ])('may not %s on %s, whatever its own policies say', (action, resource) =>
    expect(verdict(action, resource, { policies: ALL })).not.toBe('Allowed'),
  );

  test.each<[string, From]>([
    ['from the internet', { endpoint: '', policies: ALL }],
    ['through another endpoint', { endpoint: 'vpce-other', policies: ALL }],
    [
      'through the gateway, with what its owner attaches to it',
      { endpoint: stack.ref(stack.id('AWS::EC2::VPCEndpoint', 'Gateway')) },
    ],
  ])('may not upload %s', (_, from) =>
    expect(verdict('s3:PutObject', `${BUCKET}/uploads/a.csv`, from)).not.toBe('Allowed'),
  );

  test.each([
    `arn:aws:iam::${ACCOUNT}:role/Uploader`,
    `arn:aws:iam::${ACCOUNT}:role/Admin`,
    'arn:aws:iam::444455556666:role/on-premises/Uploader',
  ])('is no other one: %s', role =>
    expect(verdict('s3:PutObject', `${BUCKET}/uploads/a.csv`, { role, policies: ALL })).not.toBe('Allowed'),
  );

  test('may use the key through S3 only for what it was granted', () => {
    const key = stack.arn(stack.id('AWS::KMS::Key'));
    expect(verdict('kms:CreateGrant', key, { policies: ALL })).not.toBe('Allowed');
    expect(verdict('kms:ReEncryptFrom', key, { policies: ALL })).not.toBe('Allowed');
  });
});

describe('the networks', () => {
  const ingress = (props: Partial<PrivateEc2S3AccessProps>) => {
    const plain = newStack();
    define(plain, imported, props);
    const groups = Object.values(resources(Template.fromStack(plain), TYPE.securityGroup)).map(
      ({ Properties }) => Properties,
    );
    return groups
      .flatMap(each => (each.SecurityGroupIngress as object[] | undefined) ?? [])
      .filter(rule => 'CidrIp' in rule);
  };

  test('get in on the port of HTTPS, and on no other', () =>
    expect(ingress({})).toMatchObject([{ CidrIp: NETWORK, IpProtocol: 'tcp', FromPort: 443, ToPort: 443 }]));

  test('do not get in without the option', () => expect(ingress({ onPremises: undefined })).toEqual([]));
});

describe('the policies of the role', () => {
  test('are attached where this stack owns it, without a binding to an instance', () => {
    const plain = newStack();
    const app = define(plain, own);
    const template = Template.fromStack(plain);
    const id = logicalId(plain, (plain.node.findChild('Uploader') as Role).roleName);
    const policies = template.findResources(TYPE.managedPolicy, { Properties: { Roles: [{ Ref: id }] } });
    expect(Object.keys(policies)).toHaveLength(1);
    expect(JSON.stringify(policies)).toContain('s3:PutObject');
    expect(JSON.stringify(policies)).not.toContain('DenyCredentialsOutside');
    expect(required(app, 'ROLE')).toEqual([]);
  });

  test('are announced where it is imported', () => {
    const plain = newStack();
    define(plain);
    Template.fromStack(plain);
    expect(annotationsWith(plain, 'the policies of the role')).toEqual([
      expect.stringMatching(
        /^Training\/App\/OnPremises\/Uploads\/AdoptedRole: .* Training\/Uploader are not touched, .*s3:PutObject/s,
      ),
    ]);
  });
});

describe('the proof', () => {
  const opened = (role: string, actions: string[], prefix: string) =>
    validatedStack(plain => {
      const app = define(plain);
      app.s3Endpoint.addToPolicy(
        new PolicyStatement({
          sid: 'More',
          principals: [new StarPrincipal()],
          actions,
          resources: [app.dataBucket('UserData').arnForObjects(`${prefix}*`)],
          conditions: {
            ArnEquals: { 'aws:PrincipalArn': role },
            StringEquals: { 'aws:ResourceAccount': plain.account },
          },
        }),
      );
    }).violations.map(({ ruleName }) => ruleName);

  test.each([
    ['imported', imported],
    ['of the stack', own],
  ])('passes with a role that is %s', (_, roleOf) =>
    expect(validatedStack(plain => void define(plain, roleOf))).toMatchObject({ error: undefined, violations: [] }),
  );

  test('fails where the endpoint lets the role do more than it is granted', () =>
    expect(opened(ARN, ['s3:GetObject'], 'uploads/')).toContain('closed[on-premises-roles]'));

  test('fails where the endpoint lets the role write beside its prefix', () =>
    expect(opened(ARN, ['s3:PutObject'], 'other/')).toContain('closed[on-premises-roles]'));

  test('fails where the endpoint lets another role through', () =>
    expect(opened(`arn:aws:iam::${ACCOUNT}:role/Another`, ['s3:PutObject'], 'uploads/')).toContain(
      'closed[endpoint-to-others]',
    ));
});

test('policies that somebody else attaches to the role stay', () => {
  const plain = newStack();
  const role = own(plain) as Role;
  role.addManagedPolicy(ManagedPolicy.fromManagedPolicyArn(plain, 'Theirs', `arn:aws:iam::${ACCOUNT}:policy/Theirs`));
  define(plain, () => role);
  expect(JSON.stringify(resources(Template.fromStack(plain), TYPE.role))).toContain('policy/Theirs');
});
