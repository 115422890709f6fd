package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"
	s3access "github.com/cdk-private-ec2-s3-access/cdk-private-ec2-s3-access-go/cdkprivateec2s3access"
)

func main() {
	defer jsii.Close()
	app := awscdk.NewApp(nil)
	stack := awscdk.NewStack(app, jsii.String("QuickStart"), nil)
	workload := s3access.NewPrivateEc2S3Access(stack, jsii.String("App"), &s3access.PrivateEc2S3AccessProps{
		DataBuckets: &map[string]s3access.DataBucketSource{
			"UserData": s3access.DataBucketSource_Create(&s3access.NewDataBucketProps{
				Access: &[]s3access.BucketAccess{s3access.BucketAccess_ReadWrite(nil, nil)},
			}),
			"Datasets": s3access.DataBucketSource_Create(&s3access.NewDataBucketProps{
				Access: &[]s3access.BucketAccess{s3access.BucketAccess_ReadOnly(jsii.String("datasets/"), nil)},
			}),
		},
	})
	output(stack, "UserDataBucket", workload.DataBucket(jsii.String("UserData")).BucketName())
	output(stack, "DatasetsBucket", workload.DataBucket(jsii.String("Datasets")).BucketName())
	output(stack, "InstanceId", workload.Compute().Instance.InstanceId())
	output(stack, "RoleArn", workload.Role().RoleArn())
	app.Synth(nil)
}

func output(stack awscdk.Stack, id string, value *string) {
	awscdk.NewCfnOutput(stack, jsii.String(id), &awscdk.CfnOutputProps{Value: value})
}
