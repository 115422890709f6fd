package scenarios;

import io.github.cdkprivateec2s3access.BucketAccess;
import io.github.cdkprivateec2s3access.Compute;
import io.github.cdkprivateec2s3access.DataBucketSource;
import io.github.cdkprivateec2s3access.ExistingDataBucketProps;
import io.github.cdkprivateec2s3access.InstanceOptions;
import io.github.cdkprivateec2s3access.OnPremisesAccess;
import io.github.cdkprivateec2s3access.OnPremisesAccessOptions;
import io.github.cdkprivateec2s3access.PerimeterExemption;
import io.github.cdkprivateec2s3access.PrivateEc2S3Access;
import io.github.cdkprivateec2s3access.WorkloadsOuGuardrails;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.App;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.Size;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.ec2.InstanceType;
import software.amazon.awscdk.services.ec2.IpAddresses;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.s3.Bucket;

/** One input of each kind that no workload can be made of. */
final class BadInputs {
    private BadInputs() {
    }

    private static final BucketAccess READ = BucketAccess.readOnly();

    static Map<String, Runnable> in(final App app) {
        final Map<String, Runnable> bad = new LinkedHashMap<>();
        bad.put("an empty organization", () -> WorkloadsOuGuardrails.Builder.create(stack(app, "BadOu"), "Guardrails")
            .organizationId("").targetIds(List.of("ou-ab12-11111111")).build());
        bad.put("a variable that is not set", () -> PerimeterExemption.permissionSet("None"));
        bad.put("a reserved id", () -> workload(stack(app, "BadId"), "Default").build());
        bad.put("a network that is too small", () -> workload(stack(app, "BadNetwork"), "UserData")
            .ipAddresses(IpAddresses.cidr("10.0.0.0/28")).build());
        bad.put("half of the internet", () -> OnPremisesAccess.fromRole(
            Role.fromRoleArn(stack(app, "BadSite"), "Site", "arn:aws:iam::111122223333:role/Site"),
            OnPremisesAccessOptions.builder()
                .access(Map.of("UserData", List.of(READ))).networks(List.of("0.0.0.0/1")).build()));
        bad.put("a type without EBS optimization", () -> Compute.instance(
            InstanceOptions.builder().instanceType(new InstanceType("t2.micro")).build()));
        bad.put("a volume below its image", () -> workload(stack(app, "BadVolume"), "UserData")
            .compute(Compute.instance(InstanceOptions.builder().rootVolumeSize(Size.gibibytes(4)).build())).build());
        bad.put("a role of another partition", () -> workload(stack(app, "BadPartition"), "UserData")
            .perimeterExemptions(List.of(PerimeterExemption.roleArn("arn:aws-cn:iam::111122223333:role/Backup"))).build());
        bad.put("the workload as exemption", () -> {
            final Stack stack = stack(app, "BadExemption");
            final Role role = Role.Builder.create(stack, "Role").assumedBy(new ServicePrincipal("ec2.amazonaws.com")).build();
            workload(stack, "UserData").role(role).perimeterExemptions(List.of(PerimeterExemption.role(role))).build();
        });
        bad.put("a log bucket for data", () -> {
            final Stack stack = stack(app, "BadLogs");
            final Bucket logs = new Bucket(stack, "Logs");
            final DataBucketSource data = DataBucketSource.fromBucket(
                logs, ExistingDataBucketProps.builder().access(List.of(READ)).build());
            PrivateEc2S3Access.Builder.create(stack, "App").accessLogsBucket(logs).dataBuckets(Map.of("Logs", data)).build();
        });
        bad.put("a parameter as prefix", () -> BucketAccess.readOnly(
            CfnParameter.Builder.create(stack(app, "BadPrefix"), "Prefix").build().getValueAsString()));
        bad.put("a data bucket after synthesis", () -> {
            final App late = new App();
            final PrivateEc2S3Access access = workload(new Stack(late, "Late"), "UserData").proveAtSynthesis(false).build();
            late.synth();
            access.addDataBucket("More", Scenarios.create(READ));
        });
        return bad;
    }

    private static Stack stack(final App app, final String id) {
        return new Stack(app, id, Scenarios.env("111122223333", "eu-west-1"));
    }

    private static PrivateEc2S3Access.Builder workload(final Stack stack, final String id) {
        return PrivateEc2S3Access.Builder.create(stack, "App").dataBuckets(Map.of(id, Scenarios.create(READ)));
    }
}
