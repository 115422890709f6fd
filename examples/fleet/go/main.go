package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsautoscaling"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/jsii-runtime-go"
	s3access "github.com/cdk-private-ec2-s3-access/cdk-private-ec2-s3-access-go/cdkprivateec2s3access"
)

func main() {
	defer jsii.Close()
	app := awscdk.NewApp(nil)
	stack := awscdk.NewStack(app, jsii.String("Fleet"), nil)
	workload := s3access.NewPrivateEc2S3Access(stack, jsii.String("App"), &s3access.PrivateEc2S3AccessProps{
		Compute: s3access.Compute_Fleet(&s3access.FleetOptions{
			MinCapacity:           jsii.Number(2),
			MaxCapacity:           jsii.Number(10),
			InstanceType:          awsec2.InstanceType_Of(awsec2.InstanceClass_M7G, awsec2.InstanceSize_LARGE),
			DefaultInstanceWarmup: awscdk.Duration_Minutes(jsii.Number(3)),
			UpdatePolicy: awsautoscaling.UpdatePolicy_InstanceRefresh(&awsautoscaling.InstanceRefreshOptions{
				Strategy:              awsautoscaling.InstanceRefreshStrategy_ROLLING,
				MinHealthyPercentage:  jsii.Number(90),
				CheckpointPercentages: jsii.Numbers(50, 100),
				CheckpointDelay:       awscdk.Duration_Minutes(jsii.Number(15)),
			}),
		}),
		DataBuckets: &map[string]s3access.DataBucketSource{
			"Jobs": s3access.DataBucketSource_Create(&s3access.NewDataBucketProps{
				Access: &[]s3access.BucketAccess{
					s3access.BucketAccess_ReadOnly(jsii.String("in/"), nil), s3access.BucketAccess_WriteOnly(jsii.String("out/"), nil),
				},
			}),
		},
	})
	workload.Compute().AutoScalingGroup.ScaleOnCpuUtilization(jsii.String("Cpu"), &awsautoscaling.CpuUtilizationScalingProps{
		TargetUtilizationPercent: jsii.Number(60),
	})
	app.Synth(nil)
}
