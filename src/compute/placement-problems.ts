import { Resource, Stack } from 'aws-cdk-lib';
import { ISecurityGroup, InstanceType } from 'aws-cdk-lib/aws-ec2';
import { IRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { InstanceOptions } from './instance-options';
import { machineProblemsIn } from './machine';
import { profileProblems } from './machine-problems';
import { WorkloadPlacement } from './workload-placement';
import { assetProblems } from '../access';
import { ISOLATED, subnetProblems, zoneProblems } from '../endpoint';
import { Problem, Rule, differ, isConcrete, otherRegionProblems, otherVpcProblems, unless } from '../private';

/** What is wrong with instances in a stack, before anything is made there; without a role one is made. */
export function computeProblems(
  stack: Stack,
  options: InstanceOptions,
  role: IRole | undefined,
  types?: readonly InstanceType[],
): Problem[] {
  return [
    ...machineProblemsIn(stack, options, types),
    ...profileProblems(options, role),
    ...volumeKeyProblems(options, stack),
    ...(options.userDataAssets ?? []).flatMap(asset => assetProblems('userDataAssets', asset, stack)),
  ];
}

/** What is wrong with where instances are to be. */
export function placementRules(scope: Construct): Array<Rule<WorkloadPlacement & InstanceOptions>> {
  const stack = () => Stack.of(scope);
  return [
    {
      reads: ['vpc', 'vpcSubnets'],
      problems: ({ vpc, vpcSubnets = ISOLATED }) => [
        ...otherRegionProblems('vpc', vpc, stack().region),
        ...subnetProblems(vpc, vpcSubnets, false),
        ...zoneProblems(vpc, vpcSubnets),
      ],
    },
    { reads: ['vpc', 's3Endpoint'], problems: endpointVpcProblems },
    {
      reads: ['vpc', 'securityGroup'],
      problems: ({ vpc, securityGroup }) => [
        ...otherVpcProblems('securityGroup', securityGroup === undefined ? [] : [securityGroup], vpc),
        ...otherRegionProblems('securityGroup', securityGroup, stack().region),
      ],
    },
    { reads: ['role'], problems: ({ role }) => roleAccountProblems(role, stack().account) },
    { reads: ['volumeEncryptionKey'], problems: each => volumeKeyProblems(each, stack()) },
    {
      reads: ['userDataAssets'],
      problems: ({ userDataAssets = [] }) =>
        userDataAssets.flatMap(asset => assetProblems('userDataAssets', asset, stack())),
    },
  ];
}

/** The CDK ignores egress rules in a group that lets everything out. */
export function outboundProblems(securityGroup: ISecurityGroup): Problem[] {
  return unless(!Resource.isOwnedResource(securityGroup) || !securityGroup.allowAllOutbound, {
    prop: 'securityGroup',
    got: securityGroup,
    allowed: 'a security group that does not let everything out',
    fix: 'make it with allowAllOutbound: false; the path to S3 is added to it',
  });
}

/** What is wrong with a role that exists: an instance profile holds roles of its own account only. */
export function roleAccountProblems(role: IRole, account: string): Problem[] {
  const owner = role.env.account;
  return unless(!isConcrete(owner) || !isConcrete(account) || owner === account, {
    prop: 'role',
    got: role,
    allowed: `a role of the account ${account}: instance profiles hold no others`,
    fix: 'leave it out, or name a role of this account',
  });
}

function volumeKeyProblems({ volumeEncryptionKey }: InstanceOptions, { region }: Stack): Problem[] {
  return otherRegionProblems('volumeEncryptionKey', volumeEncryptionKey, region);
}

/** A gateway endpoint is a route of its own VPC. */
function endpointVpcProblems({ vpc, s3Endpoint }: WorkloadPlacement): Problem[] {
  return unless(!s3Endpoint._mode._makesGateway || !differ(s3Endpoint._vpc.vpcId, vpc.vpcId), {
    prop: 'vpc',
    got: vpc,
    allowed: `the VPC of the S3 endpoint, ${s3Endpoint._vpc.node.path}`,
    fix: 'place the instances there, or make an S3Endpoint in this VPC',
  });
}
