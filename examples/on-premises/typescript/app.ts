import { App, Stack } from 'aws-cdk-lib';
import { Peer, Port } from 'aws-cdk-lib/aws-ec2';
import { PolicyStatement, StarPrincipal } from 'aws-cdk-lib/aws-iam';
import { BucketAccess, DataBucketSource, PerimeterExemption, PrivateEc2S3Access, S3EndpointMode } from 'cdk-private-ec2-s3-access';

const stack = new Stack(new App(), 'OnPremises', { env: { account: '111122223333', region: 'eu-west-1' } });
const uploader = 'arn:aws:iam::111122223333:role/on-premises/Uploader';

const workload = new PrivateEc2S3Access(stack, 'App', {
  dataBuckets: { UserData: DataBucketSource.create({ access: [BucketAccess.readWrite()] }) },
  s3Endpoint: S3EndpointMode.gatewayAndInterface(),
  // the first lock: the bucket and the key
  perimeterExemptions: [PerimeterExemption.roleArn(uploader)],
});

// the second lock: the network
const fromDataCentre = Peer.ipv4('192.168.0.0/16');
workload.s3Endpoint.interfaceEndpoint?.connections.allowFrom(fromDataCentre, Port.tcp(443), 'HTTPS from the data centre');

// the third lock: the endpoint policy
workload.s3Endpoint.addToPolicy(new PolicyStatement({
  sid: 'UploadFromDataCentre',
  principals: [new StarPrincipal()],
  actions: ['s3:PutObject'],
  resources: [workload.dataBucket('UserData').arnForObjects('*')],
  conditions: { ArnEquals: { 'aws:PrincipalArn': uploader }, StringEquals: { 'aws:ResourceAccount': stack.account } },
}));
