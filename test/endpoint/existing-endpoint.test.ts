import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import {
  GatewayVpcEndpoint,
  GatewayVpcEndpointAwsService,
  InterfaceVpcEndpoint,
  SubnetType,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { PolicyStatement, StarPrincipal } from 'aws-cdk-lib/aws-iam';
import { AwsOwnedBucket, S3EndpointMode } from '../../src';
import { required } from '../support/required';
import {
  TYPE,
  annotationsWith,
  bySid,
  idsOf,
  importedVpc,
  newStack,
  only,
  statements,
  workload,
} from '../support/resources';

const NOT_TOUCHED = 'the policy of the existing S3 endpoint is not touched';
const ID = 'vpce-0123456789abcdef0';

const MODES: [string, (stack: Stack) => S3EndpointMode][] = [
  [
    'gateway',
    stack => S3EndpointMode.fromGatewayEndpoint(GatewayVpcEndpoint.fromGatewayVpcEndpointId(stack, 'Theirs', ID)),
  ],
  [
    'interface',
    stack =>
      S3EndpointMode.fromInterfaceEndpoint(
        InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(stack, 'Theirs', { vpcEndpointId: ID, port: 443 }),
      ),
  ],
];

describe.each(MODES)('an existing %s endpoint', (_, modeOf) => {
  const use = () => {
    const stack = newStack();
    const app = workload(stack, {
      vpc: importedVpc(stack),
      s3Endpoint: modeOf(stack),
      awsOwnedBuckets: [AwsOwnedBucket.amazonLinux2023Repositories()],
    });
    return { stack, app };
  };

  test('is the only one', () => {
    const { stack, app } = use();
    Template.fromStack(stack).resourceCountIs(TYPE.endpoint, 0);
    expect(app.s3Endpoint.vpcEndpointIds).toEqual([ID]);
  });

  test('is what role and bucket are pinned to', () => {
    const template = Template.fromStack(use().stack);
    expect(
      bySid(statements(template, TYPE.managedPolicy), 'ReadWriteObjects').Condition?.StringEquals['aws:SourceVpce'],
    ).toEqual([ID]);
    expect(
      bySid(statements(template, TYPE.bucketPolicy), 'DenyObjectsOutsideEndpoint').Condition?.StringNotEquals,
    ).toEqual({ 'aws:SourceVpce': [ID] });
  });

  test('shows its owner what to allow', () => {
    expect(required(use().app, 'VPC_ENDPOINT').map(({ sid }) => sid)).toEqual([
      'ListDataBuckets',
      'ReadWriteObjects',
      'ReadAmazonLinux2023Repositories',
    ]);
  });

  test('says so in an annotation, with the statements', () => {
    const [text, ...others] = annotationsWith(use().stack, NOT_TOUCHED);
    expect(others).toEqual([]);
    ['Training/App/S3Endpoint: ', '"Sid":"ReadWriteObjects"', '"Sid":"ReadAmazonLinux2023Repositories"'].forEach(part =>
      expect(text).toContain(part),
    );
  });

  test('does not lose what is added to its policy', () => {
    const { app } = use();
    app.s3Endpoint.addToPolicy(
      new PolicyStatement({
        sid: 'Mine',
        principals: [new StarPrincipal()],
        actions: ['s3:GetObject'],
        resources: ['arn:aws:s3:::theirs/*'],
      }),
    );
    expect(required(app, 'VPC_ENDPOINT').map(({ sid }) => sid)).toContain('Mine');
  });
});

describe('an existing endpoint of the same stack', () => {
  test('keeps its policy', () => {
    const stack = newStack();
    const vpc = new Vpc(stack, 'Vpc', {
      maxAzs: 2,
      natGateways: 0,
      subnetConfiguration: [{ name: 'Isolated', subnetType: SubnetType.PRIVATE_ISOLATED }],
    });
    const theirs = vpc.addGatewayEndpoint('Theirs', { service: GatewayVpcEndpointAwsService.S3 });
    workload(stack, { vpc, s3Endpoint: S3EndpointMode.fromGatewayEndpoint(theirs), proveAtSynthesis: false });
    const template = Template.fromStack(stack);
    expect(idsOf(template, TYPE.endpoint)).toHaveLength(1);
    expect(only(template, TYPE.endpoint).Properties.PolicyDocument).toBeUndefined();
    expect(annotationsWith(stack, NOT_TOUCHED)).toHaveLength(1);
  });
});
