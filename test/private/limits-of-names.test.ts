import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { UserData } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { Compute, RemoteAccess } from '../../src';
import { errorOf, newStack, workload } from '../support/resources';

/** A scope whose path is longer than a tag may be. */
function deepIn(stack: Stack): Construct {
  return Array.from({ length: 12 }).reduce<Construct>(
    (scope, _, index) => new Construct(scope, `AConstructWithALongNameIsHere${index}`),
    stack,
  );
}

interface Tag {
  readonly Key: string;
  readonly Value: string;
}

test.each([
  ['an instance', Compute.instance()],
  ['a fleet', Compute.fleet({ minCapacity: 1, maxCapacity: 2 })],
])('every resource of %s that is deep in the tree has a name that a tag holds', (_, compute) => {
  const stack = newStack();
  workload(deepIn(stack) as Stack, { compute, remoteAccess: RemoteAccess.ec2InstanceConnectEndpoint() });
  const names = Object.values(Template.fromStack(stack).toJSON().Resources as Record<string, { Properties?: object }>)
    .flatMap(({ Properties }) => (Properties as { Tags?: Tag[] } | undefined)?.Tags ?? [])
    .filter(({ Key }) => Key === 'Name')
    .map(({ Value }) => Value);
  expect(names.length).toBeGreaterThanOrEqual(7);
  expect(names.filter(({ length }) => length > 256)).toEqual([]);
  expect(names.some(name => name.endsWith('/App/Network'))).toBe(true);
});

test('user data that has grown too large is told at synthesis', () => {
  const stack = newStack();
  const userData = UserData.forLinux();
  workload(stack, { compute: Compute.instance({ userData }), proveAtSynthesis: false });
  userData.addCommands('x'.repeat(17_000));
  expect(errorOf(() => (stack.node.root as App).synth())).toContain(
    'Training/App/Compute/Instance: userData: got "user data of 17012 bytes", allowed: 16384 bytes at the most, fix: ',
  );
});
