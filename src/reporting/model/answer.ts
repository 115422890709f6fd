import { askerNamed, endpointOf } from './choices';
import type { WorkloadPolicies, ReportedAccessPoint, ReportedBucket, KnownOrNot } from './policies';
import { accessRequestOf, keyRequestOf, Question, targetOf } from './question';
import type { AccessRequest, Decision, PolicyJson, PolicyReference, PolicySet } from '../../iam';

/** The evaluator. Command and page have it from different bundles, so that it is handed in. */
export type Decide = (request: AccessRequest, policies: PolicySet) => Decision;

/** `depends`: a policy that the assembly does not tell decides it. */
export type Outcome = 'allowed' | 'denied' | 'depends';

/** A policy that took part in a decision. */
export interface Witness {
  readonly policy: string;
  /** The part of the picture where the policy is. */
  readonly part: string;
  /** The statement; absent where the policy lacks one. */
  readonly sid?: string;
}

/** What the policies say to a question. */
export interface Answer {
  readonly outcome: Outcome;
  readonly sentence: string;
  readonly by: readonly Witness[];
}

const ANYTHING = 'AnythingThatAllows';

const UNLIMITED: readonly PolicyJson[] = [
  { Version: '2012-10-17', Statement: [{ Sid: ANYTHING, Effect: 'Allow', Action: '*', Resource: '*' }] },
];

/** What a policy that is not known allows at most. */
const OPEN: PolicyJson = {
  Version: '2012-10-17',
  Statement: [{ Sid: ANYTHING, Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
};

/** What has a policy, and what it is called. */
interface PolicyOwner {
  readonly label: string;
  readonly policy?: KnownOrNot;
}

/** What is not in the picture may allow anything. */
const STRANGER: PolicyOwner = { label: 'the bucket of a stranger', policy: OPEN };

/** A policy, and the part of the picture where it is. */
type NamedPolicy = Pick<Witness, 'policy' | 'part'>;

/** A request about one resource, the policies for it, and what they are called. */
interface Case {
  readonly request: AccessRequest;
  readonly policies: PolicySet;
  /** The part of the picture that has the resource's policy. */
  readonly part: string;
  readonly policyName: string;
  readonly isKnown: boolean;
}

/** Decides questions about a workload. */
export class WhatIf {
  constructor(
    private readonly policies: WorkloadPolicies,
    private readonly decide: Decide,
  ) {}

  /** Decides a question: through the access point where the workload has one, and past it. */
  public answer(question: Question): Answer {
    return mostOpen(this.ways(question).map(way => this.answerFor(way, question)));
  }

  /** S3's own decision first, then that on the key that S3 uses for the caller. */
  private answerFor(cases: readonly Case[], question: Question): Answer {
    const decided = cases.map(each => ({ ...each, decision: this.decide(each.request, each.policies) }));
    const denied = decided.find(({ decision }) => decision.verdict !== 'Allowed');
    if (denied !== undefined) {
      return this.denied(denied.decision, denied, question);
    }
    const by = decided.flatMap(each =>
      each.decision.decidedBy.map(reference => this.witness(reference, each, question)),
    );
    return cases.every(each => each.isKnown || this.isGranted(each, question))
      ? this.allowed(
          distinct(by),
          decided.every(({ isKnown }) => isKnown),
          question,
        )
      : leftToOwner(distinct(by));
  }

  /** Whether the role's own policies allow something, and not only what a policy that is not known may say. */
  private isGranted({ request, policies }: Case, { who }: Question): boolean {
    const { isWorkload, account } = askerNamed(who, this.policies);
    if (!isWorkload || account === undefined) {
      return false;
    }
    const resourcePolicy = policies.resourcePolicy === OPEN ? delegatingTo(account) : policies.resourcePolicy;
    return this.decide(request, { ...policies, resourcePolicy }).verdict === 'Allowed';
  }

  /** The requests that are decided for a question, with the policies that decide them. */
  public cases(question: Question): Case[] {
    return this.ways(question)[0];
  }

  /** The ways to what a question is about, each with the requests that S3 and KMS decide on it. */
  private ways(question: Question): Case[][] {
    const { target } = question;
    const bucket = target.kind === 'bucket' ? this.policies.buckets[target.index] : undefined;
    const byKey = bucket?.keyArn === undefined ? [] : this.keyCases(question, bucket, bucket.keyArn);
    const direct = this.caseFor(question);
    if (bucket?.accessPoint === undefined) {
      return [[direct, ...byKey]];
    }
    const { accessPoint } = bucket;
    const through = this.caseFor({ ...question, accessPoint: accessPoint.arn });
    return [
      [onAccessPoint(through, bucket, accessPoint), through, ...byKey],
      [direct, ...byKey],
    ];
  }

  private caseFor(question: Question): Case {
    const { target } = question;
    const { policy, label } = this.ownerOf(target);
    const kind = target.kind === 'key' ? 'key' : 'bucket';
    const endpoint = this.endpointFor(question);
    return {
      request: accessRequestOf(question, this.policies),
      policies: {
        ...this.ownPolicies(question.who),
        ...this.guardrails(question.who, targetOf(target, this.policies).account),
        resourcePolicy: policy === 'unknown' ? OPEN : policy,
        resourcePolicyKind: kind,
        endpointPolicy: endpoint?.policy === 'unknown' ? undefined : endpoint?.policy,
        endpointKind: endpoint?.kind,
      },
      part: target.kind === 'stranger' ? 'strangers' : `${target.kind}-${target.index}`,
      policyName: `${kind} policy of ${label}`,
      isKnown: policy !== 'unknown' && endpoint?.policy !== 'unknown',
    };
  }

  /** What a question is about, as far as its policy is concerned. */
  private ownerOf(target: Question['target']): PolicyOwner {
    const { buckets, keys } = this.policies;
    switch (target.kind) {
      case 'bucket':
        return buckets[target.index] ?? STRANGER;
      case 'key':
        return keys[target.index] ?? STRANGER;
      default:
        return STRANGER;
    }
  }

  /** The endpoint that a request takes; those to KMS take none. */
  private endpointFor({ target, from }: Question): WorkloadPolicies['endpoints'][number] | undefined {
    const index = endpointOf(from);
    return index === undefined || target.kind === 'key' ? undefined : this.policies.endpoints[index];
  }

  private keyCases(question: Question, bucket: ReportedBucket, keyArn: string): Case[] {
    const index = this.policies.keys.findIndex(({ arn }) => arn === keyArn);
    const key = this.policies.keys[index];
    if (key === undefined || question.encryption === 'another key' || question.encryption === 'S3 keys') {
      return [];
    }
    return (this.policies.keyActions[question.action] ?? []).map(action => ({
      request: keyRequestOf(action, question, bucket, key, this.policies),
      policies: {
        ...this.ownPolicies(question.who),
        ...this.guardrails(question.who, key.account),
        resourcePolicy: key.policy === 'unknown' ? OPEN : key.policy,
        resourcePolicyKind: 'key',
      },
      part: `key-${index}`,
      policyName: `key policy of ${key.label}`,
      isKnown: key.policy !== 'unknown',
    }));
  }

  private ownPolicies(who: string): PolicySet {
    const { role } = this.policies;
    const { isWorkload, peer } = askerNamed(who, this.policies);
    if (peer !== undefined) {
      return { identityPolicies: peer.policies ?? UNLIMITED, permissionsBoundary: peer.boundary };
    }
    return isWorkload
      ? {
          identityPolicies: role.policies.map(({ document }) => document),
          permissionsBoundary: role.boundary?.document,
        }
      : { identityPolicies: UNLIMITED };
  }

  /** The policies of the organization, as far as the assembly has them. */
  private guardrails(who: string, resourceAccount: string): PolicySet {
    const { serviceControlPolicies, resourceControlPolicies, account } = this.policies;
    return {
      serviceControlPolicies: askerNamed(who, this.policies).account === account ? serviceControlPolicies : undefined,
      resourceControlPolicies: resourceAccount === account ? resourceControlPolicies : undefined,
    };
  }

  private denied({ verdict, decidedBy }: Decision, { part, policyName }: Case, question: Question): Answer {
    const by = decidedBy.map(reference => this.witness(reference, { part, policyName }, question));
    if (verdict === 'ExplicitlyDenied') {
      return {
        outcome: 'denied',
        by,
        sentence: `Denied: statement ${by[0].sid ?? ''} of the ${by[0].policy} denies it.`,
      };
    }
    return {
      outcome: 'denied',
      by,
      sentence: `Denied: no statement of the ${by.map(({ policy }) => policy).join(' or the ')} allows it.`,
    };
  }

  /** Nobody's own policies are in the picture but the role's. */
  private allowed(by: readonly Witness[], isKnown: boolean, { who }: Question): Answer {
    const named = by.filter(({ sid }) => sid !== ANYTHING);
    const granted =
      named.length === 0
        ? 'no statement denies it'
        : `${named.map(({ policy, sid }) => (sid === undefined ? `the ${policy}` : `statement ${sid} of the ${policy}`)).join(', ')} ` +
          `${named.length === 1 ? 'lets' : 'let'} it through`;
    const { isWorkload, peer } = askerNamed(who, this.policies);
    const isOwn = isWorkload || peer?.policies !== undefined || who === 'root';
    const provided = isOwn ? '' : ", if the caller's own policies allow it";
    return {
      outcome: 'allowed',
      by: named,
      sentence: `Allowed: ${granted}${isKnown ? provided : ', if the policies that others keep let it through, too'}.`,
    };
  }

  private witness(
    reference: PolicyReference,
    { part, policyName }: Pick<Case, 'part' | 'policyName'>,
    { who, from }: Question,
  ): Witness {
    const sid = sidOf(reference);
    switch (reference.policyKind) {
      case 'identity policy':
        return { sid, ...this.identityPart(reference, who) };
      case 'permissions boundary':
        return askerNamed(who, this.policies).isWorkload
          ? { sid, policy: 'permissions boundary of the role', part: 'role' }
          : { sid, policy: 'permissions boundary of the caller', part: '' };
      case 'endpoint policy':
        return { sid, ...this.endpointPart(from) };
      case 'bucket policy':
      case 'key policy':
        return { sid, policy: policyName, part };
      case 'root user':
        return { policy: 'full access of the root user', part: '' };
      default:
        return { sid, policy: reference.policyKind, part: 'organization' };
    }
  }

  private identityPart({ policyIndex = 0, statementIndex }: PolicyReference, who: string): NamedPolicy {
    const { isWorkload, peer } = askerNamed(who, this.policies);
    if (!isWorkload) {
      return { policy: peer === undefined ? "caller's own policies" : `policies of ${peer.label}`, part: '' };
    }
    const { policies } = this.policies.role;
    const isOneOfMany = policies.length > 1 && statementIndex !== undefined;
    return { policy: isOneOfMany ? `role policy ${policies[policyIndex].name}` : 'role policy', part: 'role' };
  }

  private endpointPart(from: Question['from']): NamedPolicy {
    const index = endpointOf(from) ?? 0;
    return { policy: `endpoint policy of ${this.policies.endpoints[index]?.label}`, part: `endpoint-${index}` };
  }
}

/** The name of a statement, or its number. */
function sidOf({ statementIndex, sid }: PolicyReference): string | undefined {
  return statementIndex === undefined ? undefined : (sid ?? `#${statementIndex + 1}`);
}

/** What a policy that is not known has to allow at least: what the account's own policies allow. */
function delegatingTo(account: string): PolicyJson {
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: account }, Action: '*', Resource: '*' }],
  };
}

function leftToOwner(by: readonly Witness[]): Answer {
  return {
    outcome: 'depends',
    by: by.filter(({ sid }) => sid !== ANYTHING),
    sentence: 'The owner decides: a policy that is not part of this app may let it through.',
  };
}

/** The answer that lets most through: whoever asks takes that way. */
export function mostOpen<T extends Pick<Answer, 'outcome'>>(answers: readonly T[]): T {
  return (
    answers.find(({ outcome }) => outcome === 'allowed') ??
    answers.find(({ outcome }) => outcome === 'depends') ??
    answers[0]
  );
}

/** The same request, as S3 decides it on the access point. */
function onAccessPoint(through: Case, bucket: ReportedBucket, { arn, label, policy }: ReportedAccessPoint): Case {
  const key = through.request.resource.slice(bucket.arn.length + 1);
  return {
    ...through,
    request: { ...through.request, resource: key === '' ? arn : `${arn}/object/${key}` },
    policies: { ...through.policies, resourcePolicy: policy === 'unknown' ? OPEN : policy },
    policyName: `policy of ${label}`,
    isKnown: through.isKnown && policy !== 'unknown',
  };
}

/** What decided, in as few words as a cell of a table has. */
export function brieflyBy({ outcome, by: [first] }: Pick<Answer, 'outcome' | 'by'>): string {
  if (outcome === 'depends') {
    return 'its owner decides';
  }
  if (first?.sid !== undefined) {
    return first.sid;
  }
  if (outcome === 'allowed') {
    return first?.policy ?? 'nothing denies it';
  }
  return `not in the ${first?.policy.replace(/ of .*$/s, '') ?? 'policies'}`;
}

function distinct(by: readonly Witness[]): Witness[] {
  return [...new Map(by.map(each => [`${each.policy} ${each.sid}`, each])).values()];
}
