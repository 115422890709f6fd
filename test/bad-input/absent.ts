import { Role } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { BadInput, says } from './bad-input';
import {
  AwsOwnedBucket,
  BucketAccess,
  Compute,
  DataBucketPolicy,
  DataBucketSource,
  DataEncryption,
  Guardrail,
  OnPremisesAccess,
  PerimeterExemption,
  PrivateEc2S3Access,
  RemoteAccess,
  RemoteWorkload,
  S3EndpointMode,
  WorkloadsOuGuardrails,
} from '../../src';
import {
  AccessList,
  DataBucket,
  DataKey,
  PrivateFleet,
  PrivateInstance,
  S3Endpoint,
  WorkloadRole,
} from '../support/parts';
import { importedVpc, newStack, oneBucket, workload } from '../support/resources';

/** What an environment variable is that nobody set, and what other languages send for nothing. */
const UNSET = undefined as unknown as string;
const NULL = null as unknown as string;
const nothing = <T>() => undefined as unknown as T;
const NOTHING = 'nothing';
const EMPTY = '""';

const access = [BucketAccess.readOnly()];
const ROLE_ARN = 'arn:aws:iam::111122223333:role/workloads/Reader';
const TARGETS = { targetIds: ['ou-ab12-11111111'] };
const ORGANIZATION = { organizationId: 'o-a1b2c3d4e5' };

function absent(
  name: string,
  act: () => unknown,
  where: string,
  ...problems: Array<[prop: string, got: string]>
): BadInput {
  return { name: `${name}, absent`, act, error: problems.map(([prop, got]) => says(where, prop, got)) };
}

const GUARDRAILS: readonly BadInput[] = [
  absent(
    'the organization of guardrails from a variable that is not set',
    () => new WorkloadsOuGuardrails(newStack(), 'G', { ...TARGETS, organizationId: UNSET }),
    'Training/G',
    ['organizationId', NOTHING],
  ),
  absent(
    'the organization of guardrails as an empty text',
    () => new WorkloadsOuGuardrails(newStack(), 'G', { ...TARGETS, organizationId: '' }),
    'Training/G',
    ['organizationId', EMPTY],
  ),
  absent(
    'the targets of guardrails',
    () => new WorkloadsOuGuardrails(newStack(), 'G', { ...ORGANIZATION, targetIds: nothing() }),
    'Training/G',
    ['targetIds', NOTHING],
  ),
  absent(
    'a target of guardrails',
    () => new WorkloadsOuGuardrails(newStack(), 'G', { ...ORGANIZATION, targetIds: [UNSET] }),
    'Training/G',
    ['targetIds', NOTHING],
  ),
  absent(
    'an empty target of guardrails beside a good one',
    () => new WorkloadsOuGuardrails(newStack(), 'G', { ...ORGANIZATION, targetIds: [...TARGETS.targetIds, ''] }),
    'Training/G',
    ['targetIds', EMPTY],
  ),
  absent(
    'a role that guardrails exempt',
    () => new WorkloadsOuGuardrails(newStack(), 'G', { ...ORGANIZATION, ...TARGETS, exemptRoleArns: [UNSET] }),
    'Training/G',
    ['exemptRoleArns', NOTHING],
  ),
  absent(
    'the name of a deployment role',
    () => new WorkloadsOuGuardrails(newStack(), 'G', { ...ORGANIZATION, ...TARGETS, deploymentRoleNames: [''] }),
    'Training/G',
    ['deploymentRoleNames', EMPTY],
  ),
  absent(
    'a workload role of guardrails',
    () => new WorkloadsOuGuardrails(newStack(), 'G', { ...ORGANIZATION, ...TARGETS, workloadRoleArns: [NULL] }),
    'Training/G',
    ['workloadRoleArns', NOTHING],
  ),
  absent(
    'a trusted account of guardrails',
    () =>
      new WorkloadsOuGuardrails(newStack(), 'G', {
        ...ORGANIZATION,
        ...TARGETS,
        resourceControl: { trustedAccounts: [UNSET] },
      }),
    'Training/G',
    ['resourceControl.trustedAccounts', NOTHING],
  ),
  absent(
    'the props of guardrails',
    () => new WorkloadsOuGuardrails(newStack(), 'G', nothing()),
    'Training/G',
    ['organizationId', NOTHING],
    ['targetIds', NOTHING],
  ),
  absent('the roles of a guardrail', () => Guardrail.exempting(nothing()), 'Guardrail.exempting', [
    'roleArns',
    NOTHING,
  ]),
  absent('a role of a guardrail', () => Guardrail.exempting([NULL]), 'Guardrail.exempting', ['roleArns', NOTHING]),
];

const BOUNDARIES: readonly BadInput[] = [
  absent(
    'the organization from a variable that is not set',
    () => workload(newStack(), { organization: { organizationId: UNSET } }),
    'Training/App',
    ['organization.organizationId', NOTHING],
  ),
  absent(
    'the organization as null',
    () => workload(newStack(), { organization: { organizationId: NULL } }),
    'Training/App',
    ['organization.organizationId', NOTHING],
  ),
  absent(
    'the organization as an empty text',
    () => workload(newStack(), { organization: { organizationId: '' } }),
    'Training/App',
    ['organization.organizationId', EMPTY],
  ),
  absent(
    'an account of the organization',
    () => workload(newStack(), { organization: { ...ORGANIZATION, accounts: [UNSET] } }),
    'Training/App',
    ['organization.accounts', NOTHING],
  ),
  absent(
    'a unit of the organization',
    () => workload(newStack(), { organization: { ...ORGANIZATION, organizationalUnitPaths: [UNSET] } }),
    'Training/App',
    ['organization.organizationalUnitPaths', NOTHING],
  ),
  absent(
    'the organization of an access list',
    () => new AccessList({ organization: { organizationId: UNSET } }),
    'AccessList',
    ['organization.organizationId', NOTHING],
  ),
  absent('an exemption in the list', () => workload(newStack(), { perimeterExemptions: [nothing()] }), 'Training/App', [
    'perimeterExemptions',
    NOTHING,
  ]),
  absent('the ARN of an exempt role', () => PerimeterExemption.roleArn(UNSET), 'PerimeterExemption.roleArn', [
    'roleArn',
    NOTHING,
  ]),
  absent(
    'the ARN of an exempt role as an empty text',
    () => PerimeterExemption.roleArn(''),
    'PerimeterExemption.roleArn',
    ['roleArn', EMPTY],
  ),
  absent('an exempt role', () => PerimeterExemption.role(nothing()), 'PerimeterExemption.role', ['role', NOTHING]),
  absent(
    'an exempt permission set',
    () => PerimeterExemption.permissionSet(UNSET),
    'PerimeterExemption.permissionSet',
    ['name', NOTHING],
  ),
  absent(
    'an exempt permission set as an empty text',
    () => PerimeterExemption.permissionSet(''),
    'PerimeterExemption.permissionSet',
    ['name', EMPTY],
  ),
  absent('the id of an endpoint', () => new AccessList().addVpcEndpoint(UNSET), 'AccessList.addVpcEndpoint', [
    'vpcEndpointId',
    NOTHING,
  ]),
  absent(
    'the id of an endpoint as an empty text',
    () => new AccessList().addVpcEndpoint(''),
    'AccessList.addVpcEndpoint',
    ['vpcEndpointId', EMPTY],
  ),
  absent('a bucket of AWS in the list', () => workload(newStack(), { awsOwnedBuckets: [nothing()] }), 'Training/App', [
    'awsOwnedBuckets',
    NOTHING,
  ]),
  absent(
    'the options of a bucket of AWS',
    () => AwsOwnedBucket.custom(nothing()),
    'AwsOwnedBucket.custom',
    ['purpose', NOTHING],
    ['signedByRole', NOTHING],
    ['bucketNames', 'an empty list'],
  ),
  absent(
    'the name of a bucket of AWS',
    () => AwsOwnedBucket.custom({ purpose: 'Packages', signedByRole: true, bucketNames: [UNSET] }),
    'AwsOwnedBucket.custom',
    ['bucketNames', NOTHING],
  ),
  absent(
    'whether the role signs',
    () => AwsOwnedBucket.custom({ purpose: 'Packages', signedByRole: nothing(), bucketNames: ['vendor'] }),
    'AwsOwnedBucket.custom',
    ['signedByRole', NOTHING],
  ),
  absent('the qualifier of the bootstrap stack', () => AwsOwnedBucket.cdkAssets(''), 'AwsOwnedBucket.cdkAssets', [
    'qualifier',
    EMPTY,
  ]),
];

const BUCKETS: readonly BadInput[] = [
  absent(
    'the data buckets',
    () => new PrivateEc2S3Access(newStack(), 'App', { dataBuckets: nothing() }),
    'Training/App',
    ['dataBuckets', NOTHING],
  ),
  absent('the props of the workload', () => new PrivateEc2S3Access(newStack(), 'App', nothing()), 'Training/App', [
    'dataBuckets',
    NOTHING,
  ]),
  absent(
    'a data bucket',
    () => workload(newStack(), { dataBuckets: { ...oneBucket(), Other: nothing() } }),
    'Training/App',
    ['dataBuckets.Other', NOTHING],
  ),
  absent('the props of a new data bucket', () => DataBucketSource.create(nothing()), 'DataBucketSource.create', [
    'access',
    NOTHING,
  ]),
  absent(
    'the accesses of a new data bucket',
    () => DataBucketSource.create({ access: nothing() }),
    'DataBucketSource.create',
    ['access', NOTHING],
  ),
  absent(
    'an access of a new data bucket',
    () => DataBucketSource.create({ access: [nothing()] }),
    'DataBucketSource.create',
    ['access', NOTHING],
  ),
  absent(
    'the name of a new data bucket as an empty text',
    () => DataBucketSource.create({ access, bucketName: '' }),
    'DataBucketSource.create',
    ['bucketName', EMPTY],
  ),
  absent(
    'a bucket that exists, and its accesses',
    () => DataBucketSource.fromBucket(nothing(), nothing()),
    'DataBucketSource.fromBucket',
    ['bucket', NOTHING],
    ['access', NOTHING],
  ),
  absent(
    'the source of a data bucket that is added',
    () => workload(newStack()).addDataBucket('More', nothing()),
    'Training/App',
    ['dataBuckets.More', NOTHING],
  ),
  absent(
    'the id of a data bucket that is added',
    () => workload(newStack()).addDataBucket(UNSET, oneBucket().UserData),
    'Training/App',
    ['id', NOTHING],
  ),
  absent('the id of a data bucket that is looked for', () => workload(newStack()).dataBucket(UNSET), 'Training/App', [
    'id',
    NOTHING,
  ]),
  absent('the actions of an access', () => BucketAccess.of(nothing()), 'BucketAccess.of', ['actions', NOTHING]),
  absent('an action of an access', () => BucketAccess.of([UNSET]), 'BucketAccess.of', ['actions', NOTHING]),
  absent('the key of existing encryption', () => DataEncryption.existingKey(nothing()), 'DataEncryption.existingKey', [
    'key',
    NOTHING,
  ]),
  absent('the access list of a key', () => new DataKey(newStack(), 'Key', nothing()), 'Training/Key', [
    'accessList',
    NOTHING,
  ]),
  absent(
    'the access list of a data bucket',
    () => new DataBucket(newStack(), 'Data', { accessList: nothing() }),
    'Training/Data',
    ['accessList', NOTHING],
  ),
  absent(
    'the bucket and the workloads of a bucket policy',
    () => new DataBucketPolicy(newStack(), 'Policy', nothing()),
    'Training/Policy',
    ['bucket', NOTHING],
    ['workloads', NOTHING],
  ),
  absent(
    'a workload of a bucket policy',
    () => {
      const stack = newStack();
      return new DataBucketPolicy(stack, 'Policy', { bucket: new Bucket(stack, 'Shared'), workloads: [nothing()] });
    },
    'Training/Policy',
    ['workloads', NOTHING],
  ),
  absent(
    'the role of a remote workload',
    () => RemoteWorkload.fromAttributes({ access, roleArn: UNSET }),
    'RemoteWorkload.fromAttributes',
    ['roleArn', NOTHING],
  ),
  absent(
    'an endpoint of a remote workload',
    () => RemoteWorkload.fromAttributes({ access, roleArn: ROLE_ARN, vpcEndpointIds: [UNSET] }),
    'RemoteWorkload.fromAttributes',
    ['vpcEndpointIds', NOTHING],
  ),
  absent(
    'the account of the endpoint of a remote workload',
    () => RemoteWorkload.fromAttributes({ access, roleArn: ROLE_ARN, vpcEndpointAccount: '' }),
    'RemoteWorkload.fromAttributes',
    ['vpcEndpointAccount', EMPTY],
  ),
  absent(
    'the workload and the id of its bucket',
    () => RemoteWorkload.fromWorkload(nothing(), nothing()),
    'RemoteWorkload.fromWorkload',
    ['workload', NOTHING],
    ['id', NOTHING],
  ),
  absent('the workload whose endpoint is shared', () => S3EndpointMode.shared(nothing()), 'S3EndpointMode.shared', [
    'other',
    NOTHING,
  ]),
  absent(
    'the key of the tag',
    () =>
      RemoteWorkload.fromPrincipalTag({
        access: [BucketAccess.readWrite('teams/')],
        accounts: ['111122223333'],
        organization: ORGANIZATION,
        tagKey: UNSET,
      }),
    'RemoteWorkload.fromPrincipalTag',
    ['tagKey', NOTHING],
  ),
  absent(
    'the organization and an account of tagged workloads',
    () =>
      RemoteWorkload.fromPrincipalTag({
        access: [BucketAccess.readWrite('teams/')],
        accounts: [UNSET],
        organization: nothing(),
        tagKey: 'team',
      }),
    'RemoteWorkload.fromPrincipalTag',
    ['accounts', NOTHING],
    ['organization', NOTHING],
  ),
  absent(
    'what is granted',
    () => new AccessList().allow(nothing()),
    'AccessList.allow',
    ['access', NOTHING],
    ['bucket', NOTHING],
    ['role', NOTHING],
  ),
  absent(
    'the asset that is granted',
    () => new AccessList().allowAsset({ asset: nothing(), role: new WorkloadRole(newStack(), 'Role') }),
    'AccessList.allowAsset',
    ['asset', NOTHING],
  ),
];

const PARTS: readonly BadInput[] = [
  absent(
    'the options of a fleet',
    () => Compute.fleet(nothing()),
    'Compute.fleet',
    ['minCapacity', NOTHING],
    ['maxCapacity', NOTHING],
  ),
  absent('the capacity of a fleet', () => Compute.fleet({ minCapacity: 1, maxCapacity: nothing() }), 'Compute.fleet', [
    'maxCapacity',
    NOTHING,
  ]),
  absent(
    'a type of a fleet',
    () => Compute.fleet({ minCapacity: 1, maxCapacity: 2, mixedInstances: { instanceTypes: [nothing(), nothing()] } }),
    'Compute.fleet',
    ['mixedInstances.instanceTypes', NOTHING],
    ['mixedInstances.instanceTypes', NOTHING],
  ),
  absent(
    'the place of an instance',
    () => new PrivateInstance(newStack(), 'Instance', nothing()),
    'Training/Instance',
    ['role', NOTHING],
    ['s3Endpoint', NOTHING],
    ['vpc', NOTHING],
  ),
  absent(
    'the place of a fleet',
    () => new PrivateFleet(newStack(), 'Fleet', { minCapacity: 1, maxCapacity: 2 } as never),
    'Training/Fleet',
    ['role', NOTHING],
    ['s3Endpoint', NOTHING],
    ['vpc', NOTHING],
  ),
  absent(
    'the gateway endpoint that exists',
    () => S3EndpointMode.fromGatewayEndpoint(nothing()),
    'S3EndpointMode.fromGatewayEndpoint',
    ['endpoint', NOTHING],
  ),
  absent(
    'the interface endpoint that exists',
    () => S3EndpointMode.fromInterfaceEndpoint(nothing()),
    'S3EndpointMode.fromInterfaceEndpoint',
    ['endpoint', NOTHING],
  ),
  absent(
    'the access list of an endpoint',
    () => {
      const stack = newStack();
      return new S3Endpoint(stack, 'S3', { vpc: importedVpc(stack), accessList: nothing() });
    },
    'Training/S3',
    ['accessList', NOTHING],
  ),
  absent(
    'the VPC of an endpoint',
    () => new S3Endpoint(newStack(), 'S3', { accessList: new AccessList(), vpc: nothing() }),
    'Training/S3',
    ['vpc', NOTHING],
  ),
  absent(
    'the statement of an endpoint',
    () => {
      const stack = newStack();
      return new S3Endpoint(stack, 'S3', { vpc: importedVpc(stack), accessList: new AccessList() }).addToPolicy(
        nothing(),
      );
    },
    'Training/S3',
    ['statement', NOTHING],
  ),
  absent(
    'a security group of an endpoint',
    () => S3EndpointMode.interfaceEndpoint({ securityGroups: [nothing()] }),
    'S3EndpointMode.interfaceEndpoint',
    ['securityGroups', NOTHING],
  ),
  absent(
    'the Region of an endpoint',
    () => S3EndpointMode.interfaceEndpoint({ serviceRegion: '' }),
    'S3EndpointMode.interfaceEndpoint',
    ['serviceRegion', EMPTY],
  ),
  absent(
    'the role and the options of on-premises networks',
    () => OnPremisesAccess.fromRole(nothing(), nothing()),
    'OnPremisesAccess.fromRole',
    ['role', NOTHING],
    ['access', NOTHING],
    ['networks', NOTHING],
  ),
  absent(
    'an on-premises network',
    () =>
      OnPremisesAccess.fromRole(Role.fromRoleArn(newStack(), 'Role', ROLE_ARN), {
        access: { UserData: access },
        networks: [UNSET],
      }),
    'OnPremisesAccess.fromRole',
    ['networks', NOTHING],
  ),
  absent(
    'an access of on-premises networks',
    () =>
      OnPremisesAccess.fromRole(Role.fromRoleArn(newStack(), 'Role', ROLE_ARN), {
        access: { UserData: nothing() },
        networks: ['192.168.0.0/16'],
      }),
    'OnPremisesAccess.fromRole',
    ['access.UserData', NOTHING],
  ),
  absent(
    'the prefix of session logs',
    () =>
      RemoteAccess.sessionManager({
        logBucket: Bucket.fromBucketName(newStack(), 'Logs', 'logs'),
        logBucketPrefix: '',
      }),
    'RemoteAccess.sessionManager',
    ['logBucketPrefix', EMPTY],
  ),
  absent(
    'the name of a role as an empty text',
    () => new WorkloadRole(newStack(), 'Role', { roleName: '' }),
    'Training/Role',
    ['roleName', EMPTY],
  ),
  absent(
    'the scope',
    () => new PrivateEc2S3Access(nothing(), 'App', { dataBuckets: oneBucket() }),
    'PrivateEc2S3Access',
    ['scope', NOTHING],
  ),
  absent(
    'the id',
    () => new PrivateEc2S3Access(newStack(), UNSET, { dataBuckets: oneBucket() }),
    'PrivateEc2S3Access',
    ['id', NOTHING],
  ),
  absent(
    'scope, id and props',
    () => new WorkloadsOuGuardrails(nothing(), '', nothing()),
    'WorkloadsOuGuardrails',
    ['scope', NOTHING],
    ['id', EMPTY],
    ['organizationId', NOTHING],
    ['targetIds', NOTHING],
  ),
];

/** What is required and not there: it must neither open something nor deny everything. */
export const ABSENTS: readonly BadInput[] = [...GUARDRAILS, ...BOUNDARIES, ...BUCKETS, ...PARTS];
