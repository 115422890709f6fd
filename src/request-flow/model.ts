import type { AssumedComparison, ResourceRef } from '../cloudformation';
import type { AccessRequest, Decision } from '../iam';

/** A statement of a policy that decided something. */
export interface StatementRef {
  /** What the policy is called in a sentence. */
  readonly policy: string;
  /** The resource that contains the policy; absent for policies of AWS. */
  readonly where?: ResourceRef;
  readonly sid?: string;
  /** Counted from 0. */
  readonly index: number;
}

/** One thing that has to be so for the request to get through, or for credentials to be safe. */
export interface FlowCheck {
  readonly ok: boolean;
  /** How it is, or what breaks the flow. */
  readonly sentence: string;
  /** The resource that it is about, or that breaks the flow. */
  readonly where?: ResourceRef;
  /** What to do about it, where it is not so. */
  readonly fix?: string;
  /** The statements that decided it. */
  readonly statements?: readonly StatementRef[];
  /** What is taken for granted, since it is not in the assembly. */
  readonly assumes?: readonly string[];
}

/** A step of the request flow. */
export interface FlowStep {
  readonly step: 1 | 2 | 3;
  readonly title: string;
  /** Whether all its checks are. */
  readonly ok: boolean;
  readonly checks: readonly FlowCheck[];
}

/** A request of the workload, and what the policies say to it. */
export interface DecidedRequest {
  readonly request: AccessRequest;
  readonly decision: Decision;
  /** The statements that decided it. */
  readonly statements: readonly StatementRef[];
  /** The name of the bucket that it is about, also for requests to its key. */
  readonly bucket: string;
  /** The endpoint that it goes through; absent for what S3 asks AWS KMS. */
  readonly endpointId?: string;
}

/** The request flow of one workload. */
export interface RequestFlow {
  readonly workload: ResourceRef;
  /** The path of the construct whose workload it is; absent where nothing tells it. */
  readonly construct?: string;
  /** What is assumed about conditions that are decided at deployment only; usually nothing. */
  readonly assumed: readonly AssumedComparison[];
  /** Whether all steps are. */
  readonly ok: boolean;
  readonly steps: readonly FlowStep[];
  /**
   * The names of the buckets that the role is granted something in: a workload without one has nothing to do with the
   * pattern.
   */
  readonly buckets: readonly string[];
  readonly requests: readonly DecidedRequest[];
}

/** A step of which all checks have to be fine. */
export function stepOf(step: FlowStep['step'], title: string, checks: readonly FlowCheck[]): FlowStep {
  return { step, title, ok: checks.every(({ ok }) => ok), checks };
}

/** A check that holds, perhaps under assumptions. */
export function fine(where: ResourceRef | undefined, sentence: string, assumes: readonly string[] = []): FlowCheck {
  return assumes.length === 0 ? { ok: true, where, sentence } : { ok: true, where, sentence, assumes };
}

/** A check that does not hold. */
export function broken(where: ResourceRef | undefined, sentence: string, fix: string): FlowCheck {
  return { ok: false, where, sentence, fix };
}
