import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { IInstanceProfile, InstanceProfile } from 'aws-cdk-lib/aws-iam';
import { Compute, InstanceOptions } from '../../src';
import { WorkloadRole } from '../support/parts';
import { IRELAND, TYPE, errorOf, idsOf, only, workload } from '../support/resources';
import { validated } from '../support/validated';

const PROFILE = 'AWS::IAM::InstanceProfile';
const ARN = `arn:aws:iam::${IRELAND.account}:instance-profile/theirs/Profile`;

type ProfileOf = (stack: Stack, role: WorkloadRole) => IInstanceProfile;
const made: ProfileOf = (stack, role) => new InstanceProfile(stack, 'Theirs', { role });
const imported: ProfileOf = (stack, role) =>
  InstanceProfile.fromInstanceProfileAttributes(stack, 'Theirs', { instanceProfileArn: ARN, role });

const KINDS: Array<[string, (options: InstanceOptions) => Compute]> = [
  ['an instance', options => Compute.instance(options)],
  ['a fleet', options => Compute.fleet({ minCapacity: 1, maxCapacity: 2, ...options })],
];

function define(app: App, profileOf: ProfileOf, compute: (options: InstanceOptions) => Compute): Stack {
  const stack = new Stack(app, 'Training', { env: IRELAND });
  const role = new WorkloadRole(stack, 'Role');
  workload(stack, { role, compute: compute({ instanceProfile: profileOf(stack, role) }) });
  return stack;
}

describe.each(KINDS)('an instance profile that exists, for %s', (_, compute) => {
  test.each([
    ['made in the app', made, 1],
    ['imported with its role', imported, 0],
  ])('%s is the only one', (__, profileOf, count) => {
    const template = Template.fromStack(define(new App(), profileOf, compute));
    expect(idsOf(template, PROFILE)).toHaveLength(count);
    const machine =
      idsOf(template, TYPE.instance).length > 0 ? only(template, TYPE.instance) : only(template, TYPE.launchTemplate);
    expect(JSON.stringify(machine)).toContain(count === 0 ? 'Profile' : idsOf(template, PROFILE)[0]);
  });

  test.each([
    ['made in the app', made],
    ['imported with its role', imported],
  ])('%s passes the proof', (__, profileOf) =>
    expect(validated(app => define(app, profileOf, compute))).toMatchObject({ error: undefined, violations: [] }),
  );

  test.each<[string, ProfileOf]>([
    ['by its name', stack => InstanceProfile.fromInstanceProfileName(stack, 'Theirs', 'Profile')],
    ['by its ARN', stack => InstanceProfile.fromInstanceProfileArn(stack, 'Theirs', ARN)],
  ])('is refused where it is imported %s, which does not tell its role', (__, profileOf) =>
    expect(errorOf(() => define(new App(), profileOf, compute))).toMatch(
      /^Training\/App: compute.instanceProfile: got Training\/Theirs, allowed: an .* known to hold the role of the workload, Training\/Role, fix: .*Attributes, with its role$/,
    ),
  );

  test('is refused where it holds another role', () =>
    expect(errorOf(() => define(new App(), stack => made(stack, new WorkloadRole(stack, 'Other')), compute))).toMatch(
      /: compute.instanceProfile: got Training\/Theirs, .*, fix: name its role as role of the construct$/,
    ));
});
