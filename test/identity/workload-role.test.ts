import { Template } from 'aws-cdk-lib/assertions';
import { Effect, ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { BucketAccess, DataBucketSource } from '../../src';
import { AccessList, PrivateNetwork, S3Endpoint, WorkloadRole, WorkloadRoleProps } from '../support/parts';
import {
  TYPE,
  annotationsWith,
  bySid,
  idsOf,
  listOf,
  newStack,
  only,
  sids,
  statements,
  statementsOf,
  synthesize,
  workload,
} from '../support/resources';

const AROUND = 'was granted around the access list';

function roleAlone(props: Partial<WorkloadRoleProps> = {}) {
  const stack = newStack();
  const accessList = new AccessList();
  new S3Endpoint(stack, 'S3Endpoint', { accessList, vpc: new PrivateNetwork(stack, 'Network').vpc });
  const role = new WorkloadRole(stack, 'Role', { accessList, ...props });
  return { stack, role, accessList };
}

describe('WorkloadRole', () => {
  test('can be assumed by EC2 only', () => {
    const [trust, ...others] = statementsOf(only(synthesize().template, TYPE.role));
    expect(others).toEqual([]);
    expect(trust).toMatchObject({
      Effect: 'Allow',
      Action: 'sts:AssumeRole',
      Principal: { Service: 'ec2.amazonaws.com' },
    });
  });

  test('has customer-managed policies only', () => {
    const { template } = synthesize();
    expect(only(template, TYPE.role).Properties).not.toHaveProperty('Policies');
    expect(only(template, TYPE.role).Properties).not.toHaveProperty('ManagedPolicyArns');
    template.resourceCountIs('AWS::IAM::Policy', 0);
    template.resourceCountIs('AWS::IAM::AccessKey', 0);
    expect(only(template, TYPE.managedPolicy).Properties.Roles).toEqual([{ Ref: idsOf(template, TYPE.role)[0] }]);
  });

  test('allows no action with a wildcard', () => {
    const allowed = statements(synthesize().template, TYPE.managedPolicy).filter(
      ({ Effect: effect }) => effect === 'Allow',
    );
    expect(allowed.flatMap(({ Action }) => listOf(Action)).filter(action => action.includes('*'))).toEqual([]);
  });

  test('has a name on every statement, each once', () => {
    const names = sids(statements(synthesize().template, TYPE.managedPolicy));
    expect(names.filter(name => !name)).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  });

  test('is pinned to the account of the bucket and to the endpoint', () => {
    const { template } = synthesize();
    const onS3 = statements(template, TYPE.managedPolicy).filter(
      ({ Effect: effect, Action }) => effect === 'Allow' && listOf(Action)[0].startsWith('s3:'),
    );
    expect(onS3.length).toBeGreaterThan(0);
    onS3.forEach(({ Condition }) =>
      expect(Condition?.StringEquals).toEqual({
        'aws:ResourceAccount': { Ref: 'AWS::AccountId' },
        'aws:SourceVpce': [{ Ref: idsOf(template, TYPE.endpoint)[0] }],
      }),
    );
  });

  test('uses the key through S3 only', () => {
    const { template } = synthesize();
    const use = bySid(statements(template, TYPE.managedPolicy), 'UseKeysOfDataBuckets');
    expect(use).toMatchObject({
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Resource: { 'Fn::GetAtt': [idsOf(template, TYPE.key)[0], 'Arn'] },
    });
    expect(JSON.stringify(use.Condition?.StringEquals['kms:ViaService'])).toContain('s3.');
  });

  test.each<[string, Partial<WorkloadRoleProps>, Record<string, unknown>]>([
    ['path', { path: '/workloads/' }, { Path: '/workloads/' }],
    ['name', { roleName: 'Training' }, { RoleName: 'Training' }],
    ['description', { description: 'For the lessons' }, { Description: 'For the lessons' }],
  ])('takes a %s', (_, props, expected) => {
    expect(only(Template.fromStack(roleAlone(props).stack), TYPE.role).Properties).toMatchObject(expected);
  });

  test('takes a permissions boundary', () => {
    const permissionsBoundary = ManagedPolicy.fromManagedPolicyArn(
      newStack(),
      'Boundary',
      'arn:aws:iam::111122223333:policy/Boundary',
    );
    expect(
      only(Template.fromStack(roleAlone({ permissionsBoundary }).stack), TYPE.role).Properties.PermissionsBoundary,
    ).toBe('arn:aws:iam::111122223333:policy/Boundary');
  });

  test('names what it is for unless told otherwise', () => {
    expect(only(synthesize().template, TYPE.role).Properties.Description).toContain('Training/App');
  });

  test('lists under the granted prefix only', () => {
    const access = [BucketAccess.readOnly('in/')];
    const { template } = synthesize({ dataBuckets: { Data: DataBucketSource.create({ access }) } });
    const policy = statements(template, TYPE.managedPolicy);
    expect(bySid(policy, 'ListDataBuckets')).toMatchObject({
      Action: 's3:ListBucket',
      Condition: { StringLike: { 's3:prefix': ['in/*'] } },
    });
    expect(bySid(policy, 'LocateDataBuckets').Condition?.StringLike).toBeUndefined();
    expect(JSON.stringify(bySid(policy, 'ReadObjects').Resource)).toContain('/in/*');
  });
});

describe('the credentials of a WorkloadRole', () => {
  test('are useless outside the VPC and the instance, for S3', () => {
    const policy = statements(synthesize().template, TYPE.managedPolicy);
    expect(bySid(policy, 'DenyCredentialsOutsideVpc')).toMatchObject({
      Effect: 'Deny',
      Action: 's3:*',
      Resource: '*',
      Condition: {
        BoolIfExists: { 'aws:ViaAWSService': 'false' },
        StringNotEquals: { 'aws:SourceVpc': '${aws:Ec2InstanceSourceVpc}' },
      },
    });
    expect(bySid(policy, 'DenyCredentialsOutsideInstance')).toMatchObject({
      Effect: 'Deny',
      Action: 's3:*',
      Resource: '*',
      Condition: {
        BoolIfExists: { 'aws:ViaAWSService': 'false' },
        StringNotEquals: { 'aws:VpcSourceIp': '${aws:Ec2InstanceSourcePrivateIPv4}' },
      },
    });
  });

  test('are not bound where that is switched off', () => {
    const { template } = synthesize({ credentialBinding: false });
    expect(sids(statements(template, TYPE.managedPolicy)).filter(sid => sid.startsWith('DenyCredentials'))).toEqual([]);
  });
});

/** The proof would refuse what the warning is about. */
const UNPROVEN = { proveAtSynthesis: false };

describe('a statement that is added to a WorkloadRole', () => {
  test('lands in the managed policy', () => {
    const stack = newStack();
    const added = workload(stack).role.addToPrincipalPolicy(
      new PolicyStatement({ sid: 'Mine', actions: ['sns:Publish'], resources: ['*'] }),
    );
    const template = Template.fromStack(stack);
    expect(added.statementAdded).toBe(true);
    expect(sids(statements(template, TYPE.managedPolicy))).toContain('Mine');
    template.resourceCountIs('AWS::IAM::Policy', 0);
  });

  test('lands there also by a grant of another construct', () => {
    const stack = newStack();
    new Topic(stack, 'Topic').grantPublish(workload(stack));
    const template = Template.fromStack(stack);
    expect(statements(template, TYPE.managedPolicy).flatMap(({ Action }) => listOf(Action))).toContain('sns:Publish');
    expect(annotationsWith(stack, AROUND)).toEqual([]);
  });

  test('makes another policy where it does not fit into the first', () => {
    const stack = newStack();
    const { role } = workload(stack);
    for (let index = 0; index < 5; index++) {
      const resources = Array.from(
        { length: 20 },
        (_, each) => `arn:aws:sns:eu-west-1:111122223333:a-topic-of-the-workload-${index}-${each}`,
      );
      role.addToPrincipalPolicy(new PolicyStatement({ sid: `Publish${index}`, actions: ['sns:Publish'], resources }));
    }
    const template = Template.fromStack(stack);
    expect(idsOf(template, TYPE.managedPolicy).length).toBeGreaterThan(1);
    expect(sids(statements(template, TYPE.managedPolicy)).filter(sid => sid.startsWith('Publish'))).toHaveLength(5);
  });

  test('raises a warning where it grants something in S3: endpoint and bucket do not know it', () => {
    const stack = newStack();
    new Bucket(stack, 'Other').grantRead(workload(stack, UNPROVEN).role);
    expect(annotationsWith(stack, AROUND)).toEqual([expect.stringContaining('Training/App/Role: s3:GetObject')]);
  });

  test.each([['s3:GetObject'], ['S3:getobject'], ['s3:*'], ['*']])('raises that warning for %s', action => {
    const stack = newStack();
    workload(stack, UNPROVEN).role.addToPrincipalPolicy(new PolicyStatement({ actions: [action], resources: ['*'] }));
    expect(annotationsWith(stack, AROUND)).toHaveLength(1);
  });

  test('raises that warning where it allows everything but something, and names it', () => {
    const stack = newStack();
    workload(stack, UNPROVEN).role.addToPrincipalPolicy(
      new PolicyStatement({ notActions: ['ec2:*'], resources: ['*'] }),
    );
    expect(annotationsWith(stack, AROUND)).toEqual([expect.stringMatching(/Training\/App\/Role: \S.* was granted/)]);
  });

  test.each<[string, PolicyStatement]>([
    [
      'denies something in S3',
      new PolicyStatement({ effect: Effect.DENY, actions: ['s3:DeleteObject'], resources: ['*'] }),
    ],
    ['grants something beside S3', new PolicyStatement({ actions: ['ssm:GetParameter'], resources: ['*'] })],
    [
      'grants something in a service whose name begins the same way',
      new PolicyStatement({ actions: ['s3tables:GetTable'], resources: ['*'] }),
    ],
  ])('raises no warning where it %s', (_, statement) => {
    const stack = newStack();
    workload(stack, UNPROVEN).role.addToPrincipalPolicy(statement);
    expect(annotationsWith(stack, AROUND)).toEqual([]);
  });
});

describe('a WorkloadRole that is granted nothing', () => {
  test('keeps its credentials bound', () => {
    expect(sids(statements(Template.fromStack(roleAlone().stack), TYPE.managedPolicy))).toEqual([
      'DenyCredentialsOutsideVpc',
      'DenyCredentialsOutsideInstance',
    ]);
  });
});
