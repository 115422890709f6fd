import type { Metadata } from '../proof';

function error(title: string, meaning: string, fix: string): Metadata {
  return { title, meaning, severity: 'error', fix };
}

function warning(title: string, meaning: string, fix: string): Metadata {
  return { title, meaning, severity: 'warning', fix };
}

/** What neither the request flow nor the properties look at, and the steps of the flow, in the order in which it is told. */
export const RULE_METADATA = {
  'instance-metadata': error(
    'The metadata service gives credentials to the instance only',
    'IMDSv2 only, no hop beyond the instance, an instance profile, and a role that trusts EC2.',
    'set HttpTokens to required and HttpPutResponseHopLimit to 1',
  ),
  'temporary-credentials': error(
    'No stored keys',
    'The workload has the temporary credentials of its role, and no access key stands in user data or environments.',
    'remove the key: the workload gets temporary credentials of its role',
  ),
  'request-path': error(
    'Requests go through the S3 endpoint',
    'There is a route to the S3 endpoint, security groups let HTTPS through, no other way leads out, and ' +
      'no policy refuses what the role is granted.',
    'leave routes, security groups and policies as the construct makes them',
  ),
  'isolated-subnets': error(
    'The subnets are isolated',
    'The subnets that the construct made have no route out, whatever the security groups say, and no ' +
      'workload has a public address.',
    'remove the route or the address, or give the workload a VPC of your own with vpc and vpcSubnets',
  ),
  'aws-managed-policies': error(
    'No policy of AWS on the role opens S3 or KMS',
    'Policies of AWS on the role allow nothing of S3 or KMS beside the access list, now or after AWS changes them.',
    'detach it: the access list of the workload gives the role what it needs on its buckets and their keys',
  ),
  'broad-principals': error(
    'Principals are no wider than the pattern needs',
    'No Principal of a policy means more, or others, than the pattern needs.',
    'name the principal, or limit it with a condition on its account or ARN',
  ),
  'condition-keys': error(
    'Conditions say what they seem to',
    'Operators are known, keys are spelt rightly and of the type of their operator, and requests of the ' +
      'statement carry them.',
    'write the key and the operator as the IAM user guide does',
  ),
  'credential-binding': error(
    'The binding of the credentials fits the network',
    'Credentials that are bound to an instance work where requests carry its VPC and its primary private ' +
      'IPv4 address.',
    'give the workload one network interface with one private IPv4 address, or turn the binding off',
  ),
  'endpoint-policy-grammar': error(
    'The VPC takes the endpoint policies',
    'The policies of endpoints are in the grammar that the VPC demands beyond that of IAM.',
    'write the statement as the VPC takes it',
  ),
  'guardrail-grammar': error(
    'Organizations takes the guardrails',
    'The policies of the organization are in the grammar that Organizations demands beyond that of IAM.',
    'write the statement as Organizations takes it',
  ),
  'policy-sizes': error(
    'Policies fit their limits',
    'No policy is too long when everything is filled in, and no role has too many.',
    'split the policy, or name fewer resources',
  ),
  'service-deliveries': error(
    'What S3 sends on stays in the family',
    'What S3 copies out of a data bucket by itself stays among the buckets that the assembly defines or ' +
      'the access list names.',
    'send it to a bucket of the assembly, or to one of the access list',
  ),
  'set-operators': error(
    'Operators hold where a key is absent',
    'Operators mean what they seem to where a request lacks the key, or carries several values of it.',
    'take the form of the operator that says what happens without the key',
  ),
  'further-readers': error(
    'Nobody else reads the data or hears of it',
    'No service copies objects with rights of its own, no topic or event bus passes events on, ' +
      'and no access control list opens logs or copies.',
    'remove what passes it on, or say why whoever is behind it may know',
  ),
  'launch-template-versions': error(
    'Machines start from what the template shows',
    'Machines use the newest version of their launch template, which is the one in the template.',
    'use the attribute LatestVersionNumber of the launch template as the version',
  ),
  'only-one': error(
    'One policy for a bucket, one route table for a subnet',
    'Nothing that AWS has one of is defined twice: CloudFormation refuses the second, or it takes the place of the first.',
    'put everything into one, and remove the other',
  ),
  'attached-guardrails': warning(
    'Guardrails are attached',
    'Each service control policy and resource control policy of the assembly is attached to something.',
    'name the root, the units or the accounts in its TargetIds',
  ),
  'default-protections': warning(
    'What the construct protects by default is there',
    'Volumes are encrypted, data buckets versioned, retained, without SSE-C and old TLS and closed by Block Public Access, keys rotated.',
    'take the override out',
  ),
  'refused-grants': warning(
    'Nobody is granted what the perimeter refuses',
    'No other role of the assembly is granted objects of a data bucket whose policy denies them to it.',
    'exempt the role with perimeterExemptions, or take the grant out',
  ),
  'unread-parts': error(
    'Everything in the template is read',
    'No macro, stack set, nested stack or loop makes resources beside the workload that are not seen.',
    'write the resources out, or prove the processed template',
  ),
  'usable-keys': error(
    'S3 can use the keys, and they have no copies',
    'The keys of the buckets are enabled, symmetric and with material, and no replica in another Region has a policy of its own.',
    'use an enabled symmetric key of one Region with material of AWS KMS',
  ),
  'undecidable-policy': error(
    'Policies are policies',
    'Each policy is in the grammar of IAM, which refuses others; nothing is proven by one that is not.',
    'write the element as the grammar of IAM policies has it',
  ),
  'no-workload': error(
    'There is a workload to prove',
    'The construct has an instance or a fleet in the templates that may use S3.',
    'leave the compute and the role of the construct as they are, or set proveAtSynthesis to false',
  ),
  acknowledgement: error(
    'Acknowledgements name one property or rule',
    'An acknowledgement is for one property or rule on one construct; one for a whole claim, or for an id ' +
      'that does not exist, is refused.',
    'acknowledge the ids that are reported, each with its reason',
  ),
  'internal-error': error(
    'The proof came to an end',
    'The proof did not stop because of an error of its own, which is no fault of the templates.',
    'report it at https://github.com/cdk-private-ec2-s3-access/cdk-private-ec2-s3-access/issues with the template',
  ),
} as const satisfies Readonly<Record<string, Metadata>>;

/** The id of a rule. */
export type RuleId = keyof typeof RULE_METADATA;
