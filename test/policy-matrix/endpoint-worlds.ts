import { Stack } from 'aws-cdk-lib';
import {
  GatewayVpcEndpoint,
  InterfaceVpcEndpoint,
  PrefixList,
  SecurityGroup,
  SubnetType,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Setting, WorldOf } from './setting';
import { BucketAccess, DataBucketSource, OnPremisesAccess, PrivateEc2S3Access, S3EndpointMode } from '../../src';
import { ACCOUNT, DELEGATED, DeployedStack, REGION } from '../support/deployed';
import { required } from '../support/required';
import { importedVpc, workload } from '../support/resources';

const ENV = { account: ACCOUNT, region: REGION };
const VISITOR = `arn:aws:iam::${ACCOUNT}:role/on-premises/Uploader`;
const EXISTING = 'vpce-0123456789abcdef0';
const THERE = 'eu-central-1';

function throughInterface(): Setting {
  return {
    stack: new DeployedStack(stack => {
      const vpc = importedVpc(stack);
      const securityGroups = [new SecurityGroup(stack, 'Theirs', { vpc, allowAllOutbound: false })];
      const subnets = { subnetType: SubnetType.PRIVATE_ISOLATED };
      workload(stack, {
        vpc,
        vpcSubnets: subnets,
        s3Endpoint: S3EndpointMode.interfaceEndpoint({ securityGroups, subnets }),
      });
    }),
  };
}

/** A security group of the CDK that lets nothing out, in a VPC that has other ways out. */
function existingSecurityGroup(): Setting {
  return {
    stack: new DeployedStack(stack => {
      const vpc = importedVpc(stack);
      const securityGroup = new SecurityGroup(stack, 'Theirs', { vpc, allowAllOutbound: false });
      workload(stack, { vpc, securityGroup, s3PrefixList: PrefixList.fromPrefixListId(stack, 'S3', 'pl-63a5400a') });
    }),
  };
}

function onPremises(): Setting {
  let app!: PrivateEc2S3Access;
  const stack = new DeployedStack(each => {
    app = new PrivateEc2S3Access(each, 'App', {
      dataBuckets: {
        UserData: DataBucketSource.create({ access: [BucketAccess.readWrite()] }),
        Datasets: DataBucketSource.create({ access: [BucketAccess.readOnly('datasets/')] }),
      },
      s3Endpoint: S3EndpointMode.gatewayAndInterface(),
      onPremises: {
        Uploads: OnPremisesAccess.fromRole(Role.fromRoleArn(each, 'Uploader', VISITOR), {
          networks: ['192.168.0.0/16'],
          access: { UserData: [BucketAccess.writeOnly('uploads/')] },
        }),
      },
    });
  });
  return {
    stack,
    roles: { visitor: VISITOR },
    policies: { visitor: [stack.document(required(app, 'ROLE'))] },
  };
}

/** An endpoint whose owner did what the construct asks for. */
function existing(
  kind: 'gateway' | 'interface',
  modeOf: (stack: Stack) => S3EndpointMode,
  binding = true,
  vpc?: string,
): Setting {
  let app!: PrivateEc2S3Access;
  const stack = new DeployedStack(each => {
    app = workload(each, { vpc: importedVpc(each), s3Endpoint: modeOf(each), credentialBinding: binding });
  });
  return {
    stack,
    endpoints: { s3: { id: EXISTING, kind, vpc, policy: stack.document(required(app, 'VPC_ENDPOINT')) } },
  };
}

const existingGateway = () =>
  existing('gateway', stack =>
    S3EndpointMode.fromGatewayEndpoint(GatewayVpcEndpoint.fromGatewayVpcEndpointId(stack, 'Theirs', EXISTING)),
  );

const interfaceOf = (stack: Stack) =>
  InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(stack, 'Theirs', { vpcEndpointId: EXISTING, port: 443 });

const existingInterface = () =>
  existing('interface', stack => S3EndpointMode.fromInterfaceEndpoint(interfaceOf(stack)));

const hub = () =>
  existing(
    'interface',
    stack =>
      S3EndpointMode.fromInterfaceEndpoint(interfaceOf(stack), {
        vpc: Vpc.fromVpcAttributes(stack, 'Hub', {
          vpcId: 'vpc-0fedcba9876543210',
          vpcCidrBlock: '10.2.0.0/16',
          availabilityZones: ['a'],
        }),
      }),
    false,
    'vpc-0fedcba9876543210',
  );

/** The data is in another Region, and so is its key. */
function otherRegion(): Setting {
  const bucketArn = 'arn:aws:s3:::example-frankfurt';
  const keyArn = `arn:aws:kms:${THERE}:${ACCOUNT}:key/frankfurt`;
  const stack = new DeployedStack(
    each =>
      void new PrivateEc2S3Access(each, 'App', {
        dataBuckets: {
          Frankfurt: DataBucketSource.fromBucket(
            Bucket.fromBucketAttributes(each, 'Frankfurt', {
              bucketArn,
              region: THERE,
              account: ACCOUNT,
              encryptionKey: Key.fromKeyArn(each, 'Key', keyArn),
            }),
            { access: [BucketAccess.readOnly()] },
          ),
        },
        s3Endpoint: S3EndpointMode.interfaceEndpoint({ serviceRegion: THERE }),
        credentialBinding: false,
      }),
    ENV,
  );
  return {
    stack,
    region: THERE,
    buckets: { Frankfurt: { arn: bucketArn } },
    kmsKeys: { Frankfurt: { arn: keyArn, policy: DELEGATED } },
  };
}

/** What leads to S3, and from where. */
export const ENDPOINT_WORLDS = {
  interface: {
    options: [
      'PrivateEc2S3AccessProps.vpc',
      'PrivateEc2S3AccessProps.vpcSubnets',
      'PrivateEc2S3AccessProps.s3Endpoint',
      'S3EndpointMode.interfaceEndpoint',
      'InterfaceEndpointOptions.securityGroups',
    ],
    setting: throughInterface,
  },
  'existing security group': {
    options: ['PrivateEc2S3AccessProps.securityGroup', 'PrivateEc2S3AccessProps.s3PrefixList'],
    setting: existingSecurityGroup,
  },
  'on premises': {
    options: [
      'PrivateEc2S3AccessProps.onPremises',
      'OnPremisesAccess.fromRole',
      'OnPremisesAccessOptions.access',
      'OnPremisesAccessOptions.networks',
      'S3EndpointMode.gatewayAndInterface',
    ],
    setting: onPremises,
  },
  'existing gateway': { options: ['S3EndpointMode.fromGatewayEndpoint'], setting: existingGateway },
  'existing interface': { options: ['S3EndpointMode.fromInterfaceEndpoint'], setting: existingInterface },
  hub: { options: ['ExistingInterfaceEndpointOptions.vpc'], setting: hub },
  'other region': { options: ['InterfaceEndpointOptions.serviceRegion'], setting: otherRegion },
} satisfies Record<string, WorldOf>;
