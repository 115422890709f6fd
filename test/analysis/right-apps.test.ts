import { App, Fn, Stack, StackProps } from 'aws-cdk-lib';
import { GatewayVpcEndpoint, InterfaceVpcEndpoint, InterfaceVpcEndpointService, Port } from 'aws-cdk-lib/aws-ec2';
import { AnyPrincipal, ArnPrincipal, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { DefinitionBody, Pass, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { DefaultStackSynthesizer } from 'aws-cdk-lib/core';
import {
  BucketAccess,
  Compute,
  DataBucketSource,
  Guardrail,
  PerimeterExemption,
  PrivateEc2S3Access,
  S3EndpointMode,
  WorkloadsOuGuardrails,
  WorkloadsOuGuardrailsProps,
} from '../../src';
import { denyInBucket, IRELAND, isolatedVpc } from '../support/resources';
import { quickStart } from '../support/scenarios';
import { validated } from '../support/validated';

function stackOf(app: App, name = 'Training', props: StackProps = { env: IRELAND }): Stack {
  return new Stack(app, name, props);
}

/** An endpoint of another service in the workload's VPC, with a policy of the user. */
function beside(app: App, service: string, statement: (workload: PrivateEc2S3Access) => PolicyStatement): void {
  const stack = stackOf(app);
  const vpc = isolatedVpc(stack);
  const workload = quickStart(stack, { vpc });
  const endpoint = new InterfaceVpcEndpoint(stack, 'Beside', {
    vpc,
    service: new InterfaceVpcEndpointService(`com.amazonaws.eu-west-1.${service}`),
  });
  endpoint.addToPolicy(statement(workload));
  workload.connections.allowTo(endpoint, Port.tcp(443));
}

const UNIT = 'o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/';

function guardrails(app: App, props: Partial<WorkloadsOuGuardrailsProps> = {}): void {
  const stack = stackOf(app, 'Organization', { env: { account: '999988887777', region: 'us-east-1' } });
  new WorkloadsOuGuardrails(stack, 'Guardrails', {
    organizationId: 'o-a1b2c3d4e5',
    targetIds: ['ou-ab12-11111111'],
    ...props,
  });
}

const everybody = (conditions: Record<string, string>) =>
  new PolicyStatement({
    principals: [new AnyPrincipal()],
    actions: ['*'],
    resources: ['*'],
    conditions: { StringEquals: conditions },
  });

/** A Deny of the user in the policy of a data bucket. */
function denying(app: App, conditions: Record<string, Record<string, string>>): void {
  denyInBucket(quickStart(stackOf(app)), conditions);
}

function adopting(stack: Stack, bucket: Bucket): void {
  quickStart(stack, {
    dataBuckets: { Data: DataBucketSource.fromBucket(bucket, { access: [BucketAccess.readWrite()] }) },
  });
}

describe('what is right is not refused', () => {
  test.each<[string, (app: App) => unknown]>([
    [
      'a role whose ARN is imported',
      app => {
        const stack = stackOf(app);
        quickStart(stack, { role: Role.fromRoleArn(stack, 'Theirs', Fn.importValue('RoleArn')) });
      },
    ],
    [
      'the same in a stack without an environment',
      app => {
        const stack = stackOf(app, 'Training', {});
        quickStart(stack, { role: Role.fromRoleArn(stack, 'Theirs', Fn.importValue('RoleArn')) });
      },
    ],
    [
      'a stack without resources beside it',
      app => {
        quickStart(stackOf(app));
        stackOf(app, 'Empty', { synthesizer: new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }) });
      },
    ],
    [
      'an endpoint of SQS that lets the role do more than it may',
      app =>
        beside(
          app,
          'sqs',
          ({ role }) =>
            new PolicyStatement({
              principals: [new ArnPrincipal(role.roleArn)],
              actions: ['sqs:*'],
              resources: ['*'],
            }),
        ),
    ],
    [
      'an endpoint for the principals of the account',
      app => beside(app, 'sqs', () => everybody({ 'aws:PrincipalAccount': '111122223333' })),
    ],
    [
      'an endpoint for the resources of the account',
      app => beside(app, 'logs', () => everybody({ 'aws:ResourceAccount': '111122223333' })),
    ],
    ['a Deny of a foreign account', app => denying(app, { StringEquals: { 'aws:PrincipalAccount': '555566667777' } })],
    [
      'a Deny of a foreign organization',
      app => denying(app, { StringEquals: { 'aws:PrincipalOrgID': 'o-theirs0000' } }),
    ],
    [
      'an endpoint for the organization, as AWS recommends it',
      app =>
        beside(app, 'sqs', () =>
          everybody({ 'aws:PrincipalOrgID': 'o-a1b2c3d4e5', 'aws:ResourceOrgID': 'o-a1b2c3d4e5' }),
        ),
    ],
    [
      'a Deny of what comes through a foreign endpoint',
      app => denying(app, { StringEquals: { 'aws:VpceAccount': '555566667777' } }),
    ],
    [
      'access logs of an adopted bucket, as the CDK writes their policy',
      app => {
        const stack = stackOf(app);
        stack.node.setContext('@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy', true);
        const logs = new Bucket(stack, 'Logs', { enforceSSL: true });
        adopting(stack, new Bucket(stack, 'Data', { enforceSSL: true, serverAccessLogsBucket: logs }));
      },
    ],
    [
      'a bucket that exists, through an endpoint that exists',
      app => {
        const stack = stackOf(app);
        const endpoint = GatewayVpcEndpoint.fromGatewayVpcEndpointId(stack, 'Theirs', 'vpce-0123456789abcdef0');
        const bucket = Bucket.fromBucketName(stack, 'Bucket', 'their-bucket');
        quickStart(stack, {
          vpc: isolatedVpc(stack),
          s3Endpoint: S3EndpointMode.fromGatewayEndpoint(endpoint),
          dataBuckets: { Data: DataBucketSource.fromBucket(bucket, { access: [BucketAccess.readWrite()] }) },
        });
      },
    ],
    [
      'a secret that the role may read',
      app => {
        const stack = stackOf(app);
        new Secret(stack, 'Secret').grantRead(quickStart(stack).role);
      },
    ],
    [
      'a state machine that the role may start',
      app => {
        const stack = stackOf(app);
        const definitionBody = DefinitionBody.fromChainable(new Pass(stack, 'Nothing'));
        new StateMachine(stack, 'Machine', { definitionBody }).grantStartExecution(quickStart(stack).role);
      },
    ],
    [
      'a role with several policies',
      app => {
        const access = [BucketAccess.readWrite('one/long/prefix/'), BucketAccess.readOnly('another/long/prefix/')];
        const sources = Array.from({ length: 14 }, (_, at) => [`B${at}`, DataBucketSource.create({ access })] as const);
        quickStart(stackOf(app), { dataBuckets: Object.fromEntries(sources) });
      },
    ],
    ...[
      ['an exempt role', PerimeterExemption.roleArn('arn:aws:iam::111122223333:role/deploy/Deploy')],
      ['an exempt permission set', PerimeterExemption.permissionSet('BreakGlass')],
    ].map(([what, exemption]): [string, (app: App) => unknown] => [
      `${String(what)} beside guardrails`,
      app => {
        quickStart(stackOf(app), { perimeterExemptions: [exemption as PerimeterExemption] });
        guardrails(app);
      },
    ]),
    [
      'no instance beside guardrails',
      app => {
        quickStart(stackOf(app), { compute: Compute.instanceProfile() });
        guardrails(app);
      },
    ],
    [
      'guardrails that do not protect the roles of deployments',
      app => {
        quickStart(stackOf(app));
        guardrails(app, { serviceControl: { protectDeploymentRoles: Guardrail.off() } });
      },
    ],
    ...[
      [UNIT, `${UNIT}ou-ab12-22222222/`],
      [`${UNIT}ou-ab12-22222222/`, UNIT],
    ].map((paths): [string, (app: App) => unknown] => [
      `units of which one lies in the other: ${paths.join()}`,
      app =>
        quickStart(stackOf(app), { organization: { organizationId: 'o-a1b2c3d4e5', organizationalUnitPaths: paths } }),
    ]),
  ])('%s', (_, define) => {
    const { violations, error } = validated(define);
    expect(violations).toEqual([]);
    expect(error).toBeUndefined();
  });
});

describe('what is wrong beside it is still refused', () => {
  const rules = (define: (app: App) => unknown) => validated(define).violations.map(({ ruleName }) => ruleName);

  test('an endpoint of another service for everybody', () => {
    expect(rules(app => beside(app, 'sqs', () => everybody({ 'aws:SecureTransport': 'true' })))).toContain(
      'no-way-out[other-services]',
    );
  });

  test('an endpoint of another service for a foreign account', () => {
    expect(rules(app => beside(app, 'sqs', () => everybody({ 'aws:PrincipalAccount': '999900001111' })))).toContain(
      'no-way-out[other-services]',
    );
  });
});
