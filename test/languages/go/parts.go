package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awskms"
	"github.com/aws/aws-cdk-go/awscdk/v2/awss3"
	"github.com/aws/aws-cdk-go/awscdk/v2/awss3assets"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	s3access "github.com/cdk-private-ec2-s3-access/cdk-private-ec2-s3-access-go/cdkprivateec2s3access"
)

// Every option of the parts, what they hand out, and the owner of a bucket that others reach.
func parts(app awscdk.App) {
	owner := newStackIn(app, "Owner", "444455556666", "eu-west-1")
	lake := awss3.NewBucket(owner, jsii.String("Lake"), &awss3.BucketProps{BucketName: jsii.String("example-lake")})
	stack := newStackIn(app, "Parts", "111122223333", "eu-west-1")
	deploy := s3access.PerimeterExemption_RoleArn(jsii.String("arn:aws:iam::111122223333:role/deploy/Deploy"))
	accessList := s3access.NewAccessList(&s3access.AccessListProps{
		AwsOwnedBuckets:   &[]s3access.AwsOwnedBucket{s3access.AwsOwnedBucket_SsmAgent()},
		CredentialBinding: jsii.Bool(true),
		Organization: &s3access.OrganizationBoundary{
			OrganizationId: jsii.String("o-a1b2c3d4e5"), Accounts: jsii.Strings("111122223333", "444455556666"),
		},
		PerimeterExemptions: &[]s3access.PerimeterExemption{deploy},
	})
	workload(stack, accessList, lake)
	policyOf(owner, accessList, lake)
	tell(stack, accessList, deploy)
}

func workload(stack awscdk.Stack, accessList s3access.AccessList, lake awss3.IBucket) {
	logs := awss3.Bucket_FromBucketName(stack, jsii.String("Logs"), jsii.String("example-logs"))
	network := s3access.NewPrivateNetwork(stack, jsii.String("Network"), &s3access.PrivateNetworkProps{
		DnsFirewall:    s3access.DnsFirewall_ListedDomains(nil),
		FlowLogsBucket: logs,
	})
	vpc := network.Vpc()
	s3Endpoint := s3access.NewS3Endpoint(stack, jsii.String("S3Endpoint"), &s3access.S3EndpointProps{
		AccessList: accessList,
		Vpc:        vpc,
		Mode:       s3access.S3EndpointMode_Gateway(nil),
		VpcSubnets: &awsec2.SubnetSelection{Subnets: network.Subnets()},
	})
	key := s3access.NewDataKey(stack, jsii.String("Key"), &s3access.DataKeyProps{
		AccessList: accessList, Description: jsii.String("The data of the workload"),
	})
	data := s3access.NewDataBucket(stack, jsii.String("Data"), &s3access.DataBucketProps{
		AccessList:       accessList,
		AccessLogsBucket: logs,
		BucketNamePrefix: jsii.String("example"),
		Encryption:       s3access.DataEncryption_ExistingKey(key),
	})
	role := s3access.NewWorkloadRole(stack, jsii.String("Role"), &s3access.WorkloadRoleProps{
		AccessList:          accessList,
		Description:         jsii.String("Reads and writes data"),
		PermissionsBoundary: awsiam.ManagedPolicy_FromManagedPolicyName(stack, jsii.String("Boundary"), jsii.String("WorkloadBoundary")),
		RoleName:            jsii.String("Workload"),
	})
	accessList.AddVpcEndpoint(jsii.String("vpce-0fedcba9876543210"))
	accessList.Allow(&s3access.AccessGrant{
		Role: role, Bucket: data.Bucket(), Access: &[]s3access.BucketAccess{s3access.BucketAccess_ReadWrite(nil, nil)},
	})
	accessList.Allow(&s3access.AccessGrant{
		Role:            role,
		Bucket:          lake,
		Access:          &[]s3access.BucketAccess{s3access.BucketAccess_ReadOnly(jsii.String("raw/"), nil)},
		AccessPointName: jsii.String("lake-workload"),
	})
	keyArn := jsii.String("arn:aws:kms:eu-west-1:111122223333:key/01234567-89ab-cdef-0123-456789abcdef")
	accessList.AllowAsset(&s3access.AssetGrant{
		Role:          role,
		Asset:         awss3assets.NewAsset(stack, jsii.String("Setup"), &awss3assets.AssetProps{Path: setupScript()}),
		EncryptionKey: awskms.Key_FromKeyArn(stack, jsii.String("AssetKey"), keyArn),
	})
	fleet := s3access.NewPrivateFleet(stack, jsii.String("Fleet"), &s3access.PrivateFleetProps{
		Vpc:           vpc,
		S3Endpoint:    s3Endpoint,
		Role:          role,
		SecurityGroup: awsec2.NewSecurityGroup(stack, jsii.String("Workload"), &awsec2.SecurityGroupProps{Vpc: vpc}),
		MinCapacity:   jsii.Number(1),
		MaxCapacity:   jsii.Number(2),
		WaitFor:       &[]constructs.IDependable{network.Routed(), data.Policy(), s3Endpoint.Ready()},
	})
	output(stack, "GroupName", fleet.AutoScalingGroup().AutoScalingGroupName())
	output(stack, "ForTheBucket", jsii.String(fmt.Sprint(len(*data.RequiredStatements()))))
}

// The owner of the bucket lets the workload in, and others.
func policyOf(owner awscdk.Stack, accessList s3access.AccessList, lake awss3.Bucket) {
	reporting := s3access.RemoteWorkload_FromAttributes(&s3access.RemoteWorkloadAttributes{
		RoleArn:            jsii.String("arn:aws:iam::777788889999:role/Reporting"),
		Access:             &[]s3access.BucketAccess{s3access.BucketAccess_ReadOnly(jsii.String("reports/"), nil)},
		VpcEndpointAccount: jsii.String("777788889999"),
		VpcEndpointIds:     jsii.Strings("vpce-0123456789abcdef0"),
	})
	teams := s3access.RemoteWorkload_FromPrincipalTag(&s3access.TaggedWorkloadsAttributes{
		TagKey:         jsii.String("team"),
		Accounts:       jsii.Strings("777788889999"),
		Organization:   &s3access.OrganizationBoundary{OrganizationId: jsii.String("o-a1b2c3d4e5")},
		Access:         &[]s3access.BucketAccess{s3access.BucketAccess_ReadWrite(jsii.String("teams/"), nil)},
		RolePath:       jsii.String("/teams/"),
		VpcEndpointIds: jsii.Strings("vpce-0123456789abcdef0"),
	})
	policy := s3access.NewDataBucketPolicy(owner, jsii.String("Policy"), &s3access.DataBucketPolicyProps{
		Bucket:           lake,
		Workloads:        &[]s3access.RemoteWorkload{s3access.RemoteWorkload_FromAccessList(accessList, lake), reporting, teams},
		NetworkPerimeter: jsii.Bool(true),
		PerimeterExemptions: &[]s3access.PerimeterExemption{
			s3access.PerimeterExemption_PermissionSet(jsii.String("DataStewards")),
		},
	})
	output(owner, "Statements", sids(policy.BucketStatements()))
	output(owner, "ForTheKey", jsii.String(fmt.Sprint(len(*policy.RequiredKeyStatements()))))
}

func tell(stack awscdk.Stack, accessList s3access.AccessList, deploy s3access.PerimeterExemption) {
	ofLake := (*(*accessList.Grants())[0].Access)[0]
	ofSetup := (*accessList.AssetGrants())[0]
	var purposes, patterns []*string
	for _, bucket := range *accessList.AwsOwnedBuckets() {
		purposes = append(purposes, bucket.Purpose())
	}
	for _, exemption := range *accessList.PerimeterExemptions() {
		patterns = append(patterns, exemption.PrincipalArnPattern())
	}
	output(stack, "List", jsii.String(strings.Join([]string{
		*joined(&purposes),
		fmt.Sprint(*accessList.CredentialBinding()),
		*accessList.Organization().OrganizationId,
		*joined(&patterns),
		*deploy.Account(),
	}, " ")))
	output(stack, "Endpoints", awscdk.Fn_Join(jsii.String(","), accessList.VpcEndpointIds()))
	actions := slices.Concat(*ofLake.BucketActions(), *ofLake.ObjectActions(), *ofLake.KeyActions(), []*string{ofLake.Prefix()})
	output(stack, "LakeAccess", joined(&actions))
	output(stack, "Asset", awscdk.Fn_Join(jsii.String(" "), &[]*string{
		ofSetup.Role.RoleName(), ofSetup.Asset.S3ObjectKey(), ofSetup.EncryptionKey.KeyArn(),
	}))
}
