import { CfnParameter } from 'aws-cdk-lib';
import {
  GatewayVpcEndpoint,
  InstanceType,
  InterfaceVpcEndpoint,
  IVpc,
  MachineImage,
  PrefixList,
  SecurityGroup,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { bad, BadInput } from './bad-input';
import {
  AwsOwnedBucket,
  BucketAccess,
  Compute,
  DataBucketSource,
  DataEncryption,
  OnPremisesAccess,
  PerimeterExemption,
  RemoteAccess,
  RemoteWorkload,
  S3EndpointMode,
  WorkloadsOuGuardrails,
} from '../../src';
import { IRELAND, importedVpc, newStack, workload } from '../support/resources';

const access = [BucketAccess.readOnly()];
const ROLE_ARN = 'arn:aws:iam::111122223333:role/workloads/Reader';
const GUARDRAILS = { organizationId: 'o-a1b2c3d4e5', targetIds: ['ou-ab12-11111111'] };
const ORGANIZATION = { organizationId: 'o-a1b2c3d4e5' };

/** What programs write in the place of a variable that nobody set. */
const UNSET = `${process.env.A_VARIABLE_THAT_NOBODY_SETS}`;
const nothing = <T>() => undefined as T;

function interpolated(name: string, act: (text: string) => unknown, where: string, prop: string, text: string) {
  return bad(`${name} of a variable that is not set, ${text}`, () => act(text), where, prop, JSON.stringify(text));
}

const TEXTS: readonly BadInput[] = [
  ...[`arn:aws:iam::111122223333:role/${UNSET}`, 'arn:aws:iam::111122223333:role/team/None'].map(arn =>
    interpolated('an exempt role', PerimeterExemption.roleArn, 'PerimeterExemption.roleArn', 'roleArn', arn),
  ),
  ...[UNSET, 'null', 'None'].map(name =>
    interpolated(
      'a permission set',
      PerimeterExemption.permissionSet,
      'PerimeterExemption.permissionSet',
      'name',
      name,
    ),
  ),
  ...[`${UNSET}/`, 'teams/null/'].map(prefix =>
    interpolated('a prefix', BucketAccess.readOnly, 'BucketAccess.readOnly', 'prefix', prefix),
  ),
  interpolated(
    'the name of a data bucket',
    bucketName => DataBucketSource.create({ access, bucketName }),
    'DataBucketSource.create',
    'bucketName',
    `myapp-${UNSET}-data`,
  ),
  interpolated(
    'the key of a tag',
    tagKey =>
      RemoteWorkload.fromPrincipalTag({
        access: [BucketAccess.readWrite('teams/')],
        accounts: ['111122223333'],
        organization: ORGANIZATION,
        tagKey,
      }),
    'RemoteWorkload.fromPrincipalTag',
    'tagKey',
    UNSET,
  ),
  interpolated(
    'the role of a remote workload',
    roleArn => RemoteWorkload.fromAttributes({ roleArn, access }),
    'RemoteWorkload.fromAttributes',
    'roleArn',
    `arn:aws:iam::111122223333:role/${UNSET}`,
  ),
  interpolated(
    'the objects of a vendor',
    arn => AwsOwnedBucket.custom({ purpose: 'Vendor', signedByRole: false, objectArns: [arn] }),
    'AwsOwnedBucket.custom',
    'objectArns',
    `arn:aws:s3:::${UNSET}/*`,
  ),
  interpolated(
    'a deployment role of guardrails',
    name => new WorkloadsOuGuardrails(newStack(), 'G', { ...GUARDRAILS, deploymentRoleNames: [name] }),
    'Training/G',
    'deploymentRoleNames',
    UNSET,
  ),
];

function vpc(of: Partial<Parameters<typeof Vpc.fromVpcAttributes>[2]>): IVpc {
  return Vpc.fromVpcAttributes(newStack(), 'Theirs', {
    vpcId: 'vpc-1',
    vpcCidrBlock: '10.1.0.0/16',
    availabilityZones: ['a'],
    isolatedSubnetIds: ['subnet-1'],
    isolatedSubnetRouteTableIds: ['rtb-1'],
    ...of,
  });
}

/** What is imported by a value that is not there. */
const IMPORTS: readonly BadInput[] = [
  bad(
    'a VPC without an id',
    () => workload(newStack(), { vpc: vpc({ vpcId: nothing() }) }),
    'Training/App',
    'vpc',
    'nothing',
  ),
  bad('a VPC with an empty id', () => workload(newStack(), { vpc: vpc({ vpcId: '' }) }), 'Training/App', 'vpc', '""'),
  bad(
    'a subnet without an id',
    () => workload(newStack(), { vpc: vpc({ isolatedSubnetIds: [nothing()] }) }),
    'Training/App',
    'vpcSubnets',
    'Training/Theirs/IsolatedSubnet1',
  ),
  ...[nothing<string>(), ''].map(id =>
    bad(
      `a security group with the id ${JSON.stringify(id)}`,
      () => {
        const stack = newStack();
        const securityGroup = SecurityGroup.fromSecurityGroupId(stack, 'Theirs', id);
        return workload(stack, { vpc: importedVpc(stack), securityGroup });
      },
      'Training/App',
      'securityGroup',
      id === '' ? '""' : 'nothing',
    ),
  ),
  bad(
    'a gateway endpoint without an id',
    () =>
      S3EndpointMode.fromGatewayEndpoint(GatewayVpcEndpoint.fromGatewayVpcEndpointId(newStack(), 'Theirs', nothing())),
    'S3EndpointMode.fromGatewayEndpoint',
    'endpoint',
    'nothing',
  ),
  bad(
    'an interface endpoint without an id',
    () =>
      S3EndpointMode.fromInterfaceEndpoint(
        InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(newStack(), 'Theirs', {
          vpcEndpointId: nothing(),
          port: 443,
        }),
      ),
    'S3EndpointMode.fromInterfaceEndpoint',
    'endpoint',
    'nothing',
  ),
  bad(
    'a prefix list without an id',
    () => {
      const stack = newStack();
      return workload(stack, { s3PrefixList: PrefixList.fromPrefixListId(stack, 'Theirs', nothing()) });
    },
    'Training/App',
    's3PrefixList',
    'nothing',
  ),
  bad(
    'a key without a name',
    () =>
      DataEncryption.existingKey(
        Key.fromKeyArn(newStack(), 'Theirs', `arn:aws:kms:eu-west-1:111122223333:key/${UNSET}`),
      ),
    'DataEncryption.existingKey',
    'key',
    '"arn:aws:kms:eu-west-1:111122223333:key/undefined"',
  ),
  bad(
    'a log group without a name',
    () => RemoteAccess.sessionManager({ logGroup: LogGroup.fromLogGroupName(newStack(), 'Theirs', '') }),
    'RemoteAccess.sessionManager',
    'logGroup',
    '""',
  ),
  bad(
    'an instance type that is not there',
    () => Compute.instance({ instanceType: new InstanceType(nothing()) }),
    'Compute.instance',
    'instanceType',
    'nothing',
  ),
  bad(
    'an image that the Region does not have',
    () => {
      const machineImage = MachineImage.genericLinux({ 'us-east-1': 'ami-0123456789abcdef0' });
      return workload(newStack(IRELAND), { compute: Compute.instance({ machineImage }) });
    },
    'Training/App',
    'compute.machineImage',
    `"Unable to find AMI in AMI map: no AMI specified for region 'eu-west-1'"`,
  ),
  bad(
    'an image by its name',
    () => {
      const machineImage = MachineImage.genericLinux({ 'eu-west-1': 'al2023' });
      return workload(newStack(IRELAND), { compute: Compute.instance({ machineImage }) });
    },
    'Training/App',
    'compute.machineImage',
    '"al2023"',
  ),
];

const LATER = 'a value that is known at deployment only';

function parameter(name: string, act: (text: string) => unknown, where: string, prop: string): BadInput {
  return bad(
    `${name} from a parameter`,
    () => act(new CfnParameter(newStack(), 'Parameter').valueAsString),
    where,
    prop,
    LATER,
  );
}

/** Texts that are compared, or become a part of a pattern, and are known at deployment only. */
const PARAMETERS: readonly BadInput[] = [
  parameter('a prefix', BucketAccess.readWrite, 'BucketAccess.readWrite', 'prefix'),
  parameter('a permission set', PerimeterExemption.permissionSet, 'PerimeterExemption.permissionSet', 'name'),
  parameter('a qualifier', AwsOwnedBucket.cdkAssets, 'AwsOwnedBucket.cdkAssets', 'qualifier'),
  parameter(
    'a network',
    network =>
      OnPremisesAccess.fromRole(Role.fromRoleArn(newStack(), 'Role', ROLE_ARN), {
        access: { UserData: access },
        networks: [network],
      }),
    'OnPremisesAccess.fromRole',
    'networks',
  ),
  parameter(
    'the Region of an endpoint',
    serviceRegion => S3EndpointMode.interfaceEndpoint({ serviceRegion }),
    'S3EndpointMode.interfaceEndpoint',
    'serviceRegion',
  ),
  parameter(
    'an account of the organization',
    account => workload(newStack(), { organization: { ...ORGANIZATION, accounts: [account] } }),
    'Training/App',
    'organization.accounts',
  ),
  parameter(
    'a unit of the organization',
    path => workload(newStack(), { organization: { ...ORGANIZATION, organizationalUnitPaths: [path] } }),
    'Training/App',
    'organization.organizationalUnitPaths',
  ),
  parameter(
    'a deployment role of guardrails',
    name => new WorkloadsOuGuardrails(newStack(), 'G', { ...GUARDRAILS, deploymentRoleNames: [name] }),
    'Training/G',
    'deploymentRoleNames',
  ),
];

/** Directory buckets and others that no S3 endpoint leads to. */
const OTHER_SERVICES: readonly BadInput[] = [
  bad(
    'a directory bucket for server access logs',
    () => {
      const stack = newStack();
      const name = 'logs--euw1-az1--x-s3';
      return workload(stack, { accessLogsBucket: Bucket.fromBucketName(stack, 'Theirs', name) });
    },
    'Training/App',
    'accessLogsBucket.bucketName',
    '"logs--euw1-az1--x-s3"',
  ),
  bad(
    'a directory bucket for session logs',
    () =>
      RemoteAccess.sessionManager({ logBucket: Bucket.fromBucketName(newStack(), 'Theirs', 'logs--euw1-az1--x-s3') }),
    'RemoteAccess.sessionManager',
    'logBucket.bucketName',
    '"logs--euw1-az1--x-s3"',
  ),
];

/** Values that are not there, though something stands in their place. */
export const NOT_THERE: readonly BadInput[] = [...TEXTS, ...IMPORTS, ...PARAMETERS, ...OTHER_SERVICES];
