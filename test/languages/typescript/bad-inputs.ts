import { App, CfnParameter, Size, Stack } from 'aws-cdk-lib';
import { InstanceType, IpAddresses } from 'aws-cdk-lib/aws-ec2';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import {
  BucketAccess,
  Compute,
  DataBucketSource,
  OnPremisesAccess,
  PerimeterExemption,
  PrivateEc2S3Access,
  PrivateEc2S3AccessProps,
  WorkloadsOuGuardrails,
} from 'cdk-private-ec2-s3-access';

/** One input of each kind that no workload can be made of. */
export function badInputs(app: App): Record<string, () => unknown> {
  const read = BucketAccess.readOnly();
  const buckets = (id: string) => ({ [id]: DataBucketSource.create({ access: [read] }) });
  const stackOf = (id: string) => new Stack(app, id, { env: { account: '111122223333', region: 'eu-west-1' } });
  const define = (stack: Stack, props: Partial<PrivateEc2S3AccessProps>) =>
    new PrivateEc2S3Access(stack, 'App', { dataBuckets: buckets('UserData'), ...props });
  return {
    'an empty organization': () =>
      new WorkloadsOuGuardrails(stackOf('BadOu'), 'Guardrails', {
        organizationId: '',
        targetIds: ['ou-ab12-11111111'],
      }),
    'a variable that is not set': () => PerimeterExemption.permissionSet('None'),
    'a reserved id': () => define(stackOf('BadId'), { dataBuckets: buckets('Default') }),
    'a network that is too small': () =>
      define(stackOf('BadNetwork'), { ipAddresses: IpAddresses.cidr('10.0.0.0/28') }),
    'half of the internet': () =>
      OnPremisesAccess.fromRole(Role.fromRoleArn(stackOf('BadSite'), 'Site', 'arn:aws:iam::111122223333:role/Site'), {
        access: { UserData: [read] },
        networks: ['0.0.0.0/1'],
      }),
    'a type without EBS optimization': () => Compute.instance({ instanceType: new InstanceType('t2.micro') }),
    'a volume below its image': () =>
      define(stackOf('BadVolume'), { compute: Compute.instance({ rootVolumeSize: Size.gibibytes(4) }) }),
    'a role of another partition': () =>
      define(stackOf('BadPartition'), {
        perimeterExemptions: [PerimeterExemption.roleArn('arn:aws-cn:iam::111122223333:role/Backup')],
      }),
    'the workload as exemption': () => {
      const stack = stackOf('BadExemption');
      const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') });
      return define(stack, { role, perimeterExemptions: [PerimeterExemption.role(role)] });
    },
    'a log bucket for data': () => {
      const stack = stackOf('BadLogs');
      const logs = new Bucket(stack, 'Logs');
      const data = DataBucketSource.fromBucket(logs, { access: [read] });
      return define(stack, { accessLogsBucket: logs, dataBuckets: { Logs: data } });
    },
    'a parameter as prefix': () =>
      BucketAccess.readOnly(new CfnParameter(stackOf('BadPrefix'), 'Prefix').valueAsString),
    'a data bucket after synthesis': () => {
      const late = new App();
      const access = new PrivateEc2S3Access(new Stack(late, 'Late'), 'App', {
        dataBuckets: buckets('UserData'),
        proveAtSynthesis: false,
      });
      late.synth();
      return access.addDataBucket('More', DataBucketSource.create({ access: [read] }));
    },
  };
}
