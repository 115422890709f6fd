import { CfnResource, Stack } from 'aws-cdk-lib';
import { SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Compute } from '../../src';
import { IRELAND } from '../support/resources';
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

function rulesOf(define: (stack: Stack) => void): string[] {
  return validated(app => define(new Stack(app, 'Training', { env: IRELAND }))).violations.map(
    ({ ruleName }) => ruleName,
  );
}

test('the profile of the workload in a Spot Fleet with a public address and IMDSv1 is found', () => {
  expect(rulesOf(spotFleet)).toContain('instance-metadata');
});
