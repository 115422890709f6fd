package scenarios;

import io.github.cdkprivateec2s3access.AccessGrant;
import io.github.cdkprivateec2s3access.AccessList;
import io.github.cdkprivateec2s3access.AssetGrant;
import io.github.cdkprivateec2s3access.AwsOwnedBucket;
import io.github.cdkprivateec2s3access.BucketAccess;
import io.github.cdkprivateec2s3access.DataBucket;
import io.github.cdkprivateec2s3access.DataBucketPolicy;
import io.github.cdkprivateec2s3access.DataEncryption;
import io.github.cdkprivateec2s3access.DataKey;
import io.github.cdkprivateec2s3access.DnsFirewall;
import io.github.cdkprivateec2s3access.OrganizationBoundary;
import io.github.cdkprivateec2s3access.PerimeterExemption;
import io.github.cdkprivateec2s3access.PrivateFleet;
import io.github.cdkprivateec2s3access.PrivateNetwork;
import io.github.cdkprivateec2s3access.RemoteWorkload;
import io.github.cdkprivateec2s3access.RemoteWorkloadAttributes;
import io.github.cdkprivateec2s3access.S3Endpoint;
import io.github.cdkprivateec2s3access.S3EndpointMode;
import io.github.cdkprivateec2s3access.TaggedWorkloadsAttributes;
import io.github.cdkprivateec2s3access.WorkloadRole;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.iam.ManagedPolicy;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.IBucket;
import software.amazon.awscdk.services.s3.assets.Asset;

/** The parts, with their options. */
final class Parts {
    private static final String ENDPOINT_ID = "vpce-0123456789abcdef0";

    private Parts() {
    }

    /** Every option of the parts, what they hand out, and the owner of a bucket that others reach. */
    static void define(final App app) {
        final Stack owner = new Stack(app, "Owner", Scenarios.env("444455556666", "eu-west-1"));
        final Bucket lake = Bucket.Builder.create(owner, "Lake").bucketName("example-lake").build();
        final Stack stack = new Stack(app, "Parts", Scenarios.env("111122223333", "eu-west-1"));
        final PerimeterExemption deploy = PerimeterExemption.roleArn("arn:aws:iam::111122223333:role/deploy/Deploy");
        final AccessList accessList = AccessList.Builder.create()
            .awsOwnedBuckets(List.of(AwsOwnedBucket.ssmAgent()))
            .credentialBinding(true)
            .organization(OrganizationBoundary.builder()
                .organizationId("o-a1b2c3d4e5").accounts(List.of("111122223333", "444455556666")).build())
            .perimeterExemptions(List.of(deploy))
            .build();
        workload(stack, accessList, lake);
        policyOf(owner, accessList, lake);
        tell(stack, accessList, deploy);
    }

    private static void workload(final Stack stack, final AccessList accessList, final IBucket lake) {
        final IBucket logs = Bucket.fromBucketName(stack, "Logs", "example-logs");
        final PrivateNetwork network = PrivateNetwork.Builder.create(stack, "Network")
            .dnsFirewall(DnsFirewall.listedDomains())
            .flowLogsBucket(logs)
            .build();
        final IVpc vpc = network.getVpc();
        final S3Endpoint s3Endpoint = S3Endpoint.Builder.create(stack, "S3Endpoint").accessList(accessList).vpc(vpc)
            .mode(S3EndpointMode.gateway()).vpcSubnets(SubnetSelection.builder().subnets(network.getSubnets()).build()).build();
        final DataKey key = DataKey.Builder.create(stack, "Key").accessList(accessList).description("The data of the workload").build();
        final DataBucket data = DataBucket.Builder.create(stack, "Data").accessList(accessList).accessLogsBucket(logs)
            .bucketNamePrefix("example").encryption(DataEncryption.existingKey(key)).build();
        final WorkloadRole role = WorkloadRole.Builder.create(stack, "Role")
            .accessList(accessList)
            .description("Reads and writes data")
            .permissionsBoundary(ManagedPolicy.fromManagedPolicyName(stack, "Boundary", "WorkloadBoundary"))
            .roleName("Workload")
            .build();
        accessList.addVpcEndpoint("vpce-0fedcba9876543210");
        accessList.allow(AccessGrant.builder()
            .role(role).bucket(data.getBucket()).access(List.of(BucketAccess.readWrite())).build());
        accessList.allow(AccessGrant.builder()
            .role(role).bucket(lake).access(List.of(BucketAccess.readOnly("raw/"))).accessPointName("lake-workload").build());
        accessList.allowAsset(AssetGrant.builder()
            .role(role)
            .asset(Asset.Builder.create(stack, "Setup").path(Hosts.setupScript()).build())
            .encryptionKey(Key.fromKeyArn(stack, "AssetKey",
                "arn:aws:kms:eu-west-1:111122223333:key/01234567-89ab-cdef-0123-456789abcdef"))
            .build());
        final PrivateFleet fleet = PrivateFleet.Builder.create(stack, "Fleet").vpc(vpc).s3Endpoint(s3Endpoint).role(role)
            .securityGroup(SecurityGroup.Builder.create(stack, "Workload").vpc(vpc).build())
            .minCapacity(1).maxCapacity(2).waitFor(List.of(network.getRouted(), data.getPolicy(), s3Endpoint.getReady())).build();
        Scenarios.output(stack, "GroupName", fleet.getAutoScalingGroup().getAutoScalingGroupName());
        Scenarios.output(stack, "ForTheBucket", String.valueOf(data.getRequiredStatements().size()));
    }

    /** The owner of the bucket lets the workload in, and others. */
    private static void policyOf(final Stack owner, final AccessList accessList, final Bucket lake) {
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
            .workloads(List.of(RemoteWorkload.fromAccessList(accessList, lake), reporting, teams))
            .networkPerimeter(true)
            .perimeterExemptions(List.of(PerimeterExemption.permissionSet("DataStewards")))
            .build();
        Scenarios.output(owner, "Statements", Scenarios.sids(policy.getBucketStatements()));
        Scenarios.output(owner, "ForTheKey", String.valueOf(policy.getRequiredKeyStatements().size()));
    }

    private static void tell(final Stack stack, final AccessList accessList, final PerimeterExemption deploy) {
        final BucketAccess ofLake = accessList.getGrants().get(0).getAccess().get(0);
        final AssetGrant ofSetup = accessList.getAssetGrants().get(0);
        Scenarios.output(stack, "List", String.join(" ",
            accessList.getAwsOwnedBuckets().stream().map(AwsOwnedBucket::getPurpose).collect(Collectors.joining(",")),
            String.valueOf(accessList.getCredentialBinding()),
            accessList.getOrganization().getOrganizationId(),
            accessList.getPerimeterExemptions().stream().map(PerimeterExemption::getPrincipalArnPattern).collect(Collectors.joining(",")),
            deploy.getAccount()));
        Scenarios.output(stack, "Endpoints", Fn.join(",", accessList.getVpcEndpointIds()));
        Scenarios.output(stack, "LakeAccess", Stream.of(
            ofLake.getBucketActions(), ofLake.getObjectActions(), ofLake.getKeyActions(), List.of(ofLake.getPrefix()))
            .flatMap(List::stream).collect(Collectors.joining(",")));
        Scenarios.output(stack, "Asset", Fn.join(" ", List.of(
            ofSetup.getRole().getRoleName(), ofSetup.getAsset().getS3ObjectKey(), ofSetup.getEncryptionKey().getKeyArn())));
    }
}
