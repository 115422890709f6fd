import { CfnResource, Stack } from 'aws-cdk-lib';
import { SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Bucket, CfnAccessPoint } from 'aws-cdk-lib/aws-s3';
import { BucketAccess, Compute, DataBucketSource, PrivateEc2S3Access } from '../../src';
import { IRELAND, OTHER_ACCOUNT } from '../support/resources';
import { quickStart } from '../support/scenarios';
import { validated } from '../support/validated';

const PUBLIC_ADDRESS = { DeviceIndex: 0, AssociatePublicIpAddress: true };

/** A Spot Fleet in a public subnet, whose instances have the profile of the workload and take requests of IMDSv1. */
function spotFleet(stack: Stack): void {
  const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 0 });
  const isolated = new Vpc(stack, 'Isolated', {
    maxAzs: 2,
    natGateways: 0,
    subnetConfiguration: [{ name: 'Isolated', subnetType: SubnetType.PRIVATE_ISOLATED }],
  });
  const access = quickStart(stack, { vpc: isolated, compute: Compute.instanceProfile() });
  new CfnResource(stack, 'Spot', {
    type: 'AWS::EC2::SpotFleet',
    properties: {
      SpotFleetRequestConfigData: {
        IamFleetRole: 'arn:aws:iam::111122223333:role/SpotFleet',
        TargetCapacity: 1,
        LaunchSpecifications: [
          {
            ImageId: 'ami-0123456789abcdef0',
            InstanceType: 't3.micro',
            IamInstanceProfile: { Arn: access.compute.instanceProfile!.instanceProfileArn },
            NetworkInterfaces: [{ ...PUBLIC_ADDRESS, SubnetId: vpc.publicSubnets[0].subnetId }],
          },
        ],
      },
    },
  });
}

/** A workload that reaches its bucket through an access point, whose policy is rewritten. */
function throughAccessPoint(stack: Stack, rewrite: (statements: unknown[]) => unknown[]): void {
  const role = new Role(stack, 'Role', {
    roleName: 'Ingest',
    assumedBy: new ServicePrincipal('ec2.amazonaws.com'),
  });
  const lake = new Bucket(stack, 'Lake', { enforceSSL: true });
  const access = new PrivateEc2S3Access(stack, 'App', {
    role,
    dataBuckets: {
      Lake: DataBucketSource.fromBucket(lake, {
        access: [BucketAccess.readOnly('shared/')],
        accessPointName: 'lake-ingest',
      }),
    },
  });
  const accessPoint = access.node.root.node.findAll().find(node => CfnAccessPoint.isCfnAccessPoint(node))!;
  const { Statement } = stack.resolve((accessPoint as CfnAccessPoint).policy) as { Statement: unknown[] };
  (accessPoint as CfnAccessPoint).addPropertyOverride('Policy.Statement', rewrite(Statement));
}

const FOR_STRANGER = {
  Sid: 'Attack',
  Effect: 'Allow',
  Principal: { AWS: OTHER_ACCOUNT },
  Action: 's3:GetObject',
  Resource: `arn:aws:s3:${IRELAND.region}:${IRELAND.account}:accesspoint/lake-ingest/object/*`,
};

function rulesOf(define: (stack: Stack) => void): string[] {
  return validated(app => define(new Stack(app, 'Training', { env: IRELAND }))).violations.map(
    ({ ruleName }) => ruleName,
  );
}

test('the profile of the workload in a Spot Fleet with a public address and IMDSv1 is found', () => {
  expect(rulesOf(spotFleet)).toContain('instance-metadata');
});

test('an access point without its Deny for others, that lets a stranger in, is found', () => {
  expect(rulesOf(stack => throughAccessPoint(stack, statements => statements))).toEqual([]);
  const withoutDeny = (statements: unknown[]) => [
    ...statements.filter(each => (each as { Sid: string }).Sid !== 'DenyObjectsToOthers'),
    FOR_STRANGER,
  ];
  expect(rulesOf(stack => throughAccessPoint(stack, withoutDeny)).join()).toMatch(/closed\[/);
});
