import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AwsOwnedBucket, PrivateEc2S3AccessProps, RemoteAccess } from '../../src';
import { awsManagedPolicy } from '../../src/cloudformation/aws-managed-policies';
import { asList } from '../../src/iam';
import { IRELAND, TYPE, resources, statementsOf, synthesize } from '../support/resources';
import { quickStart } from '../support/scenarios';
import { validated } from '../support/validated';

/** What of the policy of AWS is not granted, and why. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  'ssm:GetManifest': 'packages of Distributor are not what patches come from',
  'ssm:GetParameter': 'it reads every parameter of the account: grant those that are needed',
  'ssm:GetParameters': 'it reads every parameter of the account: grant those that are needed',
  'ssm:PutConfigurePackageResult': 'packages of Distributor are not what patches come from',
  'ec2messages:AcknowledgeMessage': 'agents from 3.3.40.0 on use ssmmessages',
  'ec2messages:DeleteMessage': 'agents from 3.3.40.0 on use ssmmessages',
  'ec2messages:FailMessage': 'agents from 3.3.40.0 on use ssmmessages',
  'ec2messages:GetEndpoint': 'agents from 3.3.40.0 on use ssmmessages',
  'ec2messages:GetMessages': 'agents from 3.3.40.0 on use ssmmessages',
  'ec2messages:SendReply': 'agents from 3.3.40.0 on use ssmmessages',
};

const synthesized = (
  options: Parameters<typeof RemoteAccess.sessionManager>[0],
  props: Partial<PrivateEc2S3AccessProps> = {},
): Template => synthesize({ remoteAccess: RemoteAccess.sessionManager(options), ...props }, IRELAND).template;

/** The actions of Systems Manager that a policy of the kind allows. */
function actions(template: Template, type: string): string[] {
  const all = Object.values(resources(template, type)).flatMap(each => statementsOf(each));
  return [
    ...new Set(
      all
        .flatMap(({ Action }) => [Action].flat().map(String))
        .filter(each => /^(ssm|ssmmessages|ec2messages):/.test(each)),
    ),
  ].sort();
}

const yardstick = asList(awsManagedPolicy('arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore')?.Statement).flatMap(
  ({ Action }) => asList(Action),
);

test('patching and inventory are what the policy of AWS is for, but for what is left out with its reason', () => {
  const template = synthesized({ patching: true, inventory: true });

  expect(yardstick.length).toBeGreaterThan(20);
  expect(actions(template, TYPE.managedPolicy)).toEqual(yardstick.filter(each => !(each in LEFT_OUT)).sort());
  expect(Object.keys(LEFT_OUT).filter(each => !yardstick.includes(each))).toEqual([]);
});

test.each([{}, { patching: true }, { inventory: true }, { patching: true, inventory: true }])(
  'role and endpoints agree with %j',
  options => {
    const template = synthesized(options);
    expect(actions(template, TYPE.endpoint)).toEqual(actions(template, TYPE.managedPolicy));
  },
);

test('only patching fetches snapshots of baselines, and reads the buckets of Patch Manager and SSM Agent', () => {
  const snapshot = 'ssm:GetDeployablePatchSnapshotForInstance';
  const [patched, inventoried] = [synthesized({ patching: true }), synthesized({ inventory: true })];

  expect(actions(patched, TYPE.managedPolicy)).toContain(snapshot);
  expect(actions(inventoried, TYPE.managedPolicy)).not.toContain(snapshot);
  const text = (template: Template) => JSON.stringify(template.toJSON());
  ['patch-baseline-snapshot-', 'aws-ssm-document-attachments-'].forEach(bucket => {
    expect(text(patched)).toContain(bucket);
    expect(text(inventoried)).not.toContain(bucket);
  });
});

test('all of it is proven, and nothing else is open', () => {
  const { error, violations } = validated(app =>
    quickStart(new Stack(app, 'Training', { env: IRELAND }), {
      awsOwnedBuckets: [AwsOwnedBucket.amazonLinux2023Repositories()],
      remoteAccess: RemoteAccess.sessionManager({ patching: true, inventory: true }),
    }),
  );

  expect(violations).toEqual([]);
  expect(error).toBeUndefined();
});

test('buckets of AWS that are named already are not named twice', () => {
  const named = synthesized(
    { patching: true },
    { awsOwnedBuckets: [AwsOwnedBucket.ssmAgent(), AwsOwnedBucket.patchManager()] },
  );
  const sids = Object.values(resources(named, TYPE.endpoint)).flatMap(each => statementsOf(each).map(({ Sid }) => Sid));

  expect(sids.filter(sid => /PatchManager/.test(String(sid)))).toHaveLength(1);
});

test('patching without a concrete Region is refused, with the reason', () => {
  expect(() => synthesize({ remoteAccess: RemoteAccess.sessionManager({ patching: true }) })).toThrow(
    /got "PatchManager in a Region that is known at deployment only", allowed: a stack with a concrete Region/,
  );
});

test.each([
  ['patching', 'yes'],
  ['inventory', 1],
])('%s: %j is refused', (option, value) => {
  expect(() => RemoteAccess.sessionManager({ [option]: value })).toThrow(
    new RegExp(`^RemoteAccess\\.sessionManager: ${option}: got .*, allowed: true or false, fix: `),
  );
});
