import { Role, InstanceProfile, ManagedPolicy, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Setting, WorldOf } from './setting';
import {
  Compute,
  OrganizationBoundary,
  PerimeterExemption,
  PrivateEc2S3Access,
  PrivateEc2S3AccessProps,
} from '../../src';
import { PolicyJson } from '../../src/iam';
import { ACCOUNT, DeployedStack } from '../support/deployed';
import { WorkloadRole } from '../support/parts';
import { required } from '../support/required';
import { workload } from '../support/resources';

const THEIRS = `arn:aws:iam::${ACCOUNT}:role/their/Workload`;
const DEPLOYER = `arn:aws:iam::${ACCOUNT}:role/deploy/Deployer`;

const withProps = (props: Partial<PrivateEc2S3AccessProps>): Setting => ({
  stack: new DeployedStack(stack => void workload(stack, props)),
});

/** A role of the CDK and its profile, in the same stack. */
function ownRole(): Setting {
  return {
    stack: new DeployedStack(stack => {
      const role = new Role(stack, 'Theirs', { assumedBy: new ServicePrincipal('ec2.amazonaws.com'), path: '/their/' });
      workload(stack, {
        role,
        compute: Compute.instance({ instanceProfile: new InstanceProfile(stack, 'Profile', { role }) }),
      });
    }),
  };
}

/** A role whose owner did what the construct asks for. */
function importedRole(): Setting {
  let app!: PrivateEc2S3Access;
  const stack = new DeployedStack(each => {
    app = workload(each, { role: Role.fromRoleArn(each, 'Theirs', THEIRS) });
  });
  return { stack, roles: { workload: THEIRS }, policies: { workload: [stack.document(required(app, 'ROLE'))] } };
}

/** A role whose owner did nothing yet. */
function bareRole(): Setting {
  return { ...importedRole(), policies: { workload: [] } };
}

/** A role that a permissions boundary keeps from writing. */
function boundedRole(): Setting {
  const stack = new DeployedStack(each => {
    const permissionsBoundary = new ManagedPolicy(each, 'Boundary', {
      statements: [
        new PolicyStatement({ sid: 'ReadOnly', actions: ['s3:GetObject', 's3:ListBucket'], resources: ['*'] }),
      ],
    });
    workload(each, {
      role: new WorkloadRole(each, 'Role', { permissionsBoundary, roleName: 'Reader', path: '/bounded/' }),
      proveAtSynthesis: false,
    });
  });
  const boundary = stack.property<PolicyJson>(stack.id('AWS::IAM::ManagedPolicy', 'Boundary'), 'PolicyDocument');
  return { stack, boundary, policies: { workload: stack.rolePolicies(stack.id('AWS::IAM::Role')) } };
}

const within = (organization: Omit<OrganizationBoundary, 'organizationId'>) => () =>
  withProps({
    organization: { organizationId: 'o-a1b2c3d4e5', ...organization },
    perimeterExemptions: [PerimeterExemption.roleArn(DEPLOYER)],
  });

/** Who the workload is, and who else gets in. */
export const IDENTITY_WORLDS = {
  'own role': { options: ['PrivateEc2S3AccessProps.role', 'InstanceOptions.instanceProfile'], setting: ownRole },
  'imported role': { options: ['PrivateEc2S3AccessProps.role'], setting: importedRole },
  'bare role': { options: [], setting: bareRole },
  'bounded role': { options: ['PrivateEc2S3AccessProps.role'], setting: boundedRole },
  unbound: {
    options: ['PrivateEc2S3AccessProps.credentialBinding'],
    setting: () => withProps({ credentialBinding: false }),
  },
  'exempt role': {
    options: ['PrivateEc2S3AccessProps.perimeterExemptions', 'PerimeterExemption.role'],
    setting: () => ({
      stack: new DeployedStack(
        stack =>
          void workload(stack, {
            perimeterExemptions: [PerimeterExemption.role(Role.fromRoleArn(stack, 'Deployer', DEPLOYER))],
          }),
      ),
    }),
  },
  'exempt role ARN': {
    options: ['PrivateEc2S3AccessProps.perimeterExemptions', 'PerimeterExemption.roleArn'],
    setting: () => withProps({ perimeterExemptions: [PerimeterExemption.roleArn(DEPLOYER)] }),
  },
  'exempt permission set': {
    options: ['PrivateEc2S3AccessProps.perimeterExemptions', 'PerimeterExemption.permissionSet'],
    setting: () => withProps({ perimeterExemptions: [PerimeterExemption.permissionSet('BreakGlass')] }),
  },
  organization: {
    options: ['PrivateEc2S3AccessProps.organization', 'OrganizationBoundary.organizationId'],
    setting: within({}),
  },
  'organizational units': {
    options: ['OrganizationBoundary.organizationalUnitPaths'],
    setting: within({ organizationalUnitPaths: ['o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/'] }),
  },
  accounts: { options: ['OrganizationBoundary.accounts'], setting: within({ accounts: [ACCOUNT] }) },
} satisfies Record<string, WorldOf>;
