package main

import (
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"
	s3access "github.com/cdk-private-ec2-s3-access/cdk-private-ec2-s3-access-go/cdkprivateec2s3access"
)

// Every guardrail of the Workloads OU, switched on, off, or on with an exemption.
func guardrails(app awscdk.App) {
	stack := newStackIn(app, "Guardrails", "999988887777", "us-east-1")
	on := s3access.Guardrail_On()
	off := s3access.Guardrail_Off()
	patching := s3access.Guardrail_Exempting(jsii.Strings("arn:aws:iam::111122223333:role/ops/PatchRunner"))
	workloads := s3access.NewWorkloadsOuGuardrails(stack, jsii.String("Workloads"), &s3access.WorkloadsOuGuardrailsProps{
		OrganizationId:      jsii.String("o-a1b2c3d4e5"),
		TargetIds:           jsii.Strings("ou-ab12-11111111"),
		DeploymentRoleNames: jsii.Strings("cdk-hnb659fds-*", "Deploy"),
		ExemptRoleArns:      jsii.Strings("arn:aws:iam::111122223333:role/break-glass/BreakGlass"),
		WorkloadRoleArns:    jsii.Strings("arn:aws:iam::*:role/workloads/*"),
		S3BlockPublicAccess: jsii.Bool(true),
		ServiceControl: &s3access.ServiceControlGuardrails{
			DenyAccessKeys:             on,
			DenyIamUsers:               on,
			DenyInstanceChanges:        off,
			DenyInternetGateways:       on,
			DenyLeavingOrganization:    on,
			DenyNatGateways:            off,
			DenyPassingWorkloadRoles:   on,
			DenyPublicIps:              on,
			DenySendCommand:            patching,
			ProtectBlockPublicAccess:   on,
			ProtectBucketPolicies:      on,
			ProtectDeploymentRoles:     on,
			ProtectKeyPolicies:         on,
			ProtectVpcEndpoints:        on,
			RequireEc2CredentialsInVpc: on,
			RequireImdsV2:              on,
		},
		ResourceControl: &s3access.ResourceControlGuardrails{
			DenyConfusedDeputies:          on,
			RequireOrganizationIdentities: on,
			RequireOrganizationNetworks:   off,
			TrustedAccounts:               jsii.Strings("555566667777"),
		},
		DeclarativeEc2: &s3access.DeclarativeEc2Guardrails{
			ExceptionMessage:          jsii.String("Stopped by a guardrail: ask cloud-security@example.com"),
			ImageBlockPublicAccess:    jsii.Bool(true),
			InstanceMetadataDefaults:  jsii.Bool(true),
			InstanceMetadataHopLimit:  jsii.Number(2),
			SnapshotBlockPublicAccess: jsii.Bool(true),
			VpcBlockPublicAccess:      jsii.Bool(false),
		},
	})
	var types []*string
	for _, policy := range *workloads.Policies() {
		types = append(types, policy.Type())
	}
	output(stack, "Types", joined(&types))
	output(stack, "PatchRunner", jsii.String(fmt.Sprintf("%t %s", *patching.IsOn(), *joined(patching.ExemptRoleArns()))))
}
