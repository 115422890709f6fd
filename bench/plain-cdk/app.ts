import { App, Stack } from 'aws-cdk-lib';
import {
  GatewayVpcEndpointAwsService,
  Instance,
  InstanceClass,
  InstanceSize,
  InstanceType,
  MachineImage,
  SubnetType,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';

/**
 * The pattern with nothing but the CDK, the way its documentation suggests: isolated subnets, a gateway endpoint for
 * S3, an encrypted private bucket, IMDSv2, and `grantReadWrite`.
 *
 * @see https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ec2-readme.html#vpc-endpoints
 * @see https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_s3-readme.html
 */
export function plainCdk(stack: Stack): Instance {
  const vpc = new Vpc(stack, 'Vpc', {
    natGateways: 0,
    subnetConfiguration: [{ name: 'Isolated', subnetType: SubnetType.PRIVATE_ISOLATED }],
  });
  vpc.addGatewayEndpoint('S3', { service: GatewayVpcEndpointAwsService.S3 });
  const bucket = new Bucket(stack, 'Data', {
    encryption: BucketEncryption.KMS,
    bucketKeyEnabled: true,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    versioned: true,
  });
  const instance = new Instance(stack, 'Instance', {
    vpc,
    vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED },
    instanceType: InstanceType.of(InstanceClass.T3, InstanceSize.MICRO),
    machineImage: MachineImage.latestAmazonLinux2023(),
    requireImdsv2: true,
  });
  bucket.grantReadWrite(instance);
  return instance;
}

if (require.main === module) {
  const app = new App();
  plainCdk(new Stack(app, 'PlainCdk'));
  app.synth();
}
