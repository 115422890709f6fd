package internalservice;

import io.github.cdkprivateec2s3access.BucketAccess;
import io.github.cdkprivateec2s3access.Compute;
import io.github.cdkprivateec2s3access.DataBucketSource;
import io.github.cdkprivateec2s3access.FleetOptions;
import io.github.cdkprivateec2s3access.NewDataBucketProps;
import io.github.cdkprivateec2s3access.PrivateEc2S3Access;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Acknowledgment;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Validations;
import software.amazon.awscdk.services.autoscaling.AdditionalHealthCheckType;
import software.amazon.awscdk.services.autoscaling.AdditionalHealthChecksOptions;
import software.amazon.awscdk.services.autoscaling.AutoScalingGroup;
import software.amazon.awscdk.services.autoscaling.HealthChecks;
import software.amazon.awscdk.services.autoscaling.RequestCountScalingProps;
import software.amazon.awscdk.services.ec2.Peer;
import software.amazon.awscdk.services.ec2.Port;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.ec2.UserData;
import software.amazon.awscdk.services.elasticloadbalancingv2.AddApplicationTargetsProps;
import software.amazon.awscdk.services.elasticloadbalancingv2.ApplicationListener;
import software.amazon.awscdk.services.elasticloadbalancingv2.ApplicationLoadBalancer;
import software.amazon.awscdk.services.elasticloadbalancingv2.ApplicationProtocol;
import software.amazon.awscdk.services.elasticloadbalancingv2.BaseApplicationListenerProps;
import software.amazon.awscdk.services.elasticloadbalancingv2.HealthCheck;
import software.amazon.awscdk.services.elasticloadbalancingv2.ListenerCertificate;
import software.amazon.awscdk.services.elasticloadbalancingv2.SslPolicy;

public final class InternalService {
    private InternalService() {
    }

    public static void main(final String[] args) {
        final App app = new App();
        final Stack stack = new Stack(app, "InternalService");
        final UserData userData = UserData.forLinux();
        final PrivateEc2S3Access access = PrivateEc2S3Access.Builder.create(stack, "App")
            .dataBuckets(Map.of("Site", DataBucketSource.create(NewDataBucketProps.builder()
                .access(List.of(BucketAccess.readOnly("site/"))).build())))
            .compute(Compute.fleet(FleetOptions.builder()
                .minCapacity(2)
                .maxCapacity(8)
                .userData(userData)
                .healthChecks(HealthChecks.withAdditionalChecks(AdditionalHealthChecksOptions.builder()
                    .additionalTypes(List.of(AdditionalHealthCheckType.ELB)).gracePeriod(Duration.minutes(5)).build()))
                .build()))
            .build();
        userData.addCommands(
            "until aws s3 sync s3://" + access.dataBucket("Site").getBucketName() + "/site/ /srv/site/; do sleep 5; done",
            "cd /srv/site && nohup python3 -m http.server 8080 &");
        final AutoScalingGroup servers = access.getCompute().getAutoScalingGroup();

        final ApplicationLoadBalancer balancer = ApplicationLoadBalancer.Builder.create(stack, "Balancer")
            .vpc(access.getVpc())
            .vpcSubnets(SubnetSelection.builder().subnetType(SubnetType.PRIVATE_ISOLATED).build())
            .deletionProtection(true)
            .dropInvalidHeaderFields(true)
            .build();
        final ApplicationListener listener = balancer.addListener("Https", BaseApplicationListenerProps.builder()
            .port(443)
            .open(false)
            .sslPolicy(SslPolicy.RECOMMENDED_TLS)
            .certificates(List.of(ListenerCertificate.fromArn(
                "arn:aws:acm:eu-west-1:111122223333:certificate/example")))
            .build());
        balancer.getConnections().allowFrom(Peer.ipv4("10.0.0.0/16"), Port.tcp(443));
        listener.addTargets("Servers", AddApplicationTargetsProps.builder()
            .port(8080)
            .protocol(ApplicationProtocol.HTTP)
            .targets(List.of(servers))
            .healthCheck(HealthCheck.builder().path("/health.html").build())
            .build());
        servers.scaleOnRequestCount("Load", RequestCountScalingProps.builder().targetRequestsPerMinute(600).build());

        for (final String finding : List.of(
            "AwsSolutions::AwsSolutions-ELB2",
            "NIST.800.53.R5::NIST.800.53.R5-ALBWAFEnabled",
            "NIST.800.53.R5::NIST.800.53.R5-ELBLoggingEnabled",
            "cdk-validator-cfnguard::elbv2_logging_enabled_check")) {
            Validations.of(balancer).acknowledge(Acknowledgment.builder().id(finding)
                .reason("access logs and a web firewall for an internal service are a decision of its operator").build());
        }
        app.synth();
    }
}
