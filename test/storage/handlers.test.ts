import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Bucket, EventType, IBucket } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { SqsDestination } from 'aws-cdk-lib/aws-s3-notifications';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { BucketAccess, DataBucketSource, PerimeterExemption } from '../../src';
import { bucketStatementsOf, bySid, errorOf, newStack, only, workload } from '../support/resources';
import { validatedStack } from '../support/validated';

const FILES = mkdtempSync(join(tmpdir(), 'files-'));
writeFileSync(join(FILES, 'model.txt'), 'weights');

function deploy(stack: Stack, destinationBucket: IBucket, role?: Role): void {
  new BucketDeployment(stack, 'Deployment', { destinationBucket, sources: [Source.asset(FILES)], role });
}

function lambdaRole(stack: Stack): Role {
  return new Role(stack, 'Deployer', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
}

const REFUSED =
  /perimeterExemptions: got Training\/Deployment\/CustomResource.*, allowed: .*, fix: .*PerimeterExemption\.role\(role\)/;

describe('a BucketDeployment to a data bucket', () => {
  test('is refused: its function works from outside the endpoint', () => {
    const stack = newStack();
    deploy(stack, workload(stack).dataBucket('UserData'));
    expect(errorOf(() => Template.fromStack(stack))).toMatch(REFUSED);
  });

  test('is refused where another role is exempt', () => {
    const stack = newStack();
    const exempt = PerimeterExemption.roleArn('arn:aws:iam::111122223333:role/Deployer');
    deploy(stack, workload(stack, { perimeterExemptions: [exempt] }).dataBucket('UserData'), lambdaRole(stack));
    expect(errorOf(() => Template.fromStack(stack))).toMatch(REFUSED);
  });

  test('is refused to an adopted bucket, too', () => {
    const stack = newStack();
    const bucket = new Bucket(stack, 'Theirs');
    workload(stack, {
      dataBuckets: { Theirs: DataBucketSource.fromBucket(bucket, { access: [BucketAccess.readOnly()] }) },
    });
    deploy(stack, bucket);
    expect(errorOf(() => Template.fromStack(stack))).toMatch(REFUSED);
  });

  test('works where exactly its role is exempt, and the proof holds', () => {
    const { error, violations } = validatedStack(stack => {
      const role = lambdaRole(stack);
      deploy(
        stack,
        workload(stack, { perimeterExemptions: [PerimeterExemption.role(role)] }).dataBucket('UserData'),
        role,
      );
    });
    expect({ error, violations }).toEqual({ error: undefined, violations: [] });
  });

  test("is nobody's business in another bucket", () => {
    const stack = newStack();
    workload(stack);
    deploy(stack, new Bucket(stack, 'Other'));
    expect(() => Template.fromStack(stack)).not.toThrow();
  });
});

describe('notifications of a data bucket', () => {
  const notify = (stack: Stack) => {
    const app = workload(stack);
    app
      .dataBucket('UserData')
      .addEventNotification(EventType.OBJECT_CREATED, new SqsDestination(new Queue(stack, 'Queue')));
    return app;
  };

  test('keep EventBridge, which the function would switch off', () => {
    const stack = newStack();
    notify(stack);
    expect(
      only(Template.fromStack(stack), 'Custom::S3BucketNotifications').Properties.NotificationConfiguration,
    ).toMatchObject({ EventBridgeConfiguration: {}, QueueConfigurations: [{ Events: ['s3:ObjectCreated:*'] }] });
  });

  test('open the objects to nobody', () => {
    const stack = newStack();
    const app = notify(stack);
    const policy = bucketStatementsOf(stack, Template.fromStack(stack), app.dataBucket('UserData').bucketName);
    expect(bySid(policy, 'DenyObjectsToOthers').Condition?.ArnNotLike).toEqual({
      'aws:PrincipalArn': [stack.resolve(app.role.roleArn)],
    });
  });

  test('pass the proof', () => {
    const { error, violations } = validatedStack(stack => {
      notify(stack);
    });
    expect({ error, violations }).toEqual({ error: undefined, violations: [] });
  });
});

test('what empties a bucket of the same logical id in another stack is nobody here', () => {
  const app = new App();
  const [emptied, kept] = ['Emptied', 'Kept'].map(id => new Stack(app, id));
  workload(emptied, { removalPolicy: RemovalPolicy.DESTROY, autoDeleteObjects: true });
  workload(kept);
  expect(() => Template.fromStack(kept)).not.toThrow();
});
