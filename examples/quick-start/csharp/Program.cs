using System.Collections.Generic;
using Amazon.CDK;
using CdkPrivateEc2S3Access;

var scope = new App();
var stack = new Stack(scope, "QuickStart");
var app = new PrivateEc2S3Access(stack, "App", new PrivateEc2S3AccessProps
{
    DataBuckets = new Dictionary<string, DataBucketSource>
    {
        ["UserData"] = DataBucketSource.Create(new NewDataBucketProps { Access = new[] { BucketAccess.ReadWrite() } }),
        ["Datasets"] = DataBucketSource.Create(new NewDataBucketProps { Access = new[] { BucketAccess.ReadOnly("datasets/") } }),
    },
});
new CfnOutput(stack, "UserDataBucket", new CfnOutputProps { Value = app.DataBucket("UserData").BucketName });
new CfnOutput(stack, "DatasetsBucket", new CfnOutputProps { Value = app.DataBucket("Datasets").BucketName });
new CfnOutput(stack, "InstanceId", new CfnOutputProps { Value = app.Compute.Instance.InstanceId });
new CfnOutput(stack, "RoleArn", new CfnOutputProps { Value = app.Role.RoleArn });
scope.Synth();
