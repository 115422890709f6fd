import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { IRole, ManagedPolicy, PermissionsBoundary, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { AwsOwnedBucket, PrivateEc2S3Access, RemoteAccess } from '../../src';
import { roleArnOf } from '../../src/private/portable-arns';
import { AccessList, WorkloadRole } from '../support/parts';
import { required } from '../support/required';
import {
  TYPE,
  annotationsWith,
  bucketStatementsOf,
  bySid,
  errorOf,
  idsOf,
  logicalId,
  newStack,
  oneBucket,
  only,
  resources,
  sids,
  statements,
  workload,
} from '../support/resources';

const NOT_TOUCHED = 'are not touched, because another stack or account owns it';
const EC2 = { assumedBy: new ServicePrincipal('ec2.amazonaws.com') };
const THEIR_ARN = 'arn:aws:iam::111122223333:role/their/path/Workload';

describe('a role of the same stack', () => {
  const adopt = () => {
    const stack = newStack();
    const role = new Role(stack, 'Theirs', EC2);
    const app = workload(stack, { role });
    return { stack, role, app, template: Template.fromStack(stack) };
  };

  test('gets managed policies', () => {
    const { stack, role, template } = adopt();
    expect(only(template, TYPE.managedPolicy).Properties.Roles).toEqual([stack.resolve(role.roleName)]);
    expect(sids(statements(template, TYPE.managedPolicy))).toEqual(
      expect.arrayContaining(['ReadWriteObjects', 'DenyCredentialsOutsideVpc']),
    );
  });

  test('is the only role', () => {
    const { stack, role, app, template } = adopt();
    expect(idsOf(template, TYPE.role)).toEqual([logicalId(stack, role.roleName)]);
    expect(app.role).toBe(role);
  });

  test('is the one that endpoint and bucket know', () => {
    const { stack, role, app, template } = adopt();
    const expected = [stack.resolve(role.roleArn)];
    expect(bySid(statements(template, TYPE.endpoint), 'ReadWriteObjects').Condition?.ArnEquals).toEqual({
      'aws:PrincipalArn': expected,
    });
    expect(
      bySid(bucketStatementsOf(stack, template, app.dataBucket('UserData').bucketName), 'DenyObjectsToOthers').Condition
        ?.ArnNotLike,
    ).toEqual({ 'aws:PrincipalArn': expected });
  });

  test('leaves nothing to its owner', () => {
    const { stack, app } = adopt();
    expect(required(app, 'ROLE')).toEqual([]);
    expect(annotationsWith(stack, NOT_TOUCHED)).toEqual([]);
  });

  test('gets the permissions of Session Manager too', () => {
    const stack = newStack();
    workload(stack, { role: new Role(stack, 'Theirs', EC2), remoteAccess: RemoteAccess.sessionManager() });
    expect(sids(statements(Template.fromStack(stack), TYPE.managedPolicy))).toContain('UseSessionManager');
  });
});

describe.each<[string, (stack: Stack) => IRole]>([
  ['an imported role', stack => Role.fromRoleArn(stack, 'Theirs', THEIR_ARN)],
  ['an imported role by its name', stack => Role.fromRoleName(stack, 'Theirs', 'Workload')],
  [
    'a role of another stack',
    stack => new Role(new Stack(stack.node.root as App, 'Identity'), 'Theirs', { ...EC2, roleName: 'Workload' }),
  ],
])('%s', (_, roleOf) => {
  const adopt = () => {
    const stack = newStack();
    const role = roleOf(stack);
    const app = workload(stack, {
      role,
      remoteAccess: RemoteAccess.sessionManager(),
      awsOwnedBuckets: [AwsOwnedBucket.ssmAgent()],
    });
    return { stack, role, app, template: Template.fromStack(stack) };
  };

  test('gets no policy', () => {
    const { template } = adopt();
    [TYPE.managedPolicy, 'AWS::IAM::Policy', 'AWS::IAM::RolePolicy'].forEach(type => template.resourceCountIs(type, 0));
  });

  test('is the role of the instance, of the endpoint and of the bucket', () => {
    const { stack, role, app, template } = adopt();
    expect(only(template, 'AWS::IAM::InstanceProfile').Properties.Roles).toEqual([stack.resolve(role.roleName)]);
    const s3 = Object.values(resources(template, TYPE.endpoint)).find(
      ({ Properties }) => Properties.VpcEndpointType === 'Gateway',
    );
    const arn = stack.resolve(roleArnOf(role)) as unknown;
    expect(JSON.stringify(s3?.Properties.PolicyDocument)).toContain(JSON.stringify(arn));
    expect(
      bySid(bucketStatementsOf(stack, template, app.dataBucket('UserData').bucketName), 'DenyObjectsToOthers').Condition
        ?.ArnNotLike,
    ).toEqual({ 'aws:PrincipalArn': [arn] });
  });

  test('shows its owner what to attach', () => {
    const { app } = adopt();
    expect(
      required(app, 'ROLE')
        .map(({ sid }) => sid)
        .sort(),
    ).toEqual([
      'DenyCredentialsOutsideInstance',
      'DenyCredentialsOutsideVpc',
      'ListDataBuckets',
      'ReadAwsOwnedBuckets',
      'ReadWriteObjects',
      'UseKeysOfDataBuckets',
      'UseSessionManager',
    ]);
  });

  test('says so in an annotation, with the statements', () => {
    const { stack } = adopt();
    const [text, ...others] = annotationsWith(stack, NOT_TOUCHED);
    expect(others).toEqual([]);
    [
      'Training/App/AdoptedRole: ',
      '"Sid":"ReadWriteObjects"',
      '"Sid":"UseSessionManager"',
      '"Sid":"DenyCredentialsOutsideVpc"',
    ].forEach(part => expect(text).toContain(part));
  });
});

describe('an imported role by its ARN', () => {
  test('is compared with its path', () => {
    const stack = newStack();
    workload(stack, { role: Role.fromRoleArn(stack, 'Theirs', THEIR_ARN) });
    expect(
      bySid(statements(Template.fromStack(stack), TYPE.endpoint), 'ReadWriteObjects').Condition?.ArnEquals,
    ).toEqual({ 'aws:PrincipalArn': [THEIR_ARN] });
  });
});

describe('a WorkloadRole without an access list', () => {
  const adopt = () => {
    const stack = newStack();
    const permissionsBoundary = ManagedPolicy.fromManagedPolicyName(stack, 'Boundary', 'Boundary');
    const role = new WorkloadRole(stack, 'Theirs', { roleName: 'Worker', path: '/myapp/', permissionsBoundary });
    const app = workload(stack, { role });
    return { stack, role, app, template: Template.fromStack(stack) };
  };

  test('has the name, path and boundary that it was made with, and is the only role', () => {
    const { stack, template, role } = adopt();
    expect(only(template, TYPE.role).Properties).toMatchObject({ RoleName: 'Worker', Path: '/myapp/' });
    expect(JSON.stringify(only(template, TYPE.role).Properties.PermissionsBoundary)).toContain('policy/Boundary');
    expect(idsOf(template, TYPE.role)).toEqual([logicalId(stack, role.roleName)]);
  });

  test('follows the access list of the workload', () => {
    const { stack, app, role, template } = adopt();
    expect(sids(statements(template, TYPE.managedPolicy))).toEqual(
      expect.arrayContaining(['ReadWriteObjects', 'DenyCredentialsOutsideVpc']),
    );
    expect(only(template, TYPE.managedPolicy).Properties.Roles).toEqual([stack.resolve(role.roleName)]);
    expect(required(app, 'ROLE')).toEqual([]);
  });

  test('warns of grants around the list, as the one that is made by default', () => {
    const stack = newStack();
    const role = new WorkloadRole(stack, 'Theirs');
    const app = workload(stack, { role, proveAtSynthesis: false });
    app.dataBucket('UserData').grantDelete(role);
    expect(annotationsWith(stack, 'granted around the access list')).toHaveLength(1);
  });

  test('is refused at synthesis where nothing gets it', () => {
    const stack = newStack();
    new WorkloadRole(stack, 'Theirs');
    expect(errorOf(() => Template.fromStack(stack))).toMatch(
      /Training\/Theirs: accessList: got nothing, allowed: .*, fix: pass the role as its role prop/,
    );
  });
});

describe('a permissions boundary of the scope', () => {
  test('holds the role that is made by default, too', () => {
    const stack = newStack();
    PermissionsBoundary.of(stack).apply(ManagedPolicy.fromManagedPolicyName(stack, 'Boundary', 'Boundary'));
    workload(stack);
    expect(JSON.stringify(only(Template.fromStack(stack), TYPE.role).Properties.PermissionsBoundary)).toContain(
      'policy/Boundary',
    );
  });
});

describe.each<[string, RegExp, (stack: Stack) => IRole]>([
  [
    'a WorkloadRole with a list of its own',
    /allowed: a role of no other workload/,
    stack => new WorkloadRole(stack, 'Theirs', { accessList: new AccessList() }),
  ],
  ['the role of another workload', /allowed: a role of no other workload/, stack => workload(stack).role],
  [
    'a WorkloadRole of another stack',
    /allowed: a role of the stack Training/,
    stack => new WorkloadRole(new Stack(stack.node.root as App, 'Identity'), 'Theirs'),
  ],
])('%s', (_, error, roleOf) => {
  test('is refused', () => {
    const stack = newStack();
    const role = roleOf(stack);
    expect(errorOf(() => new PrivateEc2S3Access(stack, 'Other', { role, dataBuckets: oneBucket() }))).toMatch(error);
  });
});
