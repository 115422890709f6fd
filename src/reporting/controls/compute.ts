import { ControlSpec, Evidence, inside, isSet, listAt, property, resourceAt, standing, Standing } from './control';
import type { ResolvedResource } from '../../analysis';

/** The instance, or the launch template of a fleet. */
function launched(evidence: Evidence): { readonly resource?: ResolvedResource; readonly path: readonly string[] } {
  const sources = evidence.workload.describedBy.map(where => resourceAt(where, evidence));
  const template = sources.find(source => source?.type === 'AWS::EC2::LaunchTemplate');
  return template === undefined
    ? { resource: sources[0], path: [] }
    : { resource: template, path: ['LaunchTemplateData'] };
}

function one(
  evidence: Evidence,
  holds: (value: (...path: readonly string[]) => unknown) => boolean,
  yes: string,
  no: string,
): Standing[] {
  const { resource, path } = launched(evidence);
  return resource === undefined
    ? []
    : [
        standing(
          holds((...more) => property(resource, ...path, ...more)),
          yes,
          no,
          resource,
        ),
      ];
}

function fleet(evidence: Evidence): ResolvedResource | undefined {
  return evidence.workload.kind === 'fleet' ? resourceAt(evidence.workload.where, evidence) : undefined;
}

/** How the instances are launched. */
export const COMPUTE: readonly ControlSpec[] = [
  {
    title: 'Metadata service answers IMDSv2 only',
    ids: ['FSBP EC2.8', 'FSBP EC2.170', 'CT.EC2.PR.1', 'EC2IMDSv2Enabled', 'CIS 5.7', 'NIST AC-3, AC-6', 'CKV_AWS_79'],
    check: ({ workload: { metadataOptions, where } }) => [
      standing(metadataOptions.httpTokens === 'required', 'HttpTokens: required', 'HttpTokens is not required', where),
    ],
  },
  {
    title: 'Answers of the metadata service stay on the instance',
    ids: ['FSBP AutoScaling.4', 'CT.EC2.PR.2', 'CT.AUTOSCALING.PR.3', 'NIST CM-2'],
    check: ({ workload: { metadataOptions, where } }) => [
      standing(metadataOptions.hopLimit === '1', 'hop limit 1', 'the hop limit is not 1', where),
    ],
  },
  {
    title: 'No public address',
    ids: ['FSBP EC2.9', 'FSBP EC2.25', 'EC2InstanceNoPublicIp', 'CT.EC2.PR.9', 'NIST SC-7'],
    check: ({ workload: { publicIp, where } }) => [
      standing(!publicIp, 'neither the instance nor its subnet asks for one', 'a public address is asked for', where),
    ],
  },
  {
    title: 'Network interfaces say themselves that they have no public address',
    ids: ['CT.EC2.PR.8', 'ec2_instance_no_public_ip_check'],
    check: evidence =>
      evidence.workload.kind !== 'instance'
        ? []
        : one(
            evidence,
            value =>
              [value('NetworkInterfaces')].flat().some(each => inside(each, 'AssociatePublicIpAddress') === false),
            'AssociatePublicIpAddress: false',
            'left to the subnet',
          ),
  },
  {
    title: 'Detailed monitoring',
    ids: ['AwsSolutions-EC28', 'CT.EC2.PR.10', 'CT.EC2.PR.13', 'NIST CA-7, SI-2'],
    check: evidence =>
      one(evidence, value => isSet(value('Monitoring')) || isSet(value('Monitoring', 'Enabled')), 'on', 'off'),
  },
  {
    title: 'Volumes are encrypted',
    ids: ['FSBP EC2.3', 'CT.EC2.PR.7', 'CT.EC2.PR.14', 'AwsSolutions-EC26', 'NIST SC-13, SC-28'],
    check: evidence => {
      const { resource, path } = launched(evidence);
      return listAt(resource, ...path, 'BlockDeviceMappings')
        .filter(each => inside(each, 'Ebs') !== undefined)
        .map(each =>
          standing(
            isSet(inside(each, 'Ebs', 'Encrypted')),
            `${String(inside(each, 'DeviceName'))} is encrypted`,
            `${String(inside(each, 'DeviceName'))} is not encrypted`,
            resource,
          ),
        );
    },
  },
  {
    title: 'EBS-optimized',
    ids: ['EC2EBSOptimizedInstance'],
    check: evidence => one(evidence, value => isSet(value('EbsOptimized')), 'on', 'left to the instance type'),
  },
  {
    title: 'Termination protection, or a fleet',
    ids: ['AwsSolutions-EC29'],
    check: evidence =>
      evidence.workload.kind !== 'instance'
        ? []
        : one(evidence, value => isSet(value('DisableApiTermination')), 'on', 'off'),
  },
  {
    title: 'Traffic between instances is encrypted by the hardware',
    ids: ['CT.EC2.PR.19', 'ec2_instance_nitro_encryption_in_transit_check', 'NIST SC-8'],
    check: evidence =>
      evidence.workload.kind !== 'instance'
        ? []
        : one(
            evidence,
            value => !/^(t[234]|[mcr][45])g?\b/.test(String(value('InstanceType'))),
            'by the instance type',
            'not with this instance type',
          ),
  },
  {
    title: 'Several Availability Zones, by a launch template',
    ids: ['FSBP AutoScaling.2', 'FSBP AutoScaling.9', 'CT.AUTOSCALING.PR.1', 'CT.AUTOSCALING.PR.8', 'NIST CP-10'],
    check: evidence =>
      fleet(evidence) === undefined
        ? []
        : [
            standing(
              evidence.workload.subnets.length > 1 && launched(evidence).path.length > 0,
              `${evidence.workload.subnets.length} subnets and a launch template`,
              'one subnet, or no launch template',
              evidence.workload.where,
            ),
          ],
  },
  {
    title: 'Several instance types',
    ids: [
      'FSBP AutoScaling.6',
      'CT.AUTOSCALING.PR.6',
      'autoscaling_mixed_instances_policy_multiple_instance_types_check',
    ],
    check: evidence =>
      fleet(evidence) === undefined
        ? []
        : [
            standing(
              listAt(fleet(evidence), 'MixedInstancesPolicy', 'LaunchTemplate', 'Overrides').length > 1,
              'by overrides',
              'one instance type',
              evidence.workload.where,
            ),
          ],
  },
  {
    title: 'Somebody is told of scaling',
    ids: ['AwsSolutions-AS3'],
    check: evidence =>
      fleet(evidence) === undefined
        ? []
        : [
            standing(
              listAt(fleet(evidence), 'NotificationConfigurations').length > 0,
              'by notifications',
              'no notifications',
              evidence.workload.where,
            ),
          ],
  },
];
