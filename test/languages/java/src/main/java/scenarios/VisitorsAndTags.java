package scenarios;

import io.github.cdkprivateec2s3access.BucketAccess;
import io.github.cdkprivateec2s3access.Compute;
import io.github.cdkprivateec2s3access.DataBucketPolicy;
import io.github.cdkprivateec2s3access.DataBucketSource;
import io.github.cdkprivateec2s3access.EndpointService;
import io.github.cdkprivateec2s3access.ExistingDataBucketProps;
import io.github.cdkprivateec2s3access.InstanceOptions;
import io.github.cdkprivateec2s3access.OnPremisesAccess;
import io.github.cdkprivateec2s3access.OnPremisesAccessOptions;
import io.github.cdkprivateec2s3access.OrganizationBoundary;
import io.github.cdkprivateec2s3access.PrivateEc2S3Access;
import io.github.cdkprivateec2s3access.RemoteAccess;
import io.github.cdkprivateec2s3access.RemoteWorkload;
import io.github.cdkprivateec2s3access.RemoteWorkloadAttributes;
import io.github.cdkprivateec2s3access.S3EndpointMode;
import io.github.cdkprivateec2s3access.ServiceEndpointOptions;
import io.github.cdkprivateec2s3access.SessionManagerOptions;
import io.github.cdkprivateec2s3access.TaggedWorkloadsAttributes;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.ec2.PrefixList;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.InstanceProfile;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketAttributes;
import software.amazon.awscdk.services.s3.IBucket;

/** The scenario of what reaches a bucket beside one workload of the app. */
final class VisitorsAndTags {
    private VisitorsAndTags() {
    }

    /** Endpoints of other services, and what the role may do there. */
    private static void otherServices(final PrivateEc2S3Access access) {
        List.of(
            EndpointService.CLOUDWATCH,
            EndpointService.CLOUDWATCH_LOGS,
            EndpointService.EVENTBRIDGE,
            EndpointService.KINESIS_DATA_STREAMS,
            EndpointService.LAMBDA,
            EndpointService.SECRETS_MANAGER,
            EndpointService.SNS,
            EndpointService.SQS,
            EndpointService.STEP_FUNCTIONS,
            EndpointService.SYSTEMS_MANAGER
        ).forEach(service -> access.addServiceEndpoint(service));
        access.addServiceEndpoint(EndpointService.DYNAMODB, ServiceEndpointOptions.builder()
            .prefixList(PrefixList.fromPrefixListId(access, "DynamoDb", "pl-02cd2c6b")).build());
        access.getRole().addToPrincipalPolicy(PolicyStatement.Builder.create()
            .actions(List.of(
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
                "states:StartExecution"))
            .resources(List.of("*"))
            .build());
    }

    /** Visitors from on-premises networks, logs of sessions, an instance profile; tagged roles on a bucket; access points. */
    static void define(final App app) {
        final Stack stack = new Stack(app, "Training");
        final Role role = Role.Builder.create(stack, "Role").assumedBy(new ServicePrincipal("ec2.amazonaws.com")).build();
        final IRole uploader = Role.fromRoleArn(stack, "Uploader", "arn:aws:iam::111122223333:role/Uploader");
        final IBucket lake = Bucket.fromBucketAttributes(stack, "Lake", BucketAttributes.builder()
            .bucketName("example-lake").account("444455556666").build());
        final InstanceProfile profile = InstanceProfile.Builder.create(stack, "Profile").role(role).build();
        final DataBucketSource userData = Scenarios.create(BucketAccess.readWrite());
        final OnPremisesAccess uploads = OnPremisesAccess.fromRole(uploader, OnPremisesAccessOptions.builder()
            .networks(List.of("192.168.0.0/16"))
            .access(Map.of("UserData", List.of(BucketAccess.writeOnly("uploads/"))))
            .build());
        final PrivateEc2S3Access access = PrivateEc2S3Access.Builder.create(stack, "App")
            .role(role)
            .compute(Compute.instance(InstanceOptions.builder().instanceProfile(profile).build()))
            .dataBuckets(Map.of(
                "UserData", userData,
                "Lake", DataBucketSource.fromBucket(lake, ExistingDataBucketProps.builder()
                    .access(List.of(BucketAccess.readOnly())).accessPointName("lake-app").build())))
            .s3Endpoint(S3EndpointMode.gatewayAndInterface())
            .onPremises(Map.of("Uploads", uploads))
            .remoteAccess(RemoteAccess.sessionManager(SessionManagerOptions.builder()
                .logBucket(Bucket.fromBucketName(stack, "SessionLogs", "example-session-logs"))
                .logBucketPrefix("sessions/")
                .build()))
            .build();
        otherServices(access);
        Scenarios.output(stack, "VisitorRole", uploads.getRole().getRoleArn());
        Scenarios.output(stack, "OwnActions", String.join(",", userData.getAccess().get(0).getObjectActions()));
        Scenarios.output(stack, "LakeAccessPoint", access.accessPointArn("Lake"));
        Scenarios.output(stack, "ForTheOwners", Scenarios.sidsOf(access));
        final Stack owner = new Stack(app, "Owner", Scenarios.env("444455556666", "us-east-1"));
        final RemoteWorkload teams = RemoteWorkload.fromPrincipalTag(TaggedWorkloadsAttributes.builder()
            .tagKey("team")
            .accounts(List.of("111122223333", "999900001111"))
            .organization(OrganizationBoundary.builder().organizationId("o-a1b2c3d4e5").build())
            .access(List.of(BucketAccess.readWrite("teams/")))
            .build());
        final RemoteWorkload reader = RemoteWorkload.fromAttributes(RemoteWorkloadAttributes.builder()
            .roleArn("arn:aws:iam::111122223333:role/Reader")
            .access(List.of(BucketAccess.readOnly()))
            .accessPointName("shared-reader")
            .build());
        DataBucketPolicy.Builder.create(owner, "Policy").bucket(new Bucket(owner, "Shared")).workloads(List.of(teams, reader)).build();
    }
}
