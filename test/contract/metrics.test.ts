import { Duration } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { BucketAccess, Compute, DataBucketSource } from '../../src';
import { TYPE, errorOf, idsOf, logicalId, newStack, workload } from '../support/resources';

const FLEET = Compute.fleet({ minCapacity: 1, maxCapacity: 2 });

test('an alarm on requests that are refused counts those of one bucket, which S3 is told to count once', () => {
  const stack = newStack();
  const app = workload(stack);
  const metric = app.metricClientErrors('UserData');
  app.metricClientErrors('UserData', { period: Duration.minutes(5) });
  new Alarm(stack, 'Refused', { metric, threshold: 1, evaluationPeriods: 1 });
  const template = Template.fromStack(stack);
  const bucketName = stack.resolve(app.dataBucket('UserData').bucketName) as object;
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    Namespace: 'AWS/S3',
    MetricName: '4xxErrors',
    Statistic: 'Sum',
    Period: 60,
    Dimensions: [
      { Name: 'BucketName', Value: bucketName },
      { Name: 'FilterId', Value: 'EntireBucket' },
    ],
  });
  template.resourcePropertiesCountIs(TYPE.bucket, { MetricsConfigurations: [{ Id: 'EntireBucket' }] }, 1);
});

test('a bucket whose metrics nobody asks for is not counted, which would cost', () => {
  const stack = newStack();
  workload(stack);
  Template.fromStack(stack).resourcePropertiesCountIs(TYPE.bucket, { MetricsConfigurations: Match.anyValue() }, 0);
});

test('how a metric is shown can be chosen', () => {
  const { period, statistic } = workload(newStack()).metricClientErrors('UserData', {
    period: Duration.minutes(5),
    statistic: 'Average',
  });
  expect([period.toMinutes(), statistic]).toEqual([5, 'Average']);
});

test('the requests to a bucket that exists, or to none, are not counted here', () => {
  const stack = newStack();
  const bucket = Bucket.fromBucketName(stack, 'Theirs', 'example-theirs');
  const app = workload(stack, {
    dataBuckets: { Theirs: DataBucketSource.fromBucket(bucket, { access: [BucketAccess.readOnly()] }) },
  });
  expect(errorOf(() => app.metricClientErrors('Theirs'))).toMatch(
    /got "Theirs", allowed: a data bucket that is made here.*, fix: call addMetric/,
  );
  expect(errorOf(() => app.metricClientErrors('Nothing'))).toMatch(/got "Nothing", allowed: /);
});

test.each([
  ['the instance', undefined, 'InstanceId', TYPE.instance],
  ['the fleet', FLEET, 'AutoScalingGroupName', TYPE.fleet],
])('the CPU utilization is that of %s', (_, compute, dimension, type) => {
  const stack = newStack();
  const metric = workload(stack, { compute }).metricCpuUtilization({ label: 'CPU' });
  const { namespace, metricName, statistic, label } = metric;
  expect({ namespace, metricName, statistic, label }).toEqual({
    namespace: 'AWS/EC2',
    metricName: 'CPUUtilization',
    statistic: 'Average',
    label: 'CPU',
  });
  const [id] = idsOf(Template.fromStack(stack), type);
  expect(logicalId(stack, String(metric.dimensions![dimension]))).toBe(id);
  expect(Object.keys(metric.dimensions!)).toEqual([dimension]);
});

test('instances that are made elsewhere have no metric here', () => {
  const app = workload(newStack(), { compute: Compute.instanceProfile() });
  expect(errorOf(() => app.metricCpuUtilization())).toMatch(
    /^Training\/App: compute: got .*made elsewhere.*, allowed: an instance or a fleet of this construct, fix: /,
  );
});
