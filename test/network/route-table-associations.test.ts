import { Template } from 'aws-cdk-lib/assertions';
import { CfnInstance, Subnet, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { routeTableAssociations } from '../../src/network/route-table-associations';
import { TYPE, idsOf, newStack, only } from '../support/resources';

describe('routeTableAssociations', () => {
  test('are those of the subnets, and nothing else of them', () => {
    const stack = newStack();
    const vpc = new Vpc(stack, 'Vpc', {
      natGateways: 0,
      subnetConfiguration: [{ name: 'Isolated', subnetType: SubnetType.PRIVATE_ISOLATED }],
    });
    const waiting = new CfnInstance(stack, 'Waiting', {});
    waiting.node.addDependency(routeTableAssociations(vpc.isolatedSubnets));
    const template = Template.fromStack(stack);
    expect(only(template, TYPE.instance).DependsOn?.sort()).toEqual(idsOf(template, TYPE.routeTableAssociation).sort());
  });

  test('are none of an imported subnet', () => {
    const stack = newStack();
    const waiting = new CfnInstance(stack, 'Waiting', {});
    waiting.node.addDependency(routeTableAssociations([Subnet.fromSubnetId(stack, 'Theirs', 'subnet-0123')]));
    expect(only(Template.fromStack(stack), TYPE.instance).DependsOn).toBeUndefined();
  });
});
