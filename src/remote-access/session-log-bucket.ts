import { Stack } from 'aws-cdk-lib';
import { RemoteAccessContext } from './remote-access-context';
import { SessionManagerOptions } from './session-manager-options';
import { BucketAccess } from '../access';
import { isConcrete, managerOf, Problem } from '../private';

/** Where session logs go in their bucket, unless another prefix is named. */
const SESSION_LOGS_PREFIX = 'session-logs/';

/** What a session document says of the bucket for session logs. */
export interface SessionLogInputs {
  readonly s3BucketName?: string;
  readonly s3KeyPrefix?: string;
  /** Whether the agent leaves a bucket alone that it cannot find to be encrypted. */
  readonly s3EncryptionEnabled?: boolean;
}

/**
 * Lets the agent upload session logs: a line of the access list, so that role, endpoint and key follow.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-create-iam-instance-profile.html
 */
export function allowSessionLogs(context: RemoteAccessContext, options: SessionManagerOptions): SessionLogInputs {
  const { logBucket: bucket, logBucketPrefix: prefix = SESSION_LOGS_PREFIX } = options;
  if (bucket === undefined) {
    return {};
  }
  context.accessList.allow({ role: context.role, bucket, access: [BucketAccess._sessionLogs(prefix)] });
  return { s3BucketName: bucket.bucketName, s3KeyPrefix: prefix.replace(/\/$/, ''), s3EncryptionEnabled: true };
}

/** What is wrong with a bucket for session logs. */
export function sessionLogBucketProblems(
  s3Regions: readonly string[],
  { logBucket }: SessionManagerOptions,
  { account }: Stack,
): Problem[] {
  if (logBucket === undefined) {
    return [];
  }
  const { account: owner, region: there } = logBucket.env;
  const manager = managerOf(logBucket);
  const problem = (allowed: string, fix: string) => ({ prop: 'remoteAccess.logBucket', got: logBucket, allowed, fix });
  return [
    ...(areConcrete(owner, account) && owner !== account
      ? [
          problem(
            `a bucket of the account ${account}: SSM Agent sets an ACL on what it uploads to another one, and a ` +
              'workload gets no s3:PutObjectAcl',
            'use a bucket of this account, and replicate it to the central one',
          ),
        ]
      : []),
    ...(areConcrete(there, ...s3Regions) && !s3Regions.includes(there)
      ? [problem(`a bucket in ${s3Regions.join(' and ')}, where the S3 endpoint leads`, 'use a bucket there')]
      : []),
    ...(manager === undefined
      ? []
      : [
          problem(
            `a bucket that no other perimeter has, and ${manager.node.path} has this one`,
            'use a bucket for session logs alone',
          ),
        ]),
  ];
}

function areConcrete(...values: readonly string[]): boolean {
  return values.every(isConcrete);
}
