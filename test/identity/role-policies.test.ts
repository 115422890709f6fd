import { Environment, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { GatewayVpcEndpoint } from 'aws-cdk-lib/aws-ec2';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { BucketAccess, DataBucketSource, DataEncryption, S3EndpointMode } from '../../src';
import { POLICY_LIMITS } from '../../src/private/policy-sizes';
import {
  TYPE,
  errorOf,
  filledIn,
  idsOf,
  importedVpc,
  listOf,
  newStack,
  resources,
  sids,
  statements,
  synthesize,
  workload,
} from '../support/resources';

type Sources = Record<string, DataBucketSource>;

/** Buckets with an access each that no other has. */
function buckets(count: number, accessOf: (index: number) => BucketAccess[]): Sources {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index): [string, DataBucketSource] => [
      `Bucket${index}`,
      DataBucketSource.create({ access: accessOf(index) }),
    ]),
  );
}

/** A gateway endpoint that somebody else looks after, so that its policy limits nothing. */
function elsewhere() {
  const stack = newStack();
  return {
    stack,
    vpc: importedVpc(stack),
    s3Endpoint: S3EndpointMode.fromGatewayEndpoint(
      GatewayVpcEndpoint.fromGatewayVpcEndpointId(stack, 'Theirs', 'vpce-0123'),
    ),
  };
}

/** A workload whose role has so many managed policies, nearly all of them for one long statement each. */
function withPolicies(count: number, env?: Environment): Stack {
  const stack = newStack(env);
  const { role } = workload(stack, { proveAtSynthesis: false });
  const topics = Array.from(
    { length: 80 },
    (_, each) => `arn:aws:sns:eu-west-1:111122223333:a-topic-of-the-workload-${each}`,
  );
  for (let index = 1; index < count; index++) {
    role.addToPrincipalPolicy(
      new PolicyStatement({ sid: `Publish${index}`, actions: ['sns:Publish'], resources: topics }),
    );
  }
  return stack;
}

const documents = (template: Template) =>
  Object.values(resources(template, TYPE.managedPolicy)).map(({ Properties }) => Properties.PolicyDocument);
const unlike = (index: number) => [BucketAccess.readOnly(`in-${index}/`)];

describe('the managed policies of a role', () => {
  test('are one, as long as its statements fit', () => {
    expect(
      idsOf(synthesize({ dataBuckets: buckets(10, () => [BucketAccess.readWrite()]) }).template, TYPE.managedPolicy),
    ).toHaveLength(1);
  });

  test('merge what buckets have in common', () => {
    const { template } = synthesize({ dataBuckets: buckets(10, () => [BucketAccess.readWrite()]) });
    const reading = statements(template, TYPE.managedPolicy).filter(({ Sid }) => Sid.startsWith('ReadWriteObjects'));
    expect(reading).toHaveLength(1);
    expect(reading[0].Resource).toHaveLength(10);
  });

  test('are several where 60 buckets with different accesses do not fit into one', () => {
    const { stack, ...theirs } = elsewhere();
    workload(stack, { ...theirs, dataBuckets: buckets(60, unlike) });
    const template = Template.fromStack(stack);
    expect(idsOf(template, TYPE.managedPolicy).length).toBeGreaterThan(1);
    const reads = statements(template, TYPE.managedPolicy).filter(({ Sid }) => Sid.startsWith('ReadObjects'));
    expect(reads.flatMap(({ Resource }) => listOf(Resource))).toHaveLength(60);
  });

  test('are all attached to the role', () => {
    const { stack, ...theirs } = elsewhere();
    const { role } = workload(stack, { ...theirs, dataBuckets: buckets(60, unlike) });
    Object.values(resources(Template.fromStack(stack), TYPE.managedPolicy)).forEach(({ Properties }) =>
      expect(Properties.Roles).toEqual([stack.resolve(role.roleName)]),
    );
  });

  test('keep under the limit when CloudFormation has filled in what it knows', () => {
    const { stack, ...theirs } = elsewhere();
    workload(stack, { ...theirs, dataBuckets: buckets(60, unlike) });
    const longest = (reference: string) =>
      reference.endsWith('.Arn') ? `arn:aws:s3:::${'b'.repeat(63)}` : '111122223333';
    documents(Template.fromStack(stack)).forEach(document =>
      expect(JSON.stringify(filledIn(document, longest)).length).toBeLessThanOrEqual(POLICY_LIMITS.managedPolicy),
    );
  });

  test('name each statement once within a policy', () => {
    const { stack, ...theirs } = elsewhere();
    workload(stack, { ...theirs, dataBuckets: buckets(60, unlike) });
    (documents(Template.fromStack(stack)) as { Statement: { Sid: string }[] }[]).forEach(({ Statement }) =>
      expect(new Set(sids(Statement)).size).toBe(Statement.length),
    );
  });

  describe.each<[string, Environment | undefined, number, string]>([
    ['the commercial Regions', { region: 'eu-west-1' }, 20, 'one role, fix'],
    ['China', { region: 'cn-northwest-1' }, 20, 'one role, fix'],
    ['GovCloud', { region: 'us-gov-east-1' }, 20, 'one role, fix'],
    [
      'a Region that is not known',
      undefined,
      20,
      'one role (the partition is not known: 10 in others than aws, aws-cn, aws-us-gov), fix',
    ],
    ['the European Sovereign Cloud', { region: 'eusc-de-east-1' }, 10, 'one role, fix'],
    ['an isolated partition', { region: 'us-isob-east-1' }, 10, 'one role, fix'],
  ])('in %s', (_, env, quota, words) => {
    test(`can be ${quota}`, () => {
      expect(idsOf(Template.fromStack(withPolicies(quota, env)), TYPE.managedPolicy)).toHaveLength(quota);
    });

    test('are refused where there would be more, with what to do about it', () => {
      const error = errorOf(() => Template.fromStack(withPolicies(quota + 1, env)));

      expect(error).toContain(
        `Training/App/Role: accessList: got "statements for ${quota + 1} managed policies", allowed: ${quota} managed policies of 6144 characters, the default quota of ${words}`,
      );
      expect(error).toContain('split the workload');
    });
  });

  test('are refused where one statement alone is past the limit, and cannot be cut', () => {
    const { stack, ...theirs } = elsewhere();
    const access = Array.from({ length: 140 }, (_, index) =>
      BucketAccess.of(['s3:ListBucketVersions'], `a-prefix-of-quite-some-length/that-is-number/${1000 + index}/`),
    );
    workload(stack, {
      ...theirs,
      encryption: DataEncryption.s3Managed(),
      dataBuckets: { Data: DataBucketSource.create({ access }) },
    });
    expect(errorOf(() => Template.fromStack(stack))).toMatch(/6144 characters.*fix: /);
  });
});
