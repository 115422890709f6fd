import type { ClaimName } from './claim-metadata';

/** How a property or a rule is told. */
export interface Metadata {
  /** What has to be so, in a few words. */
  readonly title: string;
  /** The same in a sentence, for somebody who sees the pattern for the first time. */
  readonly meaning: string;
  /** A warning is said, and fails nothing unless that is asked for. */
  readonly severity: 'error' | 'warning';
  /** What to do where it is not so. */
  readonly fix: string;
}

const EXCESS_FIX = 'take out the statement that allows it, or grant it with the access list';
const GRANT_FIX =
  'grant it with the access list, so that the policies of role, endpoint, bucket and key agree; or take ' +
  'it out of the policy that allows it';
const BOUND_FIX =
  "pin the role's Allows to aws:SourceVpce, and deny s3:* where aws:SourceVpc is not ${aws:Ec2InstanceSourceVpc} or " +
  'aws:VpcSourceIp is not ${aws:Ec2InstanceSourcePrivateIPv4}';
const KEY_FIX =
  "let the key policy allow use through S3 only, for the workload's role and exemptions; the account as " +
  'such may only administer';
const LOG_FIX =
  'let the services that deliver logs write under their own prefix only, and only with ' +
  'aws:SourceAccount (and aws:SourceArn where they send it)';
const CONFIGURATION_FIX =
  'deny s3:* on the objects only: actions on the bucket itself are its configuration, which ' +
  'CloudFormation and administrators need';

/** A property that is an error where it does not hold. */
function error(title: string, meaning: string, fix: string): Metadata {
  return { title, meaning, severity: 'error', fix };
}

/** The properties by their ids, in the order in which they are decided. */
export const PROPERTY_METADATA = {
  'works[grants]': error(
    'What the access list grants gets through',
    'Each action that the access list grants is allowed by the policies of role, endpoint and bucket ' +
      'together, on every endpoint of the workload.',
    GRANT_FIX,
  ),
  'works[nothing-else]': error(
    'Nothing beside the access list is granted',
    "Neither the role's policies nor the endpoint's allow more in a data bucket than the access list " +
      'says, even where another policy stops it.',
    EXCESS_FIX,
  ),
  'works[no-escalation]': error(
    'The role cannot get more than it has',
    "Its policies and its keys' do not let it change itself: its policies, boundary, trust and tags. Nor what keeps it " +
      'in: policies of buckets, keys and endpoints, route tables, security groups, DNS Firewalls, instances, stack, ' +
      'guardrails. It passes itself on to nobody, makes no identities, access points or access grants, and ends no key. ' +
      'What it may use with other roles, or of S3 beside buckets, is an assumption by name.',
    'take the action out of the policy of the role, or name a resource that is none of the workload',
  ),
  'works[agreement]': error(
    'The policies agree where no access list says what is meant',
    'Where the access list is not known, and beside the data buckets, role and endpoint agree. What the policy of one ' +
      'of them allows the role, that of the other lets through.',
    GRANT_FIX,
  ),
  'works[default-encryption]': error(
    'Uploads may name the default encryption of their bucket',
    "An upload that names the bucket's own encryption and key is as good as one that says nothing.",
    "let uploads through that name the bucket's default encryption and its key",
  ),
  'works[aws-owned-buckets]': error(
    'The buckets of AWS that the workload needs are reachable',
    'What the role may read of AWS, the endpoint lets through; and what has to be readable or writable there is.',
    'allow the action on this bucket of AWS in the endpoint policy, and in the role policy where the role signs',
  ),
  'works[keys]': error(
    'The keys of the data buckets can be used',
    'What the role reads and writes, it can decrypt and encrypt through S3.',
    "allow it through S3 (kms:ViaService) in the role's policy and in the key policy, for the workload's " +
      'role; or take it out of both',
  ),
  'works[no-other-keys]': error(
    'No other keys can be used',
    "The role's policies name the keys of the data buckets, and no others.",
    "name the keys of the data buckets as the resources of the role's kms actions",
  ),
  'works[trust]': error(
    'EC2 can assume the role',
    'The trust policy lets the service ec2.amazonaws.com assume the role, without which an instance gets ' +
      'no credentials.',
    'let the service ec2.amazonaws.com assume the role in its trust policy',
  ),
  'works[service-calls]': error(
    'Services can work with S3 for the role',
    'The binding of the credentials to the instance does not hit what services do with S3 on behalf of the role.',
    'spare calls that services make for the role: BoolIfExists aws:ViaAWSService false beside the binding',
  ),
  'works[other-services]': error(
    'Other services can be reached through their endpoints',
    "What the role's policies allow of a service, the policy of its endpoint lets through, and the other way round.",
    "allow the same actions in the role's policy and in the policy of the service's endpoint",
  ),
  'works[log-delivery]': error(
    'Logs arrive',
    'The services that the resources make write logs are let into the log buckets.',
    'allow the delivery in the policy of the log bucket, for the service with aws:SourceAccount',
  ),
  'closed[objects-outside-endpoint]': error(
    'Objects are out of reach without the endpoint',
    'Every action on an object of a data bucket is denied without the id of the endpoint, even with ' +
      'unlimited identity policies, unless the principal is exempt.',
    "deny s3:* on the objects in the bucket policy unless aws:SourceVpce is the endpoint's, with a plain " +
      'StringNotEquals',
  ),
  'closed[objects-to-others]': error(
    'Objects are out of reach for others through the endpoint',
    "Through the endpoint nobody but the workload's roles and the exempt reaches an object of a data bucket.",
    "deny s3:* on the objects in the bucket policy unless aws:PrincipalArn is the workload's role or an exemption",
  ),
  'closed[bucket-configuration]': error(
    'Nobody from outside the accounts does anything with a bucket itself',
    'No principal of another account, no service for somebody else and nobody unsigned may read or change ' +
      'the configuration of a data bucket.',
    'remove the Allow, or name the account that may use it; an Allow for a service needs aws:SourceAccount',
  ),
  'closed[bucket-policy-alone]': error(
    'A bucket policy grants nothing by itself',
    'The policy of a bucket that was made for the workload has no Allow that would need no other policy ' +
      'and bypass permissions boundaries.',
    'remove the Allow from the bucket policy and grant the access with the access list',
  ),
  'closed[lists-outside-endpoint]': error(
    'Lists are closed like the objects',
    'The names of objects, versions and uploads are not listed without the id of the endpoint, but for ' +
      'the exempt and, for s3:ListBucket, CloudFormation.',
    "deny the list actions in the bucket policy unless aws:SourceVpce is the endpoint's; spare " +
      "CloudFormation's ways in for s3:ListBucket",
  ),
  'closed[outside-organization]': error(
    'Nobody outside the organization reaches an object',
    'Where policies name an organization, a unit of it, or accounts, nobody outside reaches the objects, ' +
      'not even the exempt.',
    'deny s3:* on the objects unless aws:PrincipalOrgID is yours, and where ForAllValues:StringNotLike ' +
      'aws:PrincipalOrgPaths holds',
  ),
  'closed[exemptions]': error(
    'The exempt are spared by every statement',
    'Whom one statement of a bucket policy spares, no other denies: half an exemption locks somebody out ' +
      'who is meant to get in.',
    'spare the same principals in every statement that denies by network or by principal',
  ),
  'closed[access-point-to-others]': error(
    "Access points are for the workload's roles",
    'Through an access point come the roles of the workloads, and nobody else on whatever way.',
    "deny s3:* on the objects in the access point policy, and lists, unless aws:PrincipalArn is the workload's role",
  ),
  'closed[access-point-outside-endpoint]': error(
    'Access points are out of reach without the endpoint',
    'Through an access point the roles of the workloads come by their endpoints only, even with unlimited ' +
      'identity policies.',
    'name the endpoint by aws:SourceVpce in the access point policy: in its Allows, or, in the account of ' +
      'the bucket, in Denies',
  ),
  'closed[endpoint-to-others]': error(
    'The endpoint lets nobody else to the data',
    'An endpoint that was made for the workload lets nobody but its roles and the exempt to the data ' +
      'buckets, whatever the policies of the buckets allow.',
    "name the workload's role by aws:PrincipalArn in every Allow of the endpoint policy, except for buckets of AWS",
  ),
  'closed[on-premises-roles]': error(
    'Roles of other networks reach what they are granted',
    'A role of another network reaches what it is granted through the endpoint, and nothing else, ' +
      'whatever its own policies and those of the buckets allow.',
    'name the role in the endpoint policy with the actions and prefixes that it is granted only',
  ),
  'closed[key-policy-alone]': error(
    'A key policy grants nothing by itself',
    'Without identity policies, the policy of a key that was made for the workload grants nothing.',
    "name the account as principal of the key policy's Allows, and the role in a condition on aws:PrincipalArn",
  ),
  'closed[key-administration]': error(
    'Nobody from outside the accounts administers a key',
    'No principal of another account, no service and nobody unsigned may read or change the configuration of a key.',
    KEY_FIX,
  ),
  'closed[key-grants]': error(
    'Grants of a key are for resources of AWS',
    'A grant hands a key on: whatever somebody adds to its policy, only resources of AWS get one.',
    'deny kms:CreateGrant in the key policy unless kms:GrantIsForAWSResource is true',
  ),
  'closed[key-use]': error(
    'Keys are used as intended only',
    'A key is used through S3 by the workload and the exempt, and through EC2 for volumes inside the ' +
      'account; otherwise not at all.',
    KEY_FIX,
  ),
  'closed[key-exemptions]': error(
    'The exempt can use the key of their bucket',
    'Whom a bucket exempts, its key policy lets decrypt and encrypt through S3.',
    'allow the exempt principals kms:Decrypt and kms:GenerateDataKey through S3 in the key policy',
  ),
  'closed[log-bucket-objects]': error(
    'Logs come from the services that deliver them',
    'From outside the account nothing but the deliveries that the resources configure reads or writes an ' +
      'object of a log bucket.',
    LOG_FIX,
  ),
  'closed[log-bucket-configuration]': error(
    'Nobody from outside the account does anything with a log bucket itself',
    'From outside the account nothing but the deliveries that the resources configure reads or changes ' +
      'the configuration of a log bucket.',
    LOG_FIX,
  ),
  'no-way-out[s3-endpoint]': error(
    'The endpoint leads to no bucket of somebody else',
    'No bucket outside the accounts of the data buckets is reachable through the S3 endpoint, with ' +
      "anybody's credentials; what AWS publishes may be read.",
    'let the endpoint policy allow the data buckets only, each Allow with aws:ResourceAccount; AWS-owned ' +
      'buckets by their exact names',
  ),
  'no-way-out[role]': error(
    'The role reaches no bucket of somebody else',
    "The role's credentials reach no bucket outside the accounts of the data buckets, on whatever way.",
    "pin the role's Allows to the accounts of its buckets with aws:ResourceAccount",
  ),
  'no-way-out[other-organizations]': error(
    'The endpoint leads to no other organization',
    "If one statement of the endpoint's policy names an organization, none lets a principal or a bucket " +
      'of another one through.',
    'add aws:PrincipalOrgID and aws:ResourceOrgID to this Allow of the endpoint policy, as in its other statements',
  ),
  'no-way-out[other-services]': error(
    "Endpoints of other services serve the workload's role",
    "Nobody but the role gets through the endpoints of other services, and to nothing of a stranger's. The stranger's " +
      "credentials, or the stranger's queue, would carry data into another account.",
    "let each Allow of the endpoint policy name the workload's role, by aws:PrincipalArn, and what it uses, by ARN " +
      'or aws:ResourceAccount',
  ),
  'no-way-out[routes]': error(
    'No packet leaves beside the endpoints',
    "No route of the workload's subnets leads out that its security groups let traffic take.",
    'remove the route, or let the security group reach the prefix list of S3 only: give s3PrefixList',
  ),
  'no-way-out[dns]': error(
    'No data leaves in names',
    'The resolver of the VPC answers for listed names only: whoever serves a domain reads what is asked of it.',
    'let every rule of the DNS Firewall before the block of all names be an ALLOW of listed names',
  ),
  'encrypted[transport]': error(
    'TLS 1.2 or newer',
    'No request in plain text or over TLS older than 1.2 gets through, whoever makes it, to data or logs.',
    'deny s3:* on the bucket and its objects where aws:SecureTransport is false, and where s3:TlsVersion ' +
      'is less than 1.2',
  ),
  'encrypted[other-keys]': error(
    'No other encryption',
    "No upload is stored under another algorithm or key than the bucket's default, which applies to " +
      'uploads that say nothing.',
    "deny uploads that name another encryption than the bucket's default: another algorithm, another key, " +
      'aws:kms without a key, SSE-C',
  ),
  'encrypted[default]': error(
    'The default encryption is taken',
    'A bucket that was made for the workload refuses no upload under its default for its encryption.',
    "let uploads through that say nothing about encryption, or name the bucket's default and its key",
  ),
  'bound[all-policies]': error(
    "The role's credentials are useless elsewhere, by all policies",
    "In another VPC, at another address, on the internet and through another endpoint the role's " +
      'credentials do nothing with a data bucket.',
    BOUND_FIX,
  ),
  'bound[role-policies]': error(
    "The role's credentials are useless elsewhere, by its own policies",
    'The same by the policies of the role alone, so that a bucket policy that is missing opens nothing.',
    BOUND_FIX,
  ),
  'bound[binding]': error(
    'The binding to the instance leaves no gap',
    'Where Denies of the role bind its credentials to the instance, they do so for every action of S3, ' +
      'whatever Allows somebody adds.',
    'write the binding with aws:SourceVpc and aws:VpcSourceIp as keys and the Ec2Instance variables as ' +
      'values, with StringNotEquals, on s3:*',
  ),
  'bound[keys]': error(
    'The role uses keys through S3 only',
    "The role's credentials use the keys of the data buckets through S3, and on no other way.",
    "pin the role's use of the key to kms:ViaService",
  ),
  'bound[trust]': error(
    'Nobody but EC2 assumes the role',
    'The trust policy lets the service ec2.amazonaws.com assume the role, and nobody else.',
    'let the service ec2.amazonaws.com assume the role, with sts:AssumeRole alone, and nobody else',
  ),
  'not-locked-out[bucket-configuration]': error(
    'Buckets can be configured',
    'In every state of a deployment CloudFormation, an administrator and the root user get at the ' +
      'configuration of each bucket.',
    CONFIGURATION_FIX,
  ),
  'not-locked-out[bucket-lists]': error(
    'CloudFormation can list buckets',
    'CloudFormation may list a bucket, which it does before it makes changes.',
    "spare CloudFormation's ways in from the Deny of s3:ListBucket: its execution role, which a synthesizer tells as " +
      "cloudFormationExecutionRole, StackSets' roles, " +
      'and aws:CalledViaFirst',
  ),
  'not-locked-out[key-configuration]': error(
    'Keys can be administered',
    'In every state of a deployment CloudFormation, an administrator and the root user get at the ' +
      'configuration of each key.',
    'let the account of the key administer it: an Allow for the account as principal with the actions on ' +
      "the key's configuration",
  ),
  'not-locked-out[volumes]': error(
    'EC2 can encrypt volumes with the key',
    'CloudFormation starts instances whose volumes are encrypted with the key: EC2 uses it with ' +
      "CloudFormation's credentials.",
    'let EC2 use the key for volumes of the account, and deny grants only where they are not for AWS resources',
  ),
  'guarded[deployment]': error(
    'CloudFormation can deploy under the guardrails',
    'The role that CloudFormation works with makes, changes and deletes what the workload is made of.',
    'let the guardrail spare the role that CloudFormation deploys with, or change the workload to what ' +
      'the guardrail asks for',
  ),
  'guarded[administrators]': error(
    'Administrators can change the guardrails',
    "The organization's administrators can change the guardrails, get into the account, and the root user " +
      'can repair policies.',
    'take the actions on policies of the organization out of the Deny, and spare the root user where ' +
      'policies are repaired',
  ),
  'guarded[outsiders]': error(
    'Guardrails keep everybody outside the organization out',
    'Where a resource control policy looks at the organization of the caller, nobody outside reaches the ' +
      'data, unsigned requests included.',
    'deny where StringNotEqualsIfExists aws:PrincipalOrgID is yours, with BoolIfExists ' +
      'aws:PrincipalIsAWSService false: anonymous requests lack both keys',
  ),
  'guarded[deputies]': error(
    'Guardrails keep services out that act for others',
    'Where a resource control policy looks at the organization that a service acts for, no service does ' +
      'anything for another one.',
    'deny services where StringNotEqualsIfExists aws:SourceOrgID is yours, with Null aws:SourceAccount ' +
      'false and no other condition',
  ),
  'guarded[networks]': error(
    'Guardrails keep other networks out',
    'Where a resource control policy looks at networks, no object is reached from the internet but by ' +
      'services and exact exemptions.',
    'deny objects where the network key is not yours, with the IfExists forms, for everybody but services ' +
      'and exact exemptions',
  ),
  'guarded[credentials]': error(
    'Guardrails keep credentials on their instances',
    'Where a service control policy looks at where the credentials of an instance were issued, they are ' +
      'of no use elsewhere for anything at all.',
    'deny where StringNotEquals aws:SourceVpc is ${aws:Ec2InstanceSourceVpc}, with Null ' +
      'ec2:SourceInstanceARN false and BoolIfExists aws:ViaAWSService false',
  ),
  'guarded[exemptions]': error(
    'Nobody can make a role that the guardrails spare',
    'A pattern in a guardrail spares whoever makes a role of such a name, unless another guardrail keeps ' +
      'everybody from making one.',
    'spare exact ARNs only, or deny everybody else to create and change roles of such names',
  ),
  'no-dead-statement': {
    title: 'Each statement matters',
    meaning:
      'Each statement changes the decision about some request, by its own policy, while everything else ' +
      'would allow it.',
    severity: 'warning',
    fix:
      'remove the statement, or correct what keeps it from ever mattering: a misspelt key, a value that no ' +
      'request has, a wider statement beside it',
  },
} as const satisfies Readonly<Record<string, Metadata>>;

/** The id of a property: its claim, and in brackets which part of it. */
export type PropertyId = keyof typeof PROPERTY_METADATA;

/** The claim that a property belongs to. */
export function claimOf(id: PropertyId): ClaimName {
  return id.replace(/\[.*$/, '') as ClaimName;
}

/** Whether a property is the one of that id, or belongs to the claim of that name. */
export function isOf(id: PropertyId, name: PropertyId | ClaimName): boolean {
  return id === name || claimOf(id) === name;
}
