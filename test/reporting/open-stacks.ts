import { Stack } from 'aws-cdk-lib';
import { CfnRoute, Instance, InstanceType, MachineImage, Port, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { ApplicationLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { AnyPrincipal, ManagedPolicy, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { quickStart } from '../support/scenarios';

/** The quick start with a role that may everything, an endpoint for everybody, and a route out. */
export function broken(stack: Stack): void {
  const app = quickStart(stack, { proveAtSynthesis: false });
  app.s3Endpoint.addToPolicy(
    new PolicyStatement({ sid: 'Wide', principals: [new AnyPrincipal()], actions: ['s3:*'], resources: ['*'] }),
  );
  (app.role as Role).addManagedPolicy(ManagedPolicy.fromAwsManagedPolicyName('AmazonS3FullAccess'));
  const routeTable = app.node.findChild('Network').node.findChild('RouteTable') as unknown as { readonly ref: string };
  new CfnRoute(stack, 'Out', {
    routeTableId: routeTable.ref,
    destinationCidrBlock: '0.0.0.0/0',
    gatewayId: 'igw-0123456789abcdef0',
  });
}

function machine(stack: Stack, id: string, vpc: Vpc): Instance {
  return new Instance(stack, id, {
    vpc,
    instanceType: new InstanceType('t4g.micro'),
    machineImage: MachineImage.latestAmazonLinux2023(),
  });
}

/** Servers behind a load balancer, with a bucket, a NAT gateway, and nothing of this library. */
export function plain(stack: Stack): void {
  const vpc = new Vpc(stack, 'Vpc', { maxAzs: 1 });
  const bucket = new Bucket(stack, 'Data');
  const balancer = new ApplicationLoadBalancer(stack, 'Balancer', {
    vpc: new Vpc(stack, 'Other', { maxAzs: 2, natGateways: 0 }),
    internetFacing: true,
  });
  const server = machine(stack, 'Web', vpc);
  bucket.grantReadWrite(server);
  server.connections.allowFrom(balancer, Port.tcp(8080));
  bucket.grantRead(machine(stack, 'Reports', vpc));
}

/** A server on the internet that may use every bucket, of which there is none here. */
export function onTheInternet(stack: Stack): void {
  const vpc = new Vpc(stack, 'Vpc', {
    maxAzs: 1,
    natGateways: 0,
    subnetConfiguration: [{ name: 'Public', subnetType: SubnetType.PUBLIC }],
  });
  const server = machine(stack, 'Web', vpc);
  server.role.addManagedPolicy(ManagedPolicy.fromAwsManagedPolicyName('AmazonS3FullAccess'));
  server.connections.allowFromAnyIpv4(Port.tcp(22));
}
