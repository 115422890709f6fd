package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awskms"
	"github.com/aws/aws-cdk-go/awscdk/v2/awss3"
	"github.com/aws/jsii-runtime-go"
	s3access "github.com/cdk-private-ec2-s3-access/cdk-private-ec2-s3-access-go/cdkprivateec2s3access"
)

func main() {
	defer jsii.Close()
	app := awscdk.NewApp(nil)
	stack := awscdk.NewStack(app, jsii.String("ExistingBucket"), &awscdk.StackProps{
		Env: &awscdk.Environment{Account: jsii.String("111122223333"), Region: jsii.String("eu-west-1")},
	})

	keyArn := jsii.String("arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab")
	datasets := awss3.Bucket_FromBucketAttributes(stack, jsii.String("Datasets"), &awss3.BucketAttributes{
		BucketName:    jsii.String("example-datasets"),
		EncryptionKey: awskms.Key_FromKeyArn(stack, jsii.String("DatasetsKey"), keyArn),
	})

	s3access.NewPrivateEc2S3Access(stack, jsii.String("App"), &s3access.PrivateEc2S3AccessProps{
		DataBuckets: &map[string]s3access.DataBucketSource{
			"Datasets": s3access.DataBucketSource_FromBucket(datasets, &s3access.ExistingDataBucketProps{
				Access: &[]s3access.BucketAccess{s3access.BucketAccess_ReadOnly(jsii.String("public/"), nil)},
			}),
			"Results": s3access.DataBucketSource_Create(&s3access.NewDataBucketProps{
				Access: &[]s3access.BucketAccess{s3access.BucketAccess_ReadWrite(nil, nil)},
			}),
		},
	})
	app.Synth(nil)
}
