import { App, Size, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import {
  CfnInstance,
  CfnSubnet,
  HttpTokens,
  Instance,
  InstanceProps,
  InstanceType,
  MachineImage,
  SubnetType,
} from 'aws-cdk-lib/aws-ec2';
import { Compute, PrivateEc2S3AccessProps, S3EndpointMode } from '../../src';
import { TYPE, logicalId, newStack, only, synthesize as proven, workload } from '../support/resources';
import { ReportedViolation, validated, validatedStack } from '../support/validated';

const synthesize = (props: Partial<PrivateEc2S3AccessProps>) => proven({ proveAtSynthesis: false, ...props });
const FLEET = { minCapacity: 1, maxCapacity: 2 };

describe('Compute.container', () => {
  test('lets the answers of the metadata service reach containers', () => {
    const { template } = synthesize({ compute: Compute.container() });
    expect(only(template, TYPE.instance).Properties.MetadataOptions).toEqual({
      HttpTokens: 'required',
      HttpPutResponseHopLimit: 2,
    });
  });

  test('has room for images, unless a size is named', () => {
    const sizeOf = (compute: Compute) =>
      only(synthesize({ compute }).template, TYPE.instance).Properties.BlockDeviceMappings;
    expect(sizeOf(Compute.container())).toMatchObject([{ Ebs: { VolumeSize: 30 } }]);
    expect(sizeOf(Compute.container({ rootVolumeSize: Size.gibibytes(100) }))).toMatchObject([
      { Ebs: { VolumeSize: 100 } },
    ]);
  });

  test('differs from one instance in nothing else', () => {
    const asOne = (compute: Compute) => {
      const { template } = synthesize({ compute });
      const {
        MetadataOptions: _options,
        BlockDeviceMappings: _volumes,
        ...rest
      } = only(template, TYPE.instance).Properties;
      return rest;
    };
    expect(asOne(Compute.container())).toEqual(asOne(Compute.instance()));
  });

  test('has a counterpart for fleets', () => {
    const { template } = synthesize({ compute: Compute.fleet({ ...FLEET, httpPutResponseHopLimit: 2 }) });
    expect(only(template, TYPE.launchTemplate).Properties.LaunchTemplateData).toMatchObject({
      MetadataOptions: { HttpPutResponseHopLimit: 2 },
    });
  });
});

describe('Compute.instanceProfile', () => {
  test('makes an instance profile with the role, and nothing that runs', () => {
    const { app, stack, template } = synthesize({ compute: Compute.instanceProfile() });
    expect(only(template, 'AWS::IAM::InstanceProfile').Properties.Roles).toEqual([stack.resolve(app.role.roleName)]);
    expect(logicalId(stack, app.compute.instanceProfile?.instanceProfileName ?? '')).toMatch(/InstanceProfile/);
    [TYPE.instance, TYPE.fleet, TYPE.launchTemplate].forEach(type => template.resourceCountIs(type, 0));
  });

  test('has the security group of the workload to give away', () => {
    const { app, stack, template } = synthesize({ compute: Compute.instanceProfile() });
    const [group] = app.connections.securityGroups;
    expect(Object.keys(template.findResources(TYPE.securityGroup))).toContain(logicalId(stack, group.securityGroupId));
  });
});

describe('what was made', () => {
  test('is the instance', () => {
    const { app, stack, template } = synthesize({});
    expect(Object.keys(template.findResources(TYPE.instance))).toEqual([
      logicalId(stack, app.compute.instance?.instanceId ?? ''),
    ]);
    expect([app.compute.autoScalingGroup, app.compute.instanceProfile]).toEqual([undefined, undefined]);
  });

  test('is the group, which takes scaling policies', () => {
    const stack = newStack();
    const { compute } = workload(stack, { compute: Compute.fleet(FLEET), proveAtSynthesis: false });
    compute.autoScalingGroup?.scaleOnCpuUtilization('Cpu', { targetUtilizationPercent: 50 });
    Template.fromStack(stack).resourceCountIs('AWS::AutoScaling::ScalingPolicy', 1);
    expect([compute.instance, compute.instanceProfile]).toEqual([undefined, undefined]);
  });
});

describe('the proof', () => {
  const COMPUTES: Array<[string, Compute]> = [
    ['containers', Compute.container()],
    ['a fleet for containers', Compute.fleet({ ...FLEET, httpPutResponseHopLimit: 2 })],
    ['instances made elsewhere', Compute.instanceProfile()],
  ];
  const MODES: Array<[string, S3EndpointMode]> = [
    ['gateway', S3EndpointMode.gateway()],
    ['interface', S3EndpointMode.interfaceEndpoint()],
  ];

  test.each(COMPUTES.flatMap(([name, compute]) => MODES.map(([kind, mode]) => [name, kind, compute, mode] as const)))(
    'holds for %s behind a %s endpoint',
    (_, __, compute, s3Endpoint) => {
      expect(validatedStack(stack => workload(stack, { compute, s3Endpoint }))).toEqual({
        error: undefined,
        violations: [],
        suppressed: [],
      });
    },
  );

  /** An instance in a stack of its own, with what the construct gives away. */
  function elsewhere(
    options: Pick<InstanceProps, 'httpTokens' | 'httpPutResponseHopLimit'>,
  ): readonly ReportedViolation[] {
    return validated(root => {
      const app = workload(new Stack(root, 'Workload'), { compute: Compute.instanceProfile() });
      new Instance(new Stack(root, 'Theirs'), 'Instance', {
        vpc: app.vpc,
        vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED },
        instanceType: new InstanceType('t4g.micro'),
        machineImage: MachineImage.latestAmazonLinux2023(),
        instanceProfile: app.compute.instanceProfile,
        securityGroup: app.connections.securityGroups[0],
        ...options,
      });
    }).violations;
  }

  test('holds for an instance of the app that has the profile', () => {
    expect(elsewhere({ httpTokens: HttpTokens.REQUIRED, httpPutResponseHopLimit: 1 })).toEqual([]);
  });

  test('sees that such an instance answers IMDSv1', () => {
    expect(elsewhere({ httpPutResponseHopLimit: 1 })).toEqual([
      expect.objectContaining({
        ruleName: 'instance-metadata',
        description: expect.stringContaining('HttpTokens of Theirs/Instance/Resource is not stated'),
        constructPaths: ['Theirs/Instance/Resource'],
      }),
    ]);
  });

  test('sees that the construct did not ask for a second hop', () => {
    expect(elsewhere({ httpTokens: HttpTokens.REQUIRED, httpPutResponseHopLimit: 2 })).toEqual([
      expect.objectContaining({
        ruleName: 'instance-metadata',
        description: expect.stringContaining('HttpPutResponseHopLimit of Theirs/Instance/Resource is 2'),
      }),
    ]);
  });

  test('sees a third hop where the construct asked for a second', () => {
    const { violations } = validatedStack(stack => {
      const { compute } = workload(stack, { compute: Compute.container() });
      (compute.instance?.node.defaultChild as CfnInstance).addPropertyOverride(
        'MetadataOptions.HttpPutResponseHopLimit',
        3,
      );
    });
    expect(violations.map(({ ruleName }) => ruleName)).toEqual(['instance-metadata']);
  });

  test('sees a way out of the subnets that instances elsewhere are to be in', () => {
    const { violations } = validatedStack(stack => {
      const app = workload(stack, { compute: Compute.instanceProfile() });
      (app.node.findChild('Network').node.findChild('IsolatedSubnet1') as CfnSubnet).mapPublicIpOnLaunch = true;
    });
    expect(violations.map(({ ruleName }) => ruleName)).toContain('isolated-subnets');
  });
});

test('moving from instances elsewhere to one instance keeps everything that stays', () => {
  const pathsOf = (compute: Compute) => {
    const app = new App();
    const stack = new Stack(app, 'Training');
    workload(stack, { compute, proveAtSynthesis: false });
    return Object.keys((Template.fromStack(stack).toJSON() as { Resources: Record<string, unknown> }).Resources);
  };
  const added = pathsOf(Compute.instance()).filter(id => !pathsOf(Compute.instanceProfile()).includes(id));
  expect(added.every(id => id.includes('ComputeInstance'))).toBe(true);
});
