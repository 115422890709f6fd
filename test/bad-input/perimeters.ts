import { Role } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { BadInput, line } from './bad-input';
import {
  BucketAccess,
  DataBucketPolicy,
  OrganizationBoundary,
  PerimeterExemption,
  RemoteWorkload,
  RemoteWorkloadAttributes,
  TaggedWorkloadsAttributes,
} from '../../src';
import { AccessList, DataBucket, WorkloadRole } from '../support/parts';
import { newStack, workload } from '../support/resources';

const ID = 'o-a1b2c3d4e5';
const ID_ALLOWED: [string, string] = [
  'o- and 10 to 32 lower-case letters or digits',
  'copy the id from the Organizations console',
];
const PATH_ALLOWED: [string, string] = [
  'a path such as o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/',
  'write organization, root and units, each followed by a slash',
];

function organization(
  name: string,
  value: OrganizationBoundary,
  ...problems: [prop: string, got: string, allowed: string, fix: string][]
): BadInput {
  return {
    name,
    act: () => workload(newStack(), { organization: value }),
    error: problems.map(([prop, ...rest]) => line('Training/App', `organization.${prop}`, ...rest)),
  };
}

const unit = (name: string, path: string) =>
  organization(`a path of units ${name}`, { organizationId: ID, organizationalUnitPaths: [path] }, [
    'organizationalUnitPaths',
    JSON.stringify(path),
    ...PATH_ALLOWED,
  ]);

const id = (name: string, organizationId: string) =>
  organization(`an organization id ${name}`, { organizationId }, [
    'organizationId',
    JSON.stringify(organizationId),
    ...ID_ALLOWED,
  ]);

const ORGANIZATIONS: readonly BadInput[] = [
  id('without its beginning', 'a1b2c3d4e5'),
  id('that is too short', 'o-a1b2'),
  id('with capitals', 'o-A1B2C3D4E5'),
  id('with a wildcard', 'o-*'),
  id('of a unit', 'ou-ab12-11111111'),
  id('of nothing', ''),
  unit('without the organization', 'r-ab12/ou-ab12-11111111/'),
  unit('without a slash at the end', 'o-a1b2c3d4e5/r-ab12/ou-ab12-11111111'),
  unit('without the root', 'o-a1b2c3d4e5/ou-ab12-11111111/'),
  unit('with a wildcard', 'o-a1b2c3d4e5/*'),
  unit('of a unit id alone', 'ou-ab12-11111111'),
  organization(
    'a path of another organization',
    { organizationId: ID, organizationalUnitPaths: ['o-zzzzzzzzzz/r-ab12/'] },
    [
      'organizationalUnitPaths',
      '"o-zzzzzzzzzz/r-ab12/"',
      `paths of the organization ${ID}`,
      'name the units of that organization',
    ],
  ),
  organization('an empty list of units', { organizationId: ID, organizationalUnitPaths: [] }, [
    'organizationalUnitPaths',
    'an empty list',
    'one path or more',
    'leave it out to allow every unit of the organization',
  ]),
  organization(
    'an organization with two faults, both in one error',
    { organizationId: 'mine', organizationalUnitPaths: ['everything'] },
    ['organizationId', '"mine"', ...ID_ALLOWED],
    ['organizationalUnitPaths', '"everything"', ...PATH_ALLOWED],
  ),
  organization('an account id of an organization that is too short', { organizationId: ID, accounts: ['1111'] }, [
    'accounts',
    '"1111"',
    'account ids of 12 digits',
    'copy the ids from the Organizations console, as texts',
  ]),
  organization('an empty list of accounts', { organizationId: ID, accounts: [] }, [
    'accounts',
    'an empty list',
    'one account or more',
    'leave it out to allow every account',
  ]),
  {
    name: 'a stack outside the accounts of the organization',
    act: () =>
      workload(newStack({ account: '444455556666', region: 'eu-west-1' }), {
        organization: { organizationId: ID, accounts: ['111122223333'] },
      }),
    error: [
      line(
        'Training/App',
        'organization.accounts',
        '"111122223333"',
        'a list with the account of the stack, 444455556666',
        'deploy the stack to one of these accounts, or add its account to the list',
      ),
    ],
  },
  {
    name: 'a role of a stack outside the accounts of the organization',
    act: () => {
      const stack = newStack({ account: '444455556666', region: 'eu-west-1' });
      const accessList = new AccessList({ organization: { organizationId: ID, accounts: ['111122223333'] } });
      const { bucket } = new DataBucket(stack, 'Data', { accessList });
      accessList.allow({
        role: new WorkloadRole(stack, 'Role', { accessList }),
        bucket,
        access: [BucketAccess.readOnly()],
      });
    },
    error: [
      line(
        'Training/Data/Bucket',
        'organization.accounts',
        '"111122223333"',
        'a list with the account of the stack, 444455556666',
        'deploy the stack to one of these accounts, or add its account to the list',
      ),
    ],
  },
  {
    name: 'a bad organization on an access list',
    act: () => new AccessList({ organization: { organizationId: 'mine' } }),
    error: [line('AccessList', 'organization.organizationId', '"mine"', ...ID_ALLOWED)],
  },
];

function roleArn(name: string, value: string): BadInput {
  return {
    name: `an exempt role ${name}`,
    act: () => PerimeterExemption.roleArn(value),
    error: [
      line(
        'PerimeterExemption.roleArn',
        'roleArn',
        JSON.stringify(value),
        'the exact ARN of a role, with its path and without wildcards',
        'name the role, not a session of it, as in arn:aws:iam::111122223333:role/path/Name',
      ),
    ],
  };
}

function permissionSet(name: string, value: string): BadInput {
  return {
    name: `a permission set ${name}`,
    act: () => PerimeterExemption.permissionSet(value),
    error: [
      line(
        'PerimeterExemption.permissionSet',
        'name',
        JSON.stringify(value),
        '1 to 32 letters, digits and any of _+=,.@-',
        'write the name of the permission set as Identity Center shows it',
      ),
    ],
  };
}

const EXEMPTIONS: readonly BadInput[] = [
  roleArn('by the ARN of its session', 'arn:aws:sts::111122223333:assumed-role/Backup/session'),
  roleArn('with a wildcard', 'arn:aws:iam::111122223333:role/*'),
  roleArn('with a wildcard for one letter', 'arn:aws:iam::111122223333:role/Backu?'),
  roleArn('of every account', 'arn:aws:iam::*:role/Backup'),
  roleArn('that is a user', 'arn:aws:iam::111122223333:user/dev'),
  roleArn('that is the whole account', 'arn:aws:iam::111122223333:root'),
  roleArn('by its name', 'Backup'),
  roleArn('with a policy variable', 'arn:aws:iam::111122223333:role/${aws:username}'),
  roleArn('of everybody', '*'),
  roleArn('of nothing', ''),
  permissionSet('of nothing', ''),
  permissionSet('with a wildcard', 'Break*'),
  permissionSet('with a slash', 'Break/Glass'),
  permissionSet('with a space', 'Break Glass'),
  permissionSet('with a policy variable', '${x}'),
  permissionSet('of 33 characters', 'x'.repeat(33)),
  permissionSet('by its ARN', 'arn:aws:sso:::permissionSet/ssoins-1111/ps-1111'),
  {
    name: 'an exempt role that was imported with a wildcard',
    act: () => PerimeterExemption.role(Role.fromRoleArn(newStack(), 'Any', 'arn:aws:iam::111122223333:role/team/*')),
    error: [/^PerimeterExemption\.role: role(Arn)?: got .*role\/team\/\*.*, allowed: .*without wildcards, fix: /],
  },
];

const REMOTE = { roleArn: 'arn:aws:iam::444455556666:role/myapp/Worker', access: [BucketAccess.readOnly()] };

function remote(name: string, attributes: Partial<RemoteWorkloadAttributes>, ...error: RegExp[]): BadInput {
  return {
    name: `a remote workload ${name}`,
    act: () => RemoteWorkload.fromAttributes({ ...REMOTE, ...attributes }),
    error,
  };
}

const REMOTES: readonly BadInput[] = [
  remote(
    'without access',
    { access: [] },
    /^RemoteWorkload\.fromAttributes: access: got an empty list, allowed: one BucketAccess or more/,
  ),
  remote(
    'whose role is the whole account',
    { roleArn: 'arn:aws:iam::444455556666:root' },
    /: roleArn: got ".*:root", allowed: the exact ARN of a role/,
  ),
  remote(
    'whose role has a wildcard',
    { roleArn: 'arn:aws:iam::444455556666:role/*' },
    /: roleArn: got .*, allowed: .*without wildcards/,
  ),
  remote(
    'whose role is a session',
    { roleArn: 'arn:aws:sts::444455556666:assumed-role/Worker/i-1' },
    /: roleArn: got .*, allowed: the exact ARN of a role/,
  ),
  remote(
    'with a VPC as its endpoint',
    { vpcEndpointIds: ['vpc-0123456789abcdef0'] },
    /: vpcEndpointIds: got "vpc-.*", allowed: ids of VPC endpoints/,
  ),
  remote('with any endpoint', { vpcEndpointIds: ['*'] }, /: vpcEndpointIds: got "\*", allowed: ids of VPC endpoints/),
  remote(
    'whose endpoint is in any account',
    { vpcEndpointAccount: '*' },
    /: vpcEndpointAccount: got "\*", allowed: an account id of twelve digits/,
  ),
  remote(
    'with two faults, both in one error',
    { access: [], vpcEndpointAccount: 'mine' },
    /: access: got an empty list/,
    /: vpcEndpointAccount: got "mine"/,
  ),
];

const TAGGED: TaggedWorkloadsAttributes = {
  access: [BucketAccess.readOnly('teams/')],
  accounts: ['444455556666'],
  organization: { organizationId: ID },
  tagKey: 'team',
};

function tagged(name: string, attributes: Partial<TaggedWorkloadsAttributes>, ...error: RegExp[]): BadInput {
  return {
    name: `tagged workloads ${name}`,
    act: () => RemoteWorkload.fromPrincipalTag({ ...TAGGED, ...attributes }),
    error,
  };
}

const TAGGED_WORKLOADS: readonly BadInput[] = [
  tagged(
    'without access',
    { access: [] },
    /^RemoteWorkload\.fromPrincipalTag: access: got an empty list, allowed: one BucketAccess or more/,
  ),
  tagged(
    'in the whole bucket',
    { access: [BucketAccess.readOnly()] },
    /: access: got ".*s3:GetObject, .*", allowed: accesses with a prefix/,
  ),
  tagged('of no account', { accounts: [] }, /: accounts: got an empty list, allowed: one account or more/),
  tagged('of any account', { accounts: ['*'] }, /: accounts: got "\*", allowed: account ids of 12 digits/),
  tagged(
    'of an account outside the organization',
    { organization: { organizationId: ID, accounts: ['111122223333'] } },
    /: accounts: got "444455556666", allowed: accounts of the organization boundary: 111122223333, fix: /,
  ),
  tagged(
    'of any organization',
    { organization: { organizationId: 'o-*' } },
    /: organization\.organizationId: got "o-\*", allowed: o- and 10 to 32/,
  ),
  tagged(
    'with a variable in the key of the tag',
    { tagKey: 'team}/${aws:username' },
    /: tagKey: got ".*", allowed: 1 to 128 letters/,
  ),
  tagged(
    'with a tag of AWS',
    { tagKey: 'aws:cloudformation:stack-name' },
    /: tagKey: got ".*", allowed: .*not beginning with aws:/,
  ),
  tagged('without a tag', { tagKey: '' }, /: tagKey: got "", allowed: 1 to 128 letters/),
  tagged(
    'with a path without its slashes',
    { rolePath: 'workloads' },
    /: rolePath: got "workloads", allowed: the path of roles, with a slash at both ends/,
  ),
  tagged(
    'with a wildcard as their path',
    { rolePath: '/*/' },
    /: rolePath: got "\/\*\/", allowed: .*without wildcards/,
  ),
  tagged(
    'with a VPC as their endpoint',
    { vpcEndpointIds: ['vpc-0123456789abcdef0'] },
    /: vpcEndpointIds: got "vpc-.*", allowed: ids of VPC endpoints/,
  ),
  tagged(
    'with two faults, both in one error',
    { accounts: [], tagKey: '' },
    /: accounts: got an empty list/,
    /: tagKey: got ""/,
  ),
  {
    name: 'tagged workloads of the account of the bucket',
    act: () => {
      const stack = newStack({ account: '444455556666', region: 'eu-west-1' });
      const bucket = new Bucket(stack, 'Shared');
      return new DataBucketPolicy(stack, 'Policy', { bucket, workloads: [RemoteWorkload.fromPrincipalTag(TAGGED)] });
    },
    error: [
      /^Training\/Policy: workloads: got "444455556666", allowed: tagged roles of other accounts: .*, fix: leave the account of the bucket out/,
    ],
  },
];

/** Perimeters that would not hold. */
export const PERIMETERS: readonly BadInput[] = [...ORGANIZATIONS, ...EXEMPTIONS, ...REMOTES, ...TAGGED_WORKLOADS];
