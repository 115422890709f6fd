package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awss3"
	"github.com/aws/jsii-runtime-go"
	s3access "github.com/cdk-private-ec2-s3-access/cdk-private-ec2-s3-access-go/cdkprivateec2s3access"
)

// One input of each kind that no workload can be made of.
func badInputs(app awscdk.App) map[string]func() {
	read := s3access.BucketAccess_ReadOnly(nil, nil)
	stackOf := func(id string) awscdk.Stack { return newStackIn(app, id, "111122223333", "eu-west-1") }
	workload := func(stack awscdk.Stack, bucket string, props *s3access.PrivateEc2S3AccessProps) s3access.PrivateEc2S3Access {
		props.DataBuckets = &map[string]s3access.DataBucketSource{bucket: create(read)}
		return s3access.NewPrivateEc2S3Access(stack, jsii.String("App"), props)
	}
	return map[string]func(){
		"an empty organization": func() {
			s3access.NewWorkloadsOuGuardrails(stackOf("BadOu"), jsii.String("Guardrails"), &s3access.WorkloadsOuGuardrailsProps{
				OrganizationId: jsii.String(""), TargetIds: jsii.Strings("ou-ab12-11111111"),
			})
		},
		"a variable that is not set": func() { s3access.PerimeterExemption_PermissionSet(jsii.String("None")) },
		"a reserved id":              func() { workload(stackOf("BadId"), "Default", &s3access.PrivateEc2S3AccessProps{}) },
		"a network that is too small": func() {
			workload(stackOf("BadNetwork"), "UserData", &s3access.PrivateEc2S3AccessProps{
				IpAddresses: awsec2.IpAddresses_Cidr(jsii.String("10.0.0.0/28")),
			})
		},
		"half of the internet": func() {
			site := awsiam.Role_FromRoleArn(stackOf("BadSite"), jsii.String("Site"), jsii.String("arn:aws:iam::111122223333:role/Site"), nil)
			s3access.OnPremisesAccess_FromRole(site, &s3access.OnPremisesAccessOptions{
				Access: &map[string]*[]s3access.BucketAccess{"UserData": {read}}, Networks: jsii.Strings("0.0.0.0/1"),
			})
		},
		"a type without EBS optimization": func() {
			s3access.Compute_Instance(&s3access.InstanceOptions{InstanceType: awsec2.NewInstanceType(jsii.String("t2.micro"))})
		},
		"a volume below its image": func() {
			small := s3access.Compute_Instance(&s3access.InstanceOptions{RootVolumeSize: awscdk.Size_Gibibytes(jsii.Number(4))})
			workload(stackOf("BadVolume"), "UserData", &s3access.PrivateEc2S3AccessProps{Compute: small})
		},
		"a role of another partition": func() {
			backup := s3access.PerimeterExemption_RoleArn(jsii.String("arn:aws-cn:iam::111122223333:role/Backup"))
			workload(stackOf("BadPartition"), "UserData", &s3access.PrivateEc2S3AccessProps{
				PerimeterExemptions: &[]s3access.PerimeterExemption{backup},
			})
		},
		"the workload as exemption": func() {
			stack := stackOf("BadExemption")
			role := awsiam.NewRole(stack, jsii.String("Role"), &awsiam.RoleProps{
				AssumedBy: awsiam.NewServicePrincipal(jsii.String("ec2.amazonaws.com"), nil),
			})
			workload(stack, "UserData", &s3access.PrivateEc2S3AccessProps{
				Role: role, PerimeterExemptions: &[]s3access.PerimeterExemption{s3access.PerimeterExemption_Role(role)},
			})
		},
		"a log bucket for data": func() {
			stack := stackOf("BadLogs")
			logs := awss3.NewBucket(stack, jsii.String("Logs"), nil)
			s3access.NewPrivateEc2S3Access(stack, jsii.String("App"), &s3access.PrivateEc2S3AccessProps{
				AccessLogsBucket: logs, DataBuckets: &map[string]s3access.DataBucketSource{"Logs": adopt(logs, read)},
			})
		},
		"a parameter as prefix": func() {
			prefix := awscdk.NewCfnParameter(stackOf("BadPrefix"), jsii.String("Prefix"), nil)
			s3access.BucketAccess_ReadOnly(prefix.ValueAsString(), nil)
		},
		"a data bucket after synthesis": func() {
			late := awscdk.NewApp(nil)
			access := workload(newStack(late, "Late"), "UserData", &s3access.PrivateEc2S3AccessProps{ProveAtSynthesis: jsii.Bool(false)})
			late.Synth(nil)
			access.AddDataBucket(jsii.String("More"), create(read))
		},
	}
}
