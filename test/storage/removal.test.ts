import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnBucketPolicy } from 'aws-cdk-lib/aws-s3';
import { BucketAccess, DataBucketSource, PrivateEc2S3Access } from '../../src';
import {
  ResourceJson,
  TYPE,
  bucketStatementsOf,
  bySid,
  newStack,
  resources,
  sids,
  synthesize,
  workload,
} from '../support/resources';
import { quickStart } from '../support/scenarios';
import { validatedStack } from '../support/validated';

const { DESTROY, RETAIN } = RemovalPolicy;
const EMPTIED = { removalPolicy: DESTROY, autoDeleteObjects: true };
const STATEFUL = [TYPE.bucket, TYPE.bucketPolicy, TYPE.key];

function policiesOf(template: Template): ReadonlyArray<readonly (string | undefined)[]> {
  const stateful = STATEFUL.flatMap((type): ResourceJson[] => Object.values(resources(template, type)));
  return stateful.map(({ DeletionPolicy, UpdateReplacePolicy }) => [DeletionPolicy, UpdateReplacePolicy]);
}

test.each([
  ['kept unless it is said otherwise', {}, 'RetainExceptOnCreate', 'Retain'],
  ['kept even when its creation fails', { removalPolicy: RETAIN }, 'Retain', 'Retain'],
  ['deleted with the stack', { removalPolicy: DESTROY }, 'Delete', 'Delete'],
])('every bucket, bucket policy and key is %s', (_, props, deletion, replacement) => {
  const found = policiesOf(synthesize(props).template);
  expect(found).toHaveLength(5);
  expect(found).toEqual(found.map(() => [deletion, replacement]));
});

test('nothing of the quick start is kept where it is to be destroyed', () => {
  const stack = newStack();
  quickStart(stack, EMPTIED);
  const all = Object.values(Template.fromStack(stack).toJSON().Resources as Record<string, ResourceJson>);
  expect(all.filter(({ DeletionPolicy = 'Delete' }) => DeletionPolicy !== 'Delete')).toEqual([]);
});

test('a bucket that is added later is destroyed and emptied like the others', () => {
  const stack = newStack();
  workload(stack, EMPTIED).addDataBucket('More', DataBucketSource.create({ access: [BucketAccess.readWrite()] }));
  const template = Template.fromStack(stack);
  expect(Object.keys(resources(template, TYPE.bucket))).toHaveLength(3);
  expect(Object.keys(resources(template, 'Custom::S3AutoDeleteObjects'))).toHaveLength(3);
});

test('without a word no function is made', () => {
  const { template } = synthesize({ removalPolicy: DESTROY });
  expect(resources(template, 'AWS::Lambda::Function')).toEqual({});
  expect(resources(template, 'Custom::S3AutoDeleteObjects')).toEqual({});
});

describe('the function that empties', () => {
  test('is spared by the perimeter and kept to its task', () => {
    const { stack, app, template } = synthesize(EMPTIED);
    const statements = bucketStatementsOf(stack, template, app.dataBucket('UserData').bucketName);
    const sparing = statements.filter(({ Condition }) =>
      JSON.stringify(Condition?.ArnNotLike ?? '').includes('S3AutoDelete'),
    );
    expect(sids(sparing)).toEqual([
      'DenyObjectsOutsideEndpoint',
      'DenyVersionListsOutsideEndpoint',
      'DenyListsOutsideEndpoint',
      'DenyObjectsToOthers',
    ]);
    expect(bySid(statements, 'DenyAllButEmptying')).toMatchObject({
      Effect: 'Deny',
      NotAction: ['s3:DeleteObject*', 's3:GetBucket*', 's3:List*', 's3:PutBucketPolicy'],
    });
  });

  test('is let in by one policy of each bucket, which is there until the bucket is empty', () => {
    const { template } = synthesize(EMPTIED);
    const policies = Object.keys(resources(template, TYPE.bucketPolicy));
    expect(policies).toHaveLength(2);
    const emptied = Object.values(resources(template, 'Custom::S3AutoDeleteObjects'));
    expect(emptied.flatMap(({ DependsOn = [] }) => DependsOn).sort()).toEqual(policies.sort());
  });

  test('passes the proof, and nobody warns of what is meant', () => {
    const { error, violations } = validatedStack(stack => quickStart(stack, EMPTIED));
    expect({ error, violations }).toEqual({ error: undefined, violations: [] });
  });

  test.each([
    ['DenyAllButEmptying', 'closed[objects-outside-endpoint]'],
    ['DenyObjectsOutsideEndpoint', 'closed[objects-outside-endpoint]'],
    ['DenyVersionListsOutsideEndpoint', 'closed[lists-outside-endpoint]'],
  ])('without %s of the bucket the proof fails', (sid, property) => {
    const { error, violations } = validatedStack(stack => {
      withoutStatement(workload(stack, EMPTIED), sid);
    });
    expect(error).toBeDefined();
    expect(violations.map(({ ruleName }) => ruleName)).toContain(property);
  });

  test('is nobody who may be named by a user: another role at the same task is found', () => {
    const { violations } = validatedStack((stack: Stack) => {
      const policy = bucketPolicyOf(workload(stack, EMPTIED));
      policy.addPropertyOverride('PolicyDocument.Statement.2.Condition.ArnNotLike', {
        'aws:PrincipalArn': ['arn:aws:iam::111122223333:role/Cleaner'],
      });
    });
    expect(violations.map(({ ruleName }) => ruleName)).toContain('closed[objects-outside-endpoint]');
  });
});

function bucketPolicyOf(app: PrivateEc2S3Access): CfnBucketPolicy {
  return app.dataBucket('UserData').policy?.node.defaultChild as CfnBucketPolicy;
}

/** Takes a statement out of the rendered policy of the data bucket. */
function withoutStatement(app: PrivateEc2S3Access, sid: string): void {
  const policy = bucketPolicyOf(app);
  const document = policy.policyDocument as { resolve: (context: unknown) => { Statement: Array<{ Sid: string }> } };
  const render = document.resolve.bind(document);
  document.resolve = context => {
    const whole = render(context);
    return { ...whole, Statement: whole.Statement.filter(({ Sid }) => Sid !== sid) };
  };
}
