package existingvpc;

import io.github.cdkprivateec2s3access.BucketAccess;
import io.github.cdkprivateec2s3access.DataBucketSource;
import io.github.cdkprivateec2s3access.NewDataBucketProps;
import io.github.cdkprivateec2s3access.PrivateEc2S3Access;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.ec2.ISubnet;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.ec2.PrefixList;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ec2.SecurityGroupImportOptions;
import software.amazon.awscdk.services.ec2.Subnet;
import software.amazon.awscdk.services.ec2.SubnetAttributes;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.ec2.VpcAttributes;

public final class ExistingVpc {
    private ExistingVpc() {
    }

    public static void main(final String[] args) {
        final App app = new App();
        final Stack stack = new Stack(app, "ExistingVpc", StackProps.builder()
            .env(Environment.builder().account("111122223333").region("eu-west-1").build()).build());

        final IVpc vpc = Vpc.fromVpcAttributes(stack, "Vpc", VpcAttributes.builder()
            .vpcId("vpc-0123456789abcdef0")
            .vpcCidrBlock("10.20.0.0/16")
            .availabilityZones(List.of("eu-west-1a", "eu-west-1b"))
            .build());
        final List<ISubnet> subnets = Stream.of("a", "b").map(zone -> Subnet.fromSubnetAttributes(stack, "eu-west-1" + zone,
            SubnetAttributes.builder()
                .subnetId("subnet-0" + zone.repeat(16))
                .availabilityZone("eu-west-1" + zone)
                .routeTableId("rtb-0" + zone.repeat(16))
                .build())).toList();

        PrivateEc2S3Access.Builder.create(stack, "App")
            .vpc(vpc)
            .vpcSubnets(SubnetSelection.builder().subnets(subnets).build())
            .s3PrefixList(PrefixList.fromPrefixListId(stack, "S3", "pl-6da54004")) // of eu-west-1
            .securityGroup(SecurityGroup.fromSecurityGroupId(stack, "Workers", "sg-0123456789abcdef0",
                SecurityGroupImportOptions.builder().allowAllOutbound(false).build()))
            .dataBuckets(Map.of("UserData", DataBucketSource.create(NewDataBucketProps.builder()
                .access(List.of(BucketAccess.readWrite())).build())))
            .build();
        app.synth();
    }
}
