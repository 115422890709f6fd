import {
  AssemblyModel,
  modelOf,
  modelsOf,
  PathEntries,
  readAssembly,
  resolvedAssemblies,
  ResolvedAssembly,
  ResourceRef,
  Unresolved,
  WorkloadModel,
} from '../cloudformation';
import { ClaimName, CLAIMS, Proof, ProofInput, proofInputsOf, prove } from '../proof';
import { RequestFlow, requestFlows } from '../request-flow';
import { findingsOf, LINT_RULES, placedPolicies, RULES } from '../rules';

export { ruleAlong } from '../request-flow';
export { organizationIn } from '../request-flow';
export { decide } from '../iam';
export { asList } from '../iam';
export { isAccessPoint } from '../iam';
export { wayThrough } from '../proof';
export { keyActionsFor, OBJECT_ACTIONS } from '../iam';
export { deployersOf, EXTERNAL_ACCOUNT } from '../proof';
export { witness } from '../proof';
export { exemptionsOf } from '../proof';
export { policiesOf } from '../proof';
export { isBelow, isSymbolic, nameOf } from '../cloudformation';
export type {
  Acknowledgement,
  BucketModel,
  DeliveryModel,
  ResolvedResource,
  ResourceRef,
  RoleModel,
  SubnetModel,
  Unresolved,
} from '../cloudformation';
export type { BucketInput, ProofInput } from '../proof';
export type { FlowCheck, FlowStep } from '../request-flow';

/** What is reported where a policy is not one. */
const UNDECIDABLE = 'undecidable-policy';

/** The names of the claims and of the rules beside them. */
export const RULE_IDS: readonly string[] = [...CLAIMS, ...RULES.map(({ id }) => id), UNDECIDABLE];

/** The names of the rules about what neither the request flow nor the claims look at. */
export const LINT_IDS: readonly string[] = LINT_RULES.map(({ id }) => id);

/** What it means that a claim does not hold. */
const MEANS: Readonly<Record<ClaimName, string>> = {
  works: 'the role cannot do exactly what its access list says',
  closed: 'somebody reaches the data or its logs beside the intended path',
  'no-way-out': 'data can be taken to a bucket outside the accounts of the data buckets',
  encrypted: 'a request with old or no TLS, or with another encryption, gets through',
  bound: 'credentials of the role are of use outside the instance that they were issued to',
  'not-locked-out': 'a policy locks CloudFormation, administrators or root out',
  guarded: 'the guardrails of the organization stop a deployment, lock administrators out or leave a hole',
  'no-dead-statement': 'a statement changes no decision of its policy',
};

/** Something that is not as it has to be: a claim that does not hold, or a rule that is broken. */
export interface Violation {
  /** The name of the claim or of the rule. */
  readonly rule: string;
  /** The workload that it is about. */
  readonly workload: ResourceRef;
  /** The path of the construct whose workload it is; absent where nothing tells it. */
  readonly construct?: string;
  /** The resource that it is about, if it is not the workload as a whole. */
  readonly where?: ResourceRef;
  /** What is wrong; for a claim the counterexample. */
  readonly description: string;
  /** What to do about it. */
  readonly fix: string;
  /** A warning is said, and fails no synthesis. */
  readonly severity: 'error' | 'warning';
}

/** What there is to say of a cloud assembly. */
export interface Examination {
  /** Whether there is a workload, and nothing is violated. */
  readonly ok: boolean;
  readonly flows: readonly RequestFlow[];
  readonly proofs: readonly Proof[];
  readonly violations: readonly Violation[];
  /** What could not be read, so that nothing was concluded from it. */
  readonly unresolved: readonly Unresolved[];
}

interface Proven {
  readonly proof?: Proof;
  readonly violations: readonly Violation[];
}

/** How an assembly is examined. */
export interface ExamineOptions {
  /** The path of what is deployed now: then every mix of old and new that an update can pass is looked at, too. */
  readonly previous?: string;
  /** The construct paths of resources, where the assembly does not tell them. */
  readonly entries?: PathEntries;
  /** The workloads to look at; all that may use S3, if it is not given. */
  readonly only?: (workload: WorkloadModel) => boolean;
}

/**
 * Walks the request flow, tries the proof and applies the rules, for every workload that may use S3.
 *
 * @param path a cloud assembly, or a template in JSON
 * @param options which workloads, and what is deployed now
 */
export function examine(path: string, { previous, entries, only = () => true }: ExamineOptions = {}): Examination {
  const before =
    previous === undefined
      ? []
      : modelsOf(readAssembly(previous)).flatMap(model => proofInputsOf(model, requestFlows(model)));
  const models = modelsOf(readAssembly(path, { entries }));
  const parts = models.flatMap(model => examineModel(model, before, only));
  const violations = distinct(parts.flatMap(part => part.violations));
  const flows = parts.map(({ flow }) => flow);
  const proofs = parts.flatMap(({ proof }) => proof ?? []);
  return {
    ok:
      flows.length > 0 &&
      proofs.every(({ holds }) => holds) &&
      violations.every(({ severity }) => severity === 'warning'),
    flows,
    proofs,
    violations,
    unresolved: models.flatMap(({ unresolved }) => unresolved),
  };
}

/** What there is to say of one workload, with everything that it was concluded from. */
export interface ExaminedWorkload {
  readonly workload: WorkloadModel;
  readonly model: AssemblyModel;
  /** What the templates say, of resources that the model leaves out as well. */
  readonly reading: ResolvedAssembly;
  readonly flow: RequestFlow;
  /** What the proof is about; absent if nothing tells the role. */
  readonly input?: ProofInput;
  /** Absent if nothing can be proven. */
  readonly proof?: Proof;
  readonly violations: readonly Violation[];
}

/** The workloads of an assembly that may use S3, one by one, for the access report. */
export function examineWorkloads(path: string): ExaminedWorkload[] {
  return resolvedAssemblies(readAssembly(path)).flatMap(reading => {
    const model = modelOf(reading);
    return examineModel(model, [], () => true).map(examined => ({ ...examined, model, reading }));
  });
}

function examineModel(
  model: AssemblyModel,
  before: readonly ProofInput[],
  only: (workload: WorkloadModel) => boolean,
): Array<Omit<ExaminedWorkload, 'model' | 'reading'>> {
  const all = requestFlows(model);
  const inputs = proofInputsOf(model, all);
  const looked = model.workloads
    .map((workload, index) => ({ workload, flow: all[index] }))
    .filter(({ workload, flow }) => flow.buckets.length > 0 && only(workload));
  return looked.map(({ workload, flow }) => {
    const input = inputs.find(({ where }) => where === workload.where);
    const { proof, violations } = tryProof(
      workload,
      input,
      before.find(({ name }) => name === input?.name),
    );
    return { workload, flow, input, proof, violations: [...violations, ...violationsOf(workload, flow, proof, model)] };
  });
}

/**
 * A policy that IAM would refuse cannot be proven anything about: that is a violation, not the end of the
 * examination.
 */
function tryProof(workload: WorkloadModel, input: ProofInput | undefined, previous: ProofInput | undefined): Proven {
  try {
    return { proof: input && prove(input, { previous }), violations: [] };
  } catch (error) {
    const description = `nothing can be proven: ${error instanceof Error ? error.message : String(error)}`;
    const fix = 'correct the policy; IAM refuses it, too';
    return { violations: [{ rule: UNDECIDABLE, ...placeOf(workload), description, fix, severity: 'error' }] };
  }
}

function placeOf({ where, declaration }: WorkloadModel): Pick<Violation, 'workload' | 'construct'> {
  return { workload: where, ...(declaration === undefined ? {} : { construct: declaration.constructPath }) };
}

function violationsOf(
  workload: WorkloadModel,
  flow: RequestFlow,
  proof: Proof | undefined,
  model: AssemblyModel,
): Violation[] {
  const broken = findingsOf({ workload, model, flow, proof, policies: placedPolicies(workload, flow, model) }).map(
    ({ isDoubt, ...finding }) => ({
      ...finding,
      severity: isDoubt === true ? ('warning' as const) : ('error' as const),
    }),
  );
  const failed = (proof?.claims ?? []).flatMap(({ claim, counterexample }) =>
    counterexample === undefined
      ? []
      : [
          {
            rule: claim,
            description: `${MEANS[claim]}: ${counterexample.request}: ${counterexample.decision}, expected: ${counterexample.expected}`,
            fix: counterexample.fix,
            severity: claim === 'no-dead-statement' ? ('warning' as const) : ('error' as const),
          },
        ],
  );
  return [...failed, ...broken].map(each => ({ ...placeOf(workload), ...each }));
}

/** Readings of an assembly that differ in an open condition have most violations in common. */
function distinct(violations: readonly Violation[]): Violation[] {
  return [...new Map(violations.map(each => [JSON.stringify(each), each])).values()];
}
