from aws_cdk import App, Environment, Stack
from aws_cdk.aws_ec2 import PrefixList, SecurityGroup, Subnet, SubnetSelection, Vpc
from cdk_private_ec2_s3_access import BucketAccess, DataBucketSource, PrivateEc2S3Access

app = App()
stack = Stack(app, "ExistingVpc", env=Environment(account="111122223333", region="eu-west-1"))

vpc = Vpc.from_vpc_attributes(
    stack,
    "Vpc",
    vpc_id="vpc-0123456789abcdef0",
    vpc_cidr_block="10.20.0.0/16",
    availability_zones=["eu-west-1a", "eu-west-1b"],
)
subnets = [
    Subnet.from_subnet_attributes(
        stack,
        f"eu-west-1{zone}",
        subnet_id=f"subnet-0{zone * 16}",
        availability_zone=f"eu-west-1{zone}",
        route_table_id=f"rtb-0{zone * 16}",
    )
    for zone in ["a", "b"]
]

PrivateEc2S3Access(
    stack,
    "App",
    vpc=vpc,
    vpc_subnets=SubnetSelection(subnets=subnets),
    s3_prefix_list=PrefixList.from_prefix_list_id(stack, "S3", "pl-6da54004"),  # of eu-west-1
    security_group=SecurityGroup.from_security_group_id(
        stack, "Workers", "sg-0123456789abcdef0", allow_all_outbound=False
    ),
    data_buckets={"UserData": DataBucketSource.create(access=[BucketAccess.read_write()])},
)
app.synth()
