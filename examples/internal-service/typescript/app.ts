import { App, Duration, Stack, Validations } from 'aws-cdk-lib';
import { AdditionalHealthCheckType, HealthChecks } from 'aws-cdk-lib/aws-autoscaling';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Peer, Port, SubnetType, UserData } from 'aws-cdk-lib/aws-ec2';
import { ApplicationLoadBalancer, ApplicationProtocol, SslPolicy } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { BucketAccess, Compute, DataBucketSource, PrivateEc2S3Access } from 'cdk-private-ec2-s3-access';

const stack = new Stack(new App(), 'InternalService');
const userData = UserData.forLinux();
const app = new PrivateEc2S3Access(stack, 'App', {
  dataBuckets: { Site: DataBucketSource.create({ access: [BucketAccess.readOnly('site/')] }) },
  compute: Compute.fleet({
    minCapacity: 2,
    maxCapacity: 8,
    userData,
    healthChecks: HealthChecks.withAdditionalChecks({
      additionalTypes: [AdditionalHealthCheckType.ELB],
      gracePeriod: Duration.minutes(5),
    }),
  }),
});
userData.addCommands(
  `until aws s3 sync s3://${app.dataBucket('Site').bucketName}/site/ /srv/site/; do sleep 5; done`,
  'cd /srv/site && nohup python3 -m http.server 8080 &',
);

const balancer = new ApplicationLoadBalancer(stack, 'Balancer', {
  vpc: app.vpc,
  vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED },
  deletionProtection: true,
  dropInvalidHeaderFields: true,
});
const listener = balancer.addListener('Https', {
  port: 443,
  open: false,
  sslPolicy: SslPolicy.RECOMMENDED_TLS,
  certificates: [
    Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:eu-west-1:111122223333:certificate/example'),
  ],
});
balancer.connections.allowFrom(Peer.ipv4('10.0.0.0/16'), Port.tcp(443));
listener.addTargets('Servers', {
  port: 8080,
  protocol: ApplicationProtocol.HTTP,
  targets: [app.compute.autoScalingGroup!],
  healthCheck: { path: '/health.html' },
});
app.compute.autoScalingGroup!.scaleOnRequestCount('Load', { targetRequestsPerMinute: 600 });

Validations.of(balancer).acknowledge(
  ...[
    'AwsSolutions::AwsSolutions-ELB2',
    'NIST.800.53.R5::NIST.800.53.R5-ALBWAFEnabled',
    'NIST.800.53.R5::NIST.800.53.R5-ELBLoggingEnabled',
    'cdk-validator-cfnguard::elbv2_logging_enabled_check',
  ].map(id => ({
    id,
    reason: 'access logs and a web firewall for an internal service are a decision of its operator',
  })),
);
