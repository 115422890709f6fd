import { IInterfaceVpcEndpoint } from 'aws-cdk-lib/aws-ec2';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { KEY_PREFIX } from '../access';
import {
  BUCKET,
  FLAG,
  Fields,
  INTERFACE_ENDPOINT,
  KEY,
  Kind,
  LOG_GROUP,
  Problem,
  Rule,
  also,
  optional,
  struct,
  text,
} from '../private';

/** Interface endpoints that the VPC has already: those that are named are not made again. */
export interface SessionManagerEndpoints {
  /**
   * The endpoint of AWS KMS. Only with `encryptionKey`.
   *
   * @default - one is made, where sessions are encrypted
   */
  readonly kms?: IInterfaceVpcEndpoint;

  /**
   * The endpoint of CloudWatch Logs. Only with `logGroup`.
   *
   * @default - one is made, where sessions are logged
   */
  readonly logs?: IInterfaceVpcEndpoint;

  /**
   * The endpoint of Systems Manager.
   *
   * @default - one is made
   */
  readonly ssm?: IInterfaceVpcEndpoint;

  /**
   * The endpoint of the messages of Session Manager, `ssmmessages`.
   *
   * @default - one is made
   */
  readonly ssmMessages?: IInterfaceVpcEndpoint;
}

/** How sessions are encrypted and logged, and what Systems Manager does in addition. */
export interface SessionManagerOptions {
  /**
   * The key that the data of sessions is encrypted with, beside TLS: an endpoint for AWS KMS is added, and the role may
   * decrypt with this key through it. Who starts sessions needs `kms:GenerateDataKey` on it. Its policy must delegate
   * to IAM policies, as the default one does. Not the key of the data buckets.
   *
   * @default - TLS only
   * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/session-preferences-enable-encryption.html
   */
  readonly encryptionKey?: IKey;

  /**
   * Endpoints that the VPC has already. The names of a service lead to one endpoint in a VPC only, so a second one is
   * refused at deployment. Their policies and security groups are not touched: what their owner must allow is in a
   * warning, and in `requiredPolicies` of the workload. Their security groups must let HTTPS in from the workload.
   *
   * @default - all are made
   */
  readonly endpoints?: SessionManagerEndpoints;

  /**
   * Whether the instances tell Systems Manager what is on them. The role and the endpoint `ssm` let SSM Agent run
   * what is associated with its node, and put inventory and compliance. Associate `AWS-GatherSoftwareInventory` with
   * the instances for it.
   *
   * @default false
   * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/inventory-about.html
   */
  readonly inventory?: boolean;

  /**
   * The bucket that the log of a session is uploaded to when the session ends, of this account and of the Region that
   * the S3 endpoint leads to. The role and the S3 endpoint let SSM Agent see how it is encrypted and put objects
   * under `logBucketPrefix`, and S3 use its `encryptionKey` for them. Its policy needs no Allow for this and is not
   * touched. A log stays on the instance where it is terminated before the session ends.
   *
   * @default - sessions are not logged to S3
   * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-logging-s3.html
   */
  readonly logBucket?: IBucket;

  /**
   * The prefix of the logs in `logBucket`: ends with `/`. Known at synthesis.
   *
   * @default 'session-logs/'
   */
  readonly logBucketPrefix?: string;

  /**
   * The log group that sessions are streamed to: an endpoint for CloudWatch Logs is added, and the role may write to
   * this group through it. Keep it for 365 days or more, and encrypt it with a key that lets CloudWatch Logs in.
   *
   * @default - sessions are not logged, beside the calls in CloudTrail
   * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-logging-cloudwatch-logs.html
   */
  readonly logGroup?: ILogGroup;

  /**
   * Whether Patch Manager patches the instances. The role and the endpoint `ssm` let SSM Agent run what is associated
   * with its node, fetch the snapshot of its patch baseline, and put inventory and compliance. The role and the S3
   * endpoint let it read `AwsOwnedBucket.patchManager()` and `AwsOwnedBucket.ssmAgent()`, so the stack needs a
   * concrete Region. Run `AWS-RunPatchBaseline` on the instances for it.
   *
   * Packages come from where the system has them: for Amazon Linux 2023 name
   * `AwsOwnedBucket.amazonLinux2023Repositories()`. Windows needs an update server (WSUS) that the VPC reaches.
   *
   * @default false
   * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-manager-prerequisites.html
   */
  readonly patching?: boolean;
}

const PREFIX: Kind<string> = also(
  text({ allowed: 'a prefix that is known at synthesis', fix: 'write it out', isKnown: true }),
  (prop, value) => KEY_PREFIX.problems(prop, value),
);

/** How sessions are encrypted and logged. */
export const SESSION_MANAGER_FIELDS: Fields<SessionManagerOptions> = {
  encryptionKey: optional(KEY),
  endpoints: optional(
    struct<SessionManagerEndpoints>({
      kms: optional(INTERFACE_ENDPOINT),
      logs: optional(INTERFACE_ENDPOINT),
      ssm: optional(INTERFACE_ENDPOINT),
      ssmMessages: optional(INTERFACE_ENDPOINT),
    }),
  ),
  inventory: optional(FLAG),
  logBucket: optional(BUCKET),
  logBucketPrefix: optional(PREFIX),
  logGroup: optional(LOG_GROUP),
  patching: optional(FLAG),
};

/** An endpoint or a prefix that nothing would use. */
export const SESSION_MANAGER_RULES: ReadonlyArray<Rule<SessionManagerOptions>> = [
  {
    reads: ['endpoints', 'encryptionKey'],
    problems: ({ endpoints, encryptionKey }) => unused('kms', endpoints?.kms, encryptionKey, 'encryptionKey'),
  },
  {
    reads: ['endpoints', 'logGroup'],
    problems: ({ endpoints, logGroup }) => unused('logs', endpoints?.logs, logGroup, 'logGroup'),
  },
  {
    reads: ['logBucket', 'logBucketPrefix'],
    problems: ({ logBucket, logBucketPrefix }) =>
      logBucketPrefix === undefined || logBucket !== undefined
        ? []
        : [
            {
              prop: 'logBucketPrefix',
              got: logBucketPrefix,
              allowed: 'a prefix in a logBucket',
              fix: 'name logBucket, or leave the prefix out',
            },
          ],
  },
];

function unused(name: string, endpoint: IInterfaceVpcEndpoint | undefined, reason: unknown, option: string): Problem[] {
  return endpoint === undefined || reason !== undefined
    ? []
    : [
        {
          prop: `endpoints.${name}`,
          got: endpoint,
          allowed: `an endpoint that is used: with ${option}`,
          fix: `name ${option}, or leave the endpoint out`,
        },
      ];
}
