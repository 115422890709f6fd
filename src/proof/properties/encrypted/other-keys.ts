import { dataBuckets, ENCRYPTION_KEYS } from './buckets';
import { ENCRYPTING_ACTIONS } from '../../../iam';
import { CandidateRequest, Exception, valueIn } from '../../candidate-request';
import { targetClasses } from '../../classes';
import { HEADERS, headersOf } from '../../dimensions';
import { looksAt } from '../../exemptions';
import { BucketInput, EncryptionInput, isOwners, knownPolicy } from '../../proof-input';
import { allDenied, arnOf, eachOf, Finding, first, Property, PropertyCheck } from '../../property-check';

export const otherKeys: Property = {
  id: 'encrypted[other-keys]',
  decide: check => eachOf(dataBuckets(check.space.input), arnOf, bucket => underDefault(check, bucket)),
};

function underDefault(check: PropertyCheck, bucket: BucketInput): Finding {
  const { space, assume } = check;
  if (isOwners(bucket)) {
    return assume(`the policy of ${bucket.arn} refuses other keys`);
  }
  const { encryption } = bucket;
  if (encryption === undefined) {
    return assume(`the default encryption of ${bucket.arn}`);
  }
  if (isLeftToWriters(bucket, encryption)) {
    return undefined;
  }
  const holding = space.holding(bucket, ENCRYPTION_KEYS);
  const authorizer = space.authorizers.resource(holding);
  const dimensions = space.dimensions(encryption.keyArn);
  const except: Exception = {
    dimensions: Object.fromEntries(HEADERS.map(name => [name, 'everything'])),
    holds: candidate => asDefault(candidate, encryption),
  };
  return first(targetClasses(space.objects(bucket), [holding]), target =>
    first(ENCRYPTING_ACTIONS, action => allDenied(check, { action, target, dimensions }, authorizer, except)),
  );
}

/** A bucket that serves others too, without a key of its own, leaves the choice to those who write. */
function isLeftToWriters({ exclusive, policy }: BucketInput, { keyArn }: EncryptionInput): boolean {
  return !exclusive && keyArn === undefined && !looksAt(knownPolicy(policy), ENCRYPTION_KEYS);
}

/**
 * Whether an upload is stored under the bucket's default encryption. `UpdateObjectEncryption` knows no keys of the
 * customer.
 */
function asDefault(candidate: CandidateRequest, { algorithm, keyArn }: EncryptionInput): boolean {
  const [header, key, customer] = headersOf(name => valueIn(candidate, name));
  if (customer !== undefined) {
    return candidate.action === 's3:UpdateObjectEncryption';
  }
  if (header === undefined) {
    return key === undefined || key === keyArn;
  }
  return header === algorithm && (keyArn === undefined ? key === undefined : key === keyArn);
}
