import { App, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { TYPE, bucketStatementsOf, bySid, newStack, only, workload } from '../support/resources';

describe('a workload in a nested stack', () => {
  const nested = () => {
    const stack = newStack();
    const vpc = new Vpc(stack, 'Vpc', {
      maxAzs: 2,
      natGateways: 0,
      subnetConfiguration: [{ name: 'Isolated', subnetType: SubnetType.PRIVATE_ISOLATED }],
    });
    const inner = new NestedStack(stack, 'Nested');
    const app = workload(inner, { vpc });
    return { app, inner, outer: Template.fromStack(stack), template: Template.fromStack(inner) };
  };

  test('has all of its resources there, and uses the VPC of the stack around it', () => {
    const { outer, template } = nested();
    [TYPE.endpoint, TYPE.instance, TYPE.role, TYPE.key].forEach(type => {
      template.resourceCountIs(type, 1);
      outer.resourceCountIs(type, 0);
    });
    expect(JSON.stringify(only(template, TYPE.endpoint).Properties.VpcId)).toContain('referenceto');
  });

  test('is made after the route-table associations of the stack around it', () => {
    const associations = Object.keys(nested().outer.findResources(TYPE.routeTableAssociation));
    expect(associations).toHaveLength(2);
    expect(only(nested().outer, 'AWS::CloudFormation::Stack').DependsOn).toEqual(expect.arrayContaining(associations));
  });

  test('lets the role that deploys the stack around it list its buckets', () => {
    const { app, inner, template } = nested();
    const lists = bySid(
      bucketStatementsOf(inner, template, app.dataBucket('UserData').bucketName),
      'DenyListsOutsideEndpoint',
    );
    expect(JSON.stringify(lists.Condition?.ArnNotLike)).toContain('cfn-exec-role');
  });
});

test('a workload in a stage is the same as in an app', () => {
  const inStage = new Stack(new Stage(new App(), 'Production'), 'Training');
  const inApp = newStack();
  [inStage, inApp].forEach(stack => workload(stack));
  const types = (stack: Stack) =>
    Object.values(
      (Template.fromStack(stack).toJSON() as { Resources: Record<string, { Type: string }> }).Resources,
    ).map(({ Type }) => Type);
  expect(types(inStage)).toEqual(types(inApp));
});
