import { asList, serviceOf, StatementJson, wildcardMatch } from '../iam';
import type { Finding } from './rule';
import { isKey, mayMean, PlacedCondition, wrong } from './statements';

const LIST_KEYS = ['s3:prefix', 's3:delimiter', 's3:max-keys'];

const LIST_ACTIONS = [
  's3:listbucket',
  's3:listbucketversions',
  's3:listbucketmultipartuploads',
  's3:listmultipartuploadparts',
];

/**
 * What is wrong with a condition on a documented key that no request of the statement carries.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html
 */
export function neverSent(condition: PlacedCondition): Finding | undefined {
  const { statement, policy, key } = condition;
  const service = serviceOf(key);
  if ((service === 's3' || service === 'kms') && !mentions(statement, service)) {
    return wrong(
      condition,
      `only requests to ${service} carry the condition key ${key}, and the statement is about ${aboutOf(statement)}`,
      `move the condition to the statement about ${service}, or remove it`,
    );
  }
  if (isKey(condition, ...LIST_KEYS) && !includesOne(statement, LIST_ACTIONS)) {
    return wrong(
      condition,
      `only requests that list a bucket carry the condition key ${key}, and the statement is about ${aboutOf(statement)}`,
      'name the objects in the resource instead, as in arn:aws:s3:::bucket/prefix/*, and keep the condition with s3:ListBucket',
    );
  }
  if (isKey(condition, 'aws:SourceIp') && policy.place.endsWith('endpoint')) {
    return wrong(
      condition,
      'no request through a VPC endpoint carries the condition key aws:SourceIp',
      'use aws:VpcSourceIp',
    );
  }
  return undefined;
}

/** S3 has several services that share its keys, such as that of Object Lambda. */
function mentions(statement: StatementJson, service: string): boolean {
  return mayMean(statement, service) || asList(statement.Action).some(action => serviceOf(action).startsWith(service));
}

function includesOne({ Action, NotAction }: StatementJson, actions: readonly string[]): boolean {
  return (
    NotAction !== undefined ||
    asList(Action).some(pattern => actions.some(action => wildcardMatch(pattern.toLowerCase(), action)))
  );
}

function aboutOf({ Action }: StatementJson): string {
  const actions = asList(Action);
  return actions.length > 2 ? `${actions[0]} and the like` : actions.join(' and ');
}
