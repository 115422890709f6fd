// The scenarios of scenarios.ts, as a user of the CDK in Go writes them.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awss3"
	"github.com/aws/jsii-runtime-go"
	s3access "github.com/cdk-private-ec2-s3-access/cdk-private-ec2-s3-access-go/cdkprivateec2s3access"
)

type dataBuckets map[string]s3access.DataBucketSource

func create(access ...s3access.BucketAccess) s3access.DataBucketSource {
	return s3access.DataBucketSource_Create(&s3access.NewDataBucketProps{Access: &access})
}

func adopt(bucket awss3.IBucket, access ...s3access.BucketAccess) s3access.DataBucketSource {
	return s3access.DataBucketSource_FromBucket(bucket, &s3access.ExistingDataBucketProps{Access: &access})
}

func newStack(app awscdk.App, id string) awscdk.Stack {
	return awscdk.NewStack(app, jsii.String(id), nil)
}

func newStackIn(app awscdk.App, id string, account string, region string) awscdk.Stack {
	return awscdk.NewStack(app, jsii.String(id), &awscdk.StackProps{
		Env: &awscdk.Environment{Account: jsii.String(account), Region: jsii.String(region)},
	})
}

func output(stack awscdk.Stack, id string, value *string) {
	awscdk.NewCfnOutput(stack, jsii.String(id), &awscdk.CfnOutputProps{Value: value})
}

func joined(texts *[]*string) *string {
	var all []string
	for _, text := range *texts {
		all = append(all, *text)
	}
	return jsii.String(strings.Join(all, ","))
}

func sids(statements *[]awsiam.PolicyStatement) *string {
	var names []*string
	for _, statement := range *statements {
		names = append(names, statement.Sid())
	}
	return joined(&names)
}

// What others must attach, by the names of the statements.
func sidsOf(workload s3access.PrivateEc2S3Access) *string {
	var names []*string
	for _, each := range *workload.RequiredPolicies() {
		names = append(names, sids(each.Statements))
	}
	return joined(&names)
}

// The quick start of the README.
func quickStart(app awscdk.App) {
	stack := awscdk.NewStack(app, jsii.String("Training"), nil)
	s3access.NewPrivateEc2S3Access(stack, jsii.String("App"), &s3access.PrivateEc2S3AccessProps{
		DataBuckets: &map[string]s3access.DataBucketSource{
			"UserData": create(s3access.BucketAccess_ReadWrite(nil, nil)),
			"Datasets": create(s3access.BucketAccess_ReadOnly(jsii.String("datasets/"), nil)),
		},
	})
}

// Every option of the contract at once, and what the construct hands out.
func everyOption(scope awscdk.App) {
	stack := newStack(scope, "Training")
	archive := awss3.Bucket_FromBucketAttributes(stack, jsii.String("Archive"), &awss3.BucketAttributes{
		BucketArn: jsii.String("arn:aws:s3:::example-log-archive"),
		Account:   jsii.String("444455556666"),
	})
	deploy := awsiam.Role_FromRoleArn(stack, jsii.String("Deploy"), jsii.String("arn:aws:iam::111122223333:role/deploy/Deploy"), nil)
	app := s3access.NewPrivateEc2S3Access(stack, jsii.String("App"), &s3access.PrivateEc2S3AccessProps{
		Vpc:        isolatedVpc(stack),
		VpcSubnets: &awsec2.SubnetSelection{SubnetType: awsec2.SubnetType_PRIVATE_ISOLATED},
		Compute:    s3access.Compute_Fleet(&s3access.FleetOptions{MinCapacity: jsii.Number(2), MaxCapacity: jsii.Number(20)}),
		Role: awsiam.NewRole(stack, jsii.String("Role"), &awsiam.RoleProps{
			AssumedBy: awsiam.NewServicePrincipal(jsii.String("ec2.amazonaws.com"), nil),
		}),
		S3Endpoint:   s3access.S3EndpointMode_Gateway(nil),
		S3PrefixList: awsec2.PrefixList_FromPrefixListId(stack, jsii.String("S3"), jsii.String("pl-63a5400a")),
		DataBuckets: &map[string]s3access.DataBucketSource{
			"UserData": s3access.DataBucketSource_Create(&s3access.NewDataBucketProps{
				Access:     &[]s3access.BucketAccess{s3access.BucketAccess_ReadWrite(nil, nil)},
				BucketName: jsii.String("myapp-prod-user-data-bucket"),
			}),
			"LogArchive": adopt(archive, s3access.BucketAccess_WriteOnly(jsii.String("myapp/"), &s3access.BucketAccessOptions{
				BucketOwnerFullControl: jsii.Bool(true), TagObjects: jsii.Bool(true),
			})),
			"Models": create(
				s3access.BucketAccess_ReadOnly(jsii.String("models/"), &s3access.BucketAccessOptions{
					ListAllUploads: jsii.Bool(true), ListWholeBucket: jsii.Bool(true), PrefixRoot: jsii.Bool(true),
				}),
				s3access.BucketAccess_Of(jsii.Strings("s3:GetObjectVersion"), jsii.String("models/")),
			),
		},
		Encryption: s3access.DataEncryption_CustomerManagedKey(),
		AwsOwnedBuckets: &[]s3access.AwsOwnedBucket{
			s3access.AwsOwnedBucket_AmazonLinux2023Repositories(), s3access.AwsOwnedBucket_SsmAgent(),
		},
		RemoteAccess: s3access.RemoteAccess_SessionManager(nil),
		Organization: &s3access.OrganizationBoundary{
			OrganizationId:          jsii.String("o-a1b2c3d4e5"),
			OrganizationalUnitPaths: jsii.Strings("o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/"),
		},
		PerimeterExemptions: &[]s3access.PerimeterExemption{
			s3access.PerimeterExemption_PermissionSet(jsii.String("BreakGlass")), s3access.PerimeterExemption_Role(deploy),
		},
		CredentialBinding: jsii.Bool(true),
		ProveAtSynthesis:  jsii.Bool(true),
	})
	scratch := app.AddDataBucket(jsii.String("Scratch"), create(s3access.BucketAccess_ReadWrite(nil, nil)))
	awsiam.NewRole(stack, jsii.String("Reader"), &awsiam.RoleProps{AssumedBy: app.GrantPrincipal()})
	output(stack, "ScratchName", scratch.BucketName())
	output(stack, "UserDataArn", app.DataBucket(jsii.String("UserData")).BucketArn())
	output(stack, "RoleArn", app.Role().RoleArn())
	output(stack, "VpcId", app.Vpc().VpcId())
	var groups []*string
	for _, group := range *app.Connections().SecurityGroups() {
		groups = append(groups, group.SecurityGroupId())
	}
	output(stack, "SecurityGroups", awscdk.Fn_Join(jsii.String(","), &groups))
	output(stack, "Endpoints", awscdk.Fn_Join(jsii.String(","), app.S3Endpoint().VpcEndpointIds()))
	output(stack, "ForTheArchive", sidsOf(app))
}

// A bucket of one stack, adopted by the workload of another.
func twoStacks(app awscdk.App) {
	owned := awss3.NewBucket(newStack(app, "Storage"), jsii.String("Shared"), nil)
	stack := newStack(app, "Training")
	workload := s3access.NewPrivateEc2S3Access(stack, jsii.String("App"), &s3access.PrivateEc2S3AccessProps{
		DataBuckets: &map[string]s3access.DataBucketSource{"Shared": adopt(owned, s3access.BucketAccess_ReadOnly(nil, nil))},
	})
	output(stack, "ForTheOwner", sidsOf(workload))
}

// A workload whose endpoint lets everybody through.
func widened(app awscdk.App, proveAtSynthesis bool) s3access.PrivateEc2S3Access {
	access := s3access.NewPrivateEc2S3Access(newStack(app, "Training"), jsii.String("App"), &s3access.PrivateEc2S3AccessProps{
		DataBuckets:      &map[string]s3access.DataBucketSource{"UserData": create(s3access.BucketAccess_ReadWrite(nil, nil))},
		ProveAtSynthesis: jsii.Bool(proveAtSynthesis),
	})
	access.S3Endpoint().AddToPolicy(awsiam.NewPolicyStatement(&awsiam.PolicyStatementProps{
		Sid:        jsii.String("Wide"),
		Principals: &[]awsiam.IPrincipal{awsiam.NewAnyPrincipal()},
		Actions:    jsii.Strings("s3:*"),
		Resources:  jsii.Strings("*"),
	}))
	return access
}

func acknowledge(access s3access.PrivateEc2S3Access, reason string, rules ...string) {
	for _, rule := range rules {
		awscdk.Validations_Of(access).Acknowledge(&awscdk.Acknowledgment{
			Id: jsii.String("cdk-private-ec2-s3-access::" + rule), Reason: jsii.String(reason),
		})
	}
}

func define(app awscdk.App, id string, buckets dataBuckets) s3access.PrivateEc2S3Access {
	sources := map[string]s3access.DataBucketSource(buckets)
	return s3access.NewPrivateEc2S3Access(newStack(app, id), jsii.String("App"), &s3access.PrivateEc2S3AccessProps{DataBuckets: &sources})
}

func refusals(app awscdk.App) map[string]func() {
	read := s3access.BucketAccess_ReadOnly(nil, nil)
	return map[string]func(){
		"a prefix without its slash": func() { create(s3access.BucketAccess_ReadOnly(jsii.String("data"), nil)) },
		"no access": func() {
			s3access.DataBucketSource_Create(&s3access.NewDataBucketProps{Access: &[]s3access.BucketAccess{}})
		},
		"a fleet that shrinks": func() {
			s3access.Compute_Fleet(&s3access.FleetOptions{MinCapacity: jsii.Number(4), MaxCapacity: jsii.Number(2)})
		},
		"a wildcard": func() { s3access.BucketAccess_Of(jsii.Strings("s3:*"), nil) },
		"a session": func() {
			s3access.PerimeterExemption_RoleArn(jsii.String("arn:aws:sts::111122223333:assumed-role/Deploy/me"))
		},
		"no bucket":    func() { define(app, "Nothing", dataBuckets{}) },
		"two problems": func() { define(app, "Two", dataBuckets{"User/Data": create(read), "Übung": create(read)}) },
		"an unknown bucket": func() {
			define(app, "Unknown", dataBuckets{"UserData": create(read)}).DataBucket(jsii.String("Datasets"))
		},
		"a bucket twice": func() {
			define(app, "Twice", dataBuckets{"UserData": create(read)}).AddDataBucket(jsii.String("UserData"), create(read))
		},
		"a directory bucket": func() {
			theirs := awss3.Bucket_FromBucketName(newStack(app, "Their"), jsii.String("Data"), jsii.String("data--use1-az4--x-s3"))
			define(app, "Directory", dataBuckets{"Data": adopt(theirs, read)})
		},
	}
}

type refusal struct {
	Type    string `json:"type"`
	Message string `json:"message"`
}

// Errors of the CDK are panics in Go.
func refused(action func()) (result refusal) {
	defer func() {
		if caught := recover(); caught != nil {
			result = refusal{Type: "panic", Message: fmt.Sprint(caught)}
		}
	}()
	action()
	return refusal{Type: "none"}
}

// Writes the cloud assembly of each scenario, and the errors of what is refused, into a folder.
func main() {
	defer jsii.Close()
	folder := os.Args[1]
	newApp := func(name string) awscdk.App {
		return awscdk.NewApp(&awscdk.AppProps{Outdir: jsii.String(filepath.Join(folder, name))})
	}
	scenarios := map[string]func(awscdk.App){
		"quick-start":       quickStart,
		"every-option":      everyOption,
		"two-stacks":        twoStacks,
		"other-choices":     otherChoices,
		"visitors-and-tags": visitorsAndTags,
		"guardrails":        guardrails,
		"hosts":             hosts,
		"paths":             paths,
		"sharing":           sharing,
		"unproven":          func(app awscdk.App) { widened(app, false) },
		"acknowledged": func(app awscdk.App) {
			acknowledge(widened(app, true), "a test", "closed[endpoint-to-others]", "no-way-out[s3-endpoint]")
		},
	}
	for name, scenario := range scenarios {
		app := newApp(name)
		scenario(app)
		app.Synth(nil)
	}
	app := newApp("widened")
	widened(app, true)
	errors := map[string]refusal{}
	bad := newApp("refused")
	for _, actions := range []map[string]func(){refusals(bad), badInputs(bad)} {
		for name, action := range actions {
			errors[name] = refused(action)
		}
	}
	errors["a wide endpoint"] = refused(func() { app.Synth(nil) })
	text, err := json.MarshalIndent(errors, "", "  ")
	if err == nil {
		err = os.WriteFile(filepath.Join(folder, "errors.json"), text, 0o644)
	}
	if err != nil {
		panic(err)
	}
}
