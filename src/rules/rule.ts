import type { AssemblyModel, GuardrailModel, ResourceRef, WorkloadModel } from '../cloudformation';
import type { PolicyJson, StatementJson } from '../iam';
import type { Proof } from '../proof';
import type { RequestFlow, StatementRef } from '../request-flow';
import type { RuleId } from './rule-metadata';

/** What a policy is attached to. */
export type PolicyPlace =
  | 'managed policy'
  | 'inline policy'
  | 'trust policy'
  | 'permissions boundary'
  | 'S3 endpoint'
  | 'other endpoint'
  | 'bucket'
  | 'key'
  | GuardrailModel['kind'];

/** A policy that takes part in what a workload may do. */
export interface PlacedPolicy {
  readonly place: PolicyPlace;
  /** What the policy is called in a sentence. */
  readonly name: string;
  readonly document: PolicyJson;
  /** The resource that contains it; absent for policies of AWS. */
  readonly where?: ResourceRef;
  /** Whether it is the policy of a gateway endpoint. */
  readonly ofGateway?: boolean;
}

/** What is known about a workload when the rules look at it. */
export interface Evidence {
  readonly workload: WorkloadModel;
  readonly model: AssemblyModel;
  readonly flow: RequestFlow;
  readonly proof?: Proof;
  readonly policies: readonly PlacedPolicy[];
}

/** Something that breaks a rule. */
export interface Finding {
  /** The resource that it is about; absent if it is about the workload as a whole. */
  readonly where?: ResourceRef;
  /** What is wrong, in words that somebody who sees the pattern for the first time understands. */
  readonly description: string;
  /** What to do about it. */
  readonly fix: string;
  /** The policy that is wrong, by the resource that contains it or by its name, and which statement of it. */
  readonly cause?: { readonly place: string; readonly statement?: StatementJson; readonly index?: number };
  /** The Deny that refuses the request that it is about. */
  readonly refusedBy?: StatementRef;
  /** Whether it may be right all the same, so that it is said and fails nothing. */
  readonly isDoubt?: boolean;
}

/** A rule, in a file that has its id for a name. */
export interface Rule {
  readonly id: RuleId;
  readonly check: (evidence: Evidence) => readonly Finding[];
}
