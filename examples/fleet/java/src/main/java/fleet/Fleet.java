package fleet;

import io.github.cdkprivateec2s3access.BucketAccess;
import io.github.cdkprivateec2s3access.Compute;
import io.github.cdkprivateec2s3access.DataBucketSource;
import io.github.cdkprivateec2s3access.FleetOptions;
import io.github.cdkprivateec2s3access.NewDataBucketProps;
import io.github.cdkprivateec2s3access.PrivateEc2S3Access;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.autoscaling.CpuUtilizationScalingProps;
import software.amazon.awscdk.services.autoscaling.InstanceRefreshOptions;
import software.amazon.awscdk.services.autoscaling.InstanceRefreshStrategy;
import software.amazon.awscdk.services.autoscaling.UpdatePolicy;
import software.amazon.awscdk.services.ec2.InstanceClass;
import software.amazon.awscdk.services.ec2.InstanceSize;
import software.amazon.awscdk.services.ec2.InstanceType;

public final class Fleet {
    private Fleet() {
    }

    public static void main(final String[] args) {
        final App scope = new App();
        final PrivateEc2S3Access app = PrivateEc2S3Access.Builder.create(new Stack(scope, "Fleet"), "App")
            .compute(Compute.fleet(FleetOptions.builder()
                .minCapacity(2)
                .maxCapacity(10)
                .instanceType(InstanceType.of(InstanceClass.M7G, InstanceSize.LARGE))
                .defaultInstanceWarmup(Duration.minutes(3))
                .updatePolicy(UpdatePolicy.instanceRefresh(InstanceRefreshOptions.builder()
                    .strategy(InstanceRefreshStrategy.ROLLING)
                    .minHealthyPercentage(90)
                    .checkpointPercentages(List.of(50, 100))
                    .checkpointDelay(Duration.minutes(15))
                    .build()))
                .build()))
            .dataBuckets(Map.of("Jobs", DataBucketSource.create(NewDataBucketProps.builder()
                .access(List.of(BucketAccess.readOnly("in/"), BucketAccess.writeOnly("out/"))).build())))
            .build();
        app.getCompute().getAutoScalingGroup().scaleOnCpuUtilization("Cpu",
            CpuUtilizationScalingProps.builder().targetUtilizationPercent(60).build());
        scope.synth();
    }
}
