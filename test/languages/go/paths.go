package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awss3"
	"github.com/aws/jsii-runtime-go"
	s3access "github.com/cdk-private-ec2-s3-access/cdk-private-ec2-s3-access-go/cdkprivateec2s3access"
)

func exampleData() *map[string]s3access.DataBucketSource {
	return &map[string]s3access.DataBucketSource{"UserData": s3access.DataBucketSource_Create(&s3access.NewDataBucketProps{
		Access: &[]s3access.BucketAccess{s3access.BucketAccess_ReadWrite(nil, nil)}, BucketNamePrefix: jsii.String("example-data"),
	})}
}

// Every option of the endpoints, and where the logs go that others keep.
func paths(app awscdk.App) {
	dualStack(newStackIn(app, "DualStack", "111122223333", "eu-west-1"))
	ownInterface(newStackIn(app, "OwnInterface", "111122223333", "us-east-1"))
	otherRegion(newStackIn(app, "OtherRegion", "111122223333", "eu-west-1"))
	hub(newStack(app, "Hub"))
	logsElsewhere(newStack(app, "LogsElsewhere"))
}

// A VPC of isolated subnets.
func isolatedVpc(stack awscdk.Stack) awsec2.Vpc {
	return awsec2.NewVpc(stack, jsii.String("Network"), &awsec2.VpcProps{
		NatGateways: jsii.Number(0),
		SubnetConfiguration: &[]*awsec2.SubnetConfiguration{
			{Name: jsii.String("Isolated"), SubnetType: awsec2.SubnetType_PRIVATE_ISOLATED},
		},
	})
}

func dualStack(stack awscdk.Stack) {
	access := s3access.NewPrivateEc2S3Access(stack, jsii.String("App"), &s3access.PrivateEc2S3AccessProps{
		Vpc: awsec2.NewVpc(stack, jsii.String("Vpc"), &awsec2.VpcProps{
			IpProtocol: awsec2.IpProtocol_DUAL_STACK,
			SubnetConfiguration: &[]*awsec2.SubnetConfiguration{
				{Name: jsii.String("Isolated"), SubnetType: awsec2.SubnetType_PRIVATE_ISOLATED},
			},
		}),
		CredentialBinding: jsii.Bool(false),
		DataBuckets:       exampleData(),
		S3Endpoint: s3access.S3EndpointMode_Gateway(&s3access.GatewayEndpointOptions{
			IpAddressType:   awsec2.VpcEndpointIpAddressType_DUALSTACK,
			DnsRecordIpType: awsec2.VpcEndpointDnsRecordIpType_DUALSTACK,
			Ipv6PrefixList:  awsec2.PrefixList_FromPrefixListId(stack, jsii.String("S3OverIpv6"), jsii.String("pl-0123456789abcdef6")),
		}),
	})
	output(stack, "Gateway", access.S3Endpoint().GatewayEndpoint().VpcEndpointId())
}

func ownInterface(stack awscdk.Stack) {
	access := s3access.NewPrivateEc2S3Access(stack, jsii.String("App"), &s3access.PrivateEc2S3AccessProps{
		Vpc:         isolatedVpc(stack),
		DataBuckets: exampleData(),
		S3Endpoint: s3access.S3EndpointMode_GatewayAndInterface(&s3access.InterfaceEndpointOptions{
			DnsRecordIpType:   awsec2.VpcEndpointDnsRecordIpType_IPV4,
			Fips:              jsii.Bool(true),
			IpAddressType:     awsec2.VpcEndpointIpAddressType_IPV4,
			PrivateDnsEnabled: jsii.Bool(false),
			SingleAz:          jsii.Bool(true),
			Subnets:           &awsec2.SubnetSelection{SubnetType: awsec2.SubnetType_PRIVATE_ISOLATED},
		}),
	})
	output(stack, "Group", access.S3Endpoint().OwnInterfaceSecurityGroup().SecurityGroupId())
}

func otherRegion(stack awscdk.Stack) {
	central := awss3.Bucket_FromBucketAttributes(stack, jsii.String("Central"), &awss3.BucketAttributes{
		BucketName: jsii.String("example-central"),
		Account:    jsii.String("444455556666"),
		Region:     jsii.String("eu-central-1"),
	})
	vpc := isolatedVpc(stack)
	workload := awsec2.NewSecurityGroup(stack, jsii.String("Workload"), &awsec2.SecurityGroupProps{Vpc: vpc, AllowAllOutbound: jsii.Bool(false)})
	ofEndpoint := awsec2.NewSecurityGroup(stack, jsii.String("Endpoint"), &awsec2.SecurityGroupProps{Vpc: vpc})
	access := s3access.NewPrivateEc2S3Access(stack, jsii.String("App"), &s3access.PrivateEc2S3AccessProps{
		Vpc:               vpc,
		SecurityGroup:     workload,
		CredentialBinding: jsii.Bool(false),
		DataBuckets:       &map[string]s3access.DataBucketSource{"Central": adopt(central, s3access.BucketAccess_ReadOnly(nil, nil))},
		S3Endpoint: s3access.S3EndpointMode_InterfaceEndpoint(&s3access.InterfaceEndpointOptions{
			SecurityGroups: &[]awsec2.ISecurityGroup{ofEndpoint}, ServiceRegion: jsii.String("eu-central-1"),
		}),
	})
	output(stack, "Interface", access.S3Endpoint().InterfaceEndpoint().VpcEndpointId())
}

func hub(stack awscdk.Stack) {
	vpc := awsec2.NewVpc(stack, jsii.String("Hub"), &awsec2.VpcProps{
		IpAddresses: awsec2.IpAddresses_Cidr(jsii.String("10.9.0.0/16")), NatGateways: jsii.Number(0),
	})
	endpoint := awsec2.InterfaceVpcEndpoint_FromInterfaceVpcEndpointAttributes(stack, jsii.String("Theirs"), &awsec2.InterfaceVpcEndpointAttributes{
		VpcEndpointId: jsii.String("vpce-0123456789abcdef0"), Port: jsii.Number(443),
	})
	s3access.NewPrivateEc2S3Access(stack, jsii.String("App"), &s3access.PrivateEc2S3AccessProps{
		Vpc:               isolatedVpc(stack),
		CredentialBinding: jsii.Bool(false),
		DataBuckets:       exampleData(),
		S3Endpoint:        s3access.S3EndpointMode_FromInterfaceEndpoint(endpoint, &s3access.ExistingInterfaceEndpointOptions{Vpc: vpc}),
	})
}

func logsElsewhere(stack awscdk.Stack) {
	role := awsiam.Role_FromRoleArn(stack, jsii.String("Role"), jsii.String("arn:aws:iam::111122223333:role/Workload"), &awsiam.FromRoleArnOptions{
		Mutable: jsii.Bool(false),
	})
	access := s3access.NewPrivateEc2S3Access(stack, jsii.String("App"), &s3access.PrivateEc2S3AccessProps{
		AccessLogsBucket: awss3.Bucket_FromBucketName(stack, jsii.String("AccessLogs"), jsii.String("example-access-logs")),
		FlowLogsBucket:   awss3.Bucket_FromBucketName(stack, jsii.String("FlowLogs"), jsii.String("example-flow-logs")),
		Compute:          s3access.Compute_InstanceProfile(),
		DnsFirewall: s3access.DnsFirewall_ListedDomains(&s3access.DnsFirewallOptions{
			AdditionalDomains: jsii.Strings("*.corp.example.com"),
			Priority:          jsii.Number(200),
		}),
		Role:        role,
		DataBuckets: exampleData(),
	})
	var names []*string
	for _, each := range *access.RequiredPolicies() {
		names = append(names, sids(each.Statements))
	}
	output(stack, "ForTheOwners", awscdk.Fn_Join(jsii.String(";"), &names))
}
