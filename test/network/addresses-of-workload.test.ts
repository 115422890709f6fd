import { IpAddresses } from 'aws-cdk-lib/aws-ec2';
import { TYPE, errorOf, importedVpc, newStack, only, resources, synthesize, workload } from '../support/resources';

const ipAddresses = IpAddresses.cidr('10.20.0.0/20');

test('the new VPC of a workload has the addresses and the zones that are named', () => {
  const { app, stack, template } = synthesize({ ipAddresses, maxAzs: 3 });
  expect(only(template, TYPE.vpc).Properties.CidrBlock).toBe('10.20.0.0/20');
  expect(Object.keys(resources(template, TYPE.subnet))).toHaveLength(3);
  expect(app.vpc.isolatedSubnets).toHaveLength(3);
  expect(stack.resolve(app.vpc.vpcCidrBlock)).toBeDefined();
});

test.each([
  ['ipAddresses', { ipAddresses }],
  ['maxAzs', { maxAzs: 3 }],
])('%s is refused together with a VPC that exists', (prop, props) => {
  const stack = newStack();
  expect(errorOf(() => workload(stack, { vpc: importedVpc(stack), ...props }))).toMatch(
    new RegExp(`^Training/App: ${prop}: got .*, allowed: nothing together with vpc: .*, fix: leave it out`),
  );
});

test.each([
  ['has room for fewer zones', { ipAddresses: IpAddresses.cidr('10.0.0.0/26'), maxAzs: 6 }, 'ipAddresses'],
  ['is too large', { ipAddresses: IpAddresses.cidr('10.0.0.0/8') }, 'ipAddresses'],
  ['has no zone', { maxAzs: 0 }, 'maxAzs'],
  ['has more zones than any Region', { maxAzs: 7 }, 'maxAzs'],
])('a VPC that %s is refused at once', (_, props, prop) => {
  expect(errorOf(() => workload(newStack(), props))).toMatch(new RegExp(`^Training/App: ${prop}: got `));
});
