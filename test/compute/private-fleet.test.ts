import { Template } from 'aws-cdk-lib/assertions';
import { InstanceClass, InstanceSize, InstanceType, UserData } from 'aws-cdk-lib/aws-ec2';
import { Key } from 'aws-cdk-lib/aws-kms';
import { AccessList, Compute, FleetOptions, PrivateFleet, PrivateNetwork, S3Endpoint, WorkloadRole } from '../../src';
import { TYPE, idsOf, listOf, logicalId, newStack, only, synthesize, workload } from '../support/resources';

const fleet = (options: FleetOptions = { minCapacity: 2, maxCapacity: 20 }) => synthesize({ compute: Compute.fleet(options) });
const launchData = (template: Template) => only(template, TYPE.launchTemplate).Properties.LaunchTemplateData as Record<string, unknown>;

describe('the instances of a PrivateFleet', () => {
  test('give out credentials by IMDSv2 only, and no further than themselves', () => {
    expect(launchData(fleet().template).MetadataOptions).toMatchObject({ HttpTokens: 'required', HttpPutResponseHopLimit: 1 });
  });

  test('have no public address, and are in the security group of the workload only', () => {
    const { app, stack, template } = fleet();
    expect(launchData(template).NetworkInterfaces).toMatchObject([{
      AssociatePublicIpAddress: false, Groups: [stack.resolve(app.connections.securityGroups[0].securityGroupId)],
    }]);
  });

  test('have an encrypted volume, standard credits and detailed monitoring', () => {
    expect(launchData(fleet().template)).toMatchObject({
      BlockDeviceMappings: [{ Ebs: { Encrypted: true } }],
      CreditSpecification: { CpuCredits: 'standard' },
      EbsOptimized: true,
      InstanceType: 't4g.micro',
      Monitoring: { Enabled: true },
    });
  });

  test('have no key pair', () => {
    expect(launchData(fleet().template).KeyName).toBeUndefined();
  });

  test('have the role of the workload and no other', () => {
    const { app, stack, template } = fleet();
    expect(only(template, 'AWS::IAM::InstanceProfile').Properties.Roles).toEqual([stack.resolve(app.role.roleName)]);
    template.resourceCountIs(TYPE.role, 1);
  });

  test('have a volume key only where one is named: Auto Scaling has no way into ours', () => {
    expect(JSON.stringify(launchData(fleet().template).BlockDeviceMappings)).not.toContain('KmsKeyId');
    const stack = newStack();
    const volumeEncryptionKey = new Key(stack, 'Mine');
    workload(stack, { compute: Compute.fleet({ minCapacity: 1, maxCapacity: 1, volumeEncryptionKey }) });
    expect(launchData(Template.fromStack(stack)).BlockDeviceMappings)
      .toMatchObject([{ Ebs: { KmsKeyId: stack.resolve(volumeEncryptionKey.keyArn) as unknown } }]);
  });

  test('take another type and other user data', () => {
    const instanceType = InstanceType.of(InstanceClass.M7G, InstanceSize.LARGE);
    const { template } = fleet({ minCapacity: 1, maxCapacity: 2, instanceType, userData: UserData.custom('echo hello') });
    expect(launchData(template)).toMatchObject({ InstanceType: 'm7g.large', UserData: { 'Fn::Base64': 'echo hello' } });
    expect(launchData(template).CreditSpecification).toBeUndefined();
  });
});

describe('the group of a PrivateFleet', () => {
  test('has the capacity that is named, in all of the subnets', () => {
    const { template } = fleet();
    expect(only(template, TYPE.fleet).Properties).toMatchObject({
      MinSize: '2', MaxSize: '20', VPCZoneIdentifier: idsOf(template, TYPE.subnet).map(subnet => ({ Ref: subnet })),
    });
  });

  test('is not tied to a desired capacity, which a deployment would reset', () => {
    expect(only(fleet().template, TYPE.fleet).Properties.DesiredCapacity).toBeUndefined();
  });

  test.each<[FleetOptions, number]>([
    [{ minCapacity: 2, maxCapacity: 20 }, 2], [{ minCapacity: 1, maxCapacity: 1 }, 0], [{ minCapacity: 3, maxCapacity: 3 }, 2],
  ])('of %j replaces its instances one by one and keeps %i in service', (options, kept) => {
    expect(only(fleet(options).template, TYPE.fleet).UpdatePolicy)
      .toMatchObject({ AutoScalingRollingUpdate: { MaxBatchSize: 1, MinInstancesInService: kept } });
  });

  test('reports all metrics', () => {
    expect(only(fleet().template, TYPE.fleet).Properties.MetricsCollection).toMatchObject([{ Granularity: '1Minute' }]);
  });

  test('waits for endpoint, role policies, bucket policies and route-table associations', () => {
    const { app, stack, template } = fleet();
    const { DependsOn } = only(template, TYPE.fleet);
    expect(DependsOn).toEqual(expect.arrayContaining([
      ...idsOf(template, TYPE.endpoint), ...idsOf(template, TYPE.managedPolicy), ...idsOf(template, TYPE.routeTableAssociation),
      logicalId(stack, app.role.roleName),
    ]));
    expect(listOf(DependsOn)).toEqual(expect.arrayContaining(idsOf(template, TYPE.bucketPolicy).filter(id => id.includes('UserData'))));
  });
});

describe('moving from an instance to a fleet', () => {
  test.each([TYPE.role, TYPE.key, TYPE.securityGroup, TYPE.bucket, TYPE.endpoint, TYPE.managedPolicy])('keeps every %s', type => {
    expect(idsOf(fleet().template, type)).toEqual(idsOf(synthesize().template, type));
  });
});

describe('a PrivateFleet alone', () => {
  test('makes a security group with HTTPS as the only way out', () => {
    const stack = newStack();
    const accessList = new AccessList();
    const { vpc } = new PrivateNetwork(stack, 'Network');
    const s3Endpoint = new S3Endpoint(stack, 'S3Endpoint', { accessList, vpc });
    const role = new WorkloadRole(stack, 'Role', { accessList });
    const { connections } = new PrivateFleet(stack, 'Fleet', { vpc, role, s3Endpoint, minCapacity: 1, maxCapacity: 2 });
    const template = Template.fromStack(stack);
    expect(only(template, TYPE.securityGroup).Properties.SecurityGroupEgress).toMatchObject([{ FromPort: 443, ToPort: 443, IpProtocol: 'tcp' }]);
    expect(idsOf(template, TYPE.securityGroup)).toEqual([logicalId(stack, connections.securityGroups[0].securityGroupId)]);
  });
});
