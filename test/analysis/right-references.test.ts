import { App, CfnParameter, Fn, NestedStack, Stack } from 'aws-cdk-lib';
import { GatewayVpcEndpoint, PrefixList, SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { AccountRootPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, IBucket } from 'aws-cdk-lib/aws-s3';
import {
  BucketAccess,
  DataBucketSource,
  DataEncryption,
  OnPremisesAccess,
  PerimeterExemption,
  PrivateEc2S3AccessProps,
  S3EndpointMode,
} from '../../src';
import { IRELAND, isolatedVpc } from '../support/resources';
import { quickStart } from '../support/scenarios';
import { validated } from '../support/validated';

const imported = (name: string) => Fn.importValue(name);

const adopting = (bucket: IBucket): Partial<PrivateEc2S3AccessProps> => ({
  dataBuckets: { Data: DataBucketSource.fromBucket(bucket, { access: [BucketAccess.readWrite()] }) },
});

/** What the quick start takes in the place of its own, by what it is. */
const TAKEN: Record<string, (stack: Stack) => Partial<PrivateEc2S3AccessProps>> = {
  VPC: stack => ({
    vpc: Vpc.fromVpcAttributes(stack, 'Theirs', {
      vpcId: imported('Vpc'),
      availabilityZones: ['eu-west-1a'],
      isolatedSubnetIds: [imported('Subnet')],
      isolatedSubnetRouteTableIds: [imported('RouteTable')],
    }),
  }),
  'bucket by ARN': stack =>
    adopting(
      Bucket.fromBucketAttributes(stack, 'Theirs', { bucketArn: imported('BucketArn'), account: '111122223333' }),
    ),
  'bucket by name': stack => adopting(Bucket.fromBucketName(stack, 'Theirs', imported('BucketName'))),
  'security group': stack => ({
    vpc: isolatedVpc(stack),
    securityGroup: SecurityGroup.fromSecurityGroupId(stack, 'Theirs', imported('Group')),
  }),
  key: stack => ({ encryption: DataEncryption.existingKey(Key.fromKeyArn(stack, 'Theirs', imported('KeyArn'))) }),
  'role by name': stack => ({ role: Role.fromRoleName(stack, 'Theirs', imported('RoleName')) }),
  'exempt role': stack => ({
    perimeterExemptions: [PerimeterExemption.role(Role.fromRoleArn(stack, 'Theirs', imported('Exempt')))],
  }),
  endpoint: stack => ({
    vpc: isolatedVpc(stack),
    s3Endpoint: S3EndpointMode.fromGatewayEndpoint(
      GatewayVpcEndpoint.fromGatewayVpcEndpointId(stack, 'Theirs', imported('Endpoint')),
    ),
  }),
  'role of another network': stack => ({
    s3Endpoint: S3EndpointMode.gatewayAndInterface(),
    onPremises: {
      Uploads: OnPremisesAccess.fromRole(Role.fromRoleArn(stack, 'Theirs', imported('Uploader')), {
        networks: ['192.168.0.0/16'],
        access: { UserData: [BucketAccess.writeOnly('uploads/')] },
      }),
    },
  }),
  'log bucket': stack => ({ accessLogsBucket: Bucket.fromBucketName(stack, 'Theirs', imported('Logs')) }),
  'prefix list': stack => ({ s3PrefixList: PrefixList.fromPrefixListId(stack, 'Theirs', imported('List')) }),
};

test.each(Object.entries(TAKEN))('an imported %s is taken as an assumption', (_, props) => {
  const { violations, error } = validated(app => {
    const stack = new Stack(app, 'Training', { env: IRELAND });
    const taken = props(stack);
    quickStart(stack, {
      ...(taken.onPremises === undefined
        ? {}
        : { dataBuckets: { UserData: DataBucketSource.create({ access: [BucketAccess.readWrite()] }) } }),
      ...taken,
    });
  });
  expect(violations).toEqual([]);
  expect(error).toBeUndefined();
});

describe('references between stacks', () => {
  const shared = (stack: Stack) => new Bucket(stack, 'Shared', { enforceSSL: true });

  test.each<[string, (app: App) => unknown]>([
    [
      'to a role that a parameter names',
      app => {
        const stack = new Stack(app, 'Training', { env: IRELAND });
        quickStart(stack, {
          role: Role.fromRoleArn(stack, 'Theirs', new CfnParameter(stack, 'RoleArn').valueAsString),
        });
      },
    ],
    [
      'from a stack without an environment that names its account',
      app => {
        const bucket = shared(new Stack(app, 'Storage'));
        const organization = { organizationId: 'o-a1b2c3d4e5', accounts: ['111122223333'] };
        quickStart(new Stack(app, 'Training'), { organization, ...adopting(bucket) });
      },
    ],
    [
      'to a key, with an imported role',
      app => {
        const encryption = DataEncryption.existingKey(new Key(new Stack(app, 'Keys'), 'Key'));
        const stack = new Stack(app, 'Training');
        const role = Role.fromRoleArn(stack, 'Theirs', 'arn:aws:iam::111122223333:role/Theirs');
        quickStart(stack, { encryption, role });
      },
    ],
    [
      'from a nested stack to its parent',
      app => {
        const stack = new Stack(app, 'Training', { env: IRELAND });
        quickStart(new NestedStack(stack, 'Nested'), adopting(shared(stack)));
      },
    ],
    [
      'from a nested stack to another stack',
      app => {
        const bucket = shared(new Stack(app, 'Storage', { env: IRELAND }));
        quickStart(new NestedStack(new Stack(app, 'Training', { env: IRELAND }), 'Nested'), adopting(bucket));
      },
    ],
    [
      'between nested stacks',
      app => {
        const stack = new Stack(app, 'Training', { env: IRELAND });
        quickStart(new NestedStack(stack, 'Nested'), adopting(shared(new NestedStack(stack, 'Storage'))));
      },
    ],
    [
      'to an exempt role',
      app => {
        const role = new Role(new Stack(app, 'Roles', { env: IRELAND }), 'Reader', {
          assumedBy: new AccountRootPrincipal(),
        });
        quickStart(new Stack(app, 'Training', { env: IRELAND }), {
          perimeterExemptions: [PerimeterExemption.role(role)],
        });
      },
    ],
  ])('%s are all right', (_, define) => {
    const { violations, error } = validated(define);
    expect(violations).toEqual([]);
    expect(error).toBeUndefined();
  });
});
