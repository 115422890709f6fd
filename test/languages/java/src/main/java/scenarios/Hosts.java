package scenarios;

import io.github.cdkprivateec2s3access.AwsOwnedBucket;
import io.github.cdkprivateec2s3access.BucketAccess;
import io.github.cdkprivateec2s3access.Compute;
import io.github.cdkprivateec2s3access.CustomAwsOwnedBucketOptions;
import io.github.cdkprivateec2s3access.DataBucketSource;
import io.github.cdkprivateec2s3access.FleetOptions;
import io.github.cdkprivateec2s3access.InstanceConnectOptions;
import io.github.cdkprivateec2s3access.InstanceConnectProtocol;
import io.github.cdkprivateec2s3access.InstanceOptions;
import io.github.cdkprivateec2s3access.MixedInstances;
import io.github.cdkprivateec2s3access.PrivateEc2S3Access;
import io.github.cdkprivateec2s3access.RemoteAccess;
import io.github.cdkprivateec2s3access.RequiredPolicy;
import io.github.cdkprivateec2s3access.SessionManagerEndpoints;
import io.github.cdkprivateec2s3access.SessionManagerOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.autoscaling.AdditionalHealthCheckType;
import software.amazon.awscdk.services.autoscaling.AdditionalHealthChecksOptions;
import software.amazon.awscdk.services.autoscaling.AutoScalingGroup;
import software.amazon.awscdk.services.autoscaling.HealthChecks;
import software.amazon.awscdk.services.autoscaling.InstancesDistribution;
import software.amazon.awscdk.services.autoscaling.RequestCountScalingProps;
import software.amazon.awscdk.services.autoscaling.RollingUpdateOptions;
import software.amazon.awscdk.services.autoscaling.UpdatePolicy;
import software.amazon.awscdk.services.ec2.ExecuteFileOptions;
import software.amazon.awscdk.services.ec2.IInterfaceVpcEndpoint;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.ec2.InstanceType;
import software.amazon.awscdk.services.ec2.InterfaceVpcEndpoint;
import software.amazon.awscdk.services.ec2.InterfaceVpcEndpointAttributes;
import software.amazon.awscdk.services.ec2.MachineImage;
import software.amazon.awscdk.services.ec2.S3DownloadOptions;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.ec2.UserData;
import software.amazon.awscdk.services.ec2.WindowsVersion;
import software.amazon.awscdk.services.elasticloadbalancingv2.AddApplicationTargetsProps;
import software.amazon.awscdk.services.elasticloadbalancingv2.ApplicationListener;
import software.amazon.awscdk.services.elasticloadbalancingv2.ApplicationLoadBalancer;
import software.amazon.awscdk.services.elasticloadbalancingv2.BaseApplicationListenerProps;
import software.amazon.awscdk.services.elasticloadbalancingv2.IApplicationLoadBalancerTarget;
import software.amazon.awscdk.services.elasticloadbalancingv2.targets.InstanceTarget;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.s3.assets.Asset;

/** What a workload runs on. */
final class Hosts {
    private Hosts() {
    }

    /** Every way to run a workload and to log in to it, and every bucket of AWS. */
    static void define(final App app) {
        containerHost(new Stack(app, "ContainerHost", Scenarios.env("111122223333", "us-east-1")));
        spotFleet(new Stack(app, "SpotFleet", Scenarios.env("111122223333", "eu-west-1")));
        windowsServer(new Stack(app, "WindowsServer"));
        instancesElsewhere(new Stack(app, "InstancesElsewhere"));
        servers(new Stack(app, "Servers"));
    }

    private static Map<String, DataBucketSource> dataBuckets() {
        return Map.of("UserData", Scenarios.create(BucketAccess.readWrite()));
    }

    private static void containerHost(final Stack stack) {
        final Asset setup = Asset.Builder.create(stack, "Setup").path(setupScript()).build();
        final UserData userData = UserData.forLinux();
        userData.addExecuteFileCommand(ExecuteFileOptions.builder()
            .filePath(userData.addS3DownloadCommand(S3DownloadOptions.builder()
                .bucket(setup.getBucket()).bucketKey(setup.getS3ObjectKey()).build()))
            .build());
        final PrivateEc2S3Access access = PrivateEc2S3Access.Builder.create(stack, "App")
            .dataBuckets(dataBuckets())
            .compute(Compute.container(InstanceOptions.builder()
                .machineImage(MachineImage.fromSsmParameter("/golden/ami"))
                .rootDeviceName("/dev/sda1")
                .volumeEncryptionKey(new Key(stack, "VolumeKey"))
                .userData(userData)
                .userDataAssets(List.of(setup))
                .userDataCausesReplacement(true)
                .build()))
            .awsOwnedBuckets(List.of(
                AwsOwnedBucket.amazonLinux2Repositories(),
                AwsOwnedBucket.awsCli(),
                AwsOwnedBucket.cdkAssets("teama"),
                AwsOwnedBucket.cloudFormationHelperScripts(),
                AwsOwnedBucket.cloudFormationSignals(),
                AwsOwnedBucket.cloudWatchAgent(),
                AwsOwnedBucket.codeDeployAgent(),
                AwsOwnedBucket.ecrImageLayers(),
                AwsOwnedBucket.patchManager()))
            .remoteAccess(connect(InstanceConnectProtocol.SSH))
            .build();
        Scenarios.output(stack, "InstanceId", access.getCompute().getInstance().getInstanceId());
        Scenarios.output(stack, "ConnectThrough", access.getRemoteAccess().getInstanceConnectEndpointId());
    }

    private static RemoteAccess connect(final InstanceConnectProtocol protocol) {
        return RemoteAccess.ec2InstanceConnectEndpoint(InstanceConnectOptions.builder().protocol(protocol).build());
    }

    /** A script that instances run: the same bytes in every language. */
    static String setupScript() {
        try {
            final Path file = Files.createTempDirectory("setup").resolve("setup.sh");
            return Files.writeString(file, "#!/bin/sh\necho ready\n").toString();
        } catch (final IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    private static void spotFleet(final Stack stack) {
        final Key encryptionKey = new Key(stack, "SessionKey");
        final PrivateEc2S3Access access = PrivateEc2S3Access.Builder.create(stack, "App")
            .dataBuckets(dataBuckets())
            .compute(Compute.fleet(FleetOptions.builder()
                .minCapacity(2)
                .maxCapacity(8)
                .capacityRebalance(false)
                .defaultInstanceWarmup(Duration.minutes(5))
                .healthChecks(HealthChecks.withAdditionalChecks(AdditionalHealthChecksOptions.builder()
                    .additionalTypes(List.of(AdditionalHealthCheckType.ELB)).gracePeriod(Duration.minutes(5)).build()))
                .httpPutResponseHopLimit(2)
                .mixedInstances(MixedInstances.builder()
                    .instanceTypes(List.of(new InstanceType("m7g.large"), new InstanceType("m6g.large")))
                    .instancesDistribution(InstancesDistribution.builder()
                        .onDemandBaseCapacity(1).onDemandPercentageAboveBaseCapacity(50).build())
                    .build())
                .updatePolicy(UpdatePolicy.rollingUpdate(RollingUpdateOptions.builder().maxBatchSize(2).minInstancesInService(2).build()))
                .build()))
            .remoteAccess(RemoteAccess.sessionManager(SessionManagerOptions.builder()
                .encryptionKey(encryptionKey)
                .logGroup(LogGroup.Builder.create(stack, "Sessions").encryptionKey(encryptionKey).build())
                .inventory(true)
                .patching(false)
                .endpoints(SessionManagerEndpoints.builder()
                    .kms(theirs(stack, "Kms", "f0"))
                    .logs(theirs(stack, "Logs", "f1"))
                    .ssm(theirs(stack, "Ssm", "f2"))
                    .ssmMessages(theirs(stack, "SsmMessages", "f3"))
                    .build())
                .build()))
            .build();
        Scenarios.output(stack, "GroupName", access.getCompute().getAutoScalingGroup().getAutoScalingGroupName());
        Scenarios.output(stack, "SessionDocument", access.getRemoteAccess().getSessionDocumentName());
        Scenarios.output(stack, "ForTheEndpoints",
            access.getRequiredPolicies().stream().map(RequiredPolicy::getResource).collect(Collectors.joining(",")));
    }

    private static IInterfaceVpcEndpoint theirs(final Stack stack, final String id, final String end) {
        return InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(stack, id, InterfaceVpcEndpointAttributes.builder()
            .vpcEndpointId("vpce-0123456789abcde" + end).port(443).build());
    }

    private static void windowsServer(final Stack stack) {
        final AwsOwnedBucket vendor = AwsOwnedBucket.custom(CustomAwsOwnedBucketOptions.builder()
            .purpose("VendorPackages").signedByRole(true).actions(List.of("s3:GetObject")).bucketNames(List.of("example-vendor-packages"))
            .build());
        final AwsOwnedBucket tools = AwsOwnedBucket.custom(CustomAwsOwnedBucketOptions.builder()
            .purpose("Tools").signedByRole(false).objectArns(List.of("arn:aws:s3:::example-tools/windows/*")).build());
        PrivateEc2S3Access.Builder.create(stack, "App")
            .dataBuckets(dataBuckets())
            .compute(Compute.instance(InstanceOptions.builder()
                .machineImage(MachineImage.latestWindows(WindowsVersion.WINDOWS_SERVER_2022_ENGLISH_FULL_BASE)).build()))
            .awsOwnedBuckets(List.of(AwsOwnedBucket.windowsDriversAndTools(), vendor, tools))
            .remoteAccess(connect(InstanceConnectProtocol.RDP))
            .build();
        Scenarios.output(stack, "Purposes", String.join(",", vendor.getPurpose(), tools.getPurpose()));
        Scenarios.output(stack, "Signed", Stream.of(vendor, tools)
            .filter(AwsOwnedBucket::getSignedByRole).map(AwsOwnedBucket::getPurpose).collect(Collectors.joining(",")));
    }

    private static void instancesElsewhere(final Stack stack) {
        final PrivateEc2S3Access access = PrivateEc2S3Access.Builder.create(stack, "App")
            .dataBuckets(dataBuckets()).compute(Compute.instanceProfile()).build();
        Scenarios.output(stack, "ProfileName", access.getCompute().getInstanceProfile().getInstanceProfileName());
    }

    /** A fleet and an instance that serve requests from within their networks. */
    private static void servers(final Stack stack) {
        final PrivateEc2S3Access fleet = PrivateEc2S3Access.Builder.create(stack, "Fleet")
            .dataBuckets(dataBuckets())
            .compute(Compute.fleet(FleetOptions.builder().minCapacity(2).maxCapacity(4).build()))
            .build();
        final AutoScalingGroup group = fleet.getCompute().getAutoScalingGroup();
        listener(stack, "FleetBalancer", fleet.getVpc()).addTargets("Servers", to(group));
        group.scaleOnRequestCount("Load", RequestCountScalingProps.builder().targetRequestsPerMinute(600).build());
        final PrivateEc2S3Access one = PrivateEc2S3Access.Builder.create(stack, "One").dataBuckets(dataBuckets()).build();
        final InstanceTarget target = new InstanceTarget(one.getCompute().getInstance());
        listener(stack, "OneBalancer", one.getVpc()).addTargets("Servers", to(target));
    }

    private static ApplicationListener listener(final Stack stack, final String id, final IVpc vpc) {
        return ApplicationLoadBalancer.Builder.create(stack, id)
            .vpc(vpc).vpcSubnets(SubnetSelection.builder().subnetType(SubnetType.PRIVATE_ISOLATED).build()).build()
            .addListener("Http", BaseApplicationListenerProps.builder().port(80).open(false).build());
    }

    private static AddApplicationTargetsProps to(final IApplicationLoadBalancerTarget target) {
        return AddApplicationTargetsProps.builder().port(80).targets(List.of(target)).build();
    }
}
