import {
  Acknowledgement,
  AssemblyModel,
  BROKEN_FILE,
  modelOf,
  modelsOf,
  readAssembly,
  ReadOptions,
  resolvedAssemblies,
  ResolvedAssembly,
  Unresolved,
  WorkloadModel,
} from '../cloudformation';
import { acknowledgedInReport, refused, Sorted, withAcknowledgements } from './acknowledgements';
import { byCause, Causes } from './causes';
import type { Examination } from './examination';
import { internalError } from './internal-error';
import { Readable, readable } from './malformed-policies';
import { propertyViolations } from './property-violations';
import { Prover } from './prover';
import { holds, Violation } from './violation';
import { originalOf, PolicyJson } from '../iam';
import { policiesOf, Proof, ProofInput, proofInputsOf } from '../proof';
import { RequestFlow, requestFlows } from '../request-flow';
import { Evidence, findingsOf, placedPolicies, RULE_METADATA } from '../rules';

export { PLUGIN_NAME } from './acknowledgements';
export { byCause } from './causes';
export { sentenceOf } from './property-violations';
export { CATALOG, claims, FINDING_IDS, isFindingId } from './catalog';
export type { FindingId } from './catalog';
export { greenLine } from './green-line';
export { internalError, messageOf } from './internal-error';
export type { Examination } from './examination';
export type { Finding, Place, Summary } from './finding';
export { findingsIn, summaryOf } from './findings';
export { Spelling } from './spelling';
export { holds, oneByOne, pathOf } from './violation';
export type { AcceptedViolation, Violation } from './violation';

export { nearest } from '../rules';
export { routesOutOf } from '../request-flow';
export { organizationIn } from '../request-flow';
export { decide } from '../iam';
export { asList } from '../iam';
export { ipRangeOf, PRIVATE_RANGES } from '../iam';
export { isAccessPoint } from '../iam';
export { wayThrough } from '../proof';
export { BUCKET_ACTIONS, keyActionsFor, OBJECT_ACTIONS } from '../iam';
export { deployersOf, EXTERNAL_ACCOUNT } from '../proof';
export { witness } from '../proof';
export { exemptionsOf } from '../proof';
export { policiesOf } from '../proof';
export { automaton, cellsOf, pattern as keyPattern } from '../proof';
export { isBelow, isSymbolic, nameOf, readData } from '../cloudformation';
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
export type { BucketInput, Outcome, ProofInput } from '../proof';
export type { FlowCheck, FlowStep } from '../request-flow';

/** How an assembly is examined. */
export interface ExamineOptions extends ReadOptions {
  /** The path of what is deployed now: then every mix of old and new that an update can pass is looked at, too. */
  readonly previous?: string;
  /** The workloads to look at; all that may use S3, if it is not given. */
  readonly only?: (workload: WorkloadModel) => boolean;
  /** What is acknowledged in the app; what the assembly tells of it, if it is not given. */
  readonly acknowledgements?: readonly Acknowledgement[];
  /** What is acknowledged elsewhere, such as in a file. */
  readonly furtherAcknowledgements?: readonly Acknowledgement[];
  /** Whether a warning is enough for the assembly not to hold. */
  readonly isStrict?: boolean;
}

/**
 * Walks the request flow, decides the properties and applies the rules, for every workload that may use S3.
 *
 * @param paths cloud assemblies, templates, and folders of templates, that are deployed together
 * @param options which workloads, what is deployed now, and what is not in the templates
 */
export function examine(paths: string | readonly string[], options: ExamineOptions = {}): Examination {
  const { previous, only = () => true, isStrict, furtherAcknowledgements = [] } = options;
  const before = previous === undefined ? [] : inputsIn(previous, options);
  const assembly = readAssembly(paths, options);
  const readings = resolvedAssemblies(assembly);
  const acknowledgements = [
    ...(options.acknowledgements ?? [paths].flat().flatMap(path => acknowledgedIn(path, readings))),
    ...furtherAcknowledgements,
  ];
  const models = readings.map(reading => modelOf(reading));
  const isMeant = (workload: WorkloadModel) =>
    only(workload) && (assembly.focus?.includes(workload.where.stack) ?? true);
  const parts = models.flatMap(model => examineModel(model, before, isMeant));
  const found = distinct([...parts.flatMap(part => part.violations), ...refused(acknowledgements)]);
  const { violations: open, accepted } = withAcknowledgements(found, acknowledgements);
  const violations = byCause(open);
  const flows = parts.map(({ flow }) => flow);
  const isRead = assembly.problems.every(each => each.function !== BROKEN_FILE);
  return {
    holds: flows.length > 0 && holds(violations, isStrict) && isRead,
    isRead,
    flows,
    proofs: parts.flatMap(({ proof }) => proof ?? []),
    violations,
    accepted,
    unresolved: distinct([...models.flatMap(({ unresolved }) => unresolved), ...models.flatMap(unknownRoles)]),
    loops: [...new Set(models.flatMap(({ loops }) => loops))],
    stacks: assembly.stacks,
  };
}

/** Machines of which nothing tells the role: whatever it may do was not looked at. */
function unknownRoles({ workloads }: AssemblyModel): Unresolved[] {
  return workloads
    .filter(({ role, instanceProfile }) => role === undefined && instanceProfile !== undefined)
    .map(({ where: { stack, logicalId }, instanceProfile }) => ({
      stack,
      logicalId,
      path: 'IamInstanceProfile',
      function: 'instance profile',
      why: `the role of ${instanceProfile} is in none of the templates, so that nothing was looked at`,
    }));
}

function inputsIn(path: string, options: ReadOptions): readonly ProofInput[] {
  return modelsOf(readAssembly(path, options)).flatMap(all => {
    const { model } = readable(all);
    return proofInputsOf(model, requestFlows(model));
  });
}

function acknowledgedIn(path: string, readings: readonly ResolvedAssembly[]): readonly Acknowledgement[] {
  const all = [...readings.flatMap(({ acknowledgements }) => acknowledgements), ...acknowledgedInReport(path)];
  return [...new Map(all.map(each => [`${each.id} ${each.constructPath}`, each])).values()];
}

/** What there is to say of one workload, with everything that it was concluded from. */
export interface ExaminedWorkload extends Sorted {
  readonly workload: WorkloadModel;
  readonly model: AssemblyModel;
  /** What the templates say, of resources that the model leaves out as well. */
  readonly reading: ResolvedAssembly;
  readonly flow: RequestFlow;
  /** What the proof is about; absent if nothing tells the role. */
  readonly input?: ProofInput;
  /** Absent if nothing can be proven. */
  readonly proof?: Proof;
}

/** The workloads of an assembly that may use S3, one by one, for the access report. */
export function examineWorkloads(paths: string | readonly string[], options: ExamineOptions = {}): ExaminedWorkload[] {
  const assembly = readAssembly(paths, options);
  const readings = resolvedAssemblies(assembly);
  const acknowledgements = [paths].flat().flatMap(path => acknowledgedIn(path, readings));
  const isMeant = ({ where }: WorkloadModel) => assembly.focus?.includes(where.stack) ?? true;
  return readings.flatMap(reading =>
    examineModel(modelOf(reading), [], isMeant).map(examined => ({
      ...examined,
      ...withAcknowledgements([...examined.violations, ...refused(acknowledgements)], acknowledgements),
      reading,
    })),
  );
}

type Examined = Omit<ExaminedWorkload, 'reading' | 'accepted'>;

/** A workload whose role may have had its access in a statement that IAM refuses is looked at, too. */
function examineModel(
  all: AssemblyModel,
  before: readonly ProofInput[],
  only: (workload: WorkloadModel) => boolean,
): Examined[] {
  const { model, malformed } = readable(all);
  const flows = requestFlows(model);
  const inputs = proofInputsOf(model, flows);
  const prover = new Prover();
  return model.workloads
    .map((workload, index) => ({ workload, flow: flows[index] }))
    .filter(({ workload, flow }) => (flow.buckets.length > 0 || isMalformed(workload, malformed)) && only(workload))
    .map(({ workload, flow }) => {
      const input = inputs.find(({ where }) => where === workload.where);
      const previous = before.find(({ name }) => name === input?.name);
      return examineWorkload(workload, flow, model, malformed, input, previous, prover);
    });
}

function isMalformed({ role }: WorkloadModel, malformed: Readable['malformed']): boolean {
  return (role?.policies ?? []).some(({ document }) => malformed.has(document));
}

function examineWorkload(
  workload: WorkloadModel,
  flow: RequestFlow,
  model: AssemblyModel,
  malformed: Readable['malformed'],
  input: ProofInput | undefined,
  previous: ProofInput | undefined,
  prover: Prover,
): Examined {
  const place = placeOf(workload);
  const policies = placedPolicies(workload, flow, model);
  const undecidable = undecidableAmong([...policies.map(({ document }) => document), ...documentsOf(input)], malformed);
  const { proof, violations } =
    undecidable.length > 0 ? { violations: undecidable } : tryProof(place, input, previous, prover);
  const causes = new Causes(workload, model);
  const found = [
    ...violations,
    ...(proof === undefined ? [] : propertyViolations(proof, workload, model, causes)),
    ...ruleViolations({ workload, model, flow, proof, policies }, causes),
  ];
  return { workload, model, flow, input, proof, violations: found.map(each => ({ ...place, ...each })) };
}

function documentsOf(input: ProofInput | undefined): readonly PolicyJson[] {
  return input === undefined ? [] : policiesOf(input);
}

/** Nothing is proven by a policy that IAM refuses. */
function undecidableAmong(documents: readonly PolicyJson[], malformed: Readable['malformed']): Violation[] {
  const found = new Set(documents.flatMap(document => malformed.get(originalOf(document)) ?? []));
  return [...found].flatMap(({ part, statements }) =>
    statements.map(({ name, why }) => ({
      rule: 'undecidable-policy' as const,
      where: part.where,
      description: `nothing can be proven: statement ${name} of the ${part.name}: ${why}`,
      fix: RULE_METADATA['undecidable-policy'].fix,
      severity: 'fatal' as const,
    })),
  );
}

interface Proven {
  readonly proof?: Proof;
  readonly violations: readonly Violation[];
}

function tryProof(
  place: Place,
  input: ProofInput | undefined,
  previous: ProofInput | undefined,
  prover: Prover,
): Proven {
  try {
    return { proof: input && prover.prove(input, previous), violations: [] };
  } catch (error) {
    return { violations: [internalError(error, place)] };
  }
}

type Place = Pick<Violation, 'workload' | 'construct'>;

function placeOf({ where, declaration }: WorkloadModel): Place {
  return { workload: where, ...(declaration === undefined ? {} : { construct: declaration.constructPath }) };
}

function ruleViolations(evidence: Evidence, causes: Causes): Array<Omit<Violation, 'workload' | 'construct'>> {
  return findingsOf(evidence).map(({ isDoubt, cause, ...finding }) => ({
    ...finding,
    causes: causes.ofRule({ cause, ...finding }),
    severity: isDoubt === true ? 'warning' : 'error',
  }));
}

/** Readings of an assembly that differ in an open condition have most violations in common. */
function distinct<T>(all: readonly T[]): T[] {
  return [...new Map(all.map(each => [JSON.stringify(each), each])).values()];
}
