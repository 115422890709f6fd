import { BUCKET_ACTIONS, ENCRYPTING_ACTIONS } from '../../iam';
import {
  PRINCIPAL,
  principalOf,
  Exception,
  narrowed,
  CandidateRequest,
  usualCandidate,
  valueIn,
} from '../candidate-request';
import { actionClasses, targetClasses } from '../classes';
import { GOOD_TRANSPORTS, HEADERS, headersFor, headersOf } from '../dimensions';
import { looksAt } from '../exemptions';
import { BucketInput, EncryptionInput, isOwners, knownPolicy, LogBucketInput } from '../proof-input';
import {
  allDenied,
  Property,
  ClaimResult,
  counterexample,
  Finding,
  first,
  PropertyCheck,
  tryClaim,
} from '../property-check';
import { objectSlices } from '../request-slices';
import type { RequestSpace } from '../request-space';

const TRANSPORT_FIX =
  'deny s3:* on the bucket and its objects where aws:SecureTransport is false, and where s3:TlsVersion is less than 1.2';
const KEY_FIX =
  "deny uploads that name another encryption than the bucket's default: another algorithm, another key, aws:kms without a key, SSE-C";
const DEFAULT_FIX = "let uploads through that say nothing about encryption, or name the bucket's default and its key";
const REPAIRS: ReadonlySet<string> = new Set(['s3:GetBucketPolicy', 's3:PutBucketPolicy', 's3:DeleteBucketPolicy']);
const SSE_KEYS = ['', '-aws-kms-key-id', '-customer-algorithm'].map(
  suffix => `s3:x-amz-server-side-encryption${suffix}`,
);

/**
 * *Encrypted*: no request in plain text or over TLS older than 1.2, whoever makes it; and no upload under another key
 * than the bucket's default, which applies to uploads that say nothing. A bucket that was made for the workload
 * refuses no upload under its default for its encryption.
 */
export function encrypted(space: RequestSpace): ClaimResult {
  const { logBuckets = [] } = space.input;
  // what comes through an access point, the policy of its bucket refuses as well
  const buckets = space.input.buckets.filter(({ accessPointOf }) => accessPointOf === undefined);
  return tryClaim(
    'encrypted',
    [
      ...[...buckets, ...logBuckets].map(
        (bucket): Property =>
          check =>
            transport(check, bucket),
      ),
      ...buckets.map(
        (bucket): Property =>
          check =>
            encryption(check, bucket),
      ),
    ],
    space,
  );
}

/** The root user of the bucket's account can repair the bucket's policy whatever the policy says. */
function transport({ space, search, assume }: PropertyCheck, bucket: BucketInput | LogBucketInput): Finding {
  if (isOwners(bucket)) {
    return assume(`the policy of ${bucket.arn} requires TLS 1.2`);
  }
  const dimensions = narrowed(space.dimensions(), 'transport', ({ words }) => !GOOD_TRANSPORTS.includes(words));
  const policy = space.holding(bucket, ['aws:SecureTransport', 's3:TlsVersion']);
  const authorizer = space.authorizers.resource(policy);
  const repairs: Exception = {
    dimensions: { [PRINCIPAL]: ({ principal }) => principal?.kind },
    holds: candidate => principalOf(candidate).kind === 'root' && REPAIRS.has(candidate.action),
  };
  const documents = [policy];
  const requests = [
    ...objectSlices(space, bucket, dimensions, documents),
    ...actionClasses(BUCKET_ACTIONS, documents, [[...REPAIRS]]).map(action => ({
      action,
      target: space.bucket(bucket),
      dimensions,
    })),
  ];
  return first(requests, request => allDenied(search, request, authorizer, TRANSPORT_FIX, repairs));
}

/** A bucket that serves others too, without a key of its own, leaves the requestClass to those who write. */
function encryption({ space, search, assume }: PropertyCheck, bucket: BucketInput): Finding {
  const policy = knownPolicy(bucket.policy);
  if (isOwners(bucket)) {
    return assume(`the policy of ${bucket.arn} refuses other keys`);
  }
  if (bucket.encryption === undefined) {
    return assume(`the default encryption of ${bucket.arn}`);
  }
  const { encryption: byDefault } = bucket;
  if (!bucket.exclusive && byDefault.keyArn === undefined && !looksAt(policy, SSE_KEYS)) {
    return undefined;
  }
  const holding = space.holding(bucket, SSE_KEYS);
  const authorizer = space.authorizers.resource(holding);
  const dimensions = space.dimensions(byDefault.keyArn);
  const except: Exception = {
    dimensions: Object.fromEntries(HEADERS.map(name => [name, 'everything'])),
    holds: candidate => asDefault(candidate, byDefault),
  };
  const usual = [{}, headersFor(byDefault.algorithm, byDefault.keyArn)];
  return first(targetClasses(space.objects(bucket), [holding]), target =>
    first(
      ENCRYPTING_ACTIONS,
      action =>
        allDenied(search, { action, target, dimensions }, authorizer, KEY_FIX, except) ??
        first(bucket.exclusive ? usual : [], headers => {
          const candidate = usualCandidate(action, target, dimensions, headers);
          const decision = search.decide(candidate, authorizer);
          const isRefused =
            decision.verdict === 'ExplicitlyDenied' && decision.decidedBy[0].policyKind === 'bucket policy';
          return isRefused ? counterexample({ candidate, decision }, 'not denied', DEFAULT_FIX) : undefined;
        }),
    ),
  );
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
