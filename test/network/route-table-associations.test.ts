import { Template } from 'aws-cdk-lib/assertions';
import { CfnInstance, Subnet, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { routeTableAssociations } from '../../src/network/route-table-associations';
import { PrivateNetwork } from '../support/parts';
import { TYPE, idsOf, newStack, only } from '../support/resources';

describe('routeTableAssociations', () => {
  test('are those of the subnets, and nothing else of them', () => {
    const stack = newStack();
    const vpc = new Vpc(stack, 'Vpc', {
      natGateways: 0,
      subnetConfiguration: [{ name: 'Isolated', subnetType: SubnetType.PRIVATE_ISOLATED }],
    });
    const waiting = new CfnInstance(stack, 'Waiting', {});
    waiting.node.addDependency(routeTableAssociations(stack, vpc.isolatedSubnets));
    const template = Template.fromStack(stack);
    expect(only(template, TYPE.instance).DependsOn?.sort()).toEqual(idsOf(template, TYPE.routeTableAssociation).sort());
  });

  test('are found by the id of a subnet that is known by its id only', () => {
    const stack = newStack();
    const { vpc } = new PrivateNetwork(stack, 'Network');
    const waiting = new CfnInstance(stack, 'Waiting', {});
    waiting.node.addDependency(routeTableAssociations(stack, vpc.isolatedSubnets));
    const template = Template.fromStack(stack);
    expect(idsOf(template, TYPE.routeTableAssociation)).toHaveLength(2);
    expect(only(template, TYPE.instance).DependsOn?.sort()).toEqual(idsOf(template, TYPE.routeTableAssociation).sort());
  });

  test('are none of an imported subnet', () => {
    const stack = newStack();
    const waiting = new CfnInstance(stack, 'Waiting', {});
    waiting.node.addDependency(routeTableAssociations(stack, [Subnet.fromSubnetId(stack, 'Theirs', 'subnet-0123')]));
    expect(only(Template.fromStack(stack), TYPE.instance).DependsOn).toBeUndefined();
  });
});
