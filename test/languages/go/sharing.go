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
	"github.com/aws/jsii-runtime-go"
	s3access "github.com/cdk-private-ec2-s3-access/cdk-private-ec2-s3-access-go/cdkprivateec2s3access"
)

// Two workloads on one endpoint, what they hand out, and the owner of a bucket that others reach.
func sharing(app awscdk.App) {
	owner := newStackIn(app, "Owner", "444455556666", "eu-west-1")
	lake := awss3.NewBucket(owner, jsii.String("Lake"), &awss3.BucketProps{BucketName: jsii.String("example-lake")})
	stack := newStackIn(app, "Sharing", "111122223333", "eu-west-1")
	deploy := s3access.PerimeterExemption_RoleArn(jsii.String("arn:aws:iam::111122223333:role/deploy/Deploy"))
	agent := s3access.AwsOwnedBucket_SsmAgent()
	collectors := first(stack, lake, deploy, agent)
	second(stack, collectors)
	policyOf(owner, collectors, lake)
	tell(stack, collectors, deploy, agent)
}

func first(stack awscdk.Stack, lake awss3.IBucket, deploy s3access.PerimeterExemption, agent s3access.AwsOwnedBucket) s3access.PrivateEc2S3Access {
	keyArn := jsii.String("arn:aws:kms:eu-west-1:111122223333:key/01234567-89ab-cdef-0123-456789abcdef")
	collectors := s3access.NewPrivateEc2S3Access(stack, jsii.String("Collectors"), &s3access.PrivateEc2S3AccessProps{
		IpAddresses: awsec2.IpAddresses_Cidr(jsii.String("10.1.0.0/16")),
		MaxAzs:      jsii.Number(3),
		Role: awsiam.NewRole(stack, jsii.String("Role"), &awsiam.RoleProps{
			AssumedBy:           awsiam.NewServicePrincipal(jsii.String("ec2.amazonaws.com"), nil),
			PermissionsBoundary: awsiam.ManagedPolicy_FromManagedPolicyName(stack, jsii.String("Boundary"), jsii.String("WorkloadBoundary")),
			RoleName:            jsii.String("Collector"),
		}),
		AwsOwnedBuckets: &[]s3access.AwsOwnedBucket{agent},
		Organization: &s3access.OrganizationBoundary{
			OrganizationId: jsii.String("o-a1b2c3d4e5"), Accounts: jsii.Strings("111122223333", "444455556666"),
		},
		PerimeterExemptions: &[]s3access.PerimeterExemption{deploy},
		Compute: s3access.Compute_Instance(&s3access.InstanceOptions{
			UserDataAssets: &[]awss3assets.Asset{
				awss3assets.NewAsset(stack, jsii.String("Setup"), &awss3assets.AssetProps{Path: setupScript()}),
			},
			UserDataAssetsKey: awskms.Key_FromKeyArn(stack, jsii.String("AssetKey"), keyArn),
		}),
		DataBuckets: &map[string]s3access.DataBucketSource{
			"Lake": s3access.DataBucketSource_FromBucket(lake, &s3access.ExistingDataBucketProps{
				Access:          &[]s3access.BucketAccess{s3access.BucketAccess_ReadOnly(jsii.String("raw/"), nil)},
				AccessPointName: jsii.String("lake-collector"),
			}),
			"Shared": create(s3access.BucketAccess_WriteOnly(jsii.String("raw/"), nil)),
		},
	})
	collectors.AddToRolePolicy(awsiam.NewPolicyStatement(&awsiam.PolicyStatementProps{
		Actions:   jsii.Strings("sqs:SendMessage"),
		Resources: jsii.Strings("arn:aws:sqs:eu-west-1:111122223333:jobs"),
	}))
	return collectors
}

func second(stack awscdk.Stack, collectors s3access.IPrivateEc2S3Access) {
	shared := collectors.DataBucket(jsii.String("Shared"))
	trainers := s3access.NewPrivateEc2S3Access(stack, jsii.String("Trainers"), &s3access.PrivateEc2S3AccessProps{
		Vpc:        collectors.Vpc(),
		S3Endpoint: s3access.S3EndpointMode_Shared(collectors),
		DataBuckets: &map[string]s3access.DataBucketSource{
			"Shared": adopt(shared, s3access.BucketAccess_ReadOnly(jsii.String("raw/"), nil)),
		},
	})
	output(stack, "Roles", awscdk.Fn_Join(jsii.String(","), &[]*string{collectors.Role().RoleName(), trainers.Role().RoleName()}))
	output(stack, "Endpoints", awscdk.Fn_Join(jsii.String(","), collectors.S3Endpoint().VpcEndpointIds()))
}

// The owner of the bucket lets the workload in, and others.
func policyOf(owner awscdk.Stack, collectors s3access.IPrivateEc2S3Access, lake awss3.Bucket) {
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
		Workloads:        &[]s3access.RemoteWorkload{s3access.RemoteWorkload_FromWorkload(collectors, jsii.String("Lake")), reporting, teams},
		NetworkPerimeter: jsii.Bool(true),
		PerimeterExemptions: &[]s3access.PerimeterExemption{
			s3access.PerimeterExemption_PermissionSet(jsii.String("DataStewards")),
		},
	})
	output(owner, "ForTheKey", jsii.String(fmt.Sprint(len(*policy.RequiredPolicies()))))
}

// What the workload hands out: what others must attach, its metrics, what it may do.
func tell(stack awscdk.Stack, collectors s3access.PrivateEc2S3Access, deploy s3access.PerimeterExemption, agent s3access.AwsOwnedBucket) {
	kinds := []s3access.RequiredPolicyKind{
		s3access.RequiredPolicyKind_ACCESS_POINT,
		s3access.RequiredPolicyKind_BUCKET,
		s3access.RequiredPolicyKind_KEY,
		s3access.RequiredPolicyKind_ROLE,
		s3access.RequiredPolicyKind_VPC_ENDPOINT,
	}
	var told, documents []*string
	for _, each := range *collectors.RequiredPolicies() {
		if slices.Contains(kinds, each.Kind) {
			count := jsii.String(fmt.Sprint(len(*each.Statements)))
			told = append(told, awscdk.Fn_Join(jsii.String("/"), &[]*string{each.Account, each.Resource, count}))
			documents = append(documents, each.Document)
		}
	}
	output(stack, "Required", awscdk.Fn_Join(jsii.String(" "), &told))
	output(stack, "ForTheAccessPoint", documents[0])
	errors := collectors.MetricClientErrors(jsii.String("Shared"), nil)
	utilization := collectors.MetricCpuUtilization(nil)
	output(stack, "Metrics", joined(&[]*string{errors.MetricName(), utilization.MetricName()}))
	raw := s3access.BucketAccess_ReadOnly(jsii.String("raw/"), nil)
	actions := slices.Concat(*raw.BucketActions(), *raw.ObjectActions(), *raw.KeyActions(), []*string{raw.Prefix()})
	output(stack, "Access", joined(&actions))
	output(stack, "Exemption", jsii.String(strings.Join([]string{
		*agent.Purpose(), *deploy.PrincipalArnPattern(), *deploy.Account(),
	}, " ")))
}
