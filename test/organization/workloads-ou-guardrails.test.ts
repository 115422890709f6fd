import { documentsOf, guardrails, OU, policiesOf } from './documents';
import { Guardrail, ServiceControlGuardrails } from '../../src';
import type { PolicyJson } from '../../src/iam';
import { asList } from '../../src/iam/document';
import { annotationsWith } from '../support/resources';

const sidsIn = (documents: readonly PolicyJson[]) =>
  documents.flatMap(({ Statement }) => asList(Statement).map(({ Sid }) => Sid));
const sidsOf = (serviceControl: ServiceControlGuardrails = {}) =>
  sidsIn(documentsOf('SERVICE_CONTROL_POLICY', { serviceControl }));

/** The statements of each guardrail. */
const SIDS: Record<keyof ServiceControlGuardrails, string[]> = {
  denyAccessKeys: ['DenyAccessKeys'],
  denyIamUsers: ['DenyIamUsers'],
  denyInstanceChanges: ['DenyInstanceChanges'],
  denyInternetGateways: ['DenyInternetGateways'],
  denyLeavingOrganization: ['DenyLeavingOrganization'],
  denyNatGateways: ['DenyNatGateways'],
  denyPassingWorkloadRoles: ['DenyPassingWorkloadRoles', 'DenyProfileSwaps'],
  denyPublicIps: ['DenyElasticIps', 'DenyPublicIps', 'DenySubnetChanges'],
  denySendCommand: ['DenySendCommand'],
  protectBlockPublicAccess: ['ProtectBlockPublicAccess'],
  protectBucketPolicies: ['ProtectBucketPolicies'],
  protectDeploymentRoles: ['ProtectDeploymentRoles'],
  protectKeyPolicies: ['ProtectKeyPolicies'],
  protectVpcEndpoints: ['ProtectVpcEndpoints'],
  requireEc2CredentialsInVpc: ['DenyEc2CredentialsOutsideVpc'],
  requireImdsV2: ['DenyLaunchWithImdsV1', 'DenyChangeOfImds', 'DenyCredentialsOfImdsV1'],
};

const OFF = Object.fromEntries(Object.keys(SIDS).map(name => [name, Guardrail.off()]));

test('all service control guardrails are on by default', () => {
  expect([...sidsOf()].sort()).toEqual(Object.values(SIDS).flat().sort());
});

test.each(Object.entries(SIDS))('%s is off by its name, and nothing else is', (name, sids) => {
  const left = sidsOf({ [name]: Guardrail.off() });
  expect(sidsOf().filter(each => !left.includes(each))).toEqual(sids);
  expect(sidsOf({ ...OFF, [name]: Guardrail.on() })).toEqual(sids);
});

test('a type of policy without a guardrail is not there', () => {
  expect(policiesOf({ serviceControl: OFF }).map(({ Type }) => Type)).toEqual([
    'RESOURCE_CONTROL_POLICY',
    'DECLARATIVE_POLICY_EC2',
    'S3_POLICY',
  ]);
  const off = { requireOrganizationIdentities: Guardrail.off(), denyConfusedDeputies: Guardrail.off() };
  const none = {
    imageBlockPublicAccess: false,
    instanceMetadataDefaults: false,
    snapshotBlockPublicAccess: false,
    vpcBlockPublicAccess: false,
  };
  expect(
    policiesOf({ serviceControl: OFF, resourceControl: off, declarativeEc2: none, s3BlockPublicAccess: false }),
  ).toEqual([]);
});

test('settings of the declarative policy are off by their names', () => {
  const settings = (declarativeEc2: object) =>
    Object.keys(
      (
        policiesOf({ declarativeEc2 }).find(({ Type }) => Type === 'DECLARATIVE_POLICY_EC2')?.Content as {
          ec2_attributes: object;
        }
      ).ec2_attributes,
    );
  expect(settings({ vpcBlockPublicAccess: false })).toEqual([
    'image_block_public_access',
    'instance_metadata_defaults',
    'snapshot_block_public_access',
  ]);
  expect(settings({ snapshotBlockPublicAccess: false, imageBlockPublicAccess: false })).toEqual([
    'instance_metadata_defaults',
    'vpc_block_public_access',
  ]);
});

test('every policy is attached to every target', () => {
  policiesOf({ targetIds: [OU, '111122223333'] }).forEach(({ TargetIds }) =>
    expect(TargetIds).toEqual(['111122223333', OU]),
  );
});

test('an exemption is in the conditions by its exact ARN', () => {
  const arn = 'arn:aws:iam::111122223333:role/ops/Network';
  const [document] = documentsOf('SERVICE_CONTROL_POLICY', {
    serviceControl: { denyNatGateways: Guardrail.exempting([arn]) },
  });
  expect(asList(document.Statement).filter(({ Condition }) => JSON.stringify(Condition ?? {}).includes(arn))).toEqual([
    expect.objectContaining({ Sid: 'DenyNatGateways', Condition: { ArnNotLike: { 'aws:PrincipalArn': [arn] } } }),
  ]);
});

test('other deployment roles take the place of those of the default bootstrap', () => {
  const text = JSON.stringify(documentsOf('SERVICE_CONTROL_POLICY', { deploymentRoleNames: ['DeployEverything'] }));
  expect(text).toContain('arn:aws:iam::*:role/DeployEverything');
  expect(text).not.toMatch(/cdk-|stacksets/);
});

test('the policies are split in order where they are long', () => {
  const exemptRoleArns = Array.from({ length: 12 }, (_, at) => `arn:aws:iam::111122223333:role/${'x'.repeat(40)}${at}`);
  const documents = documentsOf('SERVICE_CONTROL_POLICY', { exemptRoleArns });
  expect(documents.length).toBeGreaterThan(1);
  expect(sidsIn(documents)).toEqual(sidsOf());
});

test('an annotation says which policy types must be enabled', () => {
  const [text] = annotationsWith(guardrails({ s3BlockPublicAccess: false }).stack, 'enable-policy-type');
  ['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY', 'DECLARATIVE_POLICY_EC2'].forEach(type =>
    expect(text).toContain(`--policy-type ${type}`),
  );
  expect(text).not.toContain('S3_POLICY');
});

test('the order of exemptions, targets and names changes nothing', () => {
  const arns = ['arn:aws:iam::111122223333:role/A', 'arn:aws:iam::111122223333:role/B'];
  const props = { exemptRoleArns: arns, targetIds: [OU, '111122223333'], deploymentRoleNames: ['Deploy', 'Release'] };
  const reversed = {
    exemptRoleArns: [...arns].reverse(),
    targetIds: ['111122223333', OU],
    deploymentRoleNames: ['Release', 'Deploy'],
  };
  expect(policiesOf(reversed)).toEqual(policiesOf(props));
});
