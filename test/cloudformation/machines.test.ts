import { model } from './support';
import type { JsonObject } from '../../src/cloudformation/json';

const ref = (name: string) => ({ Ref: name });

const ROLE = {
  Role: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'Nodes' } },
  Profile: { Type: 'AWS::IAM::InstanceProfile', Properties: { InstanceProfileName: 'P', Roles: [ref('Role')] } },
  Template: {
    Type: 'AWS::EC2::LaunchTemplate',
    Properties: { LaunchTemplateData: { IamInstanceProfile: { Name: ref('Profile') } } },
  },
};

function machines(type: string, Properties: JsonObject) {
  const { workloads } = model({ ...ROLE, Machines: { Type: type, Properties } });
  return workloads.map(({ where: { logicalId }, role, subnets, otherVersions }) => ({
    logicalId,
    role: role?.name,
    subnets: subnets.map(({ id }) => id),
    otherVersions,
  }));
}

const FROM_TEMPLATE = { LaunchTemplateId: ref('Template'), Version: '$Latest' };

test.each<[string, string, JsonObject, string[]]>([
  [
    'a Spot Fleet with launch templates',
    'AWS::EC2::SpotFleet',
    { SpotFleetRequestConfigData: { LaunchTemplateConfigs: [{ LaunchTemplateSpecification: FROM_TEMPLATE }] } },
    [],
  ],
  [
    'an EC2 Fleet with a subnet of its own',
    'AWS::EC2::EC2Fleet',
    {
      LaunchTemplateConfigs: [{ LaunchTemplateSpecification: FROM_TEMPLATE, Overrides: [{ SubnetId: 'subnet-1' }] }],
    },
    ['subnet-1'],
  ],
  [
    'a compute environment of Batch',
    'AWS::Batch::ComputeEnvironment',
    { ComputeResources: { InstanceRole: ref('Profile'), Subnets: ['subnet-2'] } },
    ['subnet-2'],
  ],
  [
    'a node group of EKS, by its role',
    'AWS::EKS::Nodegroup',
    { NodeRole: { 'Fn::GetAtt': ['Role', 'Arn'] }, Subnets: ['subnet-3'] },
    ['subnet-3'],
  ],
  [
    'a cluster of EKS in Auto Mode, by the role of its nodes',
    'AWS::EKS::Cluster',
    {
      ComputeConfig: { Enabled: true, NodeRoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] } },
      ResourcesVpcConfig: { SubnetIds: ['subnet-4'] },
    },
    ['subnet-4'],
  ],
  ['a cluster of EMR', 'AWS::EMR::Cluster', { JobFlowRole: ref('Profile'), Name: 'Jobs' }, []],
  [
    'managed instances of ECS',
    'AWS::ECS::CapacityProvider',
    {
      ManagedInstancesProvider: {
        InstanceLaunchTemplate: { Ec2InstanceProfileArn: { 'Fn::GetAtt': ['Profile', 'Arn'] } },
      },
    },
    [],
  ],
  [
    'a resource of AWS Data Pipeline',
    'AWS::DataPipeline::Pipeline',
    { PipelineObjects: [{ Id: 'E', Name: 'E', Fields: [{ Key: 'resourceRole', StringValue: ref('Profile') }] }] },
    [],
  ],
  [
    'something else that names the instance profile',
    'AWS::OpsWorks::Stack',
    { DefaultInstanceProfileArn: { 'Fn::GetAtt': ['Profile', 'Arn'] } },
    [],
  ],
  [
    'an option of Elastic Beanstalk',
    'AWS::ElasticBeanstalk::Environment',
    {
      OptionSettings: [
        { Namespace: 'aws:autoscaling:launchconfiguration', OptionName: 'IamInstanceProfile', Value: 'P' },
      ],
    },
    [],
  ],
  [
    'a launch configuration that no group uses',
    'AWS::AutoScaling::LaunchConfiguration',
    { IamInstanceProfile: ref('Profile'), AssociatePublicIpAddress: true },
    [],
  ],
  [
    'a task of a state machine, in the text of its definition',
    'AWS::StepFunctions::StateMachine',
    {
      DefinitionString: {
        'Fn::Sub': '{"States":{"Run":{"Parameters":{"IamInstanceProfile":{"Arn":"${Profile.Arn}"}}}}}',
      },
    },
    [],
  ],
  [
    'a schedule that runs instances',
    'AWS::Scheduler::Schedule',
    { Target: { Input: { 'Fn::Join': ['', ['{"IamInstanceProfile":{"Name":"', ref('Profile'), '"}}']] } } },
    [],
  ],
])('%s is a workload', (_, type, properties, subnets) => {
  expect(machines(type, properties)).toContainEqual(
    expect.objectContaining({ logicalId: 'Machines', role: 'Nodes', subnets }),
  );
});

test.each([
  ['1', ['1']],
  ['$Default', ['$Default']],
  [{ 'Fn::GetAtt': ['Template', 'DefaultVersionNumber'] }, ['$Default']],
  [{ 'Fn::GetAtt': ['Template', 'LatestVersionNumber'] }, undefined],
  ['$Latest', undefined],
])('an instance of the version %j of its launch template', (Version, expected) => {
  const [instance] = machines('AWS::EC2::Instance', { LaunchTemplate: { LaunchTemplateId: ref('Template'), Version } });
  expect(instance.otherVersions).toEqual(expected);
});

test('a group that is made from an instance has its role and its subnet', () => {
  const Instance = {
    Type: 'AWS::EC2::Instance',
    Properties: { IamInstanceProfile: ref('Profile'), SubnetId: 'subnet-5' },
  };
  const Group = { Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: { InstanceId: ref('Instance') } };
  const { workloads } = model({ ...ROLE, Instance, Group });
  expect(workloads.find(({ kind }) => kind === 'fleet')).toMatchObject({
    role: { name: 'Nodes' },
    subnets: [{ id: 'subnet-5' }],
  });
});
