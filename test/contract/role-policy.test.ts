import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { BucketAccess, DataBucketSource, EndpointService, PrivateEc2S3Access, RequiredPolicyKind } from '../../src';
import { required } from '../support/required';
import { TYPE, bySid, errorOf, newStack, sids, statements, workload } from '../support/resources';
import { quickStart } from '../support/scenarios';
import { validatedStack } from '../support/validated';

const send = () =>
  new PolicyStatement({
    sid: 'SendJobs',
    actions: ['sqs:SendMessage'],
    resources: ['arn:aws:sqs:eu-west-1:111122223333:jobs'],
  });
const read = (resource: string) =>
  new PolicyStatement({ sid: 'Around', actions: ['s3:GetObject'], resources: [resource] });

/** What is found in the quick start whose role gets a statement. */
function found(add: (access: PrivateEc2S3Access) => PolicyStatement) {
  return validatedStack(stack => {
    const access = quickStart(stack);
    access.addToRolePolicy(add(access));
  });
}

describe('a statement that is added to the policies of the role', () => {
  test('is in a managed policy of it, with its Sid, and opens the endpoint of its service', () => {
    const stack = newStack();
    const access = workload(stack);
    access.addServiceEndpoint(EndpointService.SQS);
    access.addToRolePolicy(send());
    const template = Template.fromStack(stack);
    const { Action, Resource } = bySid(statements(template, TYPE.managedPolicy), 'SendJobs');
    expect({ Action, Resource }).toEqual({
      Action: 'sqs:SendMessage',
      Resource: 'arn:aws:sqs:eu-west-1:111122223333:jobs',
    });
    expect(JSON.stringify(statements(template, TYPE.endpoint))).toContain('sqs:SendMessage');
    template.resourceCountIs('AWS::IAM::Policy', 0);
  });

  test('leaves the proof whole where it is about another service', () => {
    const { error, violations } = found(send);
    expect({ error, violations }).toEqual({ error: undefined, violations: [] });
  });

  test.each<[string, (access: PrivateEc2S3Access) => string]>([
    ['a data bucket', access => access.dataBucket('Datasets').arnForObjects('other/*')],
    ['a bucket of somebody else', () => 'arn:aws:s3:::example-stranger/*'],
  ])('is found by the proof where it is around the access list, on %s', (_, resource) => {
    const { error, violations } = found(access => read(resource(access)));
    expect(error).toMatch(/ValidationFailed/);
    expect(violations.map(({ ruleName }) => ruleName)).toContain('works[nothing-else]');
  });

  test('is what the owner of a role that exists must attach', () => {
    const stack = newStack();
    const role = Role.fromRoleArn(stack, 'Theirs', 'arn:aws:iam::111122223333:role/Workload');
    const access = workload(stack, { role });
    access.addToRolePolicy(send());
    expect(required(access, 'ROLE').map(({ sid }) => sid)).toContain('SendJobs');
    expect(sids(statements(Template.fromStack(stack), TYPE.managedPolicy))).toEqual([]);
  });

  test('is refused when the policies are rendered, and where it is no statement', () => {
    const app = new App();
    const access = workload(new Stack(app, 'Training'));
    app.synth();
    expect(errorOf(() => access.addToRolePolicy(send()))).toMatch(/statement: got .*SendJobs.*, fix: add it before/);
    expect(errorOf(() => access.addToRolePolicy({} as PolicyStatement))).toMatch(/statement: got /);
  });
});

describe('the document of a required policy', () => {
  const archive = (stack: Stack, bucketName: string) =>
    workload(stack, {
      dataBuckets: {
        Archive: DataBucketSource.fromBucket(
          Bucket.fromBucketAttributes(stack, 'Archive', { bucketName, account: '444455556666' }),
          { access: [BucketAccess.writeOnly('logs/')] },
        ),
      },
    }).requiredPolicies.find(({ kind }) => kind === RequiredPolicyKind.BUCKET)!;

  test('has the statements, as the owner of the bucket can paste them', () => {
    const stack = newStack();
    const { account, document, resource, statements: made } = archive(stack, 'example-archive');
    const { Version, Statement } = JSON.parse(JSON.stringify(stack.resolve(document))) as Record<string, unknown>;
    const text = JSON.stringify(Statement ?? stack.resolve(document));
    expect([Version ?? '2012-10-17', account]).toEqual(['2012-10-17', '444455556666']);
    expect(stack.resolve(resource)).toBeDefined();
    expect(made.length).toBeGreaterThan(0);
    made.forEach(({ sid }) => expect(text).toContain(sid));
    expect(text).toContain('example-archive/logs/*');
  });
});
