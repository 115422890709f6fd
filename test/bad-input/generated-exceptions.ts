/** Values whose type fits and that are refused all the same. */
export interface Exception {
  readonly value: string;
  /** Places, such as `BucketAccess.of: prefix`. */
  readonly places: RegExp;
  readonly reason: string;
}

export const EXCEPTIONS: readonly Exception[] = [
  {
    value: 'an empty text',
    places: /./,
    reason: 'a text that is not there, such as an environment variable that nobody set',
  },
  {
    value: 'an empty list',
    places:
      /\.(access|accounts|organizationalUnitPaths|workloads|networks|instanceTypes|targetIds|deploymentRoleNames|workloadRoleArns)$/,
    reason: 'nobody and nothing would be reached, or an empty condition would hold for everybody',
  },
  {
    value: 'an empty list',
    places: /: (actions|roleArns)$|\.(actions|bucketNames)$/,
    reason: 'a grant of nothing, or an exemption of nobody',
  },
  { value: 'an empty list', places: /\.securityGroups$/, reason: 'EC2 would take the default security group' },
  { value: 'undefined', places: /\.bucketNames$/, reason: 'objectArns is not there either' },
  { value: 'null', places: /\.bucketNames$/, reason: 'objectArns is not there either' },
  {
    value: 'an empty object',
    places: /\.(dataBuckets|access)$/,
    reason: 'a workload without data buckets has no S3 access',
  },
  { value: 'a number', places: /\.httpPutResponseHopLimit$/, reason: 'more than two hops lead off the instance' },
  { value: 'a number', places: /\.maxAzs$/, reason: 'no Region has more than six Availability Zones' },
  { value: 'a number', places: /\.priority$/, reason: 'priorities of rule groups begin at 101' },
  {
    value: 'a text',
    places: /(: prefix|\.prefix|logBucketPrefix|path|Path)$/,
    reason: 'prefixes and paths end with a slash',
  },
  {
    value: 'a text',
    places: /(vpcEndpointId|organizationId|roleArn|serviceRegion|rootDeviceName|vpcEndpointAccount)$/,
    reason: 'ids, ARNs, accounts, Regions and devices have a form',
  },
  {
    value: 'a text',
    places: /^PrivateEc2S3Access\.(?!addDataBucket).*: (id|bucketId)$|^RemoteWorkload\.fromWorkload: id$/,
    reason: 'no data bucket has this id',
  },
];
