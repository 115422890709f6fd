using System.Collections.Generic;
using Amazon.CDK;
using CdkPrivateEc2S3Access;

var app = new App();
new PrivateEc2S3Access(new Stack(app, "QuickStart"), "App", new PrivateEc2S3AccessProps
{
    DataBuckets = new Dictionary<string, DataBucketSource>
    {
        ["UserData"] = DataBucketSource.Create(new NewDataBucketProps { Access = new[] { BucketAccess.ReadWrite() } }),
        ["Datasets"] = DataBucketSource.Create(new NewDataBucketProps { Access = new[] { BucketAccess.ReadOnly("datasets/") } }),
    },
});
app.Synth();
