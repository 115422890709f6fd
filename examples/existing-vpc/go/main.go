package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/jsii-runtime-go"
	s3access "github.com/cdk-private-ec2-s3-access/cdk-private-ec2-s3-access-go/cdkprivateec2s3access"
)

func subnet(stack awscdk.Stack, zone string, id string, routeTableID string) awsec2.ISubnet {
	return awsec2.Subnet_FromSubnetAttributes(stack, jsii.String(zone), &awsec2.SubnetAttributes{
		SubnetId: jsii.String(id), AvailabilityZone: jsii.String(zone), RouteTableId: jsii.String(routeTableID),
	})
}

func main() {
	defer jsii.Close()
	app := awscdk.NewApp(nil)
	stack := awscdk.NewStack(app, jsii.String("ExistingVpc"), &awscdk.StackProps{
		Env: &awscdk.Environment{Account: jsii.String("111122223333"), Region: jsii.String("eu-west-1")},
	})

	vpc := awsec2.Vpc_FromVpcAttributes(stack, jsii.String("Vpc"), &awsec2.VpcAttributes{
		VpcId:             jsii.String("vpc-0123456789abcdef0"),
		VpcCidrBlock:      jsii.String("10.20.0.0/16"),
		AvailabilityZones: jsii.Strings("eu-west-1a", "eu-west-1b"),
	})
	subnets := []awsec2.ISubnet{
		subnet(stack, "eu-west-1a", "subnet-0aaaaaaaaaaaaaaaa", "rtb-0aaaaaaaaaaaaaaaa"),
		subnet(stack, "eu-west-1b", "subnet-0bbbbbbbbbbbbbbbb", "rtb-0bbbbbbbbbbbbbbbb"),
	}
	workers := awsec2.SecurityGroup_FromSecurityGroupId(
		stack, jsii.String("Workers"), jsii.String("sg-0123456789abcdef0"),
		&awsec2.SecurityGroupImportOptions{AllowAllOutbound: jsii.Bool(false)},
	)

	s3access.NewPrivateEc2S3Access(stack, jsii.String("App"), &s3access.PrivateEc2S3AccessProps{
		Vpc:           vpc,
		VpcSubnets:    &awsec2.SubnetSelection{Subnets: &subnets},
		S3PrefixList:  awsec2.PrefixList_FromPrefixListId(stack, jsii.String("S3"), jsii.String("pl-6da54004")), // of eu-west-1
		SecurityGroup: workers,
		DataBuckets: &map[string]s3access.DataBucketSource{
			"UserData": s3access.DataBucketSource_Create(&s3access.NewDataBucketProps{
				Access: &[]s3access.BucketAccess{s3access.BucketAccess_ReadWrite(nil, nil)},
			}),
		},
	})
	app.Synth(nil)
}
