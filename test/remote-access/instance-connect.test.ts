import { Template } from 'aws-cdk-lib/assertions';
import { Compute, InstanceConnectOptions, InstanceConnectProtocol, RemoteAccess } from '../../src';
import { TYPE, idsOf, logicalId, newStack, only, referred, resources, workload } from '../support/resources';
import { validatedStack } from '../support/validated';

const ENDPOINT = 'AWS::EC2::InstanceConnectEndpoint';

function connected(options?: InstanceConnectOptions, compute = Compute.instance()) {
  const stack = newStack();
  const app = workload(stack, {
    remoteAccess: RemoteAccess.ec2InstanceConnectEndpoint(options),
    compute,
    proveAtSynthesis: false,
  });
  const template = Template.fromStack(stack);
  const [groupId] = only(template, ENDPOINT).Properties.SecurityGroupIds as string[];
  return { stack, app, template, groupId, group: referred(stack, template, groupId) };
}

describe('an EC2 Instance Connect Endpoint', () => {
  test('is in the subnet of the instance, and does not preserve addresses', () => {
    const { stack, app, template } = connected();
    const { SubnetId } = only(template, TYPE.instance).Properties;
    expect(only(template, ENDPOINT).Properties).toMatchObject({ PreserveClientIp: false, SubnetId });
    expect(logicalId(stack, app.remoteAccess.instanceConnectEndpointId ?? '')).toBe(idsOf(template, ENDPOINT)[0]);
  });

  test.each<[InstanceConnectOptions | undefined, number]>([
    [undefined, 22],
    [{ protocol: InstanceConnectProtocol.SSH }, 22],
    [{ protocol: InstanceConnectProtocol.RDP }, 3389],
  ])('for %j reaches the workload on port %i, and nothing else', (options, port) => {
    const { stack, app, group, template, groupId } = connected(options);
    const workloadGroup = stack.resolve(app.connections.securityGroups[0].securityGroupId) as unknown;
    expect(group.Properties.SecurityGroupEgress).toEqual([
      {
        IpProtocol: 'tcp',
        FromPort: port,
        ToPort: port,
        DestinationSecurityGroupId: workloadGroup,
        Description: expect.any(String) as unknown,
      },
    ]);
    expect(group.Properties.SecurityGroupIngress).toBeUndefined();
    expect(
      Object.values(resources(template, 'AWS::EC2::SecurityGroupIngress')).map(({ Properties }) => Properties),
    ).toEqual([
      expect.objectContaining({
        GroupId: workloadGroup,
        SourceSecurityGroupId: groupId,
        FromPort: port,
        ToPort: port,
        IpProtocol: 'tcp',
      }),
    ]);
    template.resourceCountIs('AWS::EC2::SecurityGroupEgress', 0);
  });

  test('gives the role nothing, adds no interface endpoint and opens no way out', () => {
    const { template, stack, app } = connected();
    const plain = newStack();
    const other = workload(plain, { proveAtSynthesis: false });
    const without = Template.fromStack(plain);
    expect(resources(template, TYPE.managedPolicy)).toEqual(resources(without, TYPE.managedPolicy));
    expect(idsOf(template, TYPE.endpoint)).toEqual(idsOf(without, TYPE.endpoint));
    const egress = (from: typeof app, of: typeof stack, read: Template) =>
      referred(of, read, from.connections.securityGroups[0].securityGroupId).Properties.SecurityGroupEgress;
    expect(egress(app, stack, template)).toEqual(egress(other, plain, without));
  });

  test('serves a fleet', () => {
    const { template } = connected({}, Compute.fleet({ minCapacity: 1, maxCapacity: 2 }));
    expect(only(template, TYPE.fleet).Properties.VPCZoneIdentifier).toContainEqual(
      only(template, ENDPOINT).Properties.SubnetId,
    );
  });

  test('passes the proof', () => {
    expect(
      validatedStack(stack => workload(stack, { remoteAccess: RemoteAccess.ec2InstanceConnectEndpoint() })).violations,
    ).toEqual([]);
  });
});
