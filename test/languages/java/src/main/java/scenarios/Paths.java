package scenarios;

import io.github.cdkprivateec2s3access.BucketAccess;
import io.github.cdkprivateec2s3access.Compute;
import io.github.cdkprivateec2s3access.DataBucketSource;
import io.github.cdkprivateec2s3access.DnsFirewall;
import io.github.cdkprivateec2s3access.DnsFirewallOptions;
import io.github.cdkprivateec2s3access.ExistingDataBucketProps;
import io.github.cdkprivateec2s3access.ExistingInterfaceEndpointOptions;
import io.github.cdkprivateec2s3access.GatewayEndpointOptions;
import io.github.cdkprivateec2s3access.InterfaceEndpointOptions;
import io.github.cdkprivateec2s3access.NewDataBucketProps;
import io.github.cdkprivateec2s3access.PrivateEc2S3Access;
import io.github.cdkprivateec2s3access.S3EndpointMode;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.ec2.IInterfaceVpcEndpoint;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.ec2.InterfaceVpcEndpoint;
import software.amazon.awscdk.services.ec2.InterfaceVpcEndpointAttributes;
import software.amazon.awscdk.services.ec2.IpAddresses;
import software.amazon.awscdk.services.ec2.IpProtocol;
import software.amazon.awscdk.services.ec2.PrefixList;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ec2.SubnetConfiguration;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.ec2.VpcEndpointDnsRecordIpType;
import software.amazon.awscdk.services.ec2.VpcEndpointIpAddressType;
import software.amazon.awscdk.services.iam.FromRoleArnOptions;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketAttributes;
import software.amazon.awscdk.services.s3.IBucket;

/** The paths to S3. */
final class Paths {
    private Paths() {
    }

    /** Every option of the endpoints, and where the logs go that others keep. */
    static void define(final App app) {
        dualStack(new Stack(app, "DualStack", Scenarios.env("111122223333", "eu-west-1")));
        ownInterface(new Stack(app, "OwnInterface", Scenarios.env("111122223333", "us-east-1")));
        otherRegion(new Stack(app, "OtherRegion", Scenarios.env("111122223333", "eu-west-1")));
        hub(new Stack(app, "Hub"));
        logsElsewhere(new Stack(app, "LogsElsewhere"));
    }

    private static Map<String, DataBucketSource> dataBuckets() {
        return Map.of("UserData", DataBucketSource.create(NewDataBucketProps.builder()
            .access(List.of(BucketAccess.readWrite())).bucketNamePrefix("example-data").build()));
    }

    /** A VPC of isolated subnets. */
    static Vpc isolatedVpc(final Stack stack) {
        return Vpc.Builder.create(stack, "Network")
            .natGateways(0)
            .subnetConfiguration(List.of(SubnetConfiguration.builder()
                .name("Isolated").subnetType(SubnetType.PRIVATE_ISOLATED).build()))
            .build();
    }

    private static void dualStack(final Stack stack) {
        final SubnetConfiguration isolated = SubnetConfiguration.builder().name("Isolated").subnetType(SubnetType.PRIVATE_ISOLATED).build();
        final PrivateEc2S3Access access = PrivateEc2S3Access.Builder.create(stack, "App")
            .vpc(Vpc.Builder.create(stack, "Vpc").ipProtocol(IpProtocol.DUAL_STACK).subnetConfiguration(List.of(isolated)).build())
            .credentialBinding(false)
            .dataBuckets(dataBuckets())
            .s3Endpoint(S3EndpointMode.gateway(GatewayEndpointOptions.builder()
                .ipAddressType(VpcEndpointIpAddressType.DUALSTACK)
                .dnsRecordIpType(VpcEndpointDnsRecordIpType.DUALSTACK)
                .ipv6PrefixList(PrefixList.fromPrefixListId(stack, "S3OverIpv6", "pl-0123456789abcdef6"))
                .build()))
            .build();
        Scenarios.output(stack, "Gateway", access.getS3Endpoint().getGatewayEndpoint().getVpcEndpointId());
    }

    private static void ownInterface(final Stack stack) {
        final IVpc vpc = isolatedVpc(stack);
        final PrivateEc2S3Access access = PrivateEc2S3Access.Builder.create(stack, "App")
            .vpc(vpc)
            .dataBuckets(dataBuckets())
            .s3Endpoint(S3EndpointMode.gatewayAndInterface(InterfaceEndpointOptions.builder()
                .dnsRecordIpType(VpcEndpointDnsRecordIpType.IPV4)
                .fips(true)
                .ipAddressType(VpcEndpointIpAddressType.IPV4)
                .privateDnsEnabled(false)
                .singleAz(true)
                .subnets(SubnetSelection.builder().subnetType(SubnetType.PRIVATE_ISOLATED).build())
                .build()))
            .build();
        Scenarios.output(stack, "Group", access.getS3Endpoint().getOwnInterfaceSecurityGroup().getSecurityGroupId());
    }

    private static void otherRegion(final Stack stack) {
        final IBucket central = Bucket.fromBucketAttributes(stack, "Central", BucketAttributes.builder()
            .bucketName("example-central").account("444455556666").region("eu-central-1").build());
        final IVpc vpc = isolatedVpc(stack);
        final PrivateEc2S3Access access = PrivateEc2S3Access.Builder.create(stack, "App")
            .vpc(vpc)
            .securityGroup(SecurityGroup.Builder.create(stack, "Workload").vpc(vpc).allowAllOutbound(false).build())
            .credentialBinding(false)
            .dataBuckets(Map.of("Central", DataBucketSource.fromBucket(central, ExistingDataBucketProps.builder()
                .access(List.of(BucketAccess.readOnly())).build())))
            .s3Endpoint(S3EndpointMode.interfaceEndpoint(InterfaceEndpointOptions.builder()
                .securityGroups(List.of(SecurityGroup.Builder.create(stack, "Endpoint").vpc(vpc).build()))
                .serviceRegion("eu-central-1")
                .build()))
            .build();
        Scenarios.output(stack, "Interface", access.getS3Endpoint().getInterfaceEndpoint().getVpcEndpointId());
    }

    private static void hub(final Stack stack) {
        final Vpc vpc = Vpc.Builder.create(stack, "Hub").ipAddresses(IpAddresses.cidr("10.9.0.0/16")).natGateways(0).build();
        final IInterfaceVpcEndpoint endpoint = InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(stack, "Theirs",
            InterfaceVpcEndpointAttributes.builder().vpcEndpointId("vpce-0123456789abcdef0").port(443).build());
        PrivateEc2S3Access.Builder.create(stack, "App")
            .vpc(isolatedVpc(stack))
            .credentialBinding(false)
            .dataBuckets(dataBuckets())
            .s3Endpoint(S3EndpointMode.fromInterfaceEndpoint(endpoint, ExistingInterfaceEndpointOptions.builder().vpc(vpc).build()))
            .build();
    }

    private static void logsElsewhere(final Stack stack) {
        final PrivateEc2S3Access access = PrivateEc2S3Access.Builder.create(stack, "App")
            .accessLogsBucket(Bucket.fromBucketName(stack, "AccessLogs", "example-access-logs"))
            .flowLogsBucket(Bucket.fromBucketName(stack, "FlowLogs", "example-flow-logs"))
            .compute(Compute.instanceProfile())
            .dnsFirewall(DnsFirewall.listedDomains(DnsFirewallOptions.builder()
                .additionalDomains(List.of("*.corp.example.com"))
                .priority(200)
                .build()))
            .role(Role.fromRoleArn(stack, "Role", "arn:aws:iam::111122223333:role/Workload",
                FromRoleArnOptions.builder().mutable(false).build()))
            .dataBuckets(dataBuckets())
            .build();
        Scenarios.output(stack, "ForTheOwners", Fn.join(";", access.getRequiredPolicies().stream()
            .map(each -> Scenarios.sids(each.getStatements())).collect(Collectors.toList())));
    }
}
