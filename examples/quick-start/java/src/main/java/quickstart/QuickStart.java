package quickstart;

import io.github.cdkprivateec2s3access.BucketAccess;
import io.github.cdkprivateec2s3access.DataBucketSource;
import io.github.cdkprivateec2s3access.NewDataBucketProps;
import io.github.cdkprivateec2s3access.PrivateEc2S3Access;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.App;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Stack;

public final class QuickStart {
    private QuickStart() {
    }

    public static void main(final String[] args) {
        final App scope = new App();
        final Stack stack = new Stack(scope, "QuickStart");
        final PrivateEc2S3Access app = PrivateEc2S3Access.Builder.create(stack, "App")
            .dataBuckets(Map.of(
                "UserData", DataBucketSource.create(NewDataBucketProps.builder()
                    .access(List.of(BucketAccess.readWrite())).build()),
                "Datasets", DataBucketSource.create(NewDataBucketProps.builder()
                    .access(List.of(BucketAccess.readOnly("datasets/"))).build())))
            .build();
        output(stack, "UserDataBucket", app.dataBucket("UserData").getBucketName());
        output(stack, "DatasetsBucket", app.dataBucket("Datasets").getBucketName());
        output(stack, "InstanceId", app.getCompute().getInstance().getInstanceId());
        output(stack, "RoleArn", app.getRole().getRoleArn());
        scope.synth();
    }

    private static void output(final Stack stack, final String id, final String value) {
        CfnOutput.Builder.create(stack, id).value(value).build();
    }
}
