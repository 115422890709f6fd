import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnVPCEndpoint, GatewayVpcEndpoint, UserData } from 'aws-cdk-lib/aws-ec2';
import { CfnManagedPolicy, Role } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { Compute, PrivateEc2S3Access, PrivateEc2S3AccessProps, S3EndpointMode } from '../../src';
import { required } from '../support/required';
import {
  TYPE,
  annotationsWith,
  bySid,
  importedVpc,
  newStack,
  resources,
  sids,
  statements,
  statementsOf,
  workload,
} from '../support/resources';
import { validatedStack } from '../support/validated';

interface Made {
  readonly app: PrivateEc2S3Access;
  readonly asset: Asset;
  readonly arn: unknown;
}

function withAsset(stack: Stack, props: Partial<PrivateEc2S3AccessProps> = {}, compute = Compute.instance): Made {
  const asset = new Asset(stack, 'Setup', { path: __filename });
  const userData = UserData.forLinux();
  userData.addExecuteFileCommand({
    filePath: userData.addS3DownloadCommand({ bucket: asset.bucket, bucketKey: asset.s3ObjectKey }),
  });
  const app = workload(stack, { compute: compute({ userData, userDataAssets: [asset] }), ...props });
  return { app, asset, arn: stack.resolve(asset.bucket.arnForObjects(asset.s3ObjectKey)) as unknown };
}

function unproven(props: Partial<PrivateEc2S3AccessProps> = {}) {
  const stack = newStack();
  const made = withAsset(stack, { proveAtSynthesis: false, ...props });
  return { stack, ...made, template: Template.fromStack(stack) };
}

const ofEndpoint = (template: Template) => statementsOf(Object.values(resources(template, TYPE.endpoint))[0]);

describe('an asset in user data', () => {
  test('is the only object of the bootstrap bucket that the role reads, through the endpoint', () => {
    const { stack, app, arn, template } = unproven();
    expect(bySid(statements(template, TYPE.managedPolicy), 'ReadAssets')).toEqual({
      Sid: 'ReadAssets',
      Effect: 'Allow',
      Action: 's3:GetObject',
      Resource: arn,
      Condition: {
        StringEquals: {
          'aws:ResourceAccount': { Ref: 'AWS::AccountId' },
          'aws:SourceVpce': stack.resolve(app.s3Endpoint.vpcEndpointIds) as unknown,
        },
      },
    });
    expect(sids(statements(template, TYPE.managedPolicy))).not.toContain('UseKeysOfAssets');
  });

  test('is let through the endpoint for the role, and nothing else of its bucket', () => {
    const { stack, app, arn, template } = unproven();
    expect(bySid(ofEndpoint(template), 'ReadAssets')).toEqual({
      Sid: 'ReadAssets',
      Effect: 'Allow',
      Principal: '*',
      Action: 's3:GetObject',
      Resource: arn,
      Condition: {
        ArnEquals: { 'aws:PrincipalArn': stack.resolve(app.role.roleArn) as unknown },
        StringEquals: { 'aws:ResourceAccount': { Ref: 'AWS::AccountId' } },
      },
    });
  });

  test('raises no warning of a grant around the list', () => {
    expect(annotationsWith(unproven().stack, 'granted around the access list')).toEqual([]);
  });

  test('is tied to the organization, where there is one', () => {
    const { template } = unproven({ organization: { organizationId: 'o-a1b2c3d4e5' } });
    expect(bySid(ofEndpoint(template), 'ReadAssets').Condition?.StringEquals).toMatchObject({
      'aws:PrincipalOrgID': 'o-a1b2c3d4e5',
    });
  });

  test('is among what the owner of an existing endpoint must add', () => {
    const stack = newStack();
    const endpoint = GatewayVpcEndpoint.fromGatewayVpcEndpointId(stack, 'Theirs', 'vpce-0123456789abcdef0');
    const { app } = withAsset(stack, {
      vpc: importedVpc(stack),
      s3Endpoint: S3EndpointMode.fromGatewayEndpoint(endpoint),
      proveAtSynthesis: false,
    });
    expect(required(app, 'VPC_ENDPOINT').map(({ sid }) => sid)).toContain('ReadAssets');
  });

  test('is among what the owner of an existing role must attach', () => {
    const stack = newStack();
    const role = Role.fromRoleArn(stack, 'Theirs', 'arn:aws:iam::111122223333:role/Theirs');
    const { app } = withAsset(stack, { role, proveAtSynthesis: false });
    expect(required(app, 'ROLE').map(({ sid }) => sid)).toContain('ReadAssets');
  });

  test('needs the key of its bucket only where that is named', () => {
    const stack = newStack();
    const { app, asset } = withAsset(stack, { proveAtSynthesis: false });
    const encryptionKey = Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/bootstrap');
    app._accessList.allowAsset({ role: app.role, asset, encryptionKey });
    const found = statements(Template.fromStack(stack), TYPE.managedPolicy);
    expect(bySid(found, 'UseKeysOfAssets')).toMatchObject({ Action: 'kms:Decrypt', Resource: encryptionKey.keyArn });
    expect(sids(found).filter(sid => sid.startsWith('ReadAssets'))).toEqual(['ReadAssets']);
  });
});

test('assets of several workloads on one list are each for its own role', () => {
  const stack = newStack();
  const { app, arn } = withAsset(stack, { proveAtSynthesis: false });
  const other = new Role(stack, 'Other', { assumedBy: app.role.grantPrincipal });
  const second = new Asset(stack, 'Second', { path: `${__dirname}/machine.test.ts` });
  app._accessList.allowAsset({ role: other, asset: second });
  const template = Template.fromStack(stack);
  expect(bySid(ofEndpoint(template), 'ReadAssets2')).toMatchObject({
    Resource: arn,
    Condition: { ArnEquals: { 'aws:PrincipalArn': stack.resolve(app.role.roleArn) as unknown } },
  });
  expect(bySid(statements(template, TYPE.managedPolicy), 'ReadAssets').Resource).toEqual(arn);
});

describe('the proof of a workload with an asset', () => {
  test('holds, also for a fleet and for instances elsewhere', () => {
    expect(validatedStack(stack => withAsset(stack)).violations).toEqual([]);
    const fleet = (options: object) => Compute.fleet({ minCapacity: 1, maxCapacity: 2, ...options });
    expect(validatedStack(stack => withAsset(stack, {}, fleet)).violations).toEqual([]);
    expect(
      validatedStack(stack => {
        const app = workload(stack, { compute: Compute.instanceProfile() });
        app._accessList.allowAsset({ role: app.role, asset: new Asset(stack, 'Setup', { path: __filename }) });
      }).violations,
    ).toEqual([]);
  });

  test('fails for a grant of the CDK on the same asset: it is wider than the list', () => {
    const { violations } = validatedStack(stack => {
      const { app, asset } = withAsset(stack);
      asset.grantRead(app.role);
    });
    expect(violations.map(({ ruleName }) => ruleName)).toEqual(
      expect.arrayContaining(['works[nothing-else]', 'no-way-out[role]', 'bound[role-policies]']),
    );
  });

  /** Where the statement of the assets stands in the policy of a resource. */
  const index = (found: readonly { readonly Sid: string }[]) => found.findIndex(({ Sid }) => Sid === 'ReadAssets');
  const anyObject = (asset: Asset) => asset.bucket.arnForObjects('*');

  test.each<[string, (made: Made, at: { role: number; endpoint: number }) => void, string[]]>([
    [
      'the role reads all assets',
      ({ app, asset }, { role }) =>
        (app.role.node.findChild('Policies').node.findChild('Policy') as CfnManagedPolicy).addPropertyOverride(
          `PolicyDocument.Statement.${role}.Resource`,
          anyObject(asset),
        ),
      ['works[nothing-else]'],
    ],
    [
      'the endpoint lets the role read all assets',
      ({ app, asset }, { endpoint }) =>
        (app.s3Endpoint.node.findChild('Gateway') as CfnVPCEndpoint).addPropertyOverride(
          `PolicyDocument.Statement.${endpoint}.Resource`,
          anyObject(asset),
        ),
      ['works[nothing-else]'],
    ],
    [
      'the endpoint lets nobody read them',
      ({ app }, { endpoint }) =>
        (app.s3Endpoint.node.findChild('Gateway') as CfnVPCEndpoint).addPropertyOverride(
          `PolicyDocument.Statement.${endpoint}.Effect`,
          'Deny',
        ),
      ['works[grants]'],
    ],
    [
      'the role writes them',
      ({ app }, { role }) =>
        (app.role.node.findChild('Policies').node.findChild('Policy') as CfnManagedPolicy).addPropertyOverride(
          `PolicyDocument.Statement.${role}.Action`,
          ['s3:GetObject', 's3:PutObject'],
        ),
      ['works[nothing-else]'],
    ],
  ])('sees that %s', (_, change, expected) => {
    const { template } = unproven();
    const at = { role: index(statements(template, TYPE.managedPolicy)), endpoint: index(ofEndpoint(template)) };
    const { violations } = validatedStack(stack => change(withAsset(stack), at));
    expect(violations.map(({ ruleName }) => ruleName)).toEqual(expect.arrayContaining(expected));
  });
});

test('an asset of another Region is refused', () => {
  const app = new App();
  const asset = new Asset(new Stack(app, 'There', { env: { account: '111122223333', region: 'us-east-1' } }), 'Setup', {
    path: __filename,
  });
  const here = new Stack(app, 'Here', { env: { account: '111122223333', region: 'eu-west-1' } });
  expect(() => workload(here, { compute: Compute.instance({ userDataAssets: [asset] }) })).toThrow(
    'Here/App: compute.userDataAssets: got There/Setup, allowed: an asset that is uploaded to the account and the Region of the role, fix: make it in the stack of the workload',
  );
});
