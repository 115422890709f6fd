import { possible, resource, Step, steps, withoutGuardrails } from './guardrails';
import { deployersOf, hasExecutionRole, identity } from '../../principals';
import { about, first, Property } from '../../property-check';
import type { RequestSpace } from '../../request-space';

export const deployment: Property = {
  id: 'guarded[deployment]',
  inapplicable: withoutGuardrails,
  decide: check => {
    const { input } = check.space;
    if (!hasExecutionRole(input)) {
      check.assume('the guardrails spare whoever deploys with credentials of their own');
    }
    const [arn] = deployersOf(input);
    const deployer = identity(`CloudFormation as ${arn.slice(arn.lastIndexOf('/') + 1)}`, arn);
    return about(
      input.name,
      first(deploymentSteps(check.space), step => possible(check, deployer, step)),
    );
  },
};

/** Buckets, their policies and keys are kept, so that CloudFormation deletes none of them. */
const ON_BUCKETS = `CreateBucket PutBucketPolicy PutBucketPublicAccessBlock PutBucketVersioning
  PutEncryptionConfiguration PutLifecycleConfiguration PutBucketLogging PutBucketNotification`;
const ON_KEYS = 'PutKeyPolicy EnableKeyRotation TagResource';
const ON_ENDPOINTS = 'CreateVpcEndpoint ModifyVpcEndpoint DeleteVpcEndpoints';

function deploymentSteps(space: RequestSpace): readonly Step[] {
  const { input } = space;
  const own = <T extends { readonly exclusive: boolean }>(items: readonly T[]) =>
    items.filter(({ exclusive }) => exclusive);
  return [
    ...own(input.buckets).flatMap(bucket => steps('s3', space.bucket(bucket), ON_BUCKETS)),
    ...own(input.keys).flatMap(key => steps('kms', space.key(key), ON_KEYS)),
    ...own(input.endpoints).flatMap(({ id }) =>
      steps('ec2', resource(space, 'ec2', `vpc-endpoint/${id}`), ON_ENDPOINTS),
    ),
    ...(input.role.trust === undefined ? [] : roleSteps(space)),
    ...instanceSteps(space),
  ];
}

function roleSteps(space: RequestSpace): readonly Step[] {
  const target = space.roleTarget();
  const profile = resource(space, 'iam', 'instance-profile/workload');
  return [
    ...steps('iam', target, 'CreateRole AttachRolePolicy DetachRolePolicy DeleteRole'),
    ...steps('iam', profile, 'CreateInstanceProfile AddRoleToInstanceProfile'),
    { action: 'iam:PassRole', target, parameters: { 'iam:PassedToService': 'ec2.amazonaws.com' } },
  ];
}

function instanceSteps(space: RequestSpace): readonly Step[] {
  const { httpTokens, publicIp } = space.input.launch ?? { httpTokens: 'required', publicIp: false };
  const instance = resource(space, 'ec2', 'instance/i-0123456789abcdef0');
  return [
    {
      action: 'ec2:RunInstances',
      target: instance,
      parameters: httpTokens === undefined ? {} : { 'ec2:MetadataHttpTokens': httpTokens },
    },
    {
      action: 'ec2:RunInstances',
      target: resource(space, 'ec2', 'network-interface/eni-0123456789abcdef0'),
      parameters: { 'ec2:AssociatePublicIpAddress': String(publicIp) },
    },
    ...steps('ec2', instance, 'ModifyInstanceAttribute TerminateInstances'),
  ];
}
