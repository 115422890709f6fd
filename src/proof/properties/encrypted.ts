import { BUCKET_ACTIONS, ENCRYPTING_ACTIONS } from '../../iam/facts/actions';
import { GOOD_TRANSPORTS, HEADERS, headersFor, headersOf } from '../dimensions';
import { allDenied, Attempt, ClaimResult, counterexample, Finding, first, Trial, tryClaim } from '../property-check';
import { actionClasses, targetClasses } from '../classes';
import { looksAt } from '../exemptions';
import { ACTOR, actorOf, Exception, narrowed, Scene, usualScene, valueIn } from '../candidate-request';
import { objectSpaces } from '../request-slices';
import { BucketSubject, EncryptionSubject, isOwners, knownPolicy, LogBucketSubject } from '../proof-input';
import type { World } from '../request-space';

const TRANSPORT_FIX = 'deny s3:* on the bucket and its objects where aws:SecureTransport is false, and where s3:TlsVersion is less than 1.2';
const KEY_FIX = 'deny uploads that name another encryption than the bucket\'s default: another algorithm, another key, aws:kms without a key, SSE-C';
const DEFAULT_FIX = 'let uploads through that say nothing about encryption, or name the bucket\'s default and its key';
const REPAIRS: ReadonlySet<string> = new Set(['s3:GetBucketPolicy', 's3:PutBucketPolicy', 's3:DeleteBucketPolicy']);
const SSE_KEYS = ['', '-aws-kms-key-id', '-customer-algorithm'].map(suffix => `s3:x-amz-server-side-encryption${suffix}`);

/**
 * *Encrypted*: no request in plain text or over TLS older than 1.2, whoever makes it; and no upload under another key than the bucket's default,
 * which applies to uploads that say nothing. A bucket that was made for the workload refuses no upload under its default for its encryption.
 */
export function encrypted(world: World): ClaimResult {
  const { logBuckets = [] } = world.subject;
  // what comes through an access point, the policy of its bucket refuses as well
  const buckets = world.subject.buckets.filter(({ accessPointOf }) => accessPointOf === undefined);
  return tryClaim('encrypted', [
    ...[...buckets, ...logBuckets].map((bucket): Attempt => trial => transport(trial, bucket)),
    ...buckets.map((bucket): Attempt => trial => encryption(trial, bucket)),
  ], world);
}

/** The root user of the bucket's account can repair the bucket's policy whatever the policy says. */
function transport({ world, judge, assume }: Trial, bucket: BucketSubject | LogBucketSubject): Finding {
  if (isOwners(bucket)) return assume(`the policy of ${bucket.arn} requires TLS 1.2`);
  const axes = narrowed(world.axes(), 'transport', ({ words }) => !GOOD_TRANSPORTS.includes(words));
  const policy = world.holding(bucket, ['aws:SecureTransport', 's3:TlsVersion']);
  const court = world.courts.resource(policy);
  const repairs: Exception = {
    axes: { [ACTOR]: ({ actor }) => actor?.kind }, holds: scene => actorOf(scene).kind === 'root' && REPAIRS.has(scene.action),
  };
  const documents = [policy];
  const requests = [
    ...objectSpaces(world, bucket, axes, documents),
    ...actionClasses(BUCKET_ACTIONS, documents, [[...REPAIRS]]).map(action => ({ action, target: world.bucket(bucket), axes })),
  ];
  return first(requests, request => allDenied(judge, request, court, TRANSPORT_FIX, repairs));
}

/** A bucket that serves others too, without a key of its own, leaves the choice to those who write. */
function encryption({ world, judge, assume }: Trial, bucket: BucketSubject): Finding {
  const policy = knownPolicy(bucket.policy);
  if (isOwners(bucket)) return assume(`the policy of ${bucket.arn} refuses other keys`);
  if (bucket.encryption === undefined) return assume(`the default encryption of ${bucket.arn}`);
  const { encryption: byDefault } = bucket;
  if (!bucket.dedicated && byDefault.keyArn === undefined && !looksAt(policy, SSE_KEYS)) return undefined;
  const holding = world.holding(bucket, SSE_KEYS);
  const court = world.courts.resource(holding);
  const axes = world.axes(byDefault.keyArn);
  const except: Exception = {
    axes: Object.fromEntries(HEADERS.map(name => [name, 'everything'])), holds: scene => asDefault(scene, byDefault),
  };
  const usual = [{}, headersFor(byDefault.algorithm, byDefault.keyArn)];
  return first(targetClasses(world.objects(bucket), [holding]), target => first(ENCRYPTING_ACTIONS, action =>
    allDenied(judge, { action, target, axes }, court, KEY_FIX, except) ?? first(bucket.dedicated ? usual : [], headers => {
      const scene = usualScene(action, target, axes, headers);
      const decision = judge.decide(scene, court);
      const isRefused = decision.verdict === 'ExplicitlyDenied' && decision.decidedBy[0].policyKind === 'bucket policy';
      return isRefused ? counterexample({ scene, decision }, 'not denied', DEFAULT_FIX) : undefined;
    })));
}

/** Whether an upload is stored under the bucket's default encryption. `UpdateObjectEncryption` knows no keys of the customer. */
function asDefault(scene: Scene, { algorithm, keyArn }: EncryptionSubject): boolean {
  const [header, key, customer] = headersOf(name => valueIn(scene, name));
  if (customer !== undefined) return scene.action === 's3:UpdateObjectEncryption';
  if (header === undefined) return key === undefined || key === keyArn;
  return header === algorithm && (keyArn === undefined ? key === undefined : key === keyArn);
}
