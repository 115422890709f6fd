import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { PrefixList, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { IRELAND, annotationsWith, resources, TYPE, workload } from '../support/resources';

/** A workload in subnets with other routes out, whose prefix list the CDK looks up. */
function lookedUp(context?: Record<string, unknown>) {
  const app = new App({ context });
  const stack = new Stack(app, 'Training', { env: IRELAND });
  const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2 });
  const s3PrefixList = PrefixList.fromLookup(stack, 'S3', {
    prefixListName: 'com.amazonaws.eu-west-1.s3',
    ownerId: 'AWS',
  });
  workload(stack, {
    vpc,
    vpcSubnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS },
    s3PrefixList,
    proveAtSynthesis: false,
  });
  const template = Template.fromStack(stack);
  const [group] = Object.entries(resources(template, TYPE.securityGroup))
    .filter(([id]) => id.startsWith('AppSecurityGroup'))
    .map(([, each]) => each);
  return {
    stack,
    template,
    egress: group.Properties.SecurityGroupEgress,
    missing: (app.synth().manifest.missing ?? []).filter(each =>
      JSON.stringify(each).includes('com.amazonaws.eu-west-1.s3'),
    ),
  };
}

describe('a prefix list that is looked up', () => {
  test('has a dummy id inside of the group on the first pass, and is asked for', () => {
    const { egress, missing, template } = lookedUp();
    expect(egress).toEqual([
      expect.objectContaining({ DestinationPrefixListId: 'pl-xxxxxxxx', FromPort: 443, ToPort: 443 }),
    ]);
    expect(missing).toHaveLength(1);
    template.resourceCountIs('AWS::EC2::SecurityGroupEgress', 0);
  });

  test('has its id inside of the group on the second pass', () => {
    const [{ key }] = lookedUp().missing;
    const { egress, stack, template } = lookedUp({ [key]: [{ PrefixListId: 'pl-6da54004' }] });
    expect(egress).toEqual([expect.objectContaining({ DestinationPrefixListId: 'pl-6da54004' })]);
    template.resourceCountIs('AWS::EC2::SecurityGroupEgress', 0);
    expect(annotationsWith(stack, 'is not known')).toEqual([]);
  });
});
