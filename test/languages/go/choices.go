package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awskms"
	"github.com/aws/aws-cdk-go/awscdk/v2/awss3"
	"github.com/aws/jsii-runtime-go"
	s3access "github.com/cdk-private-ec2-s3-access/cdk-private-ec2-s3-access-go/cdkprivateec2s3access"
)

// The choices that the contract does not take.
func otherChoices(app awscdk.App) {
	one := newStackIn(app, "ThroughInterface", "111122223333", "us-east-1")
	userData := awsec2.UserData_ForLinux(nil)
	userData.AddCommands(jsii.String(`echo "started" > /var/log/started`))
	s3access.NewPrivateEc2S3Access(one, jsii.String("App"), &s3access.PrivateEc2S3AccessProps{
		DataBuckets: &map[string]s3access.DataBucketSource{
			"UserData": s3access.DataBucketSource_Create(&s3access.NewDataBucketProps{
				Access:                      &[]s3access.BucketAccess{s3access.BucketAccess_ReadWrite(nil, nil)},
				NoncurrentVersionExpiration: awscdk.Duration_Days(jsii.Number(30)),
			}),
		},
		Compute: s3access.Compute_Instance(&s3access.InstanceOptions{
			InstanceType:   awsec2.NewInstanceType(jsii.String("t4g.small")),
			RootVolumeSize: awscdk.Size_Gibibytes(jsii.Number(20)),
			UserData:       userData,
		}),
		Encryption:   s3access.DataEncryption_S3Managed(),
		S3Endpoint:   s3access.S3EndpointMode_InterfaceEndpoint(nil),
		RemoteAccess: s3access.RemoteAccess_None(),
	})
	two := newStack(app, "OwnKey")
	bound := s3access.NewPrivateEc2S3Access(two, jsii.String("App"), &s3access.PrivateEc2S3AccessProps{
		DataBuckets: &map[string]s3access.DataBucketSource{"UserData": create(s3access.BucketAccess_ReadWrite(jsii.String("in/"), nil))},
		Encryption:  s3access.DataEncryption_ExistingKey(awskms.NewKey(two, jsii.String("Key"), nil)),
		S3Endpoint:  s3access.S3EndpointMode_GatewayAndInterface(nil),
		PerimeterExemptions: &[]s3access.PerimeterExemption{
			s3access.PerimeterExemption_RoleArn(jsii.String("arn:aws:iam::111122223333:role/deploy/Deploy")),
		},
		CredentialBinding: jsii.Bool(false),
		ProveAtSynthesis:  jsii.Bool(false),
		RemovalPolicy:     awscdk.RemovalPolicy_DESTROY,
		AutoDeleteObjects: jsii.Bool(true),
	})
	bound.Role().AddToPrincipalPolicy(awsiam.NewPolicyStatement(&awsiam.PolicyStatementProps{
		Actions:   jsii.Strings("sqs:SendMessage"),
		Resources: jsii.Strings("arn:aws:sqs:us-east-1:111122223333:jobs"),
	}))
	three := newStack(app, "TheirEndpoint")
	endpoint := awsec2.GatewayVpcEndpoint_FromGatewayVpcEndpointId(three, jsii.String("Theirs"), jsii.String("vpce-0123456789abcdef0"))
	theirs := s3access.NewPrivateEc2S3Access(three, jsii.String("App"), &s3access.PrivateEc2S3AccessProps{
		Vpc:         isolatedVpc(three),
		DataBuckets: &map[string]s3access.DataBucketSource{"UserData": create(s3access.BucketAccess_ReadOnly(nil, nil))},
		S3Endpoint:  s3access.S3EndpointMode_FromGatewayEndpoint(endpoint),
	})
	output(three, "ForTheEndpoint", sidsOf(theirs))
}

// Endpoints of other services, and what the role may do there.
func otherServices(access s3access.PrivateEc2S3Access) {
	for _, service := range []s3access.EndpointService{
		s3access.EndpointService_CLOUDWATCH,
		s3access.EndpointService_CLOUDWATCH_LOGS,
		s3access.EndpointService_EVENTBRIDGE,
		s3access.EndpointService_KINESIS_DATA_STREAMS,
		s3access.EndpointService_LAMBDA,
		s3access.EndpointService_SECRETS_MANAGER,
		s3access.EndpointService_SNS,
		s3access.EndpointService_SQS,
		s3access.EndpointService_STEP_FUNCTIONS,
		s3access.EndpointService_SYSTEMS_MANAGER,
	} {
		access.AddServiceEndpoint(service, nil)
	}
	access.AddServiceEndpoint(s3access.EndpointService_DYNAMODB, &s3access.ServiceEndpointOptions{
		PrefixList: awsec2.PrefixList_FromPrefixListId(access, jsii.String("DynamoDb"), jsii.String("pl-02cd2c6b")),
	})
	access.Role().AddToPrincipalPolicy(awsiam.NewPolicyStatement(&awsiam.PolicyStatementProps{
		Actions: jsii.Strings(
			"cloudwatch:PutMetricData",
			"dynamodb:GetItem",
			"events:PutEvents",
			"kinesis:PutRecord",
			"lambda:InvokeFunction",
			"logs:PutLogEvents",
			"secretsmanager:GetSecretValue",
			"sns:Publish",
			"sqs:SendMessage",
			"ssm:GetParameter",
			"states:StartExecution",
		),
		Resources: jsii.Strings("*"),
	}))
}

// Visitors from on-premises networks, logs of sessions, an instance profile; and a bucket that tagged roles share.
func visitorsAndTags(app awscdk.App) {
	stack := newStack(app, "Training")
	role := awsiam.NewRole(stack, jsii.String("Role"), &awsiam.RoleProps{
		AssumedBy: awsiam.NewServicePrincipal(jsii.String("ec2.amazonaws.com"), nil),
	})
	uploader := awsiam.Role_FromRoleArn(stack, jsii.String("Uploader"), jsii.String("arn:aws:iam::111122223333:role/Uploader"), nil)
	lake := awss3.Bucket_FromBucketAttributes(stack, jsii.String("Lake"), &awss3.BucketAttributes{
		BucketName: jsii.String("example-lake"),
		Account:    jsii.String("444455556666"),
	})
	profile := awsiam.NewInstanceProfile(stack, jsii.String("Profile"), &awsiam.InstanceProfileProps{Role: role})
	ownData := create(s3access.BucketAccess_ReadWrite(nil, nil))
	uploads := s3access.OnPremisesAccess_FromRole(uploader, &s3access.OnPremisesAccessOptions{
		Networks: jsii.Strings("192.168.0.0/16"),
		Access:   &map[string]*[]s3access.BucketAccess{"UserData": {s3access.BucketAccess_WriteOnly(jsii.String("uploads/"), nil)}},
	})
	access := s3access.NewPrivateEc2S3Access(stack, jsii.String("App"), &s3access.PrivateEc2S3AccessProps{
		Role:    role,
		Compute: s3access.Compute_Instance(&s3access.InstanceOptions{InstanceProfile: profile}),
		DataBuckets: &map[string]s3access.DataBucketSource{
			"UserData": ownData,
			"Lake": s3access.DataBucketSource_FromBucket(lake, &s3access.ExistingDataBucketProps{
				Access:          &[]s3access.BucketAccess{s3access.BucketAccess_ReadOnly(nil, nil)},
				AccessPointName: jsii.String("lake-app"),
			}),
		},
		S3Endpoint: s3access.S3EndpointMode_GatewayAndInterface(nil),
		OnPremises: &map[string]s3access.OnPremisesAccess{"Uploads": uploads},
		RemoteAccess: s3access.RemoteAccess_SessionManager(&s3access.SessionManagerOptions{
			LogBucket:       awss3.Bucket_FromBucketName(stack, jsii.String("SessionLogs"), jsii.String("example-session-logs")),
			LogBucketPrefix: jsii.String("sessions/"),
		}),
	})
	otherServices(access)
	output(stack, "VisitorRole", uploads.Role().RoleArn())
	output(stack, "OwnActions", joined((*ownData.Access())[0].ObjectActions()))
	output(stack, "LakeAccessPoint", access.AccessPointArn(jsii.String("Lake")))
	output(stack, "ForTheOwners", sidsOf(access))
	owner := newStackIn(app, "Owner", "444455556666", "us-east-1")
	teams := s3access.RemoteWorkload_FromPrincipalTag(&s3access.TaggedWorkloadsAttributes{
		TagKey:       jsii.String("team"),
		Accounts:     jsii.Strings("111122223333", "999900001111"),
		Organization: &s3access.OrganizationBoundary{OrganizationId: jsii.String("o-a1b2c3d4e5")},
		Access:       &[]s3access.BucketAccess{s3access.BucketAccess_ReadWrite(jsii.String("teams/"), nil)},
	})
	reader := s3access.RemoteWorkload_FromAttributes(&s3access.RemoteWorkloadAttributes{
		RoleArn:         jsii.String("arn:aws:iam::111122223333:role/Reader"),
		Access:          &[]s3access.BucketAccess{s3access.BucketAccess_ReadOnly(nil, nil)},
		AccessPointName: jsii.String("shared-reader"),
	})
	s3access.NewDataBucketPolicy(owner, jsii.String("Policy"), &s3access.DataBucketPolicyProps{
		Bucket:    awss3.NewBucket(owner, jsii.String("Shared"), nil),
		Workloads: &[]s3access.RemoteWorkload{teams, reader},
	})
}
