import type { FindingId } from './catalog';

/** What to do where no construct made the workload, as far as the usual advice is about its options. */
const FIXES: Partial<Readonly<Record<FindingId, string>>> = {
  'works[agreement]':
    'allow it in every policy that decides it (role, endpoint, bucket, key), or take it out of the one that allows it',
  'works[nothing-else]': 'take it out of the statement that allows it',
  'closed[bucket-policy-alone]': 'remove the Allow from the bucket policy: in its account the role policy is enough',
  'closed[objects-to-others]':
    "deny s3:* on the objects in the bucket policy unless aws:PrincipalArn is the role's, or that of an administrator",
  'no-way-out[routes]':
    'remove the route to the internet, or let the egress of the security group reach the prefix list of S3 only',
  'not-locked-out[bucket-lists]':
    'spare the role that CloudFormation deploys with, and aws:CalledViaFirst, from the Deny of s3:ListBucket',
  'request-path': 'add a gateway endpoint for S3 (AWS::EC2::VPCEndpoint) to the route table of the subnet',
  'isolated-subnets': 'remove the route or the public address',
  'aws-managed-policies': 'detach it, and attach a policy that names the actions and the buckets that the role uses',
  'credential-binding': 'give the workload one network interface with one private IPv4 address, or drop the condition',
  'refused-grants': 'spare the role in the Deny of the bucket policy, or take the grant out',
  'default-protections': 'set it in the template',
};

/** Texts in advice that only the construct understands. */
const OF_CONSTRUCT = /access list|construct|s3PrefixList|perimeterExemptions|vpcSubnets|override/;

/**
 * What to do about a finding.
 *
 * @param fix what is said of a workload of the construct
 * @param isMade whether the construct made the workload
 */
export function explainedFixOf(id: FindingId, fix: string, isMade: boolean): string {
  return isMade || !OF_CONSTRUCT.test(fix) ? fix : (FIXES[id] ?? fix);
}

/** The rules whose findings are about what somebody wrote, which moving to the construct leaves as it is. */
const STAYS: ReadonlySet<FindingId> = new Set<FindingId>([
  'temporary-credentials',
  'further-readers',
  'service-deliveries',
  'guardrail-grammar',
  'attached-guardrails',
  'only-one',
  'refused-grants',
  'unread-parts',
  'undecidable-policy',
  'usable-keys',
  'acknowledgement',
  'internal-error',
  'no-workload',
  'no-dead-statement',
]);

/** Whether a finding would be gone if the construct made the workload, its endpoint, its buckets and their policies. */
export function isClosedByConstruct(id: FindingId): boolean {
  return !STAYS.has(id) && !id.startsWith('guarded[');
}
