import { Template } from 'aws-cdk-lib/assertions';
import { InstanceClass, InstanceSize, InstanceType, MachineImage, SecurityGroup, UserData } from 'aws-cdk-lib/aws-ec2';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Compute, DataEncryption, InstanceOptions } from '../../src';
import { AccessList, PrivateInstance, PrivateNetwork, S3Endpoint, WorkloadRole } from '../support/parts';
import { IRELAND, TYPE, idsOf, logicalId, newStack, only, resources, synthesize, workload } from '../support/resources';

const instance = (template: Template) => only(template, TYPE.instance).Properties;
const withOptions = (options: InstanceOptions) => instance(synthesize({ compute: Compute.instance(options) }).template);

/** The parts alone: an instance without a security group of its own. */
function alone(context: Record<string, unknown> = {}) {
  const stack = newStack();
  Object.entries(context).forEach(([key, value]) => stack.node.setContext(key, value));
  const accessList = new AccessList();
  const { vpc } = new PrivateNetwork(stack, 'Network');
  const role = new WorkloadRole(stack, 'Role', { accessList });
  const s3Endpoint = new S3Endpoint(stack, 'S3Endpoint', { accessList, vpc });
  return { stack, accessList, vpc, role, s3Endpoint };
}

describe('PrivateInstance', () => {
  test('gives out credentials by IMDSv2 only, and no further than itself', () => {
    expect(instance(synthesize().template).MetadataOptions).toEqual({
      HttpTokens: 'required',
      HttpPutResponseHopLimit: 1,
    });
  });

  test('needs no launch template for that', () => {
    synthesize().template.resourceCountIs(TYPE.launchTemplate, 0);
  });

  test.each(['KeyName', 'NetworkInterfaces', 'Ipv6Addresses', 'Ipv6AddressCount', 'Volumes'])('has no %s', property => {
    expect(instance(synthesize().template)[property]).toBeUndefined();
  });

  test('is a t4g.micro with standard credits, monitored in detail', () => {
    expect(instance(synthesize().template)).toMatchObject({
      InstanceType: 't4g.micro',
      CreditSpecification: { CPUCredits: 'standard' },
      Monitoring: true,
      EbsOptimized: true,
    });
  });

  test('can be replaced by CloudFormation', () => {
    expect(instance(synthesize().template).DisableApiTermination).toBe(false);
  });

  test('is in the first of the subnets, in the security group of the workload', () => {
    const { app, stack, template } = synthesize();
    expect(instance(template).SubnetId).toEqual({ Ref: idsOf(template, TYPE.subnet)[0] });
    expect(instance(template).SecurityGroupIds).toEqual([
      stack.resolve(app.connections.securityGroups[0].securityGroupId),
    ]);
  });

  test('has the role of the workload and no other', () => {
    const { app, stack, template } = synthesize();
    expect(only(template, 'AWS::IAM::InstanceProfile').Properties.Roles).toEqual([stack.resolve(app.role.roleName)]);
    template.resourceCountIs(TYPE.role, 1);
  });

  test('has the latest Amazon Linux 2023 for arm64, looked up by CloudFormation', () => {
    const parameters = Object.values(synthesize({}, IRELAND).template.findParameters('*')).map(
      each => (each as { Default?: string }).Default,
    );
    expect(parameters).toContainEqual(
      expect.stringMatching(/^\/aws\/service\/ami-amazon-linux-latest\/al2023-.*arm64$/),
    );
  });

  test.each<[string, InstanceOptions, Record<string, unknown>]>([
    ['type', { instanceType: InstanceType.of(InstanceClass.M7G, InstanceSize.LARGE) }, { InstanceType: 'm7g.large' }],
    [
      'image',
      { machineImage: MachineImage.fromSsmParameter('/golden/image') },
      { ImageId: { Ref: expect.stringContaining('golden') } },
    ],
    ['user data', { userData: UserData.custom('echo hello') }, { UserData: { 'Fn::Base64': 'echo hello' } }],
  ])('takes another %s', (_, options, expected) => {
    expect(withOptions(options)).toMatchObject(expected);
  });

  test('has no credit specification where the type is not burstable', () => {
    expect(
      withOptions({ instanceType: InstanceType.of(InstanceClass.M7G, InstanceSize.LARGE) }).CreditSpecification,
    ).toBeUndefined();
  });
});

describe('the volume of a PrivateInstance', () => {
  const volume = (template: Template) =>
    (instance(template).BlockDeviceMappings as { Ebs: Record<string, unknown> }[])[0].Ebs;

  test('is encrypted with the key of the data buckets', () => {
    const { template } = synthesize();
    expect(volume(template)).toMatchObject({
      Encrypted: true,
      KmsKeyId: { 'Fn::GetAtt': [idsOf(template, TYPE.key)[0], 'Arn'] },
      VolumeType: 'gp3',
    });
  });

  test('keeps that key where the options leave it open', () => {
    const { template } = synthesize({ compute: Compute.instance({ volumeEncryptionKey: undefined }) });
    expect(volume(template).KmsKeyId).toEqual({ 'Fn::GetAtt': [idsOf(template, TYPE.key)[0], 'Arn'] });
  });

  test('is encrypted with the default key of the account where the buckets have no key of ours', () => {
    const { template } = synthesize({ encryption: DataEncryption.s3Managed() });
    expect(volume(template)).toMatchObject({ Encrypted: true });
    expect(volume(template).KmsKeyId).toBeUndefined();
  });

  test('does not use an existing key, whose policy is not ours', () => {
    const stack = newStack();
    workload(stack, { encryption: DataEncryption.existingKey(new Key(stack, 'Theirs')) });
    expect(volume(Template.fromStack(stack)).KmsKeyId).toBeUndefined();
  });

  test('is encrypted with the key that is named', () => {
    const stack = newStack();
    const key = new Key(stack, 'Mine');
    workload(stack, { compute: Compute.instance({ volumeEncryptionKey: key }) });
    expect(volume(Template.fromStack(stack)).KmsKeyId).toEqual(stack.resolve(key.keyArn));
  });
});

describe('a PrivateInstance without a security group', () => {
  test('makes one with HTTPS as the only way out, inside of it', () => {
    const { stack, vpc, role, s3Endpoint } = alone();
    new PrivateInstance(stack, 'Instance', { vpc, role, s3Endpoint });
    const template = Template.fromStack(stack);
    const rules = only(template, TYPE.securityGroup).Properties.SecurityGroupEgress;
    expect(rules).toMatchObject([{ FromPort: 443, ToPort: 443, IpProtocol: 'tcp' }]);
  });

  test('has its rules inside of it whatever the feature flags are', () => {
    const { stack, vpc, role, s3Endpoint } = alone({ '@aws-cdk/aws-ec2.securityGroupDisableInlineRules': true });
    new PrivateInstance(stack, 'Instance', { vpc, role, s3Endpoint });
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::EC2::SecurityGroupEgress', 0);
    expect(only(template, TYPE.securityGroup).Properties.SecurityGroupEgress).toHaveLength(1);
  });

  test('leaves one that is named as it is', () => {
    const { stack, vpc, role, s3Endpoint } = alone();
    const securityGroup = new SecurityGroup(stack, 'Mine', { vpc, allowAllOutbound: false });
    new PrivateInstance(stack, 'Instance', { vpc, role, s3Endpoint, securityGroup });
    const template = Template.fromStack(stack);
    expect(idsOf(template, TYPE.securityGroup)).toEqual([logicalId(stack, securityGroup.securityGroupId)]);
    expect(JSON.stringify(only(template, TYPE.securityGroup).Properties.SecurityGroupEgress)).toContain(
      '255.255.255.255/32',
    );
  });

  test('waits for the endpoint and for what else is named', () => {
    const { stack, vpc, role, s3Endpoint } = alone();
    const key = new Key(stack, 'Key');
    new PrivateInstance(stack, 'Instance', { vpc, role, s3Endpoint, waitFor: [key] });
    const template = Template.fromStack(stack);
    const awaited = [TYPE.endpoint, TYPE.key].flatMap(type => idsOf(template, type));
    expect(awaited).toHaveLength(2);
    expect(only(template, TYPE.instance).DependsOn).toEqual(expect.arrayContaining(awaited));
  });
});

describe('user data that changes', () => {
  const idWith = (command: string, options: Partial<InstanceOptions> = {}) => {
    const userData = UserData.forLinux();
    const compute = Compute.instance({ userData, ...options });
    userData.addCommands(command);
    return idsOf(synthesize({ compute }).template, TYPE.instance);
  };

  test('restarts the instance, and does not run', () => {
    expect(idWith('echo two')).toEqual(idWith('echo one'));
  });

  test('makes a new instance where that is wanted, so that it runs', () => {
    const options = { userDataCausesReplacement: true };
    expect(idWith('echo two', options)).not.toEqual(idWith('echo one', options));
    expect(idWith('echo one', options)).toEqual(idWith('echo one', options));
  });

  test('changes no id where it says false', () => {
    expect(idWith('echo one', { userDataCausesReplacement: false })).toEqual(idWith('echo one'));
  });
});

test('no instance or group of the default workload is reachable', () => {
  const { template } = synthesize();
  Object.values(resources(template, TYPE.securityGroup)).forEach(({ Properties }) =>
    expect(Properties.SecurityGroupIngress).toBeUndefined(),
  );
  template.resourceCountIs('AWS::EC2::SecurityGroupIngress', 0);
  template.resourceCountIs('AWS::EC2::EIP', 0);
});
