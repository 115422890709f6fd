package scenarios;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cdkprivateec2s3access.AwsOwnedBucket;
import io.github.cdkprivateec2s3access.BucketAccess;
import io.github.cdkprivateec2s3access.BucketAccessOptions;
import io.github.cdkprivateec2s3access.Compute;
import io.github.cdkprivateec2s3access.DataBucketSource;
import io.github.cdkprivateec2s3access.DataEncryption;
import io.github.cdkprivateec2s3access.ExistingDataBucketProps;
import io.github.cdkprivateec2s3access.FleetOptions;
import io.github.cdkprivateec2s3access.InstanceOptions;
import io.github.cdkprivateec2s3access.NewDataBucketProps;
import io.github.cdkprivateec2s3access.OrganizationBoundary;
import io.github.cdkprivateec2s3access.PerimeterExemption;
import io.github.cdkprivateec2s3access.PrivateEc2S3Access;
import io.github.cdkprivateec2s3access.RemoteAccess;
import io.github.cdkprivateec2s3access.S3EndpointMode;
import java.io.File;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import software.amazon.awscdk.Acknowledgment;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Size;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.Validations;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpoint;
import software.amazon.awscdk.services.ec2.ISecurityGroup;
import software.amazon.awscdk.services.ec2.InstanceType;
import software.amazon.awscdk.services.ec2.PrefixList;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.ec2.UserData;
import software.amazon.awscdk.services.iam.AnyPrincipal;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketAttributes;
import software.amazon.awscdk.services.s3.IBucket;

/** The scenarios of scenarios.ts, as a user of the CDK in Java writes them. */
public final class Scenarios {
    private Scenarios() {
    }

    static DataBucketSource create(final BucketAccess... access) {
        return DataBucketSource.create(NewDataBucketProps.builder().access(List.of(access)).build());
    }

    private static DataBucketSource adopt(final IBucket bucket, final BucketAccess... access) {
        return DataBucketSource.fromBucket(bucket, ExistingDataBucketProps.builder().access(List.of(access)).build());
    }

    static StackProps env(final String account, final String region) {
        return StackProps.builder().env(Environment.builder().account(account).region(region).build()).build();
    }

    static void output(final Stack stack, final String id, final String value) {
        CfnOutput.Builder.create(stack, id).value(value).build();
    }

    static String sids(final List<PolicyStatement> statements) {
        return statements.stream().map(PolicyStatement::getSid).collect(Collectors.joining(","));
    }

    /** What others must attach, by the names of the statements. */
    static String sidsOf(final PrivateEc2S3Access workload) {
        return workload.getRequiredPolicies().stream().map(each -> sids(each.getStatements())).collect(Collectors.joining(","));
    }

    /** The quick start of the README. */
    private static void quickStart(final App app) {
        final Stack stack = new Stack(app, "Training");
        PrivateEc2S3Access.Builder.create(stack, "App")
            .dataBuckets(Map.of(
                "UserData", create(BucketAccess.readWrite()),
                "Datasets", create(BucketAccess.readOnly("datasets/"))))
            .build();
    }

    /** Every option of the contract at once, and what the construct hands out. */
    private static void everyOption(final App scope) {
        final Stack stack = new Stack(scope, "Training");
        final IBucket archive = Bucket.fromBucketAttributes(stack, "Archive", BucketAttributes.builder()
            .bucketArn("arn:aws:s3:::example-log-archive").account("444455556666").build());
        final PrivateEc2S3Access app = PrivateEc2S3Access.Builder.create(stack, "App")
            .vpc(Paths.isolatedVpc(stack))
            .vpcSubnets(SubnetSelection.builder().subnetType(SubnetType.PRIVATE_ISOLATED).build())
            .compute(Compute.fleet(FleetOptions.builder().minCapacity(2).maxCapacity(20).build()))
            .role(Role.Builder.create(stack, "Role").assumedBy(new ServicePrincipal("ec2.amazonaws.com")).build())
            .s3Endpoint(S3EndpointMode.gateway())
            .s3PrefixList(PrefixList.fromPrefixListId(stack, "S3", "pl-63a5400a"))
            .dataBuckets(Map.of(
                "UserData", DataBucketSource.create(NewDataBucketProps.builder()
                    .access(List.of(BucketAccess.readWrite())).bucketName("myapp-prod-user-data-bucket").build()),
                "LogArchive", adopt(archive, BucketAccess.writeOnly("myapp/", BucketAccessOptions.builder()
                    .bucketOwnerFullControl(true).tagObjects(true).build())),
                "Models", create(
                    BucketAccess.readOnly("models/", BucketAccessOptions.builder()
                        .listAllUploads(true).listWholeBucket(true).prefixRoot(true).build()),
                    BucketAccess.of(List.of("s3:GetObjectVersion"), "models/"))))
            .encryption(DataEncryption.customerManagedKey())
            .awsOwnedBuckets(List.of(AwsOwnedBucket.amazonLinux2023Repositories(), AwsOwnedBucket.ssmAgent()))
            .remoteAccess(RemoteAccess.sessionManager())
            .organization(OrganizationBoundary.builder()
                .organizationId("o-a1b2c3d4e5")
                .organizationalUnitPaths(List.of("o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/"))
                .build())
            .perimeterExemptions(List.of(
                PerimeterExemption.permissionSet("BreakGlass"),
                PerimeterExemption.role(Role.fromRoleArn(stack, "Deploy", "arn:aws:iam::111122223333:role/deploy/Deploy"))))
            .credentialBinding(true)
            .proveAtSynthesis(true)
            .build();
        final IBucket scratch = app.addDataBucket("Scratch", create(BucketAccess.readWrite()));
        Role.Builder.create(stack, "Reader").assumedBy(app.getGrantPrincipal()).build();
        output(stack, "ScratchName", scratch.getBucketName());
        output(stack, "UserDataArn", app.dataBucket("UserData").getBucketArn());
        output(stack, "RoleArn", app.getRole().getRoleArn());
        output(stack, "VpcId", app.getVpc().getVpcId());
        output(stack, "SecurityGroups", Fn.join(",", app.getConnections().getSecurityGroups().stream()
            .map(ISecurityGroup::getSecurityGroupId).collect(Collectors.toList())));
        output(stack, "Endpoints", Fn.join(",", app.getS3Endpoint().getVpcEndpointIds()));
        output(stack, "ForTheArchive", sidsOf(app));
    }

    /** A bucket of one stack, adopted by the workload of another. */
    private static void twoStacks(final App app) {
        final Bucket owned = new Bucket(new Stack(app, "Storage"), "Shared");
        final Stack stack = new Stack(app, "Training");
        final PrivateEc2S3Access workload = PrivateEc2S3Access.Builder.create(stack, "App")
            .dataBuckets(Map.of("Shared", adopt(owned, BucketAccess.readOnly())))
            .build();
        output(stack, "ForTheOwner", sidsOf(workload));
    }

    /** The choices that the contract does not take. */
    private static void otherChoices(final App app) {
        final Stack one = new Stack(app, "ThroughInterface", env("111122223333", "us-east-1"));
        final UserData userData = UserData.forLinux();
        userData.addCommands("echo \"started\" > /var/log/started");
        PrivateEc2S3Access.Builder.create(one, "App")
            .dataBuckets(Map.of("UserData", DataBucketSource.create(NewDataBucketProps.builder()
                .access(List.of(BucketAccess.readWrite())).noncurrentVersionExpiration(Duration.days(30)).build())))
            .compute(Compute.instance(InstanceOptions.builder()
                .instanceType(new InstanceType("t4g.small")).rootVolumeSize(Size.gibibytes(20)).userData(userData).build()))
            .encryption(DataEncryption.s3Managed())
            .s3Endpoint(S3EndpointMode.interfaceEndpoint())
            .remoteAccess(RemoteAccess.none())
            .build();
        final Stack two = new Stack(app, "OwnKey");
        final PrivateEc2S3Access bound = PrivateEc2S3Access.Builder.create(two, "App")
            .dataBuckets(Map.of("UserData", create(BucketAccess.readWrite("in/"))))
            .encryption(DataEncryption.existingKey(new Key(two, "Key")))
            .s3Endpoint(S3EndpointMode.gatewayAndInterface())
            .perimeterExemptions(List.of(PerimeterExemption.roleArn("arn:aws:iam::111122223333:role/deploy/Deploy")))
            .credentialBinding(false)
            .proveAtSynthesis(false)
            .removalPolicy(RemovalPolicy.DESTROY)
            .autoDeleteObjects(true)
            .build();
        bound.getRole().addToPrincipalPolicy(PolicyStatement.Builder.create()
            .actions(List.of("sqs:SendMessage")).resources(List.of("arn:aws:sqs:us-east-1:111122223333:jobs")).build());
        final Stack three = new Stack(app, "TheirEndpoint");
        final PrivateEc2S3Access theirs = PrivateEc2S3Access.Builder.create(three, "App")
            .s3Endpoint(S3EndpointMode.fromGatewayEndpoint(
                GatewayVpcEndpoint.fromGatewayVpcEndpointId(three, "Theirs", "vpce-0123456789abcdef0")))
            .vpc(Paths.isolatedVpc(three))
            .dataBuckets(Map.of("UserData", create(BucketAccess.readOnly())))
            .build();
        output(three, "ForTheEndpoint", sidsOf(theirs));
    }

    /** A workload whose endpoint lets everybody through. */
    private static PrivateEc2S3Access widened(final App app, final boolean proveAtSynthesis) {
        final PrivateEc2S3Access access = PrivateEc2S3Access.Builder.create(new Stack(app, "Training"), "App")
            .dataBuckets(Map.of("UserData", create(BucketAccess.readWrite())))
            .proveAtSynthesis(proveAtSynthesis)
            .build();
        access.getS3Endpoint().addToPolicy(PolicyStatement.Builder.create()
            .sid("Wide").principals(List.of(new AnyPrincipal())).actions(List.of("s3:*")).resources(List.of("*")).build());
        return access;
    }

    /** What the proof finds is acknowledged, with its reason. */
    private static void acknowledged(final App app) {
        acknowledge(widened(app, true), List.of("closed[endpoint-to-others]", "no-way-out[s3-endpoint]"), "a test");
    }

    private static void acknowledge(final PrivateEc2S3Access access, final List<String> rules, final String reason) {
        for (final String rule : rules) {
            Validations.of(access).acknowledge(
                Acknowledgment.builder().id("cdk-private-ec2-s3-access::" + rule).reason(reason).build());
        }
    }

    private static PrivateEc2S3Access define(final App app, final String id, final Map<String, DataBucketSource> dataBuckets) {
        return PrivateEc2S3Access.Builder.create(new Stack(app, id), "App").dataBuckets(dataBuckets).build();
    }

    private static Map<String, Runnable> refusals(final App app) {
        final Map<String, Runnable> refusals = new LinkedHashMap<>();
        final BucketAccess read = BucketAccess.readOnly();
        refusals.put("a prefix without its slash", () -> create(BucketAccess.readOnly("data")));
        refusals.put("no access", () -> create());
        refusals.put("a fleet that shrinks", () -> Compute.fleet(FleetOptions.builder().minCapacity(4).maxCapacity(2).build()));
        refusals.put("a wildcard", () -> BucketAccess.of(List.of("s3:*")));
        refusals.put("a session", () -> PerimeterExemption.roleArn("arn:aws:sts::111122223333:assumed-role/Deploy/me"));
        refusals.put("no bucket", () -> define(app, "Nothing", Map.of()));
        refusals.put("two problems", () -> define(app, "Two", Map.of("User/Data", create(read), "Übung", create(read))));
        refusals.put("an unknown bucket", () -> define(app, "Unknown", Map.of("UserData", create(read))).dataBucket("Datasets"));
        refusals.put("a bucket twice", () ->
            define(app, "Twice", Map.of("UserData", create(read))).addDataBucket("UserData", create(read)));
        refusals.put("a directory bucket", () -> define(app, "Directory", Map.of("Data",
            adopt(Bucket.fromBucketName(new Stack(app, "Their"), "Data", "data--use1-az4--x-s3"), read))));
        return refusals;
    }

    private static Map<String, String> refused(final Runnable action) {
        try {
            action.run();
            return Map.of("type", "none", "message", "");
        } catch (final RuntimeException error) {
            return Map.of("type", error.getClass().getSimpleName(), "message", error.getMessage());
        }
    }

    /** Writes the cloud assembly of each scenario, and the errors of what is refused, into a folder. */
    public static void main(final String[] args) throws IOException {
        final File folder = new File(args[0]);
        final Map<String, Consumer<App>> scenarios = new LinkedHashMap<>();
        scenarios.put("quick-start", Scenarios::quickStart);
        scenarios.put("every-option", Scenarios::everyOption);
        scenarios.put("two-stacks", Scenarios::twoStacks);
        scenarios.put("other-choices", Scenarios::otherChoices);
        scenarios.put("visitors-and-tags", VisitorsAndTags::define);
        scenarios.put("guardrails", Guardrails::define);
        scenarios.put("hosts", Hosts::define);
        scenarios.put("paths", Paths::define);
        scenarios.put("sharing", Sharing::define);
        scenarios.put("unproven", app -> widened(app, false));
        scenarios.put("acknowledged", Scenarios::acknowledged);
        scenarios.forEach((name, scenario) -> {
            final App app = in(folder, name);
            scenario.accept(app);
            app.synth();
        });
        final App app = in(folder, "widened");
        widened(app, true);
        final Map<String, Map<String, String>> errors = new LinkedHashMap<>();
        final App bad = in(folder, "refused");
        refusals(bad).forEach((name, action) -> errors.put(name, refused(action)));
        BadInputs.in(bad).forEach((name, action) -> errors.put(name, refused(action)));
        errors.put("a wide endpoint", refused(app::synth));
        new ObjectMapper().writeValue(new File(folder, "errors.json"), errors);
    }

    private static App in(final File folder, final String name) {
        return new App(AppProps.builder().outdir(new File(folder, name).getPath()).build());
    }
}
