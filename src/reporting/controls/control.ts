import type { BucketModel, ExaminedWorkload, ResolvedResource, ResourceRef } from '../../analysis';
import type { Access } from '../model/access';
import type { WorkloadPolicies } from '../model/policies';

/** What is known about a workload when its controls are checked. */
export interface Evidence extends ExaminedWorkload {
  readonly policies: WorkloadPolicies;
  readonly access: Access;
  /** The data buckets of the assembly, and those that receive their logs. */
  readonly dataBuckets: readonly BucketModel[];
  readonly logBuckets: readonly BucketModel[];
}

/** How one resource stands to a control. */
export interface Standing {
  readonly where?: ResourceRef;
  readonly ok: boolean;
  /** How it is, in a few words. */
  readonly how: string;
}

/** A control of the reference architecture or of a scanner. */
export interface ControlSpec {
  /** What has to be so. */
  readonly title: string;
  /**
   * The ids under which scanners and benchmarks know it; a finding that is accepted under one of them counts as
   * accepted here.
   *
   * Sources: the metadata of the Control Tower rules (`CT`, with the Security Hub and NIST 800-53 R5 ids that they
   * name), the rules of cdk-nag (`AwsSolutions`, NIST by the name of the rule), Checkov (`CKV`), the CIS AWS
   * Foundations Benchmark 5.0.
   */
  readonly ids: readonly string[];
  /** How every resource stands that it is about; nothing where it does not apply. */
  readonly check: (evidence: Evidence) => readonly Standing[];
}

/** The resource as the templates say it. */
export function resourceAt(
  where: ResourceRef | undefined,
  { reading }: ExaminedWorkload,
): ResolvedResource | undefined {
  return (
    where && reading.resources.find(({ stack, logicalId }) => stack === where.stack && logicalId === where.logicalId)
  );
}

/** A property of a resource, however deep. */
export function property(resource: ResolvedResource | undefined, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined),
    resource?.properties,
  );
}

/** The values of a property that is a list, or one value. */
export function listAt(resource: ResolvedResource | undefined, ...path: readonly string[]): readonly unknown[] {
  const value = property(resource, ...path);
  return value === undefined ? [] : [value].flat();
}

/** A property inside a value that came out of a list. */
export function inside(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (each, key) => (typeof each === 'object' && each !== null ? (each as Record<string, unknown>)[key] : undefined),
    value,
  );
}

/** Whether a flag is set, as CloudFormation takes it. */
export function isSet(value: unknown): boolean {
  return value === true || value === 'true';
}

/** One standing, of the resource or of the workload as a whole. */
export function standing(ok: boolean, yes: string, no: string, where?: ResourceRef): Standing {
  return { ok, how: ok ? yes : no, where };
}
