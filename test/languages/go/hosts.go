package main

import (
	"os"
	"path/filepath"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsautoscaling"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elb "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	elbtargets "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2targets"
	"github.com/aws/aws-cdk-go/awscdk/v2/awskms"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslogs"
	"github.com/aws/aws-cdk-go/awscdk/v2/awss3assets"
	"github.com/aws/jsii-runtime-go"
	s3access "github.com/cdk-private-ec2-s3-access/cdk-private-ec2-s3-access-go/cdkprivateec2s3access"
)

func userData() *map[string]s3access.DataBucketSource {
	return &map[string]s3access.DataBucketSource{"UserData": create(s3access.BucketAccess_ReadWrite(nil, nil))}
}

// Every way to run a workload and to log in to it, and every bucket of AWS.
func hosts(app awscdk.App) {
	containerHost(newStackIn(app, "ContainerHost", "111122223333", "us-east-1"))
	spotFleet(newStackIn(app, "SpotFleet", "111122223333", "eu-west-1"))
	windowsServer(newStack(app, "WindowsServer"))
	instancesElsewhere(newStack(app, "InstancesElsewhere"))
	servers(newStack(app, "Servers"))
}

func containerHost(stack awscdk.Stack) {
	setup := awss3assets.NewAsset(stack, jsii.String("Setup"), &awss3assets.AssetProps{Path: setupScript()})
	script := awsec2.UserData_ForLinux(nil)
	script.AddExecuteFileCommand(&awsec2.ExecuteFileOptions{
		FilePath: script.AddS3DownloadCommand(&awsec2.S3DownloadOptions{Bucket: setup.Bucket(), BucketKey: setup.S3ObjectKey()}),
	})
	access := s3access.NewPrivateEc2S3Access(stack, jsii.String("App"), &s3access.PrivateEc2S3AccessProps{
		DataBuckets: userData(),
		Compute: s3access.Compute_Container(&s3access.InstanceOptions{
			MachineImage:              awsec2.MachineImage_FromSsmParameter(jsii.String("/golden/ami"), nil),
			RootDeviceName:            jsii.String("/dev/sda1"),
			VolumeEncryptionKey:       awskms.NewKey(stack, jsii.String("VolumeKey"), nil),
			UserData:                  script,
			UserDataAssets:            &[]awss3assets.Asset{setup},
			UserDataCausesReplacement: jsii.Bool(true),
		}),
		AwsOwnedBuckets: &[]s3access.AwsOwnedBucket{
			s3access.AwsOwnedBucket_AmazonLinux2Repositories(),
			s3access.AwsOwnedBucket_AwsCli(),
			s3access.AwsOwnedBucket_CdkAssets(jsii.String("teama")),
			s3access.AwsOwnedBucket_CloudFormationHelperScripts(),
			s3access.AwsOwnedBucket_CloudFormationSignals(),
			s3access.AwsOwnedBucket_CloudWatchAgent(),
			s3access.AwsOwnedBucket_CodeDeployAgent(),
			s3access.AwsOwnedBucket_EcrImageLayers(),
			s3access.AwsOwnedBucket_PatchManager(),
		},
		RemoteAccess: s3access.RemoteAccess_Ec2InstanceConnectEndpoint(&s3access.InstanceConnectOptions{
			Protocol: s3access.InstanceConnectProtocol_SSH,
		}),
	})
	output(stack, "InstanceId", access.Compute().Instance.InstanceId())
	output(stack, "ConnectThrough", access.RemoteAccess().InstanceConnectEndpointId)
}

// A script that instances run: the same bytes in every language.
func setupScript() *string {
	folder, err := os.MkdirTemp("", "setup")
	file := filepath.Join(folder, "setup.sh")
	if err == nil {
		err = os.WriteFile(file, []byte("#!/bin/sh\necho ready\n"), 0o644)
	}
	if err != nil {
		panic(err)
	}
	return jsii.String(file)
}

func spotFleet(stack awscdk.Stack) {
	theirs := func(id string, end string) awsec2.IInterfaceVpcEndpoint {
		return awsec2.InterfaceVpcEndpoint_FromInterfaceVpcEndpointAttributes(stack, jsii.String(id), &awsec2.InterfaceVpcEndpointAttributes{
			VpcEndpointId: jsii.String("vpce-0123456789abcde" + end), Port: jsii.Number(443),
		})
	}
	encryptionKey := awskms.NewKey(stack, jsii.String("SessionKey"), nil)
	access := s3access.NewPrivateEc2S3Access(stack, jsii.String("App"), &s3access.PrivateEc2S3AccessProps{
		DataBuckets: userData(),
		Compute: s3access.Compute_Fleet(&s3access.FleetOptions{
			MinCapacity:           jsii.Number(2),
			MaxCapacity:           jsii.Number(8),
			CapacityRebalance:     jsii.Bool(false),
			DefaultInstanceWarmup: awscdk.Duration_Minutes(jsii.Number(5)),
			HealthChecks: awsautoscaling.HealthChecks_WithAdditionalChecks(&awsautoscaling.AdditionalHealthChecksOptions{
				AdditionalTypes: &[]awsautoscaling.AdditionalHealthCheckType{awsautoscaling.AdditionalHealthCheckType_ELB},
				GracePeriod:     awscdk.Duration_Minutes(jsii.Number(5)),
			}),
			HttpPutResponseHopLimit: jsii.Number(2),
			MixedInstances: &s3access.MixedInstances{
				InstanceTypes: &[]awsec2.InstanceType{
					awsec2.NewInstanceType(jsii.String("m7g.large")), awsec2.NewInstanceType(jsii.String("m6g.large")),
				},
				InstancesDistribution: &awsautoscaling.InstancesDistribution{
					OnDemandBaseCapacity: jsii.Number(1), OnDemandPercentageAboveBaseCapacity: jsii.Number(50),
				},
			},
			UpdatePolicy: awsautoscaling.UpdatePolicy_RollingUpdate(&awsautoscaling.RollingUpdateOptions{
				MaxBatchSize: jsii.Number(2), MinInstancesInService: jsii.Number(2),
			}),
		}),
		RemoteAccess: s3access.RemoteAccess_SessionManager(&s3access.SessionManagerOptions{
			EncryptionKey: encryptionKey,
			LogGroup:      awslogs.NewLogGroup(stack, jsii.String("Sessions"), &awslogs.LogGroupProps{EncryptionKey: encryptionKey}),
			Inventory:     jsii.Bool(true),
			Patching:      jsii.Bool(false),
			Endpoints: &s3access.SessionManagerEndpoints{
				Kms: theirs("Kms", "f0"), Logs: theirs("Logs", "f1"), Ssm: theirs("Ssm", "f2"), SsmMessages: theirs("SsmMessages", "f3"),
			},
		}),
	})
	output(stack, "GroupName", access.Compute().AutoScalingGroup.AutoScalingGroupName())
	output(stack, "SessionDocument", access.RemoteAccess().SessionDocumentName)
	var resources []*string
	for _, each := range *access.RequiredPolicies() {
		resources = append(resources, each.Resource)
	}
	output(stack, "ForTheEndpoints", joined(&resources))
}

func windowsServer(stack awscdk.Stack) {
	vendor := s3access.AwsOwnedBucket_Custom(&s3access.CustomAwsOwnedBucketOptions{
		Purpose:      jsii.String("VendorPackages"),
		SignedByRole: jsii.Bool(true),
		Actions:      jsii.Strings("s3:GetObject"),
		BucketNames:  jsii.Strings("example-vendor-packages"),
	})
	tools := s3access.AwsOwnedBucket_Custom(&s3access.CustomAwsOwnedBucketOptions{
		Purpose: jsii.String("Tools"), SignedByRole: jsii.Bool(false), ObjectArns: jsii.Strings("arn:aws:s3:::example-tools/windows/*"),
	})
	s3access.NewPrivateEc2S3Access(stack, jsii.String("App"), &s3access.PrivateEc2S3AccessProps{
		DataBuckets: userData(),
		Compute: s3access.Compute_Instance(&s3access.InstanceOptions{
			MachineImage: awsec2.MachineImage_LatestWindows(awsec2.WindowsVersion_WINDOWS_SERVER_2022_ENGLISH_FULL_BASE, nil),
		}),
		AwsOwnedBuckets: &[]s3access.AwsOwnedBucket{s3access.AwsOwnedBucket_WindowsDriversAndTools(), vendor, tools},
		RemoteAccess: s3access.RemoteAccess_Ec2InstanceConnectEndpoint(&s3access.InstanceConnectOptions{
			Protocol: s3access.InstanceConnectProtocol_RDP,
		}),
	})
	var purposes, signed []*string
	for _, bucket := range []s3access.AwsOwnedBucket{vendor, tools} {
		purposes = append(purposes, bucket.Purpose())
		if *bucket.SignedByRole() {
			signed = append(signed, bucket.Purpose())
		}
	}
	output(stack, "Purposes", joined(&purposes))
	output(stack, "Signed", joined(&signed))
}

func instancesElsewhere(stack awscdk.Stack) {
	access := s3access.NewPrivateEc2S3Access(stack, jsii.String("App"), &s3access.PrivateEc2S3AccessProps{
		DataBuckets: userData(), Compute: s3access.Compute_InstanceProfile(),
	})
	output(stack, "ProfileName", access.Compute().InstanceProfile.InstanceProfileName())
}

// A fleet and an instance that serve requests from within their networks.
func servers(stack awscdk.Stack) {
	fleet := s3access.NewPrivateEc2S3Access(stack, jsii.String("Fleet"), &s3access.PrivateEc2S3AccessProps{
		DataBuckets: userData(),
		Compute:     s3access.Compute_Fleet(&s3access.FleetOptions{MinCapacity: jsii.Number(2), MaxCapacity: jsii.Number(4)}),
	})
	group := fleet.Compute().AutoScalingGroup
	listener(stack, "FleetBalancer", fleet.Vpc()).AddTargets(jsii.String("Servers"), &elb.AddApplicationTargetsProps{
		Port: jsii.Number(80), Targets: &[]elb.IApplicationLoadBalancerTarget{group},
	})
	group.ScaleOnRequestCount(jsii.String("Load"), &awsautoscaling.RequestCountScalingProps{TargetRequestsPerMinute: jsii.Number(600)})
	one := s3access.NewPrivateEc2S3Access(stack, jsii.String("One"), &s3access.PrivateEc2S3AccessProps{DataBuckets: userData()})
	target := elbtargets.NewInstanceTarget(one.Compute().Instance, nil)
	listener(stack, "OneBalancer", one.Vpc()).AddTargets(jsii.String("Servers"), &elb.AddApplicationTargetsProps{
		Port: jsii.Number(80), Targets: &[]elb.IApplicationLoadBalancerTarget{target},
	})
}

func listener(stack awscdk.Stack, id string, vpc awsec2.IVpc) elb.ApplicationListener {
	balancer := elb.NewApplicationLoadBalancer(stack, jsii.String(id), &elb.ApplicationLoadBalancerProps{
		Vpc: vpc, VpcSubnets: &awsec2.SubnetSelection{SubnetType: awsec2.SubnetType_PRIVATE_ISOLATED},
	})
	return balancer.AddListener(jsii.String("Http"), &elb.BaseApplicationListenerProps{Port: jsii.Number(80), Open: jsii.Bool(false)})
}
