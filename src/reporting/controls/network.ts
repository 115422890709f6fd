import { ControlSpec, Evidence, isSet, listAt, property, resourceAt, standing } from './control';
import { decidedBy } from './decided-by';
import { isOpenToInternet } from '../model/ingress';

/** Where the instances are, and what leads out. */
export const NETWORK: readonly ControlSpec[] = [
  {
    title: 'No route leads out beside the endpoint',
    ids: ['SRA', 'VPCNoUnrestrictedRouteToIGW', 'NIST AC-4, SC-7'],
    check: ({ workload: { subnets } }) =>
      subnets
        .filter(({ routeTable }) => routeTable?.where !== undefined)
        .map(({ routeTable, where }) =>
          standing(
            routeTable?.routes.length === 0,
            "the route table has the local route and the endpoint's",
            'the route table has other routes',
            where,
          ),
        ),
  },
  {
    title: 'Subnets give no public addresses',
    ids: ['FSBP EC2.15', 'CT.EC2.PR.11', 'VPCSubnetAutoAssignPublicIpDisabled', 'NIST SC-7'],
    check: ({ workload: { subnets } }) =>
      subnets
        .filter(({ where }) => where !== undefined)
        .map(({ publicIps, where }) =>
          standing(!publicIps, 'MapPublicIpOnLaunch is off', 'MapPublicIpOnLaunch is on', where),
        ),
  },
  {
    title: 'Flow logs of all traffic',
    ids: ['FSBP EC2.6', 'CIS 3.7', 'AwsSolutions-VPC7', 'VPCFlowLogsEnabled', 'NIST AU-12, SI-7'],
    check: ({ reading, workload: { vpcId } }) =>
      reading.resources
        .filter(({ type, ref }) => type === 'AWS::EC2::VPC' && ref === vpcId)
        .map(vpc =>
          standing(
            reading.resources.some(
              each =>
                each.type === 'AWS::EC2::FlowLog' &&
                each.properties.ResourceId === vpc.ref &&
                each.properties.TrafficType === 'ALL',
            ),
            'a flow log of the VPC',
            'no flow log of all traffic in this app',
            vpc,
          ),
        ),
  },
  {
    title: 'Default security group is empty',
    ids: ['FSBP EC2.2', 'CIS 5.5', 'VPCDefaultSecurityGroupClosed', 'NIST SC-7'],
    check: ({ reading, workload: { vpcId, securityGroups } }) =>
      reading.resources
        .filter(({ type, ref }) => type === 'AWS::EC2::VPC' && ref === vpcId)
        .map(vpc =>
          standing(
            false,
            '',
            securityGroups.length > 0
              ? 'CloudFormation leaves its rules; the workload does not use it'
              : 'the workload uses it',
            vpc,
          ),
        ),
  },
  {
    title: 'Nothing comes in from the internet',
    ids: [
      'FSBP EC2.18',
      'FSBP EC2.19',
      'CT.EC2.PR.3',
      'CT.EC2.PR.4',
      'AwsSolutions-EC23',
      'NIST SC-7',
      'CKV_AWS_24',
      'CKV_AWS_25',
      'CKV_AWS_260',
    ],
    check: ({ workload: { securityGroups } }) =>
      securityGroups
        .filter(({ where }) => where !== undefined)
        .map(({ ingress, where }) =>
          standing(
            !isOpenToInternet(ingress),
            ingress.length === 0
              ? 'no rule lets anything in'
              : `intended: rules let in ${[...new Set(ingress.map(({ peerId }) => peerId))].join(', ')}, and nothing else`,
            'rules let the internet in',
            where,
          ),
        ),
  },
  {
    title: 'Egress is HTTPS only',
    ids: ['SRA', 'NIST SC-7'],
    check: ({ workload: { securityGroups } }) =>
      securityGroups
        .filter(({ where }) => where !== undefined)
        .map(({ egress, where }) =>
          standing(
            egress.every(
              ({ protocol, fromPort, toPort, peerId }) =>
                peerId === '255.255.255.255/32' || (protocol === 'tcp' && fromPort === 443 && toPort === 443),
            ),
            'TCP 443 only',
            'other ports are open',
            where,
          ),
        ),
  },
  {
    title: 'Security groups and their rules are described',
    ids: ['AwsSolutions-EC27', 'CKV_AWS_23'],
    check: ({ workload: { securityGroups }, reading }) =>
      securityGroups
        .flatMap(({ id }) =>
          reading.resources.filter(({ type, ref }) => type === 'AWS::EC2::SecurityGroup' && ref === id),
        )
        .map(group =>
          standing(
            property(group, 'GroupDescription') !== undefined &&
              listAt(group, 'SecurityGroupEgress').every(
                rule => (rule as { readonly Description?: string }).Description !== undefined,
              ),
            'all of them',
            'one has no description',
            group,
          ),
        ),
  },
  {
    title: 'Endpoint lets no data out to others',
    ids: ['SRA', 'NIST AC-4, SC-7'],
    check: ({ proof, model, workload: { vpcId } }) =>
      decidedBy(
        proof,
        ['no-way-out[s3-endpoint]', 'no-way-out[other-organizations]'],
        "no bucket of somebody else's is reachable through it",
        model.endpoints.find(({ isS3, vpcId: vpc }) => isS3 && vpc === vpcId)?.where,
      ),
  },
];

function keysIn({ model, policies }: Evidence) {
  return model.keys.filter(({ arn }) => policies.keys.some(key => key.arn === arn));
}

/** The keys that encrypt the data buckets. */
export const KEYS: readonly ControlSpec[] = [
  {
    title: 'Keys are rotated',
    ids: [
      'FSBP KMS.4',
      'CIS 3.6',
      'CT.KMS.PR.1',
      'AwsSolutions-KMS5',
      'KMSBackingKeyRotationEnabled',
      'NIST SC-12',
      'CKV_AWS_7',
    ],
    check: evidence =>
      keysIn(evidence).map(({ rotated, where }) => standing(rotated, 'every year', 'no rotation', where)),
  },
  {
    title: 'Keys stay when the stack goes',
    ids: ['FSBP KMS.3', 'NIST SC-12'],
    check: evidence =>
      keysIn(evidence).map(({ where }) =>
        standing(
          resourceAt(where, evidence)?.isRetained === true,
          'retained',
          'deleted with the stack, and every object with it',
          where,
        ),
      ),
  },
  {
    title: 'Keys let nobody from outside in',
    ids: ['FSBP KMS.5', 'CKV_AWS_33'],
    check: evidence =>
      decidedBy(
        evidence.proof,
        ['closed[key-use]', 'closed[key-administration]', 'closed[key-policy-alone]'],
        'nobody from outside the accounts uses or administers a key',
        keysIn(evidence)[0]?.where,
      ),
  },
  {
    title: 'Grants only to AWS resources',
    ids: ['CT.KMS.PR.3', 'NIST AC-3, AC-6'],
    check: evidence =>
      decidedBy(evidence.proof, ['closed[key-grants]'], 'nobody lets others use the key', keysIn(evidence)[0]?.where),
  },
  {
    title: 'Bucket keys save requests to KMS',
    ids: ['SRA'],
    check: ({ dataBuckets }) =>
      dataBuckets
        .filter(({ encryption }) => encryption?.algorithm === 'aws:kms')
        .map(({ encryption, where }) => standing(isSet(encryption?.bucketKey), 'on', 'off', where)),
  },
];
