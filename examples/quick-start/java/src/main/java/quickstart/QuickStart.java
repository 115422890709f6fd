package quickstart;

import io.github.cdkprivateec2s3access.BucketAccess;
import io.github.cdkprivateec2s3access.DataBucketSource;
import io.github.cdkprivateec2s3access.NewDataBucketProps;
import io.github.cdkprivateec2s3access.PrivateEc2S3Access;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;

public final class QuickStart {
    private QuickStart() {
    }

    public static void main(final String[] args) {
        final App app = new App();
        PrivateEc2S3Access.Builder.create(new Stack(app, "QuickStart"), "App")
            .dataBuckets(Map.of(
                "UserData", DataBucketSource.create(NewDataBucketProps.builder()
                    .access(List.of(BucketAccess.readWrite())).build()),
                "Datasets", DataBucketSource.create(NewDataBucketProps.builder()
                    .access(List.of(BucketAccess.readOnly("datasets/"))).build())))
            .build();
        app.synth();
    }
}
