import { App, Duration, Stack } from 'aws-cdk-lib';
import { InstanceRefreshStrategy, UpdatePolicy } from 'aws-cdk-lib/aws-autoscaling';
import { InstanceClass, InstanceSize, InstanceType } from 'aws-cdk-lib/aws-ec2';
import { BucketAccess, Compute, DataBucketSource, PrivateEc2S3Access } from 'cdk-private-ec2-s3-access';

const stack = new Stack(new App(), 'Fleet');
const app = new PrivateEc2S3Access(stack, 'App', {
  compute: Compute.fleet({
    minCapacity: 2,
    maxCapacity: 10,
    instanceType: InstanceType.of(InstanceClass.M7G, InstanceSize.LARGE),
    defaultInstanceWarmup: Duration.minutes(3),
    updatePolicy: UpdatePolicy.instanceRefresh({
      strategy: InstanceRefreshStrategy.ROLLING,
      minHealthyPercentage: 90,
      checkpointPercentages: [50, 100],
      checkpointDelay: Duration.minutes(15),
    }),
  }),
  dataBuckets: {
    Jobs: DataBucketSource.create({ access: [BucketAccess.readOnly('in/'), BucketAccess.writeOnly('out/')] }),
  },
});
app.compute.autoScalingGroup?.scaleOnCpuUtilization('Cpu', { targetUtilizationPercent: 60 });
