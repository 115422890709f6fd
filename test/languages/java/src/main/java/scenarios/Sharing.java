package scenarios;

import io.github.cdkprivateec2s3access.AwsOwnedBucket;
import io.github.cdkprivateec2s3access.BucketAccess;
import io.github.cdkprivateec2s3access.Compute;
import io.github.cdkprivateec2s3access.DataBucketPolicy;
import io.github.cdkprivateec2s3access.DataBucketSource;
import io.github.cdkprivateec2s3access.ExistingDataBucketProps;
import io.github.cdkprivateec2s3access.IPrivateEc2S3Access;
import io.github.cdkprivateec2s3access.InstanceOptions;
import io.github.cdkprivateec2s3access.NewDataBucketProps;
import io.github.cdkprivateec2s3access.OrganizationBoundary;
import io.github.cdkprivateec2s3access.PerimeterExemption;
import io.github.cdkprivateec2s3access.PrivateEc2S3Access;
import io.github.cdkprivateec2s3access.RemoteWorkload;
import io.github.cdkprivateec2s3access.RemoteWorkloadAttributes;
import io.github.cdkprivateec2s3access.RequiredPolicy;
import io.github.cdkprivateec2s3access.RequiredPolicyKind;
import io.github.cdkprivateec2s3access.S3EndpointMode;
import io.github.cdkprivateec2s3access.TaggedWorkloadsAttributes;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.ec2.IpAddresses;
import software.amazon.awscdk.services.iam.ManagedPolicy;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.IBucket;
import software.amazon.awscdk.services.s3.assets.Asset;

/** Two workloads on one endpoint, and the owner of a bucket that others reach. */
final class Sharing {
    private static final String ENDPOINT_ID = "vpce-0123456789abcdef0";

    private Sharing() {
    }

    /** Two workloads on one endpoint, what they hand out, and the owner of a bucket that others reach. */
    static void define(final App app) {
        final Stack owner = new Stack(app, "Owner", Scenarios.env("444455556666", "eu-west-1"));
        final Bucket lake = Bucket.Builder.create(owner, "Lake").bucketName("example-lake").build();
        final Stack stack = new Stack(app, "Sharing", Scenarios.env("111122223333", "eu-west-1"));
        final PerimeterExemption deploy = PerimeterExemption.roleArn("arn:aws:iam::111122223333:role/deploy/Deploy");
        final AwsOwnedBucket agent = AwsOwnedBucket.ssmAgent();
        final PrivateEc2S3Access collectors = first(stack, lake, deploy, agent);
        second(stack, collectors);
        policyOf(owner, collectors, lake);
        tell(stack, collectors, deploy, agent);
    }

    private static PrivateEc2S3Access first(
            final Stack stack, final IBucket lake, final PerimeterExemption deploy, final AwsOwnedBucket agent) {
        final PrivateEc2S3Access collectors = PrivateEc2S3Access.Builder.create(stack, "Collectors")
            .ipAddresses(IpAddresses.cidr("10.1.0.0/16"))
            .maxAzs(3)
            .role(Role.Builder.create(stack, "Role")
                .assumedBy(new ServicePrincipal("ec2.amazonaws.com"))
                .permissionsBoundary(ManagedPolicy.fromManagedPolicyName(stack, "Boundary", "WorkloadBoundary"))
                .roleName("Collector")
                .build())
            .awsOwnedBuckets(List.of(agent))
            .organization(OrganizationBoundary.builder()
                .organizationId("o-a1b2c3d4e5").accounts(List.of("111122223333", "444455556666")).build())
            .perimeterExemptions(List.of(deploy))
            .compute(Compute.instance(InstanceOptions.builder()
                .userDataAssets(List.of(Asset.Builder.create(stack, "Setup").path(Hosts.setupScript()).build()))
                .userDataAssetsKey(Key.fromKeyArn(stack, "AssetKey",
                    "arn:aws:kms:eu-west-1:111122223333:key/01234567-89ab-cdef-0123-456789abcdef"))
                .build()))
            .dataBuckets(Map.of(
                "Lake", DataBucketSource.fromBucket(lake, ExistingDataBucketProps.builder()
                    .access(List.of(BucketAccess.readOnly("raw/"))).accessPointName("lake-collector").build()),
                "Shared", DataBucketSource.create(NewDataBucketProps.builder()
                    .access(List.of(BucketAccess.writeOnly("raw/"))).build())))
            .build();
        collectors.addToRolePolicy(PolicyStatement.Builder.create()
            .actions(List.of("sqs:SendMessage")).resources(List.of("arn:aws:sqs:eu-west-1:111122223333:jobs")).build());
        return collectors;
    }

    private static void second(final Stack stack, final IPrivateEc2S3Access collectors) {
        final IBucket shared = collectors.dataBucket("Shared");
        final PrivateEc2S3Access trainers = PrivateEc2S3Access.Builder.create(stack, "Trainers")
            .vpc(collectors.getVpc())
            .s3Endpoint(S3EndpointMode.shared(collectors))
            .dataBuckets(Map.of("Shared", DataBucketSource.fromBucket(shared, ExistingDataBucketProps.builder()
                .access(List.of(BucketAccess.readOnly("raw/"))).build())))
            .build();
        Scenarios.output(stack, "Roles",
            Fn.join(",", List.of(collectors.getRole().getRoleName(), trainers.getRole().getRoleName())));
        Scenarios.output(stack, "Endpoints", Fn.join(",", collectors.getS3Endpoint().getVpcEndpointIds()));
    }

    /** The owner of the bucket lets the workload in, and others. */
    private static void policyOf(final Stack owner, final IPrivateEc2S3Access collectors, final Bucket lake) {
        final RemoteWorkload reporting = RemoteWorkload.fromAttributes(RemoteWorkloadAttributes.builder()
            .roleArn("arn:aws:iam::777788889999:role/Reporting")
            .access(List.of(BucketAccess.readOnly("reports/")))
            .vpcEndpointAccount("777788889999")
            .vpcEndpointIds(List.of(ENDPOINT_ID))
            .build());
        final RemoteWorkload teams = RemoteWorkload.fromPrincipalTag(TaggedWorkloadsAttributes.builder()
            .tagKey("team")
            .accounts(List.of("777788889999"))
            .organization(OrganizationBoundary.builder().organizationId("o-a1b2c3d4e5").build())
            .access(List.of(BucketAccess.readWrite("teams/")))
            .rolePath("/teams/")
            .vpcEndpointIds(List.of(ENDPOINT_ID))
            .build());
        final DataBucketPolicy policy = DataBucketPolicy.Builder.create(owner, "Policy")
            .bucket(lake)
            .workloads(List.of(RemoteWorkload.fromWorkload(collectors, "Lake"), reporting, teams))
            .networkPerimeter(true)
            .perimeterExemptions(List.of(PerimeterExemption.permissionSet("DataStewards")))
            .build();
        Scenarios.output(owner, "ForTheKey", String.valueOf(policy.getRequiredPolicies().size()));
    }

    /** What the workload hands out: what others must attach, its metrics, what it may do. */
    private static void tell(
            final Stack stack, final PrivateEc2S3Access collectors, final PerimeterExemption deploy, final AwsOwnedBucket agent) {
        final List<RequiredPolicyKind> kinds = List.of(
            RequiredPolicyKind.ACCESS_POINT,
            RequiredPolicyKind.BUCKET,
            RequiredPolicyKind.KEY,
            RequiredPolicyKind.ROLE,
            RequiredPolicyKind.VPC_ENDPOINT);
        final List<RequiredPolicy> required = collectors.getRequiredPolicies().stream()
            .filter(each -> kinds.contains(each.getKind())).collect(Collectors.toList());
        Scenarios.output(stack, "Required", Fn.join(" ", required.stream()
            .map(each -> Fn.join("/", List.of(
                each.getAccount(), each.getResource(), String.valueOf(each.getStatements().size()))))
            .collect(Collectors.toList())));
        Scenarios.output(stack, "ForTheAccessPoint", required.get(0).getDocument());
        final Metric errors = collectors.metricClientErrors("Shared");
        final Metric utilization = collectors.metricCpuUtilization();
        Scenarios.output(stack, "Metrics", String.join(",", errors.getMetricName(), utilization.getMetricName()));
        final BucketAccess raw = BucketAccess.readOnly("raw/");
        Scenarios.output(stack, "Access", Stream.of(
            raw.getBucketActions(), raw.getObjectActions(), raw.getKeyActions(), List.of(raw.getPrefix()))
            .flatMap(List::stream).collect(Collectors.joining(",")));
        Scenarios.output(stack, "Exemption",
            String.join(" ", agent.getPurpose(), deploy.getPrincipalArnPattern(), deploy.getAccount()));
    }
}
