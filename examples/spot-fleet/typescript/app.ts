import { App, Stack } from 'aws-cdk-lib';
import { InstanceClass, InstanceSize, InstanceType } from 'aws-cdk-lib/aws-ec2';
import { BucketAccess, Compute, DataBucketSource, PrivateEc2S3Access } from 'cdk-private-ec2-s3-access';

const stack = new Stack(new App(), 'SpotFleet');
new PrivateEc2S3Access(stack, 'App', {
  compute: Compute.fleet({
    minCapacity: 2,
    maxCapacity: 40,
    mixedInstances: {
      instanceTypes: [InstanceClass.M7G, InstanceClass.M6G, InstanceClass.C7G, InstanceClass.R7G].map(family =>
        InstanceType.of(family, InstanceSize.XLARGE),
      ),
      instancesDistribution: { onDemandBaseCapacity: 1, onDemandPercentageAboveBaseCapacity: 0 },
    },
  }),
  dataBuckets: {
    Datasets: DataBucketSource.create({ access: [BucketAccess.readOnly('training/')] }),
    Checkpoints: DataBucketSource.create({ access: [BucketAccess.readWrite()] }),
  },
});
