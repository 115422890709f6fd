import type { AwsOwnedInput } from './proof-input';
import { patchingBuckets } from '../iam';

/**
 * Names of buckets that AWS owns, by what may be done with their objects. `<r>` stands for the Region, `<region>` for
 * the Region without dashes, `<a>` for the account, `<p>` for the partition. Everything else that an endpoint lets
 * through is a way out.
 *
 * Compiled from the user guides of the services and from AWS's public collection of example policies for data
 * perimeters.
 */
const READABLE: readonly string[] = [
  // packages of Amazon Linux 2023 and 2
  'al2023-repos-<r>-de612dc2/*',
  'al2023-<r>/*',
  'amazonlinux-2-repos-<r>/*',
  'amazonlinux.<r>.amazonaws.com/*',
  'packages.<r>.amazonaws.com/*',
  'repo.<r>.amazonaws.com/*',
  // SSM Agent, Patch Manager
  'aws-ssm-<r>/*',
  'amazon-ssm-<r>/*',
  'amazon-ssm-packages-<r>/*',
  '<r>-birdwatcher-prod/*',
  'aws-ssm-distributor-file-<r>/*',
  'aws-ssm-document-attachments-<r>/*',
  'patch-baseline-snapshot-<r>/*',
  // agents and tools
  'amazoncloudwatch-agent-<r>/*',
  'amazoncloudwatch-agent/*',
  'aws-codedeploy-<r>/*',
  'aws-windows-downloads-<r>/*',
  'aws-cli/*',
  'cloudformation-examples/*',
  // layers of container images
  'prod-<r>-starport-layer-bucket/*',
];

const WRITABLE: readonly string[] = [
  // signals of this account's own stacks: the whole bucket would be a way out
  'cloudformation-waitcondition-<r>/arn:<p>:cloudformation:<r>:<a>:stack/*',
  'cloudformation-custom-resource-response-<region>/arn:<p>:cloudformation:<r>:<a>:stack/*',
];

/** Where the names are looked up. */
export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

/**
 * Whether an action on an object of AWS is harmless: it reads what AWS publishes, or signals this account's own stacks.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies-vpc-endpoint.html
 */
export function isTrusted(action: string, arn: string, place: Place): boolean {
  return namesFor(action, place).some(name => within(objectsOf(name, place), arn));
}

/** Whether the user vouches for the owner of the object: the access list names it, with this action. */
export function isVouchedFor(
  action: string,
  arn: string,
  { awsOwned = [] }: { readonly awsOwned?: readonly AwsOwnedInput[] },
): boolean {
  return awsOwned.some(
    each =>
      each.account === undefined &&
      each.action === action &&
      (each.objects === arn || (each.objects.endsWith('*') && within(each.objects, arn))),
  );
}

function namesFor(action: string, { region }: Place): readonly string[] {
  switch (action) {
    case 's3:PutObject':
      return WRITABLE;
    case 's3:GetObject':
      return [...READABLE, ...(patchingBuckets(region) ?? []).map(name => `${name}/*`)];
    default:
      return [];
  }
}

function objectsOf(name: string, { partition, region, account }: Place): string {
  const filled = name
    .replaceAll('<region>', region.replaceAll('-', ''))
    .replaceAll('<r>', region)
    .replaceAll('<a>', account);
  return `arn:${partition}:s3:::${filled.replaceAll('<p>', partition)}`;
}

/** The names end in `*` and have no other wildcard. */
function within(pattern: string, arn: string): boolean {
  return arn.startsWith(pattern.slice(0, -1));
}
