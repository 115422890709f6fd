import type { Answer } from './answer';
import type { ReportedPeer, WorkloadPolicies } from './policies';
import { isListing, Question, Target } from './question';
import { BucketInput, exemptionsOf, OBJECT_ACTIONS, ProofInput, witness } from '../../analysis';
import type { GrantInput } from '../../proof';

/**
 * How an answer stands to what is meant. `exempt`: let in on purpose, from anywhere. `owner`: somebody else's policy
 * says, or is not meant to say anything else.
 */
export type Standing = 'intended' | 'unintended' | 'exempt' | 'owner';

/** What has to come out; absent where nobody says. */
type Expected = 'allowed' | 'denied' | undefined;

type TargetOf<Kind extends Target['kind']> = Target & { readonly kind: Kind };

const CHANGES_POLICY = 's3:PutBucketPolicy';

/** Who is meant to do what: what access lists, exemptions and owners say, and never what the policies happen to allow. */
export class Intention {
  constructor(
    private readonly input: ProofInput,
    private readonly policies: WorkloadPolicies,
  ) {}

  /** How an answer to a question stands to what is meant. */
  public standingOf(question: Question, { outcome }: Pick<Answer, 'outcome'>): Standing {
    if (outcome === 'depends') {
      return 'owner';
    }
    const expected = this.expected(question);
    if (expected !== undefined) {
      return expected === outcome ? 'intended' : 'unintended';
    }
    if (outcome === 'denied') {
      return 'intended';
    }
    return this.isExempt(question) ? 'exempt' : this.isOwners(question.target) ? 'owner' : 'intended';
  }

  private expected(question: Question): Expected {
    const { target } = question;
    switch (target.kind) {
      case 'bucket':
        return this.expectedOfBucket(question, target);
      case 'key':
        return this.expectedOfKey(question, target);
      default:
        return 'denied';
    }
  }

  private expectedOfBucket(question: Question, target: TargetOf<'bucket'>): Expected {
    const bucket = this.bucketAt(target.index);
    if (question.who === 'workload') {
      return this.expectedOfWorkload(question, bucket);
    }
    return this.isOwners(target) || this.isExempt(question) ? undefined : this.expectedOfOthers(question, bucket);
  }

  private expectedOfOthers(question: Question, bucket: BucketInput | undefined): Expected {
    const { who, from, action } = question;
    const peer = peerAt(who, this.policies);
    if (peer !== undefined) {
      return grantedTo(peer, bucket, question) && from !== 'internet' ? undefined : 'denied';
    }
    if (action === CHANGES_POLICY) {
      return this.expectedOfAdministrator(question, bucket?.account);
    }
    return who === 'deployer' && action === 's3:ListBucket' ? undefined : 'denied';
  }

  /** Administrators, the root user and CloudFormation keep their ways in, from where they work. */
  private expectedOfAdministrator({ who, from }: Question, owner: string | undefined): Expected {
    if (!this.administrators(owner).includes(who)) {
      return 'denied';
    }
    return from === 'internet' ? 'allowed' : undefined;
  }

  private administrators(owner: string | undefined): readonly string[] {
    return owner === this.policies.account ? ['admin', 'root', 'deployer'] : [`owner-${owner}`];
  }

  /** What the access list grants gets through from where the workload is, and nothing from anywhere else. */
  private expectedOfWorkload(question: Question, bucket: BucketInput | undefined): Expected {
    const { from } = question;
    const declared = this.declaredFor(bucket);
    if (!from.startsWith('endpoint-')) {
      const isUnbound = from.startsWith('neighbour-') && this.input.credentialBinding === false;
      return isUnbound ? undefined : 'denied';
    }
    if (declared === undefined || isGranted(declared, question)) {
      return declared && expectedSo(question, bucket);
    }
    return 'denied';
  }

  private expectedOfKey(question: Question, { index }: TargetOf<'key'>): Expected {
    const { arn, account } = this.policies.keys[index];
    const key = this.input.keys.find(each => each.arn === arn);
    if (key === undefined || key.policy === 'unknown' || !key.exclusive) {
      return undefined;
    }
    const { who, from, action } = question;
    if (action === 'kms:PutKeyPolicy') {
      return who.startsWith('exempt-') ? undefined : this.expectedOfAdministrator(question, account);
    }
    const mayUse = /^(workload$|peer-|exempt-)/.test(who) && action !== 'kms:CreateGrant';
    return from === 's3' && mayUse ? undefined : 'denied';
  }

  private declaredFor(bucket: BucketInput | undefined): readonly GrantInput[] | undefined {
    const ways = this.input.buckets.filter(each => each === bucket || each.accessPointOf === bucket?.arn);
    const declared = ways.flatMap(each => (each.declared === undefined ? [] : [each.declared]));
    return declared.length === 0 ? undefined : declared.flat();
  }

  private isExempt({ who, target, from }: Question): boolean {
    const { exempt } = this.policies;
    const named = who.startsWith('exempt-') ? exempt[Number(who.slice('exempt-'.length))] : undefined;
    if (named === undefined) {
      return false;
    }
    if (target.kind === 'key') {
      return from === 's3';
    }
    const bucket = target.kind === 'bucket' ? this.bucketAt(target.index) : undefined;
    return bucket !== undefined && exemptionsOf(bucket, this.input).some(each => witness(each) === named.arn);
  }

  /** Whether what its policy keeps out is for somebody else to say. */
  private isOwners(target: Target): boolean {
    if (target.kind !== 'bucket') {
      return false;
    }
    const bucket = this.bucketAt(target.index);
    return bucket === undefined || isKeptByOwner(bucket);
  }

  private bucketAt(index: number): BucketInput | undefined {
    return this.input.buckets.find(({ arn }) => arn === this.policies.buckets[index]?.arn);
  }
}

/** The other workload that asks, if it is one. */
function peerAt(who: string, { peers }: WorkloadPolicies): ReportedPeer | undefined {
  return who.startsWith('peer-') ? peers[Number(who.slice('peer-'.length))] : undefined;
}

function grantedTo({ grants }: ReportedPeer, bucket: BucketInput | undefined, question: Question): boolean {
  return grants.some(each => each.arn === bucket?.arn && isGranted(each.grants, question));
}

function isKeptByOwner({ policy, keepsOwnPolicy }: BucketInput): boolean {
  return policy === 'unknown' || keepsOwnPolicy === true;
}

/** What is granted gets through over TLS and under the encryption of the bucket; elsewhere its owner says. */
function expectedSo({ tls = '1.3', encryption = 'none' }: Question, bucket: BucketInput | undefined): Expected {
  const isSafe = ['1.2', '1.3'].includes(tls);
  const isDefault = ['none', 'own key'].includes(encryption);
  if (bucket !== undefined && isKeptByOwner(bucket)) {
    return encryption === 'none' && isSafe ? 'allowed' : undefined;
  }
  return isSafe && isDefault ? 'allowed' : 'denied';
}

/** Whether an access list grants what a question is about. */
function isGranted(grants: readonly GrantInput[], { action, target }: Question): boolean {
  const { object, prefix: listed } = target as TargetOf<'bucket'>;
  return grants.some(({ actions, prefix = '', key }) => {
    if (!actions.includes(action)) {
      return false;
    }
    if (OBJECT_ACTIONS.includes(action)) {
      return key === undefined ? object?.startsWith(prefix) === true : object === key;
    }
    return key === undefined && (prefix === '' || !isListing(action) || listed?.startsWith(prefix) === true);
  });
}
