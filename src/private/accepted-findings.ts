import { Stack, Validations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** A finding of a public scanner that is accepted, with the reason why. */
export interface AcceptedFinding {
  /** The finding as the CDK names it: `<plugin>::<rule>`. */
  readonly id: string;
  readonly reason: string;
}

const SSE_S3_LOGS =
  'the delivery of logs to buckets encrypted with KMS is documented inconsistently; logs hold no data of the workload';
const NO_REPLICATION =
  'a second Region or account is a decision of the data owner; versioning protects against overwriting and deleting';
const NO_OBJECT_LOCK =
  'retention that nobody can shorten is a decision of the data owner; log delivery does not work with a default retention';
const S3_MANAGED_CHOSEN =
  'DataEncryption.s3Managed() is a choice of the user, and the default is a customer-managed key';
const NO_SELF_LOGGING = 'the bucket that receives the logs would log its own deliveries for ever';

/** The CDK's own validation, where the subnets are of an imported VPC, which has its Availability Zones by name. */
export const ZONES_OF_THE_SUBNETS: readonly AcceptedFinding[] = [
  {
    id: 'CloudFormation-Validate::W3010',
    reason: 'the Availability Zones are those of the subnets, which are named as well',
  },
];

/**
 * The ledger: every finding of cdk-nag (AwsSolutions, NIST 800-53 R5) and of the Control Tower guard rules that this
 * library accepts, by the construct on whose own path it is acknowledged. Nothing else is silenced.
 */
export const ACCEPTED = {
  vpc: [
    {
      id: 'NIST.800.53.R5::NIST.800.53.R5-VPCDefaultSecurityGroupClosed',
      reason: 'CloudFormation cannot empty the default security group of a VPC; nothing here uses it',
    },
  ],
  instance: [
    {
      id: 'AwsSolutions::AwsSolutions-EC29',
      reason:
        'termination protection would block the replacement of the instance by CloudFormation; ' +
        'Compute.fleet() replaces instances without it',
    },
    {
      id: 'cdk-validator-cfnguard::ec2_instance_no_public_ip_check',
      reason:
        'the subnet gives no public addresses; network interfaces in line would trip NIST EC2InstancesInVPC, ' +
        'and moving the address there replaces instances',
    },
    {
      id: 'cdk-validator-cfnguard::ec2_instance_nitro_encryption_in_transit_check',
      reason:
        'the rule asks for encryption between instances, and the one instance talks to S3 only, over TLS; it does not know t4g',
    },
  ],
  fleet: [
    {
      id: 'AwsSolutions::AwsSolutions-AS3',
      reason:
        'who is told of scaling events is a decision of the operator; EventBridge receives them all without configuration',
    },
  ],
  mixedInstances: [
    {
      id: 'AwsSolutions::AwsSolutions-EC26',
      reason: 'the rule does not look into a mixed instances policy, whose launch template encrypts the volumes',
    },
    {
      id: 'NIST.800.53.R5::NIST.800.53.R5-EC2IMDSv2Enabled',
      reason: 'the rule does not look into a mixed instances policy, whose launch template requires IMDSv2',
    },
    {
      id: 'cdk-validator-cfnguard::autoscaling_group_nitro_encryption_in_transit_override_check',
      reason:
        'the rule asks for encryption between instances, and these talk to S3 only, over TLS; which types ' +
        'there are is a decision of the user',
    },
  ],
  oneType: [
    {
      id: 'cdk-validator-cfnguard::autoscaling_mixed_instances_policy_multiple_instance_types_check',
      reason: 'one instance type is what was sized and tested; several are for fleets on Spot capacity',
    },
  ],
  dataBucket: [
    { id: 'NIST.800.53.R5::NIST.800.53.R5-S3BucketReplicationEnabled', reason: NO_REPLICATION },
    { id: 'cdk-validator-cfnguard::s3_bucket_object_lock_enabled_check', reason: NO_OBJECT_LOCK },
  ],
  s3ManagedDataBucket: [
    { id: 'NIST.800.53.R5::NIST.800.53.R5-S3BucketReplicationEnabled', reason: NO_REPLICATION },
    { id: 'NIST.800.53.R5::NIST.800.53.R5-S3DefaultEncryptionKMS', reason: S3_MANAGED_CHOSEN },
    { id: 'cdk-validator-cfnguard::s3_bucket_default_encryption_kms_check', reason: S3_MANAGED_CHOSEN },
    { id: 'cdk-validator-cfnguard::s3_bucket_object_lock_enabled_check', reason: NO_OBJECT_LOCK },
  ],
  logBucket: [
    { id: 'AwsSolutions::AwsSolutions-S1', reason: NO_SELF_LOGGING },
    { id: 'NIST.800.53.R5::NIST.800.53.R5-S3BucketLoggingEnabled', reason: NO_SELF_LOGGING },
    { id: 'NIST.800.53.R5::NIST.800.53.R5-S3BucketReplicationEnabled', reason: NO_REPLICATION },
    { id: 'NIST.800.53.R5::NIST.800.53.R5-S3DefaultEncryptionKMS', reason: SSE_S3_LOGS },
    { id: 'cdk-validator-cfnguard::s3_bucket_default_encryption_kms_check', reason: SSE_S3_LOGS },
    { id: 'cdk-validator-cfnguard::s3_bucket_logging_enabled_check', reason: NO_SELF_LOGGING },
    { id: 'cdk-validator-cfnguard::s3_bucket_object_lock_enabled_check', reason: NO_OBJECT_LOCK },
  ],
} as const satisfies Record<string, readonly AcceptedFinding[]>;

/** Records on a construct, and on nothing else, that findings are accepted and why. */
export function accept(construct: IConstruct, findings: readonly AcceptedFinding[]): void {
  Validations.of(construct).acknowledge(...findings);
}

/** The findings of cdk-nag's IAM5 on exactly these resources, which end in a wildcard on purpose. */
export function acceptedWildcards(scope: IConstruct, resources: readonly string[], reason: string): AcceptedFinding[] {
  return resources.map(resource => ({
    id: `AwsSolutions::AwsSolutions-IAM5[Resource::${asFindingId(Stack.of(scope).resolve(resource))}]`,
    reason,
  }));
}

/** Resources as cdk-nag writes them: what CloudFormation fills in stands between angle brackets. */
function asFindingId(value: unknown): string {
  if (typeof value === 'string') {
    return value;
  }
  const {
    Ref: ref,
    'Fn::GetAtt': attribute,
    'Fn::Join': join,
  } = value as { Ref?: string; 'Fn::GetAtt'?: string[]; 'Fn::Join'?: [string, unknown[]] };
  if (join !== undefined) {
    return join[1].map(asFindingId).join(join[0]);
  }
  return `<${attribute?.join('.') ?? ref}>`;
}
