import { Duration } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import {
  AdditionalHealthCheckType,
  CfnAutoScalingGroup,
  HealthChecks,
  InstanceRefreshStrategy,
  SpotAllocationStrategy,
  UpdatePolicy,
} from 'aws-cdk-lib/aws-autoscaling';
import {
  CfnLaunchTemplate,
  InstanceClass,
  InstanceSize,
  InstanceType,
  LaunchTemplate,
  UserData,
} from 'aws-cdk-lib/aws-ec2';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Compute, FleetOptions, MixedInstances } from '../../src';
import { AccessList, PrivateFleet, PrivateNetwork, S3Endpoint, WorkloadRole } from '../support/parts';
import { TYPE, idsOf, listOf, logicalId, newStack, only, synthesize, workload } from '../support/resources';
import { validatedStack } from '../support/validated';

const fleet = (options: FleetOptions = { minCapacity: 2, maxCapacity: 20 }) =>
  synthesize({ compute: Compute.fleet(options) });
const unproven = (options: FleetOptions) =>
  synthesize({ compute: Compute.fleet(options), proveAtSynthesis: false }).template;
const launchData = (template: Template) =>
  only(template, TYPE.launchTemplate).Properties.LaunchTemplateData as Record<string, unknown>;

describe('the instances of a PrivateFleet', () => {
  test('give out credentials by IMDSv2 only, and no further than themselves', () => {
    expect(launchData(fleet().template).MetadataOptions).toMatchObject({
      HttpTokens: 'required',
      HttpPutResponseHopLimit: 1,
    });
  });

  test('have no public address, and are in the security group of the workload only', () => {
    const { app, stack, template } = fleet();
    expect(launchData(template).NetworkInterfaces).toMatchObject([
      {
        AssociatePublicIpAddress: false,
        Groups: [stack.resolve(app.connections.securityGroups[0].securityGroupId)],
      },
    ]);
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
    expect(launchData(Template.fromStack(stack)).BlockDeviceMappings).toMatchObject([
      { Ebs: { KmsKeyId: stack.resolve(volumeEncryptionKey.keyArn) as unknown } },
    ]);
  });

  test('take another type and other user data', () => {
    const instanceType = InstanceType.of(InstanceClass.M7G, InstanceSize.LARGE);
    const { template } = fleet({
      minCapacity: 1,
      maxCapacity: 2,
      instanceType,
      userData: UserData.custom('echo hello'),
    });
    expect(launchData(template)).toMatchObject({ InstanceType: 'm7g.large', UserData: { 'Fn::Base64': 'echo hello' } });
    expect(launchData(template).CreditSpecification).toBeUndefined();
  });
});

describe('the group of a PrivateFleet', () => {
  test('has the capacity that is named, in all of the subnets', () => {
    const { template } = fleet();
    expect(only(template, TYPE.fleet).Properties).toMatchObject({
      MinSize: '2',
      MaxSize: '20',
      VPCZoneIdentifier: idsOf(template, TYPE.subnet).map(subnet => ({ Ref: subnet })),
    });
  });

  test('is not tied to a desired capacity, which a deployment would reset', () => {
    expect(only(fleet().template, TYPE.fleet).Properties.DesiredCapacity).toBeUndefined();
  });

  test.each<[FleetOptions, number]>([
    [{ minCapacity: 2, maxCapacity: 20 }, 2],
    [{ minCapacity: 1, maxCapacity: 1 }, 0],
    [{ minCapacity: 3, maxCapacity: 3 }, 2],
  ])('of %j replaces its instances one by one and keeps %i in service', (options, kept) => {
    expect(only(fleet(options).template, TYPE.fleet).UpdatePolicy).toMatchObject({
      AutoScalingRollingUpdate: { MaxBatchSize: 1, MinInstancesInService: kept },
    });
  });

  test('reports all metrics', () => {
    expect(only(fleet().template, TYPE.fleet).Properties.MetricsCollection).toMatchObject([{ Granularity: '1Minute' }]);
  });

  test('waits for endpoint, role policies, bucket policies and route-table associations', () => {
    const { app, stack, template } = fleet();
    const { DependsOn } = only(template, TYPE.fleet);
    expect(DependsOn).toEqual(
      expect.arrayContaining([
        ...idsOf(template, TYPE.endpoint),
        ...idsOf(template, TYPE.managedPolicy),
        ...idsOf(template, TYPE.routeTableAssociation),
        logicalId(stack, app.role.roleName),
      ]),
    );
    expect(listOf(DependsOn)).toEqual(
      expect.arrayContaining(idsOf(template, TYPE.bucketPolicy).filter(id => id.includes('UserData'))),
    );
  });
});

describe('moving from an instance to a fleet', () => {
  test.each([TYPE.role, TYPE.key, TYPE.securityGroup, TYPE.bucket, TYPE.endpoint, TYPE.managedPolicy])(
    'keeps every %s',
    type => {
      expect(idsOf(fleet().template, type)).toEqual(idsOf(synthesize().template, type));
    },
  );
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
    expect(only(template, TYPE.securityGroup).Properties.SecurityGroupEgress).toMatchObject([
      { FromPort: 443, ToPort: 443, IpProtocol: 'tcp' },
    ]);
    expect(idsOf(template, TYPE.securityGroup)).toEqual([
      logicalId(stack, connections.securityGroups[0].securityGroupId),
    ]);
  });
});

describe('the updates of a PrivateFleet', () => {
  const SIZES = { minCapacity: 2, maxCapacity: 4 };
  const updated = (options: Partial<FleetOptions>) => only(unproven({ ...SIZES, ...options }), TYPE.fleet);

  test('pause for the time that an instance needs', () => {
    expect(updated({})).toMatchObject({
      Properties: { DefaultInstanceWarmup: 120 },
      UpdatePolicy: { AutoScalingRollingUpdate: { PauseTime: 'PT2M' } },
    });
    expect(updated({ defaultInstanceWarmup: Duration.minutes(10) })).toMatchObject({
      Properties: { DefaultInstanceWarmup: 600 },
      UpdatePolicy: { AutoScalingRollingUpdate: { PauseTime: 'PT10M' } },
    });
  });

  test('can be instance refreshes, which wait for the same time', () => {
    const strategy = InstanceRefreshStrategy.ROLLING;
    const updatePolicy = UpdatePolicy.instanceRefresh({
      strategy,
      minHealthyPercentage: 90,
      checkpointPercentages: [50, 100],
    });
    const { Properties, UpdatePolicy: rendered } = updated({ updatePolicy });
    expect(rendered).not.toHaveProperty('AutoScalingRollingUpdate');
    expect(rendered).toMatchObject({
      AutoScalingInstanceRefresh: {
        Strategy: 'Rolling',
        Preferences: { MinHealthyPercentage: 90, CheckpointPercentages: [50, 100] },
      },
    });
    expect(Properties.DefaultInstanceWarmup).toBe(120);
  });

  test('can be a rolling update of yours', () => {
    const updatePolicy = UpdatePolicy.rollingUpdate({ maxBatchSize: 2, minInstancesInService: 1 });
    expect(updated({ updatePolicy }).UpdatePolicy).toMatchObject({
      AutoScalingRollingUpdate: { MaxBatchSize: 2, MinInstancesInService: 1 },
    });
  });

  test('can replace the whole group', () => {
    const { UpdatePolicy: rendered } = updated({ updatePolicy: UpdatePolicy.replacingUpdate() });
    expect(rendered).toMatchObject({ AutoScalingReplacingUpdate: { WillReplace: true } });
  });
});

describe('a PrivateFleet of several types', () => {
  const TYPES = ['m7g.large', 'm6g.large', 'c7g.xlarge'].map(name => new InstanceType(name));
  const SIZES = { minCapacity: 1, maxCapacity: 2 };
  const mixed = (mixedInstances: MixedInstances, more: Partial<FleetOptions> = {}) =>
    unproven({ ...SIZES, mixedInstances, ...more });
  const group = (template: Template) => only(template, TYPE.fleet).Properties;

  test('is On-Demand by the order of the types unless it says otherwise', () => {
    const properties = group(mixed({ instanceTypes: TYPES }));
    expect(properties.LaunchTemplate).toBeUndefined();
    expect(properties.CapacityRebalance).toBeUndefined();
    expect(properties.MixedInstancesPolicy).toMatchObject({
      InstancesDistribution: {},
      LaunchTemplate: { Overrides: TYPES.map(type => ({ InstanceType: type.toString() })) },
    });
  });

  test('takes Spot instances by price and capacity, and replaces them before they are interrupted', () => {
    const instancesDistribution = { onDemandBaseCapacity: 1, onDemandPercentageAboveBaseCapacity: 0 };
    const properties = group(mixed({ instanceTypes: TYPES, instancesDistribution }));
    expect(properties.CapacityRebalance).toBe(true);
    expect(properties.MixedInstancesPolicy).toMatchObject({
      InstancesDistribution: {
        OnDemandBaseCapacity: 1,
        OnDemandPercentageAboveBaseCapacity: 0,
        SpotAllocationStrategy: 'price-capacity-optimized',
      },
    });
  });

  test('lets both be chosen', () => {
    const instancesDistribution = {
      onDemandPercentageAboveBaseCapacity: 50,
      spotAllocationStrategy: SpotAllocationStrategy.CAPACITY_OPTIMIZED,
    };
    const properties = group(mixed({ instanceTypes: TYPES, instancesDistribution }, { capacityRebalance: false }));
    expect(properties.CapacityRebalance).toBe(false);
    expect(properties.MixedInstancesPolicy).toMatchObject({
      InstancesDistribution: { SpotAllocationStrategy: 'capacity-optimized' },
    });
  });

  test('has one image, and standard credits only where all types are burstable', () => {
    const data = (names: string[]) => launchData(mixed({ instanceTypes: names.map(name => new InstanceType(name)) }));
    expect(data(['t4g.small', 'm7g.medium']).CreditSpecification).toBeUndefined();
    expect(data(['t3.small', 't3a.small'])).toMatchObject({
      CreditSpecification: { CpuCredits: 'standard' },
      InstanceType: 't3.small',
    });
    const images = (instanceTypes: InstanceType[]) => JSON.stringify(mixed({ instanceTypes }).findParameters('*'));
    expect(images(TYPES)).toContain('arm64');
    expect(images([new InstanceType('m7i.large'), new InstanceType('m6i.large')])).toContain('x86_64');
  });

  test('is read by the proof: its launch template says everything, once', () => {
    const mixedInstances = { instanceTypes: TYPES, instancesDistribution: { onDemandPercentageAboveBaseCapacity: 20 } };
    expect(
      validatedStack(stack => workload(stack, { compute: Compute.fleet({ ...SIZES, mixedInstances }) })).violations,
    ).toEqual([]);
    const { violations } = validatedStack(stack => {
      const { compute } = workload(stack, { compute: Compute.fleet({ ...SIZES, mixedInstances }) });
      const template = compute.autoScalingGroup!.node.scope!.node.findChild('Template').node
        .defaultChild as CfnLaunchTemplate;
      template.addPropertyOverride('LaunchTemplateData.MetadataOptions.HttpTokens', 'optional');
    });
    expect(violations.map(({ ruleName }) => ruleName)).toEqual(['instance-metadata']);
  });

  test('is read by the proof where a type has a launch template of its own', () => {
    const { violations } = validatedStack(stack => {
      const { compute, role } = workload(stack, {
        compute: Compute.fleet({ ...SIZES, mixedInstances: { instanceTypes: TYPES } }),
      });
      const careless = new LaunchTemplate(stack, 'Careless', { role });
      (compute.autoScalingGroup!.node.defaultChild as CfnAutoScalingGroup).addPropertyOverride(
        'MixedInstancesPolicy.LaunchTemplate.Overrides.1.LaunchTemplateSpecification',
        { LaunchTemplateId: careless.launchTemplateId, Version: '1' },
      );
    });
    expect(violations.map(({ ruleName, description }) => `${ruleName} ${description}`)).toEqual(
      expect.arrayContaining([expect.stringMatching(/^instance-metadata HttpTokens of .* is not stated/)]),
    );
  });
});

describe('the health checks of a fleet', () => {
  const checkedBy = (healthChecks?: HealthChecks) => {
    const { template } = fleet({ minCapacity: 2, maxCapacity: 4, healthChecks });
    const { HealthCheckType: type, HealthCheckGracePeriod: grace } = only(template, TYPE.fleet).Properties;
    return { type, grace };
  };

  test('are those of EC2 unless others are named', () => {
    expect(checkedBy()).toEqual({ type: undefined, grace: undefined });
  });

  test('have a grace period', () => {
    expect(checkedBy(HealthChecks.ec2({ gracePeriod: Duration.minutes(3) }))).toEqual({ type: 'EC2', grace: 180 });
  });

  test('are those of a load balancer, too', () => {
    const additionalTypes = [AdditionalHealthCheckType.ELB, AdditionalHealthCheckType.EBS];
    const checks = HealthChecks.withAdditionalChecks({ additionalTypes, gracePeriod: Duration.minutes(5) });
    expect(checkedBy(checks)).toEqual({ type: 'ELB,EBS', grace: 300 });
  });

  test('are those of an instance', () => {
    expect(() => Compute.instance({ healthChecks: HealthChecks.ec2() } as object)).toThrow(/healthChecks/);
  });
});
