package existingbucket;

import io.github.cdkprivateec2s3access.BucketAccess;
import io.github.cdkprivateec2s3access.DataBucketSource;
import io.github.cdkprivateec2s3access.ExistingDataBucketProps;
import io.github.cdkprivateec2s3access.NewDataBucketProps;
import io.github.cdkprivateec2s3access.PrivateEc2S3Access;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketAttributes;
import software.amazon.awscdk.services.s3.IBucket;

public final class ExistingBucket {
    private ExistingBucket() {
    }

    public static void main(final String[] args) {
        final App app = new App();
        final Stack stack = new Stack(app, "ExistingBucket", StackProps.builder()
            .env(Environment.builder().account("111122223333").region("eu-west-1").build()).build());

        final IBucket datasets = Bucket.fromBucketAttributes(stack, "Datasets", BucketAttributes.builder()
            .bucketName("example-datasets")
            .encryptionKey(Key.fromKeyArn(stack, "DatasetsKey",
                "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"))
            .build());

        PrivateEc2S3Access.Builder.create(stack, "App")
            .dataBuckets(Map.of(
                "Datasets", DataBucketSource.fromBucket(datasets, ExistingDataBucketProps.builder()
                    .access(List.of(BucketAccess.readOnly("public/"))).build()),
                "Results", DataBucketSource.create(NewDataBucketProps.builder()
                    .access(List.of(BucketAccess.readWrite())).build())))
            .build();
        app.synth();
    }
}
