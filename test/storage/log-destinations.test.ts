import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, BucketEncryption, IBucket } from 'aws-cdk-lib/aws-s3';
import { required } from '../support/required';
import {
  IRELAND,
  OTHER_ACCOUNT,
  StatementJson,
  TYPE,
  annotationsWith,
  bucketStatementsOf,
  errorOf,
  idsOf,
  newStack,
  only,
  referred,
  resources,
  sids,
  statementsOf,
  workload,
} from '../support/resources';
import { validated } from '../support/validated';

const NOT_TOUCHED = 'the policy of the log bucket';
const FLOW_LOGS = ['FlowLogDelivery', 'FlowLogAclCheck'];

function log(logs: IBucket, stack: Stack) {
  const app = workload(stack, { accessLogsBucket: logs, flowLogsBucket: logs });
  return { app, stack, template: Template.fromStack(stack) };
}

describe('a log bucket of the same stack', () => {
  const own = () => {
    const stack = newStack(IRELAND);
    const logs = new Bucket(stack, 'Logs');
    return { logs, ...log(logs, stack) };
  };

  test('receives both logs, and no other log bucket is made', () => {
    const { stack, logs, app, template } = own();
    const destination: unknown = stack.resolve(logs.bucketName);
    expect(
      referred(stack, template, app.dataBucket('UserData').bucketName).Properties.LoggingConfiguration,
    ).toMatchObject({ DestinationBucketName: destination });
    expect(JSON.stringify(only(template, TYPE.flowLog).Properties.LogDestination)).toContain(
      JSON.stringify(stack.resolve(logs.bucketArn)),
    );
    expect(idsOf(template, TYPE.bucket)).toHaveLength(2);
  });

  test("lets the services write, this account's logs only", () => {
    const { stack, logs, template } = own();
    const statements = bucketStatementsOf(stack, template, logs.bucketName);
    expect(sids(statements).sort()).toEqual([...FLOW_LOGS, 'AccessLogDelivery'].sort());
    statements.forEach(({ Condition }) => expect(Condition?.StringEquals['aws:SourceAccount']).toBe(IRELAND.account));
  });

  test('leaves nothing to its owner', () => {
    const { app, stack } = own();
    expect(required(app, 'BUCKET')).toEqual([]);
    expect(annotationsWith(stack, NOT_TOUCHED)).toEqual([]);
  });
});

describe('an imported log bucket', () => {
  const imported = () => {
    const stack = newStack(IRELAND);
    return log(Bucket.fromBucketName(stack, 'Logs', 'central-logs'), stack);
  };

  test('gets no policy, and its owner is told', () => {
    const { app, stack } = imported();
    expect(
      required(app, 'BUCKET')
        .map(({ sid }) => sid)
        .sort(),
    ).toEqual([...FLOW_LOGS, 'AccessLogDelivery'].sort());
    expect(annotationsWith(stack, NOT_TOUCHED)).toHaveLength(2);
  });

  test('passes the proof, as an assumption', () => {
    expect(
      validated(root => {
        const stack = new Stack(root, 'Training', { env: IRELAND });
        const logs = Bucket.fromBucketName(stack, 'Logs', 'central-logs');
        workload(stack, { accessLogsBucket: logs, flowLogsBucket: logs });
      }),
    ).toMatchObject({ error: undefined, violations: [] });
  });
});

describe('a log bucket of the log archive account', () => {
  const define = (root: App) => {
    const archive = new Stack(root, 'Archive', { env: { ...IRELAND, account: OTHER_ACCOUNT } });
    const stack = new Stack(root, 'Training', { env: IRELAND });
    const logs = new Bucket(archive, 'Logs', { bucketName: 'central-flow-logs' });
    const app = workload(stack, { flowLogsBucket: logs });
    required(app, 'BUCKET').forEach(statement => logs.addToResourcePolicy(statement));
    return { archive, stack, logs };
  };

  test('takes the flow logs: its own stack adds what the workload requires', () => {
    const { archive, logs } = define(new App());
    const statements: StatementJson[] = bucketStatementsOf(archive, Template.fromStack(archive), logs.bucketName);
    expect(sids(statements)).toEqual(FLOW_LOGS);
    expect(JSON.stringify(statements)).toContain(`vpc-flow-logs/AWSLogs/${IRELAND.account}/*`);
    statements.forEach(({ Condition }) => expect(Condition?.StringEquals['aws:SourceAccount']).toBe(IRELAND.account));
  });

  test('passes the proof', () => {
    expect(validated(define)).toMatchObject({ error: undefined, violations: [] });
  });

  test('fails the proof where its stack adds nothing: no log would arrive', () => {
    const { violations } = validated(root => {
      const archive = new Stack(root, 'Archive', { env: { ...IRELAND, account: OTHER_ACCOUNT } });
      workload(new Stack(root, 'Training', { env: IRELAND }), {
        flowLogsBucket: new Bucket(archive, 'Logs', { bucketName: 'central-flow-logs' }),
      });
    });
    expect(violations.map(({ ruleName }) => ruleName)).toContain('works[log-delivery]');
  });
});

describe('a log bucket with a key', () => {
  const KEY_ARN = 'arn:aws:kms:eu-west-1:999900001111:key/abc';
  const deliveries = (statements: readonly StatementJson[]) =>
    statements.filter(({ Sid }) => Sid === 'FlowLogDelivery');
  const central = (stack: Stack) =>
    Bucket.fromBucketAttributes(stack, 'Logs', {
      bucketName: 'central-logs',
      encryptionKey: Key.fromKeyArn(stack, 'LogKey', KEY_ARN),
    });

  test('of the same stack lets VPC use the key for the flow logs of this account and Region, and nothing else', () => {
    const stack = newStack(IRELAND);
    const logs = new Bucket(stack, 'Logs', { encryption: BucketEncryption.KMS });
    const app = workload(stack, { flowLogsBucket: logs });
    const keys = Object.values(resources(Template.fromStack(stack), TYPE.key)).flatMap(key =>
      deliveries(statementsOf(key)),
    );
    expect(keys).toHaveLength(1);
    expect(keys[0]).toMatchObject({ Effect: 'Allow', Principal: { Service: 'delivery.logs.amazonaws.com' } });
    expect(keys[0].Condition?.StringEquals).toEqual({ 'aws:SourceAccount': IRELAND.account });
    expect(JSON.stringify(keys[0].Condition?.ArnLike)).toContain(`:logs:eu-west-1:${IRELAND.account}:*`);
    expect(keys[0].Action).toEqual(expect.arrayContaining(['kms:Decrypt', 'kms:GenerateDataKey']));
    expect(keys[0].Action).not.toContain('kms:CreateGrant');
    expect(required(app, 'KEY')).toEqual([]);
  });

  test('that is imported leaves that to the owner of the key, who is told', () => {
    const stack = newStack(IRELAND);
    const app = workload(stack, { flowLogsBucket: central(stack) });
    expect(required(app, 'KEY').map(({ sid }) => sid)).toEqual(['FlowLogDelivery']);
    expect(annotationsWith(stack, 'the policy of the key Training/LogKey is not touched')).toHaveLength(1);
  });

  test('for access logs alone asks nothing of the key', () => {
    const stack = newStack(IRELAND);
    const app = workload(stack, { accessLogsBucket: central(stack) });
    expect(required(app, 'KEY')).toEqual([]);
  });

  test.each<[string, (stack: Stack) => IBucket]>([
    ['of the same stack', stack => new Bucket(stack, 'Logs', { encryption: BucketEncryption.KMS })],
    ['that is imported', central],
  ])('%s passes the proof', (_, logsOf) =>
    expect(
      validated(root => {
        const stack = new Stack(root, 'Training', { env: IRELAND });
        workload(stack, { flowLogsBucket: logsOf(stack) });
      }),
    ).toMatchObject({ error: undefined, violations: [] }),
  );
});

describe('refused at once', () => {
  test.each([
    ['another account', { account: OTHER_ACCOUNT }],
    ['another Region', { region: 'us-east-1' }],
  ])('are access logs in %s', (_, where) => {
    const stack = newStack(IRELAND);
    const logs = Bucket.fromBucketAttributes(stack, 'Logs', { bucketName: 'central-logs', ...where });
    expect(errorOf(() => workload(stack, { accessLogsBucket: logs }))).toBe(
      'Training/App: accessLogsBucket: got Training/Logs, allowed: a bucket of the account 111122223333 in eu-west-1: S3 delivers server ' +
        'access logs to no other, fix: leave it out for a bucket of its own, and replicate that one to the central account',
    );
  });

  test('is a bucket for the flow logs of a VPC that exists', () => {
    const stack = newStack(IRELAND);
    const props = {
      vpc: new Vpc(stack, 'Vpc'),
      flowLogsBucket: new Bucket(stack, 'Logs'),
      vpcSubnets: { subnetGroupName: 'Private' },
    };
    expect(errorOf(() => workload(stack, props))).toMatch(
      /^Training\/App: flowLogsBucket: got Training\/Logs, allowed: no bucket together with vpc/,
    );
  });
});
